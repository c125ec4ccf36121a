"""The marketplace by the rules: secret marks, stalls two by two, partners who do not come, what goes on the record."""

from typing import Any

import pytest

from sessions.activities.marketplace.market import Market, market
from sessions.outcome import outcome
from sessions.rules.refusal import Refused
from sessions.rules.stalls.clock import clock, usual
from tests.stage import Stage

OKRS = "\n".join(
    f"## {team}\n### {team} does well\n- {team} result from 1 to 2" for team in ("Install", "Supply", "Plat", "Qual")
)
PEOPLE = "ina@Install ivo@Install sam@Supply sue@Supply pia@Plat pit@Plat qi@Qual"


def stage(people: str = PEOPLE) -> Stage:
    return Stage("marketplace", people, OKRS)


def team(s: Stage, name: str) -> str:
    return next(t.id for t in s.room.record.teams.values() if t.name == name)


def goal(s: Stage, name: str) -> str:
    return next(o.id for o in s.room.record.objectives.values() if o.team == team(s, name))


def kept(s: Stage) -> Market:
    return market(s.session)


def mark(s: Stage, person: str, other: str, sort: str = "dependency", on: bool = True) -> None:
    s.do(person, "set_mark", goal=goal(s, other), sort=sort, on=on)


def marked(people: str = PEOPLE) -> Stage:
    """Everything up to the stalls: Install needs Supply and Plat, Supply needs Plat, Qual does what Plat does."""
    s = stage(people).to("browse")
    for person, other, sort in (
        ("ina", "Supply", "dependency"),
        ("ivo", "Plat", "dependency"),
        ("sam", "Plat", "dependency"),
        ("qi", "Plat", "duplicate"),
    ):
        mark(s, person if person in s.session.roles else "ina", other, sort)
    return s.to("trade")


def opened(people: str = PEOPLE) -> Stage:
    s = marked(people)
    s.lead("plan_stalls")
    s.lead("next_stage")
    return s


def now(s: Stage) -> list[tuple[str, str, list[str]]]:
    names = {t.id: t.name for t in s.room.record.teams.values()}
    return sorted((names[x.team], names[x.other], x.seats) for x in kept(s).now())


def test_the_clock_says_beforehand_how_many_rounds_fit() -> None:
    assert clock(12, "aloud", 90).rounds == 3
    assert clock(20, "aloud", 90).rounds == 0
    assert clock(12, "written", 90).rounds == 6
    assert clock(12, "none", 90).rounds == 7
    assert [usual(8, False), usual(9, False), usual(9, True)] == ["aloud", "written", "none"]


def test_pitches_that_are_left_out_leave_their_minutes_to_trade() -> None:
    s = stage()
    s.lead("plan_market", pitches="none")
    plan = s.session.plan
    assert (plan["pitches"].left_out, plan["trade"].minutes) == (True, 62)
    s.lead("plan_market", pitches="aloud")
    plan = s.session.plan
    assert (plan["pitches"].left_out, plan["pitches"].minutes, plan["trade"].minutes) == (False, 12, 50)
    s.lead("next_phase")
    with pytest.raises(Refused, match="begun"):
        s.lead("plan_market", pitches="none")


def test_the_first_two_of_a_team_trade_until_somebody_says_otherwise() -> None:
    s = stage("ina@Install ivo@Install ike@Install sam@Supply")
    assert kept(s).reps[team(s, "Install")] == ["ina", "ivo"]
    with pytest.raises(Refused, match="Ina and Ivo trade for your team"):
        s.do("ike", "trade_for", on=True)
    s.do("ina", "trade_for", on=False)
    s.do("ike", "trade_for", on=True)
    assert kept(s).reps[team(s, "Install")] == ["ivo", "ike"]
    with pytest.raises(Refused):
        s.do("ina", "trade_for", on=False, person="ivo")
    s.join("ann")
    with pytest.raises(Refused, match="which one"):
        s.do("ann", "trade_for", on=True)


def test_a_mark_is_seen_by_nobody_but_ones_team_before_all_are_shown() -> None:
    s = stage().to("browse")
    before = s.everything()
    mark(s, "ina", "Supply")
    assert s.everything() == before
    assert s.helm()["main"]["do"] == "reveal"
    assert [m["sort"] for m in s.own("ivo")["trading"]["marks"]] == ["dependency"]
    assert s.own("sam")["trading"]["marks"] == []
    assert s.own("ina", hand="made")["trading"]["marks"] == []
    s.lead("reveal")
    assert [(m["team"], m["sort"]) for m in s.everything()["market"]["marks"]] == [(team(s, "Install"), "dependency")]


def test_what_cannot_be_marked() -> None:
    s = stage().to("browse")
    with pytest.raises(Refused, match="own team"):
        mark(s, "ina", "Install")
    s.join("ann")
    with pytest.raises(Refused, match="which team"):
        mark(s, "ann", "Supply")
    with pytest.raises(Refused):
        s.lead("set_mark", goal=goal(s, "Supply"), sort="dependency")


def test_stalls_are_matched_from_marks_and_nobody_stands_in_two_places() -> None:
    s = opened()
    for _ in range(kept(s).loop.rounds):
        stalls = kept(s).now()
        people = [person for stall in stalls for person in stall.seats]
        assert len(set(people)) == len(people)
        if kept(s).loop.is_last() or kept(s).loop.stage == "home":
            break
        for _ in range(3):
            s.lead("next_stage")
        if kept(s).loop.stage == "break":
            s.lead("next_stage")
    met = {frozenset((x.team, x.other)) for x in kept(s).stalls.values()}
    wanted = {("Install", "Supply"), ("Install", "Plat"), ("Supply", "Plat"), ("Qual", "Plat")}
    assert met == {frozenset((team(s, a), team(s, b))) for a, b in wanted}
    assert s.everything()["market"]["unplanned"] == []


def test_who_waits_for_a_partner_stands_with_whoever_waits_too() -> None:
    s = opened("ina@Install sam@Supply pia@Plat qi@Qual")
    first = kept(s).now()[0]
    waiting = {p for people in kept(s).reps.values() for p in people} - {p for x in kept(s).now() for p in x.seats}
    here = first.seats[0]
    s.do(here, "miss_partner", stall=first.id)
    assert kept(s).stalls[first.id].missed == first.beside(kept(s).trading(here))
    assert frozenset((first.team, first.other)) not in kept(s).met()
    added = [x for x in kept(s).now() if not x.missed and here in x.seats]
    pairs = kept(s).met()
    for stall in added:
        assert set(stall.seats) - {here} <= waiting
        assert frozenset((stall.team, stall.other)) in pairs
    with pytest.raises(Refused, match="do not stand"):
        s.do("qi" if "qi" not in first.seats else "pia", "miss_partner", stall=first.id)


def test_planning_anew_moves_nobody_who_talks() -> None:
    s = opened()
    talking = now(s)
    s.lead("remove_person", person="qi")
    s.lead("plan_stalls")
    assert now(s) == talking or all(row in talking for row in now(s))
    ahead = [x for x in kept(s).stalls.values() if x.round > 1]
    qual = team(s, "Qual")
    assert not [x for x in ahead if x.of(qual)]
    begun = {frozenset((x.team, x.other)) for x in kept(s).in_round(1)}
    left = {frozenset((m["team"], m["other"])) for m in s.everything()["market"]["unplanned"]}
    assert frozenset((qual, team(s, "Plat"))) in left | begun


def test_a_request_that_comes_in_while_it_runs_finds_a_stall() -> None:
    s = opened()
    mark(s, "qi", "Supply")
    assert s.step["unplanned"] == 1
    s.lead("plan_stalls")
    assert s.step["unplanned"] == 0


def test_marks_on_what_is_gone_lead_to_no_stall() -> None:
    s = marked()
    s.keep("take_team_off", team=team(s, "Qual"))
    s.lead("plan_stalls")
    assert not [x for x in kept(s).stalls.values() if x.of(team(s, "Qual"))]


def test_no_stalls_where_nobody_marked_anything() -> None:
    s = stage().to("trade")
    with pytest.raises(Refused, match="Nobody has marked anything"):
        s.lead("plan_stalls")


def test_needs_that_wait_for_a_yes_and_flags_of_a_walk_are_marked_already() -> None:
    s = stage()
    s.do("ina", "say_need", provider=team(s, "Supply"), text="stock")
    s.to("browse")
    own = s.own("ina")["trading"]["marks"]
    assert [(m["goal"], m["sort"], m["seed"]) for m in own] == [(goal(s, "Supply"), "dependency", True)]
    mark(s, "ina", "Supply", on=False)
    assert s.own("ina")["trading"]["marks"] == []


def test_what_both_do_ends_in_one_of_three_ways() -> None:
    s = opened()
    plat, qual = team(s, "Plat"), team(s, "Qual")
    with pytest.raises(Refused, match="Say why"):
        s.do("qi", "settle_duplicate", team=plat, end="both")
    with pytest.raises(Refused, match="one, not both"):
        s.do("qi", "settle_duplicate", team=plat, end="shared", lead=team(s, "Supply"))
    with pytest.raises(Refused, match="Two teams"):
        s.do("qi", "settle_duplicate", team=qual, end="both", words="x")
    s.do("qi", "settle_duplicate", team=plat, end="merged", lead=plat)
    s.do("pia", "settle_duplicate", team=qual, end="shared", lead=qual)
    assert [d.lead for d in s.room.record.duplicates.values()] == [qual]


def test_an_offer_has_a_name() -> None:
    s = opened()
    s.do("sam", "offer_help", goal=goal(s, "Qual"), text="two people in August", name="Sue")
    given = next(iter(s.room.record.feedback.values()))
    assert (given.kind, given.source, given.place, given.team) == ("offer", "marketplace", "Sue", team(s, "Supply"))


def test_time_that_is_up_answers_nothing_and_what_is_read_is_what_was_said() -> None:
    s = opened()
    supply = team(s, "Supply")
    for text in ("stock", "vans", "tools"):
        s.do("ina", "say_need", provider=supply, text=text)
    ids = list(s.room.record.dependencies)
    s.do("sam", "answer_need", dependency=ids[0], version=1, answer="accepted")
    s.do("ina", "confirm_need", dependency=ids[0], version=2)
    s.do("sue", "answer_need", dependency=ids[1], version=1, answer="conditional", words="we get a driver")
    s.to("commit")
    assert [(t["name"], t["answers"], t["confirms"]) for t in s.step["open"]] == [("Install", 0, 1), ("Supply", 1, 0)]
    s.to("read_back")
    read = []
    while s.helm()["main"]["do"] == "read_back_next":
        s.lead("read_back_next", after=s.step["read"])
        read.append(s.step["reading"] or s.step["agreed"])
    assert read == [ids[1], ids[2], [ids[0]]]
    s.lead("close_session")
    states = {n.upstream_need: n.standing for n in s.room.record.dependencies.values()}
    assert states == {"stock": "agreed", "vans": "conditional", "tools": "proposed"}
    told = {section.key: [line.text for line in section.lines] for section in outcome(s.room, s.session).sections}
    assert told["needs-agreed"] == ["Install needs from Supply: stock"]
    assert len(told["needs-open"]) == 2


def test_a_call_link_is_an_address_of_its_own_team() -> None:
    s = opened()
    with pytest.raises(Refused, match="https"):
        s.do("sam", "set_stall_link", link="http://meet.example/1")
    s.do("sam", "set_stall_link", link="https://meet.example/supply")
    shown: list[dict[str, Any]] = [e for k, e in s.everything().items() if k.startswith("stall:")]
    supply = team(s, "Supply")
    assert all(x["link"] for x in shown if x["other"] == supply)


def test_pitches_aloud_go_team_by_team_and_bells_can_be_taken_back() -> None:
    s = stage()
    s.lead("plan_market", pitches="aloud")
    s.lead("next_phase")
    assert (s.step["round"], s.step["stage"], s.step["rounds"]) == (1, "pitch", 4)
    first = s.step["pitching"]
    s.ring()
    assert (s.step["stage"], s.step["pitching"]) == ("question", first)
    s.ring()
    assert s.step["round"] == 2
    assert s.step["pitching"] != first
    for _ in range(6):
        s.ring()
    assert s.step["stage"] == "home"
    assert s.helm()["main"]["do"] == "next_phase"


def test_trade_that_was_left_by_mistake_goes_on_and_one_that_was_over_is_opened_once_more() -> None:
    s = opened()
    s.lead("next_stage")
    talking, deadline = now(s), s.session.run.deadline if s.session.run else 0
    s.lead("next_phase")
    assert kept(s).now() == []
    s.now += 1000
    s.lead("undo")
    assert (s.step["stage"], now(s)) == ("talk", talking)
    assert s.session.run
    assert s.session.run.deadline >= deadline
    s.lead("next_phase")
    begun = kept(s).begun()
    s.lead("go_to", step="trade", again="anew")
    mark(s, "qi", "Supply")
    assert s.helm()["main"]["do"] == "plan_stalls"
    s.lead("plan_stalls")
    s.lead("next_stage")
    assert (s.step["stage"], s.step["round"]) == ("find", begun + 1)
    assert frozenset((team(s, "Qual"), team(s, "Supply"))) in {
        frozenset((x.team, x.other)) for x in kept(s).stalls.values() if x.round > begun
    }


def test_going_back_while_people_talk_and_on_again_lets_them_talk() -> None:
    s = opened()
    s.lead("next_stage")
    talking = now(s)
    s.lead("previous_phase")
    assert (s.step["stage"], s.step["round"], now(s)) == ("find", 1, talking)
    s.now += 60_000
    s.lead("next_stage")
    assert (s.step["stage"], s.step["round"], now(s)) == ("talk", 1, talking)
    assert s.session.run
    assert s.session.run.deadline == s.now + 6 * 60_000


def test_going_back_while_a_team_pitches_and_on_again_lets_it_pitch() -> None:
    s = stage()
    s.lead("plan_market", pitches="aloud")
    s.lead("next_phase")
    s.ring()
    s.ring()
    pitching = s.step["pitching"]
    s.lead("next_phase")
    s.lead("previous_phase")
    assert (s.step["round"], s.step["pitching"]) == (2, pitching)


def test_trade_that_was_opened_once_more_by_mistake_is_over_again() -> None:
    s = opened()
    s.lead("next_stage")
    while s.step["stage"] != "home":
        s.lead("next_stage")
    before = kept(s).begun()
    s.lead("next_phase")
    s.lead("previous_phase", again="anew")
    assert not kept(s).planned
    s.lead("undo")
    assert (kept(s).planned, kept(s).loop.stage, kept(s).begun(), kept(s).base) == (True, "home", before, 0)


def test_who_is_one_with_somebody_of_another_team_is_in_one_place() -> None:
    s = opened("ina@Install sam@Supply pia@Plat qi@Qual")
    assert len(now(s)) == 1
    s = stage("ina@Install sam@Supply pia@Plat qi@Qual").to("browse")
    mark(s, "ina", "Plat")
    mark(s, "sam", "Qual")
    s.to("trade")
    s.lead("plan_stalls")
    s.lead("next_stage")
    assert len(now(s)) == 2
    s.lead("merge_people", keep="ina", drop="sam")
    seats = [person for _, _, people in now(s) for person in people]
    assert sorted(seats) == ["ina", "pia", "qi"]
    assert [t for t, people in kept(s).reps.items() if "ina" in people] == [team(s, "Install")]


def test_nobody_is_missed_once_the_stalls_are_over() -> None:
    s = stage("ina@Install sam@Supply pia@Plat qi@Qual")
    s.lead("add_minutes", minutes=-46, step="trade")
    s.to("browse")
    mark(s, "ina", "Supply")
    mark(s, "ina", "Qual")
    s.to("trade")
    s.lead("plan_stalls")
    s.lead("next_stage")
    while s.step["stage"] != "home":
        s.lead("next_stage")
    last = next(x for x in kept(s).stalls.values() if x.round == kept(s).begun())
    with pytest.raises(Refused, match="over"):
        s.do(last.seats[0], "miss_partner", stall=last.id)


def test_two_who_meet_because_others_do_not_come_meet_once() -> None:
    s = opened("ina@Install sam@Supply pia@Plat qi@Qual")
    for _ in range(40):
        for stall in list(kept(s).now()):
            if len(stall.seats) == 2 and not stall.missed:
                s.do(stall.seats[0], "miss_partner", stall=stall.id)
        if s.step["stage"] == "home":
            break
        s.lead("next_stage")
    met = [frozenset((x.team, x.other)) for x in kept(s).stalls.values() if not x.missed]
    assert len(met) == len(set(met))


def test_who_was_seated_with_somebody_else_is_seated_with_them_again() -> None:
    s = opened("ina@Install sam@Supply pia@Plat qi@Qual")
    first = kept(s).now()[0]
    s.do(first.seats[0], "miss_partner", stall=first.id)
    together = [people for _, _, people in now(s) if len(people) == 2 and people != first.seats]
    s.lead("undo")
    s.lead("next_stage")
    assert [people for _, _, people in now(s) if people != first.seats] == together
