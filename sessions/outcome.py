"""What a session came to, as everybody may read and export it: each thing stated once, nothing unshown."""

from typing import Any

import msgspec

from sessions.activities import ALL
from sessions.record import telling
from sessions.room import Room, Session, speaking
from sessions.room.section import Section, Teller

#: What every session states, whatever its steps are.
_ALWAYS: tuple[Teller, ...] = (telling.goal, telling.changes, telling.still_open, speaking.in_names)


class Outcome(msgspec.Struct):
    """A session with its headline and sections. Times are Unix milliseconds."""

    code: str
    title: str
    format: str
    state: str
    began: int | None
    ended: int | None
    #: The sentence it drafted or is about, how far that is, and who polishes it.
    headline: str
    stamp: str
    polished_by: str
    sections: list[Section]

    def data(self) -> dict[str, Any]:
        """What a program reads; unknown figures are ``None``."""
        names = ("code", "title", "format", "state", "began", "ended")
        found: dict[str, Any] = {"session": {name: getattr(self, name) for name in names}}
        for section in self.sections:
            found |= msgspec.to_builtins(section.data)
        return found

    def shown(self) -> list[Section]:
        """Sections with something to read."""
        return [section for section in self.sections if section.shows()]


def outcome(room: Room, session: Session) -> Outcome:
    """The outcome at this moment, from any phase."""
    tellers = dict.fromkeys([*_ALWAYS, *(teller for activity in ALL.values() for teller in activity.tells)])
    sections = [section for teller in tellers for section in teller(room, session)]
    objective = room.works_on(session)
    drafted = objective is not None and bool(objective.text or room.record.results_of(objective.id))
    return Outcome(
        code=session.code,
        title=session.title,
        format=session.format,
        state=session.state,
        began=session.began or None,
        ended=session.ended or None,
        headline=(objective.text or "The sentence is still to come") if objective and drafted else "",
        stamp=telling.stamp(objective) if objective and drafted else "",
        polished_by=room.name_of(objective.polisher) if objective else "",
        sections=sorted(sections, key=lambda section: section.order),
    )


def fates(room: Room, session: Session) -> dict[str, str]:
    """What became of each shown note, in a word. Says nothing about writers."""
    found: dict[str, str] = {}
    for activity in ALL.values():
        found |= activity.fates(room, session)
    return found


def because(room: Room, session: Session) -> dict[str, dict[str, str]]:
    """Of a session that is over, how notes were answered, for their givers' browsers to find their own."""
    found: dict[str, dict[str, str]] = {}
    for activity in ALL.values():
        found |= activity.answers(room, session)
    return found
