"""What a key result still lacks, in plain words (check Q1, and Q3 of ``spec/checks.md``); it never blocks."""

from sessions.record.record import KeyResult


def missing(result: KeyResult) -> list[str]:
    """What to ask about next, in the order people fill a card in."""
    asks = {
        "what we count": bool(result.metric),
        "its unit": bool(result.unit),
        "where it is today": result.baseline is not None or bool(result.finder and result.find_by),
        "where it should be": result.target is not None,
        "up, down or keep": bool(result.direction),
    }
    if result.finder and not result.find_by:
        asks["by when we know"] = False
    if result.baseline is not None and result.baseline == result.target and result.direction != "keep":
        asks["a difference between today and then"] = False
    return [what for what, there in asks.items() if not there]
