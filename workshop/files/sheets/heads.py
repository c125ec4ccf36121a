"""What people call the columns of a table of goals, and in which row they stand."""

import re
from dataclasses import dataclass, field

from workshop.files.sheets.grid import Grid

#: What a column can say, by the words people use for it; the first is ours.
NAMES: dict[str, tuple[str, ...]] = {
    name: tuple(words.split("|"))
    for name, words in {
        "team": "team|teams|team name|entity|department|abteilung|squad|group|bereich|owner team|function|tribe",
        "objective": "objective|objectives|goal|goals|ziel|ziele|objective title|objective name|okr|objectif|o",
        "key result": "key result|key results|kr|krs|result|results|keyresult|schlüsselergebnis|schlüsselergebnisse"
        "|key result title|key result name|measurable result",
        "title": "title|name|goal name|task name|item|titel|summary",
        "type": "type|goal type|item type|issue type|record type|level|kind|typ",
        "parent": "parent|parent id|parent task|parent key|parent issue|parent link|parent goal|parent title"
        "|parent row id|aligned to|parent objective",
        "id": "id|row id|goal id|task id|issue key|issue id|#|key|nr|no",
        "metric": "metric|metric name|measure|kpi|messgröße|what is counted|measured by",
        "unit": "unit|units|einheit|metric unit|measured in",
        "baseline": "baseline|start|from|start value|starting value|metric start|initial|initial value|startwert"
        "|ausgangswert|von|was|base|baseline value|starting point",
        "target": "target|target value|to|metric target|zielwert|end value|stretch goal|aim|goal value|auf|soll"
        "|target metric",
        "current": "current|current value|now|actual|actual value|metric current|ist|istwert|stand|current metric"
        "|latest|latest value",
        "figures": "figures|from to|baseline target|from → to",
        "direction": "direction|richtung",
        "lead 1": "lead 1|lead|owner|owners|dri|responsible|assignee|verantwortlich|owner name|who|person|owner email"
        "|accountable|leads|key result owner|kr owner",
        "lead 2": "lead 2|co owner|second owner",
    }.items()
}
#: What a result keeps as it came, though no page shows it.
KEPT = {
    "status": ("status", "state", "health", "rag"),
    "confidence": ("confidence", "konfidenz"),
    "score": ("score", "grade", "bewertung"),
    "period": ("quarter", "time period", "period", "cycle", "quartal", "timeframe", "zeitraum"),
    "start_date": ("start date", "startdatum", "starts", "begin"),
    "due": ("due", "due date", "end date", "deadline", "enddatum", "ends", "by when", "fällig"),
    "priority": ("priority", "priorität", "prio"),
}
#: Columns with a result each, in one row.
_NUMBERED = re.compile(r"(?:kr|key result|result|ergebnis)\s*#?\s*(\d+)$")
_KNOWN = {word: name for name, words in (*NAMES.items(), *KEPT.items()) for word in words}


@dataclass(slots=True)
class Heads:
    """Which column says what: its place → what it says; and those that are not known, by their words."""

    line: int
    at: int
    columns: dict[int, str] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        """Whether one of these stands somewhere."""
        return any(name in self.columns.values() for name in names)

    @property
    def ours(self) -> bool:
        """Whether this is a table that we wrote ourselves: what is blank in it is meant so."""
        return {"lead 1", "lead 2", "direction", "team", "objective", "key result"} <= set(self.columns.values())


def said(head: str) -> str:
    """A head as it is compared: small, its signs and brackets gone."""
    bare = re.sub(r"\(.*?\)|[*_`:?]", " ", head.casefold().replace("_", " "))
    return " ".join(bare.split())


def known(head: str) -> str:
    """What a column of this name says, or nothing."""
    words = said(head)
    if _NUMBERED.fullmatch(words):
        return "key result"
    return _KNOWN.get(words, "")


def find(grid: Grid, chosen: dict[str, str] | None = None) -> Heads | None:
    """The row with the heads, among the first twenty; ``chosen`` says by its words what an unknown column is."""
    best: Heads | None = None
    for at, row in enumerate(grid.rows[:20]):
        heads = Heads(row.line, at)
        for place, cell in enumerate(row.cells):
            name = (chosen or {}).get(said(cell), "") or known(cell)
            if name and name != "none":
                heads.columns[place] = name
            elif cell.strip() and name != "none":
                heads.unknown[place] = cell.strip()
            heads.words[place] = cell.strip()
        if not heads.has("objective", "key result", "title", "team"):
            continue
        enough = len(heads.columns) > 1 or (len(row.filled) == 1 and heads.has("team", "objective"))
        if enough and (best is None or len(heads.columns) > len(best.columns)):
            best = heads
    return best
