"""How a confidence vote stands: its rounds as pictures, what the last one lacks, and whether it passed."""

from typing import Any

from sessions.activities.confidence import law
from sessions.activities.confidence.rounds import ConfidenceRound, Rounds
from sessions.room import Room, Session
from sessions.rules.voting import FIGURES_FROM, SPLIT_FROM


def standing(room: Room, session: Session) -> dict[str, Any]:
    """The rounds that were shown, side by side, and whether the last of them passes."""
    shown = [r for r in session.part(Rounds).by_id.values() if r.shown]
    last = last_round(session)
    decisions = [d for d in room.record.decisions if d.session == session.code]
    state: dict[str, Any] = {
        "round": last.number if last else 0,
        "present": last.present if last else 0,
        "rounds": [picture(r) for r in shown],
        "answered": sum(1 for r in shown for c in r.concerns.values() if c.settled),
        "lacks": "",
        "passed": False,
        "worries": "",
        "decided": {"text": decisions[-1].text, "by": room.name_of(decisions[-1].by)} if decisions else None,
    }
    if last and last.shown:
        lacks = lacking(last)
        state.update(lacks=lacks, passed=not lacks)
        told = list(last.concerns.values()) if last.hidden() >= FIGURES_FROM else []
        state["concerns"] = [{"id": c.id, "line": c.line, "text": c.text, "settled": c.settled} for c in told]
        worried = [c.line for c in told if c.line and not c.settled]
        objective = room.works_on(session)
        state["worries"] = worried[0] if worried else objective.id if objective else ""
    return state


def lacking(round: ConfidenceRound) -> str:
    """What a shown round lacks to pass, or nothing."""
    if round.hidden() < FIGURES_FROM and round.values():
        return "few"
    return law.lacks(round.values(), round.counted, round.present, unsettled(round), silent(round), round.asked)


def picture(round: ConfidenceRound) -> dict[str, Any]:
    """A shown round as a histogram; of three voters only their mean, of fewer no figure at all."""
    values = round.values()
    found: dict[str, Any] = {"number": round.number, "voters": len(values), "present": round.present}
    if not round.tells():
        return {**found, "withheld": "beside_another_round" if round.withheld else "too_few"}
    found["mean"] = _two(round.mean())
    if round.splits():
        found["counts"] = [values.count(n) for n in range(1, 6)]
        found["yes"] = {
            name: sum(getattr(vote, name) for vote in round.counting().values())
            for name in ("meaningful", "inclusive", "can_do")
        }
        found["low"] = sum(value <= law.LOW for value in values)
    return found


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
    return sum(1 for pen, vote in found.counting().items() if vote.value <= law.LOW and pen not in spoke)


def _two(mean: float) -> str:
    return f"{mean:.2f}"
