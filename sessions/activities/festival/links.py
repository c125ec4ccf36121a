"""Call links: any https address a stage and the main room, tried by a facilitator before an online festival opens."""

from typing import ClassVar, Literal

from sessions.activities.festival.programme import Festival, Frame, festival
from sessions.room import Command, Session, Turn
from sessions.rules import text
from sessions.rules.addresses import completed, is_link
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords

#: What the main room's link is tried as.
MAIN = "main"


class LinkSet(SessionEvent, frozen=True, tag="link_set"):
    """A stage has this call link; a new one has not been tried."""

    stage: str
    link: str

    def evolve(self, session: Session) -> None:
        stage = festival(session).stages[self.stage]
        stage.link, stage.tried = self.link, ""
        session.touch("stage", "line_up", "step")


class LinkTried(SessionEvent, frozen=True, tag="link_tried"):
    """A facilitator has opened a call link: it ``works``, or ``fails``."""

    stage: str
    tried: str

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        if self.stage == MAIN:
            kept.main_tried = f"{self.tried} {session.prepared.get('call_link', '')}"
        else:
            kept.stages[self.stage].tried = self.tried
        session.touch("stage", "line_up", "step")


class LinksTrying(SessionEvent, frozen=True, tag="links_trying"):
    """The facilitators' pages show every link to be tried."""

    on: bool

    def evolve(self, session: Session) -> None:
        festival(session).trying = self.on
        session.touch("line_up", "step")


class SetLink(Command, frozen=True, tag="set_link"):
    """Give a stage its call link, or take it away."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    stage: str
    link: LineWords

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        if self.stage not in kept.stages:
            raise Refused("no_such_place", "There is no such stage.", text=self.link)
        link = completed(text.optional(self.link, text.LINE, "The call link"))
        if link and not is_link(link):
            raise Refused("bad_link", "A call link begins with https:// and has no blanks.", text=self.link)
        if link == kept.stages[self.stage].link:
            return []
        return [LinkSet(stage=self.stage, link=link)]


class TryLinks(Command, frozen=True, tag="try_links"):
    """Show every call link, to be tried one after the other; ``on`` false puts the list away."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        return [] if festival(turn.session).trying == self.on else [LinksTrying(on=self.on)]


class TryLink(Command, frozen=True, tag="try_link"):
    """Say of a stage's call link, or the ``main`` room's, that one has opened it: it works, or fails."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    stage: str
    tried: Literal["works", "fails"]

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        link = main_link(turn.session) if self.stage == MAIN else _link_of(kept, self.stage)
        if not link:
            raise Refused("no_link", "There is no link yet that could be tried.")
        return [LinkTried(stage=self.stage, tried=self.tried)]


def main_link(session: Session) -> str:
    """The call link of the main room."""
    return session.prepared.get("call_link", "")


def main_works(session: Session) -> str:
    """Whether the main room's present link was tried: ``works``, ``fails`` or nothing."""
    tried, _, link = festival(session).main_tried.partition(" ")
    return tried if link == main_link(session) else ""


def wanting(session: Session, frame: Frame) -> int:
    """How many call links are missing or were not found to work."""
    stages = list(festival(session).stages.values())[: frame.stages]
    return sum(stage.tried != "works" for stage in stages) + (main_works(session) != "works")


def must_be_tried(session: Session) -> None:
    """Refuse to open an online festival before every link was tried."""
    kept = festival(session)
    missing = wanting(session, kept.frame) if kept.frame.online else 0
    if missing:
        raise Refused(
            "links_not_tried",
            "{missing} of {all} call links have not been tried, or did not work. Try each of them before the stages "
            "open.",
            {"missing": missing, "all": kept.frame.stages + 1},
        )


def _link_of(kept: Festival, stage: str) -> str:
    return kept.stages[stage].link if stage in kept.stages else ""
