"""What a session came to, as everybody may read and export it: each thing once, nothing unshown."""

from typing import Any

from sessions.board import Ballot, Board, Cluster
from sessions.board.board import sentence
from sessions.record import KeyResult
from sessions.record.missing import missing
from sessions.room import Room, Session
from sessions.rules.dots import SPLIT_FROM

Row = dict[str, Any]


def outcome(room: Room, session: Session) -> Row:
    """The outcome at this moment, from any phase. Times are Unix milliseconds, unknown figures ``None``."""
    objective = room.works_on(session)
    results = room.record.results_of(objective.id) if objective else []
    return {
        "session": {
            "code": session.code,
            "title": session.title,
            "format": session.format,
            "state": session.state,
            "began": session.began or None,
            "ended": session.ended or None,
        },
        "objective": {
            "text": objective.text,
            "status": objective.status,
            "version": objective.version,
            "polished_by": room.name_of(objective.polisher),
        }
        if objective
        else None,
        "key_results": [_result(room, result) for result in results],
        "votes": [_ballot(session.board, b) for b in session.board.ballots.values() if b.revealed],
        "ideas": _ideas(session.board, results),
        "thumbs": _thumbs(room, session),
        "visits": [
            {"team": room.record.teams[v.team].name, "leader": room.name_of(v.person), "by": v.by}
            for v in room.record.visits.values()
            if v.session == session.code
        ],
        "context": session.prepared.get("context", ""),
    }


def fates(room: Room, session: Session) -> dict[str, str]:
    """What became of each shown note: ``draft``, ``aside`` or ``heard``. Says nothing about writers."""
    objective = room.works_on(session)
    chosen = {r.item for r in room.record.results_of(objective.id)} if objective else set()
    became: dict[str, str] = {}
    for _, note in sorted(session.board.notes.items()):
        thing = session.board.item(note.id)
        if thing is None:
            continue
        became[note.id] = "draft" if thing.id in chosen else "aside" if thing.aside else "heard"
    return became


def _result(room: Room, result: KeyResult) -> Row:
    return {
        "text": result.text,
        "metric": result.metric,
        "unit": result.unit,
        "baseline": result.baseline,
        "target": result.target,
        "direction": result.direction,
        "baseline_found_by": result.finder,
        "baseline_found_until": result.find_by,
        "continuity": result.continuity,
        "teams": [room.record.teams[team].name for team in result.teams],
        "leads": [room.name_of(person) for person in result.leads],
        "missing": missing(result),
        "comments": [{"by": room.name_of(r.by), "text": r.text} for r in result.remarks],
    }


def _ballot(board: Board, ballot: Ballot) -> Row:
    totals = ballot.totals()
    split = ballot.leans and ballot.voters() >= SPLIT_FROM
    rows: list[Row] = []
    for thing in sorted(board.items(ballot.on), key=lambda t: (-totals.get(t.id, 0), t.rank)):
        row: Row = {"item": board.wording(thing), "dots": totals.get(thing.id, 0)}
        if split:
            for lean in ("now", "later"):
                row[lean] = sum(
                    ballot.votes.get(pen, {}).get(thing.id, 0)
                    for pen, said in ballot.leanings.items()
                    if said.get(thing.id) == lean
                )
        rows.append(row)
    return {"vote": ballot.name, "round": ballot.round, "voters": ballot.voters(), "items": rows}


def _ideas(board: Board, results: list[KeyResult]) -> list[Row]:
    chosen = {result.item for result in results}
    rows: list[Row] = []
    for pile in board.piles.values():
        for thing in board.items(pile.id, with_aside=True):
            notes = [board.notes[n] for n in thing.notes] if isinstance(thing, Cluster) else []
            rows.append(
                {
                    "pile": pile.id,
                    "text": board.wording(thing),
                    "merged_from": [sentence(note) for note in notes if not note.hidden],
                    "became": "draft" if thing.id in chosen else "aside" if thing.aside else "heard",
                    "late": False if isinstance(thing, Cluster) else thing.late,
                }
            )
    return rows


def _thumbs(room: Room, session: Session) -> list[Row]:
    for run in reversed(session.runs):
        if run.state.get("shown") and run.state.get("thumbs"):
            return [
                {"name": room.name_of(person), "thumb": thumb} for person, thumb in sorted(run.state["thumbs"].items())
            ]
    return []
