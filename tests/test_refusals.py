"""Every refusal: a code that the page about the wire lists, and whole words with their values apart."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions.rules.refusal import Refused

ROOT = Path(__file__).parents[1]
SOURCES = [path for top in ("sessions", "workshop", "web") for path in (ROOT / top).rglob("*.py")]


def refusals() -> Iterator[tuple[str, ast.Call]]:
    """Every place where something is refused, as a file and its call."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Refused", "Fault"):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def codes() -> set[str]:
    first = (call.args[1 if ast.unparse(call.func) == "Fault" else 0] for _, call in refusals())
    return {node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_no_sentence_is_glued_together() -> None:
    assert len(list(refusals())) > 200
    glued = [where for where, call in refusals() if any(isinstance(part, ast.JoinedStr) for part in call.args)]
    assert not glued


def test_the_page_about_the_wire_knows_every_code_and_no_other() -> None:
    page = (ROOT / "docs/protocol.md").read_text()
    listed = page.split("## Refusals")[1].split("\n## ")[0]
    assert set(re.findall(r"`([a-z_]+)`", listed.rstrip().split("\n\n")[-1])) == codes()


def test_a_refusal_tells_its_words_and_values_apart() -> None:
    refused = Refused("pair_full", "{names} carry this one already.", {"names": "Ann and Bob"}, theirs="x")
    assert refused.told() == {
        "code": "pair_full",
        "say": "Ann and Bob carry this one already.",
        "sentence": "{names} carry this one already.",
        "values": {"names": "Ann and Bob"},
        "theirs": "x",
    }
    with pytest.raises(Refused, match=r"^100 \{percent\}$"):
        raise Refused("x", "100 {percent}")
