"""Placing a thousand seats after a bell: what each follows is worked out anew, and who moved is told."""

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sessions import formats
from sessions.decide import COMMANDS
from sessions.evolve import evolve
from sessions.record.files.settling import settle
from sessions.rules.event import Event
from sessions.running.opening import open_session
from sessions.running.people import PersonCame, RoleGiven
from workshop.cut import Cut, Visitor
from workshop.files import outline
from workshop.log import Log
from workshop.open_room import OpenRoom
from workshop.seats import Seat
from workshop.storing.one_file import OneFile
from workshop.tables import RoomRow
from workshop.turns import Turns
from workshop.wire import Framed

PEOPLE, TEAMS, BELLS, GOAL = 1_000, 20, 15, 15.0
CODE = "BENCH1"


class Ear:
    """A port that hears everything and keeps nothing."""

    paused = False
    on_resume: Callable[[], None] | None = None
    heard = 0

    def write(self, payloads: list[bytes], framed: Framed | None = None) -> None:
        """Count what comes."""
        self.heard += len(payloads)

    def close(self, code: int, reason: str) -> None:
        """Nothing is open."""


async def main() -> None:
    """For ``bin/bench placing``."""
    with tempfile.TemporaryDirectory() as folder:
        store = OneFile(Path(folder))
        store.write({RoomRow: [RoomRow(id="r", name="Bench", opened=1, held=1).model_dump()]})
        room = OpenRoom("r", Log(store))
        await _walk(room.turns)
        for person in list(room.room.sessions[CODE].roles):
            await room.sit(Seat(Ear(), Visitor(CODE, person, person, of=CODE)), 0, "")
        await room.settled()
        gc.collect()
        gc.freeze()
        placing, told = await _bells(room)
        room.turns.log.close()
        store.close()
    median = sorted(placing)[BELLS // 2]
    met = "met" if median <= GOAL else "NOT met"
    print(f"{PEOPLE:,} seats after a bell: {told / BELLS:.0f} of them move and are told")
    print(f"  {median:.1f} ms to place them and tell who moved, goal {GOAL:.0f}: {met}", flush=True)


async def _bells(room: OpenRoom) -> tuple[list[float], int]:
    """Milliseconds that placing took after each bell, and how many seats were moved in all."""
    placing, told = [], 0
    session = room.room.sessions[CODE]
    for _ in range(BELLS):
        await _lead(room.turns, "next_stage")
        if not session.phase or session.phase.key != "walk":
            break
        cut = Cut()
        seats = dict(room.turns.audience.visitors._follows)
        room.turns.audience.visitors._follows = {seat: frozenset({"session", "me"}) for seat in seats}
        began = time.perf_counter()
        room.turns.audience.visitors.place(room.room, CODE, cut)
        room.desk.take(cut)
        placing.append((time.perf_counter() - began) * 1000)
        told += len(cut.follows)
    return placing, told


async def _walk(turns: Turns) -> None:
    """A session in its walk, with everybody in a group."""
    goals = "\n".join(f"## Team {n}\n### Goal {n}\n- Result {n}" for n in range(TEAMS))
    _do(turns, [settle(turns.room, outline.read(goals), 1, "", _ids())])
    plan = formats.ALL["gallery_walk"]
    _do(turns, [open_session(CODE, plan.key, "Bench", 1, plan.minutes, list(plan.phases))])
    _do(turns, [PersonCame(person="noor", name="Noor"), RoleGiven(person="noor", role="facilitator")])
    teams = [team.id for team in turns.room.record.standing_teams()]
    for number in range(PEOPLE):
        came = PersonCame(person=f"p{number}", name=f"Person {number}", team=teams[number % TEAMS])
        _do(turns, [came, RoleGiven(person=f"p{number}", role="participant")])
    turns.audience.cut(turns.room, Cut())
    for name in ("next_phase", "deal_groups", "next_phase"):
        await _lead(turns, name)


async def _lead(turns: Turns, name: str) -> None:
    answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
    turns.take(CODE, "noor", COMMANDS[name](id=f"{name}{time.perf_counter_ns()}"), answered.set_result)
    await answered


def _do(turns: Turns, events: list[Event]) -> None:
    for event in events:
        evolve(turns.room, CODE, event)


def _ids() -> Any:
    count = iter(range(10_000))
    return lambda: f"id{next(count)}"
