"""What the record asks: each check by values, where it fires and where it does not; and Kestrel's thirty-one."""

import copy
import logging
from typing import Any

import pytest

from sessions.decide import COMMANDS, decide_record
from sessions.evolve import evolve
from sessions.record.checks.check import FAMILIES, Check
from sessions.record.checks.findings import Findings, in_the_way
from sessions.record.checks.wording import NotMeasured
from sessions.record.reviews import Reviewed
from sessions.room import By, Room
from sessions.rules.refusal import Refused
from tests.sessions.asking import KESTREL, Doc, asked, bring, goal, need, result, room_of, small


def test_there_are_thirty_three_each_with_a_question_a_fix_and_a_source() -> None:
    assert len(Check.all) == 33
    assert {check.family for check in Check.all.values()} == set(FAMILIES)
    assert all(check.fix and check.source and check.on for check in Check.all.values())
    blocks = {code for code, check in Check.all.items() if check.blocks}
    assert blocks == {"Q1", "V1", "O1", "O2", "H1", "N1", "G1", "G2", "G3"}


def test_kestrel_is_asked_exactly_thirty_one_things() -> None:
    room = room_of(KESTREL)
    assert asked(room) == [
        *[("Q1", line) for line in ("GRO-2", "GRO-3", "PAR-1")],
        *[("Q2", "GRO-2"), ("Q2", "PAR-1"), ("Q4", "APP")],
        *[("V2", "SUP"), ("V2-OK", "CAR"), ("V3", "PAR"), ("V4", "PAR")],
        *[("O1", "K4"), ("O2", "K1"), ("H1", "SUR-1"), ("H2", "SUP"), ("H3", "HOM-2")],
        *[("N1", need) for need in ("D3", "D4", "D6", "D7", "D14")],
        *[("N2", "D3"), ("N2", "D4"), ("N3", "D7"), ("N3", "D14"), ("N4", "D1"), ("N4", "D13"), ("N5", "D12")],
        *[("N6", "PLA"), ("N7", "PLA"), ("G1", "translation_owner"), ("G2", "F-31")],
    ]
    found = Findings.of(room).standing()
    assert found["N7.PLA.SUR.QUA"].finding.on == ("PLA", "SUR", "QUA")
    assert found["H3.HOM-2.INS-3"].finding.on == ("HOM-2", "INS-3")
    assert {key for key, standing in found.items() if standing.state == "fine"} == {"V2-OK.CAR.CAR-O"}


def test_without_the_link_and_the_share_of_partnerships_two_more_are_asked_and_nothing_else_moves() -> None:
    doc = copy.deepcopy(KESTREL)
    doc["alignments"] = [link for link in doc["alignments"] if link["child"] != "PAR-O"]
    for line in next(okr for okr in doc["okrs"] if okr["id"] == "PAR-O")["key_results"]:
        for field in ("shared", "role", "owner"):
            line.pop(field, None)
    before, now = set(asked(room_of(KESTREL))), set(asked(room_of(doc)))
    assert now - before == {("V1", "K3"), ("V2", "PAR")}
    assert before <= now


def test_the_same_by_hand_and_back_again() -> None:
    room = room_of(KESTREL)
    before = asked(room)
    _keep(room, "link_objective", objective="PAR-O", parent="K3", kind="")
    assert set(asked(room)) == set(before)
    _keep(room, "leave_share", result="K3", team="PAR")
    assert set(asked(room)) - set(before) == {("V1", "K3"), ("V2", "PAR")}
    _keep(room, "link_objective", objective="PAR-O", parent="K3", kind="explicit")
    assert asked(room) == before


def test_nothing_is_asked_of_a_record_in_which_all_is_well() -> None:
    assert asked(room_of(small())) == []


def _with_results(*results: Doc) -> Doc:
    others = [result("A8", "Birds seen by A a day"), result("A9", "Songs sung by A a day")]
    return small(okrs=[goal("A", "AA", [*results, *others], "Alder people say yes"), goal("B", "BB")])


WORDING: list[tuple[str, Doc, bool]] = [
    ("Q1", result("A1", metric=""), True),
    ("Q1", result("A1", unit=""), True),
    ("Q1", result("A1", baseline=None), True),
    ("Q1", result("A1", target=None), True),
    ("Q1", result("A1", baseline=0), False),
    ("Q2", result("A1", "Launch the app", baseline=None), True),
    ("Q2", result("A1", "Provide enough radical feedback", target=None), True),
    ("Q2", result("A1", "Run experiments with TikTok", baseline=None), True),
    ("Q2", result("A1", "Run trains on time, from 60% to 90%", baseline=None), False),
    ("Q2", result("A1", "Builders who stay", baseline=None), False),
    ("Q2", result("A1", "Sign 4 agreements", baseline=1), False),
    ("Q3", result("A1", baseline=4, target=4), True),
    ("Q3", result("A1", baseline=4, target=4, direction="keep"), False),
    ("Q3", result("A1", unit="yes/no"), True),
    ("Q3", result("A1", baseline=0, target=1, unit=""), True),
    ("Q3", result("A1", baseline=0, target=1), False),
]


@pytest.mark.parametrize(("code", "line", "fires"), WORDING)
def test_wording_of_a_result(code: str, line: Doc, fires: bool) -> None:
    assert (asked(room_of(_with_results(line)), code) == [(code, "A1")]) is fires


def _goals_of_alder(count: int) -> Doc:
    return small(okrs=[*(goal(f"A{n}", "AA") for n in range(count)), goal("B", "BB")], alignments=[])


def _objective(text: str, kind: str = "directional", results: int = 3) -> Doc:
    lines = [
        result(f"A{n}", f"{word} by A a day")
        for n, word in enumerate(["Seals", "Gulls", "Crabs", "Terns", "Eels", "Cod"])
    ]
    links = [{"child": "A", "parent": "K0", "type": kind}, {"child": "B", "parent": "K", "type": "directional"}]
    return small(
        okrs=[goal("A", "AA", lines[:results], text), goal("B", "BB")], alignments=links if kind else links[1:]
    )


def test_wording_of_a_goal() -> None:
    assert asked(room_of(_goals_of_alder(1)), "Q4") == []
    assert asked(room_of(_goals_of_alder(2)), "Q4") == [("Q4", "AA")]
    assert "far too many" not in _said(room_of(_goals_of_alder(3)), "Q4")
    assert "far too many" in _said(room_of(_goals_of_alder(4)), "Q4")
    for count, fires in ((0, True), (1, True), (2, True), (3, False), (5, False), (6, True)):
        assert bool(asked(room_of(_objective("We say yes", results=count)), "Q5")) is fires, count
    for text, kind, fires in (
        ("Save 320 homes", "directional", True),
        ("Save 320 homes", "shared", True),
        ("Save 320 homes", "explicit", False),
        ("Save 320 homes", "", False),
        ("Save homes by 2035", "directional", False),
        ("Win Q3", "directional", False),
    ):
        assert bool(asked(room_of(_objective(text, kind)), "Q6")) is fires, (text, kind)


def _said(room: Room, code: str) -> str:
    return next(s.finding.say for s in Findings.of(room).standing().values() if s.finding.code == code)


def test_a_line_above_that_no_team_serves() -> None:
    doc = small()
    doc["alignments"] = [link for link in doc["alignments"] if link["parent"] in ("K0", "K1")]
    assert asked(room_of(doc), "V1") == [("V1", "K2")]
    doc["alignments"] = []
    assert asked(room_of(doc), "V1") == [("V1", "K0"), ("V1", "K1"), ("V1", "K2"), ("V1", "K")]
    # A result that a team carries is served by it, and a goal whose result is.
    doc["okrs"][0]["key_results"][0] |= {"shared": "K0", "role": "lead"}
    assert asked(room_of(doc), "V1") == [("V1", "K1"), ("V1", "K2")]
    # What a draft serves is not told, and not counted.
    doc["okrs"][0]["status"] = "draft"
    assert len(asked(room_of(doc), "V1")) == 4


def test_a_goal_that_serves_nothing_is_asked_until_it_says_why_upward() -> None:
    links = [link for link in small()["alignments"] if link["child"] == "B"]
    loose = small(alignments=links)
    assert asked(room_of(loose), "V2", "V2-OK") == [("V2", "AA")]
    loose["okrs"][0]["unaligned_reason"] = "Winter first"
    room = room_of(loose)
    assert asked(room, "V2", "V2-OK") == [("V2", "AA")]
    assert "has not said so upward" in _said(room, "V2")
    _keep(room, "link_objective", objective="A", reason="Winter is first")
    assert asked(room, "V2", "V2-OK") == [("V2-OK", "AA")]
    assert [(f.team, f.kind, f.text) for f in room.record.feedback.values()] == [
        ("AA", "cannot_align", "Winter is first")
    ]
    _keep(room, "link_objective", objective="A", reason="Winter is first")
    assert len(room.record.feedback) == 1
    _keep(room, "link_objective", objective="A", parent="K0", kind="directional")
    assert asked(room, "V2", "V2-OK") == []


def test_a_goal_in_the_words_of_a_result_above_it() -> None:
    assert asked(room_of(_objective("Homes in winter are warm")), "V3") == [("V3", "AA")]
    assert asked(room_of(_objective("Warm homes")), "V3") == []
    assert asked(room_of(_objective("Homes warm by children of the north")), "V3") == []


def test_an_organisation_that_takes_most_goals_over_as_they_are() -> None:
    def kinds(*said: str) -> Doc:
        lines = ("K0", "K1", "K2", "K")
        return small(alignments=[{"child": "A", "parent": p, "type": k} for p, k in zip(lines, said, strict=False)])

    assert asked(room_of(kinds("explicit", "explicit", "directional", "shared")), "V3") == []
    assert asked(room_of(kinds("explicit", "explicit", "explicit", "shared")), "V3") == [("V3", "A")]
    assert asked(room_of(kinds("explicit", "explicit")), "V3") == []


def test_results_that_somebody_else_has_written() -> None:
    by_ann = [result(f"A{n}", f"{word} by A a day", author="ann") for n, word in enumerate(("Eels", "Cod", "Terns"))]
    explicit = [{"child": "A", "parent": "K0", "type": "explicit"}]
    taken = small(okrs=[goal("A", "AA", by_ann, "Alder says yes"), goal("B", "BB")], alignments=explicit)
    assert asked(room_of(taken), "V4") == [("V4", "AA")]
    assert asked(room_of({**taken, "alignments": [{**explicit[0], "type": "directional"}]}), "V4") == []
    taken["okrs"][0]["key_results"][1]["author"] = taken["okrs"][0]["key_results"][2]["author"] = ""
    assert asked(room_of(taken), "V4") == []
    copies = [result(f"A{n}", line["text"]) for n, line in enumerate(small()["top"]["key_results"])]
    taken["okrs"][0]["key_results"] = copies
    assert asked(room_of(taken), "V4") == [("V4", "AA")]


def test_a_link_of_which_nobody_has_said_the_kind() -> None:
    assert asked(room_of(_objective("We say yes")), "V5") == []
    doc = small(alignments=[{"child": "A", "parent": "K0", "type": ""}, *small()["alignments"][4:]])
    room = room_of(doc)
    assert asked(room, "V5") == [("V5", "A")]
    _keep(room, "link_objective", objective="A", parent="K0", kind="shared")
    assert asked(room, "V5") == []
    _keep(room, "link_objective", objective="A", parent="K0", kind="unsaid")
    assert asked(room, "V5") == [("V5", "A")]


def test_what_changed_above_is_confirmed_or_reconsidered() -> None:
    room = room_of(small())
    _keep(room, "revise_result", result="K0", field="target", value="5", at=2_000)
    assert asked(room, "V6") == [("V6", "A"), ("V6", "B")]
    _keep(room, "confirm_link", objective="A", parent="K0", at=3_000)
    assert asked(room, "V6") == [("V6", "B")]
    _keep(room, "link_objective", objective="B", parent="K0", kind="")
    assert asked(room, "V6") == []
    # A file that says the link once more has not looked at what changed.
    _keep(room, "revise_result", result="K1", field="text", value="Calls that were spared", at=4_000)
    bring(room, small(), 5_000)
    assert ("V6", "A") in asked(room, "V6")


def _share(**roles: str) -> Doc:
    doc = small()
    for team, role in roles.items():
        of = next(okr for okr in doc["okrs"] if okr["id"] == team)["key_results"][0]
        of |= {"shared": "K0", "role": role, "target": 4}
    return doc


def test_a_shared_result_has_one_lead() -> None:
    assert asked(room_of(_share(A="support", B="support")), "O1", "O2") == [("O1", "K0")]
    assert asked(room_of(_share(A="lead", B="support")), "O1", "O2") == []
    room = room_of(_share(A="lead", B="lead"))
    assert asked(room, "O1", "O2") == [("O2", "K0")]
    _keep(room, "lead_share", result="K0", team="AA", person="Olek")
    assert asked(room, "O1", "O2") == []


def test_what_was_dropped_carries_nothing() -> None:
    room = room_of(_share(A="support"))
    assert asked(room, "O1") == [("O1", "K0")]
    (part,) = room.record.shares["K0"].parts.values()
    _keep(room, "drop_key_result", result=part.result)
    assert asked(room, "O1") == []


def test_one_measure_in_two_goals() -> None:
    doc = small()
    one, two = doc["okrs"][0]["key_results"][0], doc["okrs"][1]["key_results"][0]
    one["metric"], two["metric"] = "Wait days", "wait days"
    assert asked(room_of(doc), "O2", "H3") == [("O2", one["id"])]
    two["direction"] = "down"
    assert asked(room_of(doc), "O2", "H3") == [("H3", one["id"])]
    one |= {"shared": "K0", "role": "lead"}
    two |= {"shared": "K0", "role": "support"}
    assert asked(room_of(doc), "O2", "H3") == []


def test_a_result_of_the_organisation_is_carried_by_two() -> None:
    for pair, fires in ((["ann", "bo"], False), (["ann"], True), ([], True)):
        doc = small()
        doc["top"]["key_results"][0]["lead_pair"] = pair
        assert bool(asked(room_of(doc), "O3")) is fires


def test_what_is_shared_is_carried_in_full() -> None:
    doc = _share(A="lead", B="support")
    assert asked(room_of(doc), "H1") == []
    doc["okrs"][1]["key_results"][0]["target"] = 3
    assert asked(room_of(doc), "H1") == [("H1", "B0")]


def test_a_team_that_only_looks_inward() -> None:
    doc = small(alignments=[link for link in small()["alignments"] if link["child"] == "B"])
    for line in doc["okrs"][0]["key_results"]:
        line["scope"] = "internal"
    assert asked(room_of(doc), "H2") == [("H2", "AA")]
    room = room_of(doc)
    _keep(room, "revise_result", result="A0", field="scope", value="")
    assert asked(room, "H2") == []
    doc["alignments"] = small()["alignments"]
    assert asked(room_of(doc), "H2") == []


def test_goals_that_pull_apart() -> None:
    clash = {"a": "A0", "b": "B0", "why": "one hurries, one waits", "raised_by": ["AA", "BB"]}
    assert asked(room_of(small(conflicts=[clash])), "H3") == [("H3", "A0")]
    assert asked(room_of(small(conflicts=[{**clash, "raised_by": ["AA"]}])), "H3") == []
    assert asked(room_of(small(conflicts=[{**clash, "outcome": "A waits", "decider": "Ann"}])), "H3") == []


def test_results_that_say_nearly_the_same() -> None:
    doc = small()
    doc["okrs"][0]["key_results"][0]["text"] = "Reply within one working day"
    doc["okrs"][1]["key_results"][0]["text"] = "Reply within 1 working day"
    room = room_of(doc)
    assert asked(room, "H4") == [("H4", "A0")]
    _keep(room, "revise_result", result="B0", field="text", value="Doors that open")
    assert asked(room, "H4") == []
    _keep(room, "revise_result", result="B0", field="text", value="one working day, reply within")
    assert asked(room, "H4") == [("H4", "A0")]


NEEDS: list[tuple[str, Doc, bool]] = [
    ("N1", {"state": "proposed"}, True),
    ("N1", {"state": "conditional"}, False),
    ("N1", {"state": "declined"}, False),
    ("N2", {"decision_date": None}, True),
    ("N2", {"decision_date": "2026-07-09"}, False),
    ("N2", {"decision_date": None, "state": "withdrawn"}, False),
    ("N3", {"failure_trigger": None}, True),
    ("N4", {"reflected_in": None}, True),
    ("N4", {"reflected_in": None, "state": "conditional"}, True),
    ("N4", {"reflected_in": None, "state": "proposed"}, False),
    ("N5", {"state": "declined"}, True),
    ("N5", {"state": "accepted"}, False),
    ("N8", {"upstream_need": ""}, True),
    ("N8", {"downstream_impact": None}, True),
]


@pytest.mark.parametrize(("code", "fields", "fires"), NEEDS)
def test_a_need(code: str, fields: Doc, fires: bool) -> None:
    room = room_of(small(dependencies=[need("D1", **fields)]))
    assert (asked(room, code) == [(code, "D1")]) is fires
    assert asked(room_of(small(dependencies=[need("D1")])), code) == []


def test_a_declined_need_is_asked_about_until_the_goal_is_another() -> None:
    room = room_of(small(dependencies=[need("D1", state="declined")]))
    _keep(room, "revise_result", result="A1", field="target", value="3", at=2_000)
    assert asked(room, "N5") == []


def test_more_is_asked_of_a_team_than_it_has_room_for_and_teams_that_wait_in_a_circle() -> None:
    three = [need(f"D{n}") for n in range(3)]
    assert asked(room_of(small(dependencies=three)), "N6", "N7") == []
    assert asked(room_of(small(dependencies=[*three, need("D3")])), "N6") == [("N6", "BB")]
    assert asked(room_of(small(dependencies=[*three, need("D3", state="declined")])), "N6") == []
    teams = [{"id": "AA", "name": "Alder"}, {"id": "BB", "name": "Birch", "capacity_inbound": 2}]
    assert asked(room_of(small(teams=teams, dependencies=three)), "N6") == [("N6", "BB")]
    back = need("D9", consumer="BB", provider="AA", reflected_in="A0")
    assert asked(room_of(small(dependencies=[three[0], back])), "N7") == [("N7", "AA")]


def test_who_has_read_a_goal() -> None:
    room = room_of(small(dependencies=[need("D1")]))
    assert asked(room, "P1") == []
    _happen(room, Reviewed(session="s", team="BB", people=5, by=["AA"]))
    assert asked(room, "P1") == [("P1", "BB")]
    _happen(room, Reviewed(session="s", team="BB", people=6, by=[]))
    assert asked(room, "P1") == [("P1", "BB"), ("P1", "BB")]
    _happen(room, Reviewed(session="t", team="BB", people=2, by=["AA"]))
    assert asked(room, "P1") == []


def test_fewer_than_three_of_five_teams_are_linked() -> None:
    doc = small(teams=[{"id": id, "name": f"Team {id}"} for id in ("AA", "BB", "CC")])
    assert asked(room_of(doc), "P3") == []
    doc["teams"].append({"id": "DD", "name": "Team DD"})
    assert asked(room_of(doc), "P3") == [("P3", "CC")]
    assert asked(room_of({**doc, "okrs": [], "alignments": []}), "P3") == []


def test_how_decisions_are_made_is_settled() -> None:
    for part, blank in (("brief", "vision"), ("narrative", "feel"), ("governance", "conflict_resolver")):
        doc = small()
        doc[part] = {**doc[part], blank: ""}
        assert len(asked(room_of(doc), "G1")) == 1, blank
    no_windows = {**small()["governance"], "escalation_window_hours": {"raise": 24}}
    assert asked(room_of(small(governance=no_windows)), "G1") == [("G1", "answer_window")]
    assert asked(room_of(small(forum={})), "G1") == [("G1", "forum")]
    assert asked(room_of({"teams": [{"id": "AA", "name": "Alder"}]})) == []


def test_open_feedback_and_a_vote_that_has_not_passed() -> None:
    said = {"id": "F1", "on": "K", "text": "And the others?", "from_team": "AA"}
    assert asked(room_of(small(feedback_open=[said])), "G2") == [("G2", "F1")]
    answered = {**said, "state": "adopted", "reason": "yes"}
    assert asked(room_of(small(feedback_open=[answered])), "G2") == []
    for votes, fires in (([], True), ([4, 4, 2], True), ([3, 3, 3], False), ([3, 3, 2, 4], True)):
        rounds = [{"round": 1, "on": "K", "votes": votes}] if votes else []
        assert bool(asked(room_of(small(confidence=rounds)), "G3")) is fires, votes
    passed = [{"round": 1, "on": "K", "votes": [2, 4, 4, 4], "result": "pass"}]
    assert asked(room_of(small(confidence=passed)), "G3") == []


def test_what_somebody_says_of_a_finding_holds_until_its_cause_changes() -> None:
    room = room_of(KESTREL)
    _keep(room, "waive_finding", finding="N6.PLA", name="Dev Anand", reason="August is quiet")
    assert _state(room, "N6.PLA") == ("waived", "Dev Anand", "August is quiet")
    _keep(room, "change_team", team="PLA", name="Platform")
    assert _state(room, "N6.PLA")[0] == "waived"
    _keep(room, "say_need", consumer="HOM", provider="PLA", text="one more", because="much", why="Ada said so")
    assert _state(room, "N6.PLA")[0] == "open"
    _keep(room, "dismiss_finding", finding="Q4.APP", name="Ines", reason="two products")
    assert _state(room, "Q4.APP")[0] == "dismissed"
    _keep(room, "reopen_finding", finding="Q4.APP")
    assert _state(room, "Q4.APP")[0] == "open"


def test_two_who_waive_at_once_and_what_a_name_is_for() -> None:
    room = room_of(KESTREL)
    waived: dict[str, Any] = {"finding": "Q1.GRO-2", "reason": "known"}
    with pytest.raises(Refused, match="Say who decides"):
        _keep(room, "waive_finding", **waived)
    _keep(room, "waive_finding", name="Dev", **waived)
    assert _keep(room, "waive_finding", name="Dev", **waived) == []
    with pytest.raises(Refused, match="Dev has settled this already: known"):
        _keep(room, "waive_finding", finding="Q1.GRO-2", name="Ines", reason="another")
    with pytest.raises(Refused, match="not on the list"):
        _keep(room, "waive_finding", finding="Q1.GRO-1", name="Ines", reason="another")


def test_a_team_dismisses_what_is_about_it_and_waives_nothing() -> None:
    room = room_of(KESTREL)
    _keep(room, "dismiss_finding", key=False, as_team="GRO", finding="Q2.GRO-2", name="Ada", reason="we mean it")
    with pytest.raises(Refused, match="Only the teams it is about"):
        _keep(room, "dismiss_finding", key=False, as_team="GRO", finding="Q4.APP", name="Ada", reason="so")
    with pytest.raises(Refused, match="somebody who leads"):
        _keep(room, "waive_finding", key=False, as_team="GRO", finding="Q1.GRO-2", name="Ada", reason="so")


def test_a_lock_waits_for_what_blocks_it_and_no_dismissal_helps() -> None:
    doc = small(status="final")
    doc["top"]["status"] = "final"
    doc["governance"]["translation_owner"] = None
    room = room_of(doc)
    _keep(room, "name_sponsor", person="ann")
    with pytest.raises(Refused, match="How you decide is not settled yet") as refused:
        _keep(room, "lock_objective", objective="K")
    assert refused.value.code == "findings_open"
    _keep(room, "dismiss_finding", finding="G1.charter", name="Ann", reason="later")
    assert [s.finding.key for s in in_the_way(room, "K")] == ["G1.charter"]
    _keep(room, "waive_finding", finding="G1.charter", name="Ann", reason="until Monday")
    _keep(room, "lock_objective", objective="K")
    assert room.record.objectives["K"].status == "locked"


def test_what_blocks_one_goal_does_not_block_another() -> None:
    room = room_of(KESTREL)
    assert "Q1.GRO-2" not in {s.finding.key for s in in_the_way(room, "K")}
    assert {"Q1.GRO-2", "G1.charter"} <= {s.finding.key for s in in_the_way(room, "GRO-O")}
    assert {"O1.K4", "O2.K1", "G1.charter", "G2.F-31"} <= {s.finding.key for s in in_the_way(room, "K")}


def test_a_check_that_breaks_is_logged_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise KeyError("?")

    monkeypatch.setattr(NotMeasured, "of", broken)
    with caplog.at_level(logging.ERROR):
        room = room_of(KESTREL)
        assert {code for code, *_ in asked(room)} == {code for code, *_ in asked(room_of(KESTREL))}
    assert len(asked(room)) == 28
    assert "check Q1 broke" in caplog.text


def test_asking_again_where_something_changed_finds_what_asking_everything_finds() -> None:
    room = room_of(KESTREL)
    Findings.of(room)
    changes: list[tuple[str, dict[str, Any]]] = [
        ("revise_result", {"result": "GRO-3", "field": "baseline", "value": "10"}),
        ("revise_result", {"result": "K3", "field": "target", "value": "330"}),
        ("revise_objective", {"objective": "PAR-O", "text": "Landlords like us"}),
        ("add_key_result", {"objective": "APP-O1", "text": "One more"}),
        ("drop_key_result", {"result": "SUR-1"}),
        ("take_team_off", {"team": "PEO"}),
        ("lead_share", {"result": "K4", "team": "APP", "person": "Uma"}),
        ("set_brief", {"part": "translation_owner", "text": "Dev"}),
        ("answer_feedback", {"feedback": "F-31", "answer": "adapted", "reason": "Q4"}),
        ("link_objective", {"objective": "SUP-O", "parent": "K1", "kind": "directional"}),
    ]
    for name, fields in changes:
        _keep(room, name, **fields)
        again = Findings.of(room).standing()
        room.derived.clear()
        assert list(again.items()) == list(Findings.of(room).standing().items()), name


def test_links_in_a_circle_and_ten_on_one_goal_are_looked_at_and_never_end() -> None:
    round_ = [{"child": "A", "parent": "B", "type": "explicit"}, {"child": "B", "parent": "A", "type": "explicit"}]
    assert asked(room_of(small(alignments=round_)), "V2", "V6") == []
    many = small()
    many["top"]["key_results"] = [result(f"K{n}", f"{n} of it") for n in range(10)]
    many["alignments"] = [{"child": "A", "parent": f"K{n}", "type": "directional"} for n in range(10)]
    assert asked(room_of(many), "V1", "V5") == []


def _state(room: Room, key: str) -> tuple[str, str, str]:
    found = Findings.of(room).get(key)
    assert found
    return found.state, found.name, found.reason


def _happen(room: Room, *events: Any) -> None:
    for event in events:
        evolve(room, "", event)


def _keep(room: Room, name: str, /, key: bool = True, as_team: str = "", at: int = 9_000, **fields: Any) -> list[Any]:
    made = iter(range(1_000))
    by = By("", at, lambda: f"made{at}x{len(room.record.revisions)}x{next(made)}", list)
    events = decide_record(room, COMMANDS[name](**fields), by, key, as_team)
    _happen(room, *events)
    return events
