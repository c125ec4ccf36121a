"""How sure are we: from 1 to 10 for each result, hidden until all are shown, with the note that explains it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sessions.activities.activity import Main, Pens
from sessions.activities.forum.forum_step import ForumStep
from sessions.activities.forum.reviews import Reviews, Sure, results
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.checkins import MOST, CheckedIn
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords

#: Under which pens it is said.
PILE = "sure"


class SaidHowSure(SessionEvent, frozen=True, tag="said_how_sure"):
    """Somebody said how sure they are of a result; nobody else sees it before all are shown."""

    own_words: ClassVar[tuple[str, ...]] = ("text",)
    unsigned: ClassVar[bool] = True
    pen: str
    result: str
    value: int
    text: str = ""

    def evolve(self, session: Session) -> None:
        session.part(Reviews).given.setdefault(self.result, {})[self.pen] = Sure(self.value, self.text)
        session.board.touched_pens.add(self.pen)
        session.touch("step")


class SureShown(SessionEvent, frozen=True, tag="sure_shown"):
    """How sure people are is shown, with their names; whoever says it once more replaces what they said."""

    sure: dict[str, dict[str, Sure]]

    def evolve(self, session: Session) -> None:
        kept = session.part(Reviews)
        for result, said in self.sure.items():
            kept.shown.setdefault(result, {}).update(said)
        kept.given = {}
        session.touch("step")
        session.touched_people.update(session.roles)


class SayHowSure(Command, frozen=True, tag="say_how_sure"):
    """Say from 1 to 10 how sure one is that a result comes, and why; hidden until all are shown."""

    who = "participants"
    result: Id
    value: int
    text: LineWords = ""

    def decide(self, turn: Turn) -> list[Event]:
        if self.result not in results(turn.room):
            raise Refused("no_such_result", "That result is not there any more.", text=self.text)
        if not 1 <= self.value <= MOST:
            raise Refused("bad_value", "Say a number from 1 to 10.", text=self.text)
        words = text.optional(self.text, text.LINE, "The note").replace("\n", " ")
        pen = turn.pen(PILE)
        same = turn.session.part(Reviews).given.get(self.result, {}).get(pen)
        if same == Sure(self.value, words):
            return []
        return [SaidHowSure(pen=pen, result=self.result, value=self.value, text=words)]


class SureOf(Shown, frozen=True):
    """How sure one person is, by name."""

    name: str
    value: int
    text: str


class SureOfResult(Shown, frozen=True):
    """A result and, once they are shown, how sure people are, the least sure first."""

    result: str
    text: str
    sure: list[SureOf]
    mean: float


class HowSureStep(Shown, frozen=True):
    """The results, and whether what was said is shown; ``said`` is how many have said something that is not."""

    rated: list[SureOfResult]
    shown: bool
    said: int


class OwnSure(Shown, frozen=True):
    """What one said of a result oneself."""

    result: str
    value: int
    text: str


class HowSureMine(Shown, frozen=True):
    """What one said oneself and nobody else sees yet."""

    sure: list[OwnSure]


class HowSure(ForumStep):
    """Confidence by result. Showing it is a check-in of each: the mean of all."""

    name = "how_sure"
    called = "How sure are we?"
    does = "1 to 10 for each result, hidden until all are shown"
    waits = True
    watches = frozenset({"result", "objective", "person", "share"})
    takes = (SayHowSure,)

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        return any(session.part(Reviews).given.values())

    def reveal(self, turn: Turn) -> list[Event]:
        given = turn.session.part(Reviews).given
        sure = {id: _by_person(turn, said) for id, said in given.items()}
        checked = [
            CheckedIn(result=id, confidence=_mean([*by.values()]), voices=len(by), at=turn.by.at, session=turn.code)
            for id, by in sure.items()
            if by
        ]
        return [SureShown(sure=sure), *checked] if checked else []

    def set_aside(self, turn: Turn) -> list[Event]:
        return []

    def main(self, room: Room, session: Session) -> Main | None:
        phase = session.phase
        return Main("Show how sure we are", "reveal") if phase and self.waiting(session, phase) else None

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        if session.part(Reviews).shown:
            return "Everyone when they are shown again, with your name."
        return "Everyone when all are shown, with your name."

    def fills(self, said: Mapping[str, Any]) -> dict[str, str]:
        hidden = "Nobody sees yours before all are shown."
        again = "These are shown. Say it anew, and it waits until they are shown again."
        return {"together": again if said.get("shown") else hidden}

    def play(self, seen: Seen, chance: Chance) -> Plays:
        for row in seen.step["rated"] if not seen.step["shown"] else ():
            yield "say_how_sure", {"result": row["result"], "value": chance.choice((3, 5, 6, 7, 8, 9))}

    def everyone(self, room: Room, session: Session) -> HowSureStep:
        kept = session.part(Reviews)
        said = {pen for by in kept.given.values() for pen in by}
        return HowSureStep(
            rated=[_rated(room, kept, id) for id in results(room)], shown=bool(kept.shown), said=len(said)
        )

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> HowSureMine:
        given, wrote = session.part(Reviews).given, pens(PILE)
        own = {id: by[pen] for id, by in given.items() for pen in by if pen in wrote}
        return HowSureMine([OwnSure(id, sure.value, sure.text) for id, sure in own.items()])


def _by_person(turn: Turn, said: dict[str, Sure]) -> dict[str, Sure]:
    """What was said by pens, by who said it; of two pens of one person the last counts."""
    found: dict[str, Sure] = {}
    for pen, sure in said.items():
        holder = turn.room.holders.get(pen, ("", ""))[1]
        if holder:
            found[turn.room.whole(holder)] = sure
    return dict(sorted(found.items()))


def _rated(room: Room, kept: Reviews, id: str) -> SureOfResult:
    shown = kept.shown.get(id, {})
    sure = sorted((SureOf(room.name_of(p), s.value, s.text) for p, s in shown.items()), key=lambda s: (s.value, s.name))
    return SureOfResult(id, room.record.results[id].line(), sure, _mean(list(shown.values())) if shown else 0)


def _mean(said: list[Sure]) -> float:
    return round(sum(sure.value for sure in said) / len(said), 1)
