"""What each audience may see, built up from what is allowed; the only place that hands entities on."""

from collections.abc import Iterator
from typing import Any

from sessions.activities import ALL
from sessions.acts.activity import Main
from sessions.board import Ballot, Cluster, Note
from sessions.record import KeyResult, Objective
from sessions.record.missing import missing
from sessions.room import PhasePlan, Room, Session
from sessions.rules.dots import SPLIT_FROM

Entity = dict[str, Any]


def everyone(room: Room, session: Session, here: set[str]) -> Iterator[tuple[str, Entity]]:
    """Every entity of the topic ``session``."""
    for key in keys(room, session):
        entity = for_everyone(room, session, key, here)
        if entity is not None:
            yield key, entity


def keys(room: Room, session: Session) -> Iterator[str]:
    """Every key that could hold something for everyone."""
    yield from ("session", "step", "plan", "counts", "attention")
    board, record = session.board, room.record
    yield from ("person:" + id for id in session.roles)
    yield from ("note:" + id for id in sorted(board.notes) if board.notes[id].shown)
    yield from ("cluster:" + id for id in sorted(board.clusters))
    yield from ("ballot:" + id for id in board.ballots)
    yield from ("team:" + id for id in record.teams)
    yield from ("objective:" + id for id in record.objectives)
    yield from ("result:" + id for id in record.results)
    yield from ("visit:" + id for id in record.visits)
    yield from ("hold:" + id for id in session.holds)


def for_everyone(room: Room, session: Session, key: str, here: set[str]) -> Entity | None:
    """The entity under ``key`` as every member of the session sees it; ``None``: there is none."""
    kind, _, id = key.partition(":")
    board, record = session.board, room.record
    match kind:
        case "session":
            return _session(session)
        case "step":
            return _step(room, session)
        case "plan":
            return {"steps": [_planned(phase) for phase in session.plan.values()]}
        case "counts":
            return _counts(session, here)
        case "attention":
            return _attention(room, session)
        case "person":
            return _person(room, session, id)
        case "note":
            return _note(board.notes.get(id))
        case "cluster":
            return _cluster(board.clusters.get(id))
        case "ballot":
            return _ballot(board.ballots.get(id))
        case "team":
            team = record.teams.get(id)
            return {"name": team.name} if team and not team.gone else None
        case "objective":
            return _objective(record.objectives.get(id), session)
        case "result":
            return _result(room, record.results.get(id), session)
        case "visit":
            visit = record.visits.get(id)
            ours = visit is not None and visit.session == session.code
            return (
                {"team": visit.team, "person": room.whole(visit.person), "by": visit.by}
                if visit and ours
                else None
            )
        case "hold":
            hold = session.holds.get(id)
            return {"person": hold.person, "until": hold.until} if hold else None
    return None


def helm_keys(session: Session) -> Iterator[str]:
    """Every key that could hold something for facilitators besides."""
    yield from ("crew", "main", "script", "claims")
    yield from ("hidden:" + id for id, note in session.board.notes.items() if note.hidden)


def for_facilitators(room: Room, session: Session, key: str, here: set[str]) -> Entity | None:
    """The entity under ``key`` of the topic ``helm``: never what anybody wrote or voted before its show."""
    kind, _, id = key.partition(":")
    match kind:
        case "crew":
            return _crew(session, here)
        case "main":
            return _main(room, session)
        case "script":
            return {"steps": [_scripted(p) for p in session.plan.values()], **_prepared(room, session)}
        case "claims":
            waiting = [(c, person) for c, (person, state) in session.claims.items() if state == "waiting"]
            return {"waiting": [{"id": claim, "person": person} for claim, person in waiting]}
        case "hidden":
            note = session.board.notes.get(id)
            return {"text": note.text} if note and note.hidden and note.shown else None
    return None


def stale(session: Session, touched: set[str]) -> tuple[set[str], set[str]]:
    """Which keys of the topics ``session`` and ``helm`` have to be rendered after ``touched``."""
    for_all = {key for key in touched if key.partition(":")[0] in _ENTITIES}
    for_helm = {"hidden:" + key[5:] for key in touched if key.startswith("note:")}
    kinds = {key.partition(":")[0] for key in touched}
    watches = session.phase is not None and ALL[session.phase.activity].watches_notes
    if kinds - _NOT_THE_STEP or (watches and "note" in kinds):
        for_all.add("step")
    if kinds & {"written", "pile", "done", "person", "presence", "step"}:
        for_all.add("counts")
    if kinds - {"note", "hold", "person", "presence", "done", "counts"} or (watches and "note" in kinds):
        for_helm.add("main")
    if kinds & {"done", "person", "presence", "step"}:
        for_helm.add("crew")
    if kinds & {"plan", "session", "step", "team"}:
        for_helm.add("script")
    if "claims" in kinds:
        for_helm.add("claims")
    return for_all, for_helm


_ENTITIES = {
    "session",
    "step",
    "plan",
    "counts",
    "attention",
    "person",
    "note",
    "cluster",
    "ballot",
    "team",
    "objective",
    "result",
    "visit",
    "hold",
}
_NOT_THE_STEP = {
    "note",
    "written",
    "hold",
    "counts",
    "done",
    "attention",
    "person",
    "presence",
    "claims",
    "proposal",
}


def for_person(room: Room, session: Session, person: str) -> dict[str, Entity]:
    """Everything that is one person's alone: who they are, what they wrote, how they voted."""
    roles = session.roles.get(person)
    if roles is None:
        return {}
    who = room.people[person]
    me: Entity = {
        "person": person,
        "name": who.name,
        "team": who.team,
        "remote": who.remote,
        "roles": sorted(roles),
        "done": person in session.done,
        "hand": person in session.hands,
        "answered": bool(room.pens_of(session.code, person, "pulse")),
    }
    entities: dict[str, Entity] = {"me": me}
    piles = room.pens.get((session.code, person), {})
    for name, pens in piles.items():
        if name in session.board.piles:
            for pen in pens:
                for id in session.board.piles[name].by_pen.get(pen, ()):
                    entities["note:" + id] = _own_note(session.board.notes[id])
        elif name in session.board.ballots:
            ballot = session.board.ballots[name]
            if not ballot.revealed:
                entities["votes:" + name] = _votes(ballot, pens)
    if session.phase:
        entities["mine"] = ALL[session.phase.activity].mine(room, session, person)
    return entities


def _crew(session: Session, here: set[str]) -> Entity:
    """Who is here, and who is done where that may be known by name."""
    by_name = session.phase is not None and not ALL[session.phase.activity].count_only
    return {
        "here": sorted(here & set(session.roles)) if session.state != "closed" else [],
        "done": sorted(session.done) if by_name else [],
        "by_name": by_name,
    }


def _session(session: Session) -> Entity:
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


def _step(room: Room, session: Session) -> Entity:
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
    }


def _planned(phase: PhasePlan) -> Entity:
    return {"key": phase.key, "name": phase.name, "minutes": phase.minutes, "left_out": phase.left_out}


def _scripted(phase: PhasePlan) -> Entity:
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


def _prepared(room: Room, session: Session) -> Entity:
    teams = "\n".join(team.name for team in room.record.standing_teams())
    texts = {what: session.prepared.get(what, "") for what in ("context", "themes", "purpose", "call_link")}
    return {**texts, "teams": teams}


def _counts(session: Session, here: set[str]) -> Entity:
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
    return counts


def _attention(room: Room, session: Session) -> Entity:
    hands = sorted(session.hands, key=lambda p: (not room.people[p].remote, session.hands[p]))
    return {"spotlight": session.spotlight, "hands": hands, "speaking": session.speaking}


def _person(room: Room, session: Session, id: str) -> Entity | None:
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


def _note(note: Note | None) -> Entity | None:
    if note is None or not note.shown or note.hidden:
        return None
    entity: Entity = {"pile": note.pile, "text": note.text, "rank": note.rank}
    for name in ("baseline", "target", "kind", "cluster"):
        if getattr(note, name):
            entity[name] = getattr(note, name)
    for name in ("late", "aside"):
        if getattr(note, name):
            entity[name] = True
    if note.objections:
        entity["objections"] = len(note.objections)
    return entity


def _own_note(note: Note) -> Entity:
    entity: Entity = {"pile": note.pile, "text": note.text, "rank": note.rank, "shown": note.shown}
    for name in ("baseline", "target", "kind", "late"):
        if getattr(note, name):
            entity[name] = getattr(note, name)
    return entity


def _cluster(cluster: Cluster | None) -> Entity | None:
    if cluster is None:
        return None
    return {
        "pile": cluster.pile,
        "title": cluster.title,
        "notes": list(cluster.notes),
        "rank": cluster.rank,
        "aside": cluster.aside,
        "objections": len(cluster.objections),
    }


def _ballot(ballot: Ballot | None) -> Entity | None:
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
        entity["totals"] = ballot.totals()
        entity["voters"] = ballot.voters()
        if ballot.leans and ballot.voters() >= SPLIT_FROM:
            entity["later"] = _leaning(ballot, "later")
            entity["now"] = _leaning(ballot, "now")
    return entity


def _leaning(ballot: Ballot, lean: str) -> dict[str, int]:
    """Dots on each item by people who lean this way."""
    sums: dict[str, int] = {}
    for pen, leanings in ballot.leanings.items():
        for item, said in leanings.items():
            if said == lean:
                sums[item] = sums.get(item, 0) + ballot.votes.get(pen, {}).get(item, 0)
    return dict(sorted(sums.items()))


def _votes(ballot: Ballot, pens: list[str]) -> Entity:
    items: dict[str, int] = {}
    leanings: dict[str, str] = {}
    for pen in pens:
        leanings.update(ballot.leanings.get(pen, {}))
        for item, dots in ballot.votes.get(pen, {}).items():
            items[item] = items.get(item, 0) + dots
    return {"items": items, "leanings": leanings, "left": ballot.budget - sum(items.values())}


def _objective(objective: Objective | None, session: Session) -> Entity | None:
    if objective is None or objective.session != session.code:
        return None
    return {
        "text": objective.text,
        "polisher": objective.polisher,
        "status": objective.status,
        "version": objective.version,
    }


def _result(room: Room, result: KeyResult | None, session: Session) -> Entity | None:
    objective = room.record.objectives.get(result.objective) if result else None
    if result is None or result.dropped or objective is None or objective.session != session.code:
        return None
    return {
        "objective": result.objective,
        "text": result.text,
        "place": result.place,
        "item": result.item,
        "metric": result.metric,
        "unit": result.unit,
        "baseline": result.baseline,
        "target": result.target,
        "direction": result.direction,
        "finder": result.finder,
        "find_by": result.find_by,
        "continuity": result.continuity,
        "teams": result.teams,
        "leads": [room.whole(person) for person in result.leads],
        "remarks": [{"id": r.id, "by": room.name_of(r.by), "text": r.text} for r in result.remarks],
        "missing": missing(result),
    }


def _main(room: Room, session: Session) -> Entity:
    """The main button, what it leaves unshown, and the hint for this step."""
    phase, run = session.phase, session.run
    after = session.beside(1)
    on = Main(after.forward or f"Go on to {after.title}", "next_phase") if after else None
    entity: Entity = {"hint": phase.hint if phase else "", "after": after.name if after else ""}
    activity = ALL[phase.activity] if phase else None
    main = (activity.main(room, session) if activity else None) or on
    if main is None or session.state == "closed":
        main = Main("Close the session", "close_session")
    fields = dict(main.fields)
    if main.do in ("next_phase", "reveal"):
        fields["phase"] = run.id if run else "lobby"
    entity.update(label=main.label, do=main.do, fields=fields)
    if activity:
        entity.update(activity.facilitators(room, session))
    return entity
