"""A check-up: ``waggle doctor`` looks at settings, data, disk, clock, port, address and proxy, and says what to do."""

import typer

from web.commands.server import Server, chosen
from workshop.operating.check_up import looks


def doctor() -> None:
    """Look at everything a server needs, also while it runs; says what to do, and fails where something is wrong."""
    settings = chosen()
    wrong = 0
    for seen in looks(settings, Server(settings).key):
        typer.echo(f"{'ok   ' if seen.fine else 'wrong'}  {seen.say}")
        if not seen.fine:
            wrong += 1
            typer.echo(f"       → {seen.do}")
    typer.echo("\nAll is well." if not wrong else f"\nThings to mend: {wrong}.")
    if wrong:
        raise typer.Exit(1)
