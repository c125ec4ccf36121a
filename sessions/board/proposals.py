"""What people think belongs together: suggested unsigned, and settled by the facilitator."""

from dataclasses import dataclass, field
from typing import ClassVar

from sessions.board.walls import distinct
from sessions.room import Command, Session, Turn
from sessions.room.part import Part
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused


@dataclass(slots=True)
class Proposals(Part):
    """Items that somebody thinks belong together, until it is settled."""

    open: dict[str, list[str]] = field(default_factory=dict)


class MergeProposed(SessionEvent, frozen=True, tag="merge_proposed"):
    """Somebody thinks that these belong together."""

    unsigned: ClassVar[bool] = True
    proposal: str
    items: list[str]

    def evolve(self, session: Session) -> None:
        session.part(Proposals).open[self.proposal] = self.items
        session.touch("proposal:" + self.proposal)


class ProposalSettled(SessionEvent, frozen=True, tag="proposal_settled"):
    """A suggestion was answered."""

    proposal: str

    def evolve(self, session: Session) -> None:
        session.part(Proposals).open.pop(self.proposal, None)
        session.touch("proposal:" + self.proposal)


class ProposeMerge(Command, frozen=True, tag="propose_merge"):
    """Say, unsigned, that items belong together; the facilitator decides."""

    who = "participants"
    notes: list[Id]

    def decide(self, turn: Turn) -> list[Event]:
        things = sorted(thing.id for thing in distinct(turn, self.notes))
        if things in turn.session.part(Proposals).open.values():
            return []
        if len(turn.session.part(Proposals).open) >= 40:
            raise Refused("too_many", "There are many suggestions already. Say this one aloud.")
        return [MergeProposed(proposal=turn.by.new_id(), items=things)]


class SettleProposal(Command, frozen=True, tag="settle_proposal"):
    """Put a suggestion away without merging; for facilitators."""

    who = "facilitators"
    proposal: Id

    def decide(self, turn: Turn) -> list[Event]:
        known = self.proposal in turn.session.part(Proposals).open
        return [ProposalSettled(proposal=self.proposal)] if known else []
