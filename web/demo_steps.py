"""Kestrel Heat at any of the eleven steps of its cycle: what the record says by then, and the session that comes next.

Source: ``spec/kestrel.md``; step 9 is the record as its file has it, right after the marketplace.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Doc = dict[str, Any]

#: Step → the format that is ready to be facilitated there, and what it is called; step 9 is the record alone.
SESSIONS: dict[int, tuple[str, str]] = {
    1: ("priority_pulse", "What matters next?"),
    2: ("leadership_draft", "Leadership draft Q3"),
    3: ("ideas_and_dots", "What teams say of the draft"),
    4: ("confidence_vote", "Confidence Q3"),
    5: ("team_draft", "Team draft: Survey & Design"),
    6: ("gallery_walk", "Gallery walk Q3"),
    7: ("festival", "Festival Q3"),
    8: ("marketplace", "Marketplace Q3"),
    10: ("horizontal_session", "Horizontal Q3"),
    11: ("mid_quarter_forum", "Shared Results Forum"),
}
#: The team whose draft stands open in step 5, and the goal that is voted on in step 4.
TEAM, GOAL = "SUR", "K"
FIRST, LAST = 1, 11

_THEMES = (
    ("Nobody tells us when the crew comes", 41, ["HOM", "CAR", "APP"]),
    ("Second visits for the same thing", 38, ["INS", "INW", "SUR"]),
    ("Quotes that turn out wrong", 35, ["HOM", "CAR"]),
    ("Landlords wait for one answer", 22, ["PAR", "QUA"]),
    ("Prove the running cost", 21, ["APP", "PLA"]),
    ("Surveyors are booked out", 19, ["SUR", "PEO"]),
    ("Kits that are not complete", 17, ["SUP", "INS"]),
    ("The winter backlog", 15, ["CAR"]),
    ("Apprentices who leave", 9, ["PEO"]),
)
_REWRITTEN: dict[str, Doc] = {
    "GRO-2": {"text": "Leads from the autumn campaign from 0 to 400", "metric": "campaign_leads", "unit": "leads",
              "baseline": 0, "target": 400, "direction": "up"},
    "GRO-3": {"text": "Qualified leads a week from 55 to 80", "baseline": 55, "target": 80},
    "PAR-1": {"text": "Landlords who ask for an offer from 6 to 20", "metric": "landlord_offers", "unit": "landlords",
              "baseline": 6, "target": 20, "direction": "up", "author": None},
    "SUR-1": {"text": "First-visit-right from 71% to 85%", "target": 85},
    "CAR-2": {"text": "Repeat contacts within 30 days from 31% to 24%", "target": 24},
}  # fmt: skip


def at_step(doc: Doc, step: int) -> Doc:
    """The record as it stands when this step begins; refuses a step there is none of with ``ValueError``."""
    if not FIRST <= step <= LAST:
        raise ValueError(f"Kestrel’s cycle has steps {FIRST} to {LAST}.")
    found = copy.deepcopy(doc)
    for begins, undo in _LATER:
        if step < begins:
            undo(found)
    if step >= LAST:
        _agree(found)
    return found


def _no_themes(doc: Doc) -> None:
    doc.pop("themes", None)


def _no_goal(doc: Doc) -> None:
    doc["top"] = None


def _no_feedback(doc: Doc) -> None:
    doc["feedback_open"] = []


def _no_vote(doc: Doc) -> None:
    doc["confidence"], doc["narrative"] = [], {}


def _no_teams_goals(doc: Doc) -> None:
    doc["okrs"], doc["alignments"] = [], []


def _no_needs(doc: Doc) -> None:
    doc["dependencies"], doc["conflicts"] = [], []


#: What begins with which step: before it, it is not there.
_LATER: tuple[tuple[int, Callable[[Doc], None]], ...] = (
    (3, _no_goal),
    (4, _no_feedback),
    (5, _no_vote),
    (6, _no_teams_goals),
    (9, _no_needs),
)


def with_themes(doc: Doc, step: int) -> Doc:
    """What the pulse of step 1 found, from step 2 on."""
    themes = [
        {"id": f"theme-{at}", "text": words, "dots": dots, "teams": teams, "state": "open"}
        for at, (words, dots, teams) in enumerate(_THEMES, 1)
    ]
    return {**doc, "themes": themes} if step > FIRST else doc


def _agree(doc: Doc) -> None:
    """What the horizontal session of step 10 settled."""
    for okr in doc["okrs"]:
        for line in okr["key_results"]:
            line |= _REWRITTEN.get(line["id"], {})
    doc["shared_results"] = [
        {"result": "K1", "lead": "INS", "person": "Olek"},
        {"result": "K2", "lead": "INS", "person": "Olek"},
        {"result": "K3", "lead": "PAR", "person": "Tilda"},
        {"result": "K4", "lead": "APP", "person": "Uma"},
    ]
    for okr in doc["okrs"]:
        for line in okr["key_results"]:
            if line["id"] == "INW-2":
                line["role"] = "support"
            if line["id"] == "APP-5":
                line["role"] = "lead"
    doc["governance"]["translation_owner"] = "dev"
    for row in doc["conflicts"]:
        row |= {"outcome": "Customers pick within planned slots", "decider": "Marta Olsen", "due": "2026-07-03"}
    answers = {"D6": "accepted", "D3": "accepted", "D4": "accepted", "D7": "declined", "D14": "accepted"}
    for need in doc["dependencies"]:
        if need["id"] in answers:
            need["state"] = answers[need["id"]]
    _dated(doc)
    for given in doc["feedback_open"]:
        given |= {"state": "adapted", "reason": "A candidate for Q4: a result for customers already installed"}


def _dated(doc: Doc) -> None:
    said = {
        "D1": {"reflected_in": "SUP-3"},
        "D3": {"decision_date": "2026-07-10", "need_by": "2026-08-21", "reflected_in": "PLA-2"},
        "D4": {"decision_date": "2026-07-10", "need_by": "2026-08-21", "reflected_in": "PLA-2"},
        "D6": {"reflected_in": "PLA-1"},
        "D13": {"reflected_in": "INW-3"},
        "D14": {"failure_trigger": "no audit date by 15 August", "reflected_in": "QUA-2"},
    }
    for need in doc["dependencies"]:
        need |= said.get(need["id"], {})
