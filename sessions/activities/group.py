"""Grouping: what says the same thing in two sets of words becomes one."""

from typing import Any

from sessions.activities.activity import NOTHING_WRITTEN, Activity, Pens
from sessions.activities.playing import Chance, Plays, Seen
from sessions.board.groups import Merge, SetAside, Split, Title
from sessions.board.objections import Object
from sessions.board.proposals import Proposals, ProposeMerge, SettleProposal
from sessions.board.writing import EditNote, HideNote
from sessions.room import PhasePlan, Room, Session
from sessions.room.setting import number, wall


class Group(Activity):
    """The facilitator groups the items of ``pile``; anyone may object or say what belongs together."""

    name = "group"
    called = "Put like with like"
    does = "Merge what says the same"
    watches = frozenset({"note", "cluster", "proposal"})
    takes = (Merge, Split, Title, SetAside, Object, ProposeMerge, SettleProposal, EditNote, HideNote)
    settings = {"pile": wall("ideas", "Wall that is put in order"), "most": number(20, "Groups to stop below", 2, 200)}

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {f"wall:{phase.settings['pile']}": NOTHING_WRITTEN}

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone sees that somebody objects, never who."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        items = seen.items(seen.step["pile"])
        if len(items) > 1 and chance.random() < 0.3:
            yield "propose_merge", {"notes": chance.sample(items, 2)}

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        assert session.phase is not None
        return dict(session.phase.settings)

    def facilitators(self, room: Room, session: Session) -> dict[str, Any]:
        board = session.board
        standing = ((p, [board.item(i) for i in items]) for p, items in session.part(Proposals).open.items())
        return {
            "proposals": [
                {"id": p, "items": [thing.id for thing in things if thing]}
                for p, things in standing
                if len({thing.id for thing in things if thing}) > 1
            ]
        }

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> dict[str, Any]:
        wrote, board = set(pens("objections")), session.board
        if not wrote:
            return {"objections": []}
        notes = [note.id for note in board.notes.values() if wrote & note.objections]
        return {"objections": notes + [c.id for c in board.clusters.values() if wrote & c.objections]}
