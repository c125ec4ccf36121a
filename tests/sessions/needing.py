"""Two teams and a need between them, brought to any standing by real steps."""

from typing import Any

from sessions.record.dependencies.dependency import Dependency
from sessions.rules.refusal import Refused
from tests.stage import Stage

OKRS = """## Install
### Install well
- R1
## Supply
### Supply well
- R2
- R3
## Quality
### Check well
- R4
"""
SIDES = {"consumer": "ines", "provider": "sam", "decider": "marta", "keeper": "noor", "other": "quin"}

ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "change": ("change_need", {"field": "need_by", "value": "2026-09-09", "why": "because"}),
    "fill": ("change_need", {"field": "failure_trigger", "value": "no stock", "why": "because"}),
    "accept": ("answer_need", {"answer": "accepted", "need_by": "2026-08-20"}),
    "accept_if": ("answer_need", {"answer": "conditional", "words": "we get a crew", "need_by": "2026-08-21"}),
    "decline": ("answer_need", {"answer": "declined", "words": "no hands"}),
    "ask_decision": ("ask_decision", {"whose": "Marta", "day": "2026-07-20", "why": "stuck"}),
    "decide": ("decide_need", {"answer": "accepted", "words": "households first"}),
    "confirm": ("confirm_need", {}),
    "ask_again": ("ask_again", {"words": "three sizes, not two"}),
    "reflect": ("reflect_need", {"mode": "scope", "why": "because"}),
    "finish": ("settle_need", {"state": "done", "why": "because"}),
    "slip": ("settle_need", {"state": "slipped", "why": "late delivery"}),
    "withdraw": ("settle_need", {"state": "withdrawn", "why": "because"}),
    "take_up": ("settle_need", {"state": "proposed", "why": "because"}),
}
LEADS = {"accept": "accepted", "accept_if": "conditional", "decline": "declined", "ask_decision": "undecided"}
LEADS |= {"decide": "accepted", "confirm": "agreed", "ask_again": "proposed", "finish": "done", "slip": "slipped"}
LEADS |= {"withdraw": "withdrawn", "take_up": "proposed"}


def stage() -> Stage:
    s = Stage("ideas_and_dots", "", OKRS)
    for person, team in (("ines", "Install"), ("sam", "Supply"), ("sid", "Supply"), ("quin", "Quality"), ("marta", "")):
        s.join(person, team)
    s.room.record.leaders.append("marta")
    return s


def team(s: Stage, name: str) -> str:
    return next(t.id for t in s.room.record.teams.values() if t.name == name)


def asked(s: Stage, **more: Any) -> str:
    fields = {"provider": team(s, "Supply"), "text": "buffer stock", "because": "crews idle", "need_by": "2026-08-01"}
    s.do("ines", "say_need", **{**fields, **more})
    return list(s.room.record.dependencies)[-1]


def need(s: Stage, id: str = "") -> Dependency:
    return s.room.record.dependencies[id or next(iter(s.room.record.dependencies))]


def step(s: Stage, name: str, person: str, **more: Any) -> None:
    command, fields = ACTS[name]
    found = need(s)
    if name == "reflect":
        supply = team(s, "Supply")
        more = {"result": next(r.id for r in s.room.record.results.values() if home(s, r.id) == supply), **more}
    s.do(person, command, **{"dependency": found.id, "version": found.version, **fields, **more})


def home(s: Stage, result: str) -> str:
    objective = s.room.record.objective_of(result)
    return objective.team if objective else ""


def refused(s: Stage, name: str, person: str) -> str:
    """As what a step is refused, or nothing."""
    try:
        step(s, name, person)
    except Refused as refusal:
        return refusal.code
    return ""


WAYS = {
    "proposed": (),
    "accepted": (("accept", "sam"),),
    "conditional": (("accept_if", "sam"),),
    "agreed": (("accept", "sam"), ("confirm", "ines")),
    "declined": (("decline", "sam"),),
    "undecided": (("ask_decision", "sam"),),
    "slipped": (("accept", "sam"), ("confirm", "ines"), ("slip", "sam")),
    "done": (("accept", "sam"), ("confirm", "ines"), ("finish", "ines")),
    "withdrawn": (("withdraw", "ines"),),
}


def at(standing: str) -> Stage:
    s = stage()
    asked(s)
    for name, person in WAYS[standing]:
        step(s, name, person)
    assert need(s).standing == standing
    return s
