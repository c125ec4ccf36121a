"""Thumbs: up, sideways or down, shown at once, with names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sessions.activities.activity import Activity, Main, Pens
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.objectives.seen import GoalStep, of_goal
from sessions.room import Command, PhasePlan, Room, Run, Session, Turn
from sessions.room.kind import Shown
from sessions.room.part import Part
from sessions.room.section import Line, Section
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused

Thumb = Literal["up", "sideways", "down"]


@dataclass(slots=True)
class Given(Part):
    """Thumbs of one run: by pen until they are shown, by who gave them from then on."""

    shown: bool = False
    secret: dict[str, Thumb] = field(default_factory=dict)
    thumbs: dict[str, Thumb] = field(default_factory=dict)


class ThumbGiven(SessionEvent, frozen=True, tag="thumb_given"):
    """Somebody's thumb: under a pen until all are shown, under their name from then on."""

    run: str
    thumb: Thumb
    person: str = ""
    pen: str = ""

    def evolve(self, session: Session) -> None:
        kept = session.run_of(self.run).part(Given)
        if self.pen:
            kept.secret.pop(self.pen, None)
            kept.secret[self.pen] = self.thumb
            session.board.touched_pens.add(self.pen)
        else:
            kept.thumbs[self.person] = self.thumb
            session.touched_people.add(self.person)
            session.touch("step")


class ThumbsShown(SessionEvent, frozen=True, tag="thumbs_shown"):
    """All thumbs are shown, with names."""

    run: str
    thumbs: dict[str, Thumb] = {}

    def evolve(self, session: Session) -> None:
        kept = session.run_of(self.run).part(Given)
        kept.shown, kept.thumbs = True, {**kept.thumbs, **self.thumbs}
        session.board.touched_pens.update(kept.secret)
        kept.secret = {}
        session.touch("step")


class GiveThumb(Command, frozen=True, tag="thumb"):
    """Show one's thumb, with one's name; it can be turned until the step is over."""

    who = "participants"
    thumb: Thumb

    def decide(self, turn: Turn) -> list[Event]:
        kept, run = turn.run.part(Given), turn.run.id
        if kept.shown:
            if turn.by.hand:
                raise Refused("not_yours", "The thumbs are shown, with names: turn yours where you came in first.")
            same = kept.thumbs.get(turn.by.person) == self.thumb
            return [] if same else [ThumbGiven(run=run, person=turn.by.person, thumb=self.thumb)]
        pen = turn.pen(_pile(run))
        same = kept.secret.get(pen) == self.thumb and _last_of(turn, kept.secret, turn.by.person) == self.thumb
        return [] if same else [ThumbGiven(run=run, pen=pen, thumb=self.thumb)]


class ThumbTold(Shown, frozen=True):
    """Somebody's thumb, with their name."""

    name: str
    thumb: Thumb


def thumbs_shown(room: Room, session: Session) -> Iterator[Section]:
    """Thumbs as they were shown last, with names."""
    kept = (run.part(Given) for run in reversed(session.runs))
    shown = next((given.thumbs for given in kept if given.shown and given.thumbs), dict[str, Thumb]())
    rows = [ThumbTold(room.name_of(person), thumb) for person, thumb in by_person(room, shown).items()]
    yield Section(
        key="thumbs",
        title="Good enough to show?",
        order=100,
        set="chips",
        names_voters=True,
        lines=[_line(row.name, row.thumb) for row in rows],
        data={"thumbs": rows},
    )


class ThumbsStep(Shown, frozen=True):
    """Thumbs by person, once they are shown."""

    shown: bool
    thumbs: dict[str, Thumb]


class ThumbsMine(Shown, frozen=True):
    """One's own thumb; none is empty."""

    thumb: Literal["up", "sideways", "down", ""]


class Thumbs(Activity):
    """Would you show this to your team?"""

    name = "thumbs"
    called = "Thumbs"
    does = "Up, sideways or down, with names"
    tells = (thumbs_shown,)
    watches = frozenset({"objective", "result", "person"})
    takes = (GiveThumb,)

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        return session.run is not None and bool(session.run.part(Given).secret)

    def reveal(self, turn: Turn) -> list[Event]:
        kept = turn.run.part(Given)
        if kept.shown:
            return []
        given = {person: _last_of(turn, kept.secret, person) for person in sorted(turn.session.taking_part())}
        return [ThumbsShown(run=turn.run.id, thumbs={person: thumb for person, thumb in given.items() if thumb})]

    def was_shown(self, session: Session, phase: PhasePlan) -> bool:
        return self._last_shown(session, phase) is not None

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        last = None if anew else self._last_shown(turn.session, phase)
        return [ThumbsShown(run=run, thumbs=last.part(Given).thumbs)] if last else []

    def _last_shown(self, session: Session, phase: PhasePlan) -> Run | None:
        runs = [*session.runs, *session.undone]
        return next((r for r in reversed(runs) if r.phase == phase.key and r.part(Given).shown), None)

    def open_ends(self, room: Room, session: Session) -> list[str]:
        last = self._last_shown_of(session)
        given = by_person(room, last.thumbs) if last else {}
        down = [person for person, thumb in given.items() if thumb == "down" and person in session.roles]
        return [f"A thumb is down: {room.name_of(person)}" for person in down]

    def _last_shown_of(self, session: Session) -> Given | None:
        """The thumbs that were shown last, once the session has gone on from them."""
        if session.phase is not None and session.phase.activity == self.name:
            return None
        return next((run.part(Given) for run in reversed(session.runs) if run.part(Given).shown), None)

    def main(self, room: Room, session: Session) -> Main | None:
        shown = session.run and session.run.part(Given).shown
        return None if shown else Main("Show the thumbs", "reveal")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        if session.run and session.run.part(Given).shown:
            return "Everyone, with your name."
        return "Everyone when we show them, with your name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        yield "thumb", {"thumb": chance.choice(["up", "up", "up", "sideways", "down"])}

    def everyone(self, room: Room, session: Session) -> tuple[GoalStep, ThumbsStep]:
        kept = session.run.part(Given) if session.run else Given()
        thumbs = by_person(room, kept.thumbs) if kept.shown else {}
        return of_goal(room, session), ThumbsStep(
            shown=kept.shown,
            thumbs={person: thumb for person, thumb in thumbs.items() if person in session.roles},
        )

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> ThumbsMine:
        run = session.run
        kept = run.part(Given) if run else Given()
        if run is None or kept.shown:
            return ThumbsMine(by_person(room, kept.thumbs).get(person, ""))
        wrote = pens(_pile(run.id))
        return ThumbsMine(next((t for pen, t in reversed(kept.secret.items()) if pen in wrote), ""))


def _line(name: str, thumb: str) -> Line:
    return Line(text=name, row="thumb", tags=[thumb], cells={"text": thumb, "who": name})


def by_person(room: Room, thumbs: dict[str, Thumb]) -> dict[str, Thumb]:
    """Thumbs by who people are now; of two entries of one person the one they go by counts."""
    found: dict[str, Thumb] = {}
    for entry in sorted(thumbs):
        person = room.whole(entry)
        if person == entry or person not in found:
            found[person] = thumbs[entry]
    return dict(sorted(found.items()))


def _pile(run: str) -> str:
    return f"thumbs.{run}"


def _last_of(turn: Turn, secret: dict[str, Thumb], person: str) -> Thumb | None:
    """A person's thumb, whatever key they gave it with, unless it was taken back: the last one."""
    pens = {
        pen
        for entry in turn.room.entries(person)
        for pen in turn.room.pens_of(turn.session.code, entry, _pile(turn.run.id))
    }
    counting = {pen for pen in pens if not turn.session.took_back(turn.room.hands.get(pen, ""))}
    return next((thumb for pen, thumb in reversed(secret.items()) if pen in counting), None)
