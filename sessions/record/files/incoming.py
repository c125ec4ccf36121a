"""What a file has: teams, goals and results by name or id, what cannot be read, and what is not used."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sessions.record.files.importing import FeedbackRow, LeaderRow
from sessions.rules.refusal import Refused


@dataclass(slots=True)
class IncomingResult:
    """A key result as a file has it; ``leads`` are names, or ids where the file has ids."""

    text: str
    line: int
    id: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    leads: list[str] | None = None
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class IncomingObjective:
    """An objective as a file has it; ``team`` is a name or an id, empty for the whole organisation."""

    text: str
    line: int
    team: str = ""
    id: str = ""
    status: str = ""
    results: list[IncomingResult] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class IncomingTeam:
    """A team as a file has it."""

    name: str
    line: int
    id: str = ""
    kind: str = ""
    size: int = 0
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Unread:
    """What cannot be read: in which line, and why."""

    line: int
    why: Refused

    def told(self) -> dict[str, Any]:
        """The line, the sentence, and its places and values apart."""
        found = self.why.told()
        return {"line": self.line, **{name: found[name] for name in ("say", "sentence", "values") if name in found}}


@dataclass(slots=True)
class Unused:
    """Something in a file that is not brought in: where, which words, and why."""

    line: int
    what: str
    sentence: str
    values: dict[str, Any]

    def told(self) -> dict[str, Any]:
        """As the preview says it."""
        return {"line": self.line, "what": self.what[:200], "say": self.sentence.format(**self.values)}


@dataclass(slots=True)
class Incoming:
    """Everything a file brings, and by line what in it cannot be read."""

    organisation: str = ""
    cycle: dict[str, str] = field(default_factory=dict)
    brief: dict[str, str] = field(default_factory=dict)
    narrative: dict[str, str] = field(default_factory=dict)
    teams: list[IncomingTeam] = field(default_factory=list)
    leaders: list[LeaderRow] = field(default_factory=list)
    objectives: list[IncomingObjective] = field(default_factory=list)
    alignments: list[dict[str, Any]] = field(default_factory=list)
    #: Goals that serve a line of the same file, where neither has an id yet; nobody has said how.
    ties: list[tuple[IncomingObjective, IncomingObjective | IncomingResult]] = field(default_factory=list)
    feedback: list[FeedbackRow] = field(default_factory=list)
    confidence: list[dict[str, Any]] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    #: In which line of a table each dependency stands; a document has none.
    need_lines: list[int] = field(default_factory=list)
    bad: list[Unread] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    #: Columns of a table that nobody knows, by their words; and what somebody has said now that some are.
    columns: list[str] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)

    def leave(self, line: int, what: str, sentence: str, **values: Any) -> None:
        """Remember what is not used, and why."""
        self.unused.append(Unused(line, what, sentence, values))

    def refuse(self, line: int, sentence: str, **values: Any) -> None:
        """Remember what cannot be read, and why."""
        self.bad.append(Unread(line, Refused("bad_row", sentence, values)))

    def attempt(self, line: int, work: Callable[[], Any]) -> Any:
        """What ``work`` gives, or nothing and a remembered reason."""
        try:
            return work()
        except Refused as fault:
            self.bad.append(Unread(line, fault))
            return None
