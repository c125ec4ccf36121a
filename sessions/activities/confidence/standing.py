"""How a confidence vote stands: its rounds as pictures, what the last one lacks, and whether it passed."""

from typing import Literal

import msgspec

from sessions.activities.confidence import law
from sessions.activities.confidence.rounds import Concern, ConfidenceRound, Rounds
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.rules.voting import FIGURES_FROM, LOW, SPLIT_FROM


class YesShown(Shown, frozen=True):
    """How many said yes to each of the three questions."""

    meaningful: int
    inclusive: int
    can_do: int


class RoundPicture(Shown, frozen=True):
    """A shown round as a histogram; of three voters only their mean, of fewer no figure at all."""

    number: int
    voters: int
    present: int
    withheld: Literal["", "beside_another_round", "too_few"] = ""
    mean: str = ""
    counts: list[int] | msgspec.UnsetType = msgspec.UNSET
    yes: YesShown | msgspec.UnsetType = msgspec.UNSET
    low: int | msgspec.UnsetType = msgspec.UNSET


class ConcernShown(Shown, frozen=True):
    """What somebody, unsigned, needs changed, in which line, and how it was settled."""

    id: str
    line: str
    text: str
    settled: str


class DecisionShown(Shown, frozen=True):
    """Who decides in the end, and what."""

    text: str
    by: str


class Standing(Shown, frozen=True):
    """The rounds that were shown, whether the last passes and what it lacks, and which line worries people most."""

    round: int
    present: int
    rounds: list[RoundPicture]
    answered: int
    lacks: str
    passed: bool
    worries: str
    decided: DecisionShown | None
    concerns: list[ConcernShown] | msgspec.UnsetType = msgspec.UNSET


def standing(room: Room, session: Session) -> Standing:
    """The rounds that were shown, side by side, and whether the last of them passes."""
    shown = [r for r in session.part(Rounds).by_id.values() if r.shown]
    last = last_round(session)
    over = last is not None and last.shown
    lacks = lacking(last) if last and over else ""
    told = list(last.concerns.values()) if last and over and last.hidden() >= FIGURES_FROM else []
    decisions = [d for d in room.record.decisions if d.session == session.code]
    return Standing(
        round=last.number if last else 0,
        present=last.present if last else 0,
        rounds=[picture(r) for r in shown],
        answered=sum(1 for r in shown for c in r.concerns.values() if c.settled),
        lacks=lacks,
        passed=over and not lacks,
        worries=_worries(room, session, told) if over else "",
        decided=DecisionShown(decisions[-1].text, room.name_of(decisions[-1].by)) if decisions else None,
        concerns=[ConcernShown(c.id, c.line, c.text, c.settled) for c in told] if over else msgspec.UNSET,
    )


def _worries(room: Room, session: Session, told: list[Concern]) -> str:
    """The line that somebody is worried about and nobody has answered; else the objective."""
    objective = room.works_on(session)
    open_lines = [concern.line for concern in told if concern.line and not concern.settled]
    return open_lines[0] if open_lines else objective.id if objective else ""


def lacking(round: ConfidenceRound) -> str:
    """What a shown round lacks to pass, or nothing."""
    if round.hidden() < FIGURES_FROM and round.values():
        return "few"
    return law.lacks(round.values(), round.counted, round.present, unsettled(round), silent(round), round.asked)


def picture(round: ConfidenceRound) -> RoundPicture:
    """A shown round, as far as it may be told."""
    values = round.values()
    if not round.tells():
        why: Literal["beside_another_round", "too_few"] = "beside_another_round" if round.withheld else "too_few"
        return RoundPicture(round.number, len(values), round.present, withheld=why)
    mean = _two(round.mean())
    if not round.splits():
        return RoundPicture(round.number, len(values), round.present, mean=mean)
    votes = round.counting().values()
    return RoundPicture(
        round.number,
        len(values),
        round.present,
        mean=mean,
        counts=[values.count(n) for n in range(1, 6)],
        yes=YesShown(
            sum(vote.meaningful for vote in votes),
            sum(vote.inclusive for vote in votes),
            sum(vote.can_do for vote in votes),
        ),
        low=sum(value <= LOW for value in values),
    )


def last_round(session: Session) -> ConfidenceRound | None:
    return next(reversed(session.part(Rounds).by_id.values()), None)


def counted(room: Room, session: Session, found: ConfidenceRound) -> int:
    """How many of those present when it opened have voted; who, only the pens know."""
    voted = {room.whole(room.holders[pen][1]) for pen in found.counting() if pen in room.holders}
    return len(voted & {room.whole(person) for person in found.people})


def unsettled(found: ConfidenceRound) -> int:
    return sum(1 for concern in found.concerns.values() if not concern.settled)


def silent(found: ConfidenceRound) -> int:
    """Low votes that said nothing; of fewer than four voters, that would tell how they voted."""
    if found.shown and found.hidden() < SPLIT_FROM:
        return 0
    spoke = {concern.pen for concern in found.concerns.values()}
    return sum(1 for pen, vote in found.counting().items() if vote.value <= LOW and pen not in spoke)


def _two(mean: float) -> str:
    return f"{mean:.2f}"
