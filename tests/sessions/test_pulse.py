"""The priority pulse: over days by link, hidden while people write, by theme and team, and answered afterwards."""

from datetime import UTC, datetime

import pytest

from sessions import views
from sessions.formats import ALL
from sessions.rules.refusal import Refused
from sessions.rules.working_days import working_days_after
from tests.stage import Stage, plain

OKRS = """# Kestrel
## Whole organisation
### Warm homes
- Fewer days
  - figures: 61 → 42, down
## Alpha
### Alpha is quick
- Fewer visits
## Beta
### Beta is kind
- More smiles
"""
ALPHA = "ann@Alpha bob@Alpha cy@Alpha"


def pulse(people: str = ALPHA + " di@Beta") -> Stage:
    stage = Stage("priority_pulse", people, OKRS)
    stage.lead("next_phase")
    return stage


def written(people: str = ALPHA + " di@Beta") -> Stage:
    stage = pulse(people)
    stage.do("ann", "add_note", text="One number for a customer", why="they ring us", kind="change")
    stage.do("bob", "add_note", text="Spare parts in the van", kind="continue")
    stage.do("di", "add_note", text="Fewer forms")
    return stage


@pytest.mark.parametrize(
    ("day", "days", "end"),
    [
        ("2026-05-08T09:00", 5, "2026-05-15T09:00"),
        ("2026-05-11T09:00", 5, "2026-05-18T09:00"),
        ("2026-05-09T23:30", 1, "2026-05-11T23:30"),
        ("2026-12-31T12:00", 1, "2027-01-01T12:00"),
    ],
)
def test_working_days_leave_weekends_out(day: str, days: int, end: str) -> None:
    at = round(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)
    ends = working_days_after(at, days)
    assert datetime.fromtimestamp(ends / 1000, UTC).strftime("%Y-%m-%dT%H:%M") == end


def test_it_lives_for_five_working_days_and_then_shows_its_notes_by_itself() -> None:
    stage = written()
    assert stage.step["deadline"] == working_days_after(stage.now, 5)
    assert stage.step["collecting"]
    assert not [key for key in stage.everything() if key.startswith("note:")]
    stage.ring()
    assert not stage.step["collecting"]
    shown = [thing for key, thing in stage.everything().items() if key.startswith("note:")]
    assert sorted(note["text"] for note in shown) == [
        "Fewer forms", "One number for a customer", "Spare parts in the van",
    ]  # fmt: skip
    with pytest.raises(Refused, match="on the wall already"):
        stage.do("cy", "add_note", text="Too late")
    assert views.rings(stage.session) == 0


def test_nobody_else_sees_a_note_while_people_write() -> None:
    stage = written()
    for person in ("bob", "cy", "di", "noor"):
        assert "One number" not in str(stage.own(person)) + str(stage.everything()) + str(stage.helm())
    own = next(thing for key, thing in stage.own("ann").items() if key.startswith("note:"))
    assert (own["why"], own["kind"]) == ("they ring us", "change")


def test_three_notes_each_and_one_can_be_changed() -> None:
    stage = pulse()
    for number in range(3):
        stage.do("ann", "add_note", text=f"Note {number}")
    with pytest.raises(Refused, match="written all 3"):
        stage.do("ann", "add_note", text="Note 4")
    note = next(key[5:] for key in stage.own("ann") if key.startswith("note:"))
    stage.do("ann", "edit_note", note=note, text="Another", why="because", kind="stop")
    assert stage.own("ann")[f"note:{note}"]["why"] == "because"


def test_how_many_of_each_team_have_answered_and_never_who() -> None:
    stage = written()
    stage.do("ann", "done")
    rows = {row["name"]: (row["done"], row["of"]) for row in stage.helm()["answered"]["teams"]}
    assert rows == {"Alpha": (1, 3), "Beta": (0, 1)}
    assert "answered" not in stage.everything()
    stage.keep("change_team", team=next(iter(stage.room.record.teams)), size=12)
    assert stage.helm()["answered"]["teams"][0]["of"] == 12


def test_results_stand_beside_the_writing_as_they_are_today() -> None:
    assert [line["text"] for line in pulse().step["standing"]] == ["Warm homes", "Fewer days (61 → 42)"]


def voted(people: str) -> Stage:
    stage = written(people)
    stage.ring()
    stage.lead("next_phase")
    stage.lead("next_phase")
    one = next(n.id for n in stage.session.board.notes.values() if n.text.startswith("One"))
    for name in (person.partition("@")[0] for person in people.split()):
        stage.do(name, "place_dot", item=one)
        stage.do(name, "lean", item=one, lean="later")
    stage.lead("reveal")
    stage.lead("next_phase")
    return stage


def test_themes_say_by_when_and_from_which_team_where_three_of_it_take_part() -> None:
    stage = voted(ALPHA + " di@Beta")
    first = stage.step["themes"][0]
    assert (first["dots"], first["now"], first["later"], first["teams"]) == (4, 0, 4, ["Alpha"])
    forms = next(t for t in stage.step["themes"] if stage.session.board.notes[t["item"]].text == "Fewer forms")
    assert forms["teams"] == []
    assert (first["leaders"], first["others"]) == (-1, -1)


def test_levels_are_told_where_four_of_each_have_voted() -> None:
    crowd = ALPHA + " di@Beta eve@Beta"
    stage = written(crowd)
    stage.room.record.leaders += ["ann", "bob", "cy"]
    stage.ring()
    stage.lead("next_phase")
    stage.lead("next_phase")
    item = next(iter(stage.session.board.notes))
    for name in ("ann", "bob", "cy", "di", "eve"):
        stage.do(name, "place_dot", item=item)
    stage.lead("reveal")
    stage.lead("next_phase")
    assert {theme["leaders"] for theme in stage.step["themes"]} == {-1}


def test_eight_who_vote_are_told_by_level() -> None:
    people = " ".join(f"p{n}@Alpha" for n in range(4)) + " " + " ".join(f"q{n}@Beta" for n in range(4))
    stage = Stage("priority_pulse", people, OKRS)
    stage.room.record.leaders += [f"q{n}" for n in range(4)]
    stage.lead("next_phase")
    stage.do("p0", "add_note", text="One")
    stage.ring()
    stage.lead("next_phase")
    stage.lead("next_phase")
    (item,) = stage.session.board.notes
    for name in ("p0", "p1", "p2", "p3", "q0", "q1", "q2", "q3"):
        stage.do(name, "place_dot", item=item)
    stage.lead("reveal")
    stage.lead("next_phase")
    assert [(theme["leaders"], theme["others"]) for theme in stage.step["themes"]] == [(4, 4)]


def test_what_is_dotted_or_kept_is_filed_and_answered_later_with_a_reason() -> None:
    stage = voted(ALPHA + " di@Beta")
    forms = next(n.id for n in stage.session.board.notes.values() if n.text == "Fewer forms")
    stage.lead("keep_outlier", item=forms)
    assert [theme["kept"] for theme in stage.step["themes"] if theme["item"] == forms] == [True]
    stage.lead("close_session")
    themes = stage.room.record.themes
    assert [(theme.words, theme.dots, theme.later) for theme in themes.values()] == [
        ("One number for a customer", 4, 4),
        ("Fewer forms", 0, 0),
    ]
    with pytest.raises(Refused, match="wants to know why"):
        stage.keep("answer_theme", theme=forms, answer="not_now")
    stage.keep("answer_theme", theme=forms, answer="not_now", reason="the law asks for them")
    with pytest.raises(Refused, match="Only the leaders"):
        stage.keep("answer_theme", key=False, theme=forms, answer="taken_up", reason="x")
    shown = {key: plain({"it": seen})["it"] for key, seen, _ in views.record(stage.room) if key.startswith("theme:")}
    assert (shown[f"theme:{forms}"]["state"], shown[f"theme:{forms}"]["reason"]) == ("not_now", "the law asks for them")


def test_themes_are_what_the_next_draft_begins_with() -> None:
    stage = voted(ALPHA + " di@Beta")
    stage.lead("close_session")
    draft = Stage("leadership_draft", "ann bob", OKRS)
    draft.room.record.themes = stage.room.record.themes
    draft.to("context")
    assert draft.step["themes"] == ["One number for a customer"]
    draft.lead("prepare", what="themes", text="Something else")
    assert draft.step["themes"] == ["Something else"]


def test_live_it_goes_by_the_clock() -> None:
    stage = Stage("priority_pulse", ALPHA, OKRS)
    stage.lead("change_plan", step="write", settings={"days": 0})
    stage.lead("next_phase")
    assert stage.step["deadline"] == stage.now + 5 * 60_000
    assert views.rings(stage.session) == 0
    assert "answered" not in stage.helm()


def test_everybody_hears_that_it_is_no_order_list() -> None:
    words = [phase.prompt for phase in ALL["priority_pulse"].phases]
    assert sum("order list" in prompt for prompt in words) == 2
