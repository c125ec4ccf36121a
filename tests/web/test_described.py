"""The API is what it says of itself: every operation is asked, and its answer held against the description."""

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.server import PLAIN, Server
from web import described
from web.answers import Refusal

Params = dict[str, str] | None


class Asked:
    """One of the API's users, as a program or as a browser; what was answered, by operation."""

    def __init__(self, http: httpx.AsyncClient, schema: dict[str, Any]) -> None:
        self.http = http
        self.answered: dict[str, Any] = {}
        self._where = {
            operation["operationId"]: (method, path, operation)
            for path, methods in schema["paths"].items()
            for method, operation in methods.items()
        }

    async def ask(
        self, id: str, key: str = "", body: Any = None, browser: bool = False, asked: Params = None, **named: str
    ) -> Any:
        """Ask an operation as it is described; its answer has to be as it is described."""
        method, path, operation = self._where[id]
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        headers |= {"Origin": str(self.http.base_url).rstrip("/")} if browser else {}
        known = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert {*named, *(asked or {})} <= known, f"{id} does not say that it takes all of this"
        values = {**{name: said for name, said in named.items() if f"{{{name}}}" not in path}, **(asked or {})}
        how: dict[str, Any] = {"json": body} if method == "post" else {}
        answer = await self.http.request(method, path.format(**named), headers=headers, params=values, **how)
        assert answer.is_success, (id, answer.text)
        assert str(answer.status_code) in operation["responses"], id
        kinds = operation["responses"][str(answer.status_code)]["content"]
        assert answer.headers["content-type"].partition(";")[0] in kinds, (id, answer.headers["content-type"])
        if id in described.ANSWERS:
            self.answered[id] = described.answer_of(id).validate_python(answer.json(), by_alias=True)
            return answer.json()
        self.answered[id] = answer.text
        return answer.text


async def test_every_operation_answers_as_it_is_described(server: Server) -> None:
    async with httpx.AsyncClient(base_url=server.address, timeout=20, verify=PLAIN) as http:
        schema = (await http.get("/openapi.json")).json()
        api = Asked(http, schema)
        await http.get("/")
        for id in ("list_formats", "list_commands", "alive", "ready", "metrics"):
            await api.ask(id)
        await plans(api)
        await records(api)
        await sessions(api)
        assert api.answered.keys() == {*described.ANSWERS, *described.FILES}


async def plans(api: Asked) -> None:
    teams = {"a": 6, "b": 6, "c": 6, "d": 6}
    await api.ask("plan_walk", body={"teams": teams, "rounds": 3, "pairs": [["a", "b"]], "hosts": 1})
    await api.ask("plan_festival", body={"teams": teams, "stages": 2, "slots": 2})
    await api.ask("plan_stalls", body={"marks": [["a", "b"]], "reps": dict.fromkeys("ab", 2), "rounds": 2})


async def records(api: Asked) -> None:
    made = await api.ask("open_room", body={"demo": True, "festival": True})
    room, key = made["room"], made["room_token"]
    await api.ask("give_out", key, room=room, asked={"as": "csv", "marks": "semicolons"})
    file = json.loads(await api.ask("give_out", key, room=room, asked={"as": "json"}))
    await api.ask("take_in", key, file, room=room, asked={"dry": "1"})
    await api.ask("take_in", key, file, room=room)
    assert len((await api.ask("findings", key, room=room))["findings"]) == 31
    await api.ask("invite", key, {"team": ""}, room=room)
    hook = await api.ask("add_hook", key, {"url": "https://program.invalid/waggle"}, room=room)
    await api.ask("try_hook", key, {}, room=room, hook=hook["hook"])
    assert len((await api.ask("list_hooks", key, room=room))["hooks"]) == 1
    await api.ask("take_off_hook", key, {}, room=room, hook=hook["hook"])
    await api.ask("uninvite", key, {"team": ""}, room=room)
    steps = [{"activity": "gather", "title": "What shall we stop?", "prompt": "One line each."}]
    kept = await api.ask("keep_agenda", key, {"name": "Ours", "steps": steps}, room=room)
    await api.ask("take_agenda", key, room=room, agenda=kept["format"].partition(":")[2])
    opened = await api.ask("open_session", key, {"format": kept["format"], "title": "Ours", "room": room})
    ann = await api.ask("join", body={"name": "Ann"}, code=opened["code"])
    await api.ask("own_chats", ann["token"], room=room)
    await api.ask("take_helm", key, code=opened["code"])
    following = await api.ask("turn_cycle", key, {"name": "Next"}, room=room)
    await api.ask("delete_room", following["room_token"], {"name": "Kestrel Heat"}, room=following["room"])


async def sessions(api: Asked) -> None:
    opened = await api.ask("open_session", body={"format": "festival", "title": "Coffee"})
    code, helm = opened["code"], opened["helm_token"]
    ann = await api.ask("join", body={"name": "Ann"}, code=code)
    await api.ask("session", code=code)
    await api.ask("subscribe", ann["token"], {"person": ann["person"]}, code=code)
    await api.ask("export_outcome", helm, code=code, asked={"as": "md"})
    link = await api.ask("new_link", helm, {"role": "co-facilitator"}, code=code)
    await api.ask("trade", body={"key": link["url"].partition("#key=")[2]}, browser=True)
    await api.ask("rehearse", body={}, browser=True, code=code)
    await api.ask("lend", body={"name": "Bo"}, browser=True, code=code)
    claim = await api.ask("make_claim", body={"person": ann["person"]}, code=code)
    await api.ask("read_claim", body={"claim": claim["claim"]}, code=code)
    await api.ask("publish", helm, code=code)
    await api.ask("withdraw", helm, code=code)
    await api.ask("forget_person", ann["token"], {"person": ann["person"]}, code=code)
    await api.ask("delete_session", helm, {"name": "Coffee"}, code=code)


async def test_refusals_are_one_shape_and_what_is_described_is_whole(server: Server) -> None:
    schema = (await server.call("GET", "/openapi.json")).json()
    names = set(schema["components"]["schemas"])
    assert {ref.rpartition("/")[2] for ref in re.findall(r'"\$ref": ?"([^"]+)"', json.dumps(schema))} <= names
    for method, path, how in (
        ("GET", "/api/sessions/NOBODY", {}),
        ("POST", "/api/sessions", {"json": {"format": "none", "title": "x"}}),
        ("POST", "/api/sessions", {"json": {}}),
        ("POST", "/api/rooms/none/import", {"json": {}}),
        ("GET", "/api/nothing", {}),
    ):
        answer = await server.call(method, path, **how)
        assert str(answer.status_code) in described.REFUSED, (path, answer.text)
        Refusal.model_validate(answer.json())
    ids = [operation["operationId"] for methods in schema["paths"].values() for operation in methods.values()]
    assert len(ids) == len(set(ids))
    assert schema["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


async def test_the_client_of_the_docs_runs_as_it_stands(server: Server) -> None:
    client = Path(__file__).parent.parent.parent / "docs/client.py"
    run = await asyncio.create_subprocess_exec(sys.executable, client, server.address, stdout=asyncio.subprocess.PIPE)
    said, _ = await asyncio.wait_for(run.communicate(), 30)
    assert run.returncode == 0
    assert said.decode().splitlines()[-1] == "Fewer meetings"
    assert "refused" not in said.decode()
