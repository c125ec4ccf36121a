"""Any pattern of disconnects, restarts, stalls and resends ends with every client seeing the truth."""

import asyncio
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server import Client, Server
from workshop.topics import Topic


async def fresh_view(server: Server, client: Client) -> dict[str, dict[str, object]]:
    """What somebody sees who comes for the first time with the same key."""
    other = Client(server, client.code, client.key)
    await other.come(since=0)
    await other.until(lambda: set(other.topics) >= set(client.topics))
    topics = other.topics
    await other.leave()
    return topics


@pytest.mark.parametrize("seed", range(6))
async def test_after_any_disconnects_and_restarts_every_client_sees_a_fresh_view(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    server = Server(tmp_path)
    await server.start()
    opened = await server.open("ideas_and_dots")
    people = await opened.people("Ann Bob Cy")
    everybody = [opened.helm, *people]
    await opened.helm.ok("change_plan", step="ideas", hidden=False, limit=0)
    await opened.helm.to("ideas")
    resends: list[tuple[Client, str, str]] = []
    for turn in range(40):
        person = chance.choice(people)
        act = chance.random()
        if act < 0.55:
            text, id = f"note {turn}", f"turn-{turn}"
            await person.do("add_note", id=id, text=text)
            resends.append((person, id, text))
        elif act < 0.7 and resends:
            again, id, text = chance.choice(resends)
            await again.do("add_note", id=id, text=text)
        elif act < 0.85:
            await person.leave()
            await chance.choice(people[:1] if person is not people[0] else people[1:]).ok("hand")
            await person.come()
        elif act < 0.9:
            await opened.helm.ok("hide_note", note=chance.choice(person.ids("note") or ["none"])) if person.ids(
                "note"
            ) else None
        elif act < 0.95:
            number = opened.helm.number
            await server.stop()
            await server.start()
            for client in everybody:
                await client.come(since=number)
                server.clients.append(client)
    for client in everybody:
        await client.echo()
    for client in everybody:
        seen = {name: dict(topic) for name, topic in client.topics.items()}
        assert seen == await fresh_view(server, client)
    texts = [n["text"] for k, n in people[0].session.items() if k.startswith("note:")]
    assert len(texts) == len(set(texts))
    await server.stop()


keys = st.sampled_from(["note:a", "note:b", "note:c", "step"])
changes = st.lists(st.tuples(keys, st.one_of(st.none(), st.integers(0, 3))), max_size=6)


@given(st.lists(st.tuples(changes, st.booleans(), st.booleans()), max_size=12))
@settings(max_examples=300, deadline=None)
def test_frames_may_be_skipped_merged_and_asked_for_again(
    rounds: list[tuple[list[tuple[str, int | None]], bool, bool]],
) -> None:
    import json

    topic, number = Topic("session"), 1
    seen: dict[str, object] = {}
    told = 0

    def take(frame: bytes) -> None:
        message = json.loads(frame)
        if message["full"]:
            seen.clear()
        seen.update(message["set"])
        for key in message["drop"]:
            seen.pop(key, None)

    for batch, arrives, asks in rounds:
        for key, value in batch:
            topic.put(key, None if value is None else b"%d" % value)
        number += 1
        frame = topic.cut(number)
        if frame and arrives and told == number - 1:
            take(frame)
            told = number
        if asks:
            take(topic.since(told, number))
            told = number
    take(topic.since(told, number))
    assert seen == {key: json.loads(body) for key, body in topic.entities.items()}


async def test_a_stalled_reader_holds_nobody_up_and_is_caught_up_from_state() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        await server.start()
        opened = await server.open("ideas_and_dots")
        ann, bob = await opened.people("Ann Bob")
        await opened.helm.ok("change_plan", step="ideas", hidden=False, limit=0)
        await opened.helm.to("ideas")
        assert bob.socket
        transport = bob.socket.transport
        transport.pause_reading()
        stalled = next(
            s for s in server.room(opened.code).desk.channel(opened.code).seats if s.visitor.person == bob.person
        )
        for count in range(2_000):
            await ann.until(lambda: True)
            answer = await ann.do("add_note", text=f"{count} " + "x" * 480)
            if answer.get("code") == "too_fast":
                stalled_seat = next(
                    s
                    for s in server.room(opened.code).desk.channel(opened.code).seats
                    if s.visitor.person == ann.person
                )
                stalled_seat.allowance = 120.0
            if stalled.behind_since:
                break
        assert stalled.behind_since
        await ann.ok("add_note", text="the last word")
        transport.resume_reading()
        await bob.until(
            lambda: any(n.get("text") == "the last word" for k, n in bob.session.items() if k.startswith("note:"))
        )
        await bob.echo()
        assert bob.session == (await fresh_view(server, bob))["session"]
        await server.stop()
        await asyncio.sleep(0)
