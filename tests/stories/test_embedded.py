"""A page of somebody else's shows Waggle inside of its own: one takes part there as anywhere, and comes back."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.certificate import certificate
from tests.ports import free_port
from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, chromium


async def with_https(folder: Path, monkeypatch: pytest.MonkeyPatch, port: int) -> Server:
    """A server with a certificate, which the intranet at that port may show."""
    at, private = certificate(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(at))
    running = Server(folder / "data", ssl_certfile=str(at), ssl_keyfile=str(private))
    running.address = running.address.replace("http:", "https:")
    running.settings = {"embed": f"https://waggle.test:{port}", "url": running.address}
    await running.start()
    return running


@asynccontextmanager
async def intranet(folder: Path, port: int, shown: str) -> AsyncIterator[None]:
    """Another server, whose page has a frame with an address of ours."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        page = f"""<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
          <title>Intranet</title>
          <link rel="icon" href="data:,"><h1>Intranet</h1>
          <iframe title="Workshop" src="{shown}" style="width:100%;height:600px;border:0"></iframe></html>"""
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n"
        writer.write((head + page).encode())
        writer.close()

    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    async with await asyncio.start_server(answer, "127.0.0.1", port, ssl=secured):
        yield


async def test_in_a_frame_one_joins_writes_and_is_there_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    server = await with_https(tmp_path, monkeypatch, port)
    opened = await server.open("ideas_and_dots")
    await opened.helm.to("ideas")
    async with chromium() as people, intranet(tmp_path, port, f"{server.address}/j/{opened.code}"):
        for size, name in ((LAPTOP, "Ann"), (PHONE, "Bob")):
            page = await people.come(size, ignore_https_errors=True)
            await page.goto(f"https://waggle.test:{port}/")
            inside = page.frame_locator("iframe")
            await inside.get_by_label("Your name").fill(name)
            await inside.get_by_role("button", name="Join").click()
            await inside.locator("textarea").first.fill(f"What {name} thinks")
            await inside.get_by_role("button", name="Add it").click()
            await expect(inside.get_by_text(f"What {name} thinks")).to_be_visible()
            await page.reload()
            await expect(inside.get_by_text(name).first).to_be_visible()
            wide = await inside.locator("html").evaluate("html => html.scrollWidth - innerWidth")
            assert wide <= 0
        assert not people.complaints
    await server.stop()


async def test_a_page_that_is_not_named_shows_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    server = await with_https(tmp_path, monkeypatch, port)
    opened = await server.open("ideas_and_dots")
    async with chromium() as people, intranet(tmp_path, port, f"{server.address}/j/{opened.code}"):
        page = await people.come(LAPTOP, ignore_https_errors=True)
        await page.goto(f"https://localhost:{port}/")
        await expect(page.get_by_role("heading", name="Intranet")).to_be_visible()
        await expect(page.frame_locator("iframe").get_by_label("Your name")).to_have_count(0)
        assert any("frame-ancestors" in said for said in people.complaints), people.complaints
    await server.stop()
