"""What pages say is true of however many people are there, with nobody, with one, and with several."""

import re

import pytest

from sessions import formats
from tests.server import Server
from tests.stories.browsers import chromium
from tests.words.few_people import Standing, facilitated

#: Things that are counted, as several are called.
SEVERAL = [
    "people",
    "notes",
    "ideas",
    "votes",
    "sentences",
    "dots",
    "posters",
    "groups",
    "rounds",
    "minutes",
    "goals",
    "results",
    "teams",
    "needs",
    "questions",
    "stalls",
    "pieces",
    "answers",
    "pairs",
    "cards",
    "stages",
    "slots",
    "concerns",
    "others",
    "things",
    "words",
]
FAULTS = {
    "counts nothing of nothing": re.compile(r"\b0 of 0\b|\b0 / 0\b"),
    "says several of one": re.compile(rf"(?<![\d.,–-])\b1 (?:{'|'.join(SEVERAL)})\b|(?:^|· )1 (?:of them )?are\b"),
    "says one of several": re.compile(
        r"\b(?:[2-9]|\d\d+|0) (?:person|note|idea|vote|dot|poster|group|goal|result|team|need)\b(?! \w+s\b)"
    ),
    "says what no one can read": re.compile(r"undefined|\bnull\b|\bNaN\b|\[object|\{\w+\}"),
    "glues words": re.compile(r" ,| \.(?!\w)|\(\)|\b(\w+) \1\b(?<!that that)(?<!had had)", re.IGNORECASE),
}
#: With nobody there, nothing is complete.
ALL_IN = re.compile(r"\bAll (?:thumbs|votes|notes|answers) are in|[Ee]verybody is done", re.IGNORECASE)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7])
@pytest.mark.parametrize("format", list(formats.ALL))
async def test_each_screen_says_what_is_true(server: Server, format: str, count: int) -> None:
    found: list[str] = []
    looked = set[str]()
    async with chromium() as browsers:
        async for standing in facilitated(server, browsers, format, count):
            looked.add(standing.role)
            found += untrue(standing)
        assert browsers.complaints == []
    assert looked == ({"helm", "wall", "phone"} if count else {"helm", "wall"})
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def untrue(seen: Standing) -> list[str]:
    """What this page says that cannot be so."""
    faults = dict(FAULTS) if seen.counts["people"] else {**FAULTS, "says that all have, with nobody there": ALL_IN}
    where = f"{seen.format} with {seen.people}, {seen.step}, {seen.role}"
    return [
        f"{where} {name}: …{seen.text[max(0, m.start() - 40) : m.end() + 40]}…"
        for name, pattern in faults.items()
        for m in pattern.finditer(seen.text)
    ]
