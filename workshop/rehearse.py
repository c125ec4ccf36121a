"""A rehearsal: simulated people who join over the real wire and play whatever phase they find."""

import asyncio
import json
import random
import secrets
import urllib.request
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

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
LINES = (
    "Ruth: people ask when, not how much",
    "The Monday calls are about the first bill",
    "I want fewer handovers between survey and install",
    "Two landlords asked for one contact",
)
IDEAS = (
    ("Days from contract to warm home", "61", "42"),
    ("First-visit-right installs", "71 %", "85 %"),
    ("Homes whose first month costs no more than quoted", "58 %", "75 %"),
    ("Association homes under contract", "140", "320"),
    ("Calls answered by the first person", "52 %", "70 %"),
    ("Engineers who would recommend us as a place to work", "6.8", "8"),
    ("Complaints closed within five days", "?", "90 %"),
    ("Fewer people wait more than a week for a first visit", "34 %", "10 %"),
    ("Surveys that need no second visit", "64 %", "80 %"),
    ("Customers who pick their own date", "20 %", "60 %"),
)
SENTENCES = (
    "Switching to us is warm, quick and worth it",
    "Our customers can finally plan around us",
    "A warm home, when we said it would be",
    "People tell their neighbours to switch",
)
NARRATIVES = (
    "Think: We win by finishing what we start\nFeel: Proud of what leaves our hands\nDo: Bring blockers early",
    "Think: This is easier than I feared\nFeel: Sure\nDo: Tell a colleague",
)
SAID = (
    "Say by when, not only how much",
    "Who measures this, and how often?",
    "We would fight to keep this line",
    "Is that the median or the mean?",
    "We need you for this, and you do not know it yet",
)
CHANGED = (
    "We say by when, because you asked",
    "We dropped a result nobody could measure",
    "We changed nothing, and can say why",
)
METRICS = ("median days", "share of visits", "homes", "share of households")


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
    async with connect(live, additional_headers=headers, compression=None, max_size=None) as socket:
        await Player(socket, joined["person"], random.Random(number)).play()


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

    def __init__(self, socket: ClientConnection, person: str, chance: random.Random) -> None:
        self.socket = socket
        self.person = person
        self.chance = chance
        self.things: dict[str, dict[str, Any]] = {}
        self.mine: dict[str, dict[str, Any]] = {}
        self.acting: asyncio.Task[None] | None = None
        self.acted_on: tuple[str, str] = ("", "")

    async def play(self) -> None:
        """Follow the session until it is closed or the socket goes."""
        await self.socket.send(json.dumps({"since": 0}))
        try:
            async for message in self.socket:
                self._see(json.loads(message))
                if self.things.get("session", {}).get("state") == "closed":
                    return
                self._begin_to_act()
        except ConnectionClosed:
            return
        finally:
            if self.acting:
                self.acting.cancel()

    def _see(self, frame: dict[str, Any]) -> None:
        if frame.get("topic") not in ("session", "me"):
            return
        store = self.mine if frame["topic"] == "me" else self.things
        if frame["full"]:
            store.clear()
        store.update(frame["set"])
        for key in frame["drop"]:
            store.pop(key, None)

    def _begin_to_act(self) -> None:
        step = self.things.get("step", {})
        now = (step.get("run", ""), f"{step.get('stage', '')} {step.get('round', '')} {step.get('dealt', '')}")
        if now == self.acted_on:
            return
        self.acted_on = now
        if self.acting:
            self.acting.cancel()
        self.acting = asyncio.create_task(self._act(step))

    async def _act(self, step: dict[str, Any]) -> None:
        act = getattr(self, f"_{step.get('activity', '')}", None)
        try:
            await asyncio.sleep(self.chance.uniform(0.5, 2.5))
            if act is not None:
                await act(step)
            if step.get("activity") != "lobby":
                await self._do("done")
        except ConnectionClosed:
            return

    async def _do(self, name: str, **fields: Any) -> None:
        step = self.things.get("step", {})
        frame = {"id": secrets.token_hex(8), "do": name, "phase": step.get("run", ""), **fields}
        await self.socket.send(json.dumps(frame))
        await asyncio.sleep(self.chance.uniform(0.3, 1.5))

    async def _gather(self, step: dict[str, Any]) -> None:
        if step["private"]:
            await self._do("add_note", text=self.chance.choice(LINES))
            return
        for text, baseline, target in self.chance.sample(IDEAS, 2):
            await self._do("add_note", text=text, baseline=baseline, target=target)

    def _items(self, pile: str) -> list[str]:
        found = [
            key.partition(":")[2]
            for key, thing in self.things.items()
            if key.startswith(("note:", "cluster:"))
            and thing.get("pile") == pile
            and not thing.get("aside")
            and not thing.get("cluster")
        ]
        self.chance.shuffle(found)
        return found

    async def _vote(self, step: dict[str, Any]) -> None:
        for item in self._items(step["pile"])[: step.get("budget", 0)]:
            await self._do("place_dot", item=item)
            if step.get("leans"):
                await self._do("lean", item=item, lean=self.chance.choice(["now", "now", "later"]))

    async def _refine(self, step: dict[str, Any]) -> None:
        if not step["results"]:
            return
        result = self.chance.choice(step["results"])
        await self._do("take_card", result=result)
        await self._do("change_result", result=result, field="metric", value=self.chance.choice(METRICS))
        await self._do("change_result", result=result, field="unit", value=self.chance.choice(["%", "days"]))
        await self._do("change_result", result=result, field="direction", value="up")
        await self._do("put_card_down", result=result)

    async def _phrase(self, step: dict[str, Any]) -> None:
        if step["stage"] == "write":
            words = self.chance.choice(NARRATIVES if step.get("into") == "narrative" else SENTENCES)
            await self._do("add_note", text=words)
        elif step["stage"] == "vote":
            for item in self._items(step["pile"])[:1]:
                await self._do("place_dot", item=item)

    async def _pair(self, step: dict[str, Any]) -> None:
        if step["results"]:
            await self._do("volunteer", result=self.chance.choice(step["results"]))

    async def _thumbs(self, step: dict[str, Any]) -> None:
        await self._do("thumb", thumb=self.chance.choice(["up", "up", "up", "sideways", "down"]))

    async def _assemble(self, step: dict[str, Any]) -> None:
        if self._way().get("role") == "visitor":
            await self._do("stand")

    async def _walk(self, step: dict[str, Any]) -> None:
        way = self._way()
        if step["stage"] == "move":
            await self._do("stand")
        elif way.get("role") == "host":
            await self._do("hear", text=self.chance.choice(SAID), kind="wish")
        elif way.get("role") == "visitor" and step["stage"] in ("read", "talk"):
            poster = self.things.get(f"poster:{way['route'][step['round'] - 1]}", {"lines": []})
            for line in self.chance.sample(poster["lines"], min(1, len(poster["lines"]))):
                kind = self.chance.choice(["like", "wish", "what_if"])
                text = self.chance.choice(SAID)
                await self._do("leave_note", on=line["id"], text=text, kind=kind, round=step["round"])

    async def _say_change(self, step: dict[str, Any]) -> None:
        if self._way().get("home") in step["waiting_for"]:
            await self._do("share_sentence", text=self.chance.choice(CHANGED))

    async def _confidence(self, step: dict[str, Any]) -> None:
        if step["stage"] != "vote" or not step["objective"]:
            return
        value = self.chance.choice([2, 3, 3, 4, 4, 5] if step["round"] == 1 else [3, 4, 4, 5])
        said = {"meaningful": True, "inclusive": value > 2, "can_do": value > 2}
        await self._do("cast_confidence", value=value, **said, round=self._way().get("round", ""))
        if value == 2:
            await self._do("raise_concern", text=self.chance.choice(SAID), round=self._way().get("round", ""))

    async def _align(self, step: dict[str, Any]) -> None:
        if step["goal"] and not step["parent"]:
            line = self.chance.choice(step["goal"])["id"]
            await self._do("align", parent=line, kind="directional")

    def _way(self) -> dict[str, Any]:
        """What the present step shows to this person alone."""
        return self.mine.get("mine", {})

    async def _visits(self, step: dict[str, Any]) -> None:
        if step["teams"]:
            await self._do("claim_team", team=self.chance.choice(step["teams"]))
