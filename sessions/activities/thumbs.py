"""Thumbs: up, sideways or down, shown at once, with names."""

from typing import Any, Literal

from sessions.acts.activity import Activity, Main
from sessions.room import Command, PhasePlan, Room, Run, Session, Turn
from sessions.rules.event import Event, SessionEvent


class ThumbGiven(SessionEvent, frozen=True, tag="thumb_given"):
    """Somebody's thumb; nobody else sees it before all are shown."""

    run: str
    person: str
    thumb: Literal["up", "sideways", "down"]

    def evolve(self, session: Session) -> None:
        run = _run(session, self.run)
        run.state.setdefault("thumbs", {})[self.person] = self.thumb
        session.touched_people.add(self.person)
        if run.state.get("shown"):
            session.touch("step")


class ThumbsShown(SessionEvent, frozen=True, tag="thumbs_shown"):
    """All thumbs are shown, with names."""

    run: str

    def evolve(self, session: Session) -> None:
        _run(session, self.run).state["shown"] = True
        session.touch("step")


class GiveThumb(Command, frozen=True, tag="thumb"):
    """Show one's thumb, with one's name; it can be turned until the step is over."""

    thumb: Literal["up", "sideways", "down"]

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_take_part()
        if turn.run.state.get("thumbs", {}).get(turn.by.person) == self.thumb:
            return []
        return [ThumbGiven(run=turn.run.id, person=turn.by.person, thumb=self.thumb)]


class Thumbs(Activity):
    """Would you show this to your team?"""

    name = "thumbs"
    takes = (GiveThumb,)

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        state = session.run.state if session.run else {}
        return bool(state.get("thumbs")) and not state.get("shown")

    def reveal(self, turn: Turn) -> list[Event]:
        return [] if turn.run.state.get("shown") else [ThumbsShown(run=turn.run.id)]

    def main(self, room: Room, session: Session) -> Main | None:
        shown = session.run and session.run.state.get("shown")
        return None if shown else Main("Show the thumbs", "reveal")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone when we show them, with your name."

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        state = session.run.state if session.run else {}
        objective = room.works_on(session)
        shown = bool(state.get("shown"))
        thumbs = state.get("thumbs", {}) if shown else {}
        return {
            "shown": shown,
            "thumbs": {p: thumb for p, thumb in sorted(thumbs.items()) if p in session.roles},
            "objective": objective.id if objective else "",
            "results": [r.id for r in room.record.results_of(objective.id)] if objective else [],
        }

    def mine(self, room: Room, session: Session, person: str) -> dict[str, Any]:
        state = session.run.state if session.run else {}
        return {"thumb": state.get("thumbs", {}).get(person, "")}


def _run(session: Session, id: str) -> Run:
    return next(run for run in session.runs if run.id == id)
