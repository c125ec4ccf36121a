"""Which lines of a goal above a goal serves, and how; or why none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sessions.record.objectives.keeping import objective_named, reason_for
from sessions.room import Keeping, RecordCommand, Room
from sessions.rules import text
from sessions.rules.event import Event, SignedEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NoteWords

if TYPE_CHECKING:
    from sessions.record.history import Sign
    from sessions.record.record import Record

#: How a goal can serve a line above it (S0: explicit, directional and shared alignment).
LinkKind = Literal["explicit", "directional", "shared"]
#: The same in words, for paper and for the history.
_SENTENCES = {
    "explicit": "Serves “{line}”, taken over as it is",
    "directional": "Serves “{line}”, as a guide",
    "shared": "Serves “{line}”, as a shared result",
}


@dataclass(slots=True)
class Alignment:
    """A child objective serves a parent objective or result, in one of three ways; or says why not."""

    child: str
    parent: str
    kind: str
    reason: str = ""
    kept: dict[str, Any] = field(default_factory=dict)


class Aligned(SignedEvent, frozen=True, tag="aligned"):
    """An objective serves this one parent in one of three ways, or (no parent) says why it serves none."""

    objective: str
    parent: str
    kind: Literal["explicit", "directional", "shared", ""]
    reason: str = ""

    def evolve(self, record: Record) -> None:
        link = Alignment(self.objective, self.parent, self.kind, self.reason)
        relink(record, self, self.objective, [link] if self.parent else [], "" if self.parent else self.reason)


class Linked(SignedEvent, frozen=True, tag="linked"):
    """An objective serves this parent too, or in another way than before."""

    objective: str
    parent: str
    kind: LinkKind
    reason: str = ""

    def evolve(self, record: Record) -> None:
        link = Alignment(self.objective, self.parent, self.kind, self.reason)
        relink(record, self, self.objective, [*others(record, self.objective, self.parent), link])


class Unlinked(SignedEvent, frozen=True, tag="unlinked"):
    """An objective no longer serves this parent."""

    objective: str
    parent: str

    def evolve(self, record: Record) -> None:
        relink(record, self, self.objective, others(record, self.objective, self.parent))


class LinkObjective(RecordCommand, frozen=True, tag="link_objective"):
    """Say how an objective serves a line of a goal above it; one objective may serve several.

    No ``kind`` takes the link away. No ``parent`` says, with ``reason``, why it serves none, and takes all away.
    ``why`` is kept with the change, and needed once the objective is locked.
    """

    who = "key"
    objective: Id
    parent: Id = ""
    kind: Literal["explicit", "directional", "shared", ""] = ""
    reason: NoteWords = ""
    why: LineWords = ""

    def decide(self, turn: Keeping) -> list[Event]:
        objective = objective_named(turn, self.objective)
        why = reason_for(objective, self.why)
        reason = text.optional(self.reason, text.NOTE, "The reason")
        if not self.parent:
            if not reason:
                raise Refused("needs_reason", "Say why it serves none of them: that is feedback worth having.")
            return [Aligned(objective=objective.id, parent="", kind="", reason=reason, why=why)]
        known = turn.record.alignments.get(_key(objective.id, self.parent))
        if not self.kind:
            return [Unlinked(objective=objective.id, parent=self.parent, why=why)] if known else []
        above = turn.record.objective_of(self.parent)
        if above is None or above.team or above.id == objective.id or above.status == "draft":
            raise Refused("no_such_line", "That line is not in the top-level goal.")
        if known and (known.kind, known.reason) == (self.kind, reason):
            return []
        return [Linked(objective=objective.id, parent=self.parent, kind=self.kind, reason=reason, why=why)]


def relink(record: Record, sign: Sign, child: str, links: list[Alignment], unaligned: str = "") -> None:
    """These are all that an objective serves now; ``unaligned`` is why it serves nothing."""
    objective = record.objectives.get(child)
    before = [link for link in record.alignments.values() if link.child == child]
    for link in before:
        del record.alignments[_key(child, link.parent)]
    for link in links:
        record.alignments[_key(child, link.parent)] = link
    if objective is None:
        return
    was, now = _said(before, objective.unaligned), _said(links, unaligned)
    record.revise(sign, child, child, "serves", was, now)
    objective.unaligned = unaligned
    record.touch("objective:" + child)


def in_words(room: Room, objective: str) -> list[str]:
    """What an objective serves, or why nothing, a sentence each; none where neither is known."""
    found = [link for link in room.record.alignments.values() if link.child == objective]
    known = room.record.objectives.get(objective)
    if not found and known and known.unaligned:
        return [link_in_words(room, "", known.unaligned)]
    return [link_in_words(room, link.parent, link.kind) for link in found]


def link_in_words(room: Room, parent: str, kind: str) -> str:
    """One line that is served, and how; the words of a draft are not told. No ``parent``: why none, in ``kind``."""
    if not parent:
        return f"Serves none: {kind}"
    above = room.record.objective_of(parent)
    words = room.record.wording(parent) if above and above.status != "draft" else "…"
    return _SENTENCES.get(kind, _SENTENCES["directional"]).format(line=words)


def others(record: Record, child: str, parent: str) -> list[Alignment]:
    """What an objective serves besides this parent."""
    return [link for link in record.alignments.values() if link.child == child and link.parent != parent]


def _said(links: list[Alignment], unaligned: str) -> list[tuple[str, str]]:
    """Lines with how they are served, or nothing with the reason, as the history keeps it."""
    return [(link.parent, link.kind) for link in links] or ([("", unaligned)] if unaligned else [])


def _key(child: str, parent: str) -> str:
    return f"{child}.{parent}"
