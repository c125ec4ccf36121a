"""What a confidence vote says in the outcome: its rounds, the concerns and their answers, and who decided."""

from collections.abc import Iterator

from sessions.activities.confidence.rounds import Rounds
from sessions.activities.confidence.standing import DecisionShown, RoundPicture, picture
from sessions.board.telling import WITHHELD
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.room.section import Line, Picture, Section
from sessions.rules.voting import FIGURES_FROM


class ConcernTold(Shown, frozen=True):
    """An unsigned concern, the words it is about, and how it was answered."""

    round: int
    line: str
    text: str
    answer: str


def confidence_rounds(room: Room, session: Session) -> Iterator[Section]:
    """Rounds that were shown, their concerns, and what somebody settled that no round did."""
    shown = [found for found in session.part(Rounds).by_id.values() if found.shown]
    rounds, concerns = [picture(found) for found in shown], _concerns(room, session)
    made = [decision for decision in room.record.decisions if decision.session == session.code]
    decisions = [DecisionShown(decision.text, room.name_of(decision.by)) for decision in made]
    lines = [Line(text=f"round {found.number}", row="confidence", cells=_cells(found)) for found in rounds]
    answered = [
        Line(
            text=told.text,
            row="concern",
            on=told.line,
            tags=["concern"],
            answer="Answered" if told.answer else "",
            reason=told.answer,
            cells={"note": told.answer or "open"},
        )
        for told in concerns
    ]
    settled = [Line(text=d.text, row="decision", who=d.by, answer=f"Decided by {d.by}") for d in decisions]
    yield Section(
        key="confidence",
        title="How confident we are",
        order=40,
        pictures=[_histogram(r, len(rounds) > 1) for r in rounds],
        lines=[*answered, *settled],
        data={"confidence": rounds, "concerns": concerns, "decisions": decisions},
    )
    yield Section(key="confidence_rows", title="", order=41, set="rows", lines=lines)


def _concerns(room: Room, session: Session) -> list[ConcernTold]:
    """Unsigned concerns of shown rounds, the line each is about, and how it was answered."""
    return [
        ConcernTold(round=r.number, line=room.record.wording(c.line), text=c.text, answer=c.settled)
        for r in session.part(Rounds).by_id.values()
        if r.shown and r.hidden() >= FIGURES_FROM
        for c in r.concerns.values()
    ]


def _histogram(found: RoundPicture, several: bool) -> Picture:
    note = WITHHELD[found.withheld] if found.withheld else "Fewer than four voted, so only the mean is shown."
    if found.yes:
        yes = found.yes
        note = f"{yes.meaningful} meaningful · {yes.inclusive} inclusive · {yes.can_do} can do"
    voted = f"{found.voters} of {max(found.present, found.voters)} voted"
    caption = f"Round {found.number} · {voted}" if several else voted
    return Picture(shape="histogram", figure=found.mean, caption=caption, note=note, counts=found.counts or [])


def _cells(found: RoundPicture) -> dict[str, str]:
    return {"dots": found.mean, "note": ", ".join(map(str, found.counts or []))}
