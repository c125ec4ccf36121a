"""Escalate the rest: what is left gets an owner and a day; nothing is decided because that day passes."""

from datetime import UTC, datetime, timedelta

from sessions.activities.horizontal.horizontal_step import HorizontalStep
from sessions.record.record import Record
from sessions.room import PhasePlan, Room, Session
from sessions.room.kind import Shown

#: Hours to raise what is stuck, and to answer it, where nobody has said otherwise (S4; ``spec/kestrel.md``).
RAISE, ANSWER = 24, 48


class EscalateStep(Shown, frozen=True):
    """Needs and conflicts that are left, who decides where nobody else is named, the window, and its day from now."""

    open_needs: list[str]
    conflicts: list[str]
    resolver: str
    raise_within: int
    answer_within: int
    until: str


class Escalate(HorizontalStep):
    """Each gets the name of whoever decides, and by when."""

    name = "escalate"
    called = "Escalate the rest"
    does = "What is left gets an owner and a day"
    watches = frozenset({"dependency", "conflict", "room"})

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your team’s name."

    def everyone(self, room: Room, session: Session) -> EscalateStep:
        record = room.record
        to_raise, to_answer = window(record)
        began = session.run.started if session.run else session.opened
        until = datetime.fromtimestamp(began / 1000, UTC) + timedelta(hours=to_answer)
        return EscalateStep(
            open_needs=[need.id for need in record.dependencies.values() if need.waits_for],
            conflicts=[conflict.id for conflict in record.conflicts.values() if not conflict.outcome],
            resolver=record.brief.get("resolver", ""),
            raise_within=to_raise,
            answer_within=to_answer,
            until=until.date().isoformat(),
        )


def window(record: Record) -> tuple[int, int]:
    """Hours to raise and to answer, as the charter of a file says, or as is usual."""
    charter = record.kept.get("governance")
    hours = charter.get("escalation_window_hours") if isinstance(charter, dict) else None
    found = hours if isinstance(hours, dict) else {}
    to_raise, to_answer = (hours_or(found.get(name), usual) for name, usual in (("raise", RAISE), ("answer", ANSWER)))
    return to_raise, to_answer


def hours_or(said: object, usual: int) -> int:
    """Hours as a charter says them, or the usual ones."""
    return said if isinstance(said, int) and 0 < said <= 2_000 else usual
