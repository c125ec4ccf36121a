"""Every refusal: a code that the page about the wire lists, and whole words with their values apart."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sessions.rules.refusal import Refused

ROOT = Path(__file__).parents[1]
_SCOPES = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef
SOURCES = [path for top in ("sessions", "workshop", "web") for path in (ROOT / top).rglob("*.py")]


def refusals() -> Iterator[tuple[str, ast.Call]]:
    """Every place where something is refused, as a file and its call."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Refused", "Fault"):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def glued() -> Iterator[str]:
    """Every place where a sentence is put together where it is said: in the call, or in a name handed to it."""
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        shared = _mixed(tree.body)
        for scope in (node for node in ast.walk(tree) if isinstance(node, _SCOPES)):
            mixed = shared | _mixed([] if scope is tree else scope.body)
            for call in (node for node in ast.walk(scope) if isinstance(node, ast.Call)):
                said = {part.id for part in call.args if isinstance(part, ast.Name)}
                if _refuses(call) and (said & mixed or any(map(_is_glued, call.args))):
                    yield f"{path.relative_to(ROOT)}:{call.lineno}"


def _refuses(call: ast.Call) -> bool:
    return ast.unparse(call.func).rpartition(".")[2] in ("Refused", "Fault", "refuse")


def _mixed(body: Sequence[ast.stmt]) -> set[str]:
    """The names that these statements, but no function or class within, give to words and values in one."""
    outer = [part for part in body if not isinstance(part, _SCOPES | ast.ClassDef)]
    assigned = [node for part in outer for node in ast.walk(part) if isinstance(node, ast.Assign)]
    named = [(target, node.value) for node in assigned for target in node.targets]
    return {target.id for target, value in named if isinstance(target, ast.Name) and _is_glued(value)}


def _is_glued(value: ast.expr) -> bool:
    """Whether words and values are one before a sentence is said; a value of its own may be made of others."""
    if isinstance(value, ast.Dict | ast.Call):
        return False
    return any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in ast.walk(value))


def codes() -> set[str]:
    first = (call.args[1 if ast.unparse(call.func) == "Fault" else 0] for _, call in refusals())
    return {node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_no_sentence_is_glued_together() -> None:
    assert len(list(refusals())) > 200
    assert list(glued()) == []


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
