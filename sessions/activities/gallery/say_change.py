"""What changed: each team says in its own sentence what it changed because of the others."""

from typing import Any

from sessions.activities.activity import Activity, Main, Pens
from sessions.activities.gallery.heaps import ShareSentence
from sessions.activities.gallery.walk import Walk
from sessions.activities.gallery.whereabouts import whereabouts
from sessions.activities.playing import Chance, Plays, Seen
from sessions.room import PhasePlan, Room, Session
from sessions.room.setting import words

#: What simulated teams say they changed.
_CHANGED = (
    "We say by when, because you asked",
    "We dropped a result nobody could measure",
    "We changed nothing, and can say why",
)


class SayChange(Activity):
    """Sentences stand as they come; the flags nobody has answered come last."""

    name = "say_change"
    called = "What changed"
    does = "Each team’s own sentence"
    watches = frozenset({"walk", "said", "note", "cluster", "team"})
    takes = (ShareSentence,)
    settings = {"close": words("Close the walk", "Last button of the session")}

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"walk": "Nobody has walked before this step: add a gallery walk before it."}

    def main(self, room: Room, session: Session) -> Main | None:
        assert session.phase is not None
        return Main(session.phase.settings["close"], "close_session")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your team's name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.mine.get("home") in seen.step["waiting_for"]:
            yield "share_sentence", {"text": chance.choice(_CHANGED)}

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        walk = session.part(Walk)
        said = {team: words for (code, team), words in room.record.sentences.items() if code == session.code}
        waiting = [poster.id for poster in (walk.posters.values() if walk else ()) if poster.id not in said]
        return {"sentences": said, "waiting_for": waiting, "flags": self._flags(room, session)}

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> dict[str, Any]:
        return whereabouts(room, session, person)

    def _flags(self, room: Room, session: Session) -> list[dict[str, str]]:
        """What touches another team and has no answer yet."""
        board, teams = session.board, room.record.teams
        found = []
        for note in board.notes.values():
            thing = board.item(note.id)
            if note.touches and thing and not thing.answer and note.touches in teams:
                poster = session.part(Walk).posters.get(note.pile[7:])
                whose = poster.name if poster else ""
                found.append({"text": note.text, "from": whose, "touches": teams[note.touches].name})
        return found[:40]
