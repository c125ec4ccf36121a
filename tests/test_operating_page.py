"""What the pages say of commands and settings is what there is."""

import re
from pathlib import Path

import typer.main

from web.commands import main
from workshop.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs/examples").iterdir()]
#: Each figure and its kind, where it is made.
REGISTRY_NAMES = re.compile(r'(Counter|Gauge|Info|Histogram)(?:MetricFamily)?\(\s*"(waggle_\w+)"')


def commands() -> set[str]:
    """Every command as it is typed, with its options."""
    line = typer.main.get_command(main)
    found = set[str]()
    for name, command in line.commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", {})
        found |= {name, *(f"{name} {inner}" for inner in below)}
    return found


def test_every_command_of_the_pages_is_there_and_every_command_is_on_the_operating_page() -> None:
    there = commands()
    operating = (ROOT / "docs/operating.md").read_text()
    for page in PAGES:
        for said in re.findall(r"`waggle ([a-z]+(?: [a-z|]+)?)", page.read_text()):
            first, _, rest = said.partition(" ")
            for inner in rest.split("|") if rest else [""]:
                assert f"{first} {inner}".strip() in there or first in there - {"room"}, f"{page.name}: waggle {said}"
    for command in there - {"room", "demo", "rehearse", "serve"}:
        assert f"waggle {command}" in operating, command


def test_every_setting_of_the_pages_is_there_and_every_setting_is_in_the_readme() -> None:
    there = {f"WAGGLE_{name.upper()}" for name in Settings.model_fields}
    for page in PAGES:
        assert set(re.findall(r"WAGGLE_[A-Z_]*[A-Z]", page.read_text())) <= there, page.name
    table = re.findall(r"^\| `(WAGGLE_[A-Z_]+)`", (ROOT / "README.md").read_text(), re.M)
    assert set(table) == there


def test_every_figure_that_is_counted_is_on_the_operating_page_and_no_other() -> None:
    families = REGISTRY_NAMES.findall((ROOT / "web/metrics.py").read_text())
    suffixes = {"Counter": "_total", "Info": "_info"}
    counted = {name + suffixes.get(kind, "") for kind, name in families}
    table = re.findall(r"^\| `(waggle_\w+)` \|", (ROOT / "docs/operating.md").read_text(), re.M)
    assert set(table) == counted


def test_links_between_pages_lead_somewhere() -> None:
    for page in (page for page in PAGES if page.suffix == ".md"):
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
