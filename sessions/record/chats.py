"""Informal chats: two people have talked, about which line; private to the two until both say that it may be shared.

Source: S3 (“one-on-one… hidden concerns… psychological safety”).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from sessions.record.feedback import FeedbackGiven
from sessions.room import Keeping, RecordCommand, Room
from sessions.rules import text
from sessions.rules.event import Event, RecordEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Chat:
    """What ``by`` wrote down of a talk ``beside`` somebody, at Unix milliseconds; ``agreed`` are who would share it."""

    id: str
    by: str
    beside: str
    on: str
    text: str
    at: int
    agreed: list[str] = field(default_factory=list)
    shared: bool = False


class ChatNoted(RecordEvent, frozen=True, tag="chat_noted"):
    """Two people have talked; what one of them wrote down is for the two."""

    own_words: ClassVar[tuple[str, ...]] = ("text",)
    chat: str
    by: str
    beside: str
    on: str
    text: str
    at: int

    def evolve(self, record: Record) -> None:
        known = record.chats.get(self.chat)
        at = known.at if known else self.at
        record.chats[self.chat] = Chat(self.chat, self.by, self.beside, self.on, self.text, at)
        record.touch("chat:" + self.chat)


class ChatAgreed(RecordEvent, frozen=True, tag="chat_agreed"):
    """One of the two would share it, or no longer; both together have shared it for good."""

    chat: str
    person: str
    on: bool
    shared: bool = False

    def evolve(self, record: Record) -> None:
        chat = record.chats[self.chat]
        left = [person for person in chat.agreed if person != self.person]
        chat.agreed = [*left, self.person] if self.on else left
        chat.shared = chat.shared or self.shared
        record.touch("chat:" + self.chat)


class NoteChat(RecordCommand, frozen=True, tag="note_chat"):
    """Write down that one has talked with somebody, about which line and what came up; only the two see it.

    With ``chat``, what one wrote down before is changed: whoever has agreed to share it agrees anew.
    """

    person: Id
    on: Id
    text: NoteWords
    chat: Id = ""

    def decide(self, turn: Keeping) -> list[Event]:
        me, other = turn.room.whole(turn.by.person), turn.room.whole(self.person)
        if not turn.by.person or me not in turn.room.people:
            raise Refused("not_yours", "Join a session of this room first, so that the other one knows who you are.")
        if other not in turn.room.people or turn.room.people[other].gone:
            raise Refused("no_such_person", "That person is not in this room.", text=self.text)
        if other == me:
            raise Refused("same_person", "Choose the other one of the two.", text=self.text)
        home = turn.record.objective_of(self.on)
        if home is None or home.status == "draft":
            raise Refused("no_such_line", "That line is not on the record any more.", text=self.text)
        known = turn.record.chats.get(self.chat) if self.chat else None
        if self.chat and (known is None or turn.room.whole(known.by) != me or known.shared):
            raise Refused("no_such_chat", "That chat cannot be changed any more.", text=self.text)
        words = text.clean(self.text, text.NOTE, "What you talked about")
        id = known.id if known else turn.by.new_id()
        return [ChatNoted(chat=id, by=me, beside=other, on=self.on, text=words, at=turn.by.at)]


class AgreeChat(RecordCommand, frozen=True, tag="agree_chat"):
    """Say that a chat may be shared, or no longer; once both have said so it is feedback on its line, without names."""

    chat: Id
    on: bool = True

    def decide(self, turn: Keeping) -> list[Event]:
        chat, me = turn.record.chats.get(self.chat), turn.room.whole(turn.by.person)
        if chat is None or not turn.by.person or me not in both(turn.room, chat):
            raise Refused("no_such_chat", "That chat is not there any more.")
        if chat.shared:
            return []
        agreed = {turn.room.whole(person) for person in chat.agreed}
        if (me in agreed) == self.on:
            return []
        shares = self.on and both(turn.room, chat) <= agreed | {me}
        said = ChatAgreed(chat=chat.id, person=me, on=self.on, shared=shares)
        goal = turn.record.objective_of(chat.on)
        if not shares or goal is None:
            return [said]
        given = FeedbackGiven(
            feedback=turn.by.new_id(), objective=goal.id, on=chat.on, kind="concern", text=chat.text, source="chat",
            version=goal.version,
        )  # fmt: skip
        return [said, given]


def both(room: Room, chat: Chat) -> set[str]:
    """The two, as they go by now."""
    return {room.whole(chat.by), room.whole(chat.beside)}


def of(room: Room, people: set[str]) -> list[Chat]:
    """What these people may see, the newest first."""
    whole = {room.whole(person) for person in people}
    return sorted((chat for chat in room.record.chats.values() if both(room, chat) & whole), key=lambda chat: -chat.at)
