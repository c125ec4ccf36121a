"""How a text says what is what: by labels, by the depth of its headings, or by that of its lists."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workshop.files import labels
from workshop.files.outline.blocks import Block
from workshop.files.outline.details import DETAILS
from workshop.files.outline.sections import section


@dataclass(slots=True)
class Shape:
    """How a text says what is what. ``team`` and ``objective`` are depths of headings, 0 for none.

    ``explicit``: goals say that they are some. ``goals_at`` is the depth of list items that are goals, -1 for none.
    """

    explicit: bool
    team: int
    objective: int
    goals_at: int
    speaks: bool
    #: Whether there is no heading at all.
    bare: bool = False


def shape_of(found: list[Block]) -> Shape:
    """The shape of a text: what says that goals are goals decides, then the deepest headings, then lists."""
    headings = [b for b in found if b.kind == "heading"]
    explicit = any(is_goal(b.words) for b in found if b.kind != "table")
    plain = [b for b in headings if not section(b.words)]
    items = [b for b in found if b.kind == "item" and not _is_detail(b.words)]
    tables = any(b.kind == "table" for b in found)
    if explicit:
        return Shape(True, 0, 0, -1, True, bare=not headings)
    depths = sorted({b.depth for b in plain})
    deepest = max((b.depth for b in items), default=-1)
    if not depths:
        return Shape(False, 0, 0, max(deepest - 1, -1) if deepest > 0 else -1, tables or deepest > 0)
    if _under_goals(items):
        return Shape(False, depths[-1], 7, 0, True)
    if depths[-1] < 3 and not items and not tables:
        return Shape(False, depths[-1], 3, -1, True)
    if deepest > 0 and len(depths) == 1 and not any(labels.is_key_result(b.words) for b in items if b.depth == 0):
        return Shape(False, depths[0], 7, 0, True)
    return Shape(False, depths[-2] if len(depths) > 1 else 0, depths[-1], -1, True)


def named_at_once(found: list[Block]) -> Iterator[Block]:
    """A label alone and the line behind it are one: “Objective 1”, and what it is."""
    label: Block | None = None
    for block in found:
        if label is not None and block.kind == "line":
            yield replace(label, words=f"Objective: {block.words}")
            label = None
            continue
        if label is not None:
            yield label
        label = block if labels.announces_objective(block.words) and block.kind in ("heading", "line") else None
        if label is None:
            yield block
    if label is not None:
        yield label


def is_goal(words: str) -> bool:
    """Whether these words say that they are a goal."""
    return labels.is_objective(words) and not labels.is_key_result(words)


def _under_goals(items: list[Block]) -> bool:
    """Whether a list has goals, and the results of each below it."""
    below = any(labels.is_key_result(b.words) for b in items if b.depth > 0)
    return below and not any(labels.is_key_result(b.words) for b in items if b.depth == 0)


def _is_detail(words: str) -> bool:
    return words.partition(":")[0].strip().casefold() in DETAILS
