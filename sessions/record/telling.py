"""What a session says of goals in its outcome: the one it is about, the words it changed, and what stays open."""

from collections.abc import Iterator

from sessions.record.feedback import Feedback
from sessions.record.history import WORDS, history
from sessions.record.objectives.objective import Objective
from sessions.record.results.result import KeyResult, plain
from sessions.record.results.seen import missing
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.room.section import Line, Section


class GoalTold(Shown, frozen=True):
    """The goal a session was about, how far it is, and who polishes its words."""

    text: str
    status: str
    version: int
    polished_by: str


class CommentTold(Shown, frozen=True):
    """What somebody said on a result, with their name."""

    by: str
    text: str


class ResultTold(Shown, frozen=True):
    """A result as it is measured, who carries it, and what is missing; unknown figures are none."""

    text: str
    metric: str
    unit: str
    baseline: float | None
    target: float | None
    direction: str
    baseline_found_by: str
    baseline_found_until: str
    continuity: str
    teams: list[str]
    leads: list[str]
    missing: list[str]
    comments: list[CommentTold]


class ChangeTold(Shown, frozen=True):
    """Words that changed: of what, by whom and why."""

    on: str
    what: str
    who: str
    why: str
    was: str
    now: str


class OpenTold(Shown, frozen=True):
    """Feedback nobody has answered yet, and who has it."""

    text: str
    on: str
    has_it: str


def goal(room: Room, session: Session) -> Iterator[Section]:
    """The objective and its results, as they stand."""
    objective = room.works_on(session)
    results = room.record.results_of(objective.id) if objective else []
    said, lines = None, list[Line]()
    if objective is not None:
        said = GoalTold(objective.text, objective.status, objective.version, room.name_of(objective.polisher))
        if objective.text:
            lines.append(Line(text=objective.text, row="objective", cells={"note": stamp(objective)}))
    yield Section(key="goal", title="", order=10, set="rows", lines=lines, data={"objective": said})
    yield Section(
        key="results",
        title="Results",
        order=20,
        set="cards",
        lines=[_result(room, result) for result in results],
        data={"key_results": [_measured(room, result) for result in results]},
    )


def changes(room: Room, session: Session) -> Iterator[Section]:
    """Words this session changed of goals that were there before it."""
    objective = room.works_on(session)
    drafted = objective.id if objective and objective.session == session.code else ""
    told = history(room, session=session.code, drafts=True, but=drafted)
    found = [change for change in reversed(told) if change.was and change.key in WORDS]
    yield Section(
        key="changes",
        title="The words that changed",
        order=50,
        set="changes",
        lines=[
            Line(
                text=c.now,
                row="change",
                who=c.who,
                on=c.on,
                tags=[c.what],
                reason=c.why,
                was=c.was,
                cells={"note": c.why or f"was: {c.was}"},
            )
            for c in found
        ],
        data={"changes": [ChangeTold(c.on, c.what, c.who, c.why, c.was, c.now) for c in found]},
    )


def still_open(room: Room, session: Session) -> Iterator[Section]:
    """What nobody has answered of the goal this was about, or of what this session brought; and who has it."""
    objective = room.works_on(session)
    found = [
        given
        for given in room.record.open_feedback()
        if not (given.source in ("gallery", "festival") and given.session == session.code)
        if given.session == session.code or (objective is not None and given.objective == objective.id)
    ]
    rows = [OpenTold(g.text, room.record.wording(g.on), _has_it(room, g)) for g in found]
    yield Section(
        key="open",
        title="Still open, and who has it",
        order=70,
        lines=[Line(text=row.text, row="open", who=row.has_it, on=row.on, cells={"note": row.on}) for row in rows],
        data={"open": rows},
    )


def stamp(objective: Objective) -> str:
    """How far a goal is, in a word and its version."""
    word = objective.status.title() if objective.status in ("final", "locked") else "Draft"
    return f"{word} {objective.version}" if objective.version else word


def _result(room: Room, result: KeyResult) -> Line:
    """A result with what is known of it, read back whole."""
    record = room.record
    leads = [room.name_of(person) for person in result.leads]
    known = result.baseline is not None or result.target is not None
    unit = f" {result.unit}" if result.unit else ""
    below = [f"{plain(result.baseline)} → {plain(result.target)}{unit}"] if known else []
    below += [f"counts {result.metric}"] if result.metric else []
    below += [f"carried by {' and '.join(leads)}"] if leads else []
    if result.finder:
        below.append(f"{result.finder} finds out where it is today{f' by {result.find_by}' if result.find_by else ''}")
    below += [f"touches {', '.join(record.teams[team].name for team in result.teams)}"] if result.teams else []
    lacks = missing(result)
    below += [f"still to say: {', '.join(lacks)}"] if lacks else []
    below += [f"{room.name_of(r.by)}: {r.text}" for r in result.remarks]
    return Line(
        text=result.text,
        row="key result",
        who=" & ".join(leads),
        below=below,
        cells={
            "metric": result.metric,
            "unit": result.unit,
            "direction": result.direction,
            "baseline": "" if result.baseline is None else plain(result.baseline),
            "target": "" if result.target is None else plain(result.target),
            "note": "; ".join(f"missing: {lack}" for lack in lacks),
        },
    )


def _measured(room: Room, result: KeyResult) -> ResultTold:
    return ResultTold(
        text=result.text,
        metric=result.metric,
        unit=result.unit,
        baseline=result.baseline,
        target=result.target,
        direction=result.direction,
        baseline_found_by=result.finder,
        baseline_found_until=result.find_by,
        continuity=result.continuity,
        teams=[room.record.teams[team].name for team in result.teams],
        leads=[room.name_of(person) for person in result.leads],
        missing=missing(result),
        comments=[CommentTold(room.name_of(r.by), r.text) for r in result.remarks],
    )


def _has_it(room: Room, given: Feedback) -> str:
    """Who has to answer: the team whose goal it is, or the two who carry the line."""
    team = room.record.teams.get(room.record.objectives[given.objective].team)
    result = room.record.results.get(given.on)
    if team:
        return team.name
    return " and ".join(room.name_of(p) for p in result.leads) if result and result.leads else "the leaders"
