"""What headings and labels of such documents begin: the results, the goals, who owns them, or something else."""

import re

from workshop.files import labels

#: Headings and labels of results, of goals, and of everything else that stands in such documents.
RESULTS = {"key results", "key result", "krs", "kr", "results", "measurable results", "schlüsselergebnisse"}
GOALS = {"objectives", "goals", "okrs", "ziele", "objectives and key results", "our okrs"}
OTHER = {
    "initiatives", "initiative", "context", "cadence", "dependencies", "risks", "notes", "evidence", "background",
    "tasks", "actions", "action items", "next steps", "check ins", "check-ins", "review", "retrospective", "links",
    "resources", "agenda", "projects", "milestones", "assumptions", "open questions", "decisions", "participants",
    "attendees", "constraints", "health metrics", "comments", "why this matters", "maßnahmen", "risiken", "scoring",
    "summary", "confidence", "appendix",
}  # fmt: skip
OWNER = {"owner", "owners", "owner s", "dri", "lead", "leads", "responsible", "verantwortlich"}


def section(words: str) -> str:
    """Whether a heading begins the ``results``, the ``goals``, or something ``other`` of such a document."""
    bare = plain(labels.bare_words(words))
    if bare in RESULTS:
        return "results"
    if bare in GOALS:
        return "goals"
    return "other" if bare in OTHER else ""


def is_about_the_goal(name: str) -> bool:
    """Whether a label says something about a goal that is none of its results."""
    words = plain(name)
    first = words.partition(" ")[0]
    return words in OWNER or words in OTHER or first in ("evidence", "strategy", "owner", "status", "due")


def plain(words: str) -> str:
    """Words as they are compared: small, without signs."""
    return " ".join(re.sub(r"[^\w\s-]", " ", words.casefold()).split())
