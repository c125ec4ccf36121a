"""The picture a chat shows beside a link to a read-out: the sentence, and the figures under it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import cos, pi, sin
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from web.templating import assets

#: Pixels, as chats ask for them; it is drawn twice as large, so that slanting lines come out smooth.
SIZE = (1200, 630)
WIDE, HIGH = 2 * SIZE[0], 2 * SIZE[1]
_EDGE: Final = 128
#: The light theme of ``tokens.css``, in the numbers a picture takes.
_PAPER, _INK, _QUIET, _HONEY = "#fdfbf5", "#2b201a", "#6d5f57", "#f7b733"
_TINTS = ("#fdedbd", "#d3fae6", "#d2f2fe", "#ffe1df", "#f0e4ff")
#: What the two files of the typeface hold: Latin with its punctuation, and further Latin letters.
_LATIN = (range(0x20, 0x7F), range(0xA0, 0x100), range(0x2010, 0x2028), range(0x2030, 0x205F), (0x20AC, 0x2122, 0x2212))
_FURTHER = (range(0x100, 0x2BA), range(0x1E00, 0x1EA0), range(0x1EF2, 0x1F00))

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class Told:
    """What a picture tells: whose it is, the sentence, how far that is, and figures from → to with their unit."""

    title: str
    headline: str
    stamp: str = ""
    figures: tuple[tuple[str, str, str], ...] = ()


@lru_cache(maxsize=64)
def draw(told: Told) -> bytes:
    """A PNG. Words with signs the typeface does not have are left out, and never drawn as empty boxes."""
    told = Told(drawn(told.title), drawn(told.headline), drawn(told.stamp), told.figures)
    image = Image.new("RGB", (WIDE, HIGH), _PAPER)
    pen = ImageDraw.Draw(image)
    _mark(pen, _EDGE, 152)
    if told.title:
        _write(pen, (_EDGE + 224, 112), _cut(told.title, 68, WIDE - 840), 68, _QUIET)
    if told.stamp:
        _stamp(pen, told.stamp.upper())
    measured = [(before, after, drawn(unit)) for before, after, unit in told.figures]
    figures = [found for found in measured if has(found[0]) and has(found[1])][:4]
    if told.headline:
        _headline(pen, told.headline, 680 if figures else 860)
    else:
        _comb(pen, WIDE / 2, 560, 150)
    _figures(pen, figures)
    made = BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(made, "PNG", optimize=True)
    return made.getvalue()


def drawn(words: str) -> str:
    """Those of the words that can be drawn; none, where most of them cannot."""
    all_words = words.split()
    found = [word for word in all_words if has(word)]
    return " ".join(found) if 2 * len(found) > len(all_words) else ""


def has(words: str) -> bool:
    """Whether the typeface has every sign of these words, and there are any."""
    return bool(words.strip()) and all(_is_in(sign, _LATIN) or _is_in(sign, _FURTHER) for sign in words)


def _is_in(sign: str, ranges: Iterable[Iterable[int]]) -> bool:
    return any(ord(sign) in found for found in ranges)


def _mark(pen: ImageDraw.ImageDraw, left: float, middle: float) -> None:
    """The dance of the bees: an eight that lies."""
    way = [2 * pi * step / 200 for step in range(206)]
    across, down = (
        [88 * cos(t) / (1 + sin(t) ** 2) for t in way],
        [100 * sin(t) * cos(t) / (1 + sin(t) ** 2) for t in way],
    )
    pen.line(
        [(left + 88 + x, middle + y) for x, y in zip(across, down, strict=True)], fill=_HONEY, width=22, joint="curve"
    )


def _comb(pen: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    """Seven cells, where there are no words to be drawn."""
    around = [(0.0, 0.0), *((3**0.5 * cos(pi / 3 * n), 3**0.5 * sin(pi / 3 * n)) for n in range(6))]
    for across, down in around:
        middle = (x + across * size, y + down * size)
        pen.regular_polygon((*middle, size * 0.9), 6, rotation=30, fill=_HONEY)


def _stamp(pen: ImageDraw.ImageDraw, words: str) -> None:
    width = _width(words, 52)
    box = (WIDE - _EDGE - width - 72, 100, WIDE - _EDGE, 200)
    pen.rounded_rectangle(box, 16, outline=_QUIET, width=6)
    _write(pen, (box[0] + 36, 116), words, 52, _QUIET)


def _headline(pen: ImageDraw.ImageDraw, words: str, room: int) -> None:
    """As large as fits the room that is there."""
    most = WIDE - 2 * _EDGE
    for size in (184, 160, 140, 120, 104, 88):
        lines = _lines(words, size, most)
        if len(lines) * size * 1.08 <= room:
            break
    kept = int(room / (size * 1.08))
    if len(lines) > kept:
        lines = [*lines[: kept - 1], _cut(lines[kept - 1] + " …", size, most)]
    else:
        lines = _balanced(words, size, most, len(lines))
    for at, line in enumerate(lines):
        _write(pen, (_EDGE, 256 + at * size * 1.08), line, size, _INK)


def _balanced(words: str, size: float, room: float, count: int) -> list[str]:
    """In as many lines, none of them much shorter than the others."""
    lines = _lines(words, size, room)
    for narrower in range(95, 40, -5):
        closer = _lines(words, size, room * narrower / 100)
        if len(closer) > count or any("…" in line for line in closer):
            break
        lines = closer
    return lines


def _figures(pen: ImageDraw.ImageDraw, figures: list[tuple[str, str, str]]) -> None:
    if not figures:
        return
    gap = 40
    wide = (WIDE - 2 * _EDGE - gap * (len(figures) - 1)) / len(figures)
    for at, (before, after, unit) in enumerate(figures):
        left = _EDGE + at * (wide + gap)
        pen.rounded_rectangle((left, HIGH - 300, left + wide, HIGH - _EDGE), 36, fill=_TINTS[at % len(_TINTS)])
        room = wide - 96
        size = next((s for s in (92, 80, 68, 56, 44) if _measured(before, after, s) <= room), 44)
        x = left + 48
        top = HIGH - 214 - size * 0.62
        _write(pen, (x, top), before, size, _INK)
        x += _width(before, size) + size * 0.3
        _arrow(pen, x, HIGH - 214, size)
        x += size * 1.2
        _write(pen, (x, top), after, size, _INK)
        x += _width(after, size) + size * 0.25
        if has(unit) and x + _width(unit, size * 0.6) <= left + wide - 32:
            _write(pen, (x, top + size * 0.36), unit, size * 0.6, _INK)


def _measured(before: str, after: str, size: float) -> float:
    return _width(before, size) + _width(after, size) + size * 1.5


def _arrow(pen: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    """The typeface has none."""
    tip, width = x + size * 0.9, max(2, round(size / 12))
    pen.line([(x, y), (tip, y)], fill=_INK, width=width)
    pen.line(
        [(tip - size * 0.28, y - size * 0.26), (tip, y), (tip - size * 0.28, y + size * 0.26)], fill=_INK, width=width
    )


def _lines(words: str, size: float, room: float) -> list[str]:
    """The words in lines that fit."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [_cut(line, size, room) for line in lines]


def _cut(words: str, size: float, room: float) -> str:
    if _width(words, size) <= room:
        return words
    while words and _width(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def _write(pen: ImageDraw.ImageDraw, at: tuple[float, float], words: str, size: float, fill: str) -> None:
    x, y = at
    for part, font in _runs(words, size):
        pen.text((x, y), part, font=font, fill=fill)
        x += font.getlength(part)


def _width(words: str, size: float) -> float:
    return sum(font.getlength(part) for part, font in _runs(words, size))


def _runs(words: str, size: float) -> list[tuple[str, Font]]:
    """Words in stretches of one file of the typeface."""
    found: list[tuple[str, str]] = []
    for sign in words:
        name = "face-ext" if _is_in(sign, _FURTHER) else "face"
        if found and found[-1][1] == name:
            found[-1] = (found[-1][0] + sign, name)
        else:
            found.append((sign, name))
    return [(part, _font(name, round(size))) for part, name in found]


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> Font:
    """A file of the house's typeface, bold; where it is not served from here, the one that comes with the library."""
    file = assets.vendored(name)
    if file is None:
        return ImageFont.load_default(size)
    font = ImageFont.truetype(file, size)
    font.set_variation_by_axes([700])
    return font
