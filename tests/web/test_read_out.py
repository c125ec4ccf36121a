"""A read-out for everybody: its link opens that page and nothing else, until it is taken back."""

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.server import Client, Opened, Server
from web import picture


async def drafted(server: Server) -> tuple[Opened, Client, str]:
    """A session with a thumb by name, and a link to its read-out."""
    opened = await server.open("leadership_draft", "Q1 direction")
    ann = await server.join(opened.code, "Annegret")
    await opened.helm.to("ideate")
    await ann.ok("add_note", text="A warm home by May")
    await opened.helm.ok("reveal")
    await opened.helm.to("thumbs")
    await ann.ok("thumb", thumb="down")
    await opened.helm.ok("reveal")
    made = await server.call("POST", f"/api/sessions/{opened.code}/readers", opened.helm.key)
    assert made.status_code == 201
    return opened, ann, made.json()["url"].removeprefix(server.address)


async def read(server: Server, path: str) -> Any:
    """The page as somebody sees it who has nothing but the link."""
    return await server.call("GET", path)


async def test_whoever_has_the_link_reads_what_came_out_and_how_nobody_voted(server: Server) -> None:
    _, _, path = await drafted(server)
    page = await read(server, path)
    assert page.status_code == 200
    assert "A warm home by May" in page.text
    assert "Annegret" not in page.text
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert 'property="og:title"' in page.text


async def test_only_a_facilitator_makes_such_a_link_or_takes_it_back(server: Server) -> None:
    opened, ann, path = await drafted(server)
    for end in ("readers", "readers/taken-back"):
        assert await server.status("POST", f"/api/sessions/{opened.code}/{end}", ann.key) == 403
    assert (await read(server, path)).status_code == 200


async def test_a_link_that_was_taken_back_opens_nothing(server: Server) -> None:
    opened, _, path = await drafted(server)
    assert await server.status("POST", f"/api/sessions/{opened.code}/readers/taken-back", opened.helm.key) == 200
    assert (await read(server, path)).status_code == 404


async def test_such_a_key_speaks_for_nobody_and_no_other_key_opens_a_read_out(server: Server) -> None:
    opened, ann, path = await drafted(server)
    key = path.rpartition("/")[2]
    for asked in (f"/api/sessions/{opened.code}/export", f"/api/rooms/{opened.links['room']}/export"):
        assert await server.status("GET", asked, key) in (403, 404)
    assert await server.status("POST", "/api/keys", json={"key": key}) in (403, 404)
    for other in (ann.key, opened.helm.key, opened.links["room_token"]):
        assert (await read(server, f"/o/{other}")).status_code == 404


async def test_a_chat_gets_a_picture_with_the_page_and_none_without(server: Server) -> None:
    opened, _, path = await drafted(server)
    page = (await read(server, path)).text
    address = re.search(r'property="og:image" content="([^"]+)"', page)
    assert address
    assert address[1].endswith(f"{path}/picture.png")
    picture = await read(server, f"{path}/picture.png")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert Image.open(BytesIO(picture.content)).size == (1200, 630)
    assert picture.headers["x-robots-tag"] == "noindex, nofollow"
    await server.call("POST", f"/api/sessions/{opened.code}/readers/taken-back", opened.helm.key)
    assert (await read(server, f"{path}/picture.png")).status_code == 404


@pytest.mark.parametrize(
    "words", ["", "a\u2029b\u200b", "a" * 400, "Żółw Ąę", "أريد أن يعرف", "家 🐝", "a " * 300, "1" * 60]
)
def test_a_picture_is_made_of_any_words(words: str) -> None:
    told = picture.Told(words, words, words, ((words, words, words),) * 6)
    assert Image.open(BytesIO(picture.draw(told))).size == (1200, 630)


@pytest.mark.parametrize(
    ("words", "there"), [("Warm “homes” – 42 %", True), ("Żółw", True), ("家", False), ("", False)]
)
def test_words_that_the_typeface_does_not_have_are_known(words: str, there: bool) -> None:
    assert picture.has(words) is there


def test_a_word_that_cannot_be_drawn_takes_no_other_with_it() -> None:
    assert picture.drawn("Cut CO₂ by half\n🐝 Żółw") == "Cut by half Żółw"
    assert picture.drawn("家 家 ok") == ""


async def test_every_page_names_its_icons_and_they_are_there(server: Server) -> None:
    page = (await server.call("GET", "/")).text
    manifest = re.search(r'rel="manifest" href="([^"]+)"', page)
    assert manifest
    found = await server.call("GET", manifest[1])
    assert found.headers["content-type"].startswith("application/manifest+json")
    for icon in found.json()["icons"]:
        assert await server.status("GET", f"{manifest[1].rpartition('/')[0]}/{icon['src']}") == 200


async def test_a_deleted_session_leaves_no_read_out(server: Server) -> None:
    opened, _, path = await drafted(server)
    name = {"name": "Q1 direction"}
    assert await server.status("POST", f"/api/sessions/{opened.code}/deletion", opened.helm.key, json=name) < 300
    assert (await read(server, path)).status_code == 404
