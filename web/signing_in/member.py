"""A member of the organisation, as its own directory calls them: what they open and join is filled in from there.

Who joins by a link needs none of it, and nothing of it is kept but in the browser's own cookie.
"""

from dataclasses import dataclass
from typing import Any

from starlette.requests import HTTPConnection

from sessions.record.teams import Team
from sessions.rules import text
from sessions.rules.refusal import Refused
from web import access

#: Groups of one person that are looked at.
MOST_TEAMS = 50


@dataclass(frozen=True)
class Member:
    """What a directory says of one person."""

    name: str
    teams: tuple[str, ...] = ()

    def team_among(self, listed: list[Team]) -> str:
        """The id of the first team of a room that is called like one of theirs, or nothing."""
        theirs = {text.alike(team) for team in self.teams}
        return next((team.id for team in listed if text.alike(team.name) in theirs), "")


def signed_in(request: HTTPConnection) -> Member | None:
    """Who is signed in; none where nobody is, or this server knows no signing in."""
    settings = access.settings(request)
    if settings.sign_in == "header":
        names, teams = settings.sign_in_headers()
        return member(_said(request, names), _said(request, teams).split(",") if teams else [])
    found = request.session.get("member") if settings.sign_in else None
    return member(found["name"], found["teams"]) if found else None


def at_a_provider(request: HTTPConnection) -> bool:
    """Whether one signs in and out here, and not by a proxy in front."""
    return access.settings(request).sign_in not in ("", "header")


def member(name: Any, teams: Any) -> Member | None:
    """Somebody of this name; none where a directory says nothing that could be one."""
    called = _line(name)
    listed = teams if isinstance(teams, list) else [teams]
    return Member(called, tuple(filter(None, map(_line, listed[:MOST_TEAMS])))) if called else None


def name_of(request: HTTPConnection) -> str:
    """What whoever is signed in is called, or nothing."""
    found = signed_in(request)
    return found.name if found else ""


def _said(request: HTTPConnection, header: str) -> str:
    """What a header says; most proxies send UTF-8, whatever headers are made of."""
    said = request.headers.get(header, "")
    try:
        return said.encode("latin-1").decode()
    except UnicodeError:
        return said


def _line(said: Any) -> str:
    try:
        return text.optional(said[: text.NAME], text.NAME).replace("\n", " ") if isinstance(said, str) else ""
    except Refused:
        return ""
