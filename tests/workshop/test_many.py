"""However many there are, what one does is done and told without a walk through all the others."""

from collections.abc import Iterator
from typing import Any

from sessions import formats, views
from sessions.rules.refusal import Refused
from tests.chance.test_told import Told
from tests.stage import CODE, Stage
from workshop.cut import Cut, Visitor
from workshop.visitors import Visitors


class Walked(dict[str, Any]):
    """Things by id that count who goes through all of them."""

    times = 0

    def __iter__(self) -> Iterator[str]:
        self.times += 1
        return super().__iter__()

    def keys(self) -> Any:
        """All ids."""
        self.times += 1
        return super().keys()

    def values(self) -> Any:
        """All things."""
        self.times += 1
        return super().values()

    def items(self) -> Any:
        """All of both."""
        self.times += 1
        return super().items()


def test_one_more_note_is_told_without_a_walk_through_all_others() -> None:
    tried = set[str]()
    for format in formats.ALL:
        stage = Stage(format)
        told = Told(stage)
        for phase in formats.ALL[format].phases:
            if not goes_to(stage, phase.key):
                break
            told.follow()
            if writes(stage, "ann"):
                told.follow()
                notes = stage.session.board.notes = Walked(stage.session.board.notes)
                # Whoever has written already, where they may write more, and who has not.
                assert sum(writes(stage, person) for person in ("ann", "bob"))
                told.follow()
                assert not notes.times, f"{format}, {phase.key}"
                told.is_true()
                tried.add(f"{format}, {phase.key}")
    assert len(tried) > 5, tried


def test_a_key_that_is_made_is_not_looked_for_among_everybody_for_everybody() -> None:
    stage = Stage("ideas_and_dots")
    visitors = Visitors()
    for seat, person in enumerate(stage.session.roles):
        visitors.enter(stage.room, seat, Visitor(CODE, person, person, of=CODE))
    roles = stage.session.roles = Walked(stage.session.roles)
    cut = Cut()
    visitors.check(stage.room, CODE, cut)
    assert not roles.times
    assert not cut.seen_off


def test_what_is_said_of_a_goal_is_nobodys_own_where_there_are_no_stages() -> None:
    stage = Stage("gallery_walk", okrs="## Care\n### Every home is warm\n- Visits")
    told = Told(stage)
    goal = next(o.id for o in stage.room.record.objectives.values() if o.team)
    stage.keep("give_feedback", on=goal, kind="like", text="Just what we need")
    assert not views.whose(stage.sight, views.sorted_out(stage.room.record.touched))
    told.follow()
    told.is_true()


def goes_to(stage: Stage, phase: str) -> bool:
    """Go on to a phase, where nothing has to be done before."""
    try:
        stage.to(phase)
    except Refused:
        return False
    return True


def writes(stage: Stage, person: str) -> bool:
    """Somebody adds a note, where notes are written now."""
    try:
        stage.do(person, "add_note", text="one more")
    except Refused:
        return False
    return True
