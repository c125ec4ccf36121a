"""Makes the data folder that every later house has to read: each format played to its end over the wire.

Made once by ``python -m tests.first_house.making``, before the house was rebuilt; it is not to be made again.
"""

import asyncio
import json
import random
import sqlite3
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from sessions import formats
from tests.layout.filling import fill
from tests.layout.test_layout import session_of
from tests.layout.walking import press
from tests.server import Client, Opened, Server
from workshop import stream

HERE = Path(__file__).parent
FOLDER, EVENTS = HERE / "folder.zip", HERE / "events.jsonl"
#: In the folder, beside what the server wrote: the keys to it, and everything they opened.
TOLD = "told.json"
KINDS = ("md", "csv", "json")
#: What neither chance nor the play below comes to.
RARE = (
    '{"e":"claim_redeemed","claim":"claim"}',
    '{"e":"confidence_passed","objective":"id0001","session":"K7Q2MX"}',
    '{"e":"rehearsal_marked","of":"K7Q2MX"}',
    '{"e":"sure_taken","round":"id0040","pen":"id0026"}',
)
#: How many events of a tag are kept.
EACH = 3


async def told(server: Server, keys: dict[str, Any]) -> dict[str, Any]:
    """Everything that these keys open: exports, and the topics of every seat."""
    found: dict[str, Any] = {}
    for code, held in keys["sessions"].items():
        found[code] = {"exports": await exports(server, f"/api/sessions/{code}", held["helm"])}
        for name, key in held.items():
            client = await server.sit(code, key)
            found[code][name] = client.topics
    for room, key in keys["rooms"].items():
        keeper = await server.sit(room, key, record=True)
        found[room] = {"exports": await exports(server, f"/api/rooms/{room}", key), "keeper": keeper.topics}
    return found


async def exports(server: Server, path: str, key: str) -> dict[str, str]:
    """Every kind of export there is."""
    return {kind: (await server.call("GET", f"{path}/export?as={kind}", key)).text for kind in KINDS}


async def play(server: Server, format: str) -> tuple[Opened, list[Client]]:
    """A session from its beginning to its end, with what happens beside it."""
    opened, crew = await session_of(server, format, full=True)
    helm = opened.helm
    await beside(server, opened, crew)
    for phase in formats.ALL[format].phases:
        await helm.to(phase.key)
        for _ in range(6):
            for person in crew:
                await person.until(lambda p=person: p.session["step"]["run"] == helm.session["step"]["run"])
            await fill(crew)
            await aside(helm, crew)
            if not await press(helm):
                break
    await helm.ok("close_session")
    for number, person in enumerate(crew[:6]):
        await person.do("exit_pulse", value=number % 5)
    return opened, crew


async def beside(server: Server, opened: Opened, crew: list[Client]) -> None:
    """Hands, roles, a second entry that is found to be the first, and somebody who was removed."""
    helm = opened.helm
    await crew[0].ok("hand", on=True)
    await helm.ok("hand_over", person=crew[1].person)
    again = await server.join(opened.code, "Ann on another device")
    await helm.ok("merge_people", keep=crew[0].person, drop=again.person)
    gone = await server.join(opened.code, "Ivo, who came to the wrong room")
    await helm.ok("remove_person", person=gone.person)


async def aside(helm: Client, crew: list[Client]) -> None:
    """What belongs to some steps and is no part of filling them."""
    await helm.echo()
    step = helm.session["step"]
    notes = helm.ids("note")
    if step["activity"] == "group" and len(notes) > 2:
        await crew[0].do("propose_merge", notes=notes[:2])
        await helm.do("merge", notes=notes[:2], title="Waiting")
    await crew[3].do("done", on=True)
    await helm.do("spotlight", item=notes[0] if notes else "")


async def after(server: Server, room: str, key: str, crew: list[Client]) -> None:
    """What happens to a record between sessions."""
    keeper = await server.sit(room, key, record=True)
    goals = [k.partition(":")[2] for k in keeper.topics["record"] if k.startswith("objective:")]
    await keeper.ok("name_sponsor", person=crew[0].person)
    await keeper.ok("add_objective", text="Written between two sessions")
    await keeper.ok("set_brief", part="vision", text="Warm homes for all")
    for goal in goals:
        everything = keeper.topics["record"].items()
        results = [key.partition(":")[2] for key, told in everything if told.get("objective") == goal]
        await keeper.do("lock_objective", objective=goal)
        for result in results[:1]:
            await keeper.do("revise_result", result=result, field="target", value=77, why="We learned more")
            await keeper.do("lead_result", result=result, person=crew[1].person)
        await keeper.do("give_feedback", on=goal, text="Say by when", kind="concern")
    await keeper.leave()


def one_of_each(stored: list[str]) -> list[str]:
    """Events of every tag as they are stored, met while chance plays; some are met in what was stored alone."""
    from tests.chance import test_every_command as chance_plays
    from tests.chance.choosing import PEOPLE
    from tests.stage import FACILITATOR, Stage

    met: dict[str, list[str]] = {}
    for format in formats.ALL:
        for seed in range(chance_plays.ROUNDS):
            stage = Stage(format, PEOPLE, chance_plays.OKRS)
            chance = random.Random(f"{format} {seed}")
            chance_plays.prepare(stage, chance)
            for step in range(chance_plays.STEPS):
                stage.now += chance.randrange(400, 9_000)
                if step % 160 == 39 and stage.session.run:
                    aside_now = {"phase": stage.session.run.id, "unshown": "aside"}
                    chance_plays.attempt(stage, chance, FACILITATOR, "next_phase", aside_now)
                elif step % 40 == 39:
                    chance_plays.press(stage, chance)
                else:
                    chance_plays.act(stage, chance)
            stored += [stream.write(e).decode() for e in stage.log if not (e.passing or e.apart)]
    for line in (*stored, *RARE):
        lines = met.setdefault(json.loads(line)["e"], [])
        if len(lines) < EACH and line not in lines:
            lines.append(line)
    print("never met:", sorted(set(stream.events()) - set(met)))
    return [line for tag in sorted(met) for line in met[tag]]


async def main() -> None:
    """Make them all."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "data"
        server = Server(where)
        await server.start()
        keys: dict[str, Any] = {"sessions": {}, "rooms": {}}
        for format in formats.ALL:
            opened, crew = await play(server, format)
            links = opened.links
            await after(server, links["room"], links["room_token"], crew)
            keys["sessions"][opened.code] = {"helm": opened.helm.key, "first": crew[0].key, "last": crew[-1].key}
            keys["rooms"][links["room"]] = links["room_token"]
        await server.stop()
        with sqlite3.connect(where / "waggle.db") as database:
            stored = [body.decode() for (body,) in database.execute("select body from event order by room, number")]
        EVENTS.write_text("\n".join(one_of_each(stored)) + "\n")
        with zipfile.ZipFile(FOLDER, "w", zipfile.ZIP_DEFLATED) as kept:
            for name in ("local.key", "waggle.db"):
                kept.write(where / name, name)
            again = Server(where)
            await again.start()
            kept.writestr(TOLD, json.dumps({"keys": keys, "told": await told(again, keys)}, indent=1, sort_keys=True))
            await again.stop()


if __name__ == "__main__":
    asyncio.run(main())
