"""What a festival says in the outcome: its line-up, what was left at each act, what stayed open, and who saw whom."""

from collections.abc import Iterator

from sessions.activities.festival.feedback import pile_of
from sessions.activities.festival.programme import Act, Festival, called, festival, letter, plays_for
from sessions.activities.festival.wishes import wish
from sessions.record.feedback import Feedback
from sessions.record.record import Record
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.room.section import Line, Section
from sessions.rules.line_up.wish import LEAD
from sessions.running.notes_on_goals import NoteTold, line_of
from sessions.running.rounds import HOME


class ActTold(Shown, frozen=True):
    """An act: where and when it played, and from how many people of which teams it was seen."""

    slot: int
    stage: str
    team: str
    people: int
    teams: list[str]


class QuestionTold(Shown, frozen=True):
    """A question that was asked at an act, and what became of it."""

    team: str
    text: str
    state: str
    reply: str


class PairTold(Shown, frozen=True):
    """A must-see pair, and whether anybody of the one was at an act of the other."""

    consumer: str
    provider: str
    met: bool


def festival_told(room: Room, session: Session) -> Iterator[Section]:
    """All of it, of what was shown."""
    kept = festival(session)
    acts = sorted(kept.live.values(), key=lambda act: (act.slot, act.stage))
    over = session.state == "closed" or (kept.part == HOME and kept.slot >= kept.loop.rounds)
    yield _line_up(room, kept, acts, over)
    for act in sorted(kept.ever.values(), key=lambda act: (act.slot, act.stage, act.id)):
        if over or act.slot < max(1, kept.slot) or (act.slot == kept.slot and not kept.open()):
            yield from _left_at(room, session, act)
    yield _questions(room, kept, over)
    yield _who_saw_whom(room, session, kept, over)


def answers(room: Room, session: Session) -> dict[str, dict[str, str]]:
    """What each note said and became on the record; a like that nobody has to answer is thanked for."""
    if session.state != "closed":
        return {}
    given = room.record.feedback
    mine = (given[id] for act in festival(session).ever for id in _notes(session, act) if id in given)
    return {said.id: {"text": said.text, "answer": _became(said), "reason": said.reason} for said in mine}


def fates(room: Room, session: Session) -> dict[str, str]:
    """What became of each note, once the festival is over."""
    if session.state != "closed":
        return {}
    given = room.record.feedback
    return {id: given[id].state for act in festival(session).ever for id in _notes(session, act) if id in given}


def _became(said: Feedback) -> str:
    return "liked" if said.state == "open" and said.kind == "like" else said.state


def _line_up(room: Room, kept: Festival, acts: list[Act], over: bool) -> Section:
    """The acts; how many people came is told once all of it is over."""
    rows = []
    for act in acts:
        people = _saw(room, kept, act) if over else []
        teams = sorted({called(room.record, room.people[p].team) for p in people if room.people[p].team})
        rows.append(ActTold(act.slot, letter(act.stage), called(room.record, act.team), len(people), teams))
    lines = [
        Line(
            text=row.team,
            row="act",
            who=f"{row.stage}{row.slot}",
            tags=[f"slot {row.slot}", f"stage {row.stage}", *_counted(row.people)],
            cells={"note": f"slot {row.slot}, stage {row.stage}"},
        )
        for row in rows
    ]
    return Section(key="line-up", title="The line-up", order=40, lines=lines, data={"acts": rows})


def _counted(people: int) -> list[str]:
    return [] if not people else ["one person"] if people == 1 else [f"{people} people"]


def _left_at(room: Room, session: Session, act: Act) -> Iterator[Section]:
    notes = [_said(room, session, id) for id in _notes(session, act.id)]
    if not notes:
        return
    team = called(room.record, act.team)
    open_ones = sum(1 for note in notes if not note.answer)
    yield Section(
        key=f"act-{act.slot}-{letter(act.stage).lower()}",
        title=f"{team}: {act.where}",
        order=60,
        lead=f"{len(notes) - open_ones} answered, {open_ones} open with {team}",
        lines=[line_of(note, team, []) for note in notes],
        data={f"act {act.id}": notes},
    )


def _questions(room: Room, kept: Festival, over: bool) -> Section:
    """Questions that were not answered in their slot, with what the team wrote since; flagged ones are nobody's."""
    rows = [
        QuestionTold(called(room.record, kept.ever[q.act].team), q.text, q.state, q.reply)
        for q in sorted(kept.questions.values(), key=lambda q: (q.act, q.id))
        if over and q.state != "flagged" and (q.state != "answered" or q.reply)
    ]
    lines = [
        Line(
            text=row.text,
            row="question",
            who=row.team,
            tags=[row.team],
            reason=row.reply,
            answer="Answered" if row.reply else "Open",
        )
        for row in rows
    ]
    title = "Questions there was no time for"
    return Section(key="questions", title=title, order=55, lines=lines, data={"questions": rows})


def _who_saw_whom(room: Room, session: Session, kept: Festival, over: bool) -> Section:
    asked = wish(room, session, kept.frame) if over and kept.live else None
    seen = seen_by_team(room, kept)
    rows = [
        PairTold(called(room.record, c), called(room.record, p), bool(seen.get((c, p))))
        for c, p in (asked.must_see() if asked else [])
    ]
    lines = [
        Line(
            text=f"{row.consumer} needs {row.provider}",
            row="pair",
            tags=["was there" if row.met else "was not there"],
            cells={"note": "met" if row.met else "not met"},
        )
        for row in sorted(rows, key=lambda row: row.met)
    ]
    visited = {pair[1] for pair, count in seen.items() if count}
    if over and visited and not lines:
        lines = [Line(text=f"{len(visited)} of {_playing(kept)} teams were seen by others.")]
    met = sum(row.met for row in rows)
    lead = f"{met} of {len(rows)} teams that need another were at its stage." if rows else ""
    link = [("line-up", "Who saw whom, as a picture")] if over and visited else []
    return Section(key="seen", title="Who saw whom", order=50, lead=lead, lines=lines, links=link, data={"pairs": rows})


def _playing(kept: Festival) -> int:
    return len({act.team for act in kept.live.values()})


def seen_by_team(room: Room, kept: Festival) -> dict[tuple[str, str], int]:
    """Team, and the team it saw → how many of its people said that they were there."""
    found: dict[tuple[str, str], int] = {}
    for act in kept.live.values():
        for person in _saw(room, kept, act):
            pair = plays_for(room, person), act.team
            found[pair] = found.get(pair, 0) + 1
    return found


def _saw(room: Room, kept: Festival, act: Act) -> list[str]:
    """Who said that they were at an act and does not play in it."""
    been = {room.whole(person) for person in kept.crowd.been.get(act.id, ())}
    return sorted(p for p in been if p in room.people and plays_for(room, p) != act.team)


def _notes(session: Session, act: str) -> list[str]:
    pile = session.board.piles.get(pile_of(act))
    notes = session.board.notes
    return sorted(id for id in (pile.notes if pile else ()) if notes[id].shown and not notes[id].hidden)


def _said(room: Room, session: Session, id: str) -> NoteTold:
    note, teams, given = session.board.notes[id], room.record.teams, room.record.feedback.get(id)
    answered = given is not None and given.state != "open"
    return NoteTold(
        text=note.text,
        on=room.record.wording(note.on),
        kind=note.kind,
        whose=_name(room.record, note.team),
        touches=teams[note.touches].name if note.touches in teams else "",
        late=note.late,
        answer=given.state if given and answered else "",
        reason=given.reason if given and answered else "",
    )


def _name(record: Record, team: str) -> str:
    return called(record, team) if team in record.teams or team == LEAD else ""
