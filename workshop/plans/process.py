"""The process in which a problem is worked out: one at a time, beside the rooms, and ended where it takes too long."""

import asyncio
import sys
import weakref

import msgspec
import structlog

from sessions.rules.problem import Problem, Worked
from workshop.plans.solvers import SOLVERS

logger = structlog.get_logger()

#: Seconds after which the process is ended.
PATIENCE = 20.0
_one_at_a_time: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock]" = weakref.WeakKeyDictionary()


async def work_out(problem: Problem, patience: float = PATIENCE) -> Worked:
    """What comes of a problem; by hand where the process was ended. Raises ``Refused`` for what nothing can give."""
    solver = SOLVERS[type(problem)]
    solver.must_be_possible(problem)
    lock = _one_at_a_time.setdefault(asyncio.get_running_loop(), asyncio.Lock())
    async with lock:
        answer = await _ask(msgspec.json.encode(problem), patience)
    try:
        found: Worked = msgspec.json.decode(answer, type=solver.answer)
        return found
    except msgspec.DecodeError:
        logger.warning("a plan was not worked out in time")
        return await asyncio.to_thread(solver.by_hand, problem)


async def _ask(question: bytes, patience: float) -> bytes:
    """What the process answers, or nothing where it was ended."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "workshop.plans", stdin=pipe, stdout=pipe)
    try:
        told, _ = await asyncio.wait_for(process.communicate(question), patience)
        return told.rpartition(b"\n")[2]
    except TimeoutError:
        return b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
