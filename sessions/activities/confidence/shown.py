"""What the step of a confidence vote shows: to all, to facilitators, and to each person alone."""

import msgspec

from sessions.activities.confidence.standing import (
    ConcernShown,
    DecisionShown,
    RoundPicture,
)
from sessions.record.objectives.seen import GoalStep
from sessions.room.kind import Shown


class ConfidenceStep(GoalStep, frozen=True):
    """The rounds that were shown, whether the last passes and what it lacks; ``line`` is the one being mended."""

    stage: str
    line: str
    round: int
    present: int
    rounds: list[RoundPicture]
    answered: int
    lacks: str
    passed: bool
    worries: str
    decided: DecisionShown | None
    concerns: list[ConcernShown] | msgspec.UnsetType = msgspec.UNSET


class ConfidenceMain(Shown, frozen=True):
    """What a facilitator might say now, what is lacking, and how many low votes said nothing."""

    remark: str
    lacks: str
    silent: int
    asked: bool


class VoteOfOne(Shown, frozen=True):
    """One's own vote."""

    value: int
    meaningful: bool
    inclusive: bool
    can_do: bool


class ConcernOfOne(Shown, frozen=True):
    """What one needs changed oneself."""

    line: str
    text: str


class ConfidenceMine(Shown, frozen=True):
    """What one said in the last round."""

    round: str = ""
    vote: VoteOfOne | msgspec.UnsetType = msgspec.UNSET
    concern: ConcernOfOne | msgspec.UnsetType = msgspec.UNSET
