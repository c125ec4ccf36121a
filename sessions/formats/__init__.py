"""Every way to run a session, one format a file."""

from sessions.formats.format import Format
from sessions.formats.ideas_and_dots import IDEAS_AND_DOTS
from sessions.formats.leadership_draft import LEADERSHIP_DRAFT

ALL: dict[str, Format] = {f.key: f for f in (LEADERSHIP_DRAFT, IDEAS_AND_DOTS)}

__all__ = ["ALL", "Format"]
