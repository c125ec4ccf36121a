"""Several processes are one server: any of them takes any page, any key and any socket."""

import asyncio
import json

import pytest
import typer

from tests.cluster.processes import Cluster
from tests.cluster.test_faults import BACK
from tests.ports import free_port
from tests.web.listener import Listener
from web.commands import keeping, serving
from workshop.settings import Settings


async def test_a_session_is_one_whichever_process_one_came_to(cluster: Cluster) -> None:
    first, second, third = await cluster.add(), await cluster.add(), await cluster.add()
    opened = await first.open()
    ann, bob = await second.join(opened.code, "Ann"), await third.join(opened.code, "Bob")
    await opened.helm.to("ideate")
    await ann.until(lambda: ann.session["step"]["key"] == "ideate")
    await ann.ok("add_note", text="a private thought", baseline="1", target="2")
    await ann.until(lambda: "a private thought" in str(ann.me))
    assert "a private thought" not in "".join(bob.raw + opened.helm.raw)
    await bob.ok("add_note", text="another", baseline="1", target="2")
    await opened.helm.to("vote")
    for client in (ann, bob, opened.helm):
        await client.until(lambda client=client: len(client.ids("note")) == 2)
    await ann.ok("place_dot", item=ann.ids("note")[0])
    assert "refused" in await bob.do("place_dot", item="no such note")


async def test_a_path_and_who_is_signed_in_are_the_same_at_every_process(cluster: Cluster) -> None:
    first, second = [
        await cluster.add(
            WAGGLE_URL="https://example.org/waggle", WAGGLE_SIGN_IN="header", WAGGLE_SIGN_IN_NAME="Remote-Name"
        )
        for _ in range(2)
    ]
    opened = await first.open()
    ann = await second.join(opened.code, "Ann")
    said = {"Remote-Name": "Ines", "X-Forwarded-For": "203.0.113.7"}
    for process in (first, second):
        there = await process.call("GET", f"/waggle/j/{opened.code.lower()}", headers=said)
        assert there.headers["location"] == f"/waggle/j/{opened.code}"
        page = await process.call("GET", f"/waggle/j/{opened.code}", headers=said)
        assert 'data-name="Ines"' in page.text
        helm = await process.call("GET", f"/waggle/s/{opened.code}", opened.links["helm_token"])
        assert helm.headers["location"] == f"/waggle/s/{opened.code}/helm"
    assert ann.me["me"]["name"] == "Ann"


async def test_what_happens_in_a_room_is_told_once_whichever_process_calls(cluster: Cluster) -> None:
    listener = Listener()
    await listener.start()
    first, second = [await cluster.add(WAGGLE_HOOKS="anywhere") for _ in range(2)]
    opened = await first.open("ideas_and_dots", "Stop?")
    room, key = opened.links["room"], opened.links["room_token"]
    made = await second.call("POST", f"/api/rooms/{room}/hooks", key, json={"url": listener.address})
    assert made.status_code == 201, made.text
    await opened.helm.ok("close_session")
    await listener.heard(1)
    await first.kill()
    async with asyncio.timeout(BACK):
        while await second.status("GET", f"/r/{room}", key) != 200:
            await asyncio.sleep(0.1)
    keeper = await second.sit(room, key, record=True)
    await keeper.ok("log_decision", question="Do we wait?", text="No, we go", decider="Ines")
    calls = await listener.heard(2)
    assert [json.loads(body)["type"] for _, body in calls] == ["session.closed", "decision.taken"]
    assert len(listener.calls) == 2
    await keeper.leave()
    await cluster.stop()
    await listener.stop()


async def test_wrong_codes_are_counted_together_and_right_ones_known_everywhere(cluster: Cluster) -> None:
    processes = [await cluster.add(), await cluster.add()]
    opened = await processes[0].open()
    assert await processes[1].status("GET", f"/api/sessions/{opened.code}") == 200
    wrong = [await processes[n % 2].status("GET", f"/api/sessions/ZZZZ{n + 10}") for n in range(40)]
    # Twelve, and those that were answered before the other process had heard of the last.
    assert 12 <= wrong.count(404) < 18
    assert wrong[-2:] == [429, 429]
    # Whoever is behind that address still comes in with a code that was right there, whichever process it was at.
    for process in processes:
        assert await process.status("GET", f"/api/sessions/{opened.code}") == 200


async def test_what_an_upgrade_would_do_to_a_database_is_said_and_a_bus_that_stays_away_ends_a_start(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = await cluster.add()
    for name, value in first.environment.items():
        if name.startswith("WAGGLE_"):
            monkeypatch.setenv(name, value)
    keeping.upgrade(check=True)
    assert "Nothing has to be done" in capsys.readouterr().out
    with pytest.raises(typer.Exit):
        keeping.upgrade(check=False)
    assert "pg_dump first" in capsys.readouterr().err
    monkeypatch.setattr(serving, "BUS", 0.1)
    monkeypatch.setenv("WAGGLE_BUS", f"nats://127.0.0.1:{free_port()}")
    with pytest.raises(typer.Exit):
        serving.run(Settings(port=free_port()), quiet=True)
    assert "Nothing answers as NATS" in capsys.readouterr().err
