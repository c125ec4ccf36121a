"""What can go wrong between processes, each with real ones: nothing acknowledged is lost, nothing is done twice."""

import asyncio
import signal
import time

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.cluster.engines import Nats, Postgres
from tests.cluster.front import Front
from tests.cluster.people import Person
from tests.cluster.processes import Cluster, Clusters, Process
from tests.ports import free_port
from tests.server import Opened

#: Seconds until everybody has to be in step again. Five are promised, and three were measured where nothing else ran;
#: here browsers are driven beside it.
BACK = 12.0
#: Seconds for which a database hangs: longer than whoever holds a room may be silent.
HANGS = 5.0


async def joined(opened: Opened, processes: list[Process], names: str) -> list[Person]:
    """People who joined, each at another process."""
    people = []
    for at, name in enumerate(names.split()):
        made = await processes[at % len(processes)].call(
            "POST", f"/api/sessions/{opened.code}/participants", json={"name": name}
        )
        assert made.status_code == 201, made.text
        people.append(Person(processes, opened.code, made.json()["token"], at))
    for person in people:
        await person.until(lambda: True)
    return people


async def write(people: list[Person], notes: int, between: float = 0.01) -> None:
    """Everybody writes that many notes."""
    for number in range(notes):
        for person in people:
            id = f"{person.client.person}-{number}"
            await person.send(id, "add_note", text=f"note {id}", baseline="1", target="2")
        await asyncio.sleep(between)


async def done(people: list[Person], count: int) -> None:
    """Wait until that much was acknowledged."""
    async with asyncio.timeout(30):
        while sum(len(person.done) for person in people) < count:
            await asyncio.sleep(0.01)
            for person in people:
                person.look()


async def shown(helm: Person, people: list[Person]) -> list[str]:
    """Every note, as everybody sees it in the end."""
    await helm.settled()
    step = helm.client.session["step"]
    while step["key"] != "vote":
        await helm.send(f"next-{step['run']}", "next_phase", phase=step["run"], unshown="show")
        await helm.settled()
        await helm.until(lambda run=step["run"]: helm.client.session["step"]["run"] != run)
        step = helm.client.session["step"]
    count = sum(len(person.done) for person in people)
    for person in (*people, helm):
        await person.until(lambda p=person: len(p.client.ids("note")) >= count)
    return sorted(helm.client.session[f"note:{id}"]["text"] for id in helm.client.ids("note"))


async def began(process: Process, others: list[Process]) -> tuple[Opened, Person]:
    """A session that the process holds, in the step in which everybody writes."""
    opened = await process.open()
    await opened.helm.to("ideate")
    key = opened.links["helm_token"]
    await opened.helm.leave()
    process.clients.clear()
    helm = Person(others, opened.code, key)
    await helm.until(lambda: helm.client.session["step"]["key"] == "ideate")
    return opened, helm


async def six_at_two(cluster: Cluster) -> tuple[list[Process], Person, list[Person]]:
    """Two processes, a session that the first holds, its facilitator, and six people spread over both."""
    first, second = await cluster.add(), await cluster.add()
    opened, helm = await began(first, [second])
    return [first, second], helm, await joined(opened, [second, first], "Ann Bob Cy Di Ed Flo")


async def all_there(helm: Person, people: list[Person]) -> None:
    """What was acknowledged is there, once; and nothing else."""
    for person in people:
        await person.settled()
        assert person.refused == {}
    assert await shown(helm, people) == sorted(f"note {id}" for person in people for id in person.done)
    for person in (*people, helm):
        await person.leave()


async def test_whoever_holds_a_room_is_killed_while_all_write(cluster: Cluster) -> None:
    first, second, third = await cluster.add(), await cluster.add(), await cluster.add()
    opened, helm = await began(first, [second, third])
    people = await joined(opened, [second, third, first], "Ann Bob Cy Di Ed Flo Gil Hal Ida")
    writing = asyncio.create_task(write(people, 5, 0.2))
    await done(people, 15)
    await first.kill()
    killed = time.monotonic()
    for person in people:
        await person.send(f"after-{person.client.person}", "done")
    for person in people:
        await person.settled()
    assert time.monotonic() - killed < BACK
    await writing
    for person in people:
        person.done.discard(f"after-{person.client.person}")
    await all_there(helm, people)
    # Who sat at another process than the one that died did not even notice.
    stayed = [person for person in people if len(person.came) == 1]
    assert len(stayed) == 6
    # But for this: their pages said that they catch up, until they were in step.
    for person in stayed:
        assert [frame["behind"] for frame in person.client.frames if "behind" in frame][-2:] in ([True, False], [True])
        assert any("behind" in frame for frame in person.client.frames)


async def test_who_was_frozen_wakes_and_is_fenced_off(cluster: Cluster) -> None:
    first, second, third = await cluster.add(), await cluster.add(), await cluster.add()
    opened, helm = await began(first, [second, third])
    people = await joined(opened, [second, third], "Ann Bob Cy Di Ed Flo")
    # Somebody sits at the process that freezes, and does not know it either.
    made = await first.call("POST", f"/api/sessions/{opened.code}/participants", json={"name": "Eve"})
    eve = Person([first, second], opened.code, made.json()["token"])
    await eve.until(lambda: True)
    await write([*people, eve], 3)
    for person in (*people, eve):
        await person.settled()
    first.freeze()
    await eve.send("asleep", "add_note", text="note asleep", baseline="1", target="2")
    frozen = time.monotonic()
    await people[0].send("meanwhile", "add_note", text="note meanwhile", baseline="1", target="2")
    await people[0].settled()
    assert time.monotonic() - frozen < BACK + 1
    while time.monotonic() - frozen < 10:
        await asyncio.sleep(0.1)
    first.wake()
    await eve.settled()
    await all_there(helm, [*people, eve])


async def test_the_bus_is_restarted(database: str, clusters: Clusters) -> None:
    with Nats() as nats:
        assert isinstance(nats, Nats)
        _, helm, people = await six_at_two(clusters(database, nats.url))
        writing = asyncio.create_task(write(people, 5, 0.2))
        nats.stop()
        nats.start()
        await writing
        await all_there(helm, people)


async def test_the_bus_is_away_for_long(database: str, clusters: Clusters) -> None:
    with Nats() as nats:
        assert isinstance(nats, Nats)
        processes, helm, people = await six_at_two(clusters(database, nats.url))
        nats.stop()
        await write(people, 3)
        await asyncio.sleep(5)
        assert await processes[1].status("GET", "/readyz") == 503
        nats.start()
        await all_there(helm, people)


async def test_one_process_alone_is_cut_off_from_the_bus(database: str, clusters: Clusters, nats: Nats) -> None:
    line = Front(free_port(), lambda: [nats.port])
    await line.open()
    cluster = clusters(database, nats.url)
    alone = await cluster.add(WAGGLE_BUS=f"nats://127.0.0.1:{line.port}")
    others = [await cluster.add(), await cluster.add()]
    opened, helm = await began(alone, others)
    people = await joined(opened, [alone, *others], "Ann Bob Cy Di Ed Flo")
    writing = asyncio.create_task(write(people, 5, 0.5))
    await line.close()
    await writing
    # The others hold the room now; whoever sat at the process that is alone has come to them.
    await all_there(helm, people)
    assert await alone.status("GET", "/readyz") == 503
    await line.open()
    async with asyncio.timeout(BACK):
        while await alone.status("GET", "/readyz") != 200:
            await asyncio.sleep(0.1)
    late = await alone.join(opened.code, "Gus")
    assert len(late.ids("note")) == sum(len(person.done) for person in people)
    await late.leave()
    await cluster.stop()
    await line.close()


async def test_the_database_is_restarted(clusters: Clusters, nats: Nats) -> None:
    with Postgres() as postgres:
        assert isinstance(postgres, Postgres)
        _, helm, people = await six_at_two(clusters(postgres.database("restarted"), nats.url))
        writing = asyncio.create_task(write(people, 5, 0.2))
        await asyncio.to_thread(postgres.stop)
        await asyncio.to_thread(postgres.start)
        await writing
        await all_there(helm, people)


async def test_the_database_hangs_and_neither_refuses_nor_answers(clusters: Clusters, nats: Nats) -> None:
    with Postgres() as postgres:
        assert isinstance(postgres, Postgres)
        processes, helm, people = await six_at_two(clusters(postgres.database("hanging"), nats.url))
        await write(people, 2)
        await done(people, 12)
        with postgres.hanging():
            for person in people:
                late = f"{person.client.person}-late"
                await person.send(late, "add_note", text=f"note {late}", baseline="1", target="2")
            await asyncio.sleep(HANGS)
            # What needs no database is answered: the process is there.
            assert [await process.status("GET", "/healthz") for process in processes] == [200, 200]
            for person in people:
                person.look()
            assert sum(len(person.done) for person in people) == 12
        await all_there(helm, people)
        assert sum(len(person.done) for person in people) == 18


async def test_a_process_is_ended_and_another_one_added_while_all_write(cluster: Cluster) -> None:
    first, second = await cluster.add(), await cluster.add()
    processes = [second, first]
    opened, helm = await began(first, processes)
    people = await joined(opened, processes, "Ann Bob Cy Di Ed Flo")
    writing = asyncio.create_task(write(people, 5, 0.3))
    third = await cluster.add()
    processes.append(third)
    await first.stop()
    await writing
    await all_there(helm, people)


async def test_a_process_that_ends_sends_its_seats_away_one_after_the_other(cluster: Cluster) -> None:
    first = await cluster.add(WAGGLE_LEAVE_SECONDS="3")
    second = await cluster.add()
    opened = await first.open()
    key = opened.links["helm_token"]
    await opened.helm.leave()
    first.clients.clear()
    processes = [first, second]
    people = await joined(opened, [first], " ".join(f"Person{number}" for number in range(60)))
    remote = Person([second], opened.code, key)
    await remote.until(lambda: True)
    for person in people:
        person.processes = processes
    waiting = await asyncio.open_connection("127.0.0.1", first.port)
    waiting[1].write(b"GET /healthz HTTP/1.1\r\nhost: here\r\n\r\n")
    assert b"alive" in await waiting[0].readuntil(b"}")
    ending = asyncio.create_task(first.end(signal.SIGTERM))
    await remote.until(lambda: any(len(person.came) > 1 for person in people))
    # Nobody is let in here again, so that whatever balances sends them elsewhere at once.
    assert await waiting[0].read() == b""
    with pytest.raises(httpx.ConnectError):
        await first.status("GET", "/readyz")
    assert first.runs
    await ending
    waiting[1].close()
    for person in people:
        await person.until(lambda: True)
    back = sorted(person.came[1] for person in people)
    assert back[-1] - back[0] > 0.7
    # The room has moved, and whoever sat elsewhere did not notice.
    await remote.send("on", "next_phase", phase="", unshown="show")
    await remote.settled()
    assert len(remote.came) == 1
    for person in (*people, remote):
        await person.leave()


@pytest.mark.parametrize("ahead", [60, -60])
async def test_clocks_that_differ_by_a_minute(cluster: Cluster, ahead: int) -> None:
    first = await cluster.add()
    second = await cluster.add(ahead)
    opened = await first.open()
    await opened.helm.to("context")
    deadline = opened.helm.session["step"]["deadline"]
    remote = await second.sit(opened.code, opened.links["helm_token"])
    assert remote.session["step"]["deadline"] == deadline
    told = next(frame["welcome"]["now"] for frame in remote.frames if "welcome" in frame)
    assert abs(told - time.time() * 1000) < 2000
    await first.kill()
    helm = Person([second], opened.code, opened.links["helm_token"])
    await helm.until(lambda: True)
    now = next(frame["welcome"]["now"] for frame in helm.client.frames if "welcome" in frame)
    left, before = helm.client.session["step"]["deadline"] - now, deadline - told
    # The time for which nobody held it was given back, and no minute was won or lost.
    assert 0 <= before - left < 15_000 or abs(left - before) < 15_000
    await helm.leave()


async def test_a_key_is_good_everywhere_at_once_and_nowhere_once_it_is_withdrawn(cluster: Cluster) -> None:
    first, second, third = await cluster.add(), await cluster.add(), await cluster.add()
    room, key = await first.demo()
    made = await second.call("POST", f"/api/rooms/{room}/invitations", key, json={})
    assert made.status_code == 201, made.text
    invited = made.json()["url"].partition("key=")[2]
    looking = [await process.sit(room, invited, record=True) for process in (first, second, third)]
    taken = await third.call("POST", f"/api/rooms/{room}/invitations/taken-back", key, json={})
    assert taken.status_code == 200, taken.text
    for client in looking:
        await client.until(lambda client=client: any("bye" in frame for frame in client.frames))
    for process in (first, second, third):
        with pytest.raises(InvalidStatus):
            await process.sit(room, invited, record=True)


async def test_a_session_is_found_by_its_code_from_anywhere(cluster: Cluster) -> None:
    first, second = await cluster.add(), await cluster.add()
    opened = await first.open()
    for process in (first, second):
        page = await process.call("GET", f"/j/{opened.code}", headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert "Q1 direction" in page.text
        missing = await process.call("GET", "/j/NOSUCH", headers={"Accept": "application/json"})
        assert missing.status_code == 404


async def test_deleting_a_room_ends_pages_at_every_process(cluster: Cluster) -> None:
    first, second = await cluster.add(), await cluster.add()
    opened = await first.open()
    ann = await second.join(opened.code, "Ann")
    key, typed = opened.links["helm_token"], {"name": "Q1 direction"}
    gone = await second.call("POST", f"/api/sessions/{opened.code}/deletion", key, json=typed)
    assert gone.status_code == 200, gone.text
    await ann.until(lambda: any("bye" in frame for frame in ann.frames))
    for process in (first, second):
        assert await process.status("GET", f"/api/sessions/{opened.code}", opened.links["helm_token"]) == 404


async def test_a_page_lists_sessions_whichever_process_holds_them(cluster: Cluster) -> None:
    first, second = await cluster.add(), await cluster.add()
    cookies = httpx.Cookies()
    for process, title in ((first, "Held by one"), (second, "Held by another")):
        async with httpx.AsyncClient(base_url=process.address, cookies=cookies) as http:
            await http.get("/")
            made = await http.post(
                "/open",
                data={"format": "leadership_draft", "title": title},
                headers={"Origin": process.address},
            )
            assert made.status_code == 303, made.text
            cookies = http.cookies
    for process in (first, second):
        async with httpx.AsyncClient(base_url=process.address, cookies=cookies) as http:
            page = (await http.get("/", headers={"Accept": "text/html"})).text
        assert "Held by one" in page
        assert "Held by another" in page
