"""What stands under a result in an outline of ours: metric, unit, figures, where it is now, and who leads it."""

import re

from sessions.record.files.incoming import Incoming, IncomingResult
from sessions.rules import text
from sessions.rules.refusal import Refused

DETAILS = ("metric", "unit", "direction", "current", "baseline", "target", "leads", "figures")
_WAYS = ("up", "down", "keep")


def detail(came: Incoming, line: int, result: IncomingResult, words: str) -> None:
    """One line under a result; what is none of ours is left, and said."""
    name, _, said = (part.strip() for part in words.partition(":"))
    match name.lower():
        case "metric" | "unit" | "direction":
            if name.lower() == "direction" and said.lower() not in _WAYS:
                raise Refused("bad_row", "“{said}” is no direction: write up, down or keep.", {"said": said})
            result.fields[name.lower()] = text.optional(said, text.LINE, f"The {name.lower()}")
        case "current" | "baseline" | "target":
            result.fields[name.lower()] = text.number(said, f"The {name.lower()} “{said}”")
        case "leads":
            result.leads = [text.clean(n, text.NAME, "The lead") for n in re.split(r",| and ", said) if n.strip()]
        case "figures":
            _figures(result, said)
        case _:
            came.leave(line, words, "This stands under a result and is no metric, unit, figures, current or leads.")


def _figures(result: IncomingResult, said: str) -> None:
    before, arrow, after = said.replace("->", "→").partition("→")
    figure, _, way = after.rpartition(",") if after.strip().lower().endswith(_WAYS) else (after, "", "")
    if not arrow or not before.strip() or not figure.strip():
        raise Refused("bad_row", "“{said}” is not understood: write “61 → 42, down”.", {"said": said})
    for name, words in (("baseline", before.strip()), ("target", figure.strip())):
        try:
            result.fields[name] = text.number(words, name)
        except Refused:
            sentence = "The {name} “{words}” has to be a number: write “61 → 42, down”."
            raise Refused("bad_row", sentence, {"name": name, "words": words}) from None
    if way.strip():
        result.fields["direction"] = way.strip().lower()
