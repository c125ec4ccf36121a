"""Preparing a session: its texts, what it is about, and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

import msgspec

from sessions.room import Command, PhasePlan, PlanChanged, Session, Turn
from sessions.room.kind import ForAll, ForHelm, Shown, Sight
from sessions.room.setting import Settings
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused
from sessions.rules.text import PageWords
from sessions.running.agenda_files import timed, warnings, worded
from sessions.running.opening import SessionListed
from sessions.running.step import filled, said

if TYPE_CHECKING:
    from sessions.activities.activity import Activity

What = Literal["title", "context", "themes", "call_link", "purpose", "team", "about"]


class Prepared(SessionEvent, frozen=True, tag="prepared"):
    """One part of the preparation says this now."""

    what: str
    text: str

    def evolve(self, session: Session) -> None:
        if self.what == "title":
            session.title = self.text
        else:
            session.prepared[self.what] = self.text
        session.touch("session", "step")


class Prepare(Command, frozen=True, tag="prepare"):
    """Write one part of the preparation: title, context, themes, purpose or call link.

    ``was`` is the text the change started from; another text by now is a clash.
    """

    who = "facilitators"
    anytime: ClassVar[bool] = True
    what: What
    text: PageWords
    was: str | None = None

    def decide(self, turn: Turn) -> list[Event]:
        session = turn.session
        now = session.title if self.what == "title" else session.prepared.get(self.what, "")
        if self.was is not None and self.was != now:
            raise Refused(
                "changed_meanwhile",
                "Somebody else changed this meanwhile. Theirs is shown; yours is kept below it.",
                theirs=now,
                yours=self.text,
            )
        words = _chosen(turn, self.what, self.text) if self.what in ("team", "about") else _words(self.what, self.text)
        if words == now:
            return []
        listed = [SessionListed(session=session.code, title=words)] if self.what == "title" else []
        return [Prepared(what=self.what, text=words), *listed]


class ChangePlan(Command, frozen=True, tag="change_plan"):
    """Change a step: its minutes (0.5 to 180), words, settings, or whether it is left out.

    A run goes by the settings it began with, but for those that count at once, and for what there may be more of.
    """

    who = "facilitators"
    anytime: ClassVar[bool] = True
    step: str
    minutes: float | None = None
    name: str | None = None
    title: str | None = None
    prompt: str | None = None
    hint: str | None = None
    left_out: bool | None = None
    dots: int | None = None
    limit: int | None = None
    hidden: bool | None = None
    settings: dict[str, str | int | bool] = {}

    def decide(self, turn: Turn) -> list[Event]:
        phase = turn.session.plan.get(self.step)
        if phase is None:
            raise Refused("no_such_step", "There is no such step in this plan.")
        changed = self._changed(turn, phase)
        if changed == phase:
            return []
        activity, run = turn.activities[phase.activity], turn.session.run
        at_once = [name for name, setting in activity.settings.stated().items() if setting.counts == "once"]
        planned = PlanChanged(phase=changed, now=at_once)
        if run is None or run.phase != self.step:
            return [planned]
        self._must_not_take_away(activity, activity.given(turn.session))
        return [planned, *activity.grow(turn, changed)]

    def _must_not_take_away(self, activity: Activity, given: dict[str, int]) -> None:
        """What somebody may have used already stays theirs."""
        asked = self._asked()
        for name, now in given.items():
            value = asked.get(name)
            if value and value < now:
                raise Refused(
                    "only_more",
                    "“{setting}” can only grow while its step runs: it is {now} now.",
                    {"setting": activity.settings.stated()[name].words, "now": now},
                )

    def _asked(self) -> dict[str, Any]:
        named = {name: getattr(self, name) for name in ("dots", "limit", "hidden")}
        return {**{name: value for name, value in named.items() if value is not None}, **self.settings}

    def _changed(self, turn: Turn, phase: PhasePlan) -> PhasePlan:
        changes: dict[str, Any] = {}
        if self.minutes is not None:
            changes["minutes"] = timed(self.minutes)
        for name in ("name", "title", "prompt", "hint"):
            if getattr(self, name) is not None:
                changes[name] = worded(name, getattr(self, name))
        if self.left_out is not None and self.left_out != phase.left_out:
            if self.left_out and len(turn.session.steps()) < 2:
                raise Refused("last_step", "Something has to be left to do.")
            changes["left_out"] = self.left_out
        settings = {**phase.settings, **turn.activities[phase.activity].settings.checked(self._asked())}
        return msgspec.structs.replace(phase, **changes, settings=settings)


class StepOfPlan(Shown, frozen=True):
    """A step of the plan; minutes as planned, and the working days it stays open, where it does not go by the clock."""

    key: str
    name: str
    minutes: float
    days: int
    left_out: bool
    activity: str


class PlanShown(Shown, frozen=True):
    """The plan as everybody sees it."""

    steps: list[StepOfPlan]


class SettingShown(Shown, frozen=True):
    """A setting of a step with its words and bounds, for a form."""

    name: str
    words: str
    kind: str
    value: str | int | bool
    least: int
    most: int
    choices: list[list[str]]
    #: Whether its step runs and there may be more of it from now on.
    grows: bool = False


class StepOfScript(Shown, frozen=True):
    """A step with all that can be set.

    ``reads`` is its prompt as people read it, ``lacks`` says what it needs that nothing before it leaves.
    """

    key: str
    activity: str
    called: str
    name: str
    title: str
    prompt: str
    reads: str
    hint: str
    minutes: float
    left_out: bool
    settings: list[SettingShown]
    lacks: str
    begun: bool


class ActivityShown(Shown, frozen=True):
    """What people can do in a step."""

    name: str
    called: str
    does: str


class GoalShown(Shown, frozen=True):
    """A shared goal a session can be about."""

    id: str
    text: str
    team: str


class TeamListed(Shown, frozen=True):
    """A team of the room."""

    id: str
    name: str


class ScriptShown(Shown, frozen=True):
    """The plan with its hints and what can be set, and the texts of the preparation."""

    steps: list[StepOfScript]
    activities: list[ActivityShown]
    context: str
    themes: str
    purpose: str
    call_link: str
    about: str
    team: str
    teams: str
    goals: list[GoalShown]
    listed: list[TeamListed]


class Plan(ForAll):
    """The plan as everybody sees it."""

    name = "plan"
    shape = PlanShown

    def look(self, sight: Sight, id: str) -> PlanShown:
        plan = sight.session.plan.values()
        days = {p.key: sight.activities[p.activity].days(p) for p in plan if p.activity in sight.activities}
        return PlanShown(
            [StepOfPlan(p.key, p.name, p.minutes, days.get(p.key, 0), p.left_out, p.activity) for p in plan]
        )


class Script(ForHelm):
    """The plan with its hints and what can be set, and the texts of the preparation."""

    name = "script"
    shape = ScriptShown
    on = frozenset({"plan", "session", "step", "team", "objective", "result", "pile", "ballot"})

    def look(self, sight: Sight, id: str) -> ScriptShown:
        session, record = sight.session, sight.room.record
        standing = record.standing_teams()
        texts = {
            what: session.prepared.get(what, "") for what in ("context", "themes", "purpose", "call_link", "about")
        }
        goals = [GoalShown(o.id, o.text, o.team) for o in record.objectives.values() if o.text and o.status != "draft"]
        return ScriptShown(
            steps=_script(sight),
            activities=[ActivityShown(a.name, a.called, a.does) for a in sight.activities.values()],
            **texts,
            team=session.team,
            teams="\n".join(team.name for team in standing),
            goals=goals,
            listed=[TeamListed(team.id, team.name) for team in standing],
        )


def _script(sight: Sight) -> list[StepOfScript]:
    session = sight.session
    goal = sight.room.works_on(session)
    given = {"goal"} | ({"results"} if goal and sight.room.record.results_of(goal.id) else set())
    plan = session.plan.values()
    lacks = warnings(sight.activities, plan, given if goal or session.asks == "goal" else set())
    begun = {run.phase for run in (*session.runs, *session.undone)}
    return [_scripted(sight, phase, lacks.get(phase.key, ""), phase.key in begun) for phase in plan]


def _scripted(sight: Sight, phase: PhasePlan, lacks: str, begun: bool) -> StepOfScript:
    activity = sight.activities.get(phase.activity)
    settings = activity.settings if activity else Settings
    defaults = settings.defaults()
    run = sight.session.run
    runs = run is not None and run.phase == phase.key and sight.session.state == "open"
    given = activity.given(sight.session) if activity and runs else {}
    return StepOfScript(
        key=phase.key,
        activity=phase.activity,
        called=activity.called if activity else "",
        name=phase.name,
        title=phase.title,
        prompt=phase.prompt,
        reads=filled(phase.prompt, activity.fills(said(settings, phase))) if activity else phase.prompt,
        hint=phase.hint,
        minutes=phase.minutes,
        left_out=phase.left_out,
        settings=[
            SettingShown(
                name=name,
                words=setting.words,
                kind=setting.kind,
                value=given.get(name, phase.settings.get(name, defaults[name])),
                least=given.get(name, setting.least),
                most=setting.most,
                choices=[list(pair) for pair in setting.choices],
                grows=name in given,
            )
            for name, setting in settings.stated().items()
        ],
        lacks=lacks,
        begun=begun,
    )


def _chosen(turn: Turn, what: str, id: str) -> str:
    """The team a session drafts for, or the shared goal it is about; nothing takes it back."""
    if turn.session.run is not None:
        raise Refused("begun", "This is chosen before the session begins.")
    record = turn.record
    if what == "team" and id and (id not in record.teams or record.teams[id].gone):
        raise Refused("no_such_team", "That team is not on the list.")
    if what == "about" and id and (id not in record.objectives or record.objectives[id].status == "draft"):
        raise Refused("no_such_objective", "Choose a goal that is shared on the record.")
    return id


def _words(what: What, words: str) -> str:
    if what == "title":
        return text.clean(words, 80, "The title")
    if what == "call_link":
        link = text.optional(words, 500, "The call link")
        if link and not link.startswith(("https://", "http://")):
            raise Refused("bad_link", "A call link begins with https://, and this one does not.")
        return link
    return text.optional(words, text.PAGE, "This text")
