"""What goes when somebody wants it gone: a session, a person's words and name; as changes to the room's stream."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec

from sessions.board.groups.group import ItemTitled, Merged
from sessions.board.notes.note import NoteAdded, NoteEdited
from sessions.evolve import evolve, new_room
from sessions.record.files.importing import Imported
from sessions.record.record import Record
from sessions.room import Room
from sessions.rules.event import Event, RoomEvent, SignedEvent
from sessions.rules.refusal import Refused
from sessions.running.opening import SessionOpened
from sessions.running.people import PersonCame, RoleGiven

#: What stands where somebody had their words and their name removed.
REMOVED, NOBODY = "Removed by its writer.", "Somebody"

#: One stored event: its number, its session (none for the record), and the fact.
Stored = tuple[int, str, Event]


@dataclass
class Changes:
    """Numbers of events that go, and what others say from now on."""

    gone: list[int] = field(default_factory=list)
    now: dict[int, Event] = field(default_factory=dict)


#: What is made of a stream.
Rewriting = Callable[[list[Stored]], Changes]


def without_session(stored: list[Stored], code: str) -> Changes:
    """A room's stream without one of its sessions: what was published belongs to the record and stays."""
    room = _replayed(stored, new_room("room"))
    drafts = {o.id for o in room.record.objectives.values() if o.session == code and o.status == "draft"}
    drafts |= {r.id for r in room.record.results.values() if r.objective in drafts}
    strangers = _only_in(stored, code, room.record)
    changes = Changes()
    for number, session, event in stored:
        if session == code or _belongs_to(event, code, drafts, room.record):
            changes.gone.append(number)
        elif isinstance(event, PersonCame) and event.person in strangers:
            changes.now[number] = msgspec.structs.replace(event, name=NOBODY, team="")
        elif getattr(event, "session", "") == code:
            changes.now[number] = msgspec.structs.replace(event, **{"session": ""})
    _must_still_read(stored, changes)
    return changes


def without_person(stored: list[Stored], person: str, pens: set[str]) -> Changes:
    """A room's stream without somebody's name and words; their votes stay counted."""
    changes = Changes()
    notes = {event.note for _, _, event in stored if isinstance(event, NoteAdded) and event.pen in pens}
    texts = {e.text for _, _, e in stored if isinstance(e, (NoteAdded, NoteEdited)) and e.note in notes}
    for number, _, event in stored:
        changed = _without_words(event, person, pens, notes, texts)
        if changed is not event:
            changes.now[number] = changed
    _must_still_read(stored, changes)
    return changes


def _without_words(event: Event, person: str, pens: set[str], notes: set[str], texts: set[str]) -> Event:
    replace = msgspec.structs.replace
    match event:
        case PersonCame() if event.person == person:
            return replace(event, name=NOBODY, team="")
        case NoteAdded() | NoteEdited() if event.note in notes:
            return replace(event, text=REMOVED, baseline="", target="")
        case Merged() | ItemTitled() if event.title in texts:
            return replace(event, title=REMOVED)
        case Imported() if any(row.id == person for row in event.leaders):
            leaders = [replace(row, name=NOBODY) if row.id == person else row for row in event.leaders]
            return replace(event, leaders=leaders)
    own = getattr(event, "pen", "") in pens or getattr(event, "by", "") == person
    return replace(event, **dict.fromkeys(event.own_words, REMOVED)) if own and event.own_words else event


def _belongs_to(event: Event, code: str, drafts: set[str], record: Record) -> bool:
    """Whether a fact of the record is about this session alone."""
    if isinstance(event, SessionOpened):
        return event.code == code
    about = {getattr(event, name, "") for name in ("objective", "result", "on", "item")} - {""}
    if about & drafts:
        return True
    if getattr(event, "session", "") != code or isinstance(event, SignedEvent):
        return False
    return isinstance(event, RoomEvent) or not any(record.objective_of(line) for line in about)


def _only_in(stored: list[Stored], code: str, record: Record) -> set[str]:
    """People whom nothing but this session knows."""
    came: dict[str, set[str]] = {}
    for _, session, event in stored:
        if isinstance(event, RoleGiven):
            came.setdefault(event.person, set()).add(session)
    known = {*record.leaders, *record.carriers(), record.sponsor}
    return {person for person, where in came.items() if where == {code} and person not in known}


def _must_still_read(stored: list[Stored], changes: Changes) -> None:
    """Refuse what would leave a stream that cannot be read any more; nothing has been changed then."""
    gone = set(changes.gone)
    left = [(n, s, changes.now.get(n, event)) for n, s, event in stored if n not in gone]
    # Whatever a fact trips over for want of another: the stream would never be read again.
    try:
        _replayed(left, new_room("room"))
    except Exception as fault:
        raise Refused(
            "tied_in", "This session is tied into the record of its room. Delete the whole room instead."
        ) from fault


def _replayed(stored: Iterable[Stored], room: Room) -> Room:
    for _, session, event in stored:
        evolve(room, session, event)
    return room


def matches(typed: str, name: str) -> bool:
    """Whether somebody has typed the name of what they want to delete."""
    return " ".join(typed.split()).casefold() == " ".join(name.split()).casefold() != ""
