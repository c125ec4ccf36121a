"""What whoever watches the server sees: whether it can store, and every key that is made and withdrawn."""

import sqlite3
from contextlib import closing

import pytest

from tests.server import Server


async def test_ready_means_that_it_can_store(server: Server) -> None:
    opened = await server.open("ideas_and_dots", "Coffee")
    answer = await server.call("GET", "/readyz")
    assert (answer.status_code, answer.headers["date"][-3:]) == (200, "GMT")
    with closing(sqlite3.connect(server.data / "waggle.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert (await opened.helm.do("next_phase"))["code"] == "not_stored"
        answer = await server.call("GET", "/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
        assert await server.status("GET", "/healthz") == 200
        other.execute("ROLLBACK")
    await opened.helm.ok("next_phase")
    assert await server.status("GET", "/readyz") == 200


async def test_a_full_disk_is_said_before_it_is_felt(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop.operating.seeing.LEAST_FREE", 2**62)
    answer = await server.call("GET", "/readyz")
    assert (answer.status_code, "disk is full" in answer.json()["say"]) == (503, True)


async def test_every_key_made_and_withdrawn_is_a_line_without_a_name(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    room, key = await server.demo()
    opened = await server.open("ideas_and_dots", "Coffee", key=key, room=room)
    await server.join(opened.code, "Annabel Quist")
    assert await server.status("POST", f"/api/rooms/{room}/invitations", key, json={}) == 201
    assert await server.status("POST", f"/api/rooms/{room}/invitations/taken-back", key, json={}) == 200
    helm = opened.links["helm_token"]
    assert await server.status("POST", f"/api/sessions/{opened.code}/readers", helm) == 201
    assert await server.status("POST", f"/api/sessions/{opened.code}/readers/taken-back", helm) == 200
    said = capsys.readouterr().out
    made = [line for line in said.splitlines() if "key made" in line and room in line]
    gone = [line for line in said.splitlines() if "keys withdrawn" in line and room in line]
    assert [line.split("role=")[1].split()[0] for line in made] == [
        "room",
        "facilitator",
        "screen",
        "room",
        "person",
        "member",
        "reader",
    ]
    assert [line.split("role=")[1].split()[0] for line in gone] == ["member", "reader"]
    for secret in ("Annabel", opened.code, key, helm, opened.links["screen_url"].rsplit("/", 1)[-1]):
        assert secret not in said


def figure(said: str, name: str) -> float:
    (found,) = [line for line in said.splitlines() if line.startswith(name + " ")]
    return float(found.rsplit(" ", 1)[1])


async def test_figures_go_by_the_conventions_and_never_backwards(server: Server) -> None:
    room, key = await server.demo()
    opened = await server.open("ideas_and_dots", "Coffee", key=key, room=room)
    await opened.helm.ok("next_phase")
    said = (await server.call("GET", "/metrics")).text
    before = figure(said, "waggle_commands_total"), figure(said, "waggle_frames_total")
    assert min(before) >= 1
    assert figure(said, "waggle_batch_seconds_count") >= 3
    assert 'waggle_build_info{version="' in said
    assert "process_resident_memory_bytes" in said
    answered = 'waggle_request_seconds_count{method="POST",route="/api/sessions",status="201"}'
    assert figure(said, answered) == 1
    await server.call("BREW", "/")
    assert await server.status("POST", f"/api/rooms/{room}/deletion", key, json={"name": "Kestrel Heat"}) == 200
    said = (await server.call("GET", "/metrics")).text
    after = figure(said, "waggle_commands_total"), figure(said, "waggle_frames_total")
    assert after >= before
    assert figure(said, "waggle_rooms") == 0
    assert 'method="other"' in said
    assert "BREW" not in said
    for secret in (room, opened.code, "Kestrel", "Coffee"):
        assert secret not in said
