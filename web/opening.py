"""Who may open rooms here: everyone, those with a word, those who sign in, or nobody but the command line."""

import secrets

from starlette.requests import HTTPConnection

from web import access
from web.budgets import budgets
from web.faults import Fault
from web.signing_in.member import signed_in


def must_be_allowed(request: HTTPConnection, word: str = "") -> None:
    """Refuse whoever may not open a room; a wrong word is a wrong guess. Counts the room otherwise.

    Whoever runs the server opens as many as they like, with its command line.
    """
    if access.is_local_command(request):
        return
    _must_be_let_in(request, word)
    budgets(request).spend(request, "open")


def asks(request: HTTPConnection) -> str:
    """What the start page has to say of it: ``everyone``, ``word``, ``signed-in`` or ``nobody``."""
    return access.settings(request).open_to


def may(request: HTTPConnection) -> bool:
    """Whether the start page offers to open a room, with the word or without one."""
    open_to = access.settings(request).open_to
    return open_to in ("everyone", "word") or (open_to == "signed-in" and signed_in(request) is not None)


def _must_be_let_in(request: HTTPConnection, word: str) -> None:
    settings = access.settings(request)
    if settings.open_to == "nobody":
        raise Fault(403, "closed", "On this server, sessions are opened by whoever runs it. Ask them for a link.")
    if settings.open_to == "signed-in" and signed_in(request) is None:
        raise Fault(403, "not_signed_in", "Opening a session here takes signing in. Do that on the start page.")
    if settings.open_to == "word":
        if not budgets(request).may_guess(request):
            raise access.too_many_guesses()
        if not secrets.compare_digest(word.strip().encode(), settings.word.encode()):
            budgets(request).guessed_wrong(request)
            raise Fault(403, "wrong_word", "Opening a session here takes the word of this server. Ask whoever runs it.")
