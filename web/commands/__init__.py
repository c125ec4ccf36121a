"""The command line, a file a subject: serving, trying, rooms and their keys, all data, a check-up."""

import typer

from web.commands import check_up, keeping, rooms, serving, trying
from web.commands.server import chosen
from web.commands.serving import config, printable
from workshop import VERSION

#: Rooms of before may have an id that looks like an option.
_ANY_NAME = {"ignore_unknown_options": True}

main = typer.Typer(no_args_is_help=True, add_completion=False)
room = typer.Typer(no_args_is_help=True, help="One room: named by its id, the code of a session in it, or its name.")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"Waggle {VERSION}")
        raise typer.Exit


@main.callback()
def waggle(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Say it.")) -> None:
    """Waggle: live alignment workshops."""


@main.command()
def serve(quiet: bool = typer.Option(False, help="Do not print addresses and the QR code.")) -> None:
    """Serve on WAGGLE_HOST and WAGGLE_PORT, with the data in WAGGLE_DATA."""
    serving.run(chosen(), quiet)


main.command()(trying.demo)
main.command(name="formats")(trying.list_formats)
main.command(name="open")(trying.open_session)
main.command()(trying.rehearse)
main.command(name="rooms")(rooms.show)
main.add_typer(room, name="room")
for act in (rooms.delete, rooms.export, rooms.close):
    room.command(context_settings=_ANY_NAME)(act)
main.command(context_settings=_ANY_NAME)(rooms.key)
main.command()(keeping.backup)
main.command()(keeping.restore)
main.command()(keeping.upgrade)
main.command()(check_up.doctor)
main.command()(check_up.page)

__all__ = ["config", "main", "printable"]
