"""Two processes as one server: whoever comes comes to the one, and every room is held by the other."""

from pathlib import Path
from typing import Any

import httpx

from tests.server import Client, Opened, Server
from workshop.directory import Rooms
from workshop.open_room import OpenRoom
from workshop.store import HeldElsewhere


class Relayed(Server):
    """The process people come to; what opens rooms goes to the other one."""

    def __init__(self, data: Path, **settings: Any) -> None:
        super().__init__(data / "here", settings)
        self.holder = Server(data / "there", settings)

    async def start(self) -> None:
        """Serve."""
        await self.holder.start()
        await super().start()

    async def stop(self) -> None:
        """End both."""
        await super().stop()
        await self.holder.stop()

    @property
    def rooms(self) -> Rooms:
        """The rooms behind the application."""
        return self.holder.rooms

    def room(self, code: str) -> OpenRoom:
        """The room of a session, wherever it is held."""
        try:
            return super().room(code)
        except HeldElsewhere:
            here: Rooms = self.app.state.rooms
            found = here.find(code)
            assert found
            return found[0]

    async def call(self, method: str, path: str, key: str = "", **how: Any) -> httpx.Response:
        """One request; what opens a room is for the other process."""
        opens = method == "POST" and path in ("/api/sessions", "/api/rooms", "/open", "/demo")
        if opens:
            return await self.holder.call(method, path, key, **how)
        return await super().call(method, path, key, **how)

    async def flushed(self, client: Client) -> None:
        """Everything is told where the room is, has come over, and is told here."""
        await super().flushed(client)
        together = self.app.state.rooms.together
        await client.asked()
        for relayed in together.relays.all():
            relayed.desk.flushing.now()


__all__ = ["Opened", "Relayed"]
