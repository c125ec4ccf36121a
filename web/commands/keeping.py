"""All data at once: ``waggle backup``, ``waggle restore``, ``waggle upgrade``."""

from pathlib import Path

import typer

from web.commands.server import chosen, fails
from workshop import storing
from workshop.operating import copies
from workshop.operating.copies import NoCopy
from workshop.store import NoData
from workshop.storing import versions
from workshop.storing.one_file import OneFile, hold


def backup(file: Path = typer.Argument(help="Where to write the copy; a file that is not there yet.")) -> None:
    """Copy all data into one file, also while the server runs."""
    folder = _folder()
    try:
        size = copies.take(folder, file)
    except NoCopy as fault:
        raise fails(fault) from None
    typer.echo(f"All data is in {file}, whole and checked ({size:,} bytes). Whoever has the file can read it.")


def restore(
    file: Path = typer.Argument(help="A file that waggle backup wrote."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
) -> None:
    """Put a copy in the place of the data, while no server runs; what was there is kept beside it."""
    folder = _folder()
    try:
        copies.must_be_whole(file)
        with hold(folder):
            if (folder / copies.DATA).exists() and not yes:
                typer.confirm(f"Put {file} in the place of the data in {folder}?", abort=True)
            before = copies.put_back(file, folder)
        OneFile(folder).close()
    except (NoCopy, NoData) as fault:
        raise fails(fault) from None
    typer.echo(f"The data in {folder} is that of {file} now.")
    if before:
        typer.echo(f"What was there before is in {before}.")


def upgrade(check: bool = typer.Option(False, "--check", help="Only say what would be done.")) -> None:
    """Bring the data to this program's version, while no server runs; a copy of it is kept. Serving does the same."""
    settings = chosen()
    if settings.store and not check:
        raise fails("A server brings the database up when it starts. End those of the version before; pg_dump first.")
    try:
        store = storing.opened(settings, holds=False)
        with store.reading() as reading:
            found = versions.ahead(reading, store.place)
        store.close()
        if not found.steps:
            typer.echo(
                f"The data in {store.place} is of version {found.program}, as this Waggle. Nothing has to be done."
            )
            return
        if settings.store:
            _say_of_several(found)
            return
        folder = settings.data
        steps = ", ".join(found.steps)
        if check:
            typer.echo(f"The data is of version {found.data}, this Waggle’s is {found.program}. To be done: {steps}.")
            typer.echo("It is done when the server starts, or by: waggle upgrade. The data is copied first.")
            return
        OneFile(folder).close()
    except NoData as fault:
        raise fails(fault) from None
    typer.echo(f"The data in {folder} is of version {found.program} now. A copy from before is beside it.")


def _say_of_several(found: versions.Ahead) -> None:
    before, steps = found.data or "none yet", ", ".join(found.steps)
    typer.echo(f"The data is of version {before}, this Waggle’s is {found.program}. To be done: {steps}.")
    typer.echo("The first server of this version does it when it starts. End those of the version before first.")
    typer.echo("No copy is made of a database: pg_dump it.")


def _folder() -> Path:
    """The folder the data is in; ends the command where it is in a database, which has tools of its own."""
    settings = chosen()
    if settings.store:
        raise fails(
            "The data is in the database that WAGGLE_STORE names. Copy it with pg_dump, also while people write, and "
            "put it back with pg_restore while no process runs. A server brings it to its version when it starts."
        )
    return settings.data
