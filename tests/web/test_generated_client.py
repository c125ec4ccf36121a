"""A client can be generated from the API's description, whole and without a warning, and it can be used."""

import asyncio
import json
import os
import sys
from pathlib import Path

from tests.server import Server

USED = Path(__file__).parent / "generated/used.py"


async def run(*command: object, **env: str) -> str:
    """What a command says; it has to go well."""
    how = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.STDOUT}
    # The generator looks for its formatter on the path.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = await asyncio.create_subprocess_exec(*map(str, command), **how, env={**os.environ, "PATH": path, **env})  # type: ignore[arg-type]
    said, _ = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0, said.decode()
    return said.decode()


async def test_a_client_is_generated_and_used(server: Server, tmp_path: Path) -> None:
    described = tmp_path / "openapi.json"
    described.write_text(json.dumps((await server.call("GET", "/openapi.json")).json()))
    made = tmp_path / "waggle_client"
    said = await run(
        *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
        *("--path", described, "--output-path", made),
    )
    assert "warning" not in said.lower(), said
    came = await run(sys.executable, "-W", "error", USED, server.address, PYTHONPATH=str(tmp_path))
    assert came.splitlines() == [
        "What shall we stop? 1 name_taken",
        "# What shall we stop?",
        "Brought True 1",
        "['program.invalid'] whsec_",
    ]
