"""``kill -9`` in the middle of a burst: what was acknowledged is there, and nothing is there twice."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from tests.server import Client, Server


async def test_every_acknowledged_note_survives_and_none_is_there_twice(tmp_path: Path) -> None:
    server = Server(tmp_path)
    process = start(server)
    await answering(server)
    opened = await server.open("ideas_and_dots")
    people = await opened.people("Ann Bob Cy Di")
    await opened.helm.ok("change_plan", step="ideas", hidden=False, limit=0)
    await opened.helm.to("ideas")
    for person in people:
        for count in range(100):
            await person.say({"id": f"{person.person}|{count}", "do": "add_note", "text": f"{person.person} {count}"})
    await people[0].until(lambda: acknowledged(people[0]))
    process.send_signal(signal.SIGKILL)
    process.wait()
    acked = {id for person in people for id in acknowledged(person)}
    process = start(server)
    await answering(server)
    helm = await server.sit(opened.code, opened.links["helm_token"])
    texts = [n["text"] for k, n in helm.session.items() if k.startswith("note:")]
    assert len(texts) == len(set(texts))
    assert {id.replace("|", " ") for id in acked} <= set(texts)
    assert acked
    for client in server.clients:
        await client.leave()
    process.terminate()
    process.wait()


def acknowledged(client: Client) -> list[str]:
    """The burst's commands this client has word of."""
    return [f["done"] for f in client.frames if "|" in str(f.get("done", ""))]


def start(server: Server, **more: str) -> "subprocess.Popen[bytes]":
    """The server as its own process, with more settings."""
    where = {"WAGGLE_DATA": str(server.data), "WAGGLE_PORT": str(server.port), "WAGGLE_HOST": "127.0.0.1"}
    return subprocess.Popen(
        [sys.executable, "-m", "web.commands", "serve", "--quiet"],
        env={**os.environ, **where, **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


async def answering(server: Server) -> None:
    """Wait until the process answers."""
    async with asyncio.timeout(20), httpx.AsyncClient(base_url=server.address) as http:
        while True:
            try:
                if json.loads((await http.get("/readyz")).text)["status"] == "ready":
                    return
            except httpx.TransportError:
                await asyncio.sleep(0)
