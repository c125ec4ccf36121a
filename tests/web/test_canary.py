"""What is not shown is on nobody else's wire, page, export or log; what is shown tells no writer."""

import sqlite3
from pathlib import Path

import pytest

from tests.server import Client, Opened, Server

CANARY = "canary-in-the-coal-mine"


async def everything_else(server: Server, opened: Opened, others: list[Client]) -> str:
    """All that anybody but the writer could have seen: frames, pages, exports, status, metrics."""
    await opened.helm.echo()
    seen = [text for client in others for text in client.raw]
    for client in others:
        for kind in ("md", "csv", "json"):
            answer = await server.call("GET", f"/api/sessions/{opened.code}/export?as={kind}", client.key)
            seen.append(answer.text)
        for page in ("", "/helm", "/screen", "/outcome"):
            seen.append((await server.call("GET", f"/s/{opened.code}{page}", client.key)).text)
    seen.append((await server.call("GET", f"/api/sessions/{opened.code}")).text)
    seen.append((await server.call("GET", "/metrics")).text)
    return "\n".join(seen)


async def test_a_private_line_and_a_hidden_idea_are_nowhere_before_their_show(
    server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    opened = await server.open()
    ann, bob, *_ = await opened.people()
    screen = await server.sit(opened.code, opened.links["screen_url"].split("key=")[1])
    others = [opened.helm, bob, screen]
    await opened.helm.to("reflect")
    await ann.ok("add_note", text=f"{CANARY}-private")
    await opened.helm.to("ideate")
    await ann.ok("add_note", text=f"{CANARY}-idea")
    assert CANARY in "".join(ann.raw)
    assert CANARY not in await everything_else(server, opened, others)
    await opened.helm.to("cluster")
    seen = await everything_else(server, opened, others)
    assert f"{CANARY}-idea" in seen
    assert f"{CANARY}-private" not in seen
    logged = capfd.readouterr()
    assert CANARY not in logged.out + logged.err


async def test_after_the_show_nothing_on_the_wire_ties_a_note_to_its_writer(server: Server) -> None:
    opened = await server.open()
    ann, bob, *_ = await opened.people()
    await opened.helm.to("ideate")
    await ann.ok("add_note", id="command-of-ann", text=CANARY)
    await opened.helm.to("cluster")
    await bob.echo()
    seen = "".join(bob.raw + opened.helm.raw)
    note = next(n for k, n in bob.session.items() if k.startswith("note:"))
    assert set(note) == {"pile", "text", "rank"}
    pens = {pen for piles in server.room(opened.code).room.pens.values() for ps in piles.values() for pen in ps}
    assert pens
    assert not any(pen in seen for pen in pens)
    assert "command-of-ann" not in seen


async def test_a_vote_is_in_no_frame_of_anybody_else_before_its_show(server: Server) -> None:
    opened = await server.open()
    ann, bob, *_ = await opened.people()
    await opened.helm.to("ideate")
    for idea in ("a", "b", "c"):
        await ann.ok("add_note", text=idea)
    await opened.helm.to("vote")
    await bob.echo()
    before = [len(client.frames) for client in (bob, opened.helm)]
    item = bob.ids("note")[0]
    await ann.ok("place_dot", item=item)
    await ann.ok("lean", item=item, lean="later")
    await opened.helm.echo()
    assert [len(client.frames) for client in (bob, opened.helm)] == before
    assert '"totals"' not in "".join(bob.raw + opened.helm.raw)


async def test_nothing_is_told_that_could_not_be_stored(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    opened = await server.open()
    ann, bob, *_ = await opened.people()
    await opened.helm.to("ideate")
    await allow_growth(server, by=4)
    refused = ""
    for attempt in range(40):
        text = f"{CANARY}-{attempt} " + "x" * 7_000
        answer = await opened.helm.do("prepare", what="context", text=text)
        if "refused" in answer:
            assert answer["code"] == "not_stored"
            refused = f"{CANARY}-{attempt} "
            break
    assert refused
    assert refused not in await everything_else(server, opened, [opened.helm, bob])
    logged = capfd.readouterr()
    assert "not stored" in logged.out
    assert CANARY not in logged.out + logged.err
    await allow_growth(server, by=1_000_000)
    await ann.ok("add_note", text="there is room again")
    await ann.until(lambda: len([k for k in ann.me if k.startswith("note:")]) == 1)


async def test_a_locked_database_refuses_and_says_so(server: Server) -> None:
    opened = await server.open()
    ann, *_ = await opened.people()
    await opened.helm.to("ideate")
    other = sqlite3.connect(server.data / "waggle.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = await ann.do("add_note", text="while locked")
    assert answer["code"] == "not_stored"
    other.execute("ROLLBACK")
    other.close()
    await ann.ok("add_note", text="after")
    await ann.until(lambda: [n["text"] for k, n in ann.me.items() if k.startswith("note:")] == ["after"])


async def test_pens_are_gone_from_the_file_when_the_session_closes(server: Server) -> None:
    opened = await server.open()
    ann, *_ = await opened.people()
    await opened.helm.to("ideate")
    await ann.ok("add_note", text=CANARY)
    await opened.helm.ok("close_session")
    connection = sqlite3.connect(server.data / "waggle.db")
    assert connection.execute("select count(*) from pen").fetchone() == (0,)
    times = connection.execute("select at from event where cast(body as text) like '%note_added%'").fetchall()
    assert times == [(None,)]
    connection.close()


async def allow_growth(server: Server, by: int) -> None:
    """The database may grow by so many pages and not one more, as on a disk that is nearly full."""

    def limit() -> None:
        connection = server.rooms.store._connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + by}")
        connection.rollback()

    await server.rooms.log.in_turn(limit)


def test_the_lock_is_one_a_second_process_meets(tmp_path: Path) -> None:
    from workshop.storing.one_file import DataInUse, OneFile

    first = OneFile(tmp_path)
    with pytest.raises(DataInUse, match="already running"):
        OneFile(tmp_path)
    first.close()
    OneFile(tmp_path).close()
