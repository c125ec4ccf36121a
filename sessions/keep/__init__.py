"""Keeping the record: what may be asked of it outside a session, and files taken in."""

from sessions.keep.brief import NameSponsor, SetBrief, SetCycle
from sessions.keep.feedback import AnswerFeedback, GiveFeedback
from sessions.keep.okrs import (
    AddKeyResult,
    AddObjective,
    DropKeyResult,
    LeadResult,
    LockObjective,
    ReopenObjective,
    ReviseObjective,
    ReviseResult,
    ShareObjective,
)
from sessions.keep.planning import PlanSession
from sessions.keep.teams import AddTeam, ChangeTeam, TakeTeamOff
from sessions.room import RecordCommand

ALL: tuple[type[RecordCommand], ...] = (
    SetCycle,
    SetBrief,
    NameSponsor,
    AddTeam,
    ChangeTeam,
    TakeTeamOff,
    AddObjective,
    AddKeyResult,
    ReviseObjective,
    ReviseResult,
    DropKeyResult,
    LeadResult,
    ShareObjective,
    LockObjective,
    ReopenObjective,
    GiveFeedback,
    AnswerFeedback,
    PlanSession,
)
