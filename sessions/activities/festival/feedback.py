"""Written feedback on a line of the goal on stage: hidden until its slot ends; offers carry a team's name."""

from typing import ClassVar, Literal

from sessions.activities.festival.asking import must_have_been
from sessions.activities.festival.hosting import must_host
from sessions.activities.festival.programme import Act, Festival, festival, listed, plays_for
from sessions.board import piles
from sessions.board.notes.note import TEAM_FROM, NoteAdded
from sessions.board.notes.writing import add, taken_down
from sessions.board.piles import PileOpened
from sessions.record.record import Record
from sessions.room import Command, Session, Turn
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.line_up.wish import LEAD
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords, PageWords

#: ``offer`` and ``request`` are support that is given or asked for: they carry the writer's team.
NoteKind = Literal["like", "wish", "what_if", "touches", "offer", "request"]
NAMED = ("touches", "offer", "request")


class LeaveFeedback(Command, frozen=True, tag="leave_feedback"):
    """Leave a note on a line of the goal at the act one stands at, or stood at.

    Offers, requests and *touches another team* carry the writer's team, and say so before.
    """

    who = "participants"
    anytime: ClassVar[bool] = True
    knows_its_phase: ClassVar[bool] = True
    act: Id
    on: Id
    text: NoteWords
    kind: NoteKind = "like"
    touches: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        must_have_been(turn, kept, self.act, self.text)
        act = kept.live[self.act]
        own = plays_for(turn.room, turn.by.person)
        if own == act.team:
            raise Refused("own_act", "This is your own goal. Others leave notes on it.", text=self.text)
        must_stand(turn.record, act, self.on, self.text)
        if self.kind == "touches" and (self.touches not in turn.record.teams or self.touches == act.team):
            raise Refused("no_such_team", "Say which other team this touches.", text=self.text)
        words = text.clean(self.text, what="Your note")
        if pile_of(act.id) not in turn.board.piles:
            raise Refused("not_now", "This act has not begun yet.", text=self.text)
        said = add(turn, pile_of(act.id), words, kind=self.kind)
        named = self.kind in NAMED or _many(turn, kept, act.id, own)
        return [
            NoteAdded(
                note=said.note,
                pile=said.pile,
                pen=said.pen,
                text=said.text,
                kind=said.kind,
                shown=said.shown,
                on=self.on,
                team=listed(turn.record, own) if named else "",
                touches=self.touches if self.kind == "touches" else "",
                late=said.late or act.slot < kept.slot or not said_in(kept, act),
            )
        ]


class Capture(Command, frozen=True, tag="capture"):
    """As a host, write down what is said; several lines are several notes."""

    anytime: ClassVar[bool] = True
    act: Id
    text: PageWords
    on: Id = ""
    kind: Literal["like", "wish", "what_if"] = "wish"

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        act = kept.live.get(self.act)
        if act is None or pile_of(self.act) not in turn.board.piles:
            raise Refused("not_now", "This act has not begun yet.", text=self.text)
        must_host(turn, self.act)
        on = self.on or next(iter(lines(turn.record, act.team)), "")
        must_stand(turn.record, act, on, self.text)
        return taken_down(turn, pile_of(act.id), self.text, "What was said", self.kind, on)


def pile_of(act: str) -> str:
    """The pile that holds an act's notes."""
    return "act:" + act


def open_pile(act: str, hidden: bool = True) -> PileOpened:
    """Notes on an act can be written from now on; ``hidden`` until its slot ends."""
    return PileOpened(pile=pile_of(act), limit=0, hidden=hidden, place=act)


def begin(acts: list[Act]) -> list[Event]:
    """A slot begins: what is written at its acts waits."""
    return [open_pile(act.id) for act in acts]


def show(turn: Turn, acts: list[Act]) -> list[Event]:
    """A slot is over: what was written is shown to whoever is still there, and what comes later at once."""
    shown = [event for act in acts for event in piles.show(turn, pile_of(act.id))]
    return [*shown, *(open_pile(act.id, hidden=False) for act in acts if pile_of(act.id) in turn.board.piles)]


def waiting(session: Session) -> list[Act]:
    """Acts with notes that were not shown."""
    return [act for act in festival(session).ever.values() if session.board.waiting(pile_of(act.id))]


def lines(record: Record, team: str) -> dict[str, str]:
    """The lines of a team's goals by id, in their order; of leadership the goals of the whole organisation."""
    goals = [goal for goal in record.top() if goal.status != "draft"] if team == LEAD else record.of_team(team)
    found: dict[str, str] = {}
    for goal in goals:
        found[goal.id] = goal.text
        found |= {result.id: result.line() for result in record.results_of(goal.id)}
    return found


def must_stand(record: Record, act: Act, on: str, words: str) -> None:
    """Refuse a line that is none of the act's."""
    if on not in lines(record, act.team):
        raise Refused("no_such_line", "That line is not on this stage.", text=words)


def said_in(kept: Festival, act: Act) -> bool:
    """Whether an act is still going on, its feedback included."""
    return act.slot == kept.slot and kept.open()


def _many(turn: Turn, kept: Festival, act: str, team: str) -> bool:
    """Whether three people of this team could have written at this act now."""
    there = kept.crowd.there.get(act, set())
    return sum(plays_for(turn.room, person) == team for person in there if person in turn.session.roles) >= TEAM_FROM
