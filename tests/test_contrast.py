"""Contrast by the tokens: words on their ground, and parts of pictures that say something (WCAG 2.2, 1.4.3, 1.4.11)."""

import math
import re
from pathlib import Path

import pytest

TOKENS = Path("web/static/css/tokens.css")
GROUNDS = ("paper", "surface", "raised")
TINTS = tuple(f"tint-{n}" for n in range(5))
#: Words, and what they stand on.
WORDS = [
    *((word, ground) for ground in GROUNDS for word in ("ink", "quiet", "honey-deep", "later", "good", "stop", "ring")),
    *((word, ground) for ground in (*TINTS, "honey-wash", "cell") for word in ("ink", "quiet")),
    ("honey-deep", "honey-wash"),
    ("on-honey", "honey"),
    ("on-later", "later"),
    ("on-good", "good"),
    ("on-stop", "stop"),
    ("paper", "ink"),
]
#: Outlines and cells, and what they stand on.
PARTS = [
    *((part, ground) for ground in (*GROUNDS, *TINTS) for part in ("edge", "honey-rim", "later")),
    *(("focus", ground) for ground in (*GROUNDS, *TINTS)),
]


def colours() -> dict[str, tuple[tuple[float, ...], tuple[float, ...]]]:
    """Each token's colour in light and dark, as lightness, chroma and hue."""
    found = {}
    for name, value in re.findall(r"--([\w-]+): ([^;]*oklch[^;]*);", TOKENS.read_text()):
        both = [tuple(map(float, colour.split())) for colour in re.findall(r"oklch\(([^)]*)\)", value)]
        found[name] = (both[0], both[-1])
    return found


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance of an OKLCH colour, by its definition over linear sRGB."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return sum(part * min(1, max(0, light)) for part, light in ((0.2126, red), (0.7152, green), (0.0722, blue)))


def contrast(one: str, other: str, dark: bool) -> float:
    """How far two tokens are apart, from 1 to 21."""
    known = colours()
    lights = sorted(luminance(*known[name][dark]) for name in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground_they_stand_on(dark: bool) -> None:
    assert {pair: f"{contrast(*pair, dark):.2f}" for pair in WORDS if contrast(*pair, dark) < 4.5} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_a_picture_says_stands_out_from_its_ground(dark: bool) -> None:
    assert {pair: f"{contrast(*pair, dark):.2f}" for pair in PARTS if contrast(*pair, dark) < 3} == {}
