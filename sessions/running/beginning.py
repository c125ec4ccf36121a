"""A session as it begins: opened, facilitated, and about something; or as the copy of another, to be rehearsed."""

from sessions.record.teams import TeamListed
from sessions.room import PhasePlan, PlanChanged, Room, Session
from sessions.rules.event import Event
from sessions.running.opening import open_session
from sessions.running.people import FACILITATOR, PersonCame, RoleGiven
from sessions.running.preparing import Prepared

#: Of what was prepared, what a rehearsal leaves out, and what it takes only where it is in the copy too.
_NOT_COPIED, _IF_THERE = ("call_link", "team", "about"), ("team", "about")


def begin_session(
    room: Room,
    code: str,
    format: str,
    title: str,
    at: int,
    minutes: int,
    plan: list[PhasePlan],
    asks: str,
    person: str,
    team: str = "",
    about: str = "",
    name: str = "",
) -> list[Event]:
    """The facts of a new session with its facilitator, opened at Unix milliseconds.

    ``name`` is the facilitator's, ``team`` the one it drafts for, ``about`` the goal it is about; a format that
    ``asks`` for a goal is about the last top-level one that is shared.
    """
    opened = open_session(code, format, title, at, minutes, plan, asks)
    came = PersonCame(person=person, name=name or FACILITATOR)
    role = RoleGiven(person=person, role="facilitator")
    wishes = {"team": team, "about": about or (_last_goal(room) if asks == "goal" else "")}
    return [opened, came, role, *(Prepared(what=w, text=id) for w, id in wishes.items() if _is_there(room, w, id))]


def rehearsal_of(room: Room, session: Session, copy: Room) -> list[Event]:
    """What makes a session that was opened in ``copy`` like this one, with nothing anybody wrote."""
    said = session.prepared
    prepared = [Prepared(what=w, text=text) for w, text in said.items() if w not in _NOT_COPIED and text]
    prepared += [Prepared(what=w, text=said[w]) for w in _IF_THERE if _is_there(copy, w, said.get(w, ""))]
    planned = [PlanChanged(phase=phase) for phase in session.plan.values()]
    there = copy.record.teams
    teams = [TeamListed(team=t.id, name=t.name) for t in room.record.standing_teams() if t.id not in there]
    return [*prepared, *planned, *teams]


def _last_goal(room: Room) -> str:
    shared = [objective for objective in room.record.top() if objective.status in ("shared", "final")]
    return shared[-1].id if shared else ""


def _is_there(room: Room, what: str, id: str) -> bool:
    record = room.record
    if what == "team":
        return id in record.teams and not record.teams[id].gone
    return id in record.objectives and record.objectives[id].status != "draft"
