"""When a festival closes: every note becomes feedback on its line, with its stage and slot, and who saw whom."""

from sessions.activities.festival.feedback import pile_of
from sessions.activities.festival.programme import Festival, festival
from sessions.record.reviews import reviewed
from sessions.room import Turn
from sessions.rules.event import Event
from sessions.running import notes_on_goals


def filed(turn: Turn) -> list[Event]:
    """What goes on the record, open until the team answers it; of acts that were dropped as well."""
    events: list[Event] = []
    for act in festival(turn.session).ever.values():
        pile = turn.board.piles.get(pile_of(act.id))
        notes = [turn.board.notes[id] for id in sorted(pile.notes if pile else ())]
        events += [said for note in notes if (said := notes_on_goals.filed(turn, note, "festival", act.where))]
    return [*events, *reviewed(turn.room, turn.session.code, _saw(festival(turn.session)))]


def _saw(kept: Festival) -> dict[str, list[str]]:
    """Team → who has said that they were at one of its acts."""
    seen: dict[str, list[str]] = {}
    for act in kept.ever.values():
        seen.setdefault(act.team, []).extend(kept.crowd.been.get(act.id, ()))
    return seen
