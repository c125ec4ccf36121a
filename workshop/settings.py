"""Settings, each read from the environment as ``WAGGLE_…``."""

import re
from pathlib import Path
from typing import Literal

from pydantic import model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_ADDRESS = re.compile(r"https?://(\*\.)?[\w.-]+(:\d+)?")


class Settings(BaseSettings):
    """How this server runs. Nothing has to be set.

    ``data`` is the folder everything is kept in. ``url`` is the address people reach the server by, if a
    proxy hides it, with its path where it has one; ``origins`` are further addresses, separated by commas, whose
    pages may connect. ``metrics`` says to whom ``/metrics`` is open.
    """

    model_config = SettingsConfigDict(env_prefix="WAGGLE_")

    data: Path = Path("data")
    #: Where everything is kept if not in a file of that folder: ``postgresql://…``, for several processes.
    store: str = ""
    #: What several processes on the same ``store`` talk over: ``nats://…``.
    bus: str = ""
    #: Over how many seconds a process among several sends its seats to the others before it ends.
    leave_seconds: float = 60
    host: str = "0.0.0.0"
    port: int = 8000
    url: str = ""
    origins: str = ""
    #: Addresses whose pages may show this server's inside of theirs, with commas: ``https://intranet.example.org``.
    embed: str = ""
    #: ``local``: to this machine alone; ``open``: to whoever asks; ``closed``: to nobody.
    metrics: Literal["local", "open", "closed"] = "local"
    log_level: str = "info"
    #: ``text`` or ``json``.
    log: Literal["text", "json"] = "text"
    #: Who may open rooms: ``everyone``, those who have the ``word``, or ``nobody`` but the command line.
    open_to: Literal["everyone", "word", "nobody"] = "everyone"
    word: str = ""
    #: After how many days rooms go that are closed and that nobody has opened; 0: never.
    keep_days: int = 0
    #: A folder with further activities and formats, laid out as the house is (``docs/adding-an-activity.md``).
    extras: Path | None = None
    #: Addresses of proxies in front that may name the client's address and scheme; ``*`` trusts all.
    proxies: str = "127.0.0.1"

    @model_validator(mode="after")
    def _word_is_there(self) -> "Settings":
        if self.open_to == "word" and not self.word.strip():
            raise ValueError("WAGGLE_OPEN_TO=word needs the word itself: set WAGGLE_WORD.")
        return self

    @model_validator(mode="after")
    def _several_share_a_store(self) -> "Settings":
        if self.store and not self.store.startswith(("postgresql://", "postgres://")):
            raise ValueError("WAGGLE_STORE is the address of a database: postgresql://user:password@host/name.")
        if self.bus and not self.store:
            raise ValueError("WAGGLE_BUS is for several processes on one database: set WAGGLE_STORE as well.")
        return self

    @model_validator(mode="after")
    def _frames_are_addresses(self) -> "Settings":
        for address in self.framed_by():
            if not _ADDRESS.fullmatch(address):
                raise ValueError(f"“{address}” is no address of pages: write it as https://intranet.example.org.")
        return self

    def framed_by(self) -> list[str]:
        """Addresses whose pages may show this server's inside of theirs."""
        return [address.strip().rstrip("/") for address in self.embed.split(",") if address.strip()]

    def own_addresses(self) -> set[str]:
        """Hosts, with their ports, whose pages may open a socket here besides the one asked for."""
        listed = [self.url, *self.origins.split(",")]
        return {a.strip().split("://")[-1].split("/")[0].lower() for a in listed if a.strip()}

    def path(self) -> str:
        """The path of the address people reach the server by: ``/waggle``, or nothing."""
        _, slash, path = self.url.strip().rstrip("/").split("://")[-1].partition("/")
        return slash + path
