"""Coming in and coming back: a thousand people join within ten seconds, and are there again after a restart."""

import asyncio
import json
import random
import time
from contextlib import suppress

from bench.figures import percentile, report
from bench.processes import Process, Waggle
from bench.seats import Seat

#: People, seconds within which they come, milliseconds until one is there, and seconds until all are back.
PEOPLE, WITHIN, THERE, BACK = 1_000, 10.0, 300, 5.0


async def measure() -> None:
    """For ``bin/bench coming``."""
    server = Waggle()
    await server.ready()
    opened = server.post("/api/sessions", {"format": "ideas_and_dots", "title": "Bench"})
    began = server.cpu()
    people = [asyncio.create_task(_come(server, opened["code"], n)) for n in range(PEOPLE)]
    came = await asyncio.gather(*people)
    print(f"{PEOPLE:,} people join within {WITHIN:.0f} s, each with three pages and a first word")
    report("  p99 from the first page to being there, ms", percentile([took for took, _, _ in came], 99), THERE)
    print(f"  median {percentile([took for took, _, _ in came], 50):.0f} ms, {server.cpu() - began:.1f} core-seconds")
    await _come_back(server, [(seat, path) for _, seat, path in came], opened["code"])
    server.stop()


async def _come(server: Waggle, code: str, number: int) -> tuple[float, Seat, str]:
    """As a browser: the page to join, a name, the page of the session, its socket; milliseconds until all is there."""
    await asyncio.sleep(WITHIN * number / PEOPLE)
    began = time.perf_counter()
    line = Line(server.port)
    await line.open()
    await line.ask("GET", f"/j/{code}")
    wish = json.dumps({"name": f"Person {number}"}).encode()
    person = json.loads(await line.ask("POST", f"/api/sessions/{code}/participants", wish))["person"]
    await line.ask("GET", f"/s/{code}?as={person}")
    path = f"/api/sessions/{code}/live?as={person}"
    seat = await _sit(server.port, path, line.cookie)
    took = 1000 * (time.perf_counter() - began)
    line.close()
    return took, seat, f"{path} {line.cookie}"


async def _sit(port: int, path: str, cookie: str) -> Seat:
    """A seat that has heard where things stand."""
    seat = Seat(path, "", cookie=cookie, origin=f"http://127.0.0.1:{port}")
    there = asyncio.Event()

    def hear(payload: bytes) -> None:
        if payload.startswith(b'{"topic":"session"'):
            there.set()

    seat.on_frame = hear
    await asyncio.get_running_loop().create_connection(lambda: seat, "127.0.0.1", port)
    await seat.open
    seat.say({"since": 0})
    await there.wait()
    seat.on_frame = None
    return seat


async def _come_back(server: Waggle, seats: list[tuple[Seat, str]], code: str) -> None:
    """The server ends and begins again on the same data; everybody tries until they are in step."""
    server.stop()
    tries = [asyncio.create_task(_until_back(server.port, where)) for _, where in seats]
    again = await Process("-m", "web.commands", "serve", "--quiet", port=server.port, **server.env).ready()
    ready, cpu = time.perf_counter(), again.cpu()
    moments = await asyncio.gather(*tries)
    server.process = again.process
    took = [at - ready for at in moments]
    print(f"{PEOPLE:,} people come back after a restart")
    report("  seconds until the last is in step", max(took), BACK)
    print(f"  median {percentile(took, 50):.1f} s, {again.cpu() - cpu:.1f} core-seconds")


async def _until_back(port: int, where: str) -> float:
    path, _, cookie = where.partition(" ")
    while True:
        with suppress(OSError):
            await _sit(port, path, cookie)
            return time.perf_counter()
        await asyncio.sleep(random.uniform(0.2, 1.0))


class Line:
    """One connection over HTTP that is kept, and the cookie that came on it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.cookie = ""

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()

    async def ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        """One request, and the body of its answer."""
        host = f"127.0.0.1:{self._port}"
        head = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept: text/html", f"Content-Length: {len(body)}"]
        head += [f"Cookie: {self.cookie}"] if self.cookie else []
        head += [f"Origin: http://{host}", "Content-Type: application/json"] if method == "POST" else []
        self._writer.write("\r\n".join([*head, "", ""]).encode() + body)
        status = await self._reader.readline()
        length = 0
        while (line := await self._reader.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode().partition(":")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "set-cookie":
                self.cookie = value.strip().partition(";")[0]
        said = await self._reader.readexactly(length)
        if b" 20" not in status:
            raise ConnectionError(f"{path}: {status!r} {said[:200]!r}")
        return said
