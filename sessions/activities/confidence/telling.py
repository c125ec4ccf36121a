"""What a confidence vote says in the outcome: its rounds, the concerns and their answers, and who decided."""

from collections.abc import Iterator
from typing import Any

from sessions.activities.confidence.rounds import Rounds
from sessions.activities.confidence.standing import picture
from sessions.board.telling import WITHHELD
from sessions.room import Room, Session
from sessions.room.section import Line, Picture, Section
from sessions.rules.voting import FIGURES_FROM


def confidence_rounds(room: Room, session: Session) -> Iterator[Section]:
    """Rounds that were shown, their concerns, and what somebody settled that no round did."""
    shown = [found for found in session.part(Rounds).by_id.values() if found.shown]
    rounds, concerns = [picture(found) for found in shown], _concerns(room, session)
    decisions = [{"text": d.text, "by": room.name_of(d.by)} for d in room.record.decisions if d.session == session.code]
    lines = [Line(text=f"round {r['number']}", row="confidence", cells=_cells(r)) for r in rounds]
    answered = [
        Line(
            text=c["text"],
            row="concern",
            on=c["line"],
            tags=["concern"],
            answer="Answered" if c["answer"] else "",
            reason=c["answer"],
            cells={"note": c["answer"] or "open"},
        )
        for c in concerns
    ]
    settled = [Line(text=d["text"], row="decision", who=d["by"], answer=f"Decided by {d['by']}") for d in decisions]
    yield Section(
        key="confidence",
        title="How confident we are",
        order=40,
        pictures=[_histogram(r, len(rounds) > 1) for r in rounds],
        lines=[*answered, *settled],
        data={"confidence": rounds, "concerns": concerns, "decisions": decisions},
    )
    yield Section(key="confidence_rows", title="", order=41, set="rows", lines=lines)


def _concerns(room: Room, session: Session) -> list[dict[str, Any]]:
    """Unsigned concerns of shown rounds, the line each is about, and how it was answered."""
    return [
        {"round": r.number, "line": room.record.wording(c.line), "text": c.text, "answer": c.settled}
        for r in session.part(Rounds).by_id.values()
        if r.shown and r.hidden() >= FIGURES_FROM
        for c in r.concerns.values()
    ]


def _histogram(r: dict[str, Any], several: bool) -> Picture:
    asked = r.get("yes")
    note = WITHHELD[r["withheld"]] if "withheld" in r else "Fewer than four voted, so only the mean is shown."
    if asked:
        note = f"{asked['meaningful']} meaningful · {asked['inclusive']} inclusive · {asked['can_do']} can do"
    voted = f"{r['voters']} of {max(r['present'], r['voters'])} voted"
    caption = f"Round {r['number']} · {voted}" if several else voted
    return Picture(shape="histogram", figure=r.get("mean", ""), caption=caption, note=note, counts=r.get("counts", []))


def _cells(r: dict[str, Any]) -> dict[str, str]:
    return {"dots": r.get("mean", ""), "note": ", ".join(map(str, r.get("counts", [])))}
