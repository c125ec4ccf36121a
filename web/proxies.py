"""Proxies in front: those that are trusted say who asks; what others say of that is not heard."""

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware, _TrustedHosts

from web.access import PASSED


class _NextToUs(_TrustedHosts):
    """Where every address that connects is a proxy's, it is known of the next one alone who asked it: the last in
    its header. What stands before that, anybody may have written.
    """

    def get_trusted_client_address(self, x_forwarded_for: str) -> tuple[str, int]:
        return super().get_trusted_client_address(
            x_forwarded_for.rpartition(",")[2] if self.always_trust else x_forwarded_for
        )


#: Under this name the scope has who connected, whoever asked them to.
PEER = "waggle.peer"


class Proxies(ProxyHeadersMiddleware):
    """Takes a trusted proxy's word for address and scheme, and for who is signed in where a header says so."""

    def __init__(self, app: ASGIApp, trusted: str, headers: tuple[str, ...]) -> None:
        super().__init__(app, trusted)  # type: ignore[arg-type]
        self.trusted_hosts = _NextToUs(trusted)
        self._headers = {header.lower().encode() for header in headers if header}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        client = scope.get("client")
        scope = {**scope, PEER: client[0] if client else ""}
        # What another process passes on was heard there, and nobody outside can say that it was.
        if self._headers and PASSED not in scope and (client is None or client[0] not in self.trusted_hosts):
            heard = [(name, value) for name, value in scope.get("headers", ()) if name not in self._headers]
            scope = {**scope, "headers": heard} if "headers" in scope else scope
        await super().__call__(scope, receive, send)  # type: ignore[arg-type]
