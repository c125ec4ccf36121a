"""What each team says it changed because of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.rules.event import RecordEvent

if TYPE_CHECKING:
    from sessions.record.record import Record


class TeamSaid(RecordEvent, frozen=True, tag="team_said"):
    """A team says in one sentence what it changed because of the others."""

    session: str
    team: str
    text: str

    def evolve(self, record: Record) -> None:
        record.sentences[(self.session, self.team)] = self.text
        record.touch("said:" + self.team)
