"""A text with teams, objectives and results, however it says which is which: by headings, labels, lists or tables."""

from functools import partial

from sessions.record.files.incoming import Incoming, IncomingObjective, IncomingResult, IncomingTeam
from sessions.rules import figures, text
from sessions.rules.refusal import Refused
from workshop.files import labels, table
from workshop.files.outline.blocks import Block, blocks
from workshop.files.outline.details import detail
from workshop.files.outline.sections import OTHER, OWNER, RESULTS, is_about_the_goal, plain, section
from workshop.files.outline.shape import Shape, is_goal, named_at_once, shape_of
from workshop.files.outline.writing import EVERYBODY

#: The longest line that is read, in characters.
_LONGEST = 2_000


def read(body: str) -> Incoming:
    """What a text brings, and by line what of it is not used."""
    came = Incoming()
    lines = body.splitlines()
    long = next((number for number, line in enumerate(lines, 1) if len(line) > _LONGEST), 0)
    if long:
        came.refuse(long, "This line is longer than {longest} characters.", longest=f"{_LONGEST:,}")
        return came
    found = list(named_at_once(blocks(body)))
    shape = shape_of(found)
    if not shape.speaks:
        came.refuse(1, "There is no heading here. Write “## Team”, “### Objective”, and a list of results.")
        return came
    _Reader(came, shape).read(found)
    if any(block.kind == "heading" and labels.bare_words(block.words) != block.words for block in found):
        came.leave(1, "", "Pictures before headings are left out.")
    return came


class _Reader:
    """Goes through the blocks with the team, the goal and the result they stand under."""

    def __init__(self, came: Incoming, shape: Shape) -> None:
        self.came, self.shape = came, shape
        self.team = ""
        self.objective: IncomingObjective | None = None
        self.result: IncomingResult | None = None
        self.depth = 0
        #: The section of other things one is in, and the depth of its heading.
        self.aside: tuple[str, int] = ("", 0)
        #: Plain headings and lines that turn out to be teams once a goal follows.
        self.waiting: list[Block] = []
        self.wants_results = False

    def read(self, found: list[Block]) -> None:
        """Every block; one that cannot be read is named."""
        for block in found:
            if block.words or block.kind == "table":
                self.came.attempt(block.line, partial(getattr(self, f"_{block.kind}"), block))
        self._settle_titles()

    def _heading(self, block: Block) -> None:
        words = labels.bare_words(block.words)
        begins = section(words)
        if self.aside[0] and block.depth > self.aside[1]:
            self.came.leave(block.line, words, "This stands under “{section}”.", section=self.aside[0])
            return
        self.aside, self.wants_results = ("", 0), begins == "results"
        if begins == "other":
            self.aside = (words.strip(" :"), block.depth)
            self.came.leave(block.line, words, "“{words}” is neither a goal nor a result.", words=words)
        elif begins:
            if begins == "goals":
                self.objective = self.result = None
        elif self.shape.explicit:
            if is_goal(words):
                self._begin(block.line, words)
            else:
                self.waiting = [b for b in self.waiting if b.kind == "heading" and b.depth < block.depth]
                self.objective = self.result = None
                self.waiting.append(block)
        elif block.depth == self.shape.objective:
            self._begin(block.line, words)
        elif block.depth == self.shape.team:
            self._team_is(block.line, words)
        else:
            self.came.leave(block.line, words, "This is a title.")

    def _line(self, block: Block) -> None:
        words = labels.bare_words(block.words)
        name, colon, said = (part.strip() for part in words.partition(":"))
        if is_goal(words):
            self.aside = ("", 0)
            self._begin(block.line, words)
        elif labels.is_team(words):
            self._team_is(block.line, labels.team_in(words))
        elif labels.is_key_result(words) and self.objective and not self.aside[0]:
            self._add(block.line, words)
        elif colon and plain(name) in RESULTS and not said:
            self.aside, self.wants_results = ("", 0), True
        elif colon and not said and (block.bold or plain(name) in OTHER):
            self.aside = (name, 7)
            self.came.leave(block.line, words, "“{words}” is neither a goal nor a result.", words=name)
        elif colon and plain(name) in OWNER and self.objective and not self.objective.results:
            self.objective.kept.setdefault("owner", said[: text.LINE])
        elif self._may_be_a_team(block, words):
            self.waiting = [block]
            self.objective = self.result = None
        else:
            self.came.leave(block.line, words, "This line is neither a goal nor a result.")

    def _item(self, block: Block) -> None:
        words = block.words
        bare = labels.bare_words(words)
        name, colon, said = (part.strip() for part in bare.partition(":"))
        if self.aside[0]:
            self.came.leave(block.line, bare, "This stands under “{section}”.", section=self.aside[0])
        elif is_goal(bare):
            self._begin(block.line, bare)
        elif self.shape.goals_at > 0 and block.depth < self.shape.goals_at:
            self._team_is(block.line, bare)
        elif block.depth == self.shape.goals_at:
            self._begin(block.line, bare)
        elif self.result and block.depth > self.depth and not labels.is_key_result(bare) and not self.wants_nested:
            detail(self.came, block.line, self.result, bare)
        elif colon and plain(name) in RESULTS and not said:
            self.wants_results, self.depth, self.result = True, block.depth + 1, None
        elif self.shape.explicit and colon and not labels.is_key_result(bare) and is_about_the_goal(name):
            self._about(block.line, name, said)
        else:
            self.depth = block.depth
            self._add(block.line, bare)

    def _more(self, block: Block) -> None:
        """A further paragraph of an item."""
        self.came.leave(block.line, block.words, "This line is neither a goal nor a result.")

    def _table(self, block: Block) -> None:
        grid, heads = block.grid, " | ".join(block.grid.rows[0].filled)
        if self.aside[0]:
            self.came.leave(block.line, heads, "This stands under “{section}”.", section=self.aside[0])
            return
        goal = self.objective.text if self.objective else ""
        team = self.objective.team if self.objective else self.team or self._team_waiting()
        before = len(self.came.bad)
        if not table.read_grid(self.came, grid, team=team, objective=goal):
            del self.came.bad[before:]
            self.came.leave(block.line, heads, "No column of this table is a goal or a result.")

    @property
    def wants_nested(self) -> bool:
        return self.wants_results and self.result is None

    def _begin(self, line: int, words: str) -> None:
        """A goal, under the team that stands above it."""
        waiting = self._team_waiting()
        if waiting:
            self._team_is(self.waiting[-1].line, waiting)
        self._settle_titles(but=waiting)
        said = text.clean(labels.without_label(words), text.LINE, "The objective")
        self.objective = IncomingObjective(said, line, self.team)
        self.came.objectives.append(self.objective)
        self.result, self.wants_results, self.depth = None, False, 0

    def _team_is(self, line: int, words: str) -> None:
        self.objective = self.result = None
        name = labels.team_in(words) if self.shape.explicit else labels.bare_words(words)
        self.team = "" if text.alike(name) == text.alike(EVERYBODY) else text.clean(name, text.NAME, "The team")
        known = {text.alike(team.name) for team in self.came.teams}
        if self.team and text.alike(self.team) not in known:
            self.came.teams.append(IncomingTeam(self.team, line))

    def _team_waiting(self) -> str:
        """The nearest heading or line above that is no title."""
        return next((name for block in reversed(self.waiting) if (name := labels.team_in(block.words))), "")

    def _settle_titles(self, but: str = "") -> None:
        """What stood above and named no team was a title; a heading that did stands above further goals too."""
        for block in self.waiting:
            if not but or labels.team_in(block.words) != but:
                self._title(block)
        self.waiting = [b for b in self.waiting if but and b.kind == "heading" and labels.team_in(b.words) == but]

    def _title(self, block: Block) -> None:
        name = labels.team_in(block.words)
        if text.alike(name) not in {text.alike(team.name) for team in self.came.teams}:
            self.came.leave(block.line, labels.bare_words(block.words), "This is a title.")

    def _add(self, line: int, words: str) -> None:
        if self.objective is None:
            if self.shape.explicit:
                self.came.leave(line, words, "This stands under no objective.")
                return
            raise Refused("bad_row", "This result stands under no objective.")
        said = text.clean(labels.without_label(words), text.LINE, "The result")
        found = figures.span(said)
        fields = {"baseline": found.baseline, "target": found.target, "unit": found.unit} if found else {}
        self.result = IncomingResult(said, line, fields={name: value for name, value in fields.items() if value != ""})
        self.objective.results.append(self.result)

    def _about(self, line: int, name: str, said: str) -> None:
        if plain(name) in OWNER and self.objective:
            self.objective.kept.setdefault("owner", said[: text.LINE])
        else:
            self.came.leave(line, f"{name}: {said}", "“{name}” is neither a goal nor a result.", name=name)

    def _may_be_a_team(self, block: Block, words: str) -> bool:
        """In a text without headings, a short line alone before a goal is a team."""
        short = len(words) <= text.NAME and ":" not in words and not words.endswith((".", "!", "?", ";"))
        return self.shape.explicit and self.shape.bare and short and block.kind == "line"
