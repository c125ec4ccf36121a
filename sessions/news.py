"""News: what people elsewhere are told of as it happens, in words and as data. Nothing in it names who voted how."""

from collections.abc import Callable
from typing import Any

import msgspec

from sessions.outcome import outcome
from sessions.record.decisions import Decided
from sessions.record.dependencies import words
from sessions.record.dependencies.happening import DependencyStepped
from sessions.record.dependencies.life import ANSWERS
from sessions.room import Room
from sessions.room.section import Line, Section
from sessions.rules.event import Event
from sessions.running.closing import SessionClosed

#: Lines of one section that are told; whoever wants the rest reads it there.
MOST_LINES = 12


class Part(msgspec.Struct):
    """Lines under a heading, which may be empty."""

    heading: str
    lines: list[str]


class News(msgspec.Struct):
    """One thing that happened: what kind it is, a title, its parts in words, and the same for a program."""

    event: str
    title: str
    parts: list[Part]
    data: dict[str, Any]


def news(room: Room, session: str, event: Event) -> News | None:
    """What is told of a fact that has just taken effect; none of most."""
    tells = _TELLS.get(type(event))
    return tells(room, session, event) if tells else None


def _closed(room: Room, code: str, event: Event) -> News:
    came = outcome(room, room.sessions[code])
    shown = [section for section in came.shown() if not section.names_voters]
    parts = [Part("", [came.headline])] if came.headline else []
    parts += [Part(section.title, lines) for section in shown if (lines := _lines(section))]
    came.sections = [section for section in came.sections if not section.names_voters]
    return News("session.closed", f"{came.title} is over", parts, came.data())


def _decided(room: Room, code: str, event: Event) -> News:
    assert isinstance(event, Decided)
    # A vote says who decided it by their entry, everything else by their name.
    by = room.name_of(event.by) or event.by
    facts = (
        ("Question: {}", event.question),
        ("Decided by {}", by),
        ("By this rule: {}", event.tie_breaker),
        ("{} does it", event.owner),
        ("By {}", words.day(event.due)),
    )
    lines = [sentence.format(said) for sentence, said in facts if said]
    data = {name: getattr(event, name) for name in ("text", "question", "tie_breaker", "owner", "due")}
    return News("decision.taken", f"Decided: {event.text}", [Part("", lines)], {**data, "by": by, "session": code})


def _answered(room: Room, code: str, event: Event) -> News | None:
    assert isinstance(event, DependencyStepped)
    if event.step not in ANSWERED:
        return None
    need, record = room.record.dependencies[event.dependency], room.record
    title = f"{words.who(record, need)}: {need.upstream_need}"
    lines = [f"Answer: {words.standing(need)}", *words.facts(record, need)]
    data = {
        "dependency": need.id,
        "consumer": record.team_name(need.consumer),
        "provider": record.team_name(need.provider),
        "upstream_need": need.upstream_need,
        "need_by": need.need_by,
        "state": need.state,
        "condition": need.condition,
        "reason": need.reason,
        "owner": need.owner,
        "session": code,
    }
    return News("dependency.answered", title, [Part("", lines)], data)


def _lines(section: Section) -> list[str]:
    lines = [_line(line) for line in section.lines]
    lines += [f"{picture.caption} {picture.figure}".strip() for picture in section.pictures if picture.figure]
    left = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"and {left} more"] if left > 0 else lines


def _line(line: Line) -> str:
    figures = [line.cells[name] for name in ("baseline", "target") if line.cells.get(name)]
    said = f"{line.text} ({' → '.join(figures)})" if len(figures) == 2 and figures[1] not in line.text else line.text
    return f"{said}, {line.who}" if line.who else said


#: Steps of a dependency that answer it.
ANSWERED = frozenset({*ANSWERS.values(), "decide"})

_TELLS: dict[type[Event], Callable[[Room, str, Any], News | None]] = {
    SessionClosed: _closed,
    Decided: _decided,
    DependencyStepped: _answered,
}
