"""Every way to run a session, one format a file."""

from sessions.formats.confidence_vote import CONFIDENCE_VOTE
from sessions.formats.format import Format
from sessions.formats.gallery_walk import GALLERY_WALK
from sessions.formats.ideas_and_dots import IDEAS_AND_DOTS
from sessions.formats.leadership_draft import LEADERSHIP_DRAFT
from sessions.formats.team_draft import TEAM_DRAFT

ALL: dict[str, Format] = {
    f.key: f for f in (LEADERSHIP_DRAFT, TEAM_DRAFT, GALLERY_WALK, CONFIDENCE_VOTE, IDEAS_AND_DOTS)
}

__all__ = ["ALL", "Format"]
