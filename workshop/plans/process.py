"""The process in which a problem is worked out: beside the rooms, and ended where it takes too long."""

import asyncio
import sys
import weakref

import msgspec
import structlog

from sessions.rules.problem import Problem, Worked
from sessions.rules.refusal import Refused
from workshop.plans.solvers import SOLVERS

logger = structlog.get_logger()

#: Seconds after which the process is ended, for a room and for anybody; and how many strangers may wait.
PATIENCE, FOR_ANYBODY, MOST_WAITING = 20.0, 8.0, 4
PROGRAM = (sys.executable, "-m", "workshop.plans")
Lanes = dict[bool, asyncio.Lock]
_lanes: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Lanes]" = weakref.WeakKeyDictionary()
_strangers = 0


async def for_anybody(problem: Problem) -> Worked:
    """The same for somebody who is in no room: behind others of their kind, and not longer than a few seconds."""
    global _strangers
    if _strangers >= MOST_WAITING:
        raise Refused("busy", "Many plans are being made just now. Try again in a minute.")
    _strangers += 1
    try:
        return await work_out(problem, FOR_ANYBODY, lane=True)
    finally:
        _strangers -= 1


async def work_out(problem: Problem, patience: float = PATIENCE, lane: bool = False) -> Worked:
    """What comes of a problem; by hand where the process was ended. Raises ``Refused`` for what nothing can give.

    Rooms have a lane of their own: one after the other, but not behind strangers.
    """
    solver = SOLVERS[type(problem)]
    solver.must_be_possible(problem)
    lanes = _lanes.setdefault(asyncio.get_running_loop(), {False: asyncio.Lock(), True: asyncio.Lock()})
    async with lanes[lane]:
        answer = await _ask(msgspec.json.encode(problem), patience)
    try:
        found: Worked = msgspec.json.decode(answer, type=solver.answer)
        return found
    except msgspec.DecodeError:
        logger.warning("a plan was not worked out in time")
        return await asyncio.to_thread(solver.by_hand, problem)


async def _ask(question: bytes, patience: float) -> bytes:
    """What the process answers, or nothing where it was ended or never began."""
    pipe = asyncio.subprocess.PIPE
    try:
        process = await asyncio.create_subprocess_exec(*PROGRAM, stdin=pipe, stdout=pipe)
    except OSError:
        logger.exception("no process could be begun for a plan")
        return b""
    try:
        told, _ = await asyncio.wait_for(process.communicate(question), patience)
        return told.rpartition(b"\n")[2]
    except TimeoutError:
        return b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
