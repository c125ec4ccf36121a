"""What whoever runs the server does: rooms, keys, copies, versions and a check-up, through the real command line."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import workshop
from sessions import formats
from tests.ports import free_port
from tests.server import Server
from web.commands.server import chosen
from workshop.asking import new_id
from workshop.storing.one_file import OneFile


class Line:
    """The command line as an operator has it, on one folder of data and one port."""

    def __init__(self, data: Path, port: int, **settings: str) -> None:
        named = {f"WAGGLE_{name.upper()}": value for name, value in settings.items()}
        self.env = {**os.environ, "WAGGLE_DATA": str(data), "WAGGLE_PORT": str(port), **named}

    def run(self, *words: str) -> tuple[int, str]:
        """How a command ends, and all it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "web.commands", *words], env=self.env, capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr

    def ok(self, *words: str) -> str:
        code, said = self.run(*words)
        assert code == 0, said
        return said


async def apart(line: Line, *words: str) -> tuple[int, str]:
    """The same beside a server that runs in this process."""
    return await asyncio.to_thread(line.run, *words)


async def a_room(server: Server) -> tuple[str, str, str]:
    room, key = await server.demo()
    opened = await server.open("ideas_and_dots", "Coffee", key=key, room=room)
    await server.join(opened.code, "Ann")
    return room, key, opened.code


def rooms_of(said: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(said)
    return found


async def test_rooms_are_listed_while_the_server_runs_and_after(server: Server) -> None:
    room, _, _ = await a_room(server)
    line = Line(server.data, server.port)
    for _ in range(2):
        code, said = await apart(line, "rooms", "--json")
        assert code == 0, said
        (seen,) = rooms_of(said)
        assert (seen["id"], seen["name"], seen["people"], seen["sessions"], seen["not_over"]) == (
            room,
            "Kestrel Heat",
            2,
            1,
            1,
        )
        assert seen["size"] > 10_000
        await server.stop()
    assert "Kestrel Heat" in line.ok("rooms")


@pytest.mark.parametrize("running", [True, False])
async def test_a_new_key_opens_the_room_and_a_room_is_closed_exported_and_deleted(
    server: Server, running: bool
) -> None:
    room, _, code = await a_room(server)
    line = Line(server.data, server.port)
    if not running:
        await server.stop()
    ended, said = await apart(line, "key", code)
    assert ended == 0, said
    key = said.rsplit("#key=", 1)[1].strip()
    assert f"/r/{room}#key=" in said
    ended, said = await apart(line, "room", "export", "kestrel heat", "--as", "json")
    assert json.loads(said)["organisation"]["name"] == "Kestrel Heat"
    ended, said = await apart(line, "room", "close", room)
    assert (ended, "can only be read" in said) == (0, True)
    if not running:
        await server.start()
    keeper = await server.sit(room, key, record=True)
    assert (await keeper.do("set_brief", part="vision", text="x"))["code"] == "read_only"
    if not running:
        await server.stop()
    ended, said = await apart(line, "room", "delete", room, "--yes")
    assert ended == 0, said
    ended, said = await apart(line, "rooms", "--json")
    assert rooms_of(said) == []
    if not running:
        await server.start()


async def test_closing_a_room_ends_what_goes_on_as_its_facilitator_would(server: Server) -> None:
    room, _, _ = await a_room(server)
    (held,) = server.rooms.room(room).room.sessions.values()
    helm = server.clients[0]
    await helm.ok("next_phase")
    _, said = await apart(Line(server.data, server.port), "room", "close", room)
    assert "Sessions that ended: 1" in said
    assert held.state == "closed"


async def test_what_is_not_there_is_a_sentence_and_strangers_have_no_say(server: Server) -> None:
    room, key, _ = await a_room(server)
    await server.demo()
    line = Line(server.data, server.port)
    for words, expected in (
        (("key", "Nobody"), "no room “Nobody”"),
        (("key", "-Zu3RSY8"), "no room “-Zu3RSY8”"),
        (("room", "export", "-Zu3RSY8"), "no room “-Zu3RSY8”"),
        (("room", "delete", "Kestrel Heat", "--yes"), "Several rooms are called"),
        (("room", "export", room, "--as", "pdf"), "Choose json"),
    ):
        ended, said = await apart(line, *words)
        assert (ended, expected in said) == (1, True), said
        assert "Traceback" not in said
    for act in ("delete", "close", "export", "key"):
        assert await server.status("POST", f"/api/local/rooms/{act}", key, json={"room": room}) == 403
        assert await server.status("POST", f"/api/local/rooms/{act}", json={"room": room}) == 403
    assert await server.status("GET", "/api/local/seen") == 403


async def test_a_copy_is_taken_while_people_write_and_put_back_on_another_machine(
    server: Server, tmp_path: Path
) -> None:
    room, key, code = await a_room(server)
    line, copy = Line(server.data, server.port), tmp_path / "copy.db"
    ended, said = await apart(line, "backup", str(copy))
    assert ended == 0, said
    assert copy.stat().st_mode & 0o077 == 0
    assert (await apart(line, "backup", str(copy)))[0] == 1
    keeper = await server.sit(room, key, record=True)
    await keeper.ok("set_brief", part="vision", text="After the copy")
    ended, said = await apart(line, "restore", str(copy), "--yes")
    assert (ended, "already running" in said) == (1, True)
    await server.stop()
    other = tmp_path / "other"
    elsewhere = Line(other, server.port)
    elsewhere.ok("restore", str(copy), "--yes")
    (seen,) = rooms_of(elsewhere.ok("rooms", "--json"))
    assert (seen["id"], seen["people"]) == (room, 2)
    said = line.ok("restore", str(copy), "--yes")
    assert "What was there before is in" in said
    await server.start()
    again = await server.sit(room, key, record=True)
    assert again.topics["record"]["room"]["brief"].get("vision") != "After the copy"
    assert server.room(code).room.people


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    line = Line(folder, 1)
    folder.mkdir()
    assert "no data" in line.run("upgrade", "--check")[1]
    OneFile(folder).close()
    return folder


def test_what_is_no_copy_is_refused_and_changes_nothing(data: Path, tmp_path: Path) -> None:
    line, before = Line(data, 1), (data / "waggle.db").read_bytes()
    junk, other = tmp_path / "junk.db", tmp_path / "other.db"
    junk.write_bytes(b"not a database at all" * 100)
    with sqlite3.connect(other) as made:
        made.execute("CREATE TABLE event (a)")
    for file in (junk, other, tmp_path / "missing.db"):
        ended, said = line.run("restore", str(file), "--yes")
        assert ended == 1
        assert "Traceback" not in said
    assert (data / "waggle.db").read_bytes() == before


def test_data_of_a_later_version_is_one_sentence(data: Path) -> None:
    with sqlite3.connect(data / "waggle.db") as made:
        made.execute("UPDATE alembic_version SET version_num = '9999'")
    line = Line(data, 1)
    for words in (("serve", "--quiet"), ("upgrade",), ("upgrade", "--check"), ("doctor",)):
        ended, said = line.run(*words)
        assert ended == 1
        assert "of a later version (9999)" in said
        assert "Traceback" not in said


def test_data_is_copied_before_it_is_brought_up(data: Path) -> None:
    (data / "waggle.db").unlink()
    config = Config()
    config.set_main_option("script_location", str(Path(workshop.__file__ or "").parent / "migrations"))
    with create_engine(f"sqlite:///{data / 'waggle.db'}").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    line = Line(data, 1)
    assert "To be done: 0002" in line.ok("upgrade", "--check")
    assert not list(data.glob("*before*"))
    assert "A copy from before is beside it" in line.ok("upgrade")
    (aside,) = data.glob("waggle-*-before-0004.db")
    with sqlite3.connect(aside) as read:
        assert read.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert "Nothing has to be done" in line.ok("upgrade")


def test_a_check_up_says_what_is_wrong_and_what_to_do(data: Path) -> None:
    line = Line(data, 1)
    assert "All is well" in Line(data, 0).ok("doctor")
    (data / "waggle.db").chmod(0o644)
    ended, said = line.run("doctor")
    assert (ended, "chmod 600" in said) == (1, True)
    (data / "waggle.db").chmod(0o600)
    with sqlite3.connect(data / "waggle.db") as made:
        made.execute("INSERT INTO process (id, alive) VALUES (77, ?)", (4_000_000_000_000,))
    assert "Set the clock" in line.run("doctor")[1]
    assert "WAGGLE_URL is" in Line(data, 1, url="waggle").run("doctor")[1]


async def test_a_check_up_goes_through_the_address_people_use(server: Server) -> None:
    line = Line(server.data, server.port, url=server.address)
    ended, said = await apart(line, "doctor")
    assert (ended, "WebSockets get through" in said) == (0, True), said
    named = Line(server.data, server.port, url=f"http://localhost:{server.port}")
    assert (await apart(named, "doctor"))[0] == 0
    other = Line(server.data.parent, server.port, url=server.address)
    assert "Another server answers" in (await apart(other, "doctor"))[1]


def test_what_root_puts_back_belongs_to_whose_the_folder_is(data: Path, tmp_path: Path) -> None:
    line, copy = Line(data, 1), tmp_path / "copy.db"
    line.ok("backup", str(copy))
    if os.geteuid() == 0:
        os.chown(data, 12345, 12345)
    line.ok("restore", str(copy), "--yes")
    assert list(data.glob("waggle-*-before-restore.db"))
    assert owners(data) == {data.stat().st_uid}


def test_on_a_new_machine_all_that_root_makes_belongs_to_whose_the_folder_is(data: Path, tmp_path: Path) -> None:
    copy, fresh = tmp_path / "copy.db", tmp_path / "fresh"
    Line(data, 1).ok("backup", str(copy))
    for words in (("restore", str(copy), "--yes"), ("rooms",), ("upgrade",), ("doctor",), ("backup", "{}/again.db")):
        for part in fresh.glob("*"):
            part.unlink()
        fresh.mkdir(exist_ok=True)
        if words[0] != "restore":
            (fresh / "waggle.db").write_bytes(copy.read_bytes())
            (fresh / "waggle.db").chmod(0o600)
        if os.geteuid() == 0:
            os.chown(fresh, 12345, 12345)
            for part in fresh.glob("*"):
                os.chown(part, 12345, 12345)
        Line(fresh, free_port()).run(*(word.format(tmp_path) for word in words))
        (tmp_path / "again.db").unlink(missing_ok=True)
        assert owners(fresh) == {fresh.stat().st_uid}, words


def owners(folder: Path) -> set[int]:
    """To whom what is in a folder belongs."""
    return {part.stat().st_uid for part in folder.iterdir()}


def test_data_of_another_user_is_a_sentence(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Root may read everything, so the system's answer to anybody else is given instead.
    monkeypatch.setattr("os.access", lambda file, mode: False)
    monkeypatch.setenv("WAGGLE_DATA", str(data))
    with pytest.raises(typer.Exit):
        chosen()
    assert "belongs to another user" in capsys.readouterr().err


async def test_whoever_runs_the_server_has_a_page_of_it(server: Server) -> None:
    room, key, code = await a_room(server)
    line = Line(server.data, server.port)
    made, said = await apart(line, "page")
    assert made == 0, said
    link = said.split()[-1]
    assert link.startswith(f"http://localhost:{server.port}/server#key=")
    theirs = link.partition("#key=")[2]
    assert await server.status("GET", "/server") == 404
    assert await server.status("GET", "/server", key) == 404
    page = await server.call("GET", "/server", theirs)
    assert page.status_code == 200
    assert "It is running" in page.text
    assert "Kestrel Heat" in page.text
    assert room in page.text
    # Rooms are seen from outside alone.
    assert code not in page.text
    assert "Ann" not in page.text
    looked = await server.call("GET", "/server?look", theirs)
    assert "is whole" in looked.text
    assert ("All is well" in looked.text) != ("Something needs a look" in looked.text)
    assert ("is-wrong" in looked.text) == ("Something needs a look" in looked.text)
    for opens in ("/api/rooms/" + room + "/export?as=json", "/r/" + room, f"/api/sessions/{code}/export?as=json"):
        assert "Comfort" not in (await server.call("GET", opens, theirs)).text
    assert (await apart(line, "page", "--take-back"))[0] == 0
    assert await server.status("GET", "/server", theirs) in (403, 404)
    await server.stop()
    ended, said = await apart(line, "page")
    assert ended == 1
    assert "waggle serve" in said


def test_formats_are_listed_by_the_names_under_which_they_open(data: Path) -> None:
    said = Line(data, 1).ok("formats")
    assert [line.split()[0] for line in said.splitlines()] == list(formats.ALL)


def test_no_id_looks_like_an_option() -> None:
    assert not [id for id in (new_id() for _ in range(2_000)) if id.startswith("-")]


def test_what_cannot_be_written_is_a_sentence(data: Path, tmp_path: Path) -> None:
    line = Line(data, free_port())
    for words in (("backup", "/proc/copy.db"), ("backup", str(tmp_path))):
        ended, said = line.run(*words)
        assert (ended, "Traceback" in said) == (1, False), said
    assert "Name a file in it" in said


async def test_a_check_up_tries_whether_a_browser_can_say_who_it_is_and_of_which_team(tmp_path: Path) -> None:
    said = {"sign_in": "header", "sign_in_name": "Remote-Name", "sign_in_team": "Remote-Groups"}
    running = Server(tmp_path, said)
    await running.start()
    ended, told = await apart(Line(tmp_path, running.port, url=running.address, **said), "doctor")
    assert (ended, "who is signed in: Remote-Name" in told, "team they are of: Remote-Groups" in told) == (
        1,
        True,
        True,
    )
    await running.stop()


async def test_a_format_that_is_not_there_is_named_nearly(server: Server) -> None:
    line = Line(server.data, server.port)
    assert "Is it “ideas_and_dots”?" in (await apart(line, "open", "ideas-and-dots"))[1]
    assert "waggle formats" in (await apart(line, "open", "xyzzy"))[1]
    opened = (await apart(line, "open", "ideas_and_dots"))[1]
    assert "waggle key " in opened
