"""What a session came to, as everybody may read and export it: each thing once, nothing unshown."""

from typing import Any

from sessions.activities.confidence.rounds import Rounds
from sessions.activities.confidence.standing import picture
from sessions.activities.gallery.walk import Walk, pile_of, place_of_pile
from sessions.activities.phrase import Taken
from sessions.activities.thumbs import Thumbs
from sessions.board.ballots import Ballot
from sessions.board.board import Board
from sessions.board.groups import Cluster
from sessions.board.notes import Note, sentence
from sessions.record.feedback import Feedback
from sessions.record.history import history
from sessions.record.objectives import Objective
from sessions.record.results import KeyResult, missing
from sessions.room import Room, Session, speaking
from sessions.rules.voting import FIGURES_FROM

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
        "confidence": [picture(r) for r in session.part(Rounds).by_id.values() if r.shown],
        "concerns": _concerns(room, session),
        "decisions": [
            {"text": d.text, "by": room.name_of(d.by)} for d in room.record.decisions if d.session == session.code
        ],
        "narrative": dict(room.record.narrative) if any(r.part(Taken).taken for r in session.runs) else {},
        "posters": _posters(room, session),
        "spoken": speaking.logged(room, session),
        "changes": _changes(room, session, objective),
        "open": _open(room, session, objective),
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
        if place_of_pile(note.pile):
            if session.state == "closed":
                became[note.id] = thing.answer or "open"
            continue
        became[note.id] = "draft" if thing.id in chosen else "aside" if thing.aside else "heard"
    return became


def because(room: Room, session: Session) -> dict[str, dict[str, str]]:
    """Of a closed walk, what each note said and became, for its giver's browser to find its own."""
    if not session.part(Walk) or session.state != "closed":
        return {}
    found: dict[str, dict[str, str]] = {}
    for id, note in sorted(session.board.notes.items()):
        thing = session.board.item(id)
        if thing and place_of_pile(note.pile) and thing.answer:
            found[id] = {"text": note.text, "answer": thing.answer, "reason": thing.reason}
    return found


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
    rows: list[Row] = []
    if not ballot.tells():
        return {"vote": ballot.name, "round": ballot.round, "voters": ballot.voters(), "items": rows, **_why(ballot)}
    leaning = {lean: ballot.leaning(lean) for lean in ("now", "later")} if ballot.leans and ballot.splits() else {}
    for thing in sorted(board.items(ballot.on), key=lambda t: (-totals.get(t.id, 0), t.rank)):
        row: Row = {"item": board.wording(thing), "dots": totals.get(thing.id, 0)}
        for lean, dots in leaning.items():
            row[lean] = dots.get(thing.id, 0)
        rows.append(row)
    return {"vote": ballot.name, "round": ballot.round, "voters": ballot.voters(), "items": rows}


def _why(ballot: Ballot) -> Row:
    """Why a round that was shown has no figures."""
    return {"withheld": "beside_another_round" if ballot.withheld else "too_few"}


def _ideas(board: Board, results: list[KeyResult]) -> list[Row]:
    chosen = {result.item for result in results}
    rows: list[Row] = []
    for pile in board.piles.values():
        if place_of_pile(pile.id):
            continue
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


def _concerns(room: Room, session: Session) -> list[Row]:
    """Unsigned concerns of shown rounds, the line each is about, and how it was answered."""
    return [
        {
            "round": r.number,
            "line": room.record.wording(c.line),
            "text": c.text,
            "answer": c.settled,
        }
        for r in session.part(Rounds).by_id.values()
        if r.shown and r.hidden() >= FIGURES_FROM
        for c in r.concerns.values()
    ]


def _posters(room: Room, session: Session) -> list[Row]:
    """What hung at each poster, once everybody is home: before that it is for who stands there."""
    walk, board = session.part(Walk), session.board
    if not walk or not (walk.stage == "home" or session.state == "closed"):
        return []
    return [
        {
            "number": poster.number,
            "team": poster.name,
            "sentence": room.record.sentences.get((session.code, poster.id), ""),
            "notes": [_hung(room, board, thing) for thing in board.items(pile_of(poster.id))],
            "open": sum(1 for thing in board.items(pile_of(poster.id)) if not thing.answer),
        }
        for poster in walk.posters.values()
    ]


def _hung(room: Room, board: Board, thing: Note | Cluster) -> Row:
    notes = [board.notes[n] for n in thing.notes] if isinstance(thing, Cluster) else [thing]
    seen = [note for note in notes if not note.hidden]
    teams = room.record.teams
    return {
        "text": board.wording(thing),
        "notes": [note.text for note in seen] if isinstance(thing, Cluster) else [],
        "on": "" if isinstance(thing, Cluster) else room.record.wording(thing.on),
        "kind": "" if isinstance(thing, Cluster) else thing.kind,
        "from": "" if isinstance(thing, Cluster) or thing.team not in teams else teams[thing.team].name,
        "touches": "" if isinstance(thing, Cluster) or thing.touches not in teams else teams[thing.touches].name,
        "late": any(note.late for note in seen),
        "answer": thing.answer,
        "reason": thing.reason,
    }


def _changes(room: Room, session: Session, objective: Objective | None) -> list[Row]:
    """Words this session changed of goals that were there before it."""
    drafted = objective.id if objective and objective.session == session.code else ""
    return [
        {"on": c["on"], "what": c["what"], "who": c["who"], "why": c["why"], "was": c["was"], "now": c["now"]}
        for c in reversed(history(room, session=session.code, drafts=True, but=drafted))
        if c["was"]
    ]


def _open(room: Room, session: Session, objective: Objective | None) -> list[Row]:
    """What nobody has answered of the goal this was about, or of what this session brought."""
    record = room.record
    return [
        {
            "text": given.text,
            "on": room.record.wording(given.on),
            "has_it": _has_it(room, given),
        }
        for given in record.open_feedback()
        if not (given.source == "gallery" and given.session == session.code)
        if given.session == session.code or (objective is not None and given.objective == objective.id)
    ]


def _has_it(room: Room, given: Feedback) -> str:
    """Who has to answer: the team whose goal it is, or the two who carry the line."""
    team = room.record.teams.get(room.record.objectives[given.objective].team)
    result = room.record.results.get(given.on)
    if team:
        return team.name
    return " and ".join(room.name_of(p) for p in result.leads) if result and result.leads else "the leaders"


def _thumbs(room: Room, session: Session) -> list[Row]:
    return [{"name": room.name_of(person), "thumb": thumb} for person, thumb in Thumbs().thumbs(room, session).items()]
