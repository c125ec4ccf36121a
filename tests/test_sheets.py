"""A style sheet reaches what it owns: layers, a scope for each page and activity, one home for each class."""

import re
from collections import defaultdict
from pathlib import Path

from sessions import activities

SHEETS = Path("web/static/css")
PAGES = {
    "helm": ".helm",
    "phone": ".phone",
    "screen": ".screen",
    "record": ".record-page",
    "start": ".page",
} | dict.fromkeys(("outcome", "paper"), ".paper")


def rules(text: str) -> list[tuple[str, str]]:
    """The rules of one level: what stands before a brace, and what stands in it."""
    found, at = [], 0
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    while (begin := text.find("{", at)) >= 0:
        end, depth = begin + 1, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        found.append((text[at:begin].rpartition(";")[2].strip(), text[begin + 1 : end - 1]))
        at = end
    return found


def layered(sheet: Path) -> tuple[str, list[tuple[str, str]]]:
    """The one layer of a sheet, and the rules in it; beside it only keyframes and pages of paper."""
    top = [rule for rule in rules(sheet.read_text()) if not rule[0].startswith(("@keyframes", "@media print"))]
    assert len(top) == 1, f"{sheet.name} has rules outside its layer: {[head for head, _ in top]}"
    assert top[0][0].startswith("@layer "), sheet.name
    return top[0][0].removeprefix("@layer "), rules(top[0][1])


def test_an_activitys_sheet_is_in_its_own_scope_and_named_after_it() -> None:
    found = sorted((SHEETS / "activities").glob("*.css"))
    assert found
    for sheet in found:
        layer, inside = layered(sheet)
        assert sheet.stem in activities.ALL
        assert (layer, [head for head, _ in inside]) == ("activities", [f".step-{sheet.stem}"])


def test_a_pages_sheet_is_in_its_own_scope() -> None:
    for name, scope in PAGES.items():
        layer, inside = layered(SHEETS / f"{name}.css")
        assert (layer, [head for head, _ in inside]) == ("pages", [scope])


def test_a_class_of_a_part_has_one_home() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for sheet in SHEETS.glob("*.css"):
        if sheet.stem in (*PAGES, "tokens", "face"):
            continue
        layer, inside = layered(sheet)
        assert layer in ("base", "parts"), sheet.name
        for head, _ in flat(inside):
            for selector in head.split(","):
                first = re.match(r"[\w*]*((?:\.[\w-]+)+)", selector.strip())
                for name in re.findall(r"\.([\w-]+)", first[1])[:1] if first else ():
                    homes[name].add(sheet.stem)
    shared = {name: sheets for name, sheets in homes.items() if len(sheets) > 1}
    assert not shared


def flat(inside: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rules without the conditions they stand under."""
    return [r for head, body in inside for r in (flat(rules(body)) if head.startswith("@") else [(head, body)])]


def test_the_words_of_a_fold_stand_together() -> None:
    """A summary is a row: loose words beside a span would be a column of their own."""
    loose = re.compile(
        r"<summary[^>]*>\s*[^<\s][^<]*<(?!/summary)|<summary[^>]*>(?:(?!</summary>).)*</span>\s*[^<\s][^<]*</summary>"
    )
    assert [str(path) for path in sorted(Path("web/templates").rglob("*.html")) if loose.search(path.read_text())] == []
