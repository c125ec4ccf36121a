"""No edit goes over somebody else's words: it says what it started from, and a clash returns both."""

from typing import Any

import msgspec

from sessions.rules.refusal import Refused


def same_as_before(was: str | None, now: str, yours: str) -> None:
    """Refuse an edit that started from other words than there are by now; ``was`` is None where it does not say."""
    if was is not None and was != now:
        raise _clash(now, yours)


def same_value_as_before(was: Any, now: Any, yours: Any) -> None:
    """The same for one field of a card, where None is an empty field and UNSET is an edit that does not say."""
    if was is not msgspec.UNSET and _plain(was) != _plain(now):
        raise _clash(now, yours)


def _clash(now: Any, yours: Any) -> Refused:
    return Refused(
        "changed_meanwhile",
        "Somebody changed this meanwhile. It now says “{now}”; you wrote “{yours}”.",
        {"now": _said(now), "yours": _said(yours)},
        theirs=now,
        yours=yours,
    )


def _said(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(_plain(value))


def _plain(value: Any) -> Any:
    return "" if value is None else value
