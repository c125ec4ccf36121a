"""Settings, each read from the environment as ``WAGGLE_…``."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """How this server runs. Nothing has to be set.

    ``data`` is the folder everything is kept in. ``url`` is the address people reach the server by, if a
    proxy hides it; ``origins`` are further addresses, separated by commas, whose pages may connect.
    ``metrics`` closes ``/metrics`` when false.
    """

    model_config = SettingsConfigDict(env_prefix="WAGGLE_")

    data: Path = Path("data")
    host: str = "0.0.0.0"
    port: int = 8000
    url: str = ""
    origins: str = ""
    metrics: bool = True
    log_level: str = "info"
    #: Addresses of proxies in front that may name the client's address and scheme; ``*`` trusts all.
    proxies: str = "127.0.0.1"

    def own_addresses(self) -> set[str]:
        """Hosts, with their ports, whose pages may open a socket here besides the one asked for."""
        listed = [self.url, *self.origins.split(",")]
        return {a.strip().rstrip("/").split("://")[-1].lower() for a in listed if a.strip()}
