"""The pulse of a cycle plans itself, and whoever keeps the room facilitates what nobody has opened by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.server import Client, Server


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


async def keeper_of(server: Server) -> tuple[str, str, Client]:
    made = (await server.call("POST", "/api/rooms", json={"name": "Kestrel"})).json()
    return made["room"], made["room_token"], await server.sit(made["room"], made["room_token"], record=True)


def pulses(keeper: Client) -> list[Any]:
    topic = keeper.topics.get("record", {})
    return [value for key, value in topic.items() if key.startswith("session:")]


async def test_a_cycle_with_its_days_has_its_pulse_planned(server: Server) -> None:
    _, _, keeper = await keeper_of(server)
    await keeper.ok("set_cycle", organisation="Kestrel", name="Q1", start=day(0), end=day(90))
    await keeper.until(lambda: len(pulses(keeper)) == 1)
    (pulse,) = pulses(keeper)
    assert (pulse["format"], pulse["planned"], pulse["midway"], pulse["state"]) == (
        "priority_pulse",
        day(35),
        True,
        "lobby",
    )
    await keeper.ok("set_cycle", organisation="Kestrel", name="Q1", start=day(7), end=day(97))
    await keeper.until(lambda: pulses(keeper)[0]["planned"] == day(42))
    assert len(pulses(keeper)) == 1


async def test_it_is_there_after_a_restart_once_and_does_not_come_back_when_deleted(server: Server) -> None:
    room, key, keeper = await keeper_of(server)
    await keeper.ok("set_cycle", organisation="Kestrel", name="Q1", start=day(0), end=day(90))
    await keeper.until(lambda: len(pulses(keeper)) == 1)
    await server.stop()
    await server.start()
    again = await server.sit(room, key, record=True)
    again.sent = keeper.sent
    await again.ok("set_brief", part="vision", text="Warm homes")
    (code,) = server.rooms.room(room).room.held
    helm = (await server.call("POST", f"/api/sessions/{code}/helm", key)).json()["helm_token"]
    title = {"name": "What matters next?"}
    assert await server.status("POST", f"/api/sessions/{code}/deletion", helm, json=title) == 200
    last = await server.sit(room, key, record=True)
    last.sent = again.sent
    await last.ok("set_cycle", organisation="Kestrel", name="Q1", start=day(7), end=day(97))
    await last.ok("set_brief", part="strategy", text="Subscriptions")
    assert not server.rooms.room(room).room.held


async def test_the_next_cycle_begins_with_its_pulse_planned(server: Server) -> None:
    room, key = await server.demo()
    wish = {"name": "Next", "start": day(1), "end": day(91)}
    made = (await server.call("POST", f"/api/rooms/{room}/next", key, json=wish)).json()
    following = await server.sit(made["room"], made["room_token"], record=True)
    await following.until(lambda: [pulse["planned"] for pulse in pulses(following)] == [day(36)])


async def test_whoever_keeps_the_room_facilitates_any_session_of_it(server: Server) -> None:
    room, key, _ = await keeper_of(server)
    opened = await server.open("ideas_and_dots", "Coffee", key=key, room=room)
    assert await server.status("POST", f"/api/sessions/{opened.code}/helm") == 403
    assert await server.status("POST", f"/api/sessions/{opened.code}/helm", opened.links["helm_token"]) == 403
    token = (await server.call("POST", f"/api/sessions/{opened.code}/helm", key)).json()["helm_token"]
    second = await server.sit(opened.code, token)
    await second.ok("next_phase")
    await second.ok("close_session")
    answer = await server.call("POST", f"/api/sessions/{opened.code}/helm", key)
    assert (answer.status_code, answer.json()["code"]) == (409, "closed")


async def test_a_rehearsal_plans_nothing(server: Server) -> None:
    room, key, keeper = await keeper_of(server)
    await keeper.ok("set_cycle", organisation="Kestrel", name="Q1", start=day(0), end=day(90))
    opened = await server.open("ideas_and_dots", "Coffee", key=key, room=room)
    local = (server.data / "local.key").read_text()
    made = await server.call("POST", f"/api/sessions/{opened.code}/rehearsals/local", local, json={})
    held = server.rooms.find(made.json()["code"])
    assert held is not None
    assert list(held[0].room.held) == [made.json()["code"]]
    assert held[0].room.record.cycle["name"] == "Q1"
