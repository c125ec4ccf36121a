"""However many notes there are, one more is done and told without a walk through the others."""

from collections.abc import Iterator
from typing import Any

from sessions import formats
from sessions.board.notes.note import Note
from sessions.rules.refusal import Refused
from tests.chance.test_told import Told
from tests.stage import Stage


class Walked(dict[str, Note]):
    """Notes that count who goes through all of them."""

    times = 0

    def __iter__(self) -> Iterator[str]:
        self.times += 1
        return super().__iter__()

    def keys(self) -> Any:
        """All ids."""
        self.times += 1
        return super().keys()

    def values(self) -> Any:
        """All notes."""
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
