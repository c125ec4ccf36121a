"""One plan and no more: reads a problem as JSON, writes what came of it as JSON."""

import os
import sys

import msgspec

from sessions.rules.problem import Problem
from workshop.plans.solvers import PROBLEMS, solve

if __name__ == "__main__":
    os.nice(5)
    problem: Problem = msgspec.json.decode(sys.stdin.buffer.read(), type=PROBLEMS)
    sys.stdout.buffer.write(b"\n" + msgspec.json.encode(solve(problem)))
