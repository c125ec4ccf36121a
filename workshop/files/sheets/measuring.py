"""What the cells of a row say in figures: from, to, now; what is none stays in the words, and is said."""

import re
from typing import Any

from sessions.record.files.incoming import Incoming
from sessions.record.results.result import plain
from sessions.rules import figures
from sessions.rules.figures import Amount, Span
from sessions.rules.refusal import Refused

FIGURES = ("baseline", "target", "current")


def measured(came: Incoming, line: int, cells: dict[str, str], words: str, comma: bool) -> tuple[dict[str, Any], str]:
    """The figures of a result and its words, with what could not be read as one added to them."""
    fields: dict[str, Any] = {name: None for name in FIGURES if name in cells}
    found: dict[str, Amount] = {}
    unread: list[str] = []
    between = next(
        (span for name in ("figures", "metric", "target", "baseline") if (span := _span(cells, name, comma))), None
    )
    for name in FIGURES:
        said = cells.get(name, "").strip()
        if not said or (between and _span(cells, name, comma)):
            continue
        _must_be_read_one_way(said, name, comma)
        amount = figures.amount(said, comma)
        about = None if amount else figures.amount(re.sub(r"^(?:[<>≥≤~≈]=?|ca\.?|about|at least)\s*", "", said), comma)
        if about:
            came.leave(line, said, "“{said}” is read as {value}.", said=said, value=plain(about.value))
        amount = amount or about
        if amount:
            found[name] = amount
        elif figures.is_unknown(said):
            came.leave(line, said, "“{said}” is no figure, so the {name} is open.", said=said, name=name)
        else:
            unread.append(said)
            came.leave(line, said, "The {name} “{said}” is no figure. It stands in the words.", said=said, name=name)
    whole = _whole(between, found, cells, words, comma)
    if whole:
        said_too = {"baseline": whole.baseline, "target": whole.target, "current": whole.current}
        fields |= {name: value for name, value in said_too.items() if value is not None}
        if whole.unit and not cells.get("unit"):
            fields["unit"] = whole.unit
    return fields, f"{words} ({' → '.join(unread)})" if unread else words


def _whole(
    between: Span | None, found: dict[str, Amount], cells: dict[str, str], words: str, comma: bool
) -> Span | None:
    """From where to where, by the cells, or where they say nothing by the words."""
    current = found.get("current")
    if between is None and not {"baseline", "target"} & found.keys() and not any(cells.get(n) for n in FIGURES[:2]):
        between = figures.span(words, comma)
    if between:
        return Span(between.baseline, between.target, current.value if current else None, between.unit)
    return figures.together(found.get("baseline"), found.get("target"), current) if found else None


def _span(cells: dict[str, str], name: str, comma: bool) -> Span | None:
    return figures.span(cells.get(name, ""), comma)


def _must_be_read_one_way(said: str, name: str, comma: bool) -> None:
    """Refuse 1,200 where commas part cells: it is twelve hundred or one and a fifth."""
    if not comma and re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", said):
        whole = said.replace(",", "")
        sentence = "The {name} “{said}” can be read in two ways: write {whole}, or use a point."
        raise Refused("bad_row", sentence, {"name": name, "said": said, "whole": whole})
