"""Which lines of a goal above a goal serves, and how; or why none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sessions.record.feedback import FeedbackGiven
from sessions.record.objectives.keeping import objective_named, reason_for
from sessions.record.objectives.objective import Objective
from sessions.room import Keeping, RecordCommand, Room, Turn
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
#: The same in words, for paper and for the history: without a reason, and with one.
_SENTENCES = {
    "explicit": (
        "Serves “{line}”, taken over as it is",
        "Serves “{line}”, taken over as it is, because: {reason}",
    ),
    "directional": ("Serves “{line}”, as a guide", "Serves “{line}”, as a guide, because: {reason}"),
    "shared": ("Serves “{line}”, as a shared result", "Serves “{line}”, as a shared result, because: {reason}"),
    "": ("Serves “{line}”, how is still to be said", "Serves “{line}”, how is still to be said, because: {reason}"),
}
_NONE = ("Serves none", "Serves none: {reason}")


@dataclass(slots=True)
class Alignment:
    """A child objective serves a parent objective or result, in one of three ways; or says why not.

    No ``kind``: nobody has said yet which. ``by`` is who said it, ``at`` when it was said or last confirmed (Unix
    milliseconds).
    """

    child: str
    parent: str
    kind: str
    reason: str = ""
    by: str = ""
    at: int = 0
    kept: dict[str, Any] = field(default_factory=dict)


class Aligned(SignedEvent, frozen=True, tag="aligned"):
    """An objective serves this one parent in one of three ways, or (no parent) says why it serves none."""

    objective: str
    parent: str
    kind: Literal["explicit", "directional", "shared", ""]
    reason: str = ""

    def evolve(self, record: Record) -> None:
        link = Alignment(self.objective, self.parent, self.kind, self.reason, self.by, self.at)
        relink(record, self, self.objective, [link] if self.parent else [], "" if self.parent else self.reason)


class Linked(SignedEvent, frozen=True, tag="linked"):
    """An objective serves this parent too, or in another way than before; no ``kind``: nobody has said which."""

    objective: str
    parent: str
    kind: LinkKind | Literal[""]
    reason: str = ""

    def evolve(self, record: Record) -> None:
        link = Alignment(self.objective, self.parent, self.kind, self.reason, self.by, self.at)
        relink(record, self, self.objective, with_link(record, link))


class Unlinked(SignedEvent, frozen=True, tag="unlinked"):
    """An objective no longer serves this parent."""

    objective: str
    parent: str

    def evolve(self, record: Record) -> None:
        left = [link for link in links_of(record, self.objective) if link.parent != self.parent]
        relink(record, self, self.objective, left)


class LinkConfirmed(SignedEvent, frozen=True, tag="link_confirmed"):
    """Somebody has looked at what changed above, and the objective serves it as before."""

    objective: str
    parent: str

    def evolve(self, record: Record) -> None:
        link = record.alignments.get(_key(self.objective, self.parent))
        if link is not None:
            link.at = self.at
        record.touch("objective:" + self.objective)


class LinkObjective(RecordCommand, frozen=True, tag="link_objective"):
    """Say how an objective serves a line of a goal above it; one objective may serve several.

    No ``kind`` takes the link away, ``unsaid`` leaves the kind to whoever owns the goal; no ``reason`` leaves the one
    that is there. No ``parent`` says, with ``reason``, why it serves none, and takes all away: that goes upward.
    ``why`` is kept with the change, and needed once the objective is locked.
    """

    who = "key"
    objective: Id
    parent: Id = ""
    kind: Literal["explicit", "directional", "shared", "unsaid", ""] = ""
    reason: NoteWords | None = None
    why: LineWords = ""

    def decide(self, turn: Keeping) -> list[Event]:
        objective = objective_named(turn, self.objective)
        why = reason_for(objective, self.why)
        known = turn.record.alignments.get(_key(objective.id, self.parent))
        kept = known.reason if known else ""
        reason = kept if self.reason is None else text.optional(self.reason, text.NOTE, "The reason")
        if not self.parent:
            if not reason:
                raise Refused("needs_reason", "Say why it serves none of them: that is feedback worth having.")
            none = Aligned(objective=objective.id, parent="", kind="", reason=reason, why=why)
            return [none, *said_upward(turn, objective, reason)]
        if not self.kind:
            return [Unlinked(objective=objective.id, parent=self.parent, why=why)] if known else []
        above = turn.record.objective_of(self.parent)
        if above is None or above.team or above.id == objective.id or above.status == "draft":
            raise Refused("no_such_line", "That line is not in the top-level goal.")
        kind: LinkKind | Literal[""] = "" if self.kind == "unsaid" else self.kind
        if known and (known.kind, known.reason) == (kind, reason):
            return []
        return [Linked(objective=objective.id, parent=self.parent, kind=kind, reason=reason, why=why)]


class ConfirmLink(RecordCommand, frozen=True, tag="confirm_link"):
    """Say that an objective serves a line as before, now that the line says something else.

    For the team whose goal it is, and for whoever keeps the record.
    """

    objective: Id
    parent: Id

    def decide(self, turn: Keeping) -> list[Event]:
        objective = objective_named(turn, self.objective)
        if not turn.key and (not objective.team or turn.own_team != objective.team):
            name = turn.record.team_name(objective.team) if objective.team else "whoever leads this goal"
            raise Refused("not_yours", "Only {name} says whether its goal still fits.", {"name": name})
        link = turn.record.alignments.get(_key(objective.id, self.parent))
        if link is None:
            raise Refused("no_such_link", "That link is not there any more.")
        changed = turn.record.reworded.get(self.parent, 0) > link.at
        return [LinkConfirmed(objective=objective.id, parent=self.parent)] if changed else []


def said_upward(turn: Turn | Keeping, objective: Objective, reason: str) -> list[Event]:
    """Why a team's goal serves nothing above is feedback on what is above, once for each reason (S0)."""
    top = next((goal for goal in turn.record.top() if goal.status != "draft"), None)
    if top is None or not objective.team:
        return []
    said = (objective.team, "cannot_align", reason)
    if any((f.team, f.kind, f.text) == said for f in turn.record.feedback.values() if f.objective == top.id):
        return []
    return [
        FeedbackGiven(
            feedback=turn.by.new_id(),
            objective=top.id,
            on=top.id,
            kind="cannot_align",
            text=reason,
            source="team",
            team=objective.team,
            version=top.version,
            session=turn.code,
        )
    ]


def relink(record: Record, sign: Sign, child: str, links: list[Alignment], unaligned: str = "") -> None:
    """These are all that an objective serves now; ``unaligned`` is why it serves nothing."""
    objective = record.objectives.get(child)
    before = links_of(record, child)
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


def with_link(record: Record, link: Alignment) -> list[Alignment]:
    """What an objective serves with this link, in the place of the one to the same line where there is one."""
    before = links_of(record, link.child)
    known = next((old for old in before if old.parent == link.parent), None)
    if known is None:
        return [*before, link]
    link.kept = link.kept or known.kept
    if (known.kind, known.reason) == (link.kind, link.reason):
        # Said once more is not looked at once more.
        link.by, link.at = known.by, known.at
    return [link if old is known else old for old in before]


def links_of(record: Record, child: str) -> list[Alignment]:
    """What an objective serves, in the order in which it was said."""
    return [link for link in record.alignments.values() if link.child == child]


def in_words(room: Room, objective: str) -> list[str]:
    """What an objective serves, or why nothing, a sentence each; none where neither is known."""
    known = room.record.objectives.get(objective)
    said = _said(links_of(room.record, objective), known.unaligned if known else "")
    return [link_in_words(room, parent, kind, reason) for parent, kind, reason in said]


def link_in_words(room: Room, parent: str, kind: str, reason: str = "") -> str:
    """One line that is served, how and why; the words of a draft are not told. No ``parent``: why none."""
    above = room.record.objective_of(parent)
    words = room.record.wording(parent) if above and above.status != "draft" else "…"
    sentence = _SENTENCES.get(kind, _SENTENCES[""]) if parent else _NONE
    return (sentence[1] if reason else sentence[0]).format(line=words, reason=reason)


def _said(links: list[Alignment], unaligned: str) -> list[tuple[str, str, str]]:
    """Lines with how they are served and why, or nothing with the reason, as the history keeps it."""
    return [(link.parent, link.kind, link.reason) for link in links] or ([("", "", unaligned)] if unaligned else [])


def _key(child: str, parent: str) -> str:
    return f"{child}.{parent}"
