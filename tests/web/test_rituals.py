"""What people do between sessions: check-ins and their reminder, chats that are private to two, findings by HTTP."""

from tests.server import Client, Server

CANARY = "canary of two"


async def met(server: Server) -> tuple[str, str, Client, Client, Client]:
    """Kestrel, with three people of a session in it: the room, its key, Ann, Bo and Cy."""
    room, key = await server.demo()
    opened = await server.open("ideas_and_dots", "Coffee", key=key, room=room)
    ann, bo, cy = [await server.join(opened.code, name) for name in ("Ann", "Bo", "Cy")]
    return room, key, ann, bo, cy


async def chats(server: Server, room: str, key: str) -> list[dict[str, object]]:
    answer = await server.call("GET", f"/api/rooms/{room}/chats", key)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["chats"]
    return found


async def test_a_chat_is_for_two_until_both_agree_and_then_without_names(server: Server) -> None:
    room, key, ann, bo, cy = await met(server)
    here = {who: await server.sit(room, who.key, record=True) for who in (ann, bo, cy)}
    keeper = await server.sit(room, key, record=True)
    await here[ann].ok("note_chat", person=bo.person, on="K4", text=CANARY)
    (mine,) = await chats(server, room, ann.key)
    (theirs,) = await chats(server, room, bo.key)
    assert (mine["text"], theirs["text"], theirs["with"]) == (CANARY, CANARY, "Ann")
    assert await chats(server, room, cy.key) == []
    assert await server.status("GET", f"/api/rooms/{room}/chats", key) == 403
    await nowhere_else(server, room, key, keeper, here[cy])
    assert (await here[cy].do("agree_chat", chat=mine["id"]))["code"] == "no_such_chat"
    await here[ann].ok("agree_chat", chat=mine["id"])
    await nowhere_else(server, room, key, keeper, here[cy])
    await here[bo].ok("agree_chat", chat=mine["id"])
    await keeper.until(lambda: any(CANARY in str(thing) for thing in keeper.topics["record"].values()))
    (given,) = [thing for thing in keeper.topics["record"].values() if thing.get("text") == CANARY]
    assert (given["source"], given["by"], given["by_name"], given["team"]) == ("chat", "", "", "")
    assert (await here[ann].do("note_chat", person=bo.person, on="K4", text="x", chat=mine["id"]))[
        "code"
    ] == "no_such_chat"


async def nowhere_else(server: Server, room: str, key: str, *others: Client) -> None:
    """On nobody else's wire, on no page, in no export."""
    for other in others:
        await other.do("reopen_finding", finding="nothing")
        assert CANARY not in "".join(other.raw)
    for path in (f"/r/{room}", f"/r/{room}/chats", f"/r/{room}/changes", f"/r/{room}/drift"):
        assert CANARY not in (await server.call("GET", path, key)).text
    for kind in ("json", "csv", "md"):
        assert CANARY not in (await server.call("GET", f"/api/rooms/{room}/export?as={kind}", key)).text


async def test_who_is_in_no_session_writes_no_chat_and_nobody_talks_to_themselves(server: Server) -> None:
    room, key, ann, bo, _ = await met(server)
    keeper = await server.sit(room, key, record=True)
    assert (await keeper.do("note_chat", person=bo.person, on="K4", text="x"))["code"] == "not_yours"
    here = await server.sit(room, ann.key, record=True)
    assert (await here.do("note_chat", person=ann.person, on="K4", text="x"))["code"] == "same_person"
    assert (await here.do("note_chat", person=bo.person, on="nothing", text="x"))["code"] == "no_such_line"


async def test_the_check_in_page_and_its_reminder(server: Server) -> None:
    room, key = await server.demo()
    page = (await server.call("GET", f"/r/{room}/check-in", key)).text
    assert "Where does it stand today?" in page
    file = await server.call("GET", f"/r/{room}/check-in.ics", key)
    lines = file.text.replace("\r\n ", "").splitlines()
    assert {"DTSTART:20260703T090000", "RRULE:FREQ=WEEKLY;UNTIL=20260930T235900"} <= set(lines)
    assert any(line.startswith("DESCRIPTION:") and line.endswith(f"/r/{room}/check-in") for line in lines)
    assert await server.status("GET", f"/r/{room}/check-in.ics") == 404


async def test_findings_are_for_who_holds_the_key(server: Server) -> None:
    room, key, ann, _, _ = await met(server)
    found = (await server.call("GET", f"/api/rooms/{room}/findings", key)).json()["findings"]
    assert len(found) == 31
    first = next(finding for finding in found if finding["on"] == ["GRO-2"] and finding["code"] == "Q1")
    assert (first["blocks"], first["state"]) == (True, "open")
    assert "Launch the autumn campaign" in first["say"]
    assert await server.status("GET", f"/api/rooms/{room}/findings", ann.key) == 403
    keeper = await server.sit(room, key, record=True)
    await keeper.ok("waive_finding", finding=first["finding"], name="Ada", reason="known")
    again = (await server.call("GET", f"/api/rooms/{room}/findings", key)).json()["findings"]
    waived = next(finding for finding in again if finding["finding"] == first["finding"])
    assert (waived["blocks"], waived["state"], waived["name"], waived["reason"]) == (False, "waived", "Ada", "known")


async def test_what_is_asked_of_a_draft_is_on_nobody_elses_page(server: Server) -> None:
    room, key, ann, _, _ = await met(server)
    guest, keeper = await server.sit(room, ann.key, record=True), await server.sit(room, key, record=True)
    await keeper.ok("add_objective", text="A secret canary goal", team="GRO")
    await keeper.until(lambda: any(k.startswith("finding:Q5") for k in keeper.topics["helm"]))
    await guest.do("reopen_finding", finding="nothing")
    assert "secret canary" not in "".join(guest.raw)
    assert "secret canary" not in (await server.call("GET", f"/r/{room}", ann.key)).text


async def test_a_team_in_the_big_picture_and_the_drift_report_are_for_whoever_may_look(server: Server) -> None:
    room, key, ann, _, _ = await met(server)
    for path, words in (
        (f"/r/{room}/contribution/INS", "Northern crews"),
        (f"/r/{room}/drift", "Questions for leadership"),
    ):
        assert words in (await server.call("GET", path, ann.key)).text
        assert words not in (await server.call("GET", path)).text
    assert await server.status("GET", f"/r/{room}/contribution/nobody", key) == 404
