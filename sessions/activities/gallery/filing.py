"""When a walk closes: every note becomes feedback on its line, with its answer."""

from sessions.activities.gallery.walk import Walk, pile_of
from sessions.board.notes.note import Note
from sessions.record.feedback import FeedbackAnswered, FeedbackGiven
from sessions.room import Turn
from sessions.rules.event import Event


def filed(turn: Turn) -> list[Event]:
    """When a walk closes: every note becomes feedback on its line, with its answer; the rest stays open."""
    walk = turn.session.part(Walk)
    if not walk:
        return []
    events: list[Event] = []
    for poster in walk.posters.values():
        pile = turn.board.piles.get(pile_of(poster.id))
        for id in sorted(pile.notes if pile else ()):
            note = turn.board.notes[id]
            objective = turn.record.objective_of(note.on)
            if note.aside or note.hidden or objective is None:
                continue
            events.append(_feedback(turn, note, objective.id, objective.version))
            thing = turn.board.item(id)
            if thing and thing.answer:
                events.append(FeedbackAnswered(feedback=id, answer=thing.answer, reason=thing.reason))
    return events


def _feedback(turn: Turn, note: Note, objective: str, version: int) -> FeedbackGiven:
    return FeedbackGiven(
        feedback=note.id,
        objective=objective,
        on=note.on,
        kind=note.kind or "like",
        text=note.text,
        source="gallery",
        team=note.team,
        touches=note.touches,
        version=version,
        session=turn.session.code,
        late=note.late,
    )
