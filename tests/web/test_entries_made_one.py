"""Two entries made one: nothing of either is seen or counted twice, and they can be parted."""

import json

from websockets.asyncio.client import connect

from tests.server import Server
from tests.web.keys import CANARY, figures, merged_in


async def test_two_entries_made_one_see_nothing_of_each_other_and_can_be_parted(server: Server) -> None:
    opened = await server.open()
    ann, bob, *_ = await opened.people()
    await opened.helm.to("ideate")
    await ann.ok("add_note", text=CANARY)
    await opened.helm.ok("merge_people", keep=bob.person, drop=ann.person)
    await bob.until(lambda: bob.me["me"]["spoken"])
    assert CANARY not in "".join(bob.raw)
    again = await server.sit(opened.code, ann.key)
    assert again.person == bob.person
    assert [note["text"] for key, note in again.me.items() if key.startswith("note:")] == [CANARY]
    await bob.ok("answer_spoken", made=bob.me["me"]["spoken"][0]["id"], refuse=True)
    await bob.until(lambda: f"person:{ann.person}" in bob.session)
    back = await server.sit(opened.code, ann.key)
    assert back.person == ann.person
    assert [note["text"] for key, note in back.me.items() if key.startswith("note:")] == [CANARY]
    await opened.helm.ok("reveal")
    await bob.until(lambda: CANARY in json.dumps(bob.session))


async def test_of_two_entries_made_one_one_vote_counts_also_after_a_restart_and_no_key_takes_it_over(
    server: Server,
) -> None:
    opened = await server.open()
    ann, bob, cy, di = await opened.people()
    await opened.helm.to("ideate")
    for text in ("a", "b"):
        await cy.ok("add_note", text=text)
    await opened.helm.to("vote")
    await ann.echo()
    one, two = opened.helm.ids("note")
    await ann.ok("place_dot", item=one)
    await bob.ok("place_dot", item=two)
    await di.ok("place_dot", item=one)
    await opened.helm.ok("merge_people", keep=bob.person, drop=ann.person)

    def ballot() -> tuple[dict[str, int], int]:
        return figures(server, opened)

    assert ballot() == ({one: 1, two: 1}, 2)
    again = await server.sit(opened.code, ann.key)
    assert again.me["votes:impact"]["items"] == {one: 1}
    await server.stop()
    await server.start()
    assert ballot() == ({one: 1, two: 1}, 2)
    back = await server.sit(opened.code, ann.key)
    await back.ok("place_dot", item=one)
    assert ballot() == ({one: 3}, 2)
    bob = await server.sit(opened.code, bob.key)
    assert bob.me["votes:impact"]["items"] == {two: 1}
    assert bob.me["me"]["spoken"]
    refused = await bob.do("answer_spoken", "parted", made=bob.me["me"]["spoken"][0]["id"], refuse=True)
    assert "done" in refused
    assert ballot() == ({one: 3, two: 1}, 3)


async def test_whoever_is_merged_into_somebody_gets_no_key_of_theirs_and_forgets_nothing(server: Server) -> None:
    opened = await server.open()
    ann, *_ = await opened.people()
    await opened.helm.to("ideate")
    await ann.ok("add_note", text=CANARY)
    zed = await merged_in(server, opened, ann)
    base = f"/api/sessions/{opened.code}"
    made = await server.call("POST", f"{base}/links", zed.key, json={"role": "person", "person": ann.person})
    spy = await server.sit(opened.code, made.json()["url"].split("#key=")[1])
    assert CANARY not in "".join(spy.raw)
    await server.call("POST", f"{base}/forgetting", zed.key, json={"person": ann.person})
    again = await server.sit(opened.code, ann.key)
    assert again.me["me"]["name"] == "Ann"
    assert [note["text"] for key, note in again.me.items() if key.startswith("note:")] == [CANARY]
    await again.do("answer_spoken", "no", made=again.me["me"]["spoken"][0]["id"], refuse=True)
    after = await server.call("GET", f"/s/{opened.code}?as={ann.person}", spy.key)
    assert CANARY not in after.text


async def test_a_socket_that_was_let_in_before_a_parting_is_not_seated_as_the_other(server: Server) -> None:
    opened = await server.open()
    ann, *_ = await opened.people()
    zed = await merged_in(server, opened, ann)
    where = f"{server.address.replace('http', 'ws')}/api/sessions/{opened.code}/live"
    async with connect(where, additional_headers={"Authorization": f"Bearer {zed.key}"}) as late:
        await ann.until(lambda: ann.me["me"]["spoken"])
        await ann.ok("answer_spoken", made=ann.me["me"]["spoken"][0]["id"], refuse=True)
        await late.send(json.dumps({"since": 0, "epoch": ""}))
        assert json.loads(await late.recv())["bye"] == "merged"


async def test_a_merge_in_one_session_holds_in_all_of_the_room_and_is_parted_in_all(server: Server) -> None:
    room, key = await server.demo()
    first, second = [await server.open(key=key, room=room) for _ in range(2)]
    ann, bob = await first.people("Ann Bob")
    others = []
    for person, name in ((ann, "Ann"), (bob, "Bob")):
        join = f"/api/sessions/{second.code}/participants"
        made = (await server.call("POST", join, person.key, json={"name": name})).json()
        assert made["person"] == person.person
        others.append(await server.sit(second.code, made["token"]))
    await second.helm.to("ideate")
    for text in ("a", "b"):
        await others[0].do("add_note", text, text=text)
    await second.helm.to("vote")
    await others[0].echo()
    one, two = second.helm.ids("note")
    await others[0].do("place_dot", "one", item=one)
    await others[1].do("place_dot", "two", item=two)
    assert figures(server, second) == ({one: 1, two: 1}, 2)
    await first.helm.ok("merge_people", keep=ann.person, drop=bob.person)
    assert figures(server, second) == ({two: 1}, 1)
    await ann.until(lambda: ann.me["me"]["spoken"])
    await ann.do("answer_spoken", "parted", made=ann.me["me"]["spoken"][0]["id"], refuse=True)
    assert figures(server, second) == ({one: 1, two: 1}, 2)
    assert await server.status("GET", f"/s/{second.code}", others[1].key) == 200


async def test_what_is_sent_again_after_a_merge_is_done_once(server: Server) -> None:
    opened = await server.open()
    ann, bob, *_ = await opened.people()
    await opened.helm.to("ideate")
    assert "done" in await ann.do("add_note", id="once", text="said once")
    await opened.helm.ok("merge_people", keep=bob.person, drop=ann.person)
    again = await server.sit(opened.code, ann.key)
    assert "done" in await again.do("add_note", id="once", text="said once")
    await again.echo()
    assert len([key for key in again.me if key.startswith("note:")]) == 1
