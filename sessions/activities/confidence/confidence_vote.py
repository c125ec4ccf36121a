"""The confidence vote: what is asked, shown, fixed, and voted on again."""

from dataclasses import replace

import msgspec

from sessions.activities.activity import Activity, Main, Pens
from sessions.activities.confidence import law
from sessions.activities.confidence.rounds import ConfidenceRound, Rounds, RoundSetAside, RoundShown
from sessions.activities.confidence.shown import ConcernOfOne, ConfidenceMain, ConfidenceMine, ConfidenceStep, VoteOfOne
from sessions.activities.confidence.standing import (
    Standing,
    counted,
    lacking,
    last_round,
    silent,
    standing,
    unsettled,
)
from sessions.activities.confidence.telling import confidence_rounds
from sessions.activities.confidence.voting import (
    AskRoom,
    CastConfidence,
    Decide,
    Fixing,
    FixLine,
    RaiseConcern,
    SettleConcern,
    VoteAgain,
    listen,
    open_round,
    passes,
    stage_of,
)
from sessions.activities.playing import Chance, Plays, Seen
from sessions.board.counting import as_it_counts, own_voters, who_counts
from sessions.record.cards import ChangeResult, Comment, PutCardDown, TakeCard
from sessions.record.confidence import ConfidenceTaken
from sessions.record.objectives.objective import Objective
from sessions.record.objectives.seen import GoalStep, of_goal
from sessions.room import PhasePlan, Room, Session, Turn
from sessions.rules.event import Event
from sessions.rules.voting import FIGURES_FROM, SPLIT_FROM, to_withhold

#: What worries simulated people.
_WORRIES = (
    "Say by when, not only how much",
    "Who measures this, and how often?",
    "Is that the median or the mean?",
)


class ConfidenceVote(Activity):
    """Votes are secret until shown, concerns unsigned for ever; at most three rounds stand side by side."""

    name = "confidence"
    called = "Confidence vote"
    does = "From 1 to 5, secret; concerns; again"
    waits = True
    plays_again = (
        "stage",
        "round",
    )
    tells = (confidence_rounds,)
    watches = frozenset({"round", "objective", "result"})
    count_only = True
    counts_votes = True
    takes = (
        CastConfidence,
        RaiseConcern,
        SettleConcern,
        AskRoom,
        FixLine,
        VoteAgain,
        Decide,
        TakeCard,
        PutCardDown,
        ChangeResult,
        Comment,
    )

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"goal": "There is no goal before this step: write one first, or open this session about one."}

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        if turn.room.works_on(turn.session) is None:
            return []
        last = last_round(turn.session)
        if last and (not last.shown or last.number >= law.MOST_ROUNDS or not anew):
            return []
        return [*open_round(turn, run), listen(turn, run, "vote")]

    def was_shown(self, session: Session, phase: PhasePlan) -> bool:
        last = last_round(session)
        return bool(last and last.shown)

    def voted(self, room: Room, session: Session) -> int | None:
        last = last_round(session)
        return None if last is None or last.shown else len(own_voters(room, last))

    def undo(self, turn: Turn, run: str) -> list[Event]:
        last = last_round(turn.session)
        opened = last is not None and last.run == run and not last.shown
        return [RoundSetAside(round=last.id)] if last and opened else []

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        last = last_round(session)
        return bool(last and not last.shown and last.votes)

    def reveal(self, turn: Turn) -> list[Event]:
        last, objective = last_round(turn.session), turn.room.works_on(turn.session)
        if last is None or last.shown or objective is None:
            return []
        came = _as_shown(turn, last)
        values = came.values()
        beside = {
            r.id: who_counts(turn.room, r)
            for r in turn.session.part(Rounds).by_id.values()
            if r.shown and not r.withheld
        }
        withholds = to_withhold(who_counts(turn.room, came), beside)
        told = came.tells()
        taken = ConfidenceTaken(
            objective=objective.id,
            session=turn.session.code,
            round=last.number,
            mean=round(came.mean(), 4) if told else 0.0,
            voters=len(values) if told else min(len(values), FIGURES_FROM - 1),
            votes=values if came.hidden() >= SPLIT_FROM else [],
            lines=turn.record.lines_of(objective),
            withholds=[turn.session.part(Rounds).by_id[id].number for id in withholds],
        )
        shown = RoundShown(
            round=last.id,
            order=turn.by.shuffle(sorted(came.concerns)),
            counted=came.counted,
            withholds=withholds,
            resting=sorted(came.resting),
            secret=came.secret,
        )
        return [
            shown,
            taken,
            *passes(turn, came, unsettled(came), came.asked),
            listen(turn, turn.run.id, "hear"),
        ]

    def set_aside(self, turn: Turn) -> list[Event]:
        last = last_round(turn.session)
        return [RoundSetAside(round=last.id)] if last and not last.shown else []

    def may_write(self, turn: Turn, objective: Objective) -> bool:
        return bool(turn.run.part(Fixing).line) and super().may_write(turn, objective)

    def main(self, room: Room, session: Session) -> Main | None:
        last = last_round(session)
        if last is None:
            return None
        if not last.shown:
            return Main("Show the result" if last.number == 1 else "Show both rounds", "reveal")
        if stage_of(session) == "fix":
            return Main("Vote again", "vote_again", {"after": last.number})
        state = standing(room, session)
        if state.decided or not state.lacks:
            return None
        if lacking(last) == "asking":
            return Main("We have asked the room", "ask_room")
        if last.number < law.MOST_ROUNDS and state.worries:
            return Main("Fix this line", "fix_line", {"line": state.worries})
        return None

    def words(self, room: Room, session: Session) -> dict[str, str]:
        last, stage = last_round(session), stage_of(session)
        if stage == "fix":
            return {
                "title": "Change the words",
                "prompt": "Change only what the concern is about.",
                "empty": "Nothing chosen to fix.",
            }
        if last and last.shown and standing(room, session).passed:
            return {
                "title": "We are sure enough",
                "prompt": "What made the difference? Say it in one sentence.",
                "empty": "No concern was written.",
            }
        if stage == "hear" and last and lacking(last) == "few":
            return {
                "title": "Too few votes to go by",
                "prompt": "Talk about it, then say who decides. Or vote again once more people are here.",
                "empty": "No concern was written.",
            }
        if stage == "hear" and last and not last.values():
            return {
                "title": "Nobody has voted",
                "prompt": "There is nothing to go by yet. Vote again, or talk about it and say who decides.",
                "empty": "No concern was written.",
            }
        if stage == "hear":
            return {
                "title": "What is missing?",
                "prompt": "Somebody here sees a risk. What would you want changed?",
                "empty": "No concern was written. Ask once: “What might a 2 have seen?” Then move on.",
            }
        if last and last.number > 1:
            return {
                "title": "And now?",
                "prompt": "Same question, new words. Your old vote is not carried over.",
                "empty": "You have not voted in this round.",
            }
        return {}

    def hint(self, session: Session) -> str:
        last = last_round(session)
        if stage_of(session) == "fix":
            return "One person types, one concern at a time; each ends with a sentence."
        if stage_of(session) == "hear":
            return "Thank the low votes before you answer them. Invite; never ask who."
        return (
            "Three votes at most; after that it is a decision, so name who takes it."
            if last and last.number > 1
            else ""
        )

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        return stage_of(session) == "hear"

    def awaits(self, session: Session) -> bool:
        return stage_of(session) == "fix"

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        if stage_of(session) == "fix":
            return "Everyone, as you write. Comments carry your name."
        return (
            "Secret. Everyone sees how many chose what when it is shown, never who."
            if stage_of(session) == "vote"
            else ""
        )

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step["stage"] != "vote" or not seen.step["objective"]:
            return
        value = chance.choice([2, 3, 3, 4, 4, 5] if seen.step["round"] == 1 else [3, 4, 4, 5])
        sure = {"meaningful": True, "inclusive": value > 2, "can_do": value > 2}
        yield "cast_confidence", {"value": value, **sure, "round": seen.mine.get("round", "")}
        if value == 2:
            yield "raise_concern", {"text": chance.choice(_WORRIES), "round": seen.mine.get("round", "")}

    def everyone(self, room: Room, session: Session) -> tuple[GoalStep, Standing, ConfidenceStep]:
        line = session.run.part(Fixing).line if session.run else ""
        step = ConfidenceStep(stage=stage_of(session), line=line)
        return of_goal(room, session), standing(room, session), step

    def facilitators(self, room: Room, session: Session) -> ConfidenceMain:
        last = last_round(session)
        shown = bool(last and last.shown)
        return ConfidenceMain(
            remark=law.remark(last.values()) if last and last.splits() else "",
            lacks=lacking(last) if last and shown else "",
            silent=silent(last) if last and shown else 0,
            asked=bool(last and last.asked),
        )

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> ConfidenceMine:
        last = last_round(session)
        if last is None:
            return ConfidenceMine()
        wrote = pens(last.id)
        vote = next((last.votes[pen] for pen in wrote if pen in last.votes), None)
        concern = next((c for c in last.concerns.values() if c.pen in wrote), None)
        return ConfidenceMine(
            round=last.id,
            vote=VoteOfOne(vote.value, vote.meaningful, vote.inclusive, vote.can_do) if vote else msgspec.UNSET,
            concern=ConcernOfOne(concern.line, concern.text) if concern else msgspec.UNSET,
        )


def _as_shown(turn: Turn, last: ConfidenceRound) -> ConfidenceRound:
    """The open round as it would be shown now."""
    found = replace(as_it_counts(turn.room, turn.session, last), shown=True)
    counting = found.counting()
    found.concerns = {id: c for id, c in found.concerns.items() if c.pen in counting}
    found.counted = counted(turn.room, turn.session, found)
    return found
