"""The history holds every change of the record, by name, line and field, and nothing of drafts or in nobody's name."""

import json
from typing import Any

import pytest

from sessions import found
from sessions.decide import COMMANDS, decide_record
from sessions.evolve import evolve
from sessions.record.brief import BriefSet
from sessions.record.files.settling import settle
from sessions.record.history import Change, history
from sessions.room import By
from sessions.rules.differences import differences
from sessions.rules.event import Event, RecordEvent, SignedEvent
from sessions.rules.refusal import Refused
from tests.sessions.test_team_draft import drafted
from tests.stage import FACILITATOR, Stage
from workshop.files import document

OKRS = """
## Whole organisation
### Switching is quick
- Fewer days
  - figures: 61 → 42, down
## Alpha
### Alpha is quick
- Fewer visits
"""
#: Facts the record shows elsewhere, with who and why: what was said, promised, voted and decided.
ELSEWHERE = {
    "chat_agreed", "chat_noted", "confidence_passed", "confidence_taken", "cycle_closed", "cycle_follows", "decided",
    "feedback_answered", "feedback_given", "midway_planned", "objective_begun", "read_only_set", "remarked", "reviewed",
    "shortlist_weighed", "team_said", "theme_found", "visit_claimed",
}  # fmt: skip


def stage() -> Stage:
    return Stage("gallery_walk", "ann@Alpha", OKRS)


def top(s: Stage) -> Any:
    return s.room.record.top()[0]


def own(s: Stage) -> Any:
    return next(o for o in s.room.record.objectives.values() if o.team)


def newest(s: Stage, **how: Any) -> Change:
    return history(s.room, **how)[0]


def test_every_fact_of_the_record_is_signed_or_shown_elsewhere() -> None:
    facts = found.tagged(Event)
    unsigned = {
        tag for tag, fact in facts.items() if issubclass(fact, RecordEvent) and not issubclass(fact, SignedEvent)
    }
    assert unsigned == ELSEWHERE


CHANGES: list[tuple[str, dict[str, Any], str, str]] = [
    ("set_brief", {"part": "vision", "text": "Warm homes"}, "Vision", "Warm homes"),
    ("set_cycle", {"organisation": "Kestrel", "name": "Q3", "start": "", "end": ""}, "name of the cycle", "Q3"),
    ("name_sponsor", {"person": FACILITATOR}, "sponsor", "Noor"),
    ("add_team", {"name": "Gamma"}, "team", "Gamma"),
    ("link_objective", {"objective": "own", "parent": "top", "kind": "shared"}, "what it serves", "Switching is quick"),
    ("link_objective", {"objective": "own", "reason": "No line fits"}, "what it serves", "none: No line fits"),
    ("lead_result", {"result": "line", "person": FACILITATOR}, "who carries it", "Noor"),
    ("revise_result", {"result": "line", "field": "current", "value": 55}, "where it is now", "55"),
    ("drop_key_result", {"result": "line"}, "result", ""),
    ("add_key_result", {"objective": "own", "text": "More"}, "wording", "More"),
]


@pytest.mark.parametrize(("command", "fields", "what", "now"), CHANGES)
def test_a_change_stands_in_the_history(command: str, fields: dict[str, Any], what: str, now: str) -> None:
    s = stage()
    ids = {"own": own(s).id, "top": top(s).id, "line": s.room.record.results_of(top(s).id)[0].id}
    by = By(FACILITATOR, s.now, s._new_id, list)
    asked = COMMANDS[command](**{name: ids.get(str(value), value) for name, value in fields.items()})
    s.happen(decide_record(s.room, asked, by, key=True))
    change = newest(s)
    assert change.what == what
    assert now in change.now
    assert change.at == s.now
    assert change.who == "Noor"


def test_a_result_is_named_by_its_words() -> None:
    s = stage()
    s.keep("revise_result", result=s.room.record.results_of(top(s).id)[0].id, field="target", value=40)
    change = newest(s)
    assert (change.on, change.what, change.was, change.now) == ("Fewer days", "target", "42", "40")


def test_figures_of_a_file_stand_in_it_whether_known_before_or_not() -> None:
    s = stage()
    body = json.loads(document.write(s.room))
    body["top"]["key_results"][0] |= {"target": 39, "current": 60}
    s.happen([settle(s.room, document.read(json.dumps(body)), s.now, "", s._new_id)])
    told = {change.what: change for change in history(s.room)}
    assert (told["target"].was, told["target"].now, told["target"].imported) == ("42", "39", True)
    assert (told["where it is now"].was, told["where it is now"].now) == ("", "60")


def test_a_new_result_of_a_file_is_one_line() -> None:
    told = [(change.what, change.now) for change in history(stage().room)]
    assert told.count(("result", "Fewer days (61 → 42)")) == 1
    assert not [what for what, now in told if now == "Fewer days"]


def test_a_draft_that_is_served_is_not_told() -> None:
    s = stage()
    s.keep("add_objective", text="CANARY")
    draft = next(o.id for o in s.room.record.objectives.values() if o.text == "CANARY")
    with pytest.raises(Refused, match="not in the top-level goal"):
        s.keep("link_objective", objective=own(s).id, parent=draft, kind="shared")
    assert "CANARY" not in repr(history(s.room))
    assert "CANARY" in repr(history(s.room, drafts=True))


def test_several_lines_can_be_served_and_one_let_go() -> None:
    s = stage()
    line = s.room.record.results_of(top(s).id)[0].id
    s.keep("link_objective", objective=own(s).id, parent=top(s).id, kind="directional")
    s.keep("link_objective", objective=own(s).id, parent=line, kind="shared")
    assert {(a.parent, a.kind) for a in s.room.record.alignments.values()} == {
        (top(s).id, "directional"), (line, "shared"),
    }  # fmt: skip
    s.keep("link_objective", objective=own(s).id, parent=top(s).id)
    assert [a.parent for a in s.room.record.alignments.values()] == [line]
    s.keep("link_objective", objective=own(s).id, reason="It was a mistake")
    assert not s.room.record.alignments
    s.keep("link_objective", objective=own(s).id, parent=line, kind="explicit")
    assert not own(s).unaligned


def test_a_locked_goal_is_linked_with_a_reason() -> None:
    s = stage()
    own(s).status = "locked"
    with pytest.raises(Refused, match="locked"):
        s.keep("link_objective", objective=own(s).id, parent=top(s).id, kind="shared")
    s.keep("link_objective", objective=own(s).id, parent=top(s).id, kind="shared", why="Agreed on Monday")
    assert newest(s).why == "Agreed on Monday"


def test_a_team_that_says_why_it_serves_none_is_not_told_by_name() -> None:
    s = drafted()
    s.do("ann", "align", parent="", reason="No line is about service")
    told = next(change for change in history(s.room, drafts=True) if change.key == "serves")
    assert (told.who, told.at) == ("Q1 direction", s.now)


def test_old_facts_without_a_signature_are_read() -> None:
    s = stage()
    evolve(s.room, "", BriefSet(part="vision", text="From long ago"))
    assert (newest(s).now, newest(s).iso, newest(s).who) == ("From long ago", "", "whoever keeps the record")


def test_what_a_team_and_a_keeper_said_in_one_go_stays_apart() -> None:
    s = drafted()
    top = s.room.record.top()[0]
    s.do("ann", "align", parent=top.id, kind="explicit", reason="It is ours")
    goal = s.room.works_on(s.session)
    assert goal
    s.keep("link_objective", objective=goal.id, parent=top.id, kind="shared")
    told = [change for change in history(s.room, drafts=True) if change.key == "serves"]
    assert [change.who for change in told] == ["whoever keeps the record", "Q1 direction"]
    assert all("because: It is ours" in change.now for change in told)


def test_changing_one_link_leaves_the_others_as_they_stand() -> None:
    s = stage()
    line = s.room.record.results_of(top(s).id)[0].id
    s.keep("link_objective", objective=own(s).id, parent=top(s).id, kind="directional")
    s.keep("link_objective", objective=own(s).id, parent=line, kind="shared")
    s.keep("link_objective", objective=own(s).id, parent=top(s).id, kind="explicit")
    assert [link.parent for link in s.room.record.alignments.values()] == [top(s).id, line]
    before = len(history(s.room))
    s.happen([settle(s.room, document.read(document.write(s.room)), s.now, "", s._new_id)])
    assert len(history(s.room)) == before


def test_a_typed_reason_is_never_taken_for_a_file() -> None:
    s = stage()
    own(s).status = "locked"
    s.keep("revise_objective", objective=own(s).id, text="Alpha is quicker", why="import")
    assert (newest(s).why, newest(s).imported) == ("import", False)


def test_long_texts_are_compared_quickly_and_whole() -> None:
    was, now = ("\n".join(f"{word} {n}" for n in range(2000)) for word in ("old", "new"))
    pieces = differences(was, now)
    assert "".join(piece.words for piece in pieces if piece.how != "gone") == now
    assert "".join(piece.words for piece in pieces if piece.how != "new") == was
    assert len(pieces) == 2
