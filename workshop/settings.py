"""Settings, each read from the environment as ``WAGGLE_…``."""

import logging
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

#: What ends a name or a password inside an address.
_NOT_IN_PASSWORDS = frozenset("@/?#[] ")
_ADDRESS = re.compile(r"https?://(\*\.)?[\w.-]+(:\d+)?")


def _is_network(said: str) -> bool:
    try:
        ip_network(said, strict=False)
    except ValueError:
        return False
    return True


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
    #: Where rooms may send what happens in them: to ``public`` addresses, ``anywhere``, also inside this network, or
    #: ``nowhere``.
    hooks: Literal["public", "anywhere", "nowhere"] = "public"
    #: Who may open rooms: ``everyone``, those who have the ``word`` or are ``signed-in``, or ``nobody`` but the
    #: command line.
    open_to: Literal["everyone", "word", "signed-in", "nobody"] = "everyone"
    word: str = ""
    #: Where people sign in: the address of a provider of OpenID Connect, or ``header``: a proxy has done it.
    sign_in: str = ""
    sign_in_client: str = ""
    sign_in_secret: str = ""
    sign_in_scope: str = "openid profile"
    #: What the provider calls a person's name and team, or the headers in which a proxy says them.
    sign_in_name: str = ""
    sign_in_team: str = ""
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
        if self.word.strip() and self.open_to == "everyone":
            raise ValueError("WAGGLE_WORD is asked for nowhere yet: set WAGGLE_OPEN_TO=word as well.")
        return self

    @model_validator(mode="after")
    def _figures_are_possible(self) -> "Settings":
        if not 0 <= self.port < 65536:
            raise ValueError("WAGGLE_PORT is a port: a number from 1 to 65535.")
        if self.keep_days < 0 or self.leave_seconds < 0:
            raise ValueError("WAGGLE_KEEP_DAYS and WAGGLE_LEAVE_SECONDS are 0 or more.")
        if self.log_level.upper() not in logging.getLevelNamesMapping():
            raise ValueError("WAGGLE_LOG_LEVEL is debug, info, warning or error.")
        if self.extras and not self.extras.is_dir():
            raise ValueError(f"WAGGLE_EXTRAS names a folder that is not there: {self.extras}.")
        return self

    @model_validator(mode="after")
    def _addresses_are_addresses(self) -> "Settings":
        url = urlsplit(self.url)
        if self.url and (url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment):
            raise ValueError(f"WAGGLE_URL is “{self.url}”: write it whole, as https://waggle.example.org.")
        for proxy in filter(None, map(str.strip, self.proxies.split(","))):
            if proxy != "*" and not _is_network(proxy):
                raise ValueError(
                    f"“{proxy}” in WAGGLE_PROXIES is no address: write 10.0.0.5 or 10.0.0.0/24, several with commas."
                )
        return self

    @model_validator(mode="after")
    def _several_share_a_store(self) -> "Settings":
        if self.store and not self.store.startswith(("postgresql://", "postgres://")):
            raise ValueError("WAGGLE_STORE is the address of a database: postgresql://user:password@host/name.")
        if _NOT_IN_PASSWORDS & set(self.store.partition("://")[2].rpartition("@")[0]):
            raise ValueError(
                "In WAGGLE_STORE’s name and password write @ as %40, / as %2F and so on, or give the password "
                "in PGPASSWORD."
            )
        if self.bus and not self.bus.startswith(("nats://", "tls://")):
            raise ValueError("WAGGLE_BUS is the address of a NATS: nats://host:4222.")
        if self.bus and not self.store:
            raise ValueError("WAGGLE_BUS is for several processes on one database: set WAGGLE_STORE as well.")
        return self

    @model_validator(mode="after")
    def _frames_are_addresses(self) -> "Settings":
        for address in self.framed_by():
            if not _ADDRESS.fullmatch(address):
                raise ValueError(f"“{address}” is no address of pages: write it as https://intranet.example.org.")
        return self

    @model_validator(mode="after")
    def _signing_in_is_whole(self) -> "Settings":
        if self.open_to == "signed-in" and not self.sign_in:
            raise ValueError("WAGGLE_OPEN_TO=signed-in needs a place to sign in: set WAGGLE_SIGN_IN.")
        if self.sign_in == "header":
            if not self.sign_in_name:
                raise ValueError("WAGGLE_SIGN_IN=header needs the header with people’s names: set WAGGLE_SIGN_IN_NAME.")
        elif self.sign_in:
            if not self.sign_in.startswith(("https://", "http://")):
                raise ValueError("WAGGLE_SIGN_IN is the address of a provider, https://id.example.org, or “header”.")
            if not (self.sign_in_client and self.sign_in_secret):
                raise ValueError("Signing in at a provider needs WAGGLE_SIGN_IN_CLIENT and WAGGLE_SIGN_IN_SECRET.")
            if not self.url:
                raise ValueError("Signing in at a provider needs WAGGLE_URL: people are sent back there.")
        return self

    def sign_in_headers(self) -> tuple[str, str]:
        """The headers in which a trusted proxy says who somebody is, and their team; empty where none does."""
        return (self.sign_in_name, self.sign_in_team) if self.sign_in == "header" else ("", "")

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
