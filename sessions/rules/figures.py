"""Figures as people write them in cells and sentences: with units, currencies, thousands, from one to another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

#: Words for what is not known yet.
UNKNOWN = frozenset(
    {"", "?", "-", "–", "—", "n/a", "na", "n.a.", "tbd", "tba", "tbc", "k.a.", "unknown", "open", "none"}
)
_CURRENCIES = "$€£¥₹"
#: How many a letter after a figure stands for.
_MANY = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "b": 1e9, "bn": 1e9, "mrd": 1e9}
_UNITS = (
    r"%|‰|percent|prozent|points?|pts?|days?|tage?|hours?|hrs?|stunden?|minutes?|mins?|minuten?|seconds?|secs?|sekunden?"
    r"|weeks?|wochen?|months?|monate?|years?|jahre?|h|min|s|ms|d|€|\$|£|eur|usd|gbp|chf|kg|km|kwh|mwh|pp|x"
)
_UNIT = re.compile(rf"(?:{_UNITS})", re.IGNORECASE)
_NUMBER = r"[+-]?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)*"
_AMOUNT = re.compile(
    rf"(?P<before>[{_CURRENCIES}]|usd|eur|chf|gbp)?\s*(?P<number>{_NUMBER})"
    rf"(?:\s*/\s*(?P<of>\d+))?\s*(?P<many>(?:k|mio|mn|m|bn|b|mrd)(?![a-z]))?\.?\s*(?P<unit>[^\d]*)",
    re.IGNORECASE,
)
_IN_WORDS = (
    rf"(?:[{_CURRENCIES}]\s*)?(?:{_NUMBER})(?:\s*/\s*\d+)?(?:\s?(?:k|m|bn)(?![a-z]))?(?:\s?(?:{_UNITS})(?![a-zäöüß]))?"
)
_WAYS = (
    re.compile(rf"\b(?:from|von)\s+(?P<a>{_IN_WORDS})\s+(?:to|auf|bis)\s+(?P<b>{_IN_WORDS})", re.IGNORECASE),
    re.compile(rf"(?P<a>{_IN_WORDS})\s*(?:→|⟶|➔|➜|->|=>|–>|-->)\s*(?P<b>{_IN_WORDS})", re.IGNORECASE),
)


@dataclass(frozen=True)
class Amount:
    """A figure, what it is counted in, and how many its letter stands for (1 where there is none)."""

    value: float
    unit: str = ""
    many: str = ""

    @property
    def counted(self) -> str:
        """What it is counted in, with the letter."""
        return (
            f"{self.many}{self.unit}"
            if self.unit in _CURRENCIES and self.unit
            else " ".join(part for part in (self.many, self.unit) if part)
        )

    @property
    def plain(self) -> Amount:
        """The same without a letter for thousands."""
        return replace(self, value=self.value * _MANY.get(self.many.lower(), 1), many="")


@dataclass(frozen=True)
class Span:
    """From where to where, and what that is counted in; what was not said is none."""

    baseline: float | None
    target: float | None
    current: float | None = None
    unit: str = ""


def amount(said: str, comma: bool = False) -> Amount | None:
    """The figure a cell says, or none. ``comma``: a lone comma parts decimals even before three digits."""
    found = _AMOUNT.fullmatch(said.strip())
    if found is None:
        return None
    value = _value(found["number"], comma)
    if value is None or abs(value) > 1e15:
        return None
    unit = (found["before"] or "").upper() or found["unit"].strip(" .()")
    if found["of"]:
        unit = f"of {found['of']}"
    if len(unit) > 20 or (unit and not re.match(r"[\w%‰$€£¥₹°]", unit)):
        return None
    many = found["many"] or ""
    return Amount(value, unit, many.upper() if many.lower() in ("m", "b") else many.lower())


def span(said: str, comma: bool = False) -> Span | None:
    """From where to where a sentence goes: “from 31 % to 36 %”, “6 → 4 days”; none where it does not say so."""
    for way in _WAYS:
        found = way.search(said)
        if found is None:
            continue
        first, last = amount(found["a"], comma), amount(found["b"], comma)
        if first and last:
            found_unit = (
                last.unit or first.unit or _unit_before(said[: found.start()]) or _unit_after(said[found.end() :])
            )
            return together(replace(first, unit=found_unit), replace(last, unit=found_unit), None)
    return None


def together(baseline: Amount | None, target: Amount | None, current: Amount | None) -> Span:
    """Figures of one result, counted in the same."""
    said = [one for one in (baseline, target, current) if one]
    if len({one.many for one in said if one.value}) > 1:
        most = next((one.many for one in said if one.many), "")
        near = all(one.many == most or abs(one.value) < 1_000 for one in said)
        mixed = {one.many for one in said if one.many}
        if len(mixed) > 1 or not near:
            baseline, target, current = (one.plain if one else None for one in (baseline, target, current))
            said = [one for one in (baseline, target, current) if one]
    lead = next((one for one in said if one.many), said[0] if said else None)
    unit = next((one.unit for one in said if one.unit), "")
    counted = replace(lead, unit=unit).counted if lead else ""
    first, last, now = (one.value if one else None for one in (baseline, target, current))
    return Span(first, last, now, counted)


def is_unknown(said: str) -> bool:
    """Whether these words say that a figure is not known yet."""
    return said.strip().casefold() in UNKNOWN


def is_unit(said: str) -> bool:
    """Whether this is a word for what something is counted in."""
    return _UNIT.fullmatch(said.strip()) is not None


def _value(said: str, comma: bool) -> float | None:
    """A number with points, commas or blanks in it; none where it can be read in two ways."""
    bare = re.sub(r"[ \u00a0\u202f'’]", "", said)
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        last = max(bare.rfind("."), bare.rfind(","))
        whole = re.sub(r"[.,]", "", bare[:last])
        return float(f"{whole}.{bare[last + 1 :]}")
    if commas == 1:
        thousands = re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", bare) and not comma
        return float(bare.replace(",", "" if thousands else "."))
    if commas > 1 or points > 1:
        mark = "," if commas else "."
        if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+", bare):
            return None
        return float(bare.replace(mark, ""))
    return float(bare)


def _unit_before(words: str) -> str:
    last = words.split()[-1:] or [""]
    return last[0].strip("():") if is_unit(last[0].strip("():")) else ""


def _unit_after(words: str) -> str:
    first = words.split()[:1] or [""]
    return first[0].strip("().,") if is_unit(first[0].strip("().,")) else ""
