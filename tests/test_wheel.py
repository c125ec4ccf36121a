"""The wheel contains everything and runs anywhere: installed into an environment of its own, in an empty folder."""

import os
import re
import subprocess
import sys
import sysconfig
import time
import tomllib
import venv
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.ports import free_port

ROOT = Path(__file__).parent.parent


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    subprocess.run([ROOT / "bin/wheel", tmp_path / "dist"], check=True, capture_output=True)
    (made,) = (tmp_path / "dist").glob("waggle-*.whl")
    return made


def test_an_installed_waggle_serves_its_pages_and_its_commands(wheel: Path, tmp_path: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "waggle",
        next(n.split("/")[0] for n in names if "dist-info" in n),
    }
    described = next(name for name in names if name.endswith("METADATA"))
    assert re.findall(rb"Provides-Extra: (\S+)", zipfile.ZipFile(wheel).read(described)) == [b"sign-in", b"several"]
    home, data = tmp_path / "env", tmp_path / "data"
    venv.create(home, with_pip=True)
    install = (str(home / "bin/python"), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    subprocess.run(install, check=True, capture_output=True)
    port = free_port()
    # What it needs is taken from the environment of the tests, which has no Waggle of its own in it.
    needs = sysconfig.get_paths()["purelib"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WAGGLE_")}
    env = {**kept, "PYTHONPATH": needs, "WAGGLE_DATA": str(data), "WAGGLE_PORT": str(port), "WAGGLE_HOST": "127.0.0.1"}
    away = tmp_path / "away"
    away.mkdir()
    server = subprocess.Popen([home / "bin/waggle", "serve", "--quiet"], cwd=away, env=env, stdout=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as http:
            _wait_until_it_answers(http, server)
            assert "Open a session" in http.get("/").text
            room = http.post("/api/rooms", json={"demo": True}).json()
            page = http.get(f"/r/{room['room']}", headers={"Authorization": f"Bearer {room['room_token']}"}).text
            (alpine,) = re.findall(r'src="(/static/[^"]*alpine[^"]*)"', page)
            assert http.get(alpine).status_code == 200
            # Worked out in a process of its own, which has to find the house too.
            stalls = {"marks": [["a", "b"], ["c", "d"]], "reps": dict.fromkeys("abcd", 2), "rounds": 2}
            assert http.post("/api/plans/stalls", json=stalls).json()["proven"] is True
        told = subprocess.run(
            [home / "bin/waggle", "rooms"], cwd=away, env=env, capture_output=True, text=True, check=True
        )
        assert "Kestrel Heat" in told.stdout
    finally:
        server.terminate()
        assert server.wait(20) in (0, -15)
    assert not list(away.iterdir())


def _wait_until_it_answers(http: httpx.Client, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        try:
            if http.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("nothing answers")


def test_the_version_is_said_alike_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text()
    said = subprocess.run([sys.executable, "-m", "web.commands", "--version"], cwd=ROOT, capture_output=True, text=True)
    assert said.stdout.strip() == f"Waggle {version}"
