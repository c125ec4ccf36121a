"""A client of Waggle: opens a session, joins it, writes an idea, and hears what everybody is told.

    python docs/client.py http://127.0.0.1:8000

It needs ``websockets``. The wire is in ``docs/protocol.md``, what is asked over HTTP in ``/openapi.json``.
"""

import json
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

Frame = dict[str, Any]


def ask(base: str, path: str, wish: Frame) -> Frame:
    """Ask for something over HTTP; an ``HTTPError`` has a refusal in its body."""
    request = urllib.request.Request(base + path, json.dumps(wish).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return dict(json.loads(answer.read()))


class Seat:
    """A place in a session; ``topics`` is what it was told, put together."""

    def __init__(self, socket: ClientConnection) -> None:
        self.topics: dict[str, Frame] = {}
        self._socket, self._sent = socket, 0
        self._socket.send(json.dumps({"since": 0}))

    def hear(self) -> Frame:
        """Wait for the next frame and take it in."""
        frame: Frame = json.loads(self._socket.recv())
        if "topic" in frame:
            before = {} if frame["full"] else self.topics.get(frame["topic"], {})
            now = {**before, **frame["set"]}
            self.topics[frame["topic"]] = {key: now[key] for key in now.keys() - set(frame["drop"])}
        return frame

    def of(self, kind: str) -> list[Frame]:
        """Everything of a kind that everybody sees now."""
        return [it for key, it in self.topics.get("session", {}).items() if key.startswith(kind + ":")]

    def do(self, name: str, **fields: Any) -> Frame:
        """Do something: ``{"done": …}`` once it is stored, or ``{"refused": …, "code": …, "say": …}``."""
        self._sent += 1
        id = f"c{self._sent}"
        self._socket.send(json.dumps({"id": id, "do": name, **fields}))
        while True:
            frame = self.hear()
            if id in (frame.get("done"), frame.get("refused")):
                return frame


@contextmanager
def sit(base: str, code: str, key: str) -> Iterator[Seat]:
    """Sit down in a session, and leave it at the end."""
    address = base.replace("http", "ws", 1) + f"/api/sessions/{code}/live"
    with connect(address, additional_headers={"Authorization": f"Bearer {key}"}) as socket:
        yield Seat(socket)


def main(base: str) -> None:
    """An idea is written by one, and shown to everybody."""
    opened = ask(base, "/api/sessions", {"format": "ideas_and_dots", "title": "What shall we stop?"})
    code = opened["code"]
    joined = ask(base, f"/api/sessions/{code}/participants", {"name": "Ann"})
    with sit(base, code, opened["helm_token"]) as helm, sit(base, code, joined["token"]) as ann:
        for _ in ("welcome", "ideas"):
            print(helm.do("next_phase"))
        print(ann.do("add_note", text="Fewer meetings"))
        print(helm.do("next_phase", unshown="show"))
        while not helm.of("note"):
            helm.hear()
        print(*(note["text"] for note in helm.of("note")))


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
