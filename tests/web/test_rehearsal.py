"""A rehearsal: simulated people play a copy over the real wire, and nothing reaches the real session."""

import asyncio

from tests.server import Server
from workshop import rehearse


async def test_simulated_people_play_a_copy_and_leave_the_real_session_alone(server: Server) -> None:
    opened = await server.open()
    await opened.helm.ok("prepare", what="context", text="Every home warm")
    await opened.helm.ok("change_plan", step="vote", dots=4)
    made = await server.call(
        "POST",
        f"/api/sessions/{opened.code}/rehearsals/local",
        server.app.state.local_key,
    )
    copy = made.json()
    helm = await server.sit(copy["code"], copy["helm_token"])
    assert helm.session["session"]["rehearsal"] is True
    vote = next(s for s in helm.topics["helm"]["script"]["steps"] if s["key"] == "vote")
    assert next(s["value"] for s in vote["settings"] if s["name"] == "dots") == 4
    playing = asyncio.create_task(rehearse.play(server.address, copy["code"], 3))
    await helm.until(lambda: helm.session["counts"]["people"] == 3)
    await helm.to("ideate")
    await helm.until(lambda: helm.session["counts"].get("written", 0) >= 3)
    await helm.ok("close_session")
    await playing
    assert opened.helm.session["counts"]["people"] == 0
    assert copy["room"] != opened.links["room"]
    exported = await server.call("GET", f"/api/sessions/{opened.code}/export?as=json", opened.helm.key)
    assert exported.json()["ideas"] == []


async def test_a_festival_is_rehearsed_with_its_hosts(server: Server) -> None:
    """The copy has the line-up and whom it was planned with to host: simulated hosts stand at their stages."""
    room, key = await server.demo()
    opened = await server.open("festival", key=key, room=room)
    for name in ("draw_line_up", "publish_line_up", "plan_hosts"):
        await opened.helm.ok(name)
    where = f"/api/sessions/{opened.code}/rehearsals/local"
    copy = (await server.call("POST", where, server.app.state.local_key)).json()
    helm = await server.sit(copy["code"], copy["helm_token"])
    playing = asyncio.create_task(rehearse.play(server.address, copy["code"], 40))
    await helm.until(lambda: helm.session["counts"]["people"] == 40)
    await helm.to("stages")
    desks = {f"desk:{key[4:]}" for key, act in helm.session.items() if key.startswith("act:") and act["slot"] == 1}
    await helm.until(lambda: any(helm.topics["helm"].get(desk, {}).get("hosts") for desk in desks))
    await helm.ok("close_session")
    await playing


async def test_only_this_machine_may_rehearse_without_facilitating(server: Server) -> None:
    opened = await server.open()
    for key in (b"Bearer wrong", "Bearer é".encode("latin-1")):
        refused = await server.call(
            "POST", f"/api/sessions/{opened.code}/rehearsals/local", headers={"Authorization": key}
        )
        assert refused.status_code == 403
