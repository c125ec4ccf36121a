"""The festival of a session: its stages, the acts as they are planned and as they are live, and where the slots are."""

from __future__ import annotations

from dataclasses import dataclass, field

from sessions.activities.festival.crowd import Crowd
from sessions.activities.festival.duties import Duty
from sessions.activities.festival.questions import Question
from sessions.record.record import Record
from sessions.room import Room, Run, Session
from sessions.room.kind import Shown
from sessions.rules.line_up.clock import BREAK, SLOT, break_after, parts
from sessions.rules.line_up.wish import LEAD
from sessions.running.rounds import HOME, Loop, Rounds
from sessions.running.sharing import Sharing

#: The activity in which the stages play, by its name in a plan.
SLOTS = "slots"
#: Stages are called by letters.
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: How many earlier line-ups can be gone back to.
REMEMBERED = 60


class Act(Shown, frozen=True):
    """A team on a stage in a slot, both from 1 on. The id stays when the act moves."""

    id: str
    team: str
    slot: int
    stage: int

    @property
    def where(self) -> str:
        """“stage B, slot 2”, for sentences."""
        return f"stage {LETTERS[self.stage - 1]}, slot {self.slot}"


class Frame(Shown, frozen=True):
    """What a line-up is made for: how many stages and slots, minutes a slot, and who plays more than once.

    ``online`` stages need a call link each; ``begins`` is when the opening starts (Unix milliseconds, 0: not known).
    """

    stages: int = 0
    slots: int = 0
    each: int = 20
    headliners: dict[str, int] = {}
    online: bool = False
    begins: int = 0


@dataclass(slots=True)
class Stage:
    """A stage: its call link and whether that was tried, the question that is up, and the line it was told."""

    id: str
    link: str = ""
    tried: str = ""
    up: str = ""
    line: str = ""
    #: Whether those who are nowhere are invited to it.
    invites: bool = False


@dataclass(slots=True)
class Draft:
    """The line-up as facilitators work on it. ``version`` grows with each change; ``before`` are those before it."""

    frame: Frame = field(default_factory=Frame)
    acts: dict[str, Act] = field(default_factory=dict)
    version: int = 0
    proven: bool = True
    #: Team → the highest number an act of it ever had.
    numbers: dict[str, int] = field(default_factory=dict)
    before: list[dict[str, Act]] = field(default_factory=list)

    def change(self, acts: dict[str, Act]) -> None:
        """These are the acts from now on; the ones before can be gone back to."""
        self.before = [*self.before[-REMEMBERED + 1 :], self.acts]
        self.acts = acts
        self.version += 1
        for act in acts.values():
            self.numbers[act.team] = max(self.numbers.get(act.team, 0), int(act.id.rpartition(".")[2]))


class Change(Shown, frozen=True):
    """An act of the live line-up that moved: where it was and where it is; an empty place is none."""

    act: str
    team: str
    was: str
    now: str


@dataclass(slots=True)
class Call:
    """Somebody waits for help: since when (Unix milliseconds), and why in their words."""

    id: str
    person: str
    why: str
    at: int


@dataclass(slots=True)
class Festival(Rounds):
    """Everything of a festival. Acts are live once they are published; before that facilitators alone see them."""

    of = SLOTS
    stages: dict[str, Stage] = field(default_factory=dict)
    draft: Draft = field(default_factory=Draft)
    frame: Frame = field(default_factory=Frame)
    live: dict[str, Act] = field(default_factory=dict)
    #: Every act that was ever live, as it was last: what stood there is taken back where it stood.
    ever: dict[str, Act] = field(default_factory=dict)
    loop: Loop = field(default_factory=lambda: Loop(dict(SLOT)))
    main_tried: str = ""
    #: Whether the links are being tried, one after the other.
    trying: bool = False
    #: Act → who hosts it; person → acts they want to see; person → what of the line-up changed under them.
    duties: dict[str, Duty] = field(default_factory=dict)
    stars: dict[str, set[str]] = field(default_factory=dict)
    told: dict[str, list[Change]] = field(default_factory=dict)
    crowd: Crowd = field(default_factory=Crowd)
    questions: dict[str, Question] = field(default_factory=dict)
    #: Pen → the questions it asked; act → those asked at it.
    asked: dict[str, list[str]] = field(default_factory=dict)
    of_act: dict[str, list[str]] = field(default_factory=dict)
    helpers: set[str] = field(default_factory=set)
    calls: dict[str, Call] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether a line-up is live."""
        return bool(self.live)

    @property
    def slot(self) -> int:
        """The slot that is on, from 1 on; 0 before the first."""
        return self.loop.round

    @property
    def part(self) -> str:
        """What a slot is at: pitch, questions, feedback, move; a break, or home after the last."""
        return self.loop.stage

    def open(self) -> bool:
        """Whether a slot is on."""
        return self.part in ("pitch", "questions", "feedback")

    def may_go_to(self) -> set[int]:
        """Slots whose stages one can go to now: the one that is on, and the next while people move."""
        if self.part in ("move", "break"):
            return {self.slot, self.slot + 1} if self.part == "move" else {self.slot + 1}
        return {self.slot} if self.open() else ({1} if not self.slot else set())

    def playing(self, slot: int) -> list[Act]:
        """The acts of a slot, by stage."""
        return sorted((act for act in self.live.values() if act.slot == slot), key=lambda act: act.stage)

    def of_slot(self, slot: int) -> list[Act]:
        """The same with those that were dropped: what was left at them is shown when their slot ends, too."""
        return [act for act in self.ever.values() if act.slot == slot]

    def act_of(self, stage: int, slot: int) -> Act | None:
        """What plays on a stage in a slot."""
        return next((act for act in self.live.values() if (act.stage, act.slot) == (stage, slot)), None)

    def stands(self, room: Room, person: str) -> str:
        """The act somebody stands at: where they went; else on their own stage, or the one they host. None: nowhere."""
        went = self.live.get(self.crowd.at.get(person, ""))
        if went is not None and went.slot in self.may_go_to():
            return went.id
        if not (self.open() or self.part == "move"):
            return ""
        own = plays_for(room, person)
        for act in self.playing(self.slot):
            if act.team == own or person in self.duties.get(act.id, NOBODY).people:
                return act.id
        return ""

    def lay_out(self, session: Session) -> None:
        """Stages, places and slots as the live line-up has them."""
        for letter in LETTERS[: max(self.frame.stages, self.draft.frame.stages)]:
            self.stages.setdefault(letter, Stage(letter))
        self.ever |= self.live
        session.places = {**session.places, **{act.id: act.where for act in self.ever.values()}}
        if not self.loop.goes():
            self.loop = Loop(parts(self.frame.each), self.frame.slots)
            self.loop.break_after, self.loop.break_minutes = break_after(self.frame.slots), BREAK

    # What happens to a session

    def turned(self, session: Session) -> None:
        session.touch("line_up", "crowd", "stage")

    def staged(self, session: Session, run: Run, round: int, stage: str, before: int, early: int) -> None:
        super(Festival, self).staged(session, run, round, stage, before, early)
        if session.plan[run.phase].activity != self.of:
            return
        if stage in ("pitch", "break", HOME):
            for shown in self.stages.values():
                self.take_down(session, shown)
                shown.line, shown.invites = "", False
        self.count(session)

    def take_down(self, session: Session, stage: Stage) -> None:
        """The question that is up on a stage has had its time."""
        up = self.questions.get(stage.up)
        if up is not None and up.state == "up":
            up.state = "answered"
            session.touch("question:" + up.id, "desk:" + up.act)
            session.board.touched_pens.add(up.pen)
        stage.up = ""

    def count(self, session: Session) -> None:
        """How many stand where is what everybody is told of from now on."""
        shares = session.part(Sharing)
        self.crowd.counted = {act: shares.count(people) for act, people in self.crowd.there.items() if people}

    def shared(self, session: Session, person: str) -> None:
        self.crowd.later()

    def merged(self, session: Session, keep: str, drop: str) -> None:
        """Where one of two entries was, what it starred and did for others, the other did."""
        self.crowd.merge(keep, drop)
        if drop in self.stars:
            self.stars[keep] = self.stars.get(keep, set()) | self.stars.pop(drop)
        if drop in self.helpers:
            self.helpers.add(keep)
        for act, duty in self.duties.items():
            if drop in duty.people:
                duty.people = list(dict.fromkeys(keep if person == drop else person for person in duty.people))
                session.touch("duty:" + act, "desk:" + act)
        session.touch("help")

    def left(self, session: Session, person: str) -> None:
        if person in self.crowd.at:
            self.crowd.go(person, "")
            self.crowd.later()
        self.stars.pop(person, None)
        self.helpers.discard(person)
        for call in [call.id for call in self.calls.values() if call.person == person]:
            del self.calls[call]
        for act, duty in self.duties.items():
            if person in duty.people:
                duty.people.remove(person)
                session.touch("duty:" + act, "desk:" + act, *("host_team:" + team for team in duty.teams))
        session.touch("help", "hall")

    def until(self) -> int:
        return self.crowd.due

    def pass_by(self, session: Session, at: int) -> None:
        if self.crowd.due and at >= self.crowd.due:
            self.crowd.due, self.crowd.shown = 0, at
            self.count(session)
            session.touch("crowd")


#: Nobody hosts.
NOBODY = Duty()


def plays_for(room: Room, person: str) -> str:
    """The team somebody is on stage with; leaders play for leadership."""
    team = room.people[person].team
    found = room.record.teams.get(team)
    leads = person in room.record.leaders or (found is not None and found.kind == "leadership")
    return LEAD if leads else team


def has_slots(session: Session) -> bool:
    """Whether this session has stages."""
    return any(phase.activity == SLOTS for phase in session.plan.values())


def helps(room: Room, session: Session, person: str) -> bool:
    """Whether somebody works at the help desk: by name, or as one of a team that does."""
    helpers = festival(session).helpers
    return person in helpers or room.people[person].team in helpers


def listed(record: Record, team: str) -> str:
    """A team as the record lists it: leadership under its own entry, or none."""
    if team != LEAD or team in record.teams:
        return team if team in record.teams else ""
    return next((one.id for one in record.standing_teams() if one.kind == "leadership"), "")


def called(record: Record, team: str) -> str:
    """What a team is called; leadership plays as such."""
    found = record.teams.get(team)
    return found.name if found else "Leadership" if team == LEAD else team


def letter(stage: int) -> str:
    """The letter of a stage, by its number from 1 on."""
    return LETTERS[stage - 1]


def festival(session: Session) -> Festival:
    """The festival of a session."""
    return session.part(Festival)
