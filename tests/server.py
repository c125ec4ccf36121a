"""A server in this process, and clients that speak the wire as any stranger's would."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.ports import free_port
from web.commands import config
from workshop.directory import Rooms
from workshop.open_room import OpenRoom
from workshop.settings import Settings

PATIENCE = 10.0
#: No certificates are read, request by request: everything here is plain http.
PLAIN = httpx.create_ssl_context(verify=False)


class Server:
    """uvicorn as ``bin/dev`` runs it, on a free port; it can be stopped and started on the same data."""

    def __init__(self, data: Path, settings: dict[str, Any] | None = None, **changes: Any) -> None:
        self.data = data
        self.settings = settings or {}
        self.changes = changes
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.clients: list[Client] = []
        #: What stands between the socket and the application, where a test has something there.
        self.around: Callable[[ASGIApp], ASGIApp] = lambda app: app
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Serve."""
        settings = Settings(data=self.data, host="127.0.0.1", port=self.port, **self.settings)
        chosen = config(settings)
        for name, value in self.changes.items():
            setattr(chosen, name, value)
        self.server = uvicorn.Server(chosen)
        self.app: FastAPI = chosen.app  # type: ignore[assignment]
        chosen.app = self.around(self.app)
        self._task = asyncio.create_task(self.server.serve())
        while not self.server.started:
            await asyncio.sleep(0)
            if self._task.done():
                self._task.result()

    async def stop(self) -> None:
        """Close every client, then the server."""
        for client in self.clients:
            await client.leave()
        self.clients.clear()
        self.server.should_exit = True
        if self._task:
            await self._task

    @property
    def rooms(self) -> Rooms:
        """The rooms behind the application."""
        found: Rooms = self.app.state.rooms
        return found

    def room(self, code: str) -> OpenRoom:
        """The room of a session."""
        found = self.rooms.find(code)
        assert found
        return found[0]

    async def flushed(self, client: "Client") -> None:
        """Everything decided so far is stored, and told to all."""
        room = self.room(client.code)
        await room.turns.log.settled()
        room.desk.flushing.now()

    async def call(self, method: str, path: str, key: str = "", **how: Any) -> httpx.Response:
        """One HTTP request."""
        headers = {**({"Authorization": f"Bearer {key}"} if key else {}), **how.pop("headers", {})}
        async with httpx.AsyncClient(base_url=self.address, timeout=PATIENCE, verify=PLAIN) as http:
            return await http.request(method, path, headers=headers, **how)

    async def status(self, method: str, path: str, key: str = "", **how: Any) -> int:
        """How a request is answered."""
        return (await self.call(method, path, key, **how)).status_code

    async def demo(self) -> tuple[str, str]:
        """A room with Kestrel Heat in it, and its key."""
        made = await self.call("POST", "/api/rooms", json={"demo": True})
        assert made.status_code == 201, made.text
        return made.json()["room"], made.json()["room_token"]

    async def open(
        self, format: str = "leadership_draft", title: str = "Q1 direction", key: str = "", **wish: str
    ) -> "Opened":
        """A session with its facilitator sitting in it."""
        made = await self.call("POST", "/api/sessions", key, json={"format": format, "title": title, **wish})
        assert made.status_code == 201, made.text
        links = made.json()
        return Opened(self, links, await self.sit(links["code"], links["helm_token"]))

    async def join(self, code: str, name: str, team: str = "") -> "Client":
        """Somebody joins and sits down."""
        wish = {"name": name, **({"team": team} if team else {})}
        made = await self.call("POST", f"/api/sessions/{code}/participants", json=wish)
        assert made.status_code == 201, made.text
        return await self.sit(code, made.json()["token"])

    async def sit(self, code: str, key: str, record: bool = False) -> "Client":
        """A client on the wire of a session, or of a room's record."""
        client = Client(self, code, key, record)
        self.clients.append(client)
        await client.come()
        return client


class Client:
    """One seat: what it was told, in order, and the state that makes."""

    def __init__(self, server: Server, code: str, key: str, record: bool = False) -> None:
        self.server, self.code, self.key, self.record = server, code, key, record
        self.socket: ClientConnection | None = None
        self.frames: list[dict[str, Any]] = []
        self.raw: list[str] = []
        #: Everything this client has said.
        self.said: list[Any] = []
        self.topics: dict[str, dict[str, Any]] = {}
        self.number = 0
        self.epoch = ""
        self.person = ""
        self.sent = 0
        self.changed = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None

    async def come(self, since: int | None = None, where: str = "") -> None:
        """Open a socket and say the first word."""
        kind = "rooms" if self.record else "sessions"
        where = where or f"{self.server.address.replace('http', 'ws')}/api/{kind}/{self.code}/live"
        headers = {"Authorization": f"Bearer {self.key}"}
        self.socket = await connect(where, additional_headers=headers, compression=None, max_size=None)
        self._reading = asyncio.create_task(self._read())
        before = sum("welcome" in frame for frame in self.frames)
        first = {"since": self.number if since is None else since, "epoch": self.epoch}
        await self.socket.send(json.dumps(first))
        await self.until(lambda: sum("welcome" in frame for frame in self.frames) > before)
        await self.until(lambda: ("record" if self.record else "session") in self.topics)

    async def leave(self) -> None:
        """Close the socket."""
        if self.socket:
            await self.socket.close()
        if self._reading:
            await self._reading

    async def say(self, frame: Any) -> None:
        """Send one frame as it is."""
        assert self.socket
        self.said.append(frame)
        await self.socket.send(frame if isinstance(frame, (str, bytes)) else json.dumps(frame))

    async def do(self, name: str, /, id: str = "", **fields: Any) -> dict[str, Any]:
        """A command and its answer."""
        self.sent += 1
        command = id or f"{self.person}-{self.sent}"
        known = len(self.frames)
        await self.say({"id": command, "do": name, **fields})
        found: list[dict[str, Any]] = []

        def answered() -> bool:
            found[:] = [f for f in self.frames[known:] if command in (f.get("done"), f.get("refused"))]
            return bool(found)

        await self.until(answered)
        return found[0]

    async def ok(self, name: str, /, **fields: Any) -> None:
        """A command that has to be done."""
        answer = await self.do(name, **fields)
        assert "done" in answer, answer

    async def until(self, holds: Any) -> None:
        """Wait until something holds of what this client was told."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                self.changed.clear()
                await self.changed.wait()

    async def to(self, key: str) -> None:
        """As a facilitator, go on to a phase."""
        while self.session.get("step", {}).get("key") != key:
            run = self.session["step"]["run"]
            await self.ok("next_phase", phase=run, unshown="show")
            await self.until(lambda run=run: self.session["step"]["run"] != run)

    async def echo(self) -> None:
        """Wait until everything published so far has arrived here."""
        await self.server.flushed(self)
        await self.asked()

    async def asked(self) -> None:
        """Ask for what there is not, and hear so: what was said before has been heard then."""
        answer = await self.do("nothing at all")
        assert "refused" in answer
        self.frames.remove(answer)

    @property
    def session(self) -> dict[str, Any]:
        """The topic everybody follows."""
        return self.topics.get("session", {})

    @property
    def me(self) -> dict[str, Any]:
        """This person's own."""
        return self.topics.get("me", {})

    def ids(self, kind: str) -> list[str]:
        """Ids of a kind of thing everybody sees."""
        return [key.partition(":")[2] for key in self.session if key.startswith(kind + ":")]

    async def _read(self) -> None:
        assert self.socket
        with contextlib.suppress(ConnectionClosed):
            async for message in self.socket:
                text = message if isinstance(message, str) else message.decode()
                self.raw.append(text)
                self._take(json.loads(text))
                self.changed.set()
        self.changed.set()

    def _take(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        if "welcome" in frame:
            self.person = frame["welcome"]["person"]
            self.epoch = frame["welcome"]["epoch"]
            self.number = frame["welcome"]["number"]
        elif "topic" in frame:
            self.number = max(self.number, frame["number"])
            topic = self.topics.setdefault(frame["topic"], {})
            if frame["full"]:
                topic.clear()
            topic.update(frame["set"])
            for key in frame["drop"]:
                topic.pop(key, None)
        elif "gone" in frame:
            self.topics.pop(frame["gone"], None)


class Opened:
    """A session on a running server, with its facilitator."""

    def __init__(self, server: Server, links: dict[str, str], helm: Client) -> None:
        self.server, self.links, self.helm = server, links, helm
        self.code = links["code"]

    async def people(self, names: str = "Ann Bob Cy Di") -> list[Client]:
        """These people join."""
        return [await self.server.join(self.code, name) for name in names.split()]

    async def refine(self, people: list[Client]) -> None:
        """An idea of each, three of them voted for, and on to their cards."""
        await self.helm.to("ideate")
        for person in people:
            await person.ok("add_note", text=f"idea-of-{person.person}", baseline="1", target="2")
        await self.helm.to("vote")
        for person in people:
            for item in self.helm.ids("note")[:3]:
                await person.ok("place_dot", item=item)
        await self.helm.to("refine")
