"""What a chosen sentence becomes: the objective, or what people shall think, feel and do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from sessions.board.walls import on_the_wall
from sessions.record.brief import NarrativeSet
from sessions.record.objectives.keeping import must_say_why
from sessions.record.objectives.objective import ObjectiveBegun, ObjectiveWorded, PolisherNamed
from sessions.room import Command, Room, Session, Turn
from sessions.room.part import Part
from sessions.room.section import Line, Section
from sessions.room.setting import Settings, choice, vote, wall
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused


@dataclass(slots=True)
class Taken(Part):
    """Whether one version of the narrative was chosen in one run."""

    taken: bool = False


class NarrativeTaken(SessionEvent, frozen=True, tag="narrative_taken"):
    """One version of the narrative was chosen in this run."""

    run: str

    def evolve(self, session: Session) -> None:
        session.run_of(self.run).part(Taken).taken = True
        session.touch("step")


class TakeSentence(Command, frozen=True, tag="take_sentence"):
    """Make one of the sentences the objective; for facilitators."""

    who = "facilitators"
    note: Id

    def decide(self, turn: Turn) -> list[Event]:
        thing = on_the_wall(turn, self.note)
        if thing.pile != turn.wall:
            raise Refused("no_such_note", "That sentence is not there any more.")
        words = turn.board.wording(thing)
        return _narrate(turn, words) if PhraseSettings.of(turn.phase).into == "narrative" else _word(turn, words)


class WordObjective(Command, frozen=True, tag="word_objective"):
    """Write the objective's sentence oneself. ``was`` is what it said when one began."""

    text: str
    was: str | None = None

    def decide(self, turn: Turn) -> list[Event]:
        objective = turn.room.works_on(turn.session)
        if PhraseSettings.of(turn.phase).into == "narrative":
            turn.must_facilitate()
            return _narrate(turn, text.clean(self.text, what="The narrative"))
        if not turn.is_facilitator() and not (objective and objective.polisher == turn.by.person):
            raise Refused("not_yours", "Only the facilitator, and whoever polishes the sentence, can change it.")
        now = objective.text if objective else ""
        same_as_before(self.was, now, self.text)
        return _word(turn, text.clean(self.text, text.LINE, "The objective"))


class NamePolisher(Command, frozen=True, tag="name_polisher"):
    """Name the one person who polishes the sentence tomorrow; nobody takes it back."""

    who = "facilitators"
    person: Id

    def decide(self, turn: Turn) -> list[Event]:
        objective = turn.room.works_on(turn.session)
        if objective is None:
            raise Refused("not_now", "There is no sentence to polish yet.")
        if self.person and self.person not in turn.session.roles:
            raise Refused("no_such_person", "That person is not here.")
        return [PolisherNamed(objective=objective.id, person=self.person)]


def narrative(room: Room, session: Session) -> Iterator[Section]:
    """What people shall think, feel and do, where this session chose it."""
    taken = any(run.part(Taken).taken for run in session.runs)
    said = dict(room.record.narrative) if taken else {}
    yield Section(
        key="narrative",
        title="What people shall think, feel and do",
        order=30,
        set="terms",
        lines=[Line(text=said[word], on=word.title()) for word in ("think", "feel", "do") if said.get(word)],
        data={"narrative": said},
    )


class PhraseSettings(Settings, frozen=True):
    """Where sentences go, how they are voted on, and what the chosen one becomes."""

    pile: Annotated[str, wall("Wall the sentences go to")] = "sentences"
    ballot: Annotated[str, vote("Name of the vote")] = "sentence"
    into: Annotated[
        str,
        choice(
            "What is written",
            objective="The sentence above the results",
            narrative="What people shall think, feel and do",
        ),
    ] = "objective"


def _narrate(turn: Turn, words: str) -> list[Event]:
    """What people shall think, feel and do: three lines of a version, in this order."""
    said = [re.sub(r"^(think|feel|do):\s*", "", line.strip(), flags=re.IGNORECASE) for line in words.split("\n")]
    said = [line for line in said if line]
    think, feel, do = [*said, "", "", ""][:3]
    return [NarrativeSet(think=think, feel=feel, do=do), NarrativeTaken(run=turn.run.id)]


def _word(turn: Turn, words: str) -> list[Event]:
    objective = turn.room.works_on(turn.session)
    id = objective.id if objective else turn.by.new_id()
    if objective:
        must_say_why(objective, "")
    begun = [] if objective else [ObjectiveBegun(objective=id, session=turn.session.code, team=turn.session.team)]
    return [*begun, ObjectiveWorded(objective=id, text=words)]
