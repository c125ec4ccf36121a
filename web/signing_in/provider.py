"""The way to a provider of OpenID Connect and back. Loaded only where a setting names one."""

from hashlib import sha256
from typing import Any

import httpx2
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from fastapi import FastAPI, Request
from joserfc.errors import JoseError
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import RedirectResponse, Response

from web import access, addresses
from web.faults import Fault
from web.signing_in.member import member
from workshop.settings import Settings

#: For how long somebody stays signed in (seconds).
LASTS = 12 * 3600
WELL_KNOWN = "/.well-known/openid-configuration"

logger = structlog.get_logger()


def set_up(app: FastAPI, settings: Settings) -> None:
    """Have this application sign people in at the provider that its settings name."""
    provider = OAuth()
    provider.register(
        "provider",
        client_id=settings.sign_in_client,
        client_secret=settings.sign_in_secret,
        server_metadata_url=settings.sign_in.rstrip("/") + WELL_KNOWN,
        client_kwargs={"scope": settings.sign_in_scope, "code_challenge_method": "S256", "timeout": 10},
    )
    app.state.provider = provider.provider
    # Every process of one server has this secret, and nobody else.
    key = sha256(b"waggle signs its cookie:" + settings.sign_in_secret.encode()).hexdigest()
    secure = settings.url.startswith("https://")
    app.add_middleware(SessionMiddleware, key, "waggle-member", LASTS, https_only=secure)


async def go(request: Request, to: str) -> Response:
    """Off to the provider; afterwards to this path here. Raises ``Fault`` while it is not to be reached."""
    request.session["to"] = to
    try:
        away: Response = await _provider(request).authorize_redirect(request, _back(request))
    except (httpx2.HTTPError, AuthlibBaseError, KeyError, RuntimeError, ValueError) as fault:
        raise _not_reached(fault) from fault
    return away


async def come_back(request: Request) -> Response:
    """Here again: who they are is in the cookie from now on. Raises ``Fault``."""
    provider = _provider(request)
    try:
        token = await provider.authorize_access_token(request)
        claims: dict[str, Any] = dict(token.get("userinfo") or {})
        if not claims:
            raise Fault(403, "not_signed_in", "Your organisation’s sign-in did not say who you are. Try again.")
        settings = access.settings(request)
        wanted = (settings.sign_in_name or "name", settings.sign_in_team)
        if any(claim and claim not in claims for claim in wanted):
            claims |= dict(await provider.userinfo(token=token))
    except (AuthlibBaseError, JoseError) as fault:
        logger.warning("not signed in", why=fault.error or type(fault).__name__)
        say = "You were not signed in. Try again; if it stays so, tell whoever runs this server."
        raise Fault(403, "not_signed_in", say) from fault
    except (httpx2.HTTPError, KeyError, RuntimeError, ValueError) as fault:
        raise _not_reached(fault) from fault
    name, team = wanted
    found = member(claims.get(name) or claims.get("preferred_username"), claims.get(team, []) if team else [])
    if found is None:
        raise Fault(403, "not_signed_in", "Your organisation’s sign-in did not say what you are called.")
    to = request.session.pop("to", "/")
    request.session.clear()
    request.session["member"] = {"name": found.name, "teams": list(found.teams)}
    logger.info("signed in")
    return RedirectResponse(to, status_code=303)


def _provider(request: Request) -> Any:
    return request.app.state.provider


def _back(request: Request) -> str:
    return f"{addresses.base(request)}/sign-in/back"


def _not_reached(fault: Exception) -> Fault:
    logger.warning("the provider of sign-in is not to be reached", why=type(fault).__name__)
    return Fault(503, "no_sign_in", "Your organisation’s sign-in does not answer. Try again in a minute.")
