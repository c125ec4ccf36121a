"""Check-ins: where a result stands today, how sure its people are that it comes, and one line; nobody is ranked.

Source: S0 (“track progress, ideally weekly”), ``spec/formats.md``, H [KOAN]: 1 to 3 at risk, 4 to 7 issues, 8 to 10 on
track.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.record.results.result import ResultChanged, plain
from sessions.room import AnywhereCommand, Keeping, Room, Turn
from sessions.room.kind import InRecord, RecordSight, Shown, Touched
from sessions.rules import text
from sessions.rules.event import Event, SignedEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import FigureWords, LineWords

if TYPE_CHECKING:
    from sessions.record.record import Record
    from sessions.record.results.result import KeyResult

#: How sure one can be, at most; what is below the first is at risk, from the second on on track.
MOST, AT_RISK, ON_TRACK = 10, 4, 8
#: How many are shown of one result, the newest last.
SHOWN = 60


@dataclass(slots=True)
class CheckIn:
    """How a result stood at a moment (Unix milliseconds). ``voices`` are how many said it: several in a forum.

    ``figure`` is what was counted, if anybody said it; ``confidence`` goes from 1 to 10.
    """

    result: str
    at: int
    figure: float | None
    confidence: float
    line: str
    voices: int = 1
    session: str = ""


class CheckedIn(SignedEvent, frozen=True, tag="checked_in"):
    """Somebody said how a result stands; in a forum it is what all of them said together."""

    result: str
    confidence: float
    figure: float | None = None
    line: str = ""
    voices: int = 1

    def evolve(self, record: Record) -> None:
        said = CheckIn(self.result, self.at, self.figure, self.confidence, self.line, self.voices, self.session)
        record.checkins.setdefault(self.result, []).append(said)
        record.touch("checkin:" + self.result)


class CheckInResult(AnywhereCommand, frozen=True, tag="check_in"):
    """Say how a result stands: its figure today (as people write it), from 1 to 10 how sure you are, and one line.

    For the team whose goal it is, whoever carries it, and whoever keeps the record.
    """

    result: Id
    confidence: int
    figure: FigureWords = ""
    line: LineWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        result = _standing(turn, self.result)
        home = turn.record.objective_of(result.id)
        own = home is not None and bool(home.team) and home.team == turn.own_team
        carries = bool(turn.by.person) and turn.by.person in result.leads
        if not (own or carries or turn.keeps):
            raise Refused("not_yours", "Whoever works on this result says how it stands.", text=self.line)
        if not 1 <= self.confidence <= MOST:
            raise Refused("bad_value", "Say a number from 1 to 10.", text=self.line)
        figure = text.number(self.figure, "The figure")
        line = text.optional(self.line, text.LINE, "The line").replace("\n", " ")
        said = CheckedIn(result=result.id, confidence=self.confidence, figure=figure, line=line)
        if figure is None or figure == result.current:
            return [said]
        return [said, ResultChanged(result=result.id, field="current", value=figure)]


class PointShown(Shown, frozen=True):
    """One check-in; ``at`` in Unix milliseconds."""

    at: int
    figure: float | None
    confidence: float
    line: str
    voices: int


class CheckInsShown(Shown, frozen=True):
    """How a result stood over time, the newest last; ``standing`` is ``risk``, ``issues`` or ``track``."""

    points: list[PointShown]
    standing: str


class CheckInSeen(InRecord):
    """How a result stood over time."""

    name = "checkin"
    shape = CheckInsShown
    on = frozenset({"objective"})

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.record.checkins

    def stale(self, sight: RecordSight, touched: Touched) -> Iterable[str]:
        record = sight.room.record
        under = {id for goal in touched.get("objective", ()) for id in record.under.get(goal, ())}
        return touched.get(self.name, set()) | (under & record.checkins.keys())

    def look(self, sight: RecordSight, id: str) -> CheckInsShown | None:
        record = sight.room.record
        home, result, said = record.objective_of(id), record.results.get(id), record.checkins.get(id)
        if not said or home is None or result is None or result.dropped:
            return None
        if home.status == "draft" and not sight.drafts:
            return None
        points = [PointShown(one.at, one.figure, one.confidence, one.line, one.voices) for one in said[-SHOWN:]]
        return CheckInsShown(points, standing(said[-1].confidence))


def standing(confidence: float) -> str:
    """What a confidence means: at risk, with issues, or on track [KOAN]."""
    return "risk" if confidence < AT_RISK else "track" if confidence >= ON_TRACK else "issues"


def rows(room: Room) -> Iterable[dict[str, str]]:
    """Every check-in as a row of a table, the oldest first; nothing of drafts."""
    record = room.record
    for id, said in record.checkins.items():
        home = record.objective_of(id)
        if home is None or home.status == "draft":
            continue
        for one in said:
            yield {
                "result": id,
                "team": record.team_name(home.team) if home.team else "",
                "text": record.wording(id),
                "at": str(one.at),
                "figure": "" if one.figure is None else plain(one.figure),
                "confidence": plain(one.confidence),
                "line": one.line,
            }


def _standing(turn: Turn | Keeping, id: str) -> KeyResult:
    result, home = turn.record.results.get(id), turn.record.objective_of(id)
    if result is None or result.dropped or home is None or home.status == "draft":
        raise Refused("no_such_result", "That result is not there any more.")
    return result
