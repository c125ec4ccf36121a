"""The life of a dependency: every step from every standing by every side, and what the two halves come to."""

import pytest

from sessions.record.dependencies.life import LIFE, STANDINGS
from sessions.record.history import history
from sessions.rules.refusal import Refused
from tests.sessions.needing import LEADS, SIDES, WAYS, asked, at, home, need, refused, stage, step, team

#: The table once more, as the issue and the formats say it: step → who, and from where.
WANTED = {
    "change": ("consumer keeper", "proposed accepted conditional agreed declined undecided slipped"),
    "fill": ("consumer provider keeper", "proposed accepted conditional agreed declined undecided slipped"),
    "accept": ("provider", "proposed accepted conditional agreed declined undecided slipped"),
    "accept_if": ("provider", "proposed accepted conditional agreed declined undecided slipped"),
    "decline": ("provider", "proposed accepted conditional agreed undecided slipped"),
    "ask_decision": ("consumer provider keeper", "proposed accepted conditional declined undecided slipped"),
    "decide": ("decider keeper", "undecided"),
    "confirm": ("consumer", "accepted conditional"),
    "ask_again": ("consumer", "accepted conditional declined"),
    "reflect": ("provider keeper", "accepted conditional agreed"),
    "finish": ("consumer keeper", "agreed slipped"),
    "slip": ("consumer provider keeper", "agreed"),
    "withdraw": ("consumer keeper", "proposed accepted conditional agreed declined undecided slipped"),
    "take_up": ("consumer keeper", "withdrawn done"),
}


def test_the_table_is_the_one_that_was_asked_for() -> None:
    assert set(WANTED) == set(LIFE)
    assert set(STANDINGS) == set(WAYS)


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_step_by_every_side(standing: str) -> None:
    for name, (sides, standings) in WANTED.items():
        for side, person in SIDES.items():
            s = at(standing)
            # The decider is known by name, and only where a decision was asked for.
            decides = side == "decider" and standing == "undecided"
            if side == "decider" and not decides:
                continue
            before = (need(s).standing, len(need(s).steps))
            if side in sides.split() and standing in standings.split():
                changes = name == "accept" and standing in ("accepted", "agreed")
                more = {"need_by": "2026-08-25"} if changes or (standing == "slipped" and "accept" in name) else {}
                more = more or ({"need_by": "2026-08-22"} if name == "accept_if" and standing == "conditional" else {})
                more |= {"day": "2026-07-25"} if name == "ask_decision" else {}
                step(s, name, person, **more)
                assert need(s).steps[-1].by == person, (standing, name, side)
                assert need(s).standing == LEADS.get(name, need(s).standing), (standing, name, side)
                assert len(need(s).steps) == before[1] + 1, (standing, name, side)
            else:
                code = refused(s, name, person)
                # Saying again what is so already is no step, and no refusal either.
                again = LEADS.get(name) == standing and name in ("finish", "withdraw", "slip", "confirm")
                assert code in (("",) if again and not code else ("not_yours", "not_from_here")), (standing, name, side)
                assert (need(s).standing, len(need(s).steps)) == before


def test_one_half_is_no_yes_and_the_other_is_for_somebody_else() -> None:
    s = at("accepted")
    assert not need(s).agreed
    s.room.people["sam"].team = team(s, "Install")
    with pytest.raises(Refused, match="Somebody else of Install"):
        step(s, "confirm", "sam")
    step(s, "confirm", "ines")
    assert need(s).agreed


def test_a_change_after_the_yes_opens_the_other_half_again() -> None:
    s = at("agreed")
    step(s, "change", "ines")
    assert (need(s).standing, need(s).need_by) == ("proposed", "2026-09-09")
    s = at("agreed")
    step(s, "fill", "sam")
    assert need(s).standing == "agreed"


def test_confirming_what_was_changed_meanwhile_is_refused() -> None:
    s = at("accepted")
    read = need(s).version
    s.do("sam", "answer_need", dependency=need(s).id, version=read, answer="accepted", need_by="2026-08-30")
    with pytest.raises(Refused, match="Sam has changed this meanwhile") as refusal:
        s.do("ines", "confirm_need", dependency=need(s).id, version=read)
    assert refusal.value.code == "changed_meanwhile"
    assert not need(s).agreed


def test_two_people_of_the_provider_answer_at_once_differently() -> None:
    s = at("proposed")
    read = need(s).version
    s.do("sam", "answer_need", dependency=need(s).id, version=read, answer="accepted")
    with pytest.raises(Refused, match="Sam has changed this meanwhile") as refusal:
        s.do("sid", "answer_need", dependency=need(s).id, version=read, answer="declined", words="no hands")
    assert refusal.value.more["text"] == "no hands"
    # The same answer once more is not a second one.
    assert s.do("sid", "answer_need", dependency=need(s).id, version=read, answer="accepted") == []


def test_what_slipped_wants_another_day_or_goes() -> None:
    s = at("slipped")
    with pytest.raises(Refused, match="by which day"):
        s.do("sam", "answer_need", dependency=need(s).id, version=need(s).version, answer="accepted")
    step(s, "accept", "sam", need_by="2026-09-01")
    assert (need(s).standing, need(s).need_by) == ("accepted", "2026-09-01")
    step(s, "confirm", "ines")
    assert need(s).agreed


def test_what_nobody_would_ask() -> None:
    s = stage()
    supply, install = team(s, "Supply"), team(s, "Install")
    with pytest.raises(Refused, match="does not ask itself"):
        s.do("ines", "say_need", provider=install, text="help")
    with pytest.raises(Refused, match="after it is needed"):
        s.do("ines", "say_need", provider=supply, text="x", need_by="2026-07-01", decision_date="2026-07-02")
    with pytest.raises(Refused, match="which team you are of"):
        s.do("marta", "say_need", provider=supply, text="help")
    with pytest.raises(Refused, match="You are here for Install"):
        s.do("ines", "say_need", provider=install, consumer=supply, text="help")
    asked(s)
    with pytest.raises(Refused, match="asked Supply for this already"):
        asked(s)
    with pytest.raises(Refused, match="after it is needed"):
        s.do("ines", "change_need", dependency=need(s).id, field="decision_date", value="2026-08-02")
    for count in range(39):
        asked(s, text=f"crate {count}")
    assert len(s.room.record.dependencies) == 40


def test_whoever_acts_for_others_says_why() -> None:
    s = at("proposed")
    with pytest.raises(Refused, match="who told you"):
        s.lead("settle_need", dependency=need(s).id, state="withdrawn")
    with pytest.raises(Refused, match="Nobody accepts for a team that is not here"):
        s.lead("answer_need", dependency=need(s).id, version=1, answer="accepted")
    s.lead("settle_need", dependency=need(s).id, state="withdrawn", why="Ines says it is bought")
    assert need(s).steps[-1].why == "Ines says it is bought"


def test_a_team_taken_off_leaves_its_dependencies_and_its_name() -> None:
    s = at("agreed")
    s.keep("take_team_off", team=team(s, "Supply"))
    assert need(s).agreed
    with pytest.raises(Refused, match="not on the list"):
        asked(s, text="more stock")
    step(s, "slip", "ines")
    with pytest.raises(Refused, match="Only Supply can say yes"):
        step(s, "accept", "ines")


def test_carried_by_a_result_of_its_own_or_one_with_a_wider_scope() -> None:
    s = at("agreed")
    mine = [r.id for r in s.room.record.results.values() if home(s, r.id) == team(s, "Supply")]
    theirs = next(r.id for r in s.room.record.results.values() if home(s, r.id) == team(s, "Install"))
    with pytest.raises(Refused, match="your own team’s goal"):
        step(s, "reflect", "sam", result=theirs)
    step(s, "reflect", "sam", result=mine[0], mode="dedicated")
    second = asked(s, text="cylinders")
    s.do("sam", "answer_need", dependency=second, version=1, answer="accepted")
    with pytest.raises(Refused, match="carries “buffer stock” already"):
        s.do("sam", "reflect_need", dependency=second, mode="scope", result=mine[0])
    assert s.do("sam", "reflect_need", dependency=need(s).id, mode="dedicated", result=mine[0]) == []
    s.do("sam", "reflect_need", dependency=second, mode="dedicated", text="Cylinders in stock from 1 to 3")
    carried = s.room.record.results[need(s, second).reflected_in]
    assert (carried.text, home(s, carried.id)) == ("Cylinders in stock from 1 to 3", team(s, "Supply"))


def test_every_step_keeps_who_when_and_why_and_the_history_says_it() -> None:
    s = at("conditional")
    s.now += 1000
    step(s, "ask_again", "ines")
    told = [(t.step, t.by, t.why) for t in need(s).steps]
    assert told == [("say", "ines", ""), ("accept_if", "sam", ""), ("ask_again", "ines", "three sizes, not two")]
    assert need(s).steps[-1].at == s.now
    first = history(s.room)[0]
    assert (first.who, first.on, first.why) == (
        "Ines",
        "Install needs from Supply: buffer stock",
        "three sizes, not two",
    )
    assert (first.was, first.now) == ("yes, if", "no answer yet")


def test_on_the_record_by_the_team_that_was_invited() -> None:
    s = at("proposed")
    s.keep("answer_need", key=False, person="sid", dependency=need(s).id, version=1, answer="accepted")
    s.keep("confirm_need", key=False, person="ines", dependency=need(s).id, version=need(s).version)
    assert need(s).agreed
    assert need(s).owner == "Sid"


def test_one_person_gives_one_half_whatever_they_are_called_and_whoever_they_act_for() -> None:
    s = at("proposed")
    step(s, "accept", "sid")
    s.lead("merge_people", keep="ines", drop="sid")
    assert refused(s, "confirm", "ines") == "both_halves"
    s = at("undecided")
    s.lead("hand_over", person="ines")
    step(s, "decide", "ines")
    assert refused(s, "confirm", "ines") == "both_halves"


def test_another_name_on_the_same_answer_is_kept_and_reopens_nothing() -> None:
    s = at("agreed")
    before = need(s).version
    s.do("sam", "answer_need", dependency=need(s).id, version=before, answer="accepted", owner="Kim")
    assert (need(s).owner, need(s).version, need(s).standing) == ("Kim", before, "agreed")


def test_one_need_has_one_result_of_its_own() -> None:
    s = at("agreed")
    more = {"dependency": need(s).id, "mode": "dedicated"}
    s.do("sam", "reflect_need", **more, text="Pumps from 1 to 3")
    s.do("sid", "reflect_need", **more, text="pumps  from 1 to 3")
    with pytest.raises(Refused, match="carries this already"):
        s.do("sid", "reflect_need", **more, text="Pumps from 1 to 4")
    assert [r.text for r in s.room.record.results.values() if "umps" in r.text] == ["Pumps from 1 to 3"]


@pytest.mark.parametrize(("said", "kept"), [("20260701", "2026-07-01"), (" 2026-W27-3 ", "2026-07-01"), (" ", "")])
def test_a_day_is_kept_in_one_form(said: str, kept: str) -> None:
    s = stage()
    asked(s, need_by=said)
    assert need(s).need_by == kept


def test_words_for_a_day_are_before_and_after_none() -> None:
    s = at("proposed")
    need(s).need_by = "15 August 2026"
    s.do("ines", "change_need", dependency=need(s).id, field="decision_date", value="2026-09-01")
    assert need(s).decision_date == "2026-09-01"
