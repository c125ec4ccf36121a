"""What a session says of its walls and votes in its outcome: how people voted, and what became of every idea."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from sessions.board.ballots import Ballot
from sessions.board.board import Board
from sessions.board.groups.group import Cluster
from sessions.board.notes.note import Note, sentence
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.room.section import Bar, Line, Picture, Section

#: Why a vote that was shown has no figures.
WITHHELD = {
    "too_few": "Too few to show: with fewer than three votes, each would tell the others.",
    "beside_another_round": "Not shown beside the newer round: together they would tell how somebody voted.",
}


class ItemTold(Shown, frozen=True):
    """One thing that was voted on, with its dots; ``now`` and ``later`` where people said which."""

    item: str
    dots: int
    now: int | msgspec.UnsetType = msgspec.UNSET
    later: int | msgspec.UnsetType = msgspec.UNSET


class VoteTold(Shown, frozen=True):
    """A round of a vote with what it came to, or why that is withheld."""

    vote: str
    round: int
    voters: int
    items: list[ItemTold]
    withheld: Literal["", "beside_another_round", "too_few"] = ""


class IdeaTold(Shown, frozen=True):
    """What stood on a wall, what it was put together from, and what became of it."""

    pile: str
    text: str
    merged_from: list[str]
    became: Literal["draft", "aside", "heard"]
    late: bool


def votes(room: Room, session: Session) -> Iterator[Section]:
    """Every round that was shown, with its bars where they may be told."""
    shown = [ballot for ballot in session.board.ballots.values() if ballot.revealed]
    rows = [_told(session.board, ballot) for ballot in shown]
    yield Section(
        key="votes",
        title="How we voted",
        order=80,
        pictures=[_picture(row, ballot) for row, ballot in zip(rows, shown, strict=True) if row.voters],
        data={"votes": rows},
    )


def ideas(room: Room, session: Session) -> Iterator[Section]:
    """What stands on the walls, but for what hangs at places: set aside, heard, or put together."""
    objective = room.works_on(session)
    chosen = {result.item for result in room.record.results_of(objective.id)} if objective else set[str]()
    board = session.board
    rows = [
        _idea(board, thing, chosen)
        for pile in board.piles.values()
        if not pile.place
        for thing in board.items(pile.id, with_aside=True)
    ]
    dots = _dots(board)
    lines = {became: list[Line]() for became in ("aside", "heard", "draft")}
    for row in rows:
        lines[row.became].append(_line(row, dots))
    heard = [line for line in lines["heard"] if line.text not in dots]
    voted = [line for line in [*lines["heard"], *lines["draft"]] if line not in heard]
    together, rest = [line for line in voted if line.below], [line for line in voted if not line.below]
    yield Section(key="aside", title="Set aside for later", order=90, lines=lines["aside"], data={"ideas": rows})
    yield Section(key="heard", title="Also heard", order=91, lines=heard)
    yield Section(key="together", title="What was put together", order=92, lines=together)
    yield Section(key="voted", title="", order=93, set="rows", lines=rest)


def fates(room: Room, session: Session) -> dict[str, str]:
    """What became of each note that was shown, but for those at places; says nothing about writers."""
    objective = room.works_on(session)
    chosen = {r.item for r in room.record.results_of(objective.id)} if objective else set[str]()
    board, became = session.board, dict[str, str]()
    for id, note in sorted(board.notes.items()):
        thing = board.item(id)
        if thing is not None and not board.piles[note.pile].place:
            became[id] = _became(thing, chosen)
    return became


def _became(thing: Note | Cluster, chosen: set[str]) -> Literal["draft", "aside", "heard"]:
    return "draft" if thing.id in chosen else "aside" if thing.aside else "heard"


def _idea(board: Board, thing: Note | Cluster, chosen: set[str]) -> IdeaTold:
    notes = [board.notes[n] for n in thing.notes] if isinstance(thing, Cluster) else []
    return IdeaTold(
        pile=thing.pile,
        text=board.wording(thing),
        merged_from=[sentence(note) for note in notes if not note.hidden],
        became=_became(thing, chosen),
        late=False if isinstance(thing, Cluster) else thing.late,
    )


def _line(row: IdeaTold, dots: dict[str, str]) -> Line:
    return Line(
        text=row.text,
        row="sentence" if row.pile == "sentences" else "idea",
        tags=["came late"] if row.late else [],
        below=row.merged_from,
        cells={
            "dots": dots.get(row.text, ""),
            "note": {"draft": "in the draft", "aside": "set aside", "heard": ""}[row.became],
        },
    )


def _dots(board: Board) -> dict[str, str]:
    """What each thing got in the last vote that says so."""
    rows = [row for ballot in board.ballots.values() if ballot.revealed for row in _told(board, ballot).items]
    return {row.item: f"{row.dots}" for row in rows}


def _told(board: Board, ballot: Ballot) -> VoteTold:
    if not ballot.tells():
        why: Literal["beside_another_round", "too_few"] = "beside_another_round" if ballot.withheld else "too_few"
        return VoteTold(ballot.name, ballot.round, ballot.voters(), [], why)
    totals, splits = ballot.totals(), ballot.leans and ballot.splits()
    now, later = (ballot.leaning(lean) if splits else None for lean in ("now", "later"))
    rows = [
        ItemTold(
            board.wording(thing),
            totals.get(thing.id, 0),
            msgspec.UNSET if now is None else now.get(thing.id, 0),
            msgspec.UNSET if later is None else later.get(thing.id, 0),
        )
        for thing in sorted(board.items(ballot.on), key=lambda t: (-totals.get(t.id, 0), t.rank))
    ]
    return VoteTold(ballot.name, ballot.round, ballot.voters(), rows)


def _picture(row: VoteTold, ballot: Ballot) -> Picture:
    again = f", round {row.round}" if row.round > 1 else ""
    named = {"sentence": "The vote on the sentence", "narrative": "The vote on the narrative"}
    return Picture(
        shape="bars",
        caption=named.get(row.vote, "The vote") + again,
        figure=f"{row.voters} voted",
        note=WITHHELD[row.withheld] if row.withheld else "",
        most=row.voters * ballot.per_item,
        bars=[Bar(item.item, item.dots, _or_none(item.now), _or_none(item.later)) for item in row.items],
    )


def _or_none(dots: int | msgspec.UnsetType) -> int | None:
    return None if dots is msgspec.UNSET else dots
