"""What the step of a confidence vote shows: to all, to facilitators, and to each person alone."""

import msgspec

from sessions.room.kind import Shown


class ConfidenceStep(Shown, frozen=True):
    """Where the vote stands, and the line that is being mended."""

    stage: str
    line: str


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
