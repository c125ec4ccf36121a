"""What a session says of its walls and votes in its outcome: how people voted, and what became of every idea."""

from collections.abc import Iterator
from typing import Any

from sessions.board.ballots import Ballot
from sessions.board.board import Board
from sessions.board.groups import Cluster
from sessions.board.notes import Note, sentence
from sessions.room import Room, Session
from sessions.room.section import Bar, Line, Picture, Section

#: Why a vote that was shown has no figures.
WITHHELD = {
    "too_few": "Too few to show: with fewer than three votes, each would tell the others.",
    "beside_another_round": "Not shown beside the newer round: together they would tell how somebody voted.",
}


def votes(room: Room, session: Session) -> Iterator[Section]:
    """Every round that was shown, with its bars where they may be told."""
    shown = [ballot for ballot in session.board.ballots.values() if ballot.revealed]
    rows = [_told(session.board, ballot) for ballot in shown]
    yield Section(
        key="votes",
        title="How we voted",
        order=80,
        pictures=[_picture(row) for row in rows if row["voters"]],
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
        lines[row["became"]].append(_line(row, dots))
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


def _became(thing: Note | Cluster, chosen: set[str]) -> str:
    return "draft" if thing.id in chosen else "aside" if thing.aside else "heard"


def _idea(board: Board, thing: Note | Cluster, chosen: set[str]) -> dict[str, Any]:
    notes = [board.notes[n] for n in thing.notes] if isinstance(thing, Cluster) else []
    return {
        "pile": thing.pile,
        "text": board.wording(thing),
        "merged_from": [sentence(note) for note in notes if not note.hidden],
        "became": _became(thing, chosen),
        "late": False if isinstance(thing, Cluster) else thing.late,
    }


def _line(row: dict[str, Any], dots: dict[str, str]) -> Line:
    return Line(
        text=row["text"],
        row="sentence" if row["pile"] == "sentences" else "idea",
        tags=["came late"] if row["late"] else [],
        below=row["merged_from"],
        cells={
            "dots": dots.get(row["text"], ""),
            "note": {"draft": "in the draft", "aside": "set aside", "heard": ""}[row["became"]],
        },
    )


def _dots(board: Board) -> dict[str, str]:
    """What each thing got in the last vote that says so."""
    rows = [row for ballot in board.ballots.values() if ballot.revealed for row in _told(board, ballot)["items"]]
    return {row["item"]: f"{row['dots']}" for row in rows}


def _told(board: Board, ballot: Ballot) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    found = {"vote": ballot.name, "round": ballot.round, "voters": ballot.voters(), "items": rows}
    if not ballot.tells():
        return {**found, "withheld": "beside_another_round" if ballot.withheld else "too_few"}
    totals = ballot.totals()
    leaning = {lean: ballot.leaning(lean) for lean in ("now", "later")} if ballot.leans and ballot.splits() else {}
    for thing in sorted(board.items(ballot.on), key=lambda t: (-totals.get(t.id, 0), t.rank)):
        row: dict[str, Any] = {"item": board.wording(thing), "dots": totals.get(thing.id, 0)}
        rows.append({**row, **{lean: dots.get(thing.id, 0) for lean, dots in leaning.items()}})
    return found


def _picture(row: dict[str, Any]) -> Picture:
    again = f", round {row['round']}" if row["round"] > 1 else ""
    named = {"sentence": "The vote on the sentence", "narrative": "The vote on the narrative"}
    return Picture(
        shape="bars",
        caption=named.get(row["vote"], "The vote") + again,
        figure=f"{row['voters']} voted",
        note=WITHHELD[row["withheld"]] if "withheld" in row else "",
        bars=[Bar(i["item"], i["dots"], i.get("now"), i.get("later")) for i in row["items"]],
    )
