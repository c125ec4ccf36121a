"""The drift report: where goals drift apart, and what leadership should say more clearly; a page with its questions.

Source: S1 (“drifting apart… clear sign for the leadership” to “articulate, visualise and communicate the vision”).
"""

from __future__ import annotations

from collections.abc import Iterator

from sessions.record.checks.findings import Findings, Standing
from sessions.record.checks.ground import Ground
from sessions.record.dependencies.words import who
from sessions.record.duplicates import in_words
from sessions.room import Room
from sessions.room.section import Line, Section

_KINDS = {"cannot_align": "cannot align", "concern": "a concern", "change": "a change", "what_if": "what if"}


def drift(room: Room) -> list[Section]:
    """What stands in the report: nothing that is not on the record, and nothing of drafts."""
    ground = Ground(room)
    standing = [s for s in Findings.of(room).standing().values() if s.state == "open" and not s.draft]
    found = {code: [s for s in standing if s.finding.code == code] for code in _ASKED}
    return [
        section
        for section in (
            Section(key="questions", title="Questions for leadership", order=0, lines=list(_questions(ground, found))),
            Section(key="upward", title="What teams push upward", order=1, lines=list(_upward(ground))),
            Section(key="apart", title="Where they pull apart", order=2, lines=list(_apart(ground, found))),
            Section(key="unserved", title="What nobody serves", order=3, lines=_said(found["V1"])),
            Section(key="loose", title="Who serves nothing above", order=4, lines=_loose(ground, found)),
            Section(key="stuck", title="Where it is stuck", order=5, lines=list(_stuck(ground, found))),
        )
        if section.lines
    ]


#: Checks that speak of drift.
_ASKED = ("V1", "V2", "V3", "V5", "V6", "O1", "O2", "H2", "H3", "H4", "N6", "N7", "P3", "G1")


def _questions(ground: Ground, found: dict[str, list[Standing]]) -> Iterator[Line]:
    """What leadership should say more clearly, each as a question that somebody can answer."""
    record = ground.record
    for asked in found["V1"]:
        yield _asks("Who delivers “{line}”, or do you drop it?", line=record.public(asked.finding.on[0]))
    for team, said in ground.upward.items():
        for given in said:
            if given.state == "open":
                yield _asks("What do you answer {team}: “{words}”?", team=ground.name(team), words=given.text)
    for conflict in record.conflicts.values():
        if not conflict.outcome:
            one, other = record.public(conflict.a), record.public(conflict.b)
            yield _asks("Which goes first where they clash: “{one}”, or “{other}”?", one=one, other=other)
    for asked in (*found["O1"], *found["O2"]):
        yield _asks("Who leads “{line}”?", line=record.public(asked.finding.on[0]))
    if found["P3"]:
        yield _asks(
            "How would you say the goal, so that {teams} find themselves in it?",
            teams=ground.names(found["P3"][0].finding.on),
        )
    for asked in found["N6"]:
        yield _asks("What may wait, so that {team} can do the rest?", team=ground.name(asked.finding.on[0]))
    for asked in found["G1"]:
        yield Line(text=asked.finding.say, row="question")


def _asks(sentence: str, **values: str) -> Line:
    return Line(text=sentence.format(**values), row="question")


def _upward(ground: Ground) -> Iterator[Line]:
    for team, said in ground.upward.items():
        for given in said:
            tags = [_KINDS[given.kind]] if given.kind in _KINDS else []
            answer = {"adopted": "Adopted", "adapted": "Adapted", "declined": "Declined"}.get(given.state, "")
            on = ground.record.public(given.on)
            yield Line(text=given.text, row="upward", who=ground.name(team), on=on, tags=tags, answer=answer,
                       reason=given.reason)  # fmt: skip


def _apart(ground: Ground, found: dict[str, list[Standing]]) -> Iterator[Line]:
    record = ground.record
    for conflict in record.conflicts.values():
        one, other = record.public(conflict.a), record.public(conflict.b)
        if one and other:
            decided = conflict.decider and f"{conflict.decider}: {conflict.outcome}"
            yield Line(text=conflict.why, row="conflict", below=[one, other], answer="Decided" if decided else "",
                       reason=decided)  # fmt: skip
    for asked in found["H4"]:
        yield Line(text=asked.finding.say, row="duplicate")
    for duplicate in record.duplicates.values():
        names = f"{ground.name(duplicate.team)} and {ground.name(duplicate.other)}"
        yield Line(text=in_words(record, duplicate), row="duplicate", who=names)
    for asked in (*found["V3"], *found["V6"], *found["H2"]):
        yield Line(text=asked.finding.say, row="drift")


def _loose(ground: Ground, found: dict[str, list[Standing]]) -> list[Line]:
    loose = (goal for goal in ground.of_teams if goal.unaligned and not ground.ties(goal))
    reasons = [Line(text=goal.unaligned, row="unaligned", who=ground.name(goal.team)) for goal in loose]
    return [*_said(found["V2"]), *reasons]


def _stuck(ground: Ground, found: dict[str, list[Standing]]) -> Iterator[Line]:
    for need in ground.record.dependencies.values():
        if need.state in ("declined", "undecided"):
            why = need.reason or (f"{need.decider} decides" if need.decider else "")
            tags = ["declined" if need.state == "declined" else "needs a decision"]
            yield Line(
                text=need.upstream_need, row="need", who=who(ground.record, need), tags=tags, below=[why] * bool(why)
            )
    for asked in (*found["N6"], *found["N7"]):
        yield Line(text=asked.finding.say, row="stuck")


def _said(found: list[Standing]) -> list[Line]:
    return [Line(text=asked.finding.say, row="drift") for asked in found]
