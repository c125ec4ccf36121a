"""Checks of a record of two hundred teams with a thousand results: all of them, and those that one change moves."""

import itertools
import json
import random
import statistics
import time
from typing import Any

from bench.figures import PAIRS, ratio, report
from sessions.evolve import evolve, new_room
from sessions.record.checks.findings import Findings
from sessions.record.files.settling import settle
from sessions.room import Room
from workshop.files.document import reading

TEAMS, RESULTS, NEEDS = 200, 5, 150
ALL, CHANGE = 100.0, 5.0
_PROSE = """
install homes contract days first visit right percent team customers survey design rework crews overtime hours photo
evidence audit findings reply working open complaints repeat contacts stock value pick rate kits dispatch quote model
error lead cost budget revenue churn signup latency defects coverage onboarding training hiring retention energy waste
supplier
"""
_WORDS = _PROSE.split()


async def measure() -> None:
    """For ``bin/bench checks``: CPU milliseconds of all checks and of one changed result, in turn, and their ratio."""
    held = _room()
    whole, changed = [], []
    Findings.of(held)
    for turn in range(PAIRS):
        result = held.record.results[f"O{turn}R2"]
        result.text = f"Orders of kind {turn} from 3 to 4"
        held.record.touch(f"result:{result.id}")
        changed.append(_ms(held))
        held.derived.clear()
        whole.append(_ms(held))
    print(f"{TEAMS * RESULTS} results, {len(Findings.of(held).standing())} findings")
    report("  all checks, ms (median)", statistics.median(whole), ALL)
    report("  those that one changed result moves, ms (median)", statistics.median(changed), CHANGE)
    ratio("  one change against all", changed, whole, 0.15)


def _ms(held: Room) -> float:
    began = time.process_time()
    Findings.of(held)
    return (time.process_time() - began) * 1_000


def _room() -> Room:
    """The organisation as a file gives it; always the same one."""
    said, ids, held = random.Random(2), itertools.count(), new_room("R")
    doc = reading.read(json.dumps(_doc(said)))
    evolve(held, "", settle(held, doc, 1_000, "", lambda: f"n{next(ids)}"))
    return held


def _doc(said: random.Random) -> dict[str, Any]:
    def words(count: int) -> str:
        return " ".join(said.sample(_WORDS, count))

    def need(n: int) -> dict[str, Any]:
        asks, gives = f"T{said.randrange(60)}", f"T{60 + said.randrange(60)}"
        state = said.choice(["proposed", "accepted", "declined"])
        told = {"upstream_need": words(3), "downstream_impact": words(2)}
        return {"id": f"D{n}", "consumer": asks, "provider": gives, **told, "state": state}

    def result(team: int, nth: int) -> dict[str, Any]:
        told = {"metric": f"m{said.randrange(20_000)}", "unit": "%", "baseline": team, "target": nth + 1_000}
        return {"id": f"O{team}R{nth}", "text": words(9), **told}

    def goal(team: int) -> dict[str, Any]:
        results = [result(team, nth) for nth in range(RESULTS)]
        return {"team": f"T{team}", "id": f"O{team}", "objective": words(6), "key_results": results}

    return {
        "teams": [{"id": f"T{n}", "name": f"Team {n}"} for n in range(TEAMS)],
        "top": {
            "id": "K",
            "objective": "All is well",
            "key_results": [{**result(0, n), "id": f"K{n}"} for n in range(4)],
        },
        "okrs": [goal(n) for n in range(TEAMS)],
        "alignments": [{"child": f"O{n}", "parent": f"K{n % 4}", "type": "directional"} for n in range(TEAMS)],
        "dependencies": [need(n) for n in range(NEEDS)],
    }
