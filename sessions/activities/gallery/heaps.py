"""Back home: heaps of notes with their answers, a team's next version, and its sentence."""

from typing import Literal

from sessions.activities.gallery.stages import a_walk
from sessions.activities.gallery.walk import Poster, pile_of
from sessions.board.groups.group import Cluster, ClusterDissolved, HeapAnswered, ItemTitled, Merged, NoteSplit
from sessions.board.notes.note import Note
from sessions.record.objectives.keeping import must_say_why
from sessions.record.objectives.objective import DraftPublished
from sessions.record.sentences import TeamSaid
from sessions.room import Command, Turn
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords

Answer = Literal["adopted", "adapted", "declined", ""]


class Heap(Command, frozen=True, tag="heap"):
    """At home, put notes that say one thing into a heap, under a title."""

    who = "participants"
    notes: list[Id]
    title: LineWords = ""

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

    who = "participants"
    heap: Id
    title: LineWords

    def decide(self, turn: Turn) -> list[Event]:
        thing = _thing(turn, home(turn), self.heap)
        if not isinstance(thing, Cluster):
            raise Refused("no_such_item", "That heap is not there any more.")
        return [ItemTitled(item=thing.id, title=text.clean(self.title, text.LINE, "The title"))]


class TakeOut(Command, frozen=True, tag="take_out"):
    """Take a note out of its heap, or let a heap fall apart."""

    who = "participants"
    note: Id

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

    who = "participants"
    item: Id
    answer: Answer
    reason: LineWords = ""

    def decide(self, turn: Turn) -> list[Event]:
        thing = _thing(turn, home(turn), self.item)
        reason = text.optional(self.reason, text.LINE, "The reason")
        if self.answer == "declined" and not reason:
            raise Refused("needs_reason", "Say why not now: whoever wrote this reads it.")
        return [HeapAnswered(item=thing.id, answer=self.answer, reason=reason)]


class SaveVersion(Command, frozen=True, tag="save_version"):
    """Save what one's team changed as the next version."""

    who = "participants"

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

    who = "participants"
    text: LineWords

    def decide(self, turn: Turn) -> list[Event]:
        poster = home(turn)
        words = text.clean(self.text, text.LINE, "The sentence").replace("\n", " ")
        return [TeamSaid(session=turn.session.code, team=poster.id, text=words)]


def home(turn: Turn) -> Poster:
    """The poster of one's own team."""
    walk = a_walk(turn)
    poster = walk.posters.get(turn.room.people[turn.by.person].team)
    if poster is None:
        raise Refused("no_home", "You have no poster of your own here. Look over a shoulder.")
    return poster


def _thing(turn: Turn, poster: Poster, id: str) -> Note | Cluster:
    thing = turn.board.item(id)
    if thing is None or thing.pile != pile_of(poster.id):
        raise Refused("no_such_item", "That is no longer at your poster.")
    return thing
