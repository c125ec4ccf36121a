"""What is blocked is decided: decider, outcome, the rule that won, who does it, by when."""

from sessions.activities.forum.forum_step import ForumStep
from sessions.activities.playing import Chance, Plays, Seen
from sessions.room import Room, Session
from sessions.room.kind import Shown


class BlockedStep(Shown, frozen=True):
    """What waits for a decision: conflicts, needs that were passed on, triggers nobody has answered; and the rule."""

    conflicts: list[str]
    undecided: list[str]
    raised: list[str]
    resolver: str
    tie_breaker: str


class DecideBlocked(ForumStep):
    """Blocked decisions, each ending with a name."""

    name = "decide_blocked"
    called = "Decide what is blocked"
    does = "Conflicts, passed-on needs and fired triggers get a decision with a name"
    watches = frozenset({"conflict", "dependency", "room", "decision"})

    def seen_by(self, session: Session, phase: object) -> str:
        return "Everyone, with the name of who decides."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        return iter(())

    def open_ends(self, room: Room, session: Session) -> list[str]:
        if session.phase is None or session.phase.activity != self.name:
            return []
        left = self.everyone(room, session)
        count = len(left.conflicts) + len(left.undecided) + len(left.raised)
        if not count:
            return []
        return ["1 thing is not decided yet." if count == 1 else f"{count} things are not decided yet."]

    def everyone(self, room: Room, session: Session) -> BlockedStep:
        record = room.record
        needs = record.dependencies.values()
        return BlockedStep(
            conflicts=[conflict.id for conflict in record.conflicts.values() if not conflict.outcome],
            undecided=[need.id for need in needs if need.state == "undecided"],
            raised=[need.id for need in needs if need.live and need.fired is not None and not need.fired.answer],
            resolver=record.brief.get("resolver", ""),
            tie_breaker=record.brief.get("tie_breaker", ""),
        )
