"""Keys made for somebody in a session, and what is seen with them."""

import json
from typing import Any

from sessions.board.counting import as_it_counts
from tests.server import Client, Opened, Server

CANARY = "canary-7f3a"


def figures(server: Server, opened: Opened) -> tuple[dict[str, int], int]:
    """Totals and voters of the vote that is open, as they would be shown now."""
    room = server.room(opened.code).room
    session = room.sessions[opened.code]
    found = as_it_counts(room, session, session.board.ballots["impact"])
    return found.totals(), found.voters()


async def keys_to(server: Server, opened: Opened, person: Client) -> list[str]:
    """Every key that somebody who facilitates can come by to look as this person."""
    base = f"/api/sessions/{opened.code}"
    link = await server.call("POST", f"{base}/links", opened.helm.key, json={"role": "person", "person": person.person})
    found = [link.json()["url"].split("#key=")[1]]
    claim = (await server.call("POST", f"{base}/claims", json={"person": person.person})).json()["claim"]
    await opened.helm.ok("answer_claim", claim=claim.split(".")[0], yes=True)
    answered = await server.call("POST", f"{base}/claims/answer", json={"claim": claim})
    assert answered.json()["answer"] == "yes"
    return [*found, "cookie " + answered.headers["set-cookie"].split(";")[0].split("=")[1]]


async def look(server: Server, opened: Opened, key: str, person: Client) -> str:
    """All that somebody sees who comes with this key."""
    seen = []
    if key.startswith("cookie "):
        headers = {"Cookie": f"waggle={key.split()[1]}", "Origin": server.address}
        for page in ("", "/helm", "/screen", "/outcome", "/sheet"):
            where = f"/s/{opened.code}{page}?as={person.person}"
            seen.append((await server.call("GET", where, headers=headers)).text)
        return "\n".join(seen)
    client = await server.sit(opened.code, key)
    for page in ("", "/helm", "/screen", "/outcome", "/sheet"):
        seen.append((await server.call("GET", f"/s/{opened.code}{page}", key)).text)
    for kind in ("md", "csv", "json"):
        seen.append((await server.call("GET", f"/api/sessions/{opened.code}/export?as={kind}", key)).text)
    seen += client.raw
    await client.leave()
    server.clients.remove(client)
    return "\n".join(seen)


def secrets_of(person: Client) -> dict[str, Any]:
    """What is this person's alone at this moment: unseen notes, votes, thumbs, concerns."""
    me = person.me
    mine = me.get("mine", {})
    found = {key: note["text"] for key, note in me.items() if key.startswith("note:") and not note.get("shown")}
    found |= {key: votes["items"] for key, votes in me.items() if key.startswith("votes:") and votes["items"]}
    if not person.session["step"].get("shown"):
        found |= {
            name: mine[name] for name in ("vote", "concern", "thumb", "asked", "objections", "sure") if mine.get(name)
        }
    if not person.session.get("market", {}).get("shown"):
        found |= {
            f"trading:{m['goal']}.{m['sort']}": m for m in me.get("trading", {}).get("marks", []) if not m["seed"]
        }
    return found | {f"raid:{note['id']}": note["text"] for note in me.get("raid_notes", {}).get("notes", [])}


async def sealed(server: Server, opened: Opened, target: Client, secrets: dict[str, Any]) -> None:
    """Nothing of it is seen with any key made now; and the person's own seat still sees it."""
    for key in await keys_to(server, opened, target):
        seen = await look(server, opened, key, target)
        own = me_in(seen)
        for name, value in secrets.items():
            if name.startswith("note:"):
                assert name not in own
                assert value not in {note.get("text") for key, note in own.items() if key.startswith("note:")}
                assert name[5:] not in seen
            elif name.startswith("votes:"):
                assert not own.get(name, {"items": {}})["items"]
            elif name.startswith("trading:"):
                assert value not in own.get("trading", {}).get("marks", [])
            elif name.startswith("raid:"):
                assert value not in seen
            else:
                assert not own.get("mine", {}).get(name)
    assert secrets_of(target) == secrets
    assert target.me["me"]["spoken"]


def me_in(seen: str) -> dict[str, Any]:
    """What the topic of one's own says in all that was seen, frames and first paints alike."""
    found: dict[str, Any] = {}
    marker = '{"topic":"me"'
    at = seen.find(marker)
    while at >= 0:
        found |= json.JSONDecoder().raw_decode(seen[at:].replace("\\u003c", "<"))[0]["set"]
        at = seen.find(marker, at + 1)
    return found


async def merged_in(server: Server, opened: Opened, keep: Client) -> Client:
    """A facilitator's second device, said to be the same person as somebody."""
    puppet = await server.join(opened.code, "Zed")
    await opened.helm.ok("merge_people", keep=keep.person, drop=puppet.person)
    return puppet


def answered(server: Server, opened: Opened, person: Client) -> bytes:
    """The digest under which it is kept that somebody has answered."""
    from workshop.digests import PULSE, digest

    return digest(person.person, PULSE)
