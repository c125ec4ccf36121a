"""Pages and API: links, keys, names that are taken, codes that are wrong, and exports that are safe."""

import csv
import io
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.server import Server
from web.templating import assets


@pytest.mark.parametrize(("mode", "status"), [("room", 201), ("remote", 201), ("mars", 422), ("", 422)])
async def test_one_is_in_the_room_or_remote(server: Server, mode: str, status: int) -> None:
    opened = await server.open()
    wish = {"name": "Ann", "mode": mode}
    assert (await server.call("POST", f"/api/sessions/{opened.code}/participants", json=wish)).status_code == status


async def test_opening_gives_every_link_and_a_code_without_look_alikes(server: Server) -> None:
    made = await server.call("POST", "/api/sessions", json={"format": "leadership_draft", "title": "Q1"})
    links = made.json()
    assert made.status_code == 201
    assert set(links) >= {"code", "room", "join_url", "helm_url", "screen_url", "helm_token", "room_token"}
    assert re.fullmatch(r"[A-HJKMNP-Z2-9]{6}", links["code"])
    assert "#key=" in links["helm_url"]
    status = (await server.call("GET", f"/api/sessions/{links['code'].lower()}")).json()
    assert (status["title"], status["state"], status["phase"], status["here"]) == ("Q1", "lobby", None, 0)


async def test_wrong_codes_are_slowed_and_right_ones_never(server: Server) -> None:
    opened = await server.open()
    wrong = [(await server.call("GET", "/api/sessions/ZZZZZZ")).status_code for _ in range(20)]
    assert wrong[0] == 404
    assert wrong[-1] == 429
    assert (await server.call("GET", f"/api/sessions/{opened.code}")).status_code == 200


async def test_one_budget_of_wrong_codes_counts_for_every_way_in(server: Server) -> None:
    opened = await server.open()
    ways: list[Callable[[int], Awaitable[int]]] = [
        lambda n: server.status("GET", f"/api/sessions/ZZZZ{n:02}"),
        lambda n: server.status("GET", f"/j/ZZZZ{n:02}"),
        lambda n: server.status("GET", f"/join?code=ZZZZ{n:02}"),
        lambda n: server.status("POST", "/api/keys", json={"key": f"wrong-{n}"}),
        lambda n: server.status("GET", f"/s/{opened.code}", key=f"wrong-{n}"),
        lambda n: socket_status(server, f"ZZZZ{n:02}"),
    ]
    codes = [await ways[n % len(ways)](n) for n in range(36)]
    assert set(codes[:12]) == {404}
    assert set(codes[12:]) == {429}
    looked_for = len(server.rooms.in_memory())
    assert await socket_status(server, "ZZZZZZ") == 429
    assert len(server.rooms.in_memory()) == looked_for


async def socket_status(server: Server, code: str) -> int:
    """How a socket with this code is answered."""
    with pytest.raises(InvalidStatus) as refused:
        await connect(f"{server.address.replace('http', 'ws')}/api/sessions/{code}/live")
    return refused.value.response.status_code


async def test_who_is_not_let_in_is_no_error_of_the_server(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    assert await socket_status(server, "ZZZZZZ") == 404
    assert [line.getMessage() for line in caplog.records if line.levelname == "ERROR"] == []


@pytest.mark.parametrize(
    "path", ["/", "/join", "/healthz", "/readyz", "/metrics", "/api/formats", "/nowhere", "css", "session"]
)
async def test_the_head_of_an_answer_is_that_of_the_whole(server: Server, path: str) -> None:
    opened = await server.open()
    path = {"css": f"/static/{assets.version}/css/base.css", "session": f"/api/sessions/{opened.code}"}.get(path, path)
    head, whole = await server.call("HEAD", path), await server.call("GET", path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    moving = {"date", "set-cookie", *(["content-length"] if path == "/metrics" else [])}
    told = [{k: v for k, v in answer.headers.items() if k not in moving} for answer in (head, whole)]
    assert told[0] == told[1]


async def test_a_taken_name_asks_and_the_facilitator_confirms(server: Server) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    base = f"/api/sessions/{opened.code}"
    taken = await server.call("POST", f"{base}/participants", json={"name": " ann "})
    assert (taken.status_code, taken.json()["code"]) == (409, "name_taken")
    claim = (await server.call("POST", f"{base}/claims", json={"person": ann.person})).json()["claim"]
    asked: dict[str, Any] = {"json": {"claim": claim}}
    assert (await server.call("POST", f"{base}/claims/answer", **asked)).json() == {"answer": "waiting"}
    await opened.helm.until(lambda: opened.helm.topics["helm"]["claims"]["waiting"])
    waiting = opened.helm.topics["helm"]["claims"]["waiting"]
    await opened.helm.ok("answer_claim", claim=waiting[0]["id"], yes=True)
    assert claim.split(".")[1] not in "".join(opened.helm.raw)
    answer = await server.call("POST", f"{base}/claims/answer", **asked)
    assert answer.json() == {"answer": "yes", "person": ann.person}
    page = await server.call("GET", f"/s/{opened.code}", headers={"Cookie": answer.headers["set-cookie"].split(";")[0]})
    assert page.status_code == 200
    assert (await server.call("POST", f"{base}/claims/answer", **asked)).status_code == 404
    stolen = await server.call("POST", f"{base}/claims", json={"person": opened.helm.person})
    assert stolen.status_code == 404


async def test_a_personal_link_moves_somebody_to_another_device(server: Server) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    base = f"/api/sessions/{opened.code}/links"
    link = await server.call("POST", base, ann.key, json={"role": "person", "person": ann.person})
    key = link.json()["url"].split("#key=")[1]
    traded = await server.call("POST", "/api/keys", json={"key": key})
    assert traded.json() == {"go": f"/s/{opened.code}?as={ann.person}"}
    again = await server.sit(opened.code, key)
    assert again.person == ann.person
    refused = await server.call("POST", base, ann.key, json={"role": "co-facilitator"})
    assert refused.status_code == 403


async def test_a_co_facilitators_link_brings_a_second_facilitator(server: Server) -> None:
    opened = await server.open()
    link = await server.call(
        "POST", f"/api/sessions/{opened.code}/links", opened.helm.key, json={"role": "co-facilitator"}
    )
    key = link.json()["url"].split("#key=")[1]
    traded = await server.call("POST", "/api/keys", json={"key": key})
    assert traded.json()["go"] == f"/s/{opened.code}/helm"
    await opened.helm.until(lambda: len(opened.helm.ids("person")) == 2)


async def test_a_cookie_cannot_be_used_from_a_foreign_page(server: Server) -> None:
    opened = await server.open()
    joined = await server.call(
        "POST",
        f"/api/sessions/{opened.code}/participants",
        json={"name": "Ann"},
        headers={"Origin": server.address, "Cookie": "waggle=kept-from-the-page-before"},
    )
    cookie = joined.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    used = {"Cookie": cookie.split(";")[0], "Origin": "https://evil.example"}
    refused = await server.call("POST", f"/api/sessions/{opened.code}/links", json={}, headers=used)
    assert (refused.status_code, refused.json()["code"]) == (403, "foreign_origin")
    damaged = await server.call("GET", f"/s/{opened.code}", headers={"Cookie": "waggle=%00broken"})
    assert damaged.status_code == 200
    assert "Join this session" in damaged.text


async def test_a_script_in_a_name_stays_text_everywhere(server: Server) -> None:
    opened = await server.open(title="</script><script>alert(1)</script>")
    name = "<script>alert(2)</script>"
    made = await server.call("POST", f"/api/sessions/{opened.code}/participants", json={"name": name})
    for page in ("", "/helm", "/screen", "/outcome"):
        html = (await server.call("GET", f"/s/{opened.code}{page}", opened.helm.key)).text
        assert "<script>alert" not in html
    page = (await server.call("GET", f"/s/{opened.code}", made.json()["token"])).text
    assert "<script>alert" not in page
    assert "\\u003cscript>alert(2)" in page


async def test_no_cell_of_a_csv_can_start_a_formula(server: Server) -> None:
    opened = await server.open()
    ann, *_ = await opened.people()
    await opened.helm.to("ideate")
    for text in ("=HYPERLINK(1)", "+1", "-2", "@cmd", "  =SUM(A1)"):
        await ann.ok("add_note", text=text)
    await opened.helm.to("vote")
    exported = await server.call("GET", f"/api/sessions/{opened.code}/export?as=csv", ann.key)
    rows = list(csv.reader(io.StringIO(exported.text.lstrip("\ufeff"))))
    assert len(rows) == 6
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


async def test_the_outcome_says_each_thing_once(server: Server) -> None:
    opened = await server.open()
    people = await opened.people()
    await opened.refine(people)
    text = (await server.call("GET", f"/api/sessions/{opened.code}/export?as=md", opened.helm.key)).text
    results = text.split("## Results")[1].split("## How we voted")[0]
    votes = text.split("## How we voted")[1]
    for person in people:
        idea = f"idea-of-{person.person}".replace("_", "\\_")
        assert votes.count(idea) == 1
        assert results.count(idea) <= 1
    data = (await server.call("GET", f"/api/sessions/{opened.code}/export?as=json", opened.helm.key)).json()
    assert len(data["key_results"]) == 3
    assert data["votes"][0]["voters"] == 4


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/metrics", "/docs", "/api/formats", "/api/commands"])
async def test_what_anyone_may_see_is_there(server: Server, path: str) -> None:
    assert (await server.call("GET", path)).status_code == 200


async def test_pages_carry_a_policy_without_exceptions(server: Server) -> None:
    answer = await server.call("GET", "/")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("path", ["/nothing", "/j/ZZZZZZ", "/s/ZZZZZZ", "/static/x/../../app.py", "/r/nothing"])
async def test_a_wrong_address_is_a_page_with_a_way_on(server: Server, path: str) -> None:
    answer = await server.call("GET", path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "To the start page" in answer.text


async def test_opening_in_a_room_takes_the_rooms_key(server: Server) -> None:
    opened = await server.open()
    wish = {"format": "ideas_and_dots", "title": "Second", "room": opened.links["room"]}
    assert (await server.call("POST", "/api/sessions", json=wish)).status_code == 403
    made = await server.call("POST", "/api/sessions", opened.links["room_token"], json=wish)
    assert made.status_code == 201
    record = await server.call("GET", f"/r/{opened.links['room']}", opened.links["room_token"])
    assert "Second" in record.text
