"""The stages: pitch, questions, feedback, move, slot after slot on one clock, while people walk where they like."""

import msgspec

from sessions.activities.activity import Activity, Main
from sessions.activities.festival import feedback, filing
from sessions.activities.festival.asking import (
    AnswerQuestion,
    AskBack,
    AskQuestion,
    HandleQuestion,
    PlusQuestion,
)
from sessions.activities.festival.feedback import Capture, LeaveFeedback
from sessions.activities.festival.going import Go, MovePerson
from sessions.activities.festival.helping import AskHelp, InviteThere, SettleHelp, TellStage
from sessions.activities.festival.hosting import (
    DutyPlanned,
    HostAct,
    HostsPlanned,
    NameHelper,
    NameHost,
    PlanHosts,
)
from sessions.activities.festival.links import SetLink, TryLink, TryLinks, must_be_tried
from sessions.activities.festival.look_ahead import first_things
from sessions.activities.festival.planning import (
    AddAct,
    DrawLineUp,
    DropAct,
    FestivalPlanned,
    LineUpDrawn,
    MoveAct,
    PlanFestival,
    UndoLineUp,
)
from sessions.activities.festival.programme import festival, helps
from sessions.activities.festival.publishing import HearChange, LineUpPublished, PublishLineUp
from sessions.activities.festival.stage_seen import PlaceOfAct
from sessions.activities.festival.stars import Star
from sessions.activities.festival.telling import answers, fates, festival_told
from sessions.activities.playing import Chance, Plays, Seen, some
from sessions.board import piles
from sessions.board.notes.writing import HideNote, RemoveNote
from sessions.room import PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.rules.event import Event
from sessions.running.rounds import BREAK, HOME, Bell, BellTakenBack, Loop, NextStage, Warn, Warning, stage

#: What simulated people ask and say.
_ASKED = (
    "Will it be ready before the autumn rush?",
    "Who decides if two of you disagree?",
    "What do you need from us, and by when?",
    "Which number would make you stop?",
)
_SAID = (
    "Say by when, not only how much",
    "We would fight to keep this line",
    "What if you began with one region?",
    "We can lend you two people in August",
)
_WHY = ("I cannot hear the stage", "I lost my link", "Where do I go next?")

_WORDS = {
    "pitch": {"title": "Look up", "prompt": "A short pitch: what this team wants, and what it needs from you."},
    "questions": {"title": "Ask, or add your +1", "prompt": "Your hosts choose what goes on the screen."},
    "feedback": {"title": "Leave one note", "prompt": "Tap the line that made you stop, and say why."},
    "move": {"title": "Where next?", "prompt": "Leave any stage whenever you like. Nobody minds."},
    "break": {"title": "Break", "prompt": "Coffee. Not email. Then slot {next}."},
    "home": {"title": "Back to the main room", "prompt": "Thank you. Come back to the main room: three things next."},
}
_HINTS = {
    "pitch": "Look at the columns: a stage without a host needs you before the questions begin.",
    "questions": "Visit the stage with the fewest people. Invite those who are nowhere.",
    "feedback": "Quiet is good now: people write.",
    "move": "Check the next hosts before the bell.",
    "break": "Check the next hosts, and move an act now if one has to.",
    "home": "Count heads before you go on.",
}
_BUTTONS = {
    "pitch": "Move to questions",
    "feedback": "End the slot",
}


class SlotsStep(Shown, frozen=True):
    """Which slot it is and what it is at, when each bell from now on rings by the plan, and the slot after it.

    ``rest`` is how long all that is after the present part (milliseconds).
    """

    rounds: int
    round: int
    stage: str
    bells: list[Bell]
    rest: int
    next: int


class Slots(Activity):
    """Slots move by themselves; *Hold* keeps the bell from ringing. Feedback shows when its slot is over."""

    name = "slots"
    called = "Stages"
    does = "Pitch, questions, feedback and move on, slot by slot"
    plays_again = ("stage", "round")
    tells = (festival_told,)
    watches = frozenset({"line_up"})
    takes = (
        PlanFestival, DrawLineUp, MoveAct, AddAct, DropAct, UndoLineUp, PublishLineUp, HearChange,
        SetLink, TryLinks, TryLink, Star, Go, MovePerson, PlanHosts, NameHost, HostAct, NameHelper,
        AskQuestion, PlusQuestion, HandleQuestion, AskBack, AnswerQuestion, LeaveFeedback, Capture,
        AskHelp, SettleHelp, TellStage, InviteThere, RemoveNote, HideNote, NextStage, Warn,
    )  # fmt: skip

    def gives(self, phase: PhasePlan) -> set[str]:
        return {"slots"}

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        kept = festival(turn.session)
        if not kept.live:
            return []
        must_be_tried(turn.session)
        return _part(turn, run, min(max(1, kept.slot), kept.loop.rounds), "pitch")

    def leave(self, turn: Turn) -> list[Event]:
        return _go_home(turn)

    def close(self, turn: Turn) -> list[Event]:
        return _go_home(turn)

    def filed(self, turn: Turn) -> list[Event]:
        shown = [e for act in feedback.waiting(turn.session) for e in piles.show(turn, feedback.pile_of(act.id))]
        return [*shown, *filing.filed(turn)]

    def sees_more(self, room: Room, session: Session, person: str) -> bool:
        hosting = any(person in duty.people for duty in festival(session).duties.values())
        return hosting or helps(room, session, person)

    def rehearsed(self, room: Room, session: Session) -> list[Event]:
        kept = festival(session)
        frame = msgspec.structs.replace(kept.draft.frame, online=False)
        if not kept.live:
            return [FestivalPlanned(frame=frame)] if frame.stages else []
        acts = list(kept.live.values())
        live = LineUpPublished(acts=acts, frame=frame)
        duties = [DutyPlanned(act, duty.teams) for act, duty in kept.duties.items()]
        return [FestivalPlanned(frame=frame), LineUpDrawn(acts=acts), live, HostsPlanned(duties=duties)]

    def helps(self, room: Room, session: Session, person: str) -> bool:
        return helps(room, session, person)

    def fates(self, room: Room, session: Session) -> dict[str, str]:
        return fates(room, session)

    def answers(self, room: Room, session: Session) -> dict[str, dict[str, str]]:
        return answers(room, session)

    def main(self, room: Room, session: Session) -> Main | None:
        kept = festival(session)
        if not kept.live:
            return first_things(room, session)
        if kept.part == HOME:
            return None
        if not kept.part:
            return first_things(room, session) or Main("Start slot {slot}", "next_stage", values={"slot": 1})
        after = {"after": f"{kept.slot} {kept.part}"}
        if kept.part == "questions":
            warned = session.part(Warning).of == after["after"]
            return (
                Main("Move to feedback", "next_stage", after) if warned else Main("Two-minute warning", "warn", after)
            )
        if kept.part in ("move", BREAK):
            if kept.loop.after()[1] == BREAK:
                return Main("Begin the break", "next_stage", after)
            if kept.loop.is_last():
                return Main("Everybody to the main room", "next_stage", after)
            return Main("Start slot {slot}", "next_stage", after, {"slot": kept.slot + 1})
        return Main(_BUTTONS[kept.part], "next_stage", after)

    def loop(self, session: Session) -> Loop | None:
        return festival(session).loop if festival(session).live else None

    def ring(self, turn: Turn, early: bool = False) -> list[Event]:
        kept = festival(turn.session)
        if kept.part == HOME or not kept.live:
            return []
        if not kept.part:
            must_be_tried(turn.session)
            return _part(turn, turn.run.id, 1, "pitch")
        return _part(turn, turn.run.id, *kept.loop.after(), early)

    def comes_again(self, turn: Turn, back: BellTakenBack) -> list[Event]:
        kept = festival(turn.session)
        again = feedback.begin(kept.playing(back.round)) if back.stage in ("pitch", "questions", "feedback") else []
        return [*again, back]

    def words(self, room: Room, session: Session) -> dict[str, str]:
        return dict(_WORDS.get(festival(session).part, {}))

    def hint(self, session: Session) -> str:
        return _HINTS.get(festival(session).part, "")

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        return festival(session).part == "pitch"

    def place(self, room: Room, session: Session, person: str) -> str:
        return festival(session).stands(room, person)

    def at_place(self, room: Room, session: Session, place: str) -> PlaceOfAct | None:
        kept = festival(session)
        act = kept.live.get(place)
        return PlaceOfAct(notes=not feedback.said_in(kept, act)) if act else None

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return {
            "pitch": "Everyone at this stage, once the slot is over; unsigned.",
            "questions": "Unsigned. Everyone at this stage, now.",
            "feedback": "Everyone at this stage, once the slot is over; unsigned.",
        }.get(festival(session).part, "")

    def play(self, seen: Seen, chance: Chance) -> Plays:
        own, step = seen.own.get("festival", {}), seen.step
        for act in some(chance, own.get("may_host", []), 1):
            yield "host_act", {"act": act}
        slot = step["round"] + (step["stage"] in ("move", "break"))
        acts = sorted(key[4:] for key, act in seen.things.items() if key.startswith("act:") and act["slot"] == slot)
        others = [act for act in acts if act.partition(".")[0] != own.get("plays")]
        hosted = [act for act in acts if act in own.get("hosting", [])]
        if step["stage"] in ("pitch", "move", "break") and others:
            yield "go", {"act": chance.choice(hosted or others)}
            if chance.random() < 0.02:
                yield "ask_help", {"why": chance.choice(_WHY)}
        here = own.get("went", "")
        act = seen.things.get(f"act:{here}", {})
        if act.get("slot") != step["round"] or act.get("team") == own.get("plays"):
            return
        if step["stage"] == "questions":
            yield from self._asks(seen, chance, here)
            if chance.random() < 0.15 and others and not hosted:
                yield "go", {"act": chance.choice(others)}
        if step["stage"] == "feedback":
            lines = seen.things.get(f"billed:{act['team']}", {}).get("lines", [])
            kind = chance.choice(["like", "wish", "what_if", "offer"])
            for line in some(chance, lines, 1):
                yield "leave_feedback", {"act": here, "on": line["id"], "text": chance.choice(_SAID), "kind": kind}

    def _asks(self, seen: Seen, chance: Chance, here: str) -> Plays:
        if chance.random() < 0.4:
            yield "ask_question", {"act": here, "text": chance.choice(_ASKED)}
        own = {question["id"] for question in seen.own["festival"]["asked"]}
        known = sorted(key[9:] for key in seen.things if key.startswith("question:"))
        for question in some(chance, [id for id in known if id not in own], 2):
            yield "plus_question", {"question": question}
        for queued in some(chance, [q for q in seen.own["festival"]["queue"] if q["state"] == "open"], 1):
            yield "handle_question", {"question": queued["id"], "to": "up"}

    def everyone(self, room: Room, session: Session) -> SlotsStep:
        kept, run = festival(session), session.run
        loop = kept.loop
        bells = loop.bells(run.deadline) if run and loop.goes() else []
        rest = max(0, bells[-1].until - bells[0].until) if bells else 0
        return SlotsStep(loop.rounds, loop.round, loop.stage, bells, rest, loop.round + 1)


def _part(turn: Turn, run: str, slot: int, name: str, early: bool = False) -> list[Event]:
    """Another part of a slot begins: with the pitch notes are taken, with the move they are shown."""
    kept = festival(turn.session)
    notes = feedback.begin(kept.playing(slot)) if name == "pitch" else []
    if name in ("move", HOME) and kept.part not in ("move", BREAK):
        notes = feedback.show(turn, kept.of_slot(slot))
    return [*notes, stage(turn, kept.loop, run, slot, name, early)]


def _go_home(turn: Turn) -> list[Event]:
    """Whoever leaves the stages early shows what was written, and sends everybody to the main room."""
    kept = festival(turn.session)
    if kept.part in ("", HOME):
        return []
    return [*feedback.show(turn, kept.of_slot(kept.slot)), stage(turn, kept.loop, turn.run.id, kept.slot, HOME)]
