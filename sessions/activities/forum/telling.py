"""What a forum says in its outcome: how sure people were, what was said of each result, and what was decided."""

from collections.abc import Iterator

from sessions.activities.forum.reviews import ASKED, Reviews
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.room.section import Line, Section


class ReviewTold(Shown, frozen=True):
    """A result: how sure people were (sorted), and what was said of it."""

    result: str
    sure: list[int]
    said: dict[str, str]


def told(room: Room, session: Session) -> Iterator[Section]:
    """Results one by one, and decisions with their names."""
    kept = session.part(Reviews)
    ids = [id for id in room.record.results if id in kept.shown or id in kept.said]
    rows = [
        ReviewTold(
            room.record.public(id),
            sorted(sure.value for sure in kept.shown.get(id, {}).values()),
            {name: words for name, words in kept.said.get(id, {}).items() if words},
        )
        for id in ids
    ]
    lines = [
        Line(
            text=row.result,
            row="result reviewed",
            tags=[f"sure: {sum(row.sure) / len(row.sure):.1f} of 10"] if row.sure else [],
            below=[f"{ASKED[name]}: {words}" for name, words in row.said.items()],
        )
        for row in rows
    ]
    yield Section(key="reviewed", title="Where the shared results stand", order=50, lines=lines, data={"reviews": rows})
    made = [d for d in room.record.decisions if d.session == session.code and d.question]
    decided = [
        Line(
            text=d.question,
            row="decision",
            answer=d.by,
            reason=d.text,
            below=[words for words in (_rule(d.tie_breaker), _owner(d.owner, d.due)) if words],
        )
        for d in made
    ]
    yield Section(key="decided", title="What was decided", order=55, lines=decided)


def _rule(rule: str) -> str:
    return f"by the rule “{rule}”" if rule else ""


def _owner(owner: str, due: str) -> str:
    if owner and due:
        return f"{owner} sees to it, by {due}"
    return f"{owner} sees to it" if owner else f"by {due}" if due else ""
