"""Before a poster: notes on a line, and what a host heard."""

from typing import Literal

from sessions.activities.gallery.stages import a_walk
from sessions.activities.gallery.walk import Poster, Walk, pile_of
from sessions.board.notes.note import TEAM_FROM, NoteAdded
from sessions.board.notes.writing import add, taken_down
from sessions.room import Command, Turn
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords, PageWords

NoteKind = Literal["like", "wish", "what_if", "touches"]


class LeaveNote(Command, frozen=True, tag="leave_note"):
    """Leave a note on a line of the poster one stands before. ``round`` is the one it was written in.

    *This touches another team* names it in ``touches`` and carries the writer's team.
    """

    who = "participants"
    on: Id
    text: NoteWords
    kind: NoteKind = "like"
    touches: Id = ""
    round: int = 0

    def decide(self, turn: Turn) -> list[Event]:
        walk = a_walk(turn)
        round = self.round or walk.round + (walk.stage == "move")
        late = round < walk.round or walk.stage == "home" or turn.written_for is not None
        poster = walk.posters.get(_stood(turn, walk, round, late))
        if poster is None or poster.id == turn.room.people[turn.by.person].team:
            raise Refused("not_there", "You can leave a note where you stand.", text=self.text)
        _must_hang(poster, self.on, self.text)
        touched = _touched(turn, self.kind, self.touches, poster, self.text)
        return [_note(turn, walk, poster, self, touched, late)]


class Hear(Command, frozen=True, tag="hear"):
    """As a host, write down what was said; several lines are several notes."""

    who = "participants"
    text: PageWords
    on: Id = ""
    kind: NoteKind = "like"

    def decide(self, turn: Turn) -> list[Event]:
        walk = a_walk(turn)
        poster = walk.posters.get(walk.hosts(turn.by.person))
        if poster is None:
            raise Refused("not_yours", "Only the host of a poster writes down what was heard.", text=self.text)
        on = self.on or poster.lines[0].id
        _must_hang(poster, on, self.text)
        kind = "wish" if self.kind == "touches" else self.kind
        return taken_down(turn, pile_of(poster.id), self.text, "What you heard", kind, on)


def _stood(turn: Turn, walk: Walk, round: int, late: bool) -> str:
    """The poster whoever acts stood before in a round that passed, or stands before now."""
    person = turn.by.person
    if late and round in walk.stood:
        return walk.stood[round].get(person, "")
    if walk.hosts(person):
        raise Refused("not_yours", "A host writes down what others say.")
    group = walk.group_of(person)
    return walk.poster_in(group, round) if group and round <= walk.round + 1 else ""


def _note(turn: Turn, walk: Walk, poster: Poster, asked: LeaveNote, touches: str, late: bool) -> NoteAdded:
    said = add(turn, pile_of(poster.id), text.clean(asked.text, what="Your note"), kind=asked.kind)
    group = walk.group_of(turn.by.person)
    person = turn.room.people[turn.by.person]
    teams = {id: turn.room.people[id].team for id in (group.people if group else ())}
    many = not late and group is not None and walk.of_team(group, teams, person.team) >= TEAM_FROM
    shows = person.team if person.team in turn.record.teams and (touches or many) else ""
    return NoteAdded(
        note=said.note,
        pile=said.pile,
        pen=said.pen,
        text=said.text,
        kind=said.kind,
        shown=said.shown,
        on=asked.on,
        team=shows,
        touches=touches,
        late=late,
    )


def _touched(turn: Turn, kind: str, touches: str, poster: Poster, words: str) -> str:
    if kind != "touches":
        return ""
    if touches not in turn.record.teams or turn.record.teams[touches].gone or touches == poster.id:
        raise Refused("no_such_team", "Say which other team this touches.", text=words)
    return touches


def _must_hang(poster: Poster, on: str, words: str) -> None:
    if all(line.id != on for line in poster.lines):
        raise Refused("no_such_line", "That line is not on poster {poster}.", {"poster": poster.number}, text=words)
