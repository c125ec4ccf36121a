"""What a walk says in the outcome: each team's sentence, and the notes at each poster with their answers."""

from collections.abc import Iterator

from sessions.activities.gallery.walk import Walk, pile_of
from sessions.board.board import Board
from sessions.board.groups.group import Cluster
from sessions.board.notes.note import Note
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.room.section import Line, Section
from sessions.running.notes_on_goals import NoteTold, line_of


class HungTold(NoteTold, frozen=True):
    """A note or a heap of them as it hung at a poster, and how it was answered."""

    notes: list[str]


class PosterTold(Shown, frozen=True):
    """A poster, the sentence its team said in the end, its notes, and how many have no answer."""

    number: int
    team: str
    sentence: str
    notes: list[HungTold]
    open: int


def posters_told(room: Room, session: Session) -> Iterator[Section]:
    """What hung at each poster, once everybody is home: before that it is for who stands there."""
    walk = session.part(Walk)
    over = walk.stage == "home" or session.state == "closed"
    rows = [_poster(room, session, id) for id in walk.posters] if walk and over else []
    said = [Line(text=row.sentence, row="what changed", who=row.team) for row in rows if row.sentence]
    nothing = [Line(text="No team has said it yet.")] if rows and not said else []
    title = "What changed, in each team’s own sentence"
    yield Section(key="said", title=title, order=45, set="said", lines=said or nothing, data={"posters": rows})
    for row in rows:
        if row.notes:
            answered = len(row.notes) - row.open
            yield Section(
                key=f"poster-{row.number}",
                title=f"{row.number}. {row.team}",
                order=60,
                lead=f"{answered} answered, {row.open} open with {row.team}",
                lines=[line_of(note, row.team, note.notes) for note in row.notes],
            )


def fates(session: Session) -> dict[str, str]:
    """What became of each note that hung at a poster, once the walk is over."""
    if session.state != "closed":
        return {}
    return {id: thing.answer or "open" for id, _, thing in _at_posters(session)}


def answers(session: Session) -> dict[str, dict[str, str]]:
    """What each note said and became, of those that were answered."""
    if session.state != "closed":
        return {}
    return {
        id: {"text": note.text, "answer": thing.answer, "reason": thing.reason}
        for id, note, thing in _at_posters(session)
        if thing.answer
    }


def _at_posters(session: Session) -> Iterator[tuple[str, Note, Note | Cluster]]:
    board = session.board
    for id, note in sorted(board.notes.items()):
        thing = board.item(id)
        if thing is not None and board.piles[note.pile].place:
            yield id, note, thing


def _poster(room: Room, session: Session, id: str) -> PosterTold:
    poster, things = session.part(Walk).posters[id], list(session.board.items(pile_of(id)))
    return PosterTold(
        number=poster.number,
        team=poster.name,
        sentence=room.record.sentences.get((session.code, id), ""),
        notes=[_hung(room, session.board, thing) for thing in things],
        open=sum(1 for thing in things if not thing.answer),
    )


def _hung(room: Room, board: Board, thing: Note | Cluster) -> HungTold:
    heap = isinstance(thing, Cluster)
    notes = [board.notes[n] for n in thing.notes] if isinstance(thing, Cluster) else [thing]
    seen = [note for note in notes if not note.hidden]
    alone, teams = notes[0], room.record.teams
    return HungTold(
        text=board.wording(thing),
        notes=[note.text for note in seen] if heap else [],
        on="" if heap else room.record.wording(alone.on),
        kind="" if heap else alone.kind,
        whose="" if heap or alone.team not in teams else teams[alone.team].name,
        touches="" if heap or alone.touches not in teams else teams[alone.touches].name,
        late=any(note.late for note in seen),
        answer=thing.answer,
        reason=thing.reason,
    )
