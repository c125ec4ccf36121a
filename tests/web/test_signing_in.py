"""Signing in: names and teams come from the organisation's directory, and nobody else's word is taken."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from tests.server import Server
from tests.web.provider import CLIENT, SECRET, Provider
from workshop.settings import Settings


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    """A directory in which Ines is of Heat Pumps."""
    running = Provider({"name": "Ines Ødegård", "department": "Heat Pumps"})
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def server(tmp_path: Path, provider: Provider) -> AsyncIterator[Server]:
    """A server on which those who sign in there may open sessions."""
    running = Server(tmp_path, {**at(provider), "open_to": "signed-in", "sign_in_team": "department"})
    running.settings["url"] = running.address
    await running.start()
    yield running
    await running.stop()


def at(provider: Provider) -> dict[str, Any]:
    """Settings for signing in at a provider."""
    return {"sign_in": provider.address, "sign_in_client": CLIENT, "sign_in_secret": SECRET}


def browser(server: Server) -> httpx.AsyncClient:
    """A browser of its own, which goes where it is sent."""
    return httpx.AsyncClient(base_url=server.address, follow_redirects=True, timeout=10)


async def test_who_signs_in_opens_a_session_and_is_called_as_in_the_directory(server: Server) -> None:
    async with browser(server) as ines:
        before = (await ines.get("/")).text
        assert "sign in with your organisation" in before
        assert 'action="/open"' not in before
        refused = await ines.post("/api/sessions", json={"format": "gallery_walk", "title": "Walk"})
        assert (refused.status_code, refused.json()["code"]) == (403, "not_signed_in")
        page = await ines.get("/sign-in")
        assert page.url == server.address + "/"
        assert "Signed in as" in page.text
        assert "Ines Ødegård" in page.text
        made = (await ines.post("/api/sessions", json={"format": "gallery_walk", "title": "Walk"})).json()
        helm = await server.sit(made["code"], made["helm_token"])
        assert helm.me["me"]["name"] == "Ines Ødegård"
        assert not helm.me["me"]["nameless"]
        by_form = await ines.post("/open", data={"format": "gallery_walk"}, headers={"Origin": server.address})
        assert by_form.url.path.endswith("/helm")
        out = await ines.post("/sign-out", headers={"Origin": server.address})
        assert "Signed in as" not in out.text
        assert (await ines.post("/api/sessions", json={"format": "gallery_walk", "title": "W"})).status_code == 403


async def test_a_link_needs_no_account_and_fills_in_for_whoever_is_signed_in(server: Server) -> None:
    async with browser(server) as ines, browser(server) as guest:
        await ines.get("/sign-in")
        made = (await ines.post("/api/sessions", json={"format": "gallery_walk", "title": "Walk"})).json()
        helm = await server.sit(made["code"], made["helm_token"])
        await helm.ok("set_teams", names="Care\nheat pumps")
        page = (await ines.get(f"/j/{made['code']}")).text
        team = next(
            key[5:] for key, team in helm.session.items() if key[:5] == "team:" and team["name"] == "heat pumps"
        )
        assert 'data-name="Ines Ødegård"' in page
        assert f'data-team="{team}"' in page
        stranger = (await guest.get(f"/j/{made['code']}")).text
        assert 'data-name=""' in stranger
        assert f"/sign-in?to=/j/{made['code']}" in stranger
        joined = await server.join(made["code"], "Anybody")
        assert joined.me["me"]["name"] == "Anybody"
        back = await guest.get(f"/sign-in?to=/j/{made['code']}")
        assert back.url.path == f"/j/{made['code']}"
        assert 'data-name="Ines Ødegård"' in back.text


@pytest.mark.parametrize("lie", ["issuer", "audience", "nonce", "late", "key", "refused"])
async def test_what_the_provider_did_not_say_signs_nobody_in(server: Server, provider: Provider, lie: str) -> None:
    provider.lies = lie
    async with browser(server) as mallory:
        answer = await mallory.get("/sign-in")
        assert answer.status_code == 403, lie
        assert "not signed in" in answer.text
        assert (await mallory.post("/api/sessions", json={"format": "gallery_walk", "title": "W"})).status_code == 403


async def test_nobody_brings_a_code_that_this_browser_did_not_ask_for(server: Server) -> None:
    async with browser(server) as mallory:
        assert (await mallory.get("/sign-in/back?code=code-0&state=guessed")).status_code == 403
        assert (await mallory.get("/sign-in/back")).status_code == 403
        mallory.cookies.set("waggle-member", "eyJtZW1iZXIiOnsibmFtZSI6IkkiLCJ0ZWFtcyI6W119fQ==.aaaa.bbbb")
        assert "Signed in as" not in (await mallory.get("/")).text


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "evil"])
async def test_one_comes_back_to_a_page_of_this_server_alone(server: Server, to: str) -> None:
    async with browser(server) as ines:
        assert (await ines.get("/sign-in", params={"to": to})).url == server.address + "/"


async def test_a_name_that_is_told_when_asked_for_alone_is_asked_for(server: Server, provider: Provider) -> None:
    provider.claims, provider.more = {}, {"name": "Ines", "department": ["Care", "Heat Pumps"]}
    async with browser(server) as ines:
        assert 'Signed in as <b dir="auto">Ines</b>' in (await ines.get("/sign-in")).text
    provider.more = {}
    async with browser(server) as nobody:
        answer = await nobody.get("/sign-in")
        assert answer.status_code == 403
        assert "did not say what you are called" in answer.text


async def test_a_provider_that_does_not_answer_is_a_sentence(tmp_path: Path, provider: Provider) -> None:
    running = Server(tmp_path, at(provider) | {"sign_in": "http://127.0.0.1:9", "url": "http://127.0.0.1"})
    await running.start()
    answer = await running.call("GET", "/sign-in", headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert "does not answer" in answer.text
    assert await running.status("GET", "/") == 200
    await running.stop()


@pytest.mark.parametrize(("proxies", "heard"), [("127.0.0.1", True), ("10.1.2.3", False)])
async def test_a_header_counts_from_a_trusted_proxy_alone(tmp_path: Path, proxies: str, heard: bool) -> None:
    by_header = {"sign_in": "header", "sign_in_name": "Remote-Name", "sign_in_team": "Remote-Groups"}
    running = Server(tmp_path, {**by_header, "open_to": "signed-in", "proxies": proxies})
    await running.start()
    said = {b"Remote-Name": "Inès".encode(), b"Remote-Groups": b"staff, Heat Pumps"}
    wish = {"format": "gallery_walk", "title": "Walk"}
    async with browser(running) as ines:
        assert (await ines.post("/api/sessions", json=wish)).status_code == 403
        made = await ines.post("/api/sessions", json=wish, headers=said)
        assert made.status_code == (201 if heard else 403)
        page = (await ines.get("/", headers=said)).text
        assert ("Inès" in page) == heard
        assert "Sign out" not in page
        assert (await ines.get("/sign-in")).status_code == 404
        if heard:
            helm = await running.sit(made.json()["code"], made.json()["helm_token"])
            assert helm.me["me"]["name"] == "Inès"
    await running.stop()


async def test_a_server_that_knows_no_signing_in_hears_no_header(tmp_path: Path) -> None:
    running = Server(tmp_path)
    await running.start()
    assert "Signed in" not in (await running.call("GET", "/", headers={"Remote-Name": "Ines"})).text
    assert await running.status("GET", "/sign-in") == 404
    assert await running.status("POST", "/sign-out", headers={"Origin": running.address}) == 404
    await running.stop()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"open_to": "signed-in"}, "WAGGLE_SIGN_IN"),
        ({"sign_in": "header"}, "WAGGLE_SIGN_IN_NAME"),
        ({"sign_in": "keycloak"}, "address of a provider"),
        ({"sign_in": "https://id.example", "sign_in_client": "w"}, "WAGGLE_SIGN_IN_SECRET"),
        ({"sign_in": "https://id.example", "sign_in_client": "w", "sign_in_secret": "s"}, "WAGGLE_URL"),
    ],
)
def test_half_a_setting_is_a_sentence(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Settings(**settings)
