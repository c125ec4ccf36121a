"""Versions of the data: what is older than the program is brought up, once it is copied; what is newer is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from workshop.store import NoData

logger = structlog.get_logger()


class DataTooNew(NoData):
    """Data of a later version than this program's; its message is a sentence for whoever starts the server."""


@dataclass(frozen=True)
class Ahead:
    """The data's version (empty where there is none), the program's, and the steps in between, in their order."""

    data: str
    program: str
    steps: list[str]


def ahead(connection: Connection, place: str) -> Ahead:
    """What bringing the data up would do; raises ``DataTooNew``."""
    scripts = ScriptDirectory.from_config(_config())
    program = scripts.get_current_head() or ""
    data = MigrationContext.configure(connection).get_current_revision() or ""
    known = [script.revision for script in scripts.walk_revisions()][::-1]
    if data and data not in known:
        raise DataTooNew(
            f"The data in {place} is of a later version ({data}) than this Waggle, which knows {program}. "
            "Install the version that wrote it, or a later one."
        )
    return Ahead(data, program, known[known.index(data) + 1 :] if data else known)


def bring_up(connection: Connection, place: str, keep: Callable[[str], object] | None = None) -> None:
    """Bring the data to the program's version; where there was some before, ``keep`` is told why to copy it first."""
    found = ahead(connection, place)
    if keep is not None and found.data and found.steps:
        keep(f"before-{found.program}")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if found.data and found.steps:
        logger.info("the data was brought up", data=place, before=found.data, now=found.program)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    return config
