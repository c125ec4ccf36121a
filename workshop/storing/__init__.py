"""Where everything is kept: in one file beside the server, or in PostgreSQL for several processes."""

from workshop.settings import Settings
from workshop.store import NoData, Store

MISSING = "WAGGLE_STORE and WAGGLE_BUS take two packages more: install waggle[several]."


def opened(settings: Settings, holds: bool = True) -> Store:
    """The data these settings name, brought up to this version; or (not ``holds``) to be read beside who holds it.

    Raises ``NoData``.
    """
    if settings.store:
        try:
            from workshop.storing.postgres import Postgres

            return Postgres(settings.store, holds)
        except ImportError:
            raise NoData(MISSING) from None
    from workshop.storing.one_file import OneFile

    if not holds and not (settings.data / "waggle.db").exists():
        raise NoData(f"There is no data in {settings.data}. Set WAGGLE_DATA as for the server.")
    return OneFile(settings.data, holds)
