"""A text as its blocks, in the order they stand: headings, lines, items of lists with their depth, and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from workshop.files.sheets.grid import Grid, Row

#: Bullets that other programs write, which Markdown does not know.
_BULLETS = re.compile(r"^([ \t]*)[•◦▪▫‣●○■□·⁃–*+-][ \t]+(?=\S)", re.MULTILINE)

#: What begins an item where a text is set in so far that Markdown takes it for code.
_ITEM = re.compile(r"^(?:\d{1,3}[.)]|-)\s+")


@dataclass(slots=True)
class Block:
    """A heading (``depth`` 1 to 6), a line of a paragraph, an item of a list (``depth`` from 0), or a table."""

    kind: str
    line: int
    words: str = ""
    depth: int = 0
    #: Whether the whole line stands out, as labels do.
    bold: bool = False
    grid: Grid = field(default_factory=Grid)


def blocks(body: str) -> list[Block]:
    """Every block of a text, by the rules of Markdown."""
    said = _BULLETS.sub(r"\1- ", body.removeprefix("\ufeff"))
    return list(_Blocks(MarkdownIt("commonmark", {"html": False}).enable("table").parse(said)).found())


class _Blocks:
    """Goes through what the parser found."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def found(self) -> Iterator[Block]:
        """The blocks in their order."""
        depth, heading, first = -1, 0, False
        table: Block | None = None
        for token in self.tokens:
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    depth += 1
                case "bullet_list_close" | "ordered_list_close":
                    depth -= 1
                case "list_item_open":
                    first = True
                case "heading_open":
                    heading = int(token.tag[1])
                case "heading_close":
                    heading = 0
                case "table_open":
                    table = Block("table", _line(token))
                case "table_close":
                    assert table is not None
                    yield table
                    table = None
                case "tr_open" if table is not None:
                    table.grid.rows.append(Row(_line(token), []))
                case "inline" if table is not None:
                    table.grid.rows[-1].cells.append(_words(token))
                case "inline" if heading:
                    yield Block("heading", _line(token), _words(token), heading)
                case "inline":
                    yield from _paragraph(token, depth, first)
                    first = False
                case "code_block" | "fence":
                    for nth, words in enumerate(token.content.splitlines()):
                        if words.strip():
                            yield _line_or_item(_line(token) + nth, words.strip())


def _paragraph(token: Token, depth: int, first: bool) -> Iterator[Block]:
    """The lines of a paragraph: outside of lists each its own, of an item the first one and what is added to it."""
    for nth, (words, bold) in enumerate(_lines(token)):
        line = _line(token) + nth
        if depth < 0:
            yield _line_or_item(line, words, bold)
        else:
            yield Block("item" if first and nth == 0 else "more", line, words, depth, bold)


def _line_or_item(line: int, words: str, bold: bool = False) -> Block:
    """A line that Markdown takes for words, though somebody began it as an item."""
    bare = _ITEM.sub("", words)
    return Block("line" if bare == words else "item", line, bare, bold=bold)


def _line(token: Token) -> int:
    return (token.map[0] if token.map else 0) + 1


def _words(token: Token) -> str:
    """What a line says, without its emphasis; links as their words."""
    return " ".join(words for words, _ in _lines(token)).strip()


def _lines(token: Token) -> Iterator[tuple[str, bool]]:
    """The lines of a paragraph, each with whether all of it, or its label, is bold."""
    words, bold, depth, loose = "", False, 0, False
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            yield words.strip(), bold
            words, bold, loose = "", False, False
        elif child.type == "strong_open":
            depth += 1
            bold = bold or not words.strip()
        elif child.type == "strong_close":
            depth -= 1
        elif child.type in ("text", "code_inline"):
            words += child.content
            loose = loose or depth == 0
    yield words.strip(), bold
