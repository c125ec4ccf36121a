"""Export: readings of a session's outcome as Markdown, CSV and JSON. They know sections and lines, and nothing else."""

import csv
import io
import json
import re
from typing import Any

from sessions.outcome import Outcome
from sessions.room.section import Line, Picture, Section

#: Signs a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "'")

COLUMNS = ("kind", "text", "metric", "unit", "baseline", "target", "direction", "who", "dots", "note")


def as_json(outcome: Outcome) -> str:
    """The outcome as indented JSON."""
    return json.dumps(outcome.data(), indent=2, ensure_ascii=False) + "\n"


def as_csv(outcome: Outcome) -> str:
    """One row a thing; no cell can start a formula, so figures with a sign carry an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in (line for section in outcome.sections for line in section.lines if line.row):
        row = {"kind": line.row, "text": line.text, "who": line.who, **line.cells}
        writer.writerow([cell(row.get(column)) for column in COLUMNS])
    return "\ufeff" + out.getvalue()


def as_markdown(outcome: Outcome) -> str:
    """The outcome to read and to paste, headings first."""
    parts = [f"# {md(outcome.title)}"]
    if outcome.headline:
        polish = f"\n\n*{md(outcome.polished_by)} polishes the words.*" if outcome.polished_by else ""
        parts.append(f"**{outcome.stamp}**\n\n## {md(outcome.headline)}{polish}")
    parts += [_section(section) for section in outcome.shown()]
    return "\n\n".join(parts) + "\n"


def cell(value: Any) -> str:
    """A value as a cell no spreadsheet would reckon with: an apostrophe stands before what could begin a formula."""
    words = "" if value is None else str(value)
    bare = words.lstrip()
    risky = bare.startswith(_FORMULA) or words.startswith(("\t", "\r", "\n"))
    return "'" + words if risky else words


def _section(section: Section) -> str:
    lead = f"\n\n*{md(section.lead)}*" if section.lead else ""
    lines = "\n".join(_line(section, line) for line in section.lines)
    return f"## {md(section.title)}{lead}\n\n" + "\n\n".join(
        part for part in ("\n\n".join(map(_picture, section.pictures)), lines) if part
    )


def _line(section: Section, line: Line) -> str:
    if section.set == "text":
        return md(line.text)
    text = f"“{md(line.was)}” → “{md(line.text)}”" if line.was is not None else md(line.text)
    before = f"{md(line.on)}: " if line.on and (line.was is not None or section.set == "terms") else ""
    beside = [f"on “{md(line.on)}”"] if line.on and not before else []
    beside += [md(line.who)] if line.who and section.set != "cards" and not line.answer else []
    beside += [md(tag) for tag in line.tags]
    reason = f": {md(line.reason)}" if line.reason else ""
    answer = f"\n  - {md(line.answer)}{reason}" if line.answer else ""
    beside += [md(line.reason)] if line.reason and not line.answer else []
    tail = f" ({'; '.join(beside)})" if beside else ""
    below = "".join(f"\n  - {md(text)}" for text in line.below)
    return f"- {before}{text}{tail}{below}{answer}"


def _picture(picture: Picture) -> str:
    head = " · ".join(md(part) for part in (picture.figure, picture.caption) if part)
    counts = f" From 1 to 5: {', '.join(map(str, picture.counts))}." if picture.counts else ""
    note = f" {md(picture.note)}" if picture.note else ""
    return f"**{head}.**{note}{counts}" + (f"\n\n{_bars(picture)}" if picture.bars else "")


def _bars(picture: Picture) -> str:
    split = any(bar.later is not None for bar in picture.bars)
    rows = ["| | dots |" + (" now | later |" if split else ""), "|---|---:|" + ("---:|---:|" if split else "")]
    rows += [f"| {md(b.text)} | {b.dots} |" + (f" {b.now} | {b.later} |" if split else "") for b in picture.bars]
    return "\n".join(rows)


def md(text: str) -> str:
    """Text as text: nothing in it is taken for Markdown or HTML, line breaks become spaces."""
    flat = " ".join(text.split())
    safe = "".join("\\" + c if c in "\\`*_[]<>#|~" else c for c in flat)
    return re.sub(r"^(\d+)([.)])|^([-+])", r"\1\\\2\3", safe) if re.match(r"\d+[.)]|[-+]", safe) else safe
