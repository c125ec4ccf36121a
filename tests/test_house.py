"""The house as a whole: no orphans, and the pages about it are true."""

import re
import subprocess
import tomllib
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from sessions import activities, formats
from sessions.decide import COMMANDS
from sessions.formats import format
from workshop import stream
from workshop.storing.one_file import OneFile

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "web/templates/activities"


def test_every_activity_has_its_file_and_its_template_with_three_faces() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.html")} == set(activities.ALL)
    for activity in activities.ALL:
        text = (TEMPLATES / f"{activity}.html").read_text()
        assert set(re.findall(r"{% macro (phone|helm|screen)\(\)", text)) == {"phone", "helm", "screen"}


def test_every_format_file_is_on_the_list() -> None:
    files = {path.stem for path in (ROOT / "sessions/formats").glob("*.py")} - {"__init__", "format"}
    assert files == set(formats.ALL)


def test_the_page_about_the_wire_knows_every_command_and_no_other() -> None:
    page = (ROOT / "docs/protocol.md").read_text()
    table = page.split("| who | commands |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", table)) == set(COMMANDS)


def test_the_page_about_the_wire_knows_every_kind_of_entity() -> None:
    from sessions.room.kind import ForAll, ForHelm, InRecord

    page = (ROOT / "docs/protocol.md").read_text()
    for topic, audience in (("session", ForAll), ("helm", ForHelm), ("record", InRecord)):
        row = page.split(f"\n| `{topic}` |")[1].split("\n")[0]
        assert {name.rstrip(":") for name in re.findall(r"`(\w+:?)`", row)} == set(audience.all), topic


def test_what_entities_look_like_is_written_down_as_it_is() -> None:
    checked = subprocess.run([ROOT / "bin/shapes", "--check"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


def test_what_a_step_says_in_several_shapes_it_says_once() -> None:
    from sessions.room.kind import AtPlace, ForAll, ForHelm, Own, Shown
    from sessions.shapes import added

    kinds = [(kind.shape, kind.adds) for audience in (ForAll, ForHelm, AtPlace) for kind in audience.all.values()]
    whole = [*kinds, *((shape, own.adds) for own in Own.all for shape in own.shapes.values())]
    stand: list[tuple[type[Shown], ...]] = [
        (shape, *more) for shape, adds in whole if adds for more in added(adds).values()
    ]
    for shapes in stand:
        said = [field.encode_name for shape in shapes for field in msgspec.structs.fields(shape)]
        assert len(said) == len(set(said)), shapes
    assert max(map(len, stand)) == 4


def test_the_page_about_formats_knows_every_activity_and_setting() -> None:
    page = (ROOT / "docs/adding-a-format.md").read_text()
    for name, activity in activities.ALL.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
        assert set(re.findall(r"`(\w+)`", row.split("|")[3])) == set(activity.settings.stated())


def test_the_format_of_the_page_works_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs/adding-a-format.md").read_text()
    names: dict[str, object] = {}
    exec(page.split("```python")[1].split("```")[0], names)
    found = names["STOP_DOING"]
    assert isinstance(found, format.Format)
    monkeypatch.setitem(formats.ALL, found.key, found)
    from tests.stage import Stage

    stage = Stage("stop_doing")
    while stage.session.state != "closed":
        main = stage.helm()["main"]
        stage.lead(main["do"], **main["fields"])


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    page = (ROOT / "docs/dependencies.md").read_text()
    for requirement in wanted:
        assert re.search(rf"\b{re.match(r'[a-z0-9-]+', requirement)[0]}\b", page), requirement  # type: ignore[index]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "package-lock.json"])
def test_lock_files_hold_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "http" + "s://" not in text
    assert "sha512-" in text if name.endswith("json") else "--hash=sha256:" in text


def test_the_migrations_make_the_tables_the_code_uses(tmp_path: Path) -> None:
    store = OneFile(tmp_path)
    with store.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    store.close()
    assert differences == []


def test_every_event_can_be_read_back_by_its_tag() -> None:
    assert len(stream.events()) >= 40
    assert {"pen_taken", "answered"}.isdisjoint(stream.events())


def test_settings_are_all_in_the_readme() -> None:
    from workshop.settings import Settings

    readme = (ROOT / "README.md").read_text()
    for name in Settings.model_fields:
        assert f"`WAGGLE_{name.upper()}`" in readme


def test_a_step_that_waits_for_people_to_be_done_lets_them_say_so() -> None:
    for name, activity in activities.ALL.items():
        page = (ROOT / f"web/templates/activities/{name}.html").read_text()
        phone = page.split("macro phone()")[1].split("{% endmacro %}")[0]
        assert not activity.waits or "parts.done()" in phone, f"{name} waits, but nobody can say that they are done"


def test_sentences_are_english_whatever_the_browser_speaks() -> None:
    """Until there are other languages, a German browser puts no German day into an English sentence."""
    scripts = list((ROOT / "web/static/js").rglob("*.js"))
    browsers_own = re.compile(
        r"toLocale(?:Date|Time)?String\(\s*(?:\)|\[\]|undefined)|new Intl\.\w+\(\s*(?:\)|\[\]|undefined)"
    )
    found = [path.name for path in scripts if browsers_own.search(path.read_text())]
    assert scripts
    assert found == []


def test_every_address_on_a_page_begins_where_the_server_stands() -> None:
    templates = {path: path.read_text() for path in (ROOT / "web").rglob("*.html")}
    scripts = {path: path.read_text() for path in (ROOT / "web/static/js").rglob("*.js")}
    assert len(templates) > 50
    assert len(scripts) > 50
    bare = [(path.name, said) for path, text in templates.items() for said in _BARE.findall(text)]
    goes = r"""(?<!\bask\()(?<!\baddressOf\()(?<!\bliveAt\()[`"']/(?:s|j|r|o|api|static)?[/`"'?$][^`"']*"""
    bare += [(path.name, said) for path, text in scripts.items() for said in re.findall(goes, text)]
    assert not bare


#: An address at the root of the host, on a page; what follows a plus is the end of one.
_BARE = re.compile(r"""(?:href|src|action)="/[^"]*|(?<!\+ )(?<!at ~ )['"]/(?:s|j|r|o|api|static)/[^'"]*""")
