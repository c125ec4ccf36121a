"""What stands on a wall: found by id, and by two at least that belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.room import Turn
from sessions.rules.refusal import Refused

if TYPE_CHECKING:
    from sessions.board.board import Board
    from sessions.board.groups.group import Cluster
    from sessions.board.notes.note import Note


def on_the_wall(turn: Turn, id: str) -> Note | Cluster:
    """The item with this id, as everybody sees it."""
    thing = turn.board.item(id)
    if thing is None:
        raise Refused("no_such_item", "That is no longer on the wall.")
    return thing


def distinct(turn: Turn, ids: list[str]) -> list[Note | Cluster]:
    """The items with these ids, each once; refused where they are fewer than two, or of several walls."""
    things: dict[str, Note | Cluster] = {}
    for id in ids[:200]:
        thing = on_the_wall(turn, id)
        things[thing.id] = thing
    if len(things) < 2:
        raise Refused("need_two", "Choose at least two to put together.")
    if len({thing.pile for thing in things.values()}) > 1:
        raise Refused("need_two", "These do not stand on the same wall.")
    return list(things.values())


def key_of(board: Board, item: str) -> str:
    """Under which key an item is told."""
    return ("cluster:" if item in board.clusters else "note:") + item
