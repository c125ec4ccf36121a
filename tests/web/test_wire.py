"""The wire: each bad input gets its sentence, the room goes on, and nothing is lost or done twice."""

import asyncio
import contextlib
import json
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.server import Server


async def test_state_arrives_first_then_done_after_ones_own(server: Server) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    await opened.helm.to("ideate")
    await ann.ok("add_note", text="mine")
    kinds = [frame.get("topic") or next(iter(frame)) for frame in ann.frames]
    assert kinds[:2] == ["welcome", "session"]
    assert kinds.index("done") > 0
    assert ann.frames[kinds.index("done") - 1]["topic"] == "me"
    assert [n["text"] for k, n in ann.me.items() if k.startswith("note:")] == ["mine"]


async def test_what_is_said_right_behind_the_first_word_is_heard_in_its_order(server: Server) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    await opened.helm.to("ideate")
    for turn in range(20):
        await ann.leave()
        await ann.come()
        hasty = await connect(
            f"{server.address.replace('http', 'ws')}/api/sessions/{opened.code}/live",
            additional_headers={"Authorization": f"Bearer {ann.key}"},
            compression=None,
        )
        said = [{"since": 0}, *({"id": f"{turn}-{n}", "do": "done", "on": n % 2 == 0} for n in range(3))]
        for frame in said:
            await hasty.send(json.dumps(frame))
        heard: list[dict[str, object]] = []
        async with asyncio.timeout(10):
            while len(heard) < 3:
                frame = json.loads(await hasty.recv())
                heard += [frame] if "done" in frame or "refused" in frame else []
        assert [frame.get("done") for frame in heard] == [f"{turn}-{n}" for n in range(3)]
        await hasty.close()


async def test_those_who_come_are_told_together_and_before_anything_of_theirs(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = await server.open("ideas_and_dots")
    (ann,) = await opened.people("Ann")
    await opened.helm.ok("change_plan", step="ideas", hidden=False)
    await opened.helm.to("ideas")
    await ann.echo()
    monkeypatch.setattr("workshop.flushing.COUNTING", 60.0)
    known, heard = set(ann.ids("person")), len(ann.frames)
    people = [await server.join(opened.code, f"Person {n}") for n in range(6)]
    await ann.asked()
    assert set(ann.ids("person")) == known
    assert len(ann.frames) == heard
    assert {person.person for person in people} <= set(people[-1].ids("person"))
    await people[3].ok("add_note", text="what I think")
    await ann.until(lambda: ann.ids("note"))
    (told,) = ann.frames[heard:]
    assert set(ann.ids("person")) == known | {person.person for person in people}
    assert "counts" not in told["set"]
    await opened.helm.ok("rename", person=people[3].person, name="Penelope")
    await ann.until(lambda: ann.session[f"person:{people[3].person}"]["name"] == "Penelope")


async def test_of_ones_own_what_changed_is_told_and_nothing_else(server: Server) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    other = await server.sit(opened.code, ann.key)
    await opened.helm.to("ideate")
    await ann.ok("add_note", text="first")
    (first,) = [key for key in ann.me if key.startswith("note:")]
    for seat, name, said in (
        (ann, "add_note", {"text": "second"}),
        (other, "edit_note", {"id": "elsewhere", "note": first, "text": "first, said better"}),
        (ann, "remove_note", {"note": first}),
    ):
        before = dict(ann.me)
        await seat.ok(name, **said)
        await ann.until(lambda was=before: ann.me != was)
        await other.until(lambda: other.me == ann.me)
        (*_, told) = [frame for frame in ann.frames if frame.get("topic") == "me"]
        assert not told["full"]
        otherwise = {key for key in {**before, **ann.me} if before.get(key) != ann.me.get(key)}
        assert {*told["set"], *told["drop"]} == otherwise
    assert [n["text"] for k, n in ann.me.items() if k.startswith("note:")] == ["second"]
    again = await server.sit(opened.code, ann.key)
    assert again.me == ann.me


async def test_the_same_command_twice_is_done_once_also_after_a_restart(tmp_path: Path) -> None:
    server = Server(tmp_path)
    await server.start()
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    await opened.helm.to("ideate")
    for _ in range(2):
        await ann.say({"id": "once", "do": "add_note", "text": "only one"})
    await ann.until(lambda: sum(f.get("done") == "once" for f in ann.frames) == 2)
    code, key = opened.code, ann.key
    await server.stop()
    await server.start()
    again = await server.sit(code, key)
    assert await again.do("add_note", id="once", text="only one") == {"done": "once"}
    assert len([k for k in again.me if k.startswith("note:")]) == 1
    await server.stop()


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{not json", "not_json"),
        ('"text"', "not_json"),
        ('{"id":"x","do":"fly"}', "unknown_command"),
        ('{"id":"x","do":"place_dot"}', "bad_command"),
        ('{"id":"x","do":"place_dot","item":7}', "bad_command"),
        ('{"do":"done"}', "no_id"),
        ("{}", "unknown_frame"),
        ('{"id":"x","do":"place_dot","item":"nowhere"}', "not_now"),
        ('{"id":"x","do":"next_phase"}', "not_yours"),
        ('{"id":"x","do":"add_note","text":"  "}', "blank"),
        (json.dumps({"id": "x", "do": "add_note", "text": "x" * 10_000}), "too_long"),
        ('{"id":"x","do":"add_note","text":"late","phase":"gone"}', "phase_over"),
    ],
)
async def test_bad_input_gets_its_sentence_and_the_room_goes_on(server: Server, frame: str, code: str) -> None:
    opened = await server.open()
    ann, bob = await opened.people("Ann Bob")
    await opened.helm.to("ideate")
    await ann.say(frame)
    await ann.until(lambda: any("refused" in f for f in ann.frames))
    refusal = next(f for f in ann.frames if "refused" in f)
    assert refusal["code"] == code
    assert refusal["say"].endswith((".", "?"))
    await ann.ok("add_note", text="still here")
    await bob.ok("add_note", text="me too")


async def test_a_frame_of_two_megabytes_is_cut_off_with_a_word(server: Server) -> None:
    opened = await server.open()
    ann, bob = await opened.people("Ann Bob")
    await ann.say(json.dumps({"id": "x", "do": "add_note", "text": "x" * 2_000_000}))
    await ann.until(lambda: any(f.get("bye") == "bad_frame" for f in ann.frames))
    await opened.helm.to("ideate")
    await bob.ok("add_note", text="unbothered")
    await ann.come()
    await ann.ok("add_note", text="back again")


async def test_a_thousand_commands_in_a_second_are_warned_then_cut_off(server: Server) -> None:
    opened = await server.open()
    ann, bob = await opened.people("Ann Bob")
    with contextlib.suppress(ConnectionClosed):
        for count in range(1_000):
            await ann.say({"id": f"r{count}", "do": "hand", "on": count % 2 == 0})
    await ann.until(lambda: any("bye" in f for f in ann.frames))
    codes = [f.get("code") or f.get("bye") for f in ann.frames]
    assert "too_fast" in codes
    assert codes[-1] == "too_fast"
    await bob.ok("hand")


async def test_two_facilitators_pressing_together_move_once(server: Server) -> None:
    opened = await server.open()
    (bob,) = await opened.people("Bob")
    await opened.helm.ok("hand_over", person=bob.person)
    await bob.until(lambda: "helm" in bob.topics)
    await opened.helm.to("context")
    run = opened.helm.session["step"]["run"]
    await asyncio.gather(opened.helm.do("next_phase", phase=run), bob.do("next_phase", phase=run))
    await bob.echo()
    assert bob.session["step"]["key"] == "reflect"


async def test_a_vote_queued_offline_for_a_round_that_is_over_is_refused(server: Server) -> None:
    opened = await server.open()
    ann, bob = await opened.people("Ann Bob")
    await opened.helm.to("ideate")
    await ann.ok("add_note", text="a")
    await opened.helm.to("vote")
    run, item = opened.helm.session["step"]["run"], opened.helm.ids("note")[0]
    await opened.helm.to("shortlist")
    answer = await bob.do("place_dot", item=item, phase=run)
    assert answer["code"] == "phase_over"


async def test_an_edit_of_text_that_changed_meanwhile_brings_both_texts_back(server: Server) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    await opened.helm.to("ideate")
    await ann.ok("add_note", text="first")
    note = next(k[5:] for k in ann.me if k.startswith("note:"))
    await ann.ok("edit_note", note=note, text="second", was="first")
    answer = await ann.do("edit_note", note=note, text="third", was="first")
    assert (answer["code"], answer["theirs"], answer["yours"]) == ("changed_meanwhile", "second", "third")


async def test_a_removed_person_is_told_and_let_go(server: Server) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    await opened.helm.ok("remove_person", person=ann.person)
    await ann.until(lambda: any(f.get("bye") == "removed" for f in ann.frames))
    where = f"{server.address.replace('http', 'ws')}/api/sessions/{opened.code}/live"
    with pytest.raises(InvalidStatus) as refused:
        await connect(where, additional_headers={"Authorization": f"Bearer {ann.key}"})
    assert refused.value.response.status_code == 404


async def test_a_foreign_page_is_refused_and_told_which_setting_it_is(server: Server) -> None:
    opened = await server.open()
    where = f"{server.address.replace('http', 'ws')}/api/sessions/{opened.code}/live"
    headers = {"Authorization": f"Bearer {opened.links['helm_token']}", "Origin": "https://evil.example"}
    with pytest.raises(InvalidStatus) as refused:
        await connect(where, additional_headers=headers)
    assert refused.value.response.status_code == 403
    assert b"WAGGLE_ORIGINS=https://evil.example" in (refused.value.response.body or b"")


async def test_the_big_screen_hears_what_everybody_hears_and_says_nothing(server: Server) -> None:
    opened = await server.open()
    screen = await server.sit(opened.code, opened.links["screen_url"].split("key=")[1])
    assert set(screen.topics) == {"session"}
    answer = await screen.do("next_phase")
    assert answer["code"] == "not_yours"


async def test_a_closed_session_stays_readable_and_takes_nothing_more(server: Server) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    await opened.helm.to("ideate")
    await opened.helm.ok("close_session")
    answer = await ann.do("add_note", text="late")
    assert answer["code"] == "session_closed"
    exported = await server.call("GET", f"/api/sessions/{opened.code}/export?as=json", ann.key)
    assert exported.json()["session"]["state"] == "closed"
    late = await server.call("POST", f"/api/sessions/{opened.code}/participants", json={"name": "Zed"})
    assert late.status_code == 409


async def test_time_while_no_process_held_the_room_is_given_back(tmp_path: Path) -> None:
    server = Server(tmp_path)
    await server.start()
    opened = await server.open()
    await opened.helm.to("context")
    deadline = opened.helm.session["step"]["deadline"]
    code, key = opened.code, opened.helm.key
    await server.stop()
    store_time = 600_000
    from sqlalchemy import update

    from workshop.statements import table
    from workshop.storing.one_file import OneFile
    from workshop.tables import ProcessRow

    store = OneFile(tmp_path)
    processes = table(ProcessRow)
    with store.engine.begin() as connection:
        connection.execute(update(processes).values(alive=processes.c.alive - store_time))
    store.close()
    await server.start()
    helm = await server.sit(code, key)
    assert helm.session["step"]["deadline"] >= deadline + store_time
    await server.stop()
