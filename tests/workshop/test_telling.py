"""Telling: who came is told of along with whatever may be theirs, wherever that is told."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from workshop.channel import Channel
from workshop.cut import PLACE, Visitor
from workshop.flushing import Flushing
from workshop.seats import Seat
from workshop.wire import Framed


class Reader:
    """A seat's end of the line: what was written to it, in order."""

    paused = False
    on_resume: Callable[[], None] | None = None

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.heard = asyncio.Event()

    def write(self, payloads: list[bytes], framed: Framed | None = None) -> None:
        self.told += map(json.loads, payloads)
        self.heard.set()

    def close(self, code: int, reason: str) -> None:
        raise AssertionError(reason)


@pytest.mark.parametrize("topic", ["session", "helm", PLACE + "poster:1"])
async def test_who_came_is_told_of_before_what_may_be_theirs(topic: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop.flushing.COUNTING", 60.0)
    channel, reader = Channel("CODE"), Reader()
    seat = Seat(reader, Visitor("CODE", "ann"), ready=True)
    channel.sit(seat)
    channel.follow(seat, frozenset({"session", "helm", topic}))
    flushing = Flushing({"CODE": channel})
    channel.put({"session": {"step": b"{}"}})
    flushing.now()
    reader.told.clear()
    reader.heard.clear()
    channel.put({"session": {"person:bob": b"{}", "counts": b"{}"}})
    flushing.soon()
    channel.put({topic: {"note:1": b"{}"}})
    async with asyncio.timeout(5):
        await reader.heard.wait()
    keys = [key for frame in reader.told for key in frame["set"]]
    assert set(keys) == {"person:bob", "note:1"}
    assert reader.told[0]["topic"] == "session"


def test_what_is_told_comes_in_the_order_of_the_whole() -> None:
    channel = Channel("CODE")
    keys = [f"visit:{number}" for number in range(40)]
    channel.put({"session": dict.fromkeys(keys, b"{}")})
    told = json.loads(channel.main.cut(1) or b"{}")
    channel.put({"session": {keys[0]: None}})
    channel.put({"session": {keys[0]: b"{}", keys[1]: b"[]", "visit:last": b"{}"}})
    assert list(told["set"]) == keys
    channel.main.cut(2)
    whole = [*keys[1:], keys[0], "visit:last"]
    assert list(json.loads(channel.main.full(2))["set"]) == whole
    assert list(json.loads(channel.main.since(0, 2))["set"]) == whole


async def test_what_only_counts_who_is_here_hurries_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop.flushing.COUNTING", 60.0)
    channel, reader = Channel("CODE"), Reader()
    seat = Seat(reader, Visitor("CODE", "ann"), ready=True)
    channel.sit(seat)
    channel.follow(seat, frozenset({"session", "helm"}))
    flushing = Flushing({"CODE": channel})
    channel.put({"session": {"step": b"{}"}})
    flushing.now()
    heard = len(reader.told)
    for at in range(20):
        channel.put({"session": {f"person:{at}": b"{}", "counts": b"%d" % at}, "helm": {"hall": b"%d" % at}})
        over = asyncio.Event()
        flushing.soon()
        asyncio.get_running_loop().call_later(0.002, over.set)
        await over.wait()
    assert len(reader.told) == heard
    flushing.now()
    assert sum(key.startswith("person:") for key in reader.told[heard]["set"]) == 20


async def test_who_came_waits_and_who_comes_and_goes_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop.flushing.COUNTING", 60.0)
    channel, reader = Channel("CODE"), Reader()
    seat = Seat(reader, Visitor("CODE", "ann"), ready=True)
    channel.sit(seat)
    flushing = Flushing({"CODE": channel})
    channel.put({"session": {"step": b"{}"}})
    flushing.now()
    reader.told.clear()
    channel.put({"session": {"person:bob": b"{}"}})
    assert not channel.main.hurries()
    channel.put({"session": {"person:bob": None}})
    assert channel.main.hurries()
    flushing.now()
    assert [frame["drop"] for frame in reader.told] == [["person:bob"]]
    assert "person:bob" not in channel.main.entities
