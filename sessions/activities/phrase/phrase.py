"""One sentence above it all: everyone writes one, all are shown, one vote, and one is taken."""

from typing import Literal

from sessions.activities.activity import Activity, Main
from sessions.activities.phrase.wording import (
    NamePolisher,
    PhraseSettings,
    Taken,
    TakeSentence,
    WordObjective,
    narrative,
)
from sessions.activities.playing import Chance, Plays, Seen, some
from sessions.board import ballots, piles
from sessions.board.ballots import BallotOpened
from sessions.board.counting import own_voters
from sessions.board.dots import PlaceDot, TakeDot
from sessions.board.notes.writing import AddNote, EditNote, HideNote, RemoveNote
from sessions.record.objectives.seen import GoalStep, of_goal
from sessions.room import PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.rules.event import Event
from sessions.running.being_done import AskedAnew

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


class PhraseStep(Shown, frozen=True):
    """Where sentences stand and their vote, which one leads, and what the chosen one becomes."""

    pile: str
    into: str
    narrative: dict[str, str]
    ballot: str
    stage: Stage
    best: str


class Phrase(Activity):
    """Sentences go into ``pile``, one each; ``ballot`` is the vote on them; the winner is the objective."""

    name = "phrase"
    called = "Find the sentence"
    does = "Everybody writes one, one is chosen"
    waits = True
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
                AskedAnew(),
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

    def awaits(self, session: Session) -> bool:
        ballot = session.board.latest(self.vote(session.phase)) if session.phase else None
        return ballot is None or not ballot.revealed

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        pile = session.board.piles.get(self.wall(phase))
        if pile and pile.collecting:
            return "Everyone when we show them, unsigned."
        if not self.awaits(session):
            return ""
        return "Secret. Everyone sees the totals when they are shown, never who chose what."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step["stage"] == "write":
            narrative = seen.step.get("into") == "narrative"
            yield "add_note", {"text": chance.choice(_NARRATIVES if narrative else _SENTENCES)}
        elif seen.step["stage"] == "vote":
            for item in some(chance, seen.items(seen.step["pile"]), 1):
                yield "place_dot", {"item": item}

    def everyone(self, room: Room, session: Session) -> tuple[GoalStep, PhraseStep]:
        assert session.phase is not None
        settings = PhraseSettings.of(session.phase)
        ballot = session.board.latest(settings.ballot)
        return of_goal(room, session), PhraseStep(
            pile=settings.pile,
            into=settings.into,
            narrative=room.record.narrative,
            ballot=ballot.id if ballot else "",
            stage=_stage(room, session),
            best=_best(session),
        )


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
