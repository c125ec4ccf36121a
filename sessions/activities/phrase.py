"""One sentence above it all: everyone writes one, all are shown, one vote, and one is taken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from sessions.activities.activity import Activity, Main
from sessions.activities.playing import Chance, Plays, Seen, some
from sessions.board import ballots, piles
from sessions.board.ballots import BallotOpened
from sessions.board.counting import own_voters
from sessions.board.dots import PlaceDot, TakeDot
from sessions.board.walls import on_the_wall
from sessions.board.writing import AddNote, EditNote, HideNote, RemoveNote
from sessions.record.brief import NarrativeSet
from sessions.record.objectives import ObjectiveBegun, ObjectiveWorded, PolisherNamed
from sessions.record.objectives_kept import must_say_why
from sessions.record.objectives_seen import GoalStep, of_goal
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.part import Part
from sessions.room.section import Line, Section
from sessions.room.setting import Settings, choice, vote, wall
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused

#: What simulated people write.
_SENTENCES = (
    "Switching to us is warm, quick and worth it",
    "Our customers can finally plan around us",
    "A warm home, when we said it would be",
    "People tell their neighbours to switch",
)
_NARRATIVES = (
    "Think: We win by finishing what we start\nFeel: Proud of what leaves our hands\nDo: Bring blockers early",
    "Think: This is easier than I feared\nFeel: Sure\nDo: Tell a colleague",
)


#: Where writing one sentence together stands.
Stage = Literal["write", "vote", "take", "taken"]


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


class PhraseStep(GoalStep, frozen=True):
    """Where sentences stand and their vote, which one leads, and what the chosen one becomes."""

    pile: str
    into: str
    narrative: dict[str, str]
    ballot: str
    stage: Stage
    best: str


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


class Phrase(Activity):
    """Sentences go into ``pile``, one each; ``ballot`` is the vote on them; the winner is the objective."""

    name = "phrase"
    called = "Find the sentence"
    does = "Everybody writes one, one is chosen"
    plays_again = ("stage",)
    tells = (narrative,)
    watches = frozenset({"pile", "note", "cluster", "ballot", "objective", "result", "room"})
    count_only = True
    takes = (
        AddNote,
        EditNote,
        RemoveNote,
        PlaceDot,
        TakeDot,
        TakeSentence,
        WordObjective,
        NamePolisher,
        HideNote,
    )
    files_late = (AddNote, EditNote, RemoveNote)
    settings = PhraseSettings

    def gives(self, phase: PhasePlan) -> set[str]:
        return {f"wall:{self.wall(phase)}", f"vote:{self.vote(phase)}", "goal"}

    def wall(self, phase: PhasePlan) -> str:
        return PhraseSettings.of(phase).pile

    def vote(self, phase: PhasePlan) -> str:
        return PhraseSettings.of(phase).ballot

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        return [piles.open_pile(self.wall(phase), 1)] if anew else []

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        ballot = session.board.latest(self.vote(phase))
        voting = bool(ballot and not ballot.revealed and ballot.cast())
        return voting or session.board.waiting(self.wall(phase)) > 0

    def reveal(self, turn: Turn) -> list[Event]:
        name, ballot = turn.wall, self.vote(turn.phase)
        if turn.board.piles[name].collecting:
            last = turn.board.latest(ballot)
            number = last.round + 1 if last else 1
            return [
                *piles.show(turn, name),
                *ballots.show(turn, last),
                BallotOpened(
                    ballot=ballot if number == 1 else f"{ballot}.{number}",
                    name=ballot,
                    round=number,
                    on=name,
                    budget=1,
                    per_item=1,
                    run=turn.run.id,
                ),
            ]
        return ballots.show(turn, turn.board.latest(ballot))

    def set_aside(self, turn: Turn) -> list[Event]:
        ballot = ballots.set_aside(turn.board.latest(self.vote(turn.phase)))
        return [*piles.leave(turn, turn.wall), *ballot]

    def was_shown(self, session: Session, phase: PhasePlan) -> bool:
        ballot = session.board.latest(self.vote(phase))
        return bool(ballot and ballot.revealed)

    def voted(self, room: Room, session: Session) -> int | None:
        ballot = session.board.latest(self.vote(session.phase)) if session.phase else None
        if ballot is None or ballot.revealed:
            return None
        return len(own_voters(room, ballot))

    def undo(self, turn: Turn, run: str) -> list[Event]:
        return [e for b in turn.board.ballots.values() if b.run == run for e in ballots.set_aside(b)]

    def main(self, room: Room, session: Session) -> Main | None:
        stage = _stage(room, session)
        if stage == "write":
            return Main("Show all sentences", "reveal")
        if stage == "vote":
            return Main("Show the vote", "reveal")
        best = _best(session) if stage == "take" else ""
        return Main("Take this one", "take_sentence", {"note": best}) if best else None

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        pile = session.board.piles.get(self.wall(phase))
        if pile and pile.collecting:
            return "Everyone when we show them, unsigned."
        return "Secret. Everyone sees the totals when they are shown, never who chose what."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step["stage"] == "write":
            narrative = seen.step.get("into") == "narrative"
            yield "add_note", {"text": chance.choice(_NARRATIVES if narrative else _SENTENCES)}
        elif seen.step["stage"] == "vote":
            for item in some(chance, seen.items(seen.step["pile"]), 1):
                yield "place_dot", {"item": item}

    def everyone(self, room: Room, session: Session) -> PhraseStep:
        assert session.phase is not None
        settings = PhraseSettings.of(session.phase)
        ballot = session.board.latest(settings.ballot)
        return PhraseStep(
            **of_goal(room, session),
            pile=settings.pile,
            into=settings.into,
            narrative=room.record.narrative,
            ballot=ballot.id if ballot else "",
            stage=_stage(room, session),
            best=_best(session),
        )


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
    code, by = turn.session.code, turn.by
    begun = [] if objective else [ObjectiveBegun(objective=id, session=code, team=turn.session.team)]
    return [*begun, ObjectiveWorded(objective=id, text=words, by=by.person, at=by.at, session=code)]


def _stage(room: Room, session: Session) -> Stage:
    """``write``, ``vote``, ``take`` or ``taken``."""
    assert session.phase is not None
    settings = PhraseSettings.of(session.phase)
    pile, ballot = session.board.piles.get(settings.pile), session.board.latest(settings.ballot)
    if pile is None or pile.collecting:
        return "write"
    if ballot and not ballot.revealed:
        return "vote"
    if settings.into == "narrative":
        return "taken" if session.run and session.run.part(Taken).taken else "take"
    objective = room.works_on(session)
    return "taken" if objective and objective.text else "take"


def _best(session: Session) -> str:
    """The sentence with most votes once they are shown; of equals, the one that stands first."""
    assert session.phase is not None
    ballot = session.board.latest(PhraseSettings.of(session.phase).ballot)
    if ballot is None or not ballot.tells():
        return ""
    totals = ballot.totals()
    sentences = list(session.board.items(ballot.on))
    return max(sentences, key=lambda s: totals.get(s.id, 0)).id if sentences else ""
