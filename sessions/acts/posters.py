"""Before a poster: notes on a line, what a host heard, heaps with their answers, and a team's version 2."""

from typing import Literal

from sessions.acts.cards import must_say_why
from sessions.acts.notes import add
from sessions.acts.walking import a_walk
from sessions.board import Cluster, Note
from sessions.board.clusters import ClusterDissolved, ItemTitled, Merged, NoteSplit
from sessions.board.notes import HeapAnswered, NoteAdded
from sessions.record.drafting import DraftPublished
from sessions.record.feedback import FeedbackAnswered, FeedbackGiven
from sessions.record.standing import TeamSaid
from sessions.room import Command, Turn
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.refusal import Refused
from sessions.walk import Poster, Walk, pile_of

Kind = Literal["like", "wish", "what_if", "touches"]
Answer = Literal["adopted", "adapted", "declined", ""]

#: From how many people of a team in a group on a note shows the team (``spec/formats.md``, rules for every room).
TEAM_FROM = 3


class LeaveNote(Command, frozen=True, tag="leave_note"):
    """Leave a note on a line of the poster one stands before. ``round`` is the one it was written in.

    *This touches another team* names it in ``touches`` and carries the writer's team.
    """

    on: str
    text: str
    kind: Kind = "like"
    touches: str = ""
    round: int = 0

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_take_part()
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

    text: str
    on: str = ""
    kind: Kind = "like"

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_take_part()
        walk = a_walk(turn)
        poster = walk.posters.get(walk.hosts(turn.by.person))
        if poster is None:
            raise Refused("not_yours", "Only the host of a poster writes down what was heard.", text=self.text)
        on = self.on or poster.lines[0]["id"]
        _must_hang(poster, on, self.text)
        said = text.lines(text.optional(self.text, text.PAGE, "What you heard"), text.NOTE)
        if not said:
            raise Refused("blank", "What you heard is empty. Write a few words first.")
        pen, pile = turn.pen(pile_of(poster.id)), turn.board.piles[pile_of(poster.id)]
        kind = "wish" if self.kind == "touches" else self.kind
        return [
            NoteAdded(
                note=turn.by.new_id(),
                pile=pile.id,
                pen=pen,
                text=line,
                kind=kind,
                on=on,
                heard=True,
                shown=not pile.collecting,
            )
            for line in said
        ]


class Heap(Command, frozen=True, tag="heap"):
    """At home, put notes that say one thing into a heap, under a title."""

    notes: list[str]
    title: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        poster = home(turn)
        things = {thing.id: thing for thing in (_thing(turn, poster, id) for id in self.notes[:200])}
        if len(things) < 2:
            raise Refused("need_two", "Choose at least two to put together.")
        notes = [n for thing in things.values() for n in (thing.notes if isinstance(thing, Cluster) else [thing.id])]
        title = text.optional(self.title, text.LINE, "The title")
        largest = max(things.values(), key=lambda t: len(t.notes) if isinstance(t, Cluster) else 1)
        merged = Merged(
            cluster=turn.by.new_id(),
            pile=pile_of(poster.id),
            title=title or turn.board.wording(largest)[: text.LINE],
            items=list(things),
            notes=notes,
            dots={},
            leanings={},
            refunds={},
        )
        answered = next((thing for thing in things.values() if thing.answer), None)
        if answered is None:
            return [merged]
        return [merged, HeapAnswered(item=merged.cluster, answer=answered.answer, reason=answered.reason)]


class NameHeap(Command, frozen=True, tag="name_heap"):
    """Give a heap its title."""

    heap: str
    title: str

    def decide(self, turn: Turn) -> list[Event]:
        thing = _thing(turn, home(turn), self.heap)
        if not isinstance(thing, Cluster):
            raise Refused("no_such_item", "That heap is not there any more.")
        return [ItemTitled(item=thing.id, title=text.clean(self.title, text.LINE, "The title"))]


class TakeOut(Command, frozen=True, tag="take_out"):
    """Take a note out of its heap, or let a heap fall apart."""

    note: str

    def decide(self, turn: Turn) -> list[Event]:
        poster = home(turn)
        note = turn.board.notes.get(self.note)
        cluster = turn.board.clusters.get(note.cluster if note else self.note)
        if cluster is None or cluster.pile != pile_of(poster.id):
            raise Refused("not_grouped", "That stands on its own already.")
        if note and len(cluster.notes) > 2:
            return [NoteSplit(note=note.id)]
        return [ClusterDissolved(cluster=cluster.id)]


class AnswerHeap(Command, frozen=True, tag="answer_heap"):
    """Adopt, adapt, or not now because …; of a heap, or of one note. Without an answer it is open again."""

    item: str
    answer: Answer
    reason: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        thing = _thing(turn, home(turn), self.item)
        reason = text.optional(self.reason, text.LINE, "The reason")
        if self.answer == "declined" and not reason:
            raise Refused("needs_reason", "Say why not now: whoever wrote this reads it.")
        return [HeapAnswered(item=thing.id, answer=self.answer, reason=reason)]


class SaveVersion(Command, frozen=True, tag="save_version"):
    """Save what one's team changed as the next version."""

    def decide(self, turn: Turn) -> list[Event]:
        poster = home(turn)
        events: list[Event] = []
        for objective in turn.record.of_team(poster.id):
            if turn.record.lines_of(objective) != objective.versions.get(objective.version):
                must_say_why(objective, "the gallery walk")
                events.append(DraftPublished(objective=objective.id, version=objective.version + 1))
        if not events:
            raise Refused("nothing_changed", "Nothing has changed yet. None is fine, if you can say why.")
        return events


class ShareSentence(Command, frozen=True, tag="share_sentence"):
    """Say in one sentence what one's team changed because of the others."""

    text: str

    def decide(self, turn: Turn) -> list[Event]:
        poster = home(turn)
        words = text.clean(self.text, text.LINE, "The sentence").replace("\n", " ")
        return [TeamSaid(session=turn.session.code, team=poster.id, text=words)]


def home(turn: Turn) -> Poster:
    """The poster of one's own team."""
    turn.must_take_part()
    walk = a_walk(turn)
    poster = walk.posters.get(turn.room.people[turn.by.person].team)
    if poster is None:
        raise Refused("no_home", "You have no poster of your own here. Look over a shoulder.")
    return poster


def filed(turn: Turn) -> list[Event]:
    """When a walk closes: every note becomes feedback on its line, with its answer; the rest stays open."""
    walk = turn.session.walk
    if walk is None:
        return []
    events: list[Event] = []
    for poster in walk.posters.values():
        pile = turn.board.piles.get(pile_of(poster.id))
        for id in sorted(pile.notes if pile else ()):
            note = turn.board.notes[id]
            objective = turn.record.objective_of(note.on)
            if note.aside or note.hidden or objective is None:
                continue
            events.append(_feedback(turn, note, objective.id, objective.version))
            thing = turn.board.item(id)
            if thing and thing.answer:
                events.append(FeedbackAnswered(feedback=id, answer=thing.answer, reason=thing.reason))
    return events


def _feedback(turn: Turn, note: Note, objective: str, version: int) -> FeedbackGiven:
    return FeedbackGiven(
        feedback=note.id,
        objective=objective,
        on=note.on,
        kind=note.kind or "like",
        text=note.text,
        source="gallery",
        team=note.team,
        touches=note.touches,
        version=version,
        session=turn.session.code,
        late=note.late,
    )


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
    if all(line["id"] != on for line in poster.lines):
        raise Refused("no_such_line", f"That line is not on poster {poster.number}.", text=words)


def _thing(turn: Turn, poster: Poster, id: str) -> Note | Cluster:
    thing = turn.board.item(id)
    if thing is None or thing.pile != pile_of(poster.id):
        raise Refused("no_such_item", "That is no longer at your poster.")
    return thing
