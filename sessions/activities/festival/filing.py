"""When a festival closes: every note becomes feedback on its line, with the stage and slot it was said at."""

from sessions.activities.festival.feedback import pile_of
from sessions.activities.festival.programme import Act, festival
from sessions.board.notes.note import Note
from sessions.record.feedback import FeedbackGiven
from sessions.room import Turn
from sessions.rules.event import Event


def filed(turn: Turn) -> list[Event]:
    """What goes on the record, open until the team answers it."""
    kept = festival(turn.session)
    events: list[Event] = []
    for act in kept.live.values():
        pile = turn.board.piles.get(pile_of(act.id))
        for id in sorted(pile.notes if pile else ()):
            note = turn.board.notes[id]
            objective = turn.record.objective_of(note.on)
            if not note.aside and not note.hidden and objective is not None:
                events.append(_feedback(turn, act, note, objective.id, objective.version))
    return events


def _feedback(turn: Turn, act: Act, note: Note, objective: str, version: int) -> FeedbackGiven:
    return FeedbackGiven(
        feedback=note.id,
        objective=objective,
        on=note.on,
        kind=note.kind or "like",
        text=note.text,
        source="festival",
        team=note.team,
        touches=note.touches,
        version=version,
        session=turn.session.code,
        late=note.late,
        place=act.where,
    )
