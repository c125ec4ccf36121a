"""Export: the outcome of a session as Markdown, CSV and JSON."""

import csv
import io
import json
import re
from typing import Any

from sessions.record.results import plain

Outcome = dict[str, Any]

#: Signs a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "'")

#: What a note of a gallery walk begins with.
KINDS = {"like": "I like", "wish": "I wish", "what_if": "What if", "touches": ""}

COLUMNS = ("kind", "text", "metric", "unit", "baseline", "target", "direction", "who", "dots", "note")


def as_json(outcome: Outcome) -> str:
    """The outcome as indented JSON."""
    return json.dumps(outcome, indent=2, ensure_ascii=False) + "\n"


def as_csv(outcome: Outcome) -> str:
    """One row a thing; no cell can start a formula, so figures with a sign carry an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(outcome):
        writer.writerow([cell(row.get(column)) for column in COLUMNS])
    return "\ufeff" + out.getvalue()


def as_markdown(outcome: Outcome) -> str:
    """The outcome to read and to paste, headings first."""
    session = outcome["session"]
    parts = [f"# {md(session['title'])}", _objective(outcome), _results(outcome), _thumbs(outcome)]
    parts += [
        _confidence(outcome),
        _narrative(outcome),
        _posters(outcome),
        _changes(outcome),
        _open(outcome),
        _spoken(outcome),
    ]
    parts += [_visits(outcome), *map(_vote, outcome["votes"]), _ideas(outcome), _context(outcome)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _rows(outcome: Outcome) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    objective = outcome["objective"]
    if objective and objective["text"]:
        note = f"DRAFT {objective['version']}" if objective["version"] else "DRAFT"
        rows.append({"kind": "objective", "text": objective["text"], "note": note})
    for r in outcome["key_results"]:
        rows.append(
            {
                "kind": "key result",
                **{name: r[name] for name in ("text", "metric", "unit", "direction")},
                "baseline": None if r["baseline"] is None else plain(r["baseline"]),
                "target": None if r["target"] is None else plain(r["target"]),
                "who": " & ".join(r["leads"]),
                "note": "; ".join(f"missing: {m}" for m in r["missing"]),
            }
        )
    dots = {(v["vote"], i["item"]): i["dots"] for v in outcome["votes"] for i in v["items"]}
    for idea in outcome["ideas"]:
        counted = [f"{count}" for (_, item), count in dots.items() if item == idea["text"]]
        rows.append(
            {
                "kind": "idea" if idea["pile"] != "sentences" else "sentence",
                "text": idea["text"],
                "dots": counted[-1] if counted else "",
                "note": {"draft": "in the draft", "aside": "set aside", "heard": ""}[idea["became"]],
            }
        )
    for poster in outcome["posters"]:
        for note in poster["notes"]:
            said = " · ".join(part for part in (note["answer"], note["reason"]) if part)
            rows.append({"kind": "feedback", "text": note["text"], "who": poster["team"], "note": said or "open"})
        if poster["sentence"]:
            rows.append({"kind": "what changed", "text": poster["sentence"], "who": poster["team"]})
    for r in outcome["confidence"]:
        counts = ", ".join(map(str, r["counts"])) if "counts" in r else ""
        rows.append({"kind": "confidence", "text": f"round {r['number']}", "dots": r.get("mean", ""), "note": counts})
    for concern in outcome["concerns"]:
        rows.append({"kind": "concern", "text": concern["text"], "note": concern["answer"] or "open"})
    rows += [{"kind": "decision", "text": d["text"], "who": d["by"]} for d in outcome["decisions"]]
    rows += [
        {"kind": "change", "text": c["now"], "who": c["who"], "note": c["why"] or f"was: {c['was']}"}
        for c in outcome["changes"]
    ]
    rows += [{"kind": "open", "text": o["text"], "who": o["has_it"], "note": o["on"]} for o in outcome["open"]]
    rows += [{"kind": "thumb", "text": t["thumb"], "who": t["name"]} for t in outcome["thumbs"]]
    rows += [{"kind": "visit", "text": v["team"], "who": v["leader"], "note": v["by"]} for v in outcome["visits"]]
    return rows


#: Why a vote that was shown has no figures.
WITHHELD = {
    "too_few": "Too few to show: with fewer than three votes, each would tell the others.",
    "beside_another_round": "Not shown beside the newer round: together they would tell how somebody voted.",
}
_SPOKEN = {
    "link": "{by} made a personal link for {for}.",
    "claim": "{by} let a device in as {for}.",
    "merged": "{by} said that two entries are one person: {for}.",
    "vote": "{by} voted for {for}, openly.",
    "cofacilitator": "{by} made a link for a co-facilitator.",
    "screen": "{by} made a link for the big screen.",
}
_SPOKEN_STATES = {
    "refused": " {for} refused it.",
    "withdrawn": " It was taken back.",
    "fine": " {for} said it is fine.",
}


def spoken(done: Outcome) -> str:
    """What was done in somebody's name, as a sentence."""
    sentence = _SPOKEN[done["how"]] + _SPOKEN_STATES.get(done["state"], "")
    return sentence.format(**{"by": done["by"] or "Somebody", "for": done["for"] or "somebody"})


def cell(value: Any) -> str:
    """A value as a cell no spreadsheet would reckon with: an apostrophe stands before what could begin a formula."""
    words = "" if value is None else str(value)
    bare = words.lstrip()
    risky = bare.startswith(_FORMULA) or words.startswith(("\t", "\r", "\n"))
    return "'" + words if risky else words


def _objective(outcome: Outcome) -> str:
    objective = outcome["objective"]
    if not objective:
        return ""
    version = f" {objective['version']}" if objective["version"] else ""
    polish = f"\n\n*{md(objective['polished_by'])} polishes the words.*" if objective["polished_by"] else ""
    return f"**DRAFT{version}**\n\n## {md(objective['text'] or 'The sentence is still to come')}{polish}"


def _results(outcome: Outcome) -> str:
    lines = []
    for place, r in enumerate(outcome["key_results"], 1):
        unit = f" {md(r['unit'])}" if r["unit"] else ""
        lines.append(f"{place}. **{md(r['text'])}**")
        lines.append(f"   - {plain(r['baseline'])} → {plain(r['target'])}{unit}")
        if r["metric"]:
            lines.append(f"   - counts {md(r['metric'])}")
        if r["leads"]:
            lines.append(f"   - carried by {md(' and '.join(r['leads']))}")
        if r["teams"]:
            lines.append(f"   - touches {md(', '.join(r['teams']))}")
        if r["baseline_found_by"]:
            until = f" by {md(r['baseline_found_until'])}" if r["baseline_found_until"] else ""
            lines.append(f"   - {md(r['baseline_found_by'])} finds out where it is today{until}")
        if r["missing"]:
            lines.append(f"   - still to say: {', '.join(r['missing'])}")
        lines += [f"   - {md(c['by'])}: {md(c['text'])}" for c in r["comments"]]
    return "## Results\n\n" + "\n".join(lines) if lines else ""


def _thumbs(outcome: Outcome) -> str:
    if not outcome["thumbs"]:
        return ""
    said = ", ".join(f"{md(t['name'])} {t['thumb']}" for t in outcome["thumbs"])
    return f"## Good enough to show?\n\n{said}"


def _confidence(outcome: Outcome) -> str:
    lines = [
        f"- Round {r['number']}: {r.get('mean') or WITHHELD[r['withheld']]} ({r['voters']} of {r['present']} voted)"
        + (f"; from 1 to 5: {', '.join(map(str, r['counts']))}" if "counts" in r else "")
        for r in outcome["confidence"]
    ]
    for concern in outcome["concerns"]:
        on = f" ({md(concern['line'])})" if concern["line"] else ""
        answer = f" – {md(concern['answer'])}" if concern["answer"] else ""
        lines.append(f"- Concern{on}: {md(concern['text'])}{answer}")
    lines += [f"- Decided by {md(d['by'])}: {md(d['text'])}" for d in outcome["decisions"]]
    return "## Confidence\n\n" + "\n".join(lines) if lines else ""


def _narrative(outcome: Outcome) -> str:
    said = outcome["narrative"]
    lines = [f"- {word.title()}: {md(said[word])}" for word in ("think", "feel", "do") if said.get(word)]
    return "## What people shall think, feel and do\n\n" + "\n".join(lines) if lines else ""


def _posters(outcome: Outcome) -> str:
    parts = []
    for poster in outcome["posters"]:
        head = f"## {poster['number']}. {md(poster['team'])}"
        said = f"\n\n*{md(poster['sentence'])}*" if poster["sentence"] else ""
        lines = [_hung(note) for note in poster["notes"]]
        parts.append(head + said + ("\n\n" + "\n".join(lines) if lines else ""))
    return "\n\n".join(parts)


def _hung(note: dict[str, Any]) -> str:
    more = [KINDS.get(note["kind"], ""), f"from {md(note['from'])}" if note["from"] else ""]
    more += [f"touches {md(note['touches'])}" if note["touches"] else "", "came late" if note["late"] else ""]
    tail = ", ".join(part for part in more if part)
    answer = f"\n  - {note['answer']}: {md(note['reason'])}" if note["answer"] else ""
    below = "".join(f"\n  - {md(text)}" for text in note["notes"])
    return f"- {md(note['text'])}{f' ({tail})' if tail else ''}{below}{answer}"


def _changes(outcome: Outcome) -> str:
    lines = [
        f"- {md(c['on'])}, {c['what']}: “{md(c['was'])}” → “{md(c['now'])}” ({md(c['who'])}"
        + (f"; {md(c['why'])})" if c["why"] else ")")
        for c in outcome["changes"]
    ]
    return "## What changed\n\n" + "\n".join(lines) if lines else ""


def _open(outcome: Outcome) -> str:
    lines = [f"- {md(o['text'])} (on “{md(o['on'])}”, with {md(o['has_it'])})" for o in outcome["open"]]
    return "## Still open\n\n" + "\n".join(lines) if lines else ""


def _visits(outcome: Outcome) -> str:
    if not outcome["visits"]:
        return ""
    lines = [
        f"- {md(v['team'])}: {md(v['leader'])}{' by ' + md(v['by']) if v['by'] else ''}" for v in outcome["visits"]
    ]
    return "## Who visits whom\n\n" + "\n".join(lines)


def _vote(vote: dict[str, Any]) -> str:
    again = f", round {vote['round']}" if vote["round"] > 1 else ""
    split = any("later" in row for row in vote["items"])
    head = "| | dots |" + (" now | later |" if split else "")
    rule = "|---|---:|" + ("---:|---:|" if split else "")
    rows = [
        f"| {md(row['item'])} | {row['dots']} |" + (f" {row['now']} | {row['later']} |" if split else "")
        for row in vote["items"]
    ]
    title = f"## Vote: {vote['vote']}{again} ({vote['voters']} voted)\n\n"
    return title + (WITHHELD[vote["withheld"]] if "withheld" in vote else "\n".join([head, rule, *rows]))


def _spoken(outcome: Outcome) -> str:
    lines = "\n".join(f"- {md(spoken(done))}" for done in outcome["spoken"])
    return f"## In somebody's name\n\n{lines}" if lines else ""


def _ideas(outcome: Outcome) -> str:
    voted = {row["item"] for vote in outcome["votes"] for row in vote["items"]}
    aside = [i for i in outcome["ideas"] if i["became"] == "aside"]
    rest = [i for i in outcome["ideas"] if i["became"] == "heard" and i["text"] not in voted]
    merged = [i for i in outcome["ideas"] if i["merged_from"] and i["text"] in voted]
    parts = []
    for title, ideas in (
        ("Set aside for later", aside),
        ("Also heard", rest),
        ("What was put together", merged),
    ):
        if ideas:
            parts.append(f"## {title}\n\n" + "\n".join(_idea(i) for i in ideas))
    return "\n\n".join(parts)


def _idea(idea: dict[str, Any]) -> str:
    below = "".join(f"\n  - {md(text)}" for text in idea["merged_from"])
    return f"- {md(idea['text'])}{' (came late)' if idea['late'] else ''}{below}"


def _context(outcome: Outcome) -> str:
    return f"## Where we stood\n\n{md(outcome['context'])}" if outcome["context"] else ""


def md(text: str) -> str:
    """Text as text: nothing in it is taken for Markdown or HTML, line breaks become spaces."""
    flat = " ".join(text.split())
    safe = "".join("\\" + c if c in "\\`*_[]<>#|~" else c for c in flat)
    return re.sub(r"^(\d+)([.)])|^([-+])", r"\1\\\2\3", safe) if re.match(r"\d+[.)]|[-+]", safe) else safe
