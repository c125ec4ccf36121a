"""What facilitators see of a festival: the draft with what is the matter with it, a desk per act, hosts and helpers."""

from collections.abc import Iterable

from sessions.activities.festival import links
from sessions.activities.festival.clashing import clashes_of, in_words
from sessions.activities.festival.own_seen import CallShown, QueuedQuestion, call_shown, queue
from sessions.activities.festival.programme import NOBODY, SLOTS, Act, Festival, called, festival, has_slots, plays_for
from sessions.activities.festival.wishes import framed, playing_teams, wish
from sessions.record.record import Record
from sessions.room import Room, Session
from sessions.room.kind import ForHelm, Pace, Shown, Sight
from sessions.rules.line_up.clock import clock
from sessions.rules.line_up.wish import LEAD, Wish, must_be_possible
from sessions.rules.refusal import Refused
from sessions.running.sharing import Sharing

#: An act is thin with fewer visitors than this, or from fewer teams.
FEW_VISITORS, FEW_TEAMS = 5, 3
#: Questions shown per stage.
TOP = 3


class ClashShown(Shown, frozen=True):
    """What is the matter with the draft, in a sentence; ``hard``: it cannot be published like that."""

    say: str
    hard: bool
    acts: list[str]


class TeamPlaying(Shown, frozen=True):
    """A team that can play, and how many people it has."""

    id: str
    name: str
    people: int


class DraftShown(Shown, frozen=True):
    """The line-up as it is worked on, with what is the matter with it.

    ``fits`` says how long the day is, and ``refusal`` why no line-up exists; ``links``
    and ``tried`` are call links by stage.
    """

    version: int
    acts: list[Act]
    clashes: list[ClashShown]
    undoable: bool
    differs: bool
    proven: bool
    stages: int
    slots: int
    each: int
    headliners: dict[str, int]
    online: bool
    begins: int
    fits: str
    refusal: str
    teams: list[TeamPlaying]
    without: list[str]
    links: dict[str, str]
    tried: dict[str, str]
    trying: bool
    wanting: int


class DutyShown(Shown, frozen=True):
    """Who hosts an act: the teams that were asked and the people who do, by id."""

    teams: list[str]
    people: list[str]


class DeskShown(Shown, frozen=True):
    """An act as it stands: visitors and their teams, hosts who are here, and what waits.

    ``thin`` says in a sentence why it needs somebody, or nothing.
    """

    people: int
    teams: int
    hosts: int
    questions: int
    top: list[QueuedQuestion]
    thin: str


class HallShown(Shown, frozen=True):
    """How many people are here, and at no stage."""

    here: int
    nowhere: int


class HelpDeskShown(Shown, frozen=True):
    """Who waits, the longest first, and who helps."""

    waiting: list[CallShown]
    helpers: list[str]


class DraftSeen(ForHelm):
    """The draft."""

    name = "draft"
    shape = DraftShown
    on = frozenset({"line_up", "stage", "session", "team", "objective", "plan", "person", "dependency"})

    def look(self, sight: Sight, id: str) -> DraftShown | None:
        room, session = sight.room, sight.session
        if not has_slots(session):
            return None
        kept = festival(session)
        draft, record = kept.draft, room.record
        frame = framed(room, session)
        asked = wish(room, session, frame)
        teams = asked.teams
        return DraftShown(
            version=draft.version,
            acts=sorted(draft.acts.values(), key=lambda act: (act.slot, act.stage, act.id)),
            clashes=_clashes(room, session) if draft.acts else [],
            undoable=bool(draft.before),
            differs=bool(draft.acts) and (draft.acts != kept.live or draft.frame != kept.frame),
            proven=draft.proven,
            stages=frame.stages,
            slots=frame.slots,
            each=frame.each,
            headliners=frame.headliners,
            online=frame.online,
            begins=frame.begins,
            fits=_fits(session, frame.slots, frame.each),
            refusal=_refusal(record, asked),
            teams=[TeamPlaying(team, called(record, team), people) for team, people in teams.items()]
            + ([TeamPlaying(LEAD, "Leadership", len(record.leaders))] if record.top() else []),
            without=[t.name for t in record.standing_teams() if t.kind != "leadership" and t.id not in teams],
            links={letter: stage.link for letter, stage in list(kept.stages.items())[: frame.stages]},
            tried={letter: stage.tried for letter, stage in kept.stages.items() if stage.tried}
            | {links.MAIN: links.main_works(session)},
            trying=kept.trying,
            wanting=links.wanting(session, frame) if frame.online else 0,
        )


class DutySeen(ForHelm):
    """Who hosts an act."""

    name = "duty"
    shape = DutyShown
    on = frozenset({"line_up"})

    def ids(self, sight: Sight) -> Iterable[str]:
        return festival(sight.session).ever

    def look(self, sight: Sight, id: str) -> DutyShown | None:
        kept = festival(sight.session)
        duty = kept.duties.get(id, NOBODY)
        return DutyShown(duty.teams, duty.people) if id in kept.live else None


class DeskSeen(ForHelm):
    """An act of the slot that is on, or of the next while people move."""

    name = "desk"
    shape = DeskShown
    on = frozenset({"crowd", "presence", "step", "line_up", "team"})

    def ids(self, sight: Sight) -> Iterable[str]:
        return festival(sight.session).ever

    def look(self, sight: Sight, id: str) -> DeskShown | None:
        kept = festival(sight.session)
        act = kept.live.get(id)
        if act is None or act.slot not in kept.may_go_to():
            return None
        people = _visitors(sight, kept, act)
        teams = {sight.room.people[person].team for person in people} - {""}
        hosts = sum(person in sight.here for person in kept.duties.get(id, NOBODY).people)
        waiting = [q for q in queue(sight.room, kept, [id]) if q.state in ("open", "up")]
        count = sight.session.part(Sharing).count(people)
        thin = _thin(sight, kept, act, count, len(teams), hosts)
        return DeskShown(count, len(teams), hosts, len(waiting), waiting[:TOP], thin)


class HallSeen(ForHelm):
    """Where people are as a whole."""

    name = "hall"
    shape = HallShown
    pace = Pace.COUNTING
    on = frozenset({"crowd", "presence", "step", "line_up", "team"})

    def look(self, sight: Sight, id: str) -> HallShown | None:
        if not has_slots(sight.session):
            return None
        here = [person for person in sight.session.taking_part() if person in sight.here]
        return HallShown(len(here), _nowhere(sight))


class HelpDesk(ForHelm):
    """Who waits for help."""

    name = "helpdesk"
    shape = HelpDeskShown
    on = frozenset({"help", "plan"})

    def look(self, sight: Sight, id: str) -> HelpDeskShown | None:
        if not has_slots(sight.session):
            return None
        kept = festival(sight.session)
        waiting = sorted(kept.calls.values(), key=lambda call: call.at)
        return HelpDeskShown([call_shown(call) for call in waiting], sorted(kept.helpers))


def _clashes(room: Room, session: Session) -> list[ClashShown]:
    acts = festival(session).draft.acts.values()
    return [
        ClashShown(
            in_words(room.record, clash),
            clash.hard,
            [a.id for a in acts if a.team in clash.teams and (not clash.slots or a.slot in clash.slots)],
        )
        for clash in clashes_of(room, session)
    ]


def _refusal(record: Record, asked: Wish) -> str:
    try:
        must_be_possible(asked, {team: called(record, team) for team in asked.showings()})
    except Refused as refusal:
        return refusal.say
    return ""


def _fits(session: Session, slots: int, each: int) -> str:
    """How long the whole session is with these slots, and what would fit where that is more than was planned for."""
    rest = sum(p.minutes for p in session.plan.values() if p.activity != SLOTS and not p.left_out)
    came = clock(slots, each, session.minutes)
    minutes = round(rest + came.slots_minutes)
    if minutes <= session.minutes:
        return f"It takes {minutes} minutes of the {session.minutes} you have."
    more = f"It takes {minutes} minutes, {minutes - session.minutes} more than the {session.minutes} planned."
    return f"{more} Slots of {came.shorter} minutes would fit, or plan for a longer day." if came.shorter else more


def _visitors(sight: Sight, kept: Festival, act: Act) -> list[str]:
    """Who is at an act and neither plays nor hosts there."""
    hosts = kept.duties.get(act.id, NOBODY).people
    there = kept.crowd.there.get(act.id, ())
    return [p for p in there if p in sight.session.roles and p not in hosts and plays_for(sight.room, p) != act.team]


def _nowhere(sight: Sight) -> int:
    """How many people who are here stand at no stage."""
    kept = festival(sight.session)
    if not kept.may_go_to():
        return 0
    return sum(not kept.stands(sight.room, p) for p in sight.session.taking_part() if p in sight.here)


def _thin(sight: Sight, kept: Festival, act: Act, people: int, teams: int, hosts: int) -> str:
    """Why an act needs somebody, while something can be done about it."""
    if kept.part not in ("pitch", "questions", "move"):
        return ""
    on_stage = {other.team for other in kept.playing(act.slot)}
    off = sum(team not in on_stage for team in playing_teams(sight.room.record))
    few = people < FEW_VISITORS or teams < min(FEW_TEAMS, off)
    if hosts and not (few and kept.open()):
        return ""
    said = [] if hosts else ["No host is here."]
    if few and kept.open():
        said.append(_counted(people, teams))
    return " ".join(said)


def _counted(people: int, teams: int) -> str:
    if not people:
        return "Nobody has come yet."
    from_teams = "from one team" if teams == 1 else f"from {teams} teams"
    return f"One person only, {from_teams}." if people == 1 else f"{people} people only, {from_teams}."
