"""A rehearsal: simulated people who join over the real wire and play whatever step they find."""

import asyncio
import json
import random
import secrets
import urllib.request
from collections import ChainMap
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from sessions.activities import ALL
from sessions.activities.playing import Seen

#: How often somebody tries to come back.
TRIES = 30
#: Words with which a session ends for somebody.
ENDINGS = ("deleted", "removed", "gone", "withdrawn", "not_here")

NAMES = (
    "Ines",
    "Marta",
    "Dev",
    "Piers",
    "Hana",
    "Joss",
    "Ruth",
    "Noor",
    "Olek",
    "Amara",
    "Bela",
    "Chidi",
    "Dana",
    "Emil",
    "Farah",
    "Goran",
    "Lena",
    "Milo",
)


async def play(address: str, code: str, people: int) -> None:
    """Let ``people`` simulated participants join the session at ``address`` until it is closed."""
    await asyncio.gather(*(_take_part(address, code, number) for number in range(people)))


async def _take_part(address: str, code: str, number: int) -> None:
    name = NAMES[number % len(NAMES)] + (f" {number // len(NAMES) + 1}" if number >= len(NAMES) else "")
    wish = {"name": f"{name} (rehearsal)", "mode": random.choice(["room", "room", "remote"])}
    session = await asyncio.to_thread(_get, f"{address}/api/sessions/{code}")
    teams = [team["id"] for team in session["teams"] if team["id"] != "leadership"]
    if teams:
        wish["team"] = teams[number % len(teams)]
    joined = await asyncio.to_thread(_post, f"{address}/api/sessions/{code}/participants", wish)
    live = f"{address.replace('http', 'ws', 1)}/api/sessions/{code}/live"
    headers = {"Authorization": f"Bearer {joined['token']}"}
    player = Player(joined["person"], random.Random(number))
    for _ in range(TRIES):
        try:
            async with connect(live, additional_headers=headers, compression=None, max_size=None) as socket:
                if await player.play(socket):
                    return
        except (OSError, InvalidHandshake):
            # Nobody is there just now, or they say so: as a browser would, come back in a moment.
            pass
        await asyncio.sleep(random.uniform(0.2, 1.0))


def _post(url: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        found: dict[str, Any] = json.loads(answer.read())
        return found


def _get(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=20) as answer:
        found: dict[str, Any] = json.loads(answer.read())
        return found


class Player:
    """One simulated person: sees what their seat is told, and does one plausible thing after another."""

    #: What it sits on.
    socket: ClientConnection

    def __init__(self, person: str, chance: random.Random) -> None:
        self.person = person
        self.chance = chance
        self.topics: dict[str, dict[str, dict[str, Any]]] = {"session": {}, "me": {}}
        self.seen = Seen(person, ChainMap(self.topics["session"]), self.topics["me"])
        self.acting: asyncio.Task[None] | None = None
        self.acted_on: tuple[str, ...] = ()
        #: Whether there is nothing left to come back to.
        self.over = False

    async def play(self, socket: ClientConnection) -> bool:
        """Follow the session until it is closed, or (false) the socket goes and one should come back."""
        self.socket, self.acted_on = socket, ()
        await self.socket.send(json.dumps({"since": 0}))
        try:
            async for message in self.socket:
                self._see(json.loads(message))
                if self.over:
                    return True
                self._begin_to_act()
        except ConnectionClosed:
            pass
        finally:
            if self.acting:
                self.acting.cancel()
        return self.over

    def _see(self, frame: dict[str, Any]) -> None:
        gone, topic = frame.get("gone"), frame.get("topic")
        self.over = self.over or frame.get("bye") in ENDINGS
        if gone:
            self.topics.pop(gone, None)
        if topic:
            store = self.topics.setdefault(topic, {})
            if frame["full"]:
                store.clear()
            store.update(frame["set"])
            for key in frame["drop"]:
                store.pop(key, None)
        places = [told for name, told in self.topics.items() if name.startswith("place:")]
        self.seen.things = ChainMap(self.topics["session"], *places)
        self.over = self.over or self.seen.things.get("session", {}).get("state") == "closed"

    def _begin_to_act(self) -> None:
        now = self._moment()
        if now == self.acted_on:
            return
        self.acted_on = now
        if self.acting:
            self.acting.cancel()
        self.acting = asyncio.create_task(self._act())

    def _moment(self) -> tuple[str, ...]:
        """What has to change for this person to act again: the run, and where it stands inside itself."""
        step = self.seen.step
        activity = ALL.get(step.get("activity", ""))
        return (step.get("run", ""), *(str(step.get(name)) for name in (activity.plays_again if activity else ())))

    async def _act(self) -> None:
        activity = ALL.get(self.seen.step.get("activity", ""))
        try:
            await asyncio.sleep(self.chance.uniform(0.5, 2.5))
            if activity is None:
                return
            for name, fields in activity.play(self.seen, self.chance):
                await self._do(name, **fields)
            await self._do("done")
        except ConnectionClosed:
            return

    async def _do(self, name: str, **fields: Any) -> None:
        step = self.seen.step
        frame = {"id": secrets.token_hex(8), "do": name, "phase": step.get("run", ""), **fields}
        await self.socket.send(json.dumps(frame))
        await asyncio.sleep(self.chance.uniform(0.3, 1.5))
