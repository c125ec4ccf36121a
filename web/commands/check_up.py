"""A check-up: ``waggle doctor`` looks at settings, data, disk, clock, port, address and proxy, and says what to do."""

import typer

from web.commands.server import NotServed, Said, Server, chosen, fails
from workshop.operating.check_up import looks


def page(take_back: bool = typer.Option(False, "--take-back", help="No link opens it any more.")) -> None:
    """A link to the page of this server: how it stands, its rooms from outside, a check-up. For whoever runs it."""
    settings = chosen()
    try:
        if take_back:
            Server(settings).ask("/api/local/page/taken-back", {})
            typer.echo("No link opens the page of this server any more.")
            return
        key = Server(settings).ask("/api/local/page", {})["key"]
    except Said as said:
        raise fails(said) from None
    except NotServed:
        raise fails("No server answers here. Start it first: waggle serve") from None
    base = settings.url.rstrip("/") or f"http://localhost:{settings.port}"
    typer.echo(f"The page of this server, for whoever runs it:\n  {base}/server#key={key}")


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
