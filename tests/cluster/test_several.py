"""Several processes are one server: any of them takes any page, any key and any socket."""

from tests.cluster.processes import Cluster


async def test_a_session_is_one_whichever_process_one_came_to(cluster: Cluster) -> None:
    first, second, third = await cluster.add(), await cluster.add(), await cluster.add()
    opened = await first.open()
    ann, bob = await second.join(opened.code, "Ann"), await third.join(opened.code, "Bob")
    await opened.helm.to("ideate")
    await ann.until(lambda: ann.session["step"]["key"] == "ideate")
    await ann.ok("add_note", text="a private thought", baseline="1", target="2")
    await ann.until(lambda: "a private thought" in str(ann.me))
    assert "a private thought" not in "".join(bob.raw + opened.helm.raw)
    await bob.ok("add_note", text="another", baseline="1", target="2")
    await opened.helm.to("vote")
    for client in (ann, bob, opened.helm):
        await client.until(lambda client=client: len(client.ids("note")) == 2)
    await ann.ok("place_dot", item=ann.ids("note")[0])
    assert "refused" in await bob.do("place_dot", item="no such note")
