"""The wire is what its description says: valid AsyncAPI, and every frame of every format fits it, either way."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from sessions import formats
from sessions.decide import COMMANDS
from tests.layout.filling import fill
from tests.layout.test_layout import session_of
from tests.layout.walking import press
from tests.server import Client, Server
from web.described_wire import document

RULES = Path("node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json")
#: What tells frames apart.
SORTS = ("welcome", "gone", "behind", "done", "refused", "bye")


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """The description, as a program reads it."""
    found: dict[str, Any] = json.loads(json.dumps(document({"host": "waggle.example.org", "protocol": "wss"})))
    return found


def test_it_is_asyncapi_and_whole(described: dict[str, Any]) -> None:
    Draft7Validator(json.loads(RULES.read_text())).validate(described)
    for refers in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(described))):
        at: Any = described
        for part in refers.split("/"):
            at = at[part]
    asked = {name[3:] for name in described["components"]["messages"] if name.startswith("do_")}
    assert asked == set(COMMANDS)
    named = {name for one in described["operations"].values() for name in map(_last, one["messages"])}
    assert named == set(described["components"]["messages"])


async def test_it_is_served_with_the_servers_own_address(tmp_path: Path) -> None:
    running = Server(tmp_path, {"url": "https://example.org/waggle"})
    await running.start()
    said = (await running.call("GET", "/asyncapi.json")).json()
    assert said["servers"]["this"]["protocol"] == "wss"
    assert (said["servers"]["this"]["host"], said["servers"]["this"]["pathname"]) == ("example.org", "/waggle")
    await running.stop()


@pytest.mark.parametrize("format", list(formats.ALL))
async def test_every_frame_of_a_session_fits_it(server: Server, format: str, described: dict[str, Any]) -> None:
    fits = Fits(described)
    opened, crew = await session_of(server, format, full=True)
    keeper = await server.sit(opened.links["room"], opened.links["room_token"], record=True)
    for phase in formats.ALL[format].phases:
        await opened.helm.to(phase.key)
        for _ in range(6):
            for person in crew:
                await person.until(lambda p=person: p.session["step"]["run"] == opened.helm.session["step"]["run"])
            await fill(crew)
            if not await press(opened.helm):
                break
    await opened.helm.ok("close_session")
    for client in (opened.helm, *crew, keeper):
        fits.all_of(client)
    assert {"welcome", "done", "topic_session", "topic_helm", "topic_me", "topic_record"} <= fits.seen


class Fits:
    """Holds frames against the description."""

    def __init__(self, described: dict[str, Any]) -> None:
        self._described, self._known = described, dict[str, Draft202012Validator]()
        self.seen = set[str]()

    def all_of(self, client: Client) -> None:
        """Everything one client heard and said."""
        for frame in client.frames:
            self._must_fit(_told(frame, client.record), frame)
        for said in client.said:
            if isinstance(said, dict) and said.get("do") in COMMANDS:
                self._must_fit(f"do_{said['do']}", {k: v for k, v in said.items() if k != "do" or v})

    def _must_fit(self, name: str, frame: dict[str, Any]) -> None:
        self.seen.add(name)
        if name not in self._known:
            payload = self._described["components"]["messages"][name]["payload"]
            schema = {"components": self._described["components"], "allOf": [payload]}
            self._known[name] = Draft202012Validator(schema)
        faults = [f"{name}: {list(fault.absolute_path)} {fault.message[:300]}" for fault in self._errors(name, frame)]
        assert not faults, faults[:3]

    def _errors(self, name: str, frame: dict[str, Any]) -> Iterable[Any]:
        return self._known[name].iter_errors(frame)


def _told(frame: dict[str, Any], on_record: bool) -> str:
    if on_record and frame.get("topic") == "helm":
        return "topic_drafts"
    if "topic" in frame:
        return f"topic_{frame['topic'].partition(':')[0]}"
    return next(sort for sort in SORTS if sort in frame)


def _last(refers: dict[str, str]) -> str:
    return refers["$ref"].rpartition("/")[2]
