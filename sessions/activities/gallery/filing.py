"""When a walk closes: every note becomes feedback on its line, with its answer; and who has read whose goal is kept."""

from sessions.activities.gallery.walk import Walk, pile_of
from sessions.record.feedback import FeedbackAnswered
from sessions.record.reviews import reviewed
from sessions.room import Turn
from sessions.rules.event import Event
from sessions.running import notes_on_goals


def filed(turn: Turn) -> list[Event]:
    """When a walk closes: every note becomes feedback on its line, with its answer; the rest stays open."""
    walk = turn.session.part(Walk)
    if not walk:
        return []
    events: list[Event] = []
    for poster in walk.posters.values():
        pile = turn.board.piles.get(pile_of(poster.id))
        for id in sorted(pile.notes if pile else ()):
            said, thing = notes_on_goals.filed(turn, turn.board.notes[id], "gallery"), turn.board.item(id)
            if said is None:
                continue
            events.append(said)
            if thing and thing.answer:
                events.append(FeedbackAnswered(feedback=id, answer=thing.answer, reason=thing.reason))
    return [*events, *reviewed(turn.room, turn.session.code, _stood_before(walk))]


def _stood_before(walk: Walk) -> dict[str, list[str]]:
    """Poster → who has stood before it, in whatever round."""
    seen: dict[str, list[str]] = {poster: [] for poster in walk.posters}
    for stood in walk.stood.values():
        for person, poster in stood.items():
            seen.setdefault(poster, []).append(person)
    return {poster: people for poster, people in seen.items() if poster in walk.posters}
