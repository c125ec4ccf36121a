"""Pages of others may show ours where a setting names them, and nowhere else."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.server import Server
from workshop.settings import Settings


async def test_nobody_frames_a_page_unless_a_setting_names_them(server: Server) -> None:
    page = await server.call("GET", "/")
    assert "frame-ancestors 'self';" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "SAMEORIGIN"


async def test_who_is_named_may(tmp_path: Path) -> None:
    running = Server(
        tmp_path, {"embed": "https://intranet.example.org, https://*.example.com/", "url": "https://w.example"}
    )
    await running.start()
    page = await running.call("GET", "/")
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'self' https://intranet.example.org https://*.example.com;" in policy
    assert "x-frame-options" not in page.headers
    opened = await running.open()
    origin = {"Origin": "https://w.example", "Cookie": "__Host-waggle=kept-from-the-page-before"}
    joined = await running.call(
        "POST", f"/api/sessions/{opened.code}/participants", json={"name": "Ann"}, headers=origin
    )
    cookie = joined.headers["set-cookie"]
    assert re.search(r"SameSite=none", cookie)
    assert "; Secure" in cookie
    assert cookie.endswith("; Partitioned")
    forgotten = await running.call("POST", "/forget", headers={**origin, "Cookie": cookie.split(";")[0]})
    assert forgotten.headers["set-cookie"].endswith("; Partitioned")
    # A page of the other site still acts with nobody's cookie.
    foreign = {"Origin": "https://intranet.example.org", "Cookie": cookie.split(";")[0]}
    assert await running.status("POST", "/forget", headers=foreign) == 403
    await running.stop()


@pytest.mark.parametrize(
    "wrong", ["*", "intranet", "https://a b", "https://x.example/path", "javascript:alert(1)", "'none'"]
)
def test_what_is_no_address_is_a_sentence(wrong: str) -> None:
    with pytest.raises(ValidationError, match="no address of pages"):
        Settings(embed=wrong)
