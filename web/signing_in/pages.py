"""Where one signs in and out."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web import access
from web.faults import Fault
from web.signing_in.member import at_a_provider

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/sign-in")
async def sign_in(request: Request, to: str = "/") -> Response:
    """Off to the organisation's own sign-in, and then to a page of this server."""
    _must_have_provider(request)
    from web.signing_in import provider

    here = to.startswith("/") and not to.startswith(("//", "/\\"))
    return await provider.go(request, to[:200] if here else "/")


@router.get("/sign-in/back")
async def come_back(request: Request) -> Response:
    """The organisation's own sign-in has said who this is."""
    _must_have_provider(request)
    from web.signing_in import provider

    return await provider.come_back(request)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Signed in no longer; keys on this browser's ring stay."""
    access.check_origin(request)
    _must_have_provider(request)
    request.session.clear()
    return RedirectResponse("/", status_code=303)


def _must_have_provider(request: Request) -> None:
    if not at_a_provider(request):
        raise Fault(404, "no_such_page", "There is nothing at this address.")
