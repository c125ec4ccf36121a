"""How one team shows up in the big picture, how far goals reach, and what the drift report asks leadership."""

from sessions import views
from sessions.record.checks.ground import Ground
from sessions.record.connectivity import ConnectivityShown, reach
from sessions.record.contribution import contribution
from sessions.record.drift import drift
from sessions.room import Room
from tests.sessions.asking import KESTREL, room_of, small


def lines(room: Room, key: str) -> list[str]:
    return [line.text for section in drift(room) if section.key == key for line in section.lines]


def test_a_team_sees_its_way_up_and_who_relies_on_it() -> None:
    found = contribution(room_of(KESTREL), "INS")
    assert (found.team, found.tops) == ("Install North", ["Switching to Kestrel is warm, quick and worth it"])
    assert found.vision.startswith("Every home")
    (step,) = found.steps
    assert [(line.figures, line.kind, line.place) for line in step.above] == [
        ("61 → 42 days", "shared", 0),
        ("71 → 85 %", "shared", 1),
    ]
    assert [bool(line.shares) for line in step.results] == [True, True, False]
    assert [(need.team, need.standing) for need in found.relies_on] == [
        ("Supply & Warehouse", "agreed"),
        ("Platform & Data", "no answer yet"),
    ]
    assert len(contribution(room_of(KESTREL), "PLA").relied_on) == 6
    assert contribution(room_of(KESTREL), "CAR").steps[0].unaligned.startswith("Winter backlog")


def test_a_team_in_two_goals_has_two_steps_and_one_that_serves_two_lines_names_both() -> None:
    found = contribution(room_of(KESTREL), "APP")
    assert [[line.place for line in step.above] for step in found.steps] == [[0], [3]]


def test_nothing_of_a_draft_is_on_the_way_up() -> None:
    doc = small()
    doc["okrs"][0]["status"] = "draft"
    assert contribution(room_of(doc), "AA").steps == []
    doc = small()
    doc["top"]["status"] = "draft"
    found = contribution(room_of(doc), "AA")
    assert found.tops == []
    assert found.steps[0].above == []


def test_how_far_goals_reach() -> None:
    ground = Ground(room_of(KESTREL))
    found = reach(ground, "INS")
    assert (found.up, sorted(found.across), found.down) == (["K2", "K1"], ["INW", "SUP", "SUR"], [])
    assert reach(ground, "SUP").up == []
    assert sorted(reach(ground, "SUP").down) == ["INS", "INW"]
    whole = {key: shown for key, shown, _ in views.record(room_of(KESTREL))}["connectivity"]
    assert whole == ConnectivityShown(goals=13, up=11, lines=5, down=5, teams=12, across=10)


def test_the_drift_report_asks_what_leadership_can_answer() -> None:
    room = room_of(KESTREL)
    assert lines(room, "questions") == [
        "What do you answer Customer Care: “No result covers customers already installed”?",
        "Which goes first where they clash: “Contracts with a customer-picked install date from 20% to 60%”, or "
        "“Installs on pre-planned crew slots from 48% to 80%”?",
        "Who leads “Lift households whose first full month costs no more than quoted from 58% to 75%”?",
        "Who leads “Cut median days from contract to warm home from 61 to 42”?",
        "What may wait, so that Platform & Data can do the rest?",
        "How you decide is not settled yet: who sees to it that every result has a delivery team.",
    ]
    assert lines(room, "upward") == ["No result covers customers already installed"]
    assert "Winter backlog is more urgent; the top-level OKR has no service result" in lines(room, "loose")
    assert lines(room, "unserved") == []


def test_where_nothing_drifts_nothing_is_reported() -> None:
    assert drift(room_of(small())) == []


def test_what_nobody_serves_is_asked_for_and_drafts_are_left_out() -> None:
    doc = small(alignments=[])
    room = room_of(doc)
    assert "Who delivers “Homes warm in winter”, or do you drop it?" in lines(room, "questions")
    assert len(lines(room, "unserved")) == 4
    for goal in (doc["top"], *doc["okrs"]):
        goal["status"] = "draft"
    assert "Homes" not in str(drift(room_of(doc)))
