"""Grouping: what says the same thing in two sets of words becomes one."""

from typing import Annotated

from sessions.activities.activity import NOTHING_WRITTEN, Activity, Pens
from sessions.activities.playing import Chance, Plays, Seen
from sessions.board.groups.group import Merge, SetAside, Split, Title
from sessions.board.notes.writing import EditNote, HideNote
from sessions.board.objections import Object
from sessions.board.proposals import Proposals, ProposeMerge, SettleProposal
from sessions.room import PhasePlan, Room, Session
from sessions.room.kind import Shown
from sessions.room.setting import Settings, number, wall


class GroupStep(Shown, frozen=True):
    """The wall that is put in order, and how many groups are few enough."""

    pile: str
    most: int


class ProposalShown(Shown, frozen=True):
    """What somebody says belongs together."""

    id: str
    items: list[str]


class GroupMain(Shown, frozen=True):
    """What people say belongs together."""

    proposals: list[ProposalShown]


class GroupMine(Shown, frozen=True):
    """What one objects to."""

    objections: list[str]


class GroupSettings(Settings, frozen=True):
    """The wall that is put in order, and when there are few enough groups."""

    pile: Annotated[str, wall("Wall that is put in order")] = "ideas"
    most: Annotated[int, number("Groups to stop below", 2, 200, "once")] = 20


class Group(Activity):
    """The facilitator groups the items of ``pile``; anyone may object or say what belongs together."""

    name = "group"
    called = "Put like with like"
    does = "Merge what says the same"
    waits = True
    watches = frozenset({"note", "cluster", "proposal"})
    takes = (Merge, Split, Title, SetAside, Object, ProposeMerge, SettleProposal, EditNote, HideNote)
    settings = GroupSettings

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {f"wall:{self.wall(phase)}": NOTHING_WRITTEN}

    def wall(self, phase: PhasePlan) -> str:
        return GroupSettings.of(phase).pile

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone sees that somebody objects, never who."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        items = seen.items(seen.step["pile"])
        if len(items) > 1 and chance.random() < 0.3:
            yield "propose_merge", {"notes": chance.sample(items, 2)}

    def everyone(self, room: Room, session: Session) -> GroupStep:
        assert session.phase is not None
        settings = GroupSettings.of(session.phase)
        return GroupStep(pile=settings.pile, most=settings.most)

    def facilitators(self, room: Room, session: Session) -> GroupMain:
        board = session.board
        open = session.part(Proposals).open.items()
        there = [(id, [thing.id for item in items if (thing := board.item(item))]) for id, items in open]
        return GroupMain(proposals=[ProposalShown(id, items) for id, items in there if len(set(items)) > 1])

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> GroupMine:
        wrote, board = set(pens("objections")), session.board
        if not wrote:
            return GroupMine(objections=[])
        notes = [note.id for note in board.notes.values() if wrote & note.objections]
        return GroupMine(objections=notes + [c.id for c in board.clusters.values() if wrote & c.objections])
