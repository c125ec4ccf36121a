"""Entities: what one thing looks like to whoever may see it, and nothing that was not shown."""

from typing import Any

from sessions.activities import ALL
from sessions.board.ballots import Ballot
from sessions.board.groups import Cluster
from sessions.board.notes import Note
from sessions.record.objectives import Objective
from sessions.record.results import KeyResult, missing
from sessions.room import PhasePlan, Room, Session

Entity = dict[str, Any]


def crew(session: Session, here: set[str]) -> Entity:
    """Who is here, and who is done where that may be known by name."""
    by_name = session.phase is not None and not ALL[session.phase.activity].count_only
    return {
        "here": sorted(here & set(session.roles)) if session.state != "closed" else [],
        "done": sorted(session.done) if by_name else [],
        "by_name": by_name,
    }


def session_head(session: Session) -> Entity:
    """Title, state and times of the session."""
    pulse = session.pulse_shown
    return {
        "code": session.code,
        "title": session.title,
        "format": session.format,
        "state": session.state,
        "minutes": session.minutes,
        "began": session.began,
        "ended": session.ended,
        "rehearsal": session.rehearsal,
        "call_link": session.prepared.get("call_link", ""),
        "purpose": session.prepared.get("purpose", ""),
        "pulse": {"answers": pulse[0], "mean": pulse[1]} if pulse else None,
    }


def step(room: Room, session: Session) -> Entity:
    """The phase as everybody sees it, or the lobby."""
    phase, run = session.phase, session.run
    if phase is None or run is None:
        return {"activity": "lobby", "run": "lobby", "key": "", "settings": {}}
    steps = [p.key for p in session.plan.values() if not p.left_out or p.key == phase.key]
    activity = ALL[phase.activity]
    return {
        **activity.everyone(room, session),
        "run": run.id,
        "key": phase.key,
        "activity": phase.activity,
        "name": phase.name,
        "title": phase.title,
        "prompt": phase.prompt,
        "empty": phase.empty,
        "done": phase.done,
        "minutes": phase.minutes,
        "place": steps.index(phase.key) + 1,
        "places": len(steps),
        "started": run.started,
        "deadline": run.deadline,
        "left": run.left,
        "moved": session.moved,
        "stopped": session.stopped,
        "seen_by": activity.seen_by(session, phase),
        "quiet": activity.quiet(session, phase),
        **activity.words(room, session),
    }


def planned(phase: PhasePlan) -> Entity:
    """A phase in the plan everybody sees."""
    return {"key": phase.key, "name": phase.name, "minutes": phase.minutes, "left_out": phase.left_out}


def scripted(phase: PhasePlan) -> Entity:
    """A phase in the facilitators' script, with its hint and what can be set."""
    asks = ("dots", "limit", "hidden")
    return {
        "key": phase.key,
        "name": phase.name,
        "title": phase.title,
        "prompt": phase.prompt,
        "hint": phase.hint,
        "minutes": phase.minutes,
        "left_out": phase.left_out,
        "settings": {name: phase.settings[name] for name in asks if name in phase.settings},
    }


def prepared(room: Room, session: Session) -> Entity:
    """The texts of the preparation."""
    teams = "\n".join(team.name for team in room.record.standing_teams())
    texts = {what: session.prepared.get(what, "") for what in ("context", "themes", "purpose", "call_link")}
    goals = [
        {"id": o.id, "text": o.text, "team": o.team}
        for o in room.record.objectives.values()
        if o.text and o.status != "draft"
    ]
    chosen = {"team": session.team, "about": session.prepared.get("about", "")}
    listed = [{"id": team.id, "name": team.name} for team in room.record.standing_teams()]
    return {**texts, "teams": teams, "goals": goals, "listed": listed, **chosen}


def counts(room: Room, session: Session, here: set[str]) -> Entity:
    """How many are in, here and done, and have written."""
    people = list(session.taking_part())
    counts: Entity = {
        "people": len(people),
        "here": sum(1 for person in people if person in here) if session.state != "closed" else 0,
        "done": sum(1 for person in people if person in session.done),
    }
    if session.phase:
        pile = session.board.piles.get(session.phase.settings.get("pile", ""))
        if pile and not pile.private:
            counts["written"] = len(pile.notes)
        activity = ALL[session.phase.activity]
        voted = activity.voted(room, session) if activity.counts_votes else None
        if voted is not None:
            counts["voted"] = voted
    return counts


def attention(room: Room, session: Session) -> Entity:
    """What stands large, whose hands are up, and who speaks when."""
    hands = sorted(session.hands, key=lambda p: (not room.people[p].remote, session.hands[p]))
    return {"spotlight": session.spotlight, "hands": hands, "speaking": session.speaking}


def member(room: Room, session: Session, id: str) -> Entity | None:
    """A person of this session."""
    roles = session.roles.get(id)
    if roles is None:
        return None
    person = room.people[id]
    entity: Entity = {"name": person.name, "roles": sorted(roles)}
    if person.team:
        entity["team"] = person.team
    if person.remote:
        entity["remote"] = True
    return entity


def note(note: Note | None) -> Entity | None:
    """A note that was shown and is not hidden."""
    if note is None or not note.shown or note.hidden:
        return None
    entity: Entity = {"pile": note.pile, "text": note.text, "rank": note.rank}
    for name in ("baseline", "target", "kind", "cluster", "on", "team", "touches", "answer", "reason"):
        if getattr(note, name):
            entity[name] = getattr(note, name)
    for name in ("late", "aside", "heard"):
        if getattr(note, name):
            entity[name] = True
    if note.objections:
        entity["objections"] = len(note.objections)
    return entity


def own_note(note: Note) -> Entity:
    """A note as its writer sees it."""
    entity: Entity = {"pile": note.pile, "text": note.text, "rank": note.rank, "shown": note.shown}
    for name in ("baseline", "target", "kind", "late", "on", "touches"):
        if getattr(note, name):
            entity[name] = getattr(note, name)
    return entity


def cluster(cluster: Cluster | None) -> Entity | None:
    """A group of notes."""
    if cluster is None:
        return None
    return {
        "pile": cluster.pile,
        "title": cluster.title,
        "notes": list(cluster.notes),
        "rank": cluster.rank,
        "aside": cluster.aside,
        "objections": len(cluster.objections),
        **({"answer": cluster.answer, "reason": cluster.reason} if cluster.answer else {}),
    }


def ballot(ballot: Ballot | None) -> Entity | None:
    """A round of votes; its totals once it was shown."""
    if ballot is None:
        return None
    entity: Entity = {
        "name": ballot.name,
        "round": ballot.round,
        "on": ballot.on,
        "budget": ballot.budget,
        "per_item": ballot.per_item,
        "leans": ballot.leans,
        "shown": ballot.revealed,
    }
    if ballot.revealed:
        entity["voters"] = ballot.voters()
        entity["tells"] = ballot.tells()
        entity["withheld"] = ballot.withheld
    if ballot.tells():
        entity["totals"] = ballot.totals()
    if ballot.leans and ballot.splits():
        entity["later"] = ballot.leaning("later")
        entity["now"] = ballot.leaning("now")
    return entity


def votes(ballot: Ballot, pens: list[str]) -> Entity:
    """One person's own votes."""
    items: dict[str, int] = {}
    leanings: dict[str, str] = {}
    for pen in pens:
        leanings.update(ballot.leanings.get(pen, {}))
        for item, dots in ballot.votes.get(pen, {}).items():
            items[item] = items.get(item, 0) + dots
    return {"items": items, "leanings": leanings, "left": ballot.budget - sum(items.values())}


def objective(room: Room, objective: Objective | None, session: Session) -> Entity | None:
    """The objective this session is about."""
    if objective is None or not _is_about(session, objective) or objective is not room.works_on(session):
        return None
    return {
        "text": objective.text,
        "polisher": objective.polisher,
        "status": objective.status,
        "version": objective.version,
    }


def home_objective(room: Room, objective: Objective | None) -> Entity | None:
    """An objective as the team that wrote it sees it at its own poster."""
    if objective is None:
        return None
    return {
        "text": objective.text,
        "status": objective.status,
        "version": objective.version,
        "results": [result.id for result in room.record.results_of(objective.id)],
    }


def poster(room: Room, session: Session, id: str) -> Entity | None:
    """A poster as it hangs: its number, its team, who hosts it, and its lines as they were when it went up."""
    found = session.walk.posters.get(id) if session.walk else None
    if found is None:
        return None
    return {
        "number": found.number,
        "team": found.name,
        "hosts": [room.whole(person) for person in found.hosts],
        "lines": found.lines,
    }


def result(room: Room, result: KeyResult | None, session: Session) -> Entity | None:
    """A key result of this session's draft."""
    home = room.record.objectives.get(result.objective) if result else None
    if result is None or result.dropped or home is None or not _is_about(session, home):
        return None
    return result_card(room, result) if home is room.works_on(session) else None


def _is_about(session: Session, objective: Objective) -> bool:
    """Whether this can be the goal of the session at all, before it is looked for."""
    return objective.session == session.code or objective.id == session.prepared.get("about", "")


def result_card(room: Room, result: KeyResult) -> Entity:
    """A key result with all that is known of it."""
    return {
        "objective": result.objective,
        "text": result.text,
        "place": result.place,
        "item": result.item,
        "metric": result.metric,
        "unit": result.unit,
        "baseline": result.baseline,
        "target": result.target,
        "current": result.current,
        "direction": result.direction,
        "finder": result.finder,
        "find_by": result.find_by,
        "continuity": result.continuity,
        "teams": result.teams,
        "leads": [room.whole(person) for person in result.leads],
        "remarks": [{"id": r.id, "by": room.name_of(r.by), "text": r.text} for r in result.remarks],
        "missing": missing(result),
    }
