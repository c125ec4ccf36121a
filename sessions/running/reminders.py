"""What facilitators write down for themselves, a few words a step: on no wall, no phone, and in no outcome."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from sessions.room import Command, Session, Turn
from sessions.room.kind import ForHelm, Shown, Sight
from sessions.room.part import Part
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords


@dataclass(slots=True)
class Reminders(Part):
    """Step → what facilitators want to think of there."""

    said: dict[str, str] = field(default_factory=dict)


class Reminded(SessionEvent, frozen=True, tag="reminded"):
    """Facilitators want to think of this in a step; nothing takes it away."""

    own_words: ClassVar[tuple[str, ...]] = ("text",)
    step: str
    text: str
    by: str = ""

    def evolve(self, session: Session) -> None:
        session.part(Reminders).said[self.step] = self.text
        session.touch("reminder:" + self.step)


class Remind(Command, frozen=True, tag="remind"):
    """Write down for oneself what to think of in a step; only facilitators see it.

    ``was`` is the text the change started from; another text by now is a clash.
    """

    who = "facilitators"
    anytime: ClassVar[bool] = True
    step: str
    text: NoteWords
    was: str | None = None

    def decide(self, turn: Turn) -> list[Event]:
        if self.step not in turn.session.plan:
            raise Refused("no_such_step", "There is no such step in this plan.")
        now = turn.session.part(Reminders).said.get(self.step, "")
        same_as_before(self.was, now, self.text)
        words = text.optional(self.text, text.NOTE, "Your note")
        return [] if words == now else [Reminded(step=self.step, text=words, by=turn.by.person)]


class ReminderShown(Shown, frozen=True):
    """What facilitators wrote down for themselves for one step."""

    text: str


class Reminder(ForHelm):
    """What facilitators wrote down for themselves, by step."""

    name = "reminder"
    shape = ReminderShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.session.part(Reminders).said

    def look(self, sight: Sight, id: str) -> ReminderShown | None:
        words = sight.session.part(Reminders).said.get(id, "")
        return ReminderShown(text=words) if words else None
