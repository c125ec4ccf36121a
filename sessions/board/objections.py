"""Objections: somebody says, unsigned, that two things are not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sessions.board.walls import key_of, on_the_wall
from sessions.room import Command, Turn
from sessions.rules.event import BoardEvent, Event
from sessions.rules.ids import Id

if TYPE_CHECKING:
    from sessions.board.board import Board


class Objected(BoardEvent, frozen=True, tag="objected"):
    """Somebody says, unsigned, that an item is wrong as it stands, or takes that back."""

    unsigned: ClassVar[bool] = True
    item: str
    pen: str
    on: bool = True

    def evolve(self, board: Board) -> None:
        thing = board.clusters.get(self.item) or board.notes[self.item]
        (thing.objections.add if self.on else thing.objections.discard)(self.pen)
        board.touch(key_of(board, self.item))
        board.touched_pens.add(self.pen)


class Object(Command, frozen=True, tag="object"):
    """Say, unsigned, that an item is not the same thing; saying it again takes it back."""

    who = "participants"
    item: Id
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        thing = on_the_wall(turn, self.item)
        pen = turn.pen("objections")
        return [] if (pen in thing.objections) == self.on else [Objected(item=thing.id, pen=pen, on=self.on)]
