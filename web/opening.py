"""Who may open rooms here: everyone, those with a word, or nobody but the command line."""

import secrets

from starlette.requests import HTTPConnection

from web import access
from web.budgets import budgets
from web.faults import Fault


def must_be_allowed(request: HTTPConnection, word: str = "") -> None:
    """Refuse whoever may not open a room; a wrong word is a wrong guess. Counts the room otherwise."""
    if not access.is_local_command(request):
        _must_be_let_in(request, word)
    budgets(request).spend(request, "open")


def asks(request: HTTPConnection) -> str:
    """What the start page has to say of it: ``everyone``, ``word`` or ``nobody``."""
    return access.settings(request).open_to


def _must_be_let_in(request: HTTPConnection, word: str) -> None:
    settings = access.settings(request)
    if settings.open_to == "nobody":
        raise Fault(403, "closed", "On this server, sessions are opened by whoever runs it. Ask them for a link.")
    if settings.open_to == "word":
        if not budgets(request).may_guess(request):
            raise access.too_many_guesses()
        if not secrets.compare_digest(word.strip().encode(), settings.word.encode()):
            budgets(request).guessed_wrong(request)
            raise Fault(403, "wrong_word", "Opening a session here takes the word of this server. Ask whoever runs it.")
