"""The cycle turns: results scored, the record read only, and a next room with what is open; a cycle of five weeks."""

from tests.server import Server

GOES_ON = {"K1": "continue", "K4": "change", "K2": "stop", "SUR-2": "continue"}


async def test_the_next_room_begins_with_teams_people_charter_and_what_is_open(server: Server) -> None:
    room, key = await server.demo()
    keeper = await server.sit(room, key, record=True)
    await keeper.ok("revise_result", result="K1", field="current", value="50")
    wish = {"name": "2026 Q4", "start": "2026-10-05", "end": "2026-11-08", "results": GOES_ON}
    answer = await server.call("POST", f"/api/rooms/{room}/next", key, json=wish)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    following = await server.sit(made["room"], made["room_token"], record=True)
    record = server.rooms.room(made["room"]).room.record
    assert (len(record.teams), record.leaders, record.brief["resolver"]) == (13, [*record.leaders], "Marta Olsen")
    assert (record.cycle["name"], record.cycle["end"]) == ("2026 Q4", "2026-11-08")
    assert "current_theme" not in record.brief
    goals = {goal.id: (goal.status, [r.id for r in record.results_of(goal.id)]) for goal in record.objectives.values()}
    assert goals == {"K": ("draft", ["K1", "K4"]), "SUR-O": ("draft", ["SUR-2"])}
    assert (record.results["K1"].baseline, record.results["K1"].current, record.results["K1"].leads) == (50, None, [])
    assert record.results["K4"].continuity == "change"
    assert {need.state for need in record.dependencies.values()} == {"proposed"}
    assert "D12" not in record.dependencies
    assert {"open-F-31", "clash-0"} <= set(record.themes)
    old = keeper.topics["record"]
    await keeper.until(lambda: "cycles" in keeper.topics["record"])
    assert (old["cycles"]["read_only"], old["cycles"]["after"]["room"]) == (True, made["room"])
    assert (old["cycles"]["scores"]["K1"], old["cycles"]["fates"]["K2"]) == (0.58, "stop")
    assert following.topics["record"]["cycles"]["before"] == [{"room": room, "name": "2026 Q3"}]


async def test_a_closed_record_is_read_and_nobody_changes_it(server: Server) -> None:
    room, key = await server.demo()
    opened = await server.open("ideas_and_dots", "Coffee", key=key, room=room)
    keeper = await server.sit(room, key, record=True)
    await keeper.ok("set_read_only")
    for name, fields in (
        ("set_brief", {"part": "vision", "text": "x"}),
        ("answer_feedback", {"feedback": "F-31", "answer": "adopted", "reason": "x"}),
        ("waive_finding", {"finding": "Q4.APP", "reason": "x", "name": "x"}),
    ):
        assert (await keeper.do(name, **fields))["code"] == "read_only"
    assert (await opened.helm.do("next_phase"))["code"] == "read_only"
    file = {"content": b"## Whole organisation\n### A goal\n- A result", "headers": {"Content-Type": "text/markdown"}}
    taken = await server.call("POST", f"/api/rooms/{room}/import", key, **file)
    assert (taken.status_code, taken.json()["code"]) == (422, "read_only")
    assert "can only be read" in taken.json()["say"]
    wish = {"format": "ideas_and_dots", "title": "More", "room": room}
    assert (await server.call("POST", "/api/sessions", key, json=wish)).json()["code"] == "read_only"
    assert (await server.call("POST", f"/api/rooms/{room}/next", key, json={"name": "Q4"})).json()[
        "code"
    ] == "read_only"
    assert (await server.call("GET", f"/api/rooms/{room}/export?as=json", key)).status_code == 200
    await keeper.ok("set_read_only", on=False)
    await keeper.ok("set_brief", part="vision", text="x")


async def test_what_a_next_cycle_cannot_be_is_a_sentence(server: Server) -> None:
    room, key = await server.demo()
    where = f"/api/rooms/{room}/next"
    turned = await server.call("POST", where, key, json={"name": "Q4", "start": "2026-12-01", "end": "2026-11-01"})
    assert (turned.status_code, turned.json()["code"]) == (422, "bad_day")
    assert (await server.call("POST", where, key, json={"name": "  "})).json()["code"] == "blank"
    assert await server.status("POST", where, json={"name": "Q4"}) == 403
    opened = await server.open("ideas_and_dots", "Coffee", key=key, room=room)
    await opened.helm.ok("next_phase")
    assert (await server.call("POST", where, key, json={"name": "Q4"})).json()["code"] == "in_session"
