"""Opening, preparing and closing a session; its plan is written into the stream, each change is an event."""

from typing import Any, ClassVar, Literal

import msgspec

from sessions.activities import ALL
from sessions.acts import posters
from sessions.acts.plan import PlanChanged
from sessions.formats import Format
from sessions.record.drafting import DraftPublished
from sessions.record.teams import TeamListed, TeamTakenOff
from sessions.room import Answered, Command, Held, PhasePlan, Room, Session, Turn
from sessions.rules import text
from sessions.rules.dots import SPLIT_FROM
from sessions.rules.event import Event, RoomEvent, SessionEvent
from sessions.rules.refusal import Refused

What = Literal["title", "context", "themes", "call_link", "purpose", "team", "about"]


class SessionOpened(RoomEvent, frozen=True, tag="session_opened"):
    """A session exists, with the plan as the format was on that day."""

    code: str
    format: str
    title: str
    minutes: int
    at: int
    plan: list[PhasePlan]

    def evolve(self, room: Room) -> None:
        plan = {phase.key: phase for phase in self.plan}
        room.sessions[self.code] = Session(self.code, self.format, self.title, self.minutes, self.at, plan)
        self.note(room)

    def note(self, room: Room) -> None:
        """List the session, without bringing it into memory."""
        room.held[self.code] = Held(self.code, self.title, self.format, self.at)
        room.record.touch("session:" + self.code)


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


class RehearsalMarked(SessionEvent, frozen=True, tag="rehearsal_marked"):
    """The session is a rehearsal ``of`` another: simulated people, nothing to keep."""

    of: str = ""

    def evolve(self, session: Session) -> None:
        session.rehearsal = True
        session.touch("session")


class SessionListed(RoomEvent, frozen=True, tag="session_listed"):
    """How the record lists a session changed: its title, or that it is over."""

    session: str
    title: str = ""
    ended: int = 0

    def evolve(self, room: Room) -> None:
        held = room.held[self.session]
        held.title = self.title or held.title
        held.ended = self.ended or held.ended
        room.record.touch("session:" + self.session)


class SessionClosed(SessionEvent, frozen=True, tag="session_closed"):
    """The session is over and stays readable."""

    at: int

    def evolve(self, session: Session) -> None:
        session.state = "closed"
        session.ended = self.at
        session.hands.clear()
        session.put_down(list(session.holds))
        session.touch("session", "step", "attention")
        session.touched_people.update(session.roles)


class PensEmptied(RoomEvent, frozen=True, tag="pens_emptied"):
    """Who wrote and voted what in a session is forgotten."""

    session: str

    def evolve(self, room: Room) -> None:
        room.empty_pens(self.session)


class PulseGiven(SessionEvent, frozen=True, tag="pulse_given"):
    """Somebody, unsigned, says from 1 to 5 whether it was worth their time.

    The mean moves only with every fourth answer, so that none can be worked out from a change.
    """

    unsigned: ClassVar[bool] = True
    value: int

    def evolve(self, session: Session) -> None:
        session.pulse[self.value] = session.pulse.get(self.value, 0) + 1
        answers = sum(session.pulse.values())
        if answers % SPLIT_FROM == 0:
            worth = sum(value * count for value, count in session.pulse.items()) / answers
            session.pulse_shown = (answers, round(worth, 1))
            session.touch("session")


class Prepare(Command, frozen=True, tag="prepare"):
    """Write one part of the preparation: title, context, themes, purpose or call link.

    ``was`` is the text the change started from; another text by now is a clash.
    """

    what: What
    text: str
    was: str | None = None

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
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
    """Change a phase: its minutes (0.5 to 180), words, dots, or whether it is left out."""

    step: str
    minutes: float | None = None
    title: str | None = None
    prompt: str | None = None
    left_out: bool | None = None
    dots: int | None = None
    limit: int | None = None
    hidden: bool | None = None

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        phase = turn.session.plan.get(self.step)
        if phase is None:
            raise Refused("no_such_step", "There is no such step in this plan.")
        changed = self._changed(turn.session, phase)
        return [] if changed == phase else [PlanChanged(phase=changed)]

    def _changed(self, session: Session, phase: PhasePlan) -> PhasePlan:
        changes: dict[str, Any] = {}
        if self.minutes is not None:
            if not 0.5 <= self.minutes <= 180:
                raise Refused("bad_minutes", "A step takes between half a minute and three hours.")
            changes["minutes"] = self.minutes
        if self.title is not None:
            changes["title"] = text.clean(self.title, 80, "The title")
        if self.prompt is not None:
            changes["prompt"] = text.clean(self.prompt, 280, "The prompt")
        if self.left_out is not None and self.left_out != phase.left_out:
            if self.left_out and len(session.steps()) < 2:
                raise Refused("last_step", "Something has to be left to do.")
            changes["left_out"] = self.left_out
        return msgspec.structs.replace(phase, **changes, settings={**phase.settings, **self._settings(phase)})

    def _settings(self, phase: PhasePlan) -> dict[str, Any]:
        bounds = {"dots": (0, 20), "limit": (0, 50)}
        settings: dict[str, Any] = {}
        for name, (least, most) in bounds.items():
            value = getattr(self, name)
            if value is None:
                continue
            if name not in ALL[phase.activity].settings or not least <= value <= most:
                raise Refused("bad_setting", f"This step takes no {name} beyond {most}.")
            settings[name] = value
        if self.hidden is not None and "hidden" in ALL[phase.activity].settings:
            settings["hidden"] = self.hidden
        return settings


class SetTeams(Command, frozen=True, tag="set_teams"):
    """List the organisation's teams, one name per line; a name that stays keeps what belongs to it."""

    names: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        wanted = list(dict.fromkeys(text.lines(self.names, text.NAME, 200)))
        known = {team.name: team for team in turn.record.teams.values()}
        events: list[Event] = [
            TeamListed(team=known[n].id if n in known else turn.by.new_id(), name=n)
            for n in wanted
            if n not in known or known[n].gone
        ]
        gone = [t for n, t in known.items() if n not in wanted and not t.gone]
        return events + [TeamTakenOff(team=team.id) for team in gone]


class CloseSession(Command, frozen=True, tag="close_session"):
    """End the session: a draft gets its number and is shared, and who wrote what is forgotten."""

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        code, at = turn.session.code, turn.by.at
        follows = ALL[turn.phase.activity].close(turn) if turn.session.run else []
        listed = SessionListed(session=code, ended=at)
        return [
            *follows,
            *posters.filed(turn),
            *_published(turn),
            SessionClosed(at=at),
            listed,
            PensEmptied(session=code),
        ]


def _published(turn: Turn) -> list[Event]:
    """What this session drafted is shared now."""
    objective = turn.room.works_on(turn.session)
    if objective is None or objective.session != turn.session.code or objective.status != "draft":
        return []
    return [DraftPublished(objective=objective.id, version=objective.version + 1, status="shared")]


class ExitPulse(Command, frozen=True, tag="exit_pulse"):
    """Say once, unsigned, from 1 to 5, whether the session was worth one's time."""

    value: int

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_take_part()
        if turn.session.state != "closed":
            raise Refused("not_now", "This is asked when the session is over.")
        if not 1 <= self.value <= 5:
            raise Refused("bad_value", "Choose a number from 1 to 5.")
        if turn.by.person in turn.session.answered:
            raise Refused("answered", "You have answered already. Thank you.")
        return [PulseGiven(value=self.value), Answered(session=turn.session.code, person=turn.by.person)]


def open_session(code: str, format: Format, title: str, at: int) -> SessionOpened:
    """The fact of a new session of ``format`` under ``code``, opened at ``at`` (Unix milliseconds)."""
    return SessionOpened(
        code=code,
        format=format.key,
        title=text.clean(title, 80, "The title"),
        minutes=format.minutes,
        at=at,
        plan=list(format.phases),
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
