"""What a session and the record see of a conflict."""

from collections.abc import Iterable

from sessions.room import Room
from sessions.room.kind import OfRecord, Shown


class ConflictShown(Shown, frozen=True):
    """Two lines that work against each other, whose they are, what each needs, and what was decided."""

    a: str
    b: str
    a_text: str
    b_text: str
    a_team: str
    b_team: str
    a_name: str
    b_name: str
    why: str
    raised_by: list[str]
    a_needs: str
    b_needs: str
    outcome: str
    decider: str
    due: str
    tie_breaker: str
    order: int


class ConflictSeen(OfRecord):
    """A conflict."""

    name = "conflict"
    shape = ConflictShown
    on = frozenset({"result", "objective", "team"})

    def ids(self, room: Room) -> Iterable[str]:
        return room.record.conflicts

    def look(self, room: Room, id: str) -> ConflictShown | None:
        return _shown(room, id)


def _shown(room: Room, id: str) -> ConflictShown | None:
    record, found = room.record, room.record.conflicts.get(id)
    if found is None:
        return None
    ends = [(line, record.objective_of(line)) for line in (found.a, found.b)]
    texts = [record.wording(line) if home and home.status != "draft" else "" for line, home in ends]
    teams = [home.team if home else "" for _, home in ends]
    return ConflictShown(
        a=found.a,
        b=found.b,
        a_text=texts[0],
        b_text=texts[1],
        a_team=teams[0],
        b_team=teams[1],
        a_name=record.team_name(teams[0]),
        b_name=record.team_name(teams[1]),
        why=found.why,
        raised_by=[record.team_name(team) for team in found.raised_by],
        a_needs=found.needs.get("a", ""),
        b_needs=found.needs.get("b", ""),
        outcome=found.outcome,
        decider=found.decider,
        due=found.due,
        tie_breaker=found.tie_breaker,
        order=found.order,
    )
