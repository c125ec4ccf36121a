"""Proxies in front: those that are trusted say who asks; what others say of that is not heard."""

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from web.access import PASSED


class Proxies(ProxyHeadersMiddleware):
    """Takes a trusted proxy's word for address and scheme, and for who is signed in where a header says so."""

    def __init__(self, app: ASGIApp, trusted: str, headers: tuple[str, ...]) -> None:
        super().__init__(app, trusted)  # type: ignore[arg-type]
        self._headers = {header.lower().encode() for header in headers if header}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        client = scope.get("client")
        # What another process passes on was heard there, and nobody outside can say that it was.
        if self._headers and PASSED not in scope and (client is None or client[0] not in self.trusted_hosts):
            heard = [(name, value) for name, value in scope.get("headers", ()) if name not in self._headers]
            scope = {**scope, "headers": heard} if "headers" in scope else scope
        await super().__call__(scope, receive, send)  # type: ignore[arg-type]
