"""Records made of a document, and what they ask: for tests of checks."""

import copy
import json
from itertools import count
from pathlib import Path
from typing import Any

from sessions.evolve import evolve, new_room
from sessions.record.checks.findings import Findings
from sessions.record.files.settling import settle
from sessions.room import Room
from workshop.files.document import read

KESTREL: dict[str, Any] = json.loads((Path(__file__).parents[2] / "workshop/files/kestrel.json").read_text())

Doc = dict[str, Any]


def room_of(doc: Doc, at: int = 1_000) -> Room:
    """A room with a document in it."""
    room = new_room("room")
    bring(room, doc, at)
    return room


def bring(room: Room, doc: Doc, at: int) -> None:
    """One more document into a room."""
    ids = count()
    evolve(room, "", settle(room, read(json.dumps(doc)), at, "", lambda: f"new{next(ids)}"))


def asked(room: Room, *codes: str) -> list[tuple[str, ...]]:
    """Code and first id of all that is found; of these checks alone, where some are named."""
    found = [s.finding for s in Findings.of(room).standing().values()]
    return [(f.code, *f.on[:1]) for f in found if not codes or f.code in codes]


def result(id: str, text: str = "Orders a day from 2 to 4", **fields: Any) -> Doc:
    """A result with everything a result needs."""
    figures = {"metric": id, "unit": "orders", "baseline": 2, "target": 4, "direction": "up"}
    return {"id": id, "text": text, **figures, **fields}


#: Words that no check finds alike: of three results each.
_WORDS = {
    "A": ("Doors that open at once", "Letters answered in time", "Steps climbed"),
    "B": ("Roofs without a leak", "Journeys below an hour", "Children who can swim"),
    "K": ("Homes warm in winter", "Calls nobody had to make", "Bills that were right"),
}


def goal(id: str, team: str = "", results: list[Doc] | None = None, text: str = "Better for all", **more: Any) -> Doc:
    """A goal with three results."""
    words = _WORDS.get(id, tuple(f"{id} {n}" for n in range(3)))
    of = [result(f"{id}{n}", line) for n, line in enumerate(words)] if results is None else results
    return {"id": id, "objective": text, "key_results": of, **({"team": team} if team else {}), **more}


def small(**changes: Any) -> Doc:
    """A record in which nothing is to be asked: one goal above, and two teams that serve all of it."""
    lines = ["K", "K0", "K1", "K2"]
    pairs = {"lead_pair": ["ann", "bo"]}
    top = goal("K", results=[result(f"K{n}", words, **pairs) for n, words in enumerate(_WORDS["K"])])
    links = [{"child": child, "parent": line, "type": "directional"} for child in ("A", "B") for line in lines]
    doc: Doc = {
        "teams": [{"id": "AA", "name": "Alder"}, {"id": "BB", "name": "Birch"}],
        "leaders": [{"id": "ann", "name": "Ann"}, {"id": "bo", "name": "Bo"}],
        "brief": {"vision": "Warm homes", "strategy": ["Be kind"], "not_doing": ["coal"], "tie_breaker": "homes first"},
        "narrative": {"think": "a", "feel": "b", "do": "c"},
        "governance": {
            "conflict_resolver": "ann",
            "escalation_window_hours": {"raise": 24, "answer": 48},
            "translation_owner": "bo",
        },
        "forum": {"name": "Forum", "cadence": "every 2 weeks"},
        "top": top,
        "okrs": [goal("A", "AA", text="Alder people say yes"), goal("B", "BB", text="Birch gets out of the way")],
        "alignments": links,
        "confidence": [{"round": 1, "on": "K", "votes": [4, 4, 4]}],
    }
    return {**copy.deepcopy(doc), **changes}


def need(id: str, **fields: Any) -> Doc:
    """A need of Alder's that is all right."""
    said = {"upstream_need": "a key", "downstream_impact": "no way in", "decision_date": "2026-07-01"}
    said |= {"need_by": "2026-07-09", "failure_trigger": "no key by the 8th", "state": "accepted", "reflected_in": "B0"}
    return {"id": id, "consumer": "AA", "provider": "BB", **said, **fields}
