"""What a command leads to: facts, or a refusal. The only way into a room's rules."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from sessions import activities, formats, found
from sessions.activities import ALL
from sessions.record.cycles import must_be_written
from sessions.room import Asked, By, Command, Keeping, RecordCommand, Room, Run, Session, Turn
from sessions.rules.event import Event, SignedEvent
from sessions.rules.problem import Problem
from sessions.rules.refusal import Refused

#: Each command by the name it has on the wire.
COMMANDS: dict[str, type[Asked]] = found.tagged(Asked)


def look_again() -> None:
    """Activities, formats and commands that were brought from outside since are there from here on."""
    activities.find()
    formats.find()
    COMMANDS.update(found.tagged(Asked))


def decide_record(room: Room, command: Asked, by: By, key: bool, team: str = "") -> list[Event]:
    """The events that follow from a command to the record; ``key``: whoever acts holds the room's key."""
    if not isinstance(command, RecordCommand):
        raise Refused("not_now", "That belongs into a session.")
    turn = Keeping(room, by, key, team)
    with _keeping_words(command):
        turn.must_be_one_of(command.who)
        if not command.even_read_only:
            must_be_written(room.record)
        return _signed(command.decide(turn), by)


def ring(room: Room, session: Session, by: By) -> list[Event]:
    """What follows when the time has come at which a phase moves on inside itself."""
    if session.phase is None:
        return []
    return _signed(ALL[session.phase.activity].ring(Turn(room, session, by, ALL)), by, session.code)


def problem(room: Room, session: str, command: Asked, by: By) -> Problem | None:
    """What has to be worked out apart before this command is decided; nothing for one that is refused anyway."""
    found = room.sessions.get(session)
    if not isinstance(command, Command) or found is None or by.person not in found.roles:
        return None
    try:
        turn = Turn(room, found, by, ALL)
        turn.must_be_one_of(command.who)
        return command.problem(turn)
    except Refused:
        return None


def rehearsed(room: Room, session: Session) -> list[Event]:
    """What a rehearsal of a session begins with besides, as the activities of its plan say."""
    names = dict.fromkeys(phase.activity for phase in session.plan.values())
    return [event for name in names if name in ALL for event in ALL[name].rehearsed(room, session)]


def arrived(room: Room, session: Session, by: By) -> list[Event]:
    """What follows from somebody's coming in: a place in what goes on already."""
    turn = Turn(room, session, by, ALL)
    return [event for activity in turn.planned() for event in activity.arrived(turn, by.person)]


def decide(room: Room, session: str, command: Asked, by: By) -> list[Event]:
    """The events that follow from ``command`` sent by ``by``; raises ``Refused``. Changes nothing."""
    with _keeping_words(command):
        if not isinstance(command, Command):
            raise Refused("not_now", "That belongs to the record, outside a session.")
        return _decide(room, session, command, by)


def _decide(room: Room, session: str, command: Command, by: By) -> list[Event]:
    found = room.sessions.get(session)
    if found is None or by.person not in found.roles:
        raise Refused("not_here", "You are not part of this session. Join it with its code.")
    if by.entry and room.whole(by.entry) != by.person:
        raise Refused("not_here", "Your entry is not what it was. Open the page again.")
    if found.took_back(by.hand):
        raise Refused("not_here", "This link was taken back. Ask your facilitator for another one.")
    if found.state == "closed" and not command.even_closed:
        raise Refused("session_closed", "This session is over. What came out of it can still be read.")
    if not command.even_closed:
        must_be_written(room.record)
    if found.stopped and not found.is_facilitator(by.person) and not command.even_stopped:
        raise Refused("stopped", "Your facilitator has stopped input for now. Your words are still here.")
    turn = Turn(room, found, by, ALL, written_for=_late(found, command))
    if not command.anytime:
        _must_fit(turn, command)
    turn.must_be_one_of(command.who)
    events = command.decide(turn)
    return [*turn.pens_taken, *_signed(events, by, session)]


def _signed(events: list[Event], by: By, session: str = "") -> list[Event]:
    """Changes of the record with whose they are, and from when and where, unless they say so already."""
    sign = {"by": by.person, "at": by.at, "session": session}
    return [
        msgspec.structs.replace(event, **sign) if isinstance(event, SignedEvent) and not event.at else event
        for event in events
    ]


def _late(session: Session, command: Command) -> Run | None:
    """The past run a command was made for, if what it asks for can still be filed there."""
    present = session.run.id if session.run else "lobby"
    if not command.phase or command.phase == present or command.knows_its_phase:
        return None
    if command.anytime and not command.files_late:
        return None
    run = session.past_run(command.phase)
    if run and isinstance(command, ALL[session.plan[run.phase].activity].files_late):
        return run
    raise Refused("phase_over", "The session has moved on, so this was not counted.")


def _must_fit(turn: Turn, command: Command) -> None:
    if turn.session.run is None:
        raise Refused("not_begun", "The session has not begun yet.")
    if not isinstance(command, turn.activity.takes):
        raise Refused("not_now", "That is not part of this step, “{step}”.", {"step": turn.phase.name})


@contextmanager
def _keeping_words(command: Asked) -> Iterator[None]:
    """What somebody typed goes back to them with whatever refusal."""
    try:
        yield
    except Refused as refusal:
        typed = msgspec.structs.asdict(command)
        words = next((typed[n] for n in _TYPED if isinstance(typed.get(n), str) and typed[n]), "")
        if words and not {"text", "yours"} & set(refusal.more):
            refusal.more["text"] = words
        raise


#: Fields that hold what somebody typed.
_TYPED = ("text", "value", "title", "reason", "name", "why")
