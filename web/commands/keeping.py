"""All data at once: ``waggle backup``, ``waggle restore``, ``waggle upgrade``."""

from pathlib import Path

import typer

from web.commands.server import chosen, fails
from workshop.operating import copies, versions
from workshop.operating.copies import NoCopy
from workshop.operating.versions import DataTooNew
from workshop.store import DataInUse, Store, hold


def backup(file: Path = typer.Argument(help="Where to write the copy; a file that is not there yet.")) -> None:
    """Copy all data into one file, also while the server runs."""
    try:
        size = copies.take(chosen().data, file)
    except NoCopy as fault:
        raise fails(fault) from None
    typer.echo(f"All data is in {file}, whole and checked ({size:,} bytes). Whoever has the file can read it.")


def restore(
    file: Path = typer.Argument(help="A file that waggle backup wrote."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
) -> None:
    """Put a copy in the place of the data, while no server runs; what was there is kept beside it."""
    folder = chosen().data
    try:
        copies.must_be_whole(file)
        with hold(folder):
            if (folder / copies.DATA).exists() and not yes:
                typer.confirm(f"Put {file} in the place of the data in {folder}?", abort=True)
            before = copies.put_back(file, folder)
        Store(folder).close()
    except (NoCopy, DataInUse, DataTooNew) as fault:
        raise fails(fault) from None
    typer.echo(f"The data in {folder} is that of {file} now.")
    if before:
        typer.echo(f"What was there before is in {before}.")


def upgrade(check: bool = typer.Option(False, "--check", help="Only say what would be done.")) -> None:
    """Bring the data to this program's version, while no server runs; a copy of it is kept. Serving does the same."""
    folder = chosen().data
    if not (folder / copies.DATA).exists():
        raise fails(f"There is no data in {folder}. Set WAGGLE_DATA as for the server.")
    try:
        store = Store(folder, holds=False)
        with store.reading() as reading:
            found = versions.ahead(reading, folder)
        store.close()
        if not found.steps:
            typer.echo(f"The data in {folder} is of version {found.program}, as this Waggle. Nothing has to be done.")
            return
        steps = ", ".join(found.steps)
        if check:
            typer.echo(f"The data is of version {found.data}, this Waggle’s is {found.program}. To be done: {steps}.")
            typer.echo("It is done when the server starts, or by: waggle upgrade. The data is copied first.")
            return
        Store(folder).close()
    except (DataInUse, DataTooNew) as fault:
        raise fails(fault) from None
    typer.echo(f"The data in {folder} is of version {found.program} now. A copy from before is beside it.")
