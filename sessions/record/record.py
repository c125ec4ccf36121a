"""The record of a room, found by id, and the keys that changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from sessions.record.alignment import Alignment
from sessions.record.chats import Chat
from sessions.record.checkins import CheckIn
from sessions.record.confidence import Confidence
from sessions.record.conflicts.conflict import Conflict
from sessions.record.cycles import CycleBeside, Turned
from sessions.record.decisions import Decision
from sessions.record.dependencies.dependency import Dependency
from sessions.record.duplicates import Duplicate
from sessions.record.feedback import Feedback
from sessions.record.history import Revision, Sign
from sessions.record.judging import Judged
from sessions.record.objectives.objective import Objective
from sessions.record.raid.item import RaidItem
from sessions.record.results.result import KeyResult
from sessions.record.reviews import Review
from sessions.record.shares.share import Share
from sessions.record.teams import Team
from sessions.record.themes import Theme
from sessions.record.visits import Visit


@dataclass(slots=True)
class Record:
    """A room's brief, teams, objectives and what ties them together, and what changed since the last look."""

    organisation: str = ""
    cycle: dict[str, str] = field(default_factory=dict)
    brief: dict[str, str] = field(default_factory=dict)
    narrative: dict[str, str] = field(default_factory=dict)
    sponsor: str = ""
    teams: dict[str, Team] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    results: dict[str, KeyResult] = field(default_factory=dict)
    #: Objective → its results, dropped ones too.
    under: dict[str, list[str]] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    #: What columns of tables say that nobody knows, by their words.
    columns: dict[str, str] = field(default_factory=dict)
    feedback: dict[str, Feedback] = field(default_factory=dict)
    alignments: dict[str, Alignment] = field(default_factory=dict)
    dependencies: dict[str, Dependency] = field(default_factory=dict)
    #: What two teams do both, by the two (``duplicates.key_of``).
    duplicates: dict[str, Duplicate] = field(default_factory=dict)
    #: Results that several teams carry, by the result.
    shares: dict[str, Share] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    raid: dict[str, RaidItem] = field(default_factory=dict)
    confidence: list[Confidence] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    #: (session, team) → the team's own sentence on what it changed.
    sentences: dict[tuple[str, str], str] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    #: What an imported file said that no page shows yet.
    kept: dict[str, Any] = field(default_factory=dict)
    #: (session, team) → who has seen the team's goal there.
    reviews: dict[tuple[str, str], Review] = field(default_factory=dict)
    #: Result → how it stood, the oldest first.
    checkins: dict[str, list[CheckIn]] = field(default_factory=dict)
    #: Whether it can only be read; cycles before and after it, and how its own ended.
    read_only: bool = False
    before: list[CycleBeside] = field(default_factory=list)
    after: CycleBeside | None = None
    turned: Turned = field(default_factory=Turned)
    #: Format → the session that was planned by itself for the middle of the cycle, and the day (ISO).
    midway: dict[str, tuple[str, str]] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    #: Finding → what somebody said of it (``record/judging.py``).
    judged: dict[str, Judged] = field(default_factory=dict)
    #: Line → when its words or its measure last became others (Unix milliseconds).
    reworded: dict[str, int] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    #: What was touched since checks last looked: what they keep follows from the record, and is no part of it.
    unchecked: set[str] = field(default_factory=set, compare=False)

    def drafted_in(self, session: str) -> Objective | None:
        """The objective this session is drafting, if it has begun one."""
        return next((o for o in self.objectives.values() if o.session == session), None)

    def top(self) -> list[Objective]:
        """The objectives of the whole organisation."""
        return [o for o in self.objectives.values() if not o.team and o.text]

    def of_team(self, team: str) -> list[Objective]:
        """A team's objectives that others may read."""
        return [o for o in self.objectives.values() if o.team == team and o.text and o.status != "draft"]

    def results_of(self, objective: str) -> list[KeyResult]:
        """The key results under an objective in their order, without dropped ones."""
        found = [result for id in self.under.get(objective, ()) if not (result := self.results[id]).dropped]
        found.sort(key=_PLACE)
        return found

    def move_result(self, result: KeyResult, objective: str) -> None:
        """A result stands under another objective now."""
        self.under[result.objective].remove(result.id)
        self.under.setdefault(objective, []).append(result.id)
        result.objective = objective

    def add_result(self, result: KeyResult) -> None:
        """A further result, under its objective."""
        if result.id not in self.results:
            self.under.setdefault(result.objective, []).append(result.id)
        self.results[result.id] = result

    def objective_of(self, line: str) -> Objective | None:
        """The objective with this id, or the one this result stands under."""
        result = self.results.get(line)
        return self.objectives.get(result.objective if result else line)

    def wording(self, line: str) -> str:
        """What an objective, a result or a need says, by its id; nothing for what is not there."""
        found = self.results.get(line) or self.objectives.get(line)
        if found:
            return found.text
        if line in self.dependencies:
            return self.dependencies[line].upstream_need
        if line in self.raid:
            return self.raid[line].statement
        if line in self.themes:
            return self.themes[line].words
        return self.conflicts[line].why if line in self.conflicts else ""

    def public(self, line: str) -> str:
        """The same as everybody may read it: nothing of a goal that is a draft."""
        home = self.objective_of(line)
        return "" if home is not None and home.status == "draft" else self.wording(line)

    def team_name(self, team: str) -> str:
        """What a team is called, also one that was taken off the list; its id where nobody has named it."""
        return self.teams[team].name if team in self.teams else team

    def standing_teams(self) -> list[Team]:
        """Teams that were not taken off the list."""
        return [team for team in self.teams.values() if not team.gone]

    def carriers(self) -> set[str]:
        """Everybody who carries a result."""
        return {person for result in self.results.values() for person in result.leads}

    def open_feedback(self, objective: str = "") -> list[Feedback]:
        """What nobody has answered, on one objective or on all."""
        return [f for f in self.feedback.values() if f.state == "open" and objective in ("", f.objective)]

    def lines_of(self, objective: Objective) -> dict[str, str]:
        """The sentence and each result's line as they stand, by id."""
        lines = {objective.id: objective.text}
        return lines | {result.id: result.line() for result in self.results_of(objective.id)}

    def touch(self, *keys: str) -> None:
        """Remember that these entities have to be looked at again."""
        self.touched.update(keys)
        self.unchecked.update(keys)

    def revise(self, sign: Sign, objective: str, on: str, what: str, was: Any, now: Any) -> None:
        """Note a change, unless nothing changed; what one person types in one go is one change.

        ``objective`` is the goal it belongs to, ``on`` the line or the team that changed; both are empty where it is
        the record as a whole.
        """
        last = self.revisions[-1] if self.revisions else None
        hand = (on, what, sign.by, sign.why, sign.session, sign.imported)
        same = last and (last.on, last.what, last.by, last.why, last.session, last.imported) == hand
        if last and same and last.at and sign.at - last.at < _ONE_GO:
            was, _ = last.was, self.revisions.pop()
        if was != now:
            signed = (sign.by, sign.at, sign.why, sign.session, sign.imported)
            self.revisions.append(Revision(objective, on, what, was, now, *signed))
            if what in _REWORDS and was not in ("", None):
                self.reworded[on] = max(sign.at, self.reworded.get(on, 0))

    def put(self, sign: Sign, what: str, was: dict[str, str], now: dict[str, str]) -> dict[str, str]:
        """Note what of a few words that stand together changed; returns them as they are now."""
        for part, words in now.items():
            self.revise(sign, "", "", f"{what}.{part}", was.get(part, ""), words)
        return was | now

    def revisions_of(self, session: str) -> Iterator[Revision]:
        """What a session changed."""
        return (revision for revision in self.revisions if revision.session == session)


_PLACE = attrgetter("place")
#: Fields whose change makes another line of it.
_REWORDS = ("text", "metric", "unit", "baseline", "target", "direction", "result")
#: Changes to one field by one person within this time are one change, in milliseconds.
_ONE_GO = 600_000
