"""What changed: each team says in its own sentence what it changed because of the others."""

from typing import Annotated

import msgspec

from sessions.activities.activity import Activity, Main, Pens
from sessions.activities.gallery.heaps import ShareSentence
from sessions.activities.gallery.walk import Walk
from sessions.activities.gallery.whereabouts import WalkMine, whereabouts
from sessions.activities.playing import Chance, Plays, Seen
from sessions.room import PhasePlan, Room, Session
from sessions.room.kind import Shown
from sessions.room.setting import Settings, words

#: What simulated teams say they changed.
_CHANGED = (
    "We say by when, because you asked",
    "We dropped a result nobody could measure",
    "We changed nothing, and can say why",
)


class FlagShown(Shown, frozen=True):
    """What was left at somebody's poster and touches another team."""

    text: str
    whose: str = msgspec.field(name="from")
    touches: str


class SayChangeStep(Shown, frozen=True):
    """Each team's own sentence, whose is still to come, and what touches another team and has no answer."""

    sentences: dict[str, str]
    waiting_for: list[str]
    flags: list[FlagShown]


class SayChangeSettings(Settings, frozen=True):
    """The last button."""

    close: Annotated[str, words("Last button of the session")] = "Close the walk"


class SayChange(Activity):
    """Sentences stand as they come; the flags nobody has answered come last."""

    name = "say_change"
    called = "What changed"
    does = "Each team’s own sentence"
    watches = frozenset({"walk", "said", "note", "cluster", "team"})
    takes = (ShareSentence,)
    settings = SayChangeSettings

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"walk": "Nobody has walked before this step: add a gallery walk before it."}

    def main(self, room: Room, session: Session) -> Main | None:
        assert session.phase is not None
        return Main(SayChangeSettings.of(session.phase).close, "close_session")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your team's name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.mine.get("home") in seen.step["waiting_for"]:
            yield "share_sentence", {"text": chance.choice(_CHANGED)}

    def everyone(self, room: Room, session: Session) -> SayChangeStep:
        walk = session.part(Walk)
        said = {team: words for (code, team), words in room.record.sentences.items() if code == session.code}
        waiting = [poster.id for poster in (walk.posters.values() if walk else ()) if poster.id not in said]
        return SayChangeStep(sentences=said, waiting_for=waiting, flags=self._flags(room, session))

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> WalkMine:
        return whereabouts(room, session, person)

    def _flags(self, room: Room, session: Session) -> list[FlagShown]:
        """What touches another team and has no answer yet."""
        board, teams = session.board, room.record.teams
        found = []
        for note in board.notes.values():
            thing = board.item(note.id)
            if note.touches and thing and not thing.answer and note.touches in teams:
                poster = session.part(Walk).posters.get(note.pile[7:])
                whose = poster.name if poster else ""
                found.append(FlagShown(note.text, whose, teams[note.touches].name))
        return found[:40]
