"""Lists of a file: what a row leaves out stays, what it cannot say is refused, and an export is always readable."""

import json
from typing import Any

import pytest

from sessions.record.files.settling import settle
from sessions.rules.refusal import Refused
from tests.stage import Stage
from workshop.files import document, table

BASE: dict[str, Any] = {
    "teams": [{"id": "INS", "name": "Install"}, {"id": "SUP", "name": "Supply"}],
    "top": {"id": "O1", "objective": "Top", "key_results": [{"id": "K1", "text": "k1", "target": 10}]},
    "okrs": [
        {"team": "INS", "id": "OI", "objective": "I", "key_results": [{"id": "I1", "text": "i1", "target": 10}]},
        {"team": "SUP", "id": "OS", "objective": "S", "key_results": [{"id": "S1", "text": "s1", "target": 10}]},
    ],
}
ROWS: dict[str, dict[str, Any]] = {
    "dependencies": {"id": "D1", "consumer": "INS", "provider": "SUP", "upstream_need": "stock", "state": "accepted"},
    "conflicts": {"id": "C1", "a": "I1", "b": "S1", "why": "w", "outcome": "o", "decider": "d", "a_needs": "x"},
    "raid": {"id": "R1", "type": "risk", "statement": "s", "owner": "o", "due": "the third quarter", "status": "open"},
}
LED = {"shared_results": [{"result": "K1", "lead": "INS", "person": "Ina"}]}


def carried(insight: Any = "K1", supply: Any = "K1", target: float = 10) -> dict[str, Any]:
    """The base, with results that carry a shared one."""
    found: dict[str, Any] = json.loads(json.dumps(BASE))
    for okr, top, role in zip(found["okrs"], (insight, supply), ("lead", "support"), strict=True):
        okr["key_results"][0] |= {"shared": top, "role": role, "target": target}
    return found


def stage(base: dict[str, Any] = BASE) -> Stage:
    s = Stage("horizontal_session", "")
    bring(s, base)
    for name, team in (("ina", "Install"), ("sam", "Supply")):
        s.join(name, team)
    return s


def bring(s: Stage, file: dict[str, Any] | str) -> None:
    came = table.read(file) if isinstance(file, str) else document.read(json.dumps(file))
    s.happen([settle(s.room, came, s.now, "", s._new_id)])


def asked(s: Stage, **more: str) -> str:
    s.do("ina", "say_need", provider="SUP", text="stock", **more)
    return list(s.room.record.dependencies)[-1]


def written(s: Stage) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document.write(s.room))
    return found


def again(s: Stage) -> Stage:
    """Another room that has taken in what this one writes."""
    other = Stage("horizontal_session", "")
    bring(other, written(s))
    return other


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("value", [5, 1.5, True, ["x"], {"a": 1}])
def test_words_are_words_in_every_field_of_every_row(name: str, value: Any) -> None:
    for field in ROWS[name].keys() - {"id", "consumer", "provider", "a", "b", "statement"}:
        with pytest.raises(Refused, match="has to be words"):
            stage({**BASE, name: [{**ROWS[name], field: value}]})


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_listed_once_and_says_one_of_the_words_we_know(name: str) -> None:
    with pytest.raises(Refused, match="listed twice"):
        stage({**BASE, name: [ROWS[name], ROWS[name]]})
    for field in {"state", "type", "status"} & ROWS[name].keys():
        with pytest.raises(Refused, match=r"“moon” is no .*: choose one of"):
            stage({**BASE, name: [{**ROWS[name], field: "moon"}]})


@pytest.mark.parametrize("name", ROWS)
def test_what_a_row_leaves_out_stays(name: str) -> None:
    s = stage({**BASE, name: [ROWS[name]]})
    bare = {k: v for k, v in ROWS[name].items() if k in ("id", "consumer", "provider", "a", "b", "statement")}
    bring(s, {name: [{**bare, "more": "words"}]})
    assert written(s)[name] == [{**ROWS[name], "more": "words"}]


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("value", [None, {}, "words", []])
def test_what_is_no_list_hides_nothing(name: str, value: Any) -> None:
    s = stage({**BASE, name: [ROWS[name]]})
    bring(s, {name: value})
    assert written(s)[name] == [ROWS[name]]


def test_a_table_without_its_columns_leaves_them_and_an_agreement_stands() -> None:
    s = stage()
    id = asked(s, because="idle", need_by="2026-08-01")
    s.do("sam", "answer_need", dependency=id, version=1, answer="accepted")
    s.do("ina", "confirm_need", dependency=id, version=2)
    bring(s, "Consumer,Provider,Need\nInstall,Supply,stock\n")
    need = s.room.record.dependencies[id]
    assert (need.standing, need.need_by, need.downstream_impact, need.owner) == ("agreed", "2026-08-01", "idle", "Sam")
    bring(s, "Consumer,Provider,Need,Needed by\nInstall,Supply,stock,\n")
    assert (need.standing, need.need_by) == ("accepted", "")


def test_who_took_a_step_is_known_after_the_own_file_came_back() -> None:
    s = stage()
    id = asked(s)
    s.do("sam", "answer_need", dependency=id, version=1, answer="accepted")
    before = [(step.step, step.by, step.session) for step in s.room.record.dependencies[id].steps]
    bring(s, written(s))
    need = s.room.record.dependencies[id]
    assert ([(step.step, step.by, step.session) for step in need.steps], need.answered_by) == (before, "sam")


def test_a_decision_that_was_opened_again_leaves_with_none() -> None:
    s = stage({**BASE, "conflicts": [ROWS["conflicts"]]})
    s.lead("decide_conflict", conflict="C1", text="")
    assert written(s)["conflicts"][0].get("outcome", "") == ""


# Shared results


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ({"shared_results": [{"result": ["K1"], "lead": "INS"}]}, "each by its id"),
        ({"shared_results": [{"result": "K1", "lead": {}}]}, "each by its id"),
        ({"shared_results": LED["shared_results"] * 2}, "two leads"),
        (carried("I1"), "cannot carry a result that carries another"),
        (carried("K1", "I1"), "cannot carry a result that carries another"),
        ({**carried(target=7), **LED}, "in full: 10"),
    ],
)
def test_no_file_breaks_the_law_of_a_shared_result(file: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        stage({**BASE, **file})


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ({"shared_results": [{"result": "K1", "lead": "SUP"}]}, "is led by Install"),
        ({**BASE, "okrs": carried(target=7)["okrs"]}, "in full: 10"),
    ],
)
def test_no_later_file_breaks_it(file: dict[str, Any], says: str) -> None:
    s = stage(carried())
    s.lead("lead_share", result="K1", team="INS", person="Ina")
    with pytest.raises(Refused, match=says):
        bring(s, file)


def test_a_file_with_another_whole_target_changes_it_for_all() -> None:
    s = stage(carried())
    s.lead("lead_share", result="K1", team="INS", person="Ina")
    bring(s, "team,objective,key result,target\n,Top,k1,20\n")
    assert {r.id: r.target for r in s.room.record.results.values()} == {"K1": 20, "I1": 20, "S1": 20}


def test_no_result_carries_itself_or_one_that_carries_another() -> None:
    s = stage(carried(supply=""))
    for result, own, team in (("S1", "S1", "SUP"), ("I1", "S1", "SUP"), ("S1", "I1", "INS")):
        with pytest.raises(Refused):
            s.keep("carry_share", result=result, own=own, team=team)
    assert list(s.room.record.shares["K1"].parts) == ["INS"]


def test_what_is_carried_leaves_with_the_record_and_what_is_let_go_does_not() -> None:
    s = stage()
    s.do("sam", "carry_share", result="K1", own="S1", note="half the vans")
    part = again(s).room.record.shares["K1"].parts["SUP"]
    assert (part.result, part.note) == ("S1", "half the vans")
    s = stage(carried())
    s.lead("lead_share", result="K1", team="INS", person="Ina")
    s.do("sam", "leave_share", result="K1")
    s.keep("revise_result", result="S1", field="target", value=5)
    assert list(again(s).room.record.shares["K1"].parts) == ["INS"]


def test_a_team_that_was_taken_off_leaves_as_such_with_what_it_said() -> None:
    s = stage(carried())
    s.do("ina", "say_need", provider="SUP", text="stock")
    s.keep("take_team_off", team="INS")
    other = again(s)
    assert other.room.record.teams["INS"].gone
    assert written(other)["okrs"] == written(s)["okrs"]
