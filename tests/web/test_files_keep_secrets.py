"""What the files and the log of a server say: nothing that ties anybody to what they wrote."""

import sqlite3
from pathlib import Path

import pytest

from tests.server import Client, Server
from tests.web.keys import answered
from tests.web.test_deleting import emptied


@pytest.mark.parametrize("backing_up", [False, True], ids=["alone", "while a backup runs"])
async def test_after_the_close_no_file_ties_anybody_to_what_they_wrote_or_answered(
    server: Server, backing_up: bool
) -> None:
    opened = await server.open()
    people = await opened.people("Ann Bob Cy Di")
    await opened.helm.to("ideate")
    for person in people:
        await person.ok("add_note", text="something")
    pens = {row["pen"] for row in server.rooms.store.pens([opened.code])}
    backup = sqlite3.connect(server.data / "waggle.db", isolation_level=None)
    if backing_up:
        backup.execute("BEGIN")
        backup.execute("select count(*) from event").fetchone()
    await opened.helm.ok("close_session")
    for number, person in enumerate(people):
        await person.ok("exit_pulse", value=1 + number % 5)
        assert (await person.do("exit_pulse", value=3))["code"] == "answered"
    if backing_up:
        written = (server.data / "waggle.db-wal").read_bytes()
        assert written.count(b"pulse_given") >= 4
        assert not any(answered(server, opened, person) in written for person in people)
        backup.execute("COMMIT")
    backup.close()
    await emptied(server)
    left = b"".join(Path(file).read_bytes() for file in server.data.glob("waggle.db*"))
    assert not [pen for pen in pens if tied(left, pen, people)]
    assert sqlite3.connect(server.data / "waggle.db").execute("select count(*) from pen").fetchone() == (0,)
    await server.stop()
    await server.start()
    again = await server.sit(opened.code, people[0].key)
    assert (await again.do("exit_pulse", id="another command", value=3))["code"] == "answered"


def tied(left: bytes, pen: str, people: list[Client]) -> bool:
    """Whether a pen stands near somebody's id anywhere in these bytes."""
    at = left.find(pen.encode())
    while at >= 0:
        near = left[max(0, at - 60) : at + 60]
        if any(person.person.encode() in near for person in people):
            return True
        at = left.find(pen.encode(), at + 1)
    return False


async def test_nothing_is_printed_that_gives_a_code_away_or_moves_a_terminal(
    server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    opened = await server.open()
    await server.call("GET", f"/s/{opened.code}/outcome", opened.helm.key)
    await server.call("GET", "/j/%1b%5b2J%0d%0aevil")
    from web.commands import printable

    logged = capfd.readouterr()
    assert opened.code not in logged.out + logged.err
    assert "\x1b" not in logged.out + logged.err
    assert printable("a\x1b[2J\r\nb\u202e") == "a\\x1b[2J\\x0d\\x0ab\\x202e"


def test_files_are_for_the_servers_own_user_alone(tmp_path: Path) -> None:
    from workshop.storing.one_file import OneFile

    tmp_path.chmod(0o755)
    store = OneFile(tmp_path)
    store.begin_process()
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
    store.close()
