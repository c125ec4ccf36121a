"""Links between processes: in order, whole, or fallen on both sides; and up again, whatever is lost and whenever."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from workshop.together.bus import Hub, InOneProcess
from workshop.together.links import BEAT, SILENCE, Answer, Links, Unreachable


class End:
    """One end of a link, and what it heard since it fell last."""

    def __init__(self, hub: Hub, me: int) -> None:
        self.bus = InOneProcess(hub)
        self.links = Links(me, self.bus)
        self.heard: list[str] = []
        self.falls = 0
        self.links.told["say"] = lambda process, body: self.heard.append(body.decode())
        self.links.asked["ask"] = self._asked
        self.links.fallen.append(self._fallen)

    def _asked(self, process: int, body: bytes, answer: Answer) -> None:
        answer(b"re: " + body)

    def _fallen(self, process: int) -> None:
        self.falls += 1
        self.heard.clear()


@pytest.fixture
async def ends() -> AsyncIterator[tuple[End, End]]:
    hub = Hub()
    first, second = End(hub, 1), End(hub, 2)
    await first.links.open()
    await second.links.open()
    yield first, second
    await first.links.close()
    await second.links.close()


async def answered(asker: End, to: int, body: bytes = b"?") -> bytes:
    """The answer, however often it has to be asked."""
    async with asyncio.timeout(4 * SILENCE):
        while True:
            try:
                return await asker.links.answered(to, "ask", body)
            except Unreachable:
                await asyncio.sleep(0.01)


async def test_both_ask_and_tell_in_order(ends: tuple[End, End]) -> None:
    first, second = ends
    for number in range(100):
        first.links.tell(2, "say", b"%d" % number)
        second.links.tell(1, "say", b"%d" % number)
    assert await answered(first, 2) == b"re: ?"
    assert await answered(second, 1) == b"re: ?"
    assert first.heard == second.heard == [str(number) for number in range(100)]
    assert (first.falls, second.falls) == (0, 0)


async def test_what_is_larger_than_a_message_arrives_whole(ends: tuple[End, End]) -> None:
    first, second = ends
    much = random.Random(1).randbytes(1_000_000)
    assert await answered(second, 1, much) == b"re: " + much
    assert first.falls == 0


@pytest.mark.parametrize("lost", range(1, 13))
async def test_whichever_message_is_lost_both_fall_and_are_up_again(ends: tuple[End, End], lost: int) -> None:
    first, second = ends
    count = iter(range(1, 1000))
    for end in ends:
        end.bus.loses = lambda to, message: next(count) == lost
    for number in range(4):
        first.links.tell(2, "say", b"%d" % number)
        second.links.tell(1, "say", b"%d" % number)
        await asyncio.sleep(0)
    assert await answered(first, 2) == b"re: ?"
    assert await answered(second, 1) == b"re: ?"
    # Whatever was heard without a fall afterwards was heard whole: nobody has a gap.
    for end in ends:
        assert end.heard == [str(number) for number in range(4)][4 - len(end.heard) :]


@pytest.mark.parametrize("seed", range(20))
async def test_links_come_up_again_after_any_storm(ends: tuple[End, End], seed: int) -> None:
    first, second = ends
    chance, storm = random.Random(seed), [True]
    for end in ends:
        end.bus.loses = lambda to, message: storm[0] and chance.random() < 0.3
    for _ in range(200):
        me = chance.choice((0, 1))
        ends[me].links.tell(2 - me, "say", b"x")
        if chance.random() < 0.3:
            await asyncio.sleep(0)
    storm[0] = False
    assert await answered(first, 2) == b"re: ?"
    assert await answered(second, 1) == b"re: ?"
    falls = first.falls, second.falls
    async with asyncio.timeout(4 * BEAT):
        await asyncio.sleep(3 * BEAT)
    assert (first.falls, second.falls) == falls


async def test_who_is_gone_is_missed(ends: tuple[End, End]) -> None:
    first, second = ends
    await answered(first, 2)
    second.bus.loses = lambda to, message: True
    first.bus.loses = lambda to, message: True
    with pytest.raises(Unreachable):
        await first.links.answered(2, "ask", b"?")
    assert first.falls == 1
    with pytest.raises(Unreachable):
        await first.links.answered(77, "ask", b"anybody?")


async def test_who_says_goodbye_is_missed_at_once(ends: tuple[End, End]) -> None:
    first, second = ends
    await answered(first, 2)
    async with asyncio.timeout(SILENCE / 2):
        await second.links.close()
        while not first.falls:
            await asyncio.sleep(0)
