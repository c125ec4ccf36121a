"""A server beneath a path of its host, such as ``https://example.org/waggle``: inside it stands at the root."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access import PASSED


class Beneath:
    """Takes the path off what comes in, where the proxy in front has not, and puts it on where somebody is sent.

    Pages begin their addresses with it by themselves (``templating.stand_beneath``).
    """

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app, self._path = app, path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # What another process passes on has been here already.
        if not self._path or PASSED in scope or scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def with_path(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                to = headers.get("location", "")
                if to.startswith("/") and not to.startswith("//"):
                    headers["location"] = self._path + to
            await send(message)

        await self._app(self._without(scope), receive, with_path)

    def _without(self, scope: Scope) -> Scope:
        path = scope["path"]
        if path != self._path and not path.startswith(self._path + "/"):
            return scope
        rest = path[len(self._path) :] or "/"
        raw = scope.get("raw_path") or b""
        return {**scope, "path": rest, "raw_path": raw[len(self._path) :] or b"/"}
