"""The mid-quarter forum: numbers hidden until all are shown, triggers that fired, decisions with a name; check-ins."""

from datetime import UTC, datetime

import pytest

from sessions import views
from sessions.outcome import outcome
from sessions.record.checkins import standing
from sessions.record.dependencies.triggers import Fired, in_words
from sessions.rules.refusal import Refused
from tests.sessions.asking import KESTREL, bring
from tests.stage import Stage, plain

HOUR = 3_600_000
PEOPLE = "ann@Customer_App bo@Platform cy dee"


def day(iso: str, hour: float = 0) -> int:
    """A moment in Unix milliseconds."""
    return round(datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp() * 1000 + hour * HOUR)


def forum(format: str = "mid_quarter_forum") -> Stage:
    stage = Stage(format, "")
    bring(stage.room, KESTREL, stage.now)
    for name, team in (("ann", "Customer App"), ("bo", "Platform & Data"), ("cy", "Install North"), ("dee", "")):
        stage.join(name, team)
    return stage


def test_how_sure_people_are_is_nobody_elses_before_it_is_shown() -> None:
    stage = forum().to("sure")
    stage.do("ann", "say_how_sure", result="K4", value=4, text="the canary feed is late")
    stage.do("bo", "say_how_sure", result="K4", value=8)
    for seen in (stage.everything(), stage.helm(), stage.own("bo"), stage.own("cy")):
        assert "canary" not in str(seen)
    assert stage.own("ann")["mine"]["sure"] == [{"result": "K4", "value": 4, "text": "the canary feed is late"}]
    assert stage.step["said"] == 2
    assert "canary" not in str(outcome(stage.room, stage.session).data())
    stage.lead("reveal")
    row = next(row for row in stage.step["rated"] if row["result"] == "K4")
    assert [(one["name"], one["value"]) for one in row["sure"]] == [("Ann", 4), ("Bo", 8)]
    assert row["mean"] == 6
    (said,) = stage.room.record.checkins["K4"]
    assert (said.confidence, said.voices, said.line) == (6, 2, "")
    with pytest.raises(Refused, match="from 1 to 10"):
        stage.do("ann", "say_how_sure", result="K4", value=11)


def test_results_are_gone_through_one_by_one_with_what_is_stuck_behind_them() -> None:
    stage = forum()
    stage.keep("raise_trigger", dependency="D6", text="feed 88% complete", day="2026-08-07")
    stage.to("review")
    assert [row["result"] for row in stage.step["reviewed"]] == ["K1", "K2", "K3", "K4"]
    assert stage.step["up"] == "K1"
    stage.do("cy", "say_progress", result="K1", part="progress", text="Three crews have changed")
    with pytest.raises(Refused, match="changed"):
        stage.do("dee", "say_progress", result="K1", part="progress", text="Mine", was="")
    main = stage.helm()["main"]
    assert (main["do"], main["fields"]) == ("put_up_result", {"result": "K2"})
    stage.lead(main["do"], **main["fields"])
    stuck = {row["result"]: row["stuck"] for row in stage.step["reviewed"]}
    assert (stuck["K4"], stuck["K2"]) == (["D6"], [])


def test_a_fired_trigger_is_raised_in_its_window_and_answered_in_its_own() -> None:
    stage = forum()
    stage.now = day("2026-08-08", 9)
    stage.keep("raise_trigger", dependency="D6", text="feed 88% complete", day="2026-08-07")
    stage.to("decide")
    assert stage.step["raised"] == ["D6"]
    stage.now = day("2026-08-09", 20)
    with pytest.raises(Refused, match="Whoever leads"):
        stage.do("bo", "answer_trigger", dependency="D6", text="We wait", name="Marta Olsen")
    stage.lead("answer_trigger", dependency="D6", text="APP goes live with daily figures first", name="Marta Olsen")
    assert stage.step["raised"] == []
    need = stage.everything()["dependency:D6"]
    assert need["fired"] == [
        "Off track since 7 August: feed 88% complete",
        "Raised within 24 hours.",
        "Marta Olsen: APP goes live with daily figures first",
        "Answered within 48 hours.",
    ]
    assert not need["raised"]


def test_what_is_late_is_called_late_and_who_may_raise() -> None:
    stage = forum()
    late = Fired("2026-08-01", "88%", "APP", day("2026-08-07"))
    assert in_words(stage.room.record, late)[1:] == [
        "Raised after more than 24 hours.", "Not answered yet; an answer is due within 48 hours.",
    ]  # fmt: skip
    with pytest.raises(Refused, match="Customer App and Platform & Data"):
        stage.do("cy", "raise_trigger", dependency="D6", text="late")
    stage.do("ann", "raise_trigger", dependency="D6", text="late", day="2026-08-07")
    with pytest.raises(Refused, match="Nobody counts on this"):
        stage.keep("raise_trigger", dependency="D12", text="late")


def test_a_decision_has_a_name_a_rule_somebody_who_does_it_and_a_day() -> None:
    stage = forum().to("decide")
    assert stage.step["conflicts"] == ["HOM-2-INS-3"]
    said = {"question": "Which goes first?", "text": "Slots, then wishes", "tie_breaker": "1 household without heat"}
    with pytest.raises(Refused, match="a decision has a name"):
        stage.lead("log_decision", decider="", **said)
    stage.lead("log_decision", decider="Marta Olsen", owner="Olek", day="2026-08-20", **said)
    assert stage.lead("log_decision", decider="Marta Olsen", owner="Olek", day="2026-08-20", **said) == []
    shown = next(thing for key, thing in stage.everything().items() if key.startswith("decision:"))
    assert (shown["by"], shown["owner"], shown["due"]) == ("Marta Olsen", "Olek", "2026-08-20")
    assert "1 thing is not decided yet." in stage.helm()["main"]["open_ends"]
    with pytest.raises(Refused, match="Whoever decides"):
        stage.do("cy", "log_decision", decider="Marta Olsen", **{**said, "question": "Another?"})
    lines = [line for s in outcome(stage.room, stage.session).sections if s.key == "decided" for line in s.lines]
    assert lines[0].below == ["by the rule “1 household without heat”", "Olek sees to it, by 2026-08-20"]


def test_what_is_kept_at_the_end_becomes_a_theme_that_the_pulse_begins_with() -> None:
    stage = forum().to("next")
    stage.do("ann", "add_note", text="Warm water first", why="winter")
    stage.do("bo", "add_note", text="Nothing new")
    stage.lead("reveal")
    stage.lead("next_phase")
    warm = next(n.id for n in stage.session.board.notes.values() if n.text == "Warm water first")
    stage.lead("keep_outlier", item=warm)
    stage.lead("close_session")
    assert [theme.words for theme in stage.room.record.themes.values()] == ["Warm water first"]


def test_the_fortnightly_half_hour_is_the_same_two_steps() -> None:
    stage = forum("fortnightly_forum")
    assert [phase.activity for phase in stage.session.plan.values()] == ["how_sure", "decide_blocked"]


def test_a_check_in_says_the_figure_the_confidence_and_one_line() -> None:
    stage = forum()
    stage.do("ann", "check_in", result="APP-1", confidence=7, figure="300", line="slower than hoped")
    result = stage.room.record.results["APP-1"]
    assert result.current == 300
    seen = {key: plain({"it": shown})["it"] for key, shown, _ in views.record(stage.room) if key.startswith("checkin")}
    (point,) = seen["checkin:APP-1"]["points"]
    assert (point["figure"], point["confidence"], point["line"]) == (300, 7, "slower than hoped")
    with pytest.raises(Refused, match="Whoever works on this result"):
        stage.do("bo", "check_in", result="APP-1", confidence=7)
    with pytest.raises(Refused, match="from 1 to 10"):
        stage.do("ann", "check_in", result="APP-1", confidence=0)
    stage.keep("check_in", result="K1", confidence=9, figure="50,5")
    assert stage.room.record.results["K1"].current == 50.5
    stage.keep("check_in", result="K1", confidence=3)
    assert [said.figure for said in stage.room.record.checkins["K1"]] == [50.5, None]


def test_what_a_confidence_means() -> None:
    assert [standing(value) for value in (1, 3, 3.9, 4, 7, 7.9, 8, 10)] == [
        "risk", "risk", "risk", "issues", "issues", "issues", "track", "track",
    ]  # fmt: skip
