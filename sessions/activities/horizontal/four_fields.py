"""Four fields: what is needed, what happens if it slips, by when it is decided, how one knows it is off track."""

from dataclasses import dataclass

from sessions.activities.horizontal.horizontal_step import HorizontalStep
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.dependencies.dependency import Dependency
from sessions.record.record import Record
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.part import Part
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused

#: The four fields and the day, as they are told, and what a blank one is called (S4).
FIELDS = {
    "upstream_need": "what is needed",
    "downstream_impact": "what happens if it slips",
    "need_by": "by when it is needed",
    "decision_date": "by when it is decided",
    "failure_trigger": "how we know it is off track",
}


@dataclass(slots=True)
class OnTheWall(Part):
    """The need everybody looks at."""

    need: str = ""


class NeedPutUp(SessionEvent, frozen=True, tag="need_put_up"):
    """Everybody looks at this need now, or at the board again."""

    need: str

    def evolve(self, session: Session) -> None:
        session.part(OnTheWall).need = self.need
        session.touch("step")


class PutUpNeed(Command, frozen=True, tag="put_up_need"):
    """Put one need before everybody, or take it down; without one, the next that is incomplete."""

    who = "facilitators"
    need: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        if self.need and self.need not in turn.record.dependencies:
            raise Refused("no_such_need", "That need is not there any more.")
        return [NeedPutUp(need=self.need)] if self.need != turn.session.part(OnTheWall).need else []


class LacksShown(Shown, frozen=True):
    """A need and what is blank in it, in words."""

    id: str
    lacks: list[str]


class FourFieldsStep(Shown, frozen=True):
    """The need everybody looks at, and every open need with what it lacks, the most first."""

    up: str
    needs: list[LacksShown]


class FourFields(HorizontalStep):
    """Each side fills in its own; a facilitator writes for who is not there, and says who told."""

    name = "four_fields"
    called = "Fill in the cards"
    does = "What is blank in a need is filled in, incomplete ones first"
    takes = (PutUpNeed,)
    watches = frozenset({"dependency"})
    waits = True

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your team’s name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        team = seen.own.get("me", {}).get("team")
        for key, need in seen.things.items():
            if key.startswith("dependency:") and team in (need["consumer"], need["provider"]) and not need["off_track"]:
                yield (
                    "change_need",
                    {"dependency": key[11:], "field": "failure_trigger", "value": "no news for a week", "was": ""},
                )
                return

    def everyone(self, room: Room, session: Session) -> FourFieldsStep:
        open_needs = [need for need in room.record.dependencies.values() if need.live]
        rows = [LacksShown(need.id, lacks(need)) for need in open_needs]
        return FourFieldsStep(_up(room.record, session), sorted(rows, key=lambda row: -len(row.lacks)))


def lacks(need: Dependency) -> list[str]:
    """What is blank in a need, in words."""
    return [words for name, words in FIELDS.items() if not getattr(need, name)]


def _up(record: Record, session: Session) -> str:
    up = session.part(OnTheWall).need
    return up if up in record.dependencies else ""
