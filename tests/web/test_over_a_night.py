"""Over a night: a forum whose numbers nobody has shown yet, and a file of a record that was locked meanwhile."""

import json

from tests.server import Server
from tests.waiving import clear_the_way
from tests.web.test_kestrel_cycle import helm_of, step


async def test_numbers_of_a_forum_wait_hidden_through_a_restart(server: Server) -> None:
    made = await step(server, 11)
    opened = await helm_of(server, made)
    people = [await server.join(opened.code, name, "APP") for name in ("Ann", "Bo")]
    await opened.helm.to("sure")
    for at, person in enumerate(people):
        await person.echo()
        await person.ok("say_how_sure", result="K4", value=3 + at, text=f"canary {at}")
    await server.stop()
    await server.start()
    ann, bo, helm = [await server.sit(opened.code, client.key) for client in (*people, opened.helm)]
    assert "canary 0" in "".join(ann.raw)
    assert "canary 0" not in "".join(bo.raw + helm.raw)
    # A browser numbers on where it was; what has the number of something done is taken for the same.
    helm.sent = opened.helm.sent
    await helm.ok("reveal")
    await helm.until(lambda: helm.session["step"]["shown"])
    (row,) = [row for row in helm.session["step"]["rated"] if row["result"] == "K4"]
    assert (row["mean"], len(row["sure"])) == (3.5, 2)


async def test_a_file_of_a_record_that_was_locked_meanwhile_changes_no_locked_words(server: Server) -> None:
    made = await step(server, 10)
    room, key = made["room"], made["room_token"]
    keeper = await server.sit(room, key, record=True)
    file = (await server.call("GET", f"/api/rooms/{room}/export?as=json", key)).json()
    file["top"]["objective"] = "Something else altogether"
    await keeper.ok("answer_feedback", feedback="F-31", answer="adapted", reason="A candidate for Q4")
    await keeper.ok("name_sponsor", person="ines")
    server.rooms.room(room).room.record.objectives["K"].status = "final"
    await clear_the_way(server, room, keeper, "K")
    await keeper.ok("lock_objective", objective="K")
    words = keeper.topics["record"]["objective:K"]["text"]
    answer = await server.call("POST", f"/api/rooms/{room}/import", key, content=json.dumps(file).encode())
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_rows")
    assert "is locked. Change it on the record, with a reason." in answer.json()["say"]
    now = keeper.topics["record"]["objective:K"]
    assert (now["text"], now["status"]) == (words, "locked")
