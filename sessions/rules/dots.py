"""How many dots a person gets, and where a shortlist is cut (``spec/formats.md``, rules for every room)."""


def budget(items: int, wish: int | None = None) -> int:
    """Dots per person for ``items`` things to choose from: a third of them, between 3 and 6, or the wish."""
    if wish:
        return wish
    return max(3, min(6, (items + 1) // 3 if items % 3 == 2 else items // 3))


def cut(totals: list[int], least: int = 3, most: int = 5) -> tuple[int, bool]:
    """How many of the ranked ``totals`` to propose, and whether the line runs through a tie.

    Prefers four; moves the line to the nearest place between ``least`` and ``most`` that parts no tie.
    Things without a dot are never proposed.
    """
    voted = sum(1 for total in totals if total > 0)
    if voted <= least:
        return voted, False
    for line in (4, 5, 3):
        if least <= line <= most and line <= voted and not _ties(totals, line):
            return line, False
    return min(4, voted), True


def _ties(totals: list[int], line: int) -> bool:
    return line < len(totals) and totals[line - 1] == totals[line]
