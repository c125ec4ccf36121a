"""The horizontal session by the rules: hidden until shown, one lead and the whole target, decisions with a name."""

import json
from collections import Counter
from typing import Any

import pytest

from sessions.outcome import outcome
from sessions.record.dependencies.seen import in_all
from sessions.record.files.settling import settle
from sessions.rules.refusal import Refused
from tests.stage import Stage
from workshop.files import DEMO, document

PEOPLE = "olek@Install_North brid@Install_West pia@Platform_&_Data asa@Customer_App sue@Survey_&_Design gro@Growth"


def kestrel(people: str = PEOPLE) -> Stage:
    """Kestrel right after its marketplace, and its horizontal session."""
    s = Stage("horizontal_session", "")
    s.happen([settle(s.room, document.read(DEMO.read_text()), s.now, "", s._new_id)])
    for person in people.split():
        name, _, team = person.partition("@")
        s.join(name, team.replace("_", " "))
    return s


def share(s: Stage, result: str) -> dict[str, Any]:
    found: dict[str, Any] = s.everything()["share:" + result]
    return found


def test_its_shared_results_come_in_as_what_files_claim() -> None:
    s = kestrel()
    assert set(s.room.record.shares) == {"K1", "K2", "K3", "K4"}
    first = share(s, "K1")
    assert (first["named"], first["lead"], len(first["claims"])) == (False, "", 2)
    assert share(s, "K2")["lead"] == "INS"
    assert [(p["team"], p["full"]) for p in share(s, "K2")["parts"] if not p["full"]] == [("SUR", False)]


def test_one_lead_is_named_and_everybody_carries_it_in_full() -> None:
    s = kestrel()
    s.do("olek", "lead_share", result="K1", team="INS", person="Olek")
    s.do("olek", "lead_share", result="K2", team="INS", person="Olek")
    assert (share(s, "K1")["lead"], share(s, "K1")["claims"]) == ("INS", [])
    assert s.room.record.results["SUR-1"].target == 85
    with pytest.raises(Refused, match="in full"):
        s.keep("revise_result", result="SUR-1", field="target", value=78)
    s.keep("revise_result", result="K2", field="target", value=90)
    assert {s.room.record.results[id].target for id in ("SUR-1", "INS-1", "INW-1")} == {90}
    with pytest.raises(Refused, match="of itself"):
        s.do("olek", "lead_share", result="K4", team="APP", person="Asa")
    with pytest.raises(Refused, match="Say first who leads"):
        s.do("olek", "leave_share", result="K1")


def test_a_team_that_carries_it_too_gets_its_whole_target() -> None:
    s = kestrel()
    s.do("pia", "carry_share", result="K4", note="the meter feed")
    part = next(p for p in share(s, "K4")["parts"] if p["team"] == "PLA")
    assert (part["target"], part["note"], part["full"]) == (75.0, "the meter feed", True)
    with pytest.raises(Refused, match="team’s own goal"):
        s.do("pia", "carry_share", result="K3", own="INS-1")
    with pytest.raises(Refused, match="carries another"):
        s.do("olek", "carry_share", result="K3", own="INS-1")
    s.do("pia", "leave_share", result="K4")
    assert "PLA" not in {p["team"] for p in share(s, "K4")["parts"]}


def test_no_file_splits_a_target_or_names_a_second_lead() -> None:
    s = kestrel()
    s.do("olek", "lead_share", result="K2", team="INS", person="Olek")
    file = json.loads(document.write(s.room))
    kept = json.dumps(file)
    s.happen([settle(s.room, document.read(kept), s.now, "", s._new_id)])
    assert share(s, "K2")["lead"] == "INS"
    survey = next(o for o in file["okrs"] if o["team"] == "SUR")
    survey["key_results"][0]["target"] = 78
    with pytest.raises(Refused, match="in full"):
        settle(s.room, document.read(json.dumps(file)), s.now, "", s._new_id)
    file = json.loads(kept)
    survey = next(o for o in file["okrs"] if o["team"] == "SUR")
    survey["key_results"][0]["role"] = "lead"
    with pytest.raises(Refused, match="One team leads"):
        settle(s.room, document.read(json.dumps(file)), s.now, "", s._new_id)
    file = json.loads(kept)
    next(o for o in file["okrs"] if o["team"] == "SUR")["key_results"][0]["target"] = 78
    fresh = Stage("horizontal_session", "")
    with pytest.raises(Refused, match="in full"):
        settle(fresh.room, document.read(json.dumps(file)), fresh.now, "", fresh._new_id)
    fresh.happen([settle(fresh.room, document.read(kept), fresh.now, "", fresh._new_id)])
    assert fresh.room.record.shares["K2"].person == "Olek"


def test_a_lead_whose_team_is_gone_is_asked_for_again() -> None:
    s = kestrel()
    s.do("asa", "lead_share", result="K4", team="APP", person="Asa")
    s.keep("take_team_off", team="APP")
    assert share(s, "K4")["lead_gone"]
    s.lead("lead_share", result="K4", team="HOM", person="Ada")
    assert (share(s, "K4")["lead"], share(s, "K4")["lead_gone"]) == ("HOM", False)


def test_room_is_hidden_until_all_who_are_asked_have_said_theirs() -> None:
    s = kestrel().to("capacity")
    assert (s.step["missing"], s.step["shown"]) == (3, False)
    s.do("pia", "say_capacity", count=2)
    assert s.own("pia")["mine"]["count"] == 2
    assert s.own("olek")["mine"]["count"] == -1
    assert {row["room"] for row in s.step["rooms"]} == {-1}
    assert s.helm()["main"]["label"] == "Show it, though 2 teams are missing"
    assert s.room.record.teams["PLA"].capacity == 3
    s.lead("reveal")
    rooms = {row["team"]: row["room"] for row in s.step["rooms"]}
    assert (rooms["PLA"], rooms["SUP"]) == (2, -1)
    assert s.room.record.teams["PLA"].capacity == 2
    assert next(load for load in in_all(s.room).loads if load.team == "PLA").room == 2
    with pytest.raises(Refused, match="is shown"):
        s.do("pia", "say_capacity", count=9)
    s.keep("change_team", team="PLA", capacity=7)
    s.lead("reveal")
    assert s.room.record.teams["PLA"].capacity == 7, "what was shown once is not shown over what was said since"


def test_what_could_go_wrong_is_seen_by_its_writer_alone_until_all_is_shown() -> None:
    s = kestrel().to("raid")
    before = {key: value for key, value in s.everything().items() if key not in ("step", "counts")}
    s.do("pia", "write_raid", sort="risk", text="CANARY the supplier fails")
    after = {key: value for key, value in s.everything().items() if key not in ("step", "counts")}
    assert before == after
    assert "CANARY" not in json.dumps([s.everything(), s.helm(), s.own("olek"), s.own("pia", hand="made")])
    note = s.own("pia")["raid_notes"]["notes"][0]
    with pytest.raises(Refused, match="Only who wrote this"):
        s.do("olek", "take_back_raid", note=note["id"])
    s.lead("reveal")
    row = next(v for k, v in s.everything().items() if k.startswith("raid:"))
    assert (row["statement"], row["owner"]) == ("CANARY the supplier fails", "")
    item = next(iter(s.room.record.raid))
    with pytest.raises(Refused, match="one name"):
        s.do("olek", "close_raid", item=item)
    s.do("olek", "change_raid", item=item, field="owner", value="Olek", was="")
    s.do("olek", "close_raid", item=item)
    assert s.room.record.raid[item].closed


def test_a_conflict_has_both_needs_and_a_decision_with_a_name() -> None:
    s = kestrel()
    conflict = next(iter(s.room.record.conflicts))
    assert s.everything()["conflict:" + conflict]["raised_by"] == ["Install North", "Platform & Data"]
    s.do("olek", "say_conflict_need", conflict=conflict, side="b", text="slots planned a week ahead")
    with pytest.raises(Refused, match="Home Advisors"):
        s.do("olek", "say_conflict_need", conflict=conflict, side="a", text="x")
    with pytest.raises(Refused, match="writes it down"):
        s.do("olek", "decide_conflict", conflict=conflict, text="ours wins", decider="Marta Olsen")
    with pytest.raises(Refused, match="a decision has a name"):
        s.lead("decide_conflict", conflict=conflict, text="pick within planned slots")
    s.lead(
        "decide_conflict",
        conflict=conflict,
        text="customers pick within planned slots",
        decider="Marta Olsen",
        day="2026-07-10",
        tie_breaker="signed association date",
    )
    found = s.room.record.conflicts[conflict]
    assert (found.outcome, found.decider) == ("customers pick within planned slots", "Marta Olsen")
    assert s.room.record.decisions[-1].by == "Marta Olsen"
    with pytest.raises(Refused, match="Choose two"):
        s.do("olek", "raise_conflict", a="INS-1", b="INS-1", text="x")
    file = json.loads(document.write(s.room))
    assert file["conflicts"][0]["outcome"] == "customers pick within planned slots"


def test_incomplete_needs_come_first_and_one_is_put_up() -> None:
    s = kestrel().to("fields")
    rows = s.step["needs"]
    assert rows[0]["lacks"] == sorted(rows, key=lambda row: -len(row["lacks"]))[0]["lacks"]
    assert {row["id"] for row in rows if row["lacks"]} == {"D3", "D4", "D6", "D7", "D14"}
    s.lead("put_up_need", need="D7")
    assert s.step["up"] == "D7"


def test_what_is_left_gets_a_name_and_a_day_and_the_day_decides_nothing() -> None:
    s = kestrel().to("escalate")
    assert (s.step["resolver"], s.step["raise_within"], s.step["answer_within"]) == ("Marta Olsen", 24, 48)
    assert set(s.step["open_needs"]) == {"D3", "D4", "D6", "D7", "D14"}
    with pytest.raises(Refused, match="who told you"):
        s.lead("ask_decision", dependency="D7", version=1, whose="Marta Olsen", day=s.step["until"])
    s.lead("ask_decision", dependency="D7", version=1, whose="Marta Olsen", day=s.step["until"], why="left open")
    s.now += 30 * 86_400_000
    assert s.room.record.dependencies["D7"].state == "undecided"
    s.lead("close_session")
    told = {section.key: [line.text for line in section.lines] for section in outcome(s.room, s.session).sections}
    assert len(told["needs-open"]) == 5
    assert told["conflicts"][0].startswith("Contracts with a customer-picked install date")


def test_kestrels_step_10_but_for_what_checks_will_say() -> None:
    """The story of ``spec/kestrel.md``: who leads what, what is decided, and how every need ends."""
    s = kestrel(f"{PEOPLE} qi@Quality_&_Compliance cara@Customer_Care marta dev")
    record = s.room.record
    for name, text in (("K1", "INS"), ("K2", "INS")):
        s.do("olek", "lead_share", result=name, team=text, person="Olek")
    s.do("asa", "lead_share", result="K4", team="APP", person="Asa")
    assert record.results["SUR-1"].target == 85
    conflict = next(iter(record.conflicts))
    ruling = "customers pick within planned slots"
    s.lead("decide_conflict", conflict=conflict, text=ruling, decider="Marta Olsen", day="2026-07-10")

    def answer(person: str, need: str, **said: Any) -> None:
        s.do(person, "answer_need", dependency=need, version=record.dependencies[need].version, **said)

    def confirm(person: str, need: str) -> None:
        s.do(person, "confirm_need", dependency=need, version=record.dependencies[need].version)

    answer("pia", "D6", answer="accepted", need_by="2026-08-07")
    confirm("asa", "D6")
    for need, person in (("D3", "olek"), ("D4", "brid")):
        answer("pia", need, answer="accepted", need_by="2026-08-14")
        confirm(person, need)
    answer("pia", "D7", answer="declined", words="no hands before October")
    s.do("cara", "settle_need", dependency="D7", state="withdrawn", why="we rescope")
    s.do("qi", "answer_need", dependency="D14", version=1, answer="accepted", need_by="2026-09-01")
    assert not record.dependencies["D14"].agreed
    assert Counter(n.standing for n in record.dependencies.values()) == {
        "agreed": 11,
        "accepted": 1,
        "declined": 1,
        "withdrawn": 1,
    }
    dates = {record.dependencies[need].need_by for need in ("D3", "D4")}
    assert dates == {"2026-08-14"}


def test_the_read_out_says_nothing_of_a_draft_that_carries_a_shared_result() -> None:
    s = kestrel()
    s.do("olek", "lead_share", result="K1", team="INS", person="Olek")
    part = s.room.record.shares["K1"].parts["INW"]
    s.room.record.shares["K1"].parts["INW"] = part.__class__(part.result, "canary")
    assert "canary" in str(outcome(s.room, s.session))
    home = s.room.record.objective_of(part.result)
    assert home is not None
    home.status = "draft"
    assert "canary" not in str(outcome(s.room, s.session))
