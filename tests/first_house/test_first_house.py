"""What the first house stored is read for ever: the same state, the same exports, every event there ever was."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.first_house.making import EVENTS, FOLDER, TOLD, told
from tests.server import Server
from workshop import stream


@pytest.mark.parametrize("line", EVENTS.read_text().splitlines())
def test_an_event_of_the_first_house_is_read_and_says_the_same(line: str) -> None:
    event = stream.read(line.encode())
    assert says(msgspec.json.decode(stream.write(event)), msgspec.json.decode(line))


def says(now: Any, then: Any) -> bool:
    """Whether now says all that it said then; it may say more."""
    if isinstance(then, dict):
        return all(name in now and says(now[name], value) for name, value in then.items())
    if isinstance(then, list):
        return len(now) == len(then) and all(map(says, now, then))
    return bool(now == then)


def test_there_is_an_event_of_every_tag_there_was() -> None:
    """A tag may be given up only with a reader that still knows it."""
    there = {json.loads(line)["e"] for line in EVENTS.read_text().splitlines()}
    assert len(there) == 96
    assert there <= set(stream.events())


#: What is called by another name on the wire by now, because “place” means where people stand.
RENAMED = {"order": "place", "nth": "place", "of_steps": "places"}
#: What is told since.
SINCE = {
    "said_by",
    "why",
    "days",
    "standing",
    "waits",
    "place",
    "pages",
    "capacity",
    "needs",
    "nameless",
    "open_ends",
    "midway",
    "coverage",
}
#: Kinds of things that are told since.
KINDS_SINCE = ("dependency:", "conflict:", "share:", "finding:", "connectivity")


def as_then(now: Any) -> Any:
    """The same under the names it was told by then."""
    if isinstance(now, dict) and "activities" in now and "steps" in now:
        return {**as_then({name: value for name, value in now.items() if name != "activities"}), "steps": steps(now)}
    if isinstance(now, dict) and isinstance(plan := now.get("plan"), dict) and "steps" in plan:
        bare = [{name: value for name, value in step.items() if name != "activity"} for step in plan["steps"]]
        rest = {name: value for name, value in now.items() if name != "plan"}
        return {**as_then(rest), "plan": {**as_then({**plan, "steps": []}), "steps": as_then(bare)}}
    if isinstance(now, dict):
        return {
            RENAMED.get(name, name): as_then(value)
            for name, value in now.items()
            if name not in SINCE and not name.startswith(KINDS_SINCE)
        }
    return [as_then(value) for value in now] if isinstance(now, list) else now


def steps(script: dict[str, Any]) -> list[dict[str, Any]]:
    """The script's steps without what they say of themselves since agendas can be built."""
    names = ("key", "name", "title", "prompt", "hint", "minutes", "left_out")
    asked = ("dots", "limit", "hidden")
    return [
        {
            **{name: step[name] for name in names},
            "settings": {s["name"]: s["value"] for s in step["settings"] if s["name"] in asked},
        }
        for step in script["steps"]
    ]


async def test_a_folder_of_the_first_house_opens_and_tells_the_same(tmp_path: Path) -> None:
    """But for the main button: sessions that are over have none by now."""
    with zipfile.ZipFile(FOLDER) as kept:
        kept.extractall(tmp_path / "data")
    before = json.loads((tmp_path / "data" / TOLD).read_text())
    server = Server(tmp_path / "data")
    await server.start()
    now: dict[str, Any] = as_then(json.loads(json.dumps(await told(server, before["keys"]))))
    await server.stop()
    assert now.keys() == before["told"].keys()
    for name, was in before["told"].items():
        for part, said in was.items():
            if part == "exports" and "session" in said["json"]:
                says_the_same(now[name][part], said)
            else:
                if "helm" in said:
                    said["helm"].pop("main", None)
                    # Told since: who was removed and can be let in again.
                    now[name][part]["helm"].pop("removed", None)
                told_since(now[name][part].get("session", {}), said.get("session", {}))
                assert now[name][part] == said, f"{name}: {part}"


def told_since(now: dict[str, Any], then: dict[str, Any]) -> None:
    """Names of who carries a result; and of a goal that is not final, no longer that it is."""
    for key, entity in now.items():
        if key.startswith("result:"):
            entity.pop("lead_names")
    step = now.get("step", {})
    if step.get("activity") == "finish" and not step["final"]:
        step |= {word: then["step"][word] for word in ("title", "prompt")}


def says_the_same(now: dict[str, str], then: dict[str, str]) -> None:
    """Sections stand in one order in every reading by now, and lines have one form; they say what they said.

    A goal that is final is called so in a table too, where it was called a draft.
    """
    assert says(json.loads(now["json"]), json.loads(then["json"]))
    assert rows(now["csv"]) == rows(then["csv"])
    assert words(then["md"]) <= words(now["md"])


def rows(table: str) -> list[tuple[str, ...]]:
    """The rows of a table, in no order; how far the goal is left out."""
    found = [tuple(row) for row in csv.reader(io.StringIO(table))]
    return sorted(row[:-1] if row[0] == "objective" else row for row in found)


def words(text: str) -> set[str]:
    """Long words of a text, but for those of headings and stamps, which are others now."""
    lines = [line for line in text.splitlines() if not line.startswith(("## ", "**DRAFT"))]
    return set(re.findall(r"\w{5,}", "\n".join(lines).casefold()))
