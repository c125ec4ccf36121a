"""What each audience may see, built up from what is allowed; the only place that hands entities on."""

from collections.abc import Iterator

from sessions import entities
from sessions.activities import ALL
from sessions.activities.activity import Main
from sessions.activities.gallery.walk import pile_of, place_of_pile
from sessions.entities import Entity
from sessions.room import Room, Session, speaking


def everyone(room: Room, session: Session, here: set[str]) -> Iterator[tuple[str, Entity]]:
    """Every entity of the topic ``session``."""
    for key in keys(room, session):
        entity = for_everyone(room, session, key, here)
        if entity is not None:
            yield key, entity


def keys(room: Room, session: Session) -> Iterator[str]:
    """Every key that could hold something for everyone."""
    yield from ("session", "step", "plan", "counts", "attention", "spoken")
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
    yield from ("poster:" + id for id in (session.walk.posters if session.walk else ()))


def for_everyone(room: Room, session: Session, key: str, here: set[str]) -> Entity | None:
    """The entity under ``key`` as every member of the session sees it; ``None``: there is none."""
    kind, _, id = key.partition(":")
    board, record = session.board, room.record
    match kind:
        case "session":
            return None if id else entities.session_head(session)
        case "step":
            return entities.step(room, session)
        case "spoken":
            return speaking.told(room, session)
        case "plan":
            return {"steps": [entities.planned(phase) for phase in session.plan.values()]}
        case "counts":
            return entities.counts(room, session, here)
        case "attention":
            return entities.attention(room, session)
        case "person":
            return entities.member(room, session, id)
        case "note":
            note = board.notes.get(id)
            return None if note and place_of_pile(note.pile) else entities.note(note)
        case "cluster":
            cluster = board.clusters.get(id)
            return None if cluster and place_of_pile(cluster.pile) else entities.cluster(cluster)
        case "poster":
            return entities.poster(room, session, id)
        case "ballot":
            return entities.ballot(board.ballots.get(id))
        case "team":
            team = record.teams.get(id)
            return {"name": team.name} if team and not team.gone else None
        case "objective":
            return entities.objective(room, record.objectives.get(id), session)
        case "result":
            return entities.result(room, record.results.get(id), session)
        case "visit":
            visit = record.visits.get(id)
            ours = visit is not None and visit.session == session.code
            return {"team": visit.team, "person": room.whole(visit.person), "by": visit.by} if visit and ours else None
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
            return entities.crew(session, here)
        case "main":
            return _main(room, session)
        case "script":
            return {
                "steps": [entities.scripted(p) for p in session.plan.values()],
                **entities.prepared(room, session),
            }
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
    if "walk" in touched and session.walk:
        for_all.update("poster:" + id for id in session.walk.posters)
    for_helm = {"hidden:" + key[5:] for key in touched if key.startswith("note:")}
    kinds = {key.partition(":")[0] for key in touched}
    watches = session.phase is not None and ALL[session.phase.activity].watches_notes
    if kinds - _NOT_THE_STEP or (watches and "note" in kinds):
        for_all.add("step")
    if kinds & {"written", "pile", "done", "person", "presence", "step", "voted"}:
        for_all.add("counts")
    if kinds - {"note", "hold", "person", "presence", "done", "counts"} or (watches and "note" in kinds):
        for_helm.add("main")
    if kinds & {"done", "person", "presence", "step"}:
        for_helm.add("crew")
    if kinds & {"plan", "session", "step", "team", "objective"}:
        for_helm.add("script")
    if "claims" in kinds:
        for_helm.add("claims")
    return for_all, for_helm


def stale_people(session: Session, touched: set[str]) -> set[str]:
    """Whose own view changes with somebody else: hosts see who of their team is here."""
    if session.walk is None or not any(key.startswith("person:") for key in touched):
        return set()
    return {host for poster in session.walk.posters.values() for host in poster.hosts}


_ENTITIES = {
    "session",
    "step",
    "plan",
    "counts",
    "attention",
    "spoken",
    "person",
    "note",
    "cluster",
    "ballot",
    "team",
    "objective",
    "result",
    "visit",
    "hold",
    "poster",
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
    "spoken",
    "voted",
}


def for_person(room: Room, session: Session, person: str, hand: str = "", entry: str = "") -> dict[str, Entity]:
    """Everything that is one person's alone: who they are, what they wrote, how they voted.

    ``hand`` is what they look with where it is not their own key: it sees what it wrote itself. ``entry`` is the one
    they came as, where it was merged into another by now.
    """
    roles = session.roles.get(person)
    if roles is None:
        return {}
    who, sealed = room.people[person], bool(hand) or entry not in ("", person)
    me: Entity = {
        "person": person,
        "name": who.name,
        "team": who.team,
        "remote": who.remote,
        "roles": sorted(roles),
        "done": person in session.done and (not sealed or not _counts_only(session)),
        "hand": person in session.hands,
        "answered": person in session.answered,
        "spoken": [] if hand else speaking.open_for(room, session, entry or person),
        "sealed": sealed,
    }
    own: dict[str, Entity] = {"me": me}
    came_as = entry or person

    def pens(pile: str) -> list[str]:
        """With what this key itself wrote and voted."""
        return [pen for pen in room.pens_of(session.code, came_as, pile) if room.hands.get(pen, "") == hand]

    for name in room.pens.get((session.code, came_as), {}):
        if name in session.board.piles:
            for pen in room.pens_of(session.code, came_as, name, hand):
                for id in session.board.piles[name].by_pen.get(pen, ()):
                    own["note:" + id] = entities.own_note(session.board.notes[id])
        elif name in session.board.ballots:
            ballot = session.board.ballots[name]
            if not ballot.revealed:
                own["votes:" + name] = entities.votes(ballot, pens(name))
    if session.phase:
        own["mine"] = ALL[session.phase.activity].mine(room, session, person, pens)
    return own


def _counts_only(session: Session) -> bool:
    """Whether that somebody is done would tell that they have voted."""
    return session.phase is not None and ALL[session.phase.activity].count_only


def rings(session: Session) -> int:
    """When the present phase moves on inside itself (Unix milliseconds), or 0."""
    if session.phase is None or session.state != "open" or (session.run and session.run.left is not None):
        return 0
    return ALL[session.phase.activity].rings(session)


# Places


def place_of(room: Room, session: Session, person: str) -> str:
    """Where a person stands now, or nowhere."""
    if session.phase is None or session.walk is None or session.state != "open":
        return ""
    return ALL[session.phase.activity].place(room, session, person)


def has_place(session: Session, place: str) -> bool:
    """Whether there is such a place in this session."""
    return session.walk is not None and place in session.walk.posters


def place_name(session: Session, place: str) -> str:
    """What people call a place."""
    return f"poster {session.walk.posters[place].number}" if session.walk else ""


def everywhere(room: Room, session: Session) -> Iterator[tuple[str, str, Entity]]:
    """Place, key and entity of everything that is shown at some place."""
    for place in session.walk.posters if session.walk else ():
        for key in _place_keys(room, session, place):
            entity = for_place(room, session, place, key)
            if entity is not None:
                yield place, key, entity


def stale_places(room: Room, session: Session, touched: set[str]) -> Iterator[tuple[str, str]]:
    """Place and key of everything that has to be looked at again after ``touched``."""
    assert session.walk is not None
    if touched & {"step", "walk"}:
        for place in session.walk.posters:
            yield from ((place, key) for key in _place_keys(room, session, place))
    for key in touched:
        kind, _, id = key.partition(":")
        if kind in ("note", "cluster", "objective", "result", "said"):
            found = _place_of_key(room, session, kind, id)
            for place in [found] if found else session.walk.posters:
                yield from ((place, key), (place, "place:" + place))


def for_place(room: Room, session: Session, place: str, key: str) -> Entity | None:
    """The entity under ``key`` as whoever stands at this place sees it."""
    if session.phase is None or session.walk is None:
        return None
    head = ALL[session.phase.activity].at_place(room, session, place)
    if head is None:
        return None
    kind, _, id = key.partition(":")
    if kind == "place":
        return head if id == place else None
    if _place_of_key(room, session, kind, id) != place:
        return None
    match kind:
        case "note":
            return entities.note(session.board.notes.get(id)) if head["notes"] else None
        case "cluster":
            return entities.cluster(session.board.clusters.get(id)) if head["notes"] else None
        case "objective":
            return entities.home_objective(room, room.record.objectives.get(id))
        case "result":
            result = room.record.results.get(id)
            return entities.result_card(room, result) if result and not result.dropped else None
    return None


def _place_keys(room: Room, session: Session, place: str) -> Iterator[str]:
    yield "place:" + place
    pile = session.board.piles.get(pile_of(place))
    yield from ("note:" + id for id in sorted(pile.notes if pile else ()))
    yield from ("cluster:" + id for id, cluster in session.board.clusters.items() if cluster.pile == pile_of(place))
    for objective in room.record.of_team(place):
        yield "objective:" + objective.id
        yield from ("result:" + result.id for result in room.record.results_of(objective.id))


def _place_of_key(room: Room, session: Session, kind: str, id: str) -> str:
    """The place a thing belongs to; none for what is gone, or stands nowhere."""
    board = session.board
    if kind in ("note", "cluster"):
        thing = board.notes.get(id) if kind == "note" else board.clusters.get(id)
        return place_of_pile(thing.pile) if thing else ""
    objective = room.record.objective_of(id)
    stands = objective is not None and objective.status != "draft" and has_place(session, objective.team)
    return objective.team if objective and stands else ""


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
        entity["hint"] = activity.hint(session) or entity["hint"]
        entity.update(activity.facilitators(room, session))
    return entity
