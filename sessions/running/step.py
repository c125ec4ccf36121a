"""The step: as everybody sees it, the facilitator's main button, and how many are here, done, and have written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import msgspec

from sessions.room import PhasePlan
from sessions.room.kind import Entity, ForAll, ForHelm, Own, OwnSight, Pace, Shown, Sight, Touched
from sessions.room.setting import Settings


class Main(msgspec.Struct, frozen=True):
    """The facilitator's one main button: its words with named places for ``values``, and the command it sends."""

    words: str
    do: str
    fields: dict[str, Any] = {}
    values: dict[str, str | int] = {}

    @property
    def label(self) -> str:
        """Words and values put together."""
        return self.words.format(**self.values) if self.values else self.words


class LobbyShown(Shown, frozen=True):
    """Before the session begins, there is no phase."""

    activity: str
    run: str
    key: str
    settings: dict[str, str]


class StepShown(Shown, frozen=True):
    """The phase: its words and minutes, when it began and ends (Unix milliseconds), and who will see what.

    ``left`` is what is left of a clock that is held. ``quiet`` is a time to talk, ``waits`` one to say that one is
    done. What its activity adds stands beside.
    """

    run: str
    key: str
    activity: str
    name: str
    title: str
    prompt: str
    empty: str
    done: str
    minutes: float
    nth: int
    of_steps: int
    started: int
    deadline: int
    left: int | None
    moved: int
    stopped: bool
    seen_by: str
    quiet: bool
    waits: bool


class MainShown(Shown, frozen=True):
    """The main button's words and what it sends, the hint for it, and the name of the step after this one.

    ``open_ends`` are sentences about what is not settled yet, to be read before it is pressed.

    Where something varies in the words, ``sentence`` has them with named places, and ``values`` what stands there.
    """

    hint: str
    after: str
    label: str
    do: str
    fields: dict[str, Any]
    open_ends: list[str]
    sentence: str | msgspec.UnsetType = msgspec.UNSET
    values: dict[str, str | int] | msgspec.UnsetType = msgspec.UNSET


class Step(ForAll):
    """The phase as everybody sees it, or the lobby, and what its activity adds."""

    name = "step"
    shape = StepShown
    before = LobbyShown
    adds = "everyone"
    #: Whatever step names a team says its name anew.
    on = frozenset({"plan", "session", "team"})

    def stale(self, sight: Sight, touched: Touched) -> Iterable[str]:
        return _stale(sight, touched, self.on | {"step"})

    def look(self, sight: Sight, id: str) -> Entity:
        session, activity = sight.session, sight.activity
        phase, run = session.phase, session.run
        if phase is None or run is None or activity is None:
            return LobbyShown("lobby", "lobby", "", {})
        steps = [p.key for p in session.plan.values() if not p.left_out or p.key == phase.key]
        step = StepShown(
            run=run.id,
            key=phase.key,
            activity=phase.activity,
            name=phase.name,
            title=phase.title,
            prompt=phase.prompt,
            empty=phase.empty,
            done=phase.done,
            minutes=phase.minutes,
            nth=steps.index(phase.key) + 1,
            of_steps=len(steps),
            started=run.started,
            deadline=run.deadline,
            left=run.left,
            moved=session.moved,
            stopped=session.stopped,
            seen_by=activity.seen_by(session, phase),
            quiet=activity.quiet(session, phase),
            waits=activity.awaits(session),
        )
        shown = together(activity.everyone(sight.room, session), step) | activity.words(sight.room, session)
        fills = shown | activity.fills(said(activity.settings, phase) | shown)
        return shown | {name: filled(shown[name], fills) for name in _WORDS}


class MainButton(ForHelm):
    """The main button, what the step shows to facilitators besides, and the hint for it."""

    name = "main"
    shape = MainShown
    adds = "facilitators"
    on = frozenset({"main", "step", "plan", "session", "stopped", "person", "result", "team"})

    def stale(self, sight: Sight, touched: Touched) -> Iterable[str]:
        return _stale(sight, touched, self.on)

    def look(self, sight: Sight, id: str) -> Entity | None:
        session, activity = sight.session, sight.activity
        if session.state == "closed":
            return None
        phase, run, after = session.phase, session.run, session.beside(1)
        main = activity.main(sight.room, session) if activity else _prepares(sight)
        # A step says what ends it as if it stood where its format has it; an agenda may have it elsewhere.
        if after and (main is None or main.do == "close_session"):
            onward = Main("Go on to {title}", "next_phase", values={"title": after.title})
            main = Main(after.forward, "next_phase") if after.forward else onward
        if not after and main and main.do == "next_phase":
            main = None
        if main is None:
            main = Main((phase.ends if phase else "") or "Close the session", "close_session")
        fields = dict(main.fields)
        if main.do in ("next_phase", "reveal"):
            fields["phase"] = run.id if run else "lobby"
        hint = (activity.hint(session) if activity else "") or (phase.hint if phase else "")
        more = activity.facilitators(sight.room, session) if activity else None
        ends = _open_ends(sight, main.do)
        shown = MainShown(hint, after.name if after else "", main.label, main.do, fields, ends)
        if main.values:
            shown = msgspec.structs.replace(shown, sentence=main.words, values=main.values)
        return together(shown, more)


def _open_ends(sight: Sight, does: str) -> list[str]:
    """What is not settled: in this step, where one goes on; of everything people did, where the session ends."""
    if does == "next_phase":
        return sight.activity.open_ends(sight.room, sight.session) if sight.activity else []
    if does != "close_session":
        return []
    planned = dict.fromkeys(phase.activity for phase in sight.session.plan.values())
    known = [sight.activities[name] for name in planned if name in sight.activities]
    return [say for activity in known for say in activity.open_ends(sight.room, sight.session)]


def _prepares(sight: Sight) -> Main | None:
    """What has to be done before the session begins, as the activities of its plan say."""
    planned = dict.fromkeys(phase.activity for phase in sight.session.plan.values())
    mains = (sight.activities[name].prepares(sight.room, sight.session) for name in planned if name in sight.activities)
    return next((main for main in mains if main), None)


class CountsShown(Shown, frozen=True):
    """How many take part, are here, are done; ``written`` notes and votes where they may be counted."""

    people: int
    here: int
    done: int
    written: int | msgspec.UnsetType = msgspec.UNSET
    voted: int | msgspec.UnsetType = msgspec.UNSET


class Counts(ForAll):
    """How many are in, here and done, and have written."""

    name = "counts"
    shape = CountsShown
    pace = Pace.COUNTING
    on = frozenset({"written", "pile", "done", "person", "presence", "step", "voted"})

    def look(self, sight: Sight, id: str) -> CountsShown:
        session, people = sight.session, set(sight.session.taking_part())
        written = voted = None
        if session.phase and sight.activity:
            written = sight.activity.written(session, session.phase)
            voted = sight.activity.voted(sight.room, session) if sight.activity.counts_votes else None
        return CountsShown(
            people=len(people),
            here=len(people & sight.here) if session.state != "closed" else 0,
            done=len(people & session.done),
            written=msgspec.UNSET if written is None else written,
            voted=msgspec.UNSET if voted is None else voted,
        )


class CrewShown(Shown, frozen=True):
    """Who is here and who is done; ``by_name`` is whether the latter may be known."""

    here: list[str]
    done: list[str]
    by_name: bool


class Crew(ForHelm):
    """Who is here, and who is done where that may be known by name."""

    name = "crew"
    shape = CrewShown
    pace = Pace.COUNTING
    on = frozenset({"done", "person", "presence", "step"})

    def look(self, sight: Sight, id: str) -> CrewShown:
        session = sight.session
        by_name = sight.activity is not None and not sight.activity.count_only
        return CrewShown(
            here=sorted(sight.here & set(session.roles)) if session.state != "closed" else [],
            done=sorted(session.done) if by_name else [],
            by_name=by_name,
        )


class NothingShown(Shown, frozen=True):
    """What only the step's activity says."""


class Mine(Own):
    """What the step shows to one person alone."""

    shapes: ClassVar[Mapping[str, type[Shown]]] = {"mine": NothingShown}
    adds: ClassVar[str] = "mine"

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        phase = sight.session.phase
        if phase:
            activity = sight.activities[phase.activity]
            yield "mine", activity.mine(sight.room, sight.session, sight.person, sight.pens) or NothingShown()


def together(*shown: Shown | tuple[Shown, ...] | None) -> dict[str, Any]:
    """What several shapes say, as one entity."""
    found: dict[str, Any] = {}
    for said in shown:
        for one in said if isinstance(said, tuple) else (said,):
            found |= msgspec.to_builtins(one) if one is not None else {}
    return found


def _stale(sight: Sight, touched: Touched, on: frozenset[str]) -> Iterable[str]:
    return () if (on | sight.watches()).isdisjoint(touched) else ("",)


def said(settings: type[Settings], phase: PhasePlan) -> dict[str, Any]:
    """All settings of a step, as they are set or by themselves."""
    return {**settings.defaults(), **phase.settings}


def filled(words: str, shown: dict[str, Any]) -> str:
    """A sentence with what the step says of itself in its named places, such as ``{budget}``.

    What only a browser knows stays open for it: ``{ends}`` and ``{friday}`` in its own time, ``{waiting}`` by count.
    """
    return re.sub(r"\{(\w+)\}", lambda place: str(shown.get(place[1], place[0])), words)


_WORDS = ("title", "prompt", "empty", "done")
