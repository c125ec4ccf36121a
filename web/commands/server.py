"""The server that runs here, as a command asks it: with the key that only its own user can read."""

import difflib
import http.client
import json
import os
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError

from workshop.settings import Settings


class NotServed(Exception):
    """Nothing answers where the server would be."""


class Said(Exception):
    """The server said no; its sentence."""


def chosen() -> Settings:
    """The settings as they are in the environment; ends the command with what is wrong with them."""
    settings = _settings()
    if not _is_ours(settings.data):
        raise fails(f"The data in {settings.data} belongs to another user. Run this as that user, or as root.")
    return settings


def _is_ours(folder: Path) -> bool:
    """Whether whoever runs the command may use what is in the folder already."""
    try:
        there = [file for file in (folder / "waggle.db", folder / "local.key") if file.exists()]
    except PermissionError:
        return False
    return all(os.access(file, os.R_OK | os.W_OK) for file in there)


def _settings() -> Settings:
    _know_every_name()
    try:
        return Settings()
    except ValidationError as fault:
        for error in fault.errors():
            name = "_".join(["WAGGLE", *(str(part).upper() for part in error["loc"])])
            say = error["msg"].removeprefix("Value error, ")
            typer.echo(say if name == "WAGGLE" else f"{name}: {say}", err=True)
        raise typer.Exit(1) from None


def _know_every_name() -> None:
    """A setting that is misspelled would be none at all: the server would be open where it was meant to be closed."""
    known = {f"WAGGLE_{name.upper()}" for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.upper().startswith("WAGGLE_") and name.upper() not in known)
    for name in unknown:
        near = difflib.get_close_matches(name.upper(), known, 1, 0.5)
        typer.echo(f"{name} is no setting of Waggle." + (f" Is it {near[0]}?" if near else ""), err=True)
    if unknown:
        raise typer.Exit(1)


def fails(sentence: object) -> typer.Exit:
    """Say what went wrong; to be raised."""
    typer.echo(str(sentence), err=True)
    return typer.Exit(1)


class Server:
    """The server on WAGGLE_PORT of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.address = f"http://127.0.0.1:{settings.port}"
        self._data, file = settings.data, settings.data / "local.key"
        self.key = file.read_text().strip() if file.exists() else ""

    def ask(self, path: str, wish: dict[str, Any]) -> dict[str, Any]:
        """What the server answers; raises ``NotServed``, or ``Said`` with its refusal."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        request = urllib.request.Request(self.address + path, json.dumps(wish).encode(), headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                found: dict[str, Any] = json.loads(answer.read())
                return found
        except urllib.error.HTTPError as fault:
            if not self.key:
                raise Said(
                    f"The key of the server is not in {self._data}. Set WAGGLE_DATA as for the server."
                ) from None
            raise Said(_sentence(fault.read())) from None
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            raise NotServed from None

    def must_answer(self, path: str, wish: dict[str, Any]) -> dict[str, Any]:
        """The same; ends the command with a sentence where it is refused, or where nothing answers."""
        try:
            return self.ask(path, wish)
        except Said as said:
            raise fails(said) from None
        except NotServed:
            say = f"Nothing answers at {self.address}. Start it, or set WAGGLE_PORT and WAGGLE_DATA as for it."
            raise fails(say) from None


def _sentence(body: bytes) -> str:
    try:
        return str(json.loads(body)["say"])
    except (ValueError, KeyError, TypeError):
        return "Something else answers there."
