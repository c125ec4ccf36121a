"""What everybody sees of a festival: stages, the live line-up, and the goals that are on it."""

from collections.abc import Iterable
from typing import Literal

from sessions.activities.festival.feedback import lines
from sessions.activities.festival.programme import SLOTS, Act, Festival, called, festival, has_slots
from sessions.activities.festival.questions import Question
from sessions.room import Session
from sessions.room.kind import AtPlace, ForAll, Shown, Sight
from sessions.rules.line_up.clock import BREAK

#: How full a stage is, told in three bands; nothing while nobody can go there.
Full = Literal["", "room", "filling", "full"]
#: From which share of what would be even a stage is filling, and full.
FILLING, FULL = 0.75, 1.5


class StageShown(Shown, frozen=True):
    """A stage: its number, its call link, the question that is up, a line from the facilitator, and how full it is."""

    number: int
    link: str
    up: str
    line: str
    invites: bool
    full: Full


class LineUpShown(Shown, frozen=True):
    """What the live line-up is made of: ``starts`` are the slots' minutes from the beginning of the session on."""

    live: bool
    stages: int
    slots: int
    each: int
    online: bool
    begins: int
    break_after: int
    starts: list[float]


class ActShown(Shown, frozen=True):
    """A team on a stage in a slot."""

    team: str
    slot: int
    stage: int


class BilledLine(Shown, frozen=True):
    """A line of a goal that is on stage."""

    id: str
    text: str
    objective: bool = False


class BilledShown(Shown, frozen=True):
    """A team that plays: its name, its goal with the lines under it, and whether it plays more than once."""

    name: str
    goal: str
    headliner: bool
    lines: list[BilledLine]


class PlaceOfAct(Shown, frozen=True):
    """An act as whoever stands at it sees it: whether its notes are shown."""

    notes: bool


class QuestionShown(Shown, frozen=True):
    """A question at a stage; who and how many ask it is not told. Ids say nothing, so their order does not either."""

    text: str
    state: str


class StageSeen(ForAll):
    """A stage."""

    name = "stage"
    shape = StageShown
    on = frozenset({"stage", "crowd"})

    def ids(self, sight: Sight) -> Iterable[str]:
        kept = festival(sight.session)
        return list(kept.stages)[: kept.frame.stages]

    def look(self, sight: Sight, id: str) -> StageShown | None:
        kept = festival(sight.session)
        stage = kept.stages.get(id)
        if stage is None or id not in self.ids(sight):
            return None
        number = list(kept.stages).index(id) + 1
        up = on_screen(kept, stage.up, number)
        return StageShown(
            number, stage.link, up.text if up else "", stage.line, stage.invites, full(sight.session, number)
        )


class LineUpSeen(ForAll):
    """The live line-up as a whole."""

    name = "lineup"
    shape = LineUpShown
    on = frozenset({"line_up", "plan"})

    def look(self, sight: Sight, id: str) -> LineUpShown | None:
        if not has_slots(sight.session):
            return None
        kept = festival(sight.session)
        frame = kept.frame
        return LineUpShown(
            live=bool(kept.live),
            stages=frame.stages,
            slots=frame.slots,
            each=frame.each,
            online=frame.online,
            begins=frame.begins,
            break_after=kept.loop.break_after,
            starts=starts(sight.session),
        )


class ActSeen(ForAll):
    """An act of the live line-up."""

    name = "act"
    shape = ActShown
    on = frozenset({"line_up"})

    def ids(self, sight: Sight) -> Iterable[str]:
        return festival(sight.session).ever

    def look(self, sight: Sight, id: str) -> ActShown | None:
        act = festival(sight.session).live.get(id)
        return ActShown(act.team, act.slot, act.stage) if act else None


class BilledSeen(ForAll):
    """A team that plays, with its goal."""

    name = "billed"
    shape = BilledShown
    on = frozenset({"line_up", "objective", "result", "team"})

    def ids(self, sight: Sight) -> Iterable[str]:
        return {act.team for act in festival(sight.session).ever.values()}

    def look(self, sight: Sight, id: str) -> BilledShown | None:
        kept, record = festival(sight.session), sight.room.record
        acts = [act for act in kept.live.values() if act.team == id]
        if not acts:
            return None
        found = [BilledLine(line, words, line in record.objectives) for line, words in lines(record, id).items()]
        goal = next((line.text for line in found if line.objective), "")
        return BilledShown(called(record, id), goal, id in kept.frame.headliners, found)


class QuestionSeen(AtPlace):
    """A question, as those at its act see it; one that was set aside is not seen."""

    name = "question"
    shape = QuestionShown
    on = frozenset({"places"})

    def ids(self, sight: Sight) -> Iterable[str]:
        return festival(sight.session).questions

    def place_of(self, sight: Sight, id: str) -> str:
        found = festival(sight.session).questions.get(id)
        return found.act if found and found.act in sight.session.places else ""

    def look(self, sight: Sight, id: str) -> QuestionShown | None:
        found = festival(sight.session).questions[id]
        return None if found.state == "flagged" else QuestionShown(found.text, found.state)


def starts(session: Session) -> list[float]:
    """When each slot begins, in minutes from the beginning of the session."""
    kept, at = festival(session), 0.0
    for phase in session.plan.values():
        if phase.activity == SLOTS:
            break
        at += 0 if phase.left_out else phase.minutes
    found = []
    for slot in range(1, kept.frame.slots + 1):
        found.append(at)
        at += kept.frame.each + (BREAK if slot == kept.loop.break_after else 0)
    return found


def on_screen(kept: Festival, question: str, stage: int) -> Question | None:
    """The question that is up on a stage: of the act that stands there, and put up by its hosts."""
    found = kept.questions.get(question)
    act = kept.live.get(found.act) if found else None
    there = found is not None and found.state == "up" and act is not None and act.stage == stage
    return found if there else None


def full(session: Session, stage: int) -> Full:
    """How full a stage is, against everybody who is at some stage, spread evenly."""
    kept = festival(session)
    slot = max(kept.may_go_to(), default=0)
    act, acts = kept.act_of(stage, slot), kept.playing(slot)
    if act is None:
        return ""
    people, all = visitors(session, act), sum(visitors(session, other) for other in acts)
    share = people * len(acts) / all if all else 0.0
    return "full" if share >= FULL and people > 1 else "filling" if share >= FILLING and people > 1 else "room"


def visitors(session: Session, act: Act) -> int:
    """How many were at an act when people were last counted."""
    return festival(session).crowd.counted.get(act.id, 0)
