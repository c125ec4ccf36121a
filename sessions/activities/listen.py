"""Hearing every idea once: one item at a time stands before everybody."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from sessions.activities.activity import NOTHING_WRITTEN, Activity, Main, Pens
from sessions.activities.playing import Chance, Plays, Seen
from sessions.board.walls import on_the_wall
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.part import Part
from sessions.room.setting import Settings, wall, words
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused


@dataclass(slots=True)
class Heard(Part):
    """In one run: the item that was raised last, those that were heard, and who (by pen) asks what one means."""

    item: str = ""
    heard: list[str] | None = None
    asked: dict[str, list[str]] = field(default_factory=dict)


class ItemRaised(SessionEvent, frozen=True, tag="item_raised"):
    """An item stands before everybody; ``before`` is the one that stood there until now."""

    run: str
    item: str
    before: str = ""

    def evolve(self, session: Session) -> None:
        kept = session.run_of(self.run).part(Heard)
        kept.item = self.item
        if kept.heard is None:
            kept.heard = [self.before] if self.before else []
        if self.item not in kept.heard:
            kept.heard.append(self.item)
        session.touch("step")


class MeaningAsked(SessionEvent, frozen=True, tag="meaning_asked"):
    """Somebody, unsigned, asks what an item means, or takes the question back."""

    unsigned: ClassVar[bool] = True
    run: str
    item: str
    pen: str
    on: bool

    def evolve(self, session: Session) -> None:
        asked = session.run_of(self.run).part(Heard).asked.setdefault(self.item, [])
        if self.on and self.pen not in asked:
            asked.append(self.pen)
        if not self.on and self.pen in asked:
            asked.remove(self.pen)
        session.touch("step")
        session.board.touched_pens.add(self.pen)


class ShowItem(Command, frozen=True, tag="show_item"):
    """Put one item before everybody; for facilitators."""

    who = "facilitators"
    item: Id

    def decide(self, turn: Turn) -> list[Event]:
        before = _standing(turn.session, turn.wall)
        return [ItemRaised(run=turn.run.id, item=on_the_wall(turn, self.item).id, before=before)]


class NextItem(Command, frozen=True, tag="next_item"):
    """Put the next item before everybody that was not heard yet. ``after`` is the one it follows."""

    who = "facilitators"
    after: Id | None = None

    def decide(self, turn: Turn) -> list[Event]:
        now = _standing(turn.session, turn.wall)
        if self.after is not None and self.after != now:
            return []
        unheard = _unheard(turn.session, turn.wall)
        if not unheard:
            raise Refused("all_heard", "Every idea has been heard.")
        return [ItemRaised(run=turn.run.id, item=unheard[0], before=now)]


class AskMeaning(Command, frozen=True, tag="ask_meaning"):
    """Ask, unsigned, what an item means."""

    who = "participants"
    item: Id
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        item = on_the_wall(turn, self.item).id
        return [MeaningAsked(run=turn.run.id, item=item, pen=turn.pen("questions"), on=self.on)]


class ListenSettings(Settings, frozen=True):
    """The wall that is heard, and the button that goes on."""

    pile: Annotated[str, wall("Wall that is read out")] = "ideas"
    next: Annotated[str, words("Button for the next one")] = "Next idea"


class ListenStep(Shown, frozen=True):
    """What stands before everybody, how many ask what it means, and how many of all were heard."""

    pile: str
    item: str
    asked: int
    heard: int
    of: int


class ListenMine(Shown, frozen=True):
    """Of what one has asked what it means."""

    asked: list[str]


class Listen(Activity):
    """Items of ``pile``, read out by one voice so that none gives its author away."""

    name = "listen"
    called = "Hear each one"
    does = "One thing at a time stands before everybody"
    watches = frozenset({"pile", "note", "cluster"})
    takes = (ShowItem, NextItem, AskMeaning)
    settings = ListenSettings

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {f"wall:{self.wall(phase)}": NOTHING_WRITTEN}

    def wall(self, phase: PhasePlan) -> str:
        return ListenSettings.of(phase).pile

    def main(self, room: Room, session: Session) -> Main | None:
        phase, run = session.phase, session.run
        if phase is None or run is None or not _unheard(session, self.wall(phase)):
            return None
        return Main(ListenSettings.of(phase).next, "next_item", {"after": _standing(session, self.wall(phase))})

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        return True

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step.get("item") and chance.random() < 0.2:
            yield "ask_meaning", {"item": seen.step["item"]}

    def everyone(self, room: Room, session: Session) -> ListenStep:
        phase, run = session.phase, session.run
        assert phase is not None
        assert run is not None
        pile = self.wall(phase)
        item = _standing(session, pile)
        total = sum(1 for _ in session.board.items(pile))
        return ListenStep(
            pile=pile,
            item=item,
            asked=len(run.part(Heard).asked.get(item, [])),
            heard=total - len(_unheard(session, pile)),
            of=total,
        )

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> ListenMine:
        run = session.run
        wrote = set(pens("questions"))
        asked = run.part(Heard).asked if run else {}
        return ListenMine(asked=[item for item, who in asked.items() if wrote & set(who)])


def _standing(session: Session, pile: str) -> str:
    """The item that stands before everybody: what was raised, or else the first."""
    raised = session.board.item(session.run.part(Heard).item) if session.run else None
    first = raised or next(session.board.items(pile), None)
    return first.id if first else ""


def _unheard(session: Session, pile: str) -> list[str]:
    kept = session.run.part(Heard).heard if session.run else []
    heard = [_standing(session, pile)] if kept is None else kept
    return [thing.id for thing in session.board.items(pile) if thing.id not in heard]
