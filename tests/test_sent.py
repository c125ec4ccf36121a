"""What pages send: every command they name is one, with fields it has, since others are refused."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sessions.decide import COMMANDS

ROOT = Path(__file__).parents[1] / "web"
PAGES = [*ROOT.rglob("static/js/**/*.js"), *ROOT.rglob("templates/**/*.html")]
_SENT = re.compile(r"""\bsend\(\s*["'](\w+)["']\s*(,\s*\{)?""")


def sent() -> Iterator[tuple[str, set[str]]]:
    for page in PAGES:
        words = page.read_text()
        for found in _SENT.finditer(words):
            yield found[1], set(fields_of(words[found.end() :])) if found[2] else set()


def fields_of(words: str) -> Iterator[str]:
    """The names of an object's fields, from behind its opening brace to its closing one."""
    depth, part = 1, ""
    for char in words:
        depth += (char in "{[(") - (char in "}])")
        if depth == 0 or (depth == 1 and char == ","):
            if name := re.match(r"\s*(\w+)", part):
                yield name[1]
            part = ""
        if depth == 0:
            return
        part += char if char != "," or depth > 1 else ""


def test_the_walk_over_pages_finds_what_they_send() -> None:
    assert len({name for name, _ in sent()}) > 50
    assert list(fields_of(" text, was: now({ a: 1 }, 2), ...(x ? { y } : {}) })")) == ["text", "was"]


@pytest.mark.parametrize(("name", "fields"), [pytest.param(n, f, id=n) for n, f in sent()])
def test_pages_send_fields_that_commands_have(name: str, fields: set[str]) -> None:
    assert name in COMMANDS
    assert fields <= {field.name for field in msgspec.structs.fields(COMMANDS[name])}
