"""What outlives a session: teams, objectives, key results, who carries them and who visits whom."""

from sessions.record.record import Feedback, KeyResult, Objective, Record, Remark, Team, Visit

__all__ = ["Feedback", "KeyResult", "Objective", "Record", "Remark", "Team", "Visit"]
