"""Telling: topics take what was stored, one frame goes to every seat, and a slow seat never holds it up."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sessions import views
from sessions.room.kind import ForAll, ForHelm
from sessions.rules.refusal import Refused
from workshop import wire
from workshop.seats import Seat
from workshop.topics import Topic

if TYPE_CHECKING:
    from sessions.room import Session
    from workshop.open_room import OpenRoom, Rendered

#: The longest gap between two frames, and how much longer than the last flush it is, in seconds.
LONGEST_GAP, GAP = 0.1, 3.0
#: Counters move at most this often, in seconds.
COUNTING = 0.25
#: A seat that stays paused this long is let go, in seconds.
PATIENCE = 30.0

#: Under this name the record has its channel beside those of the sessions.
RECORD = ""

#: What somebody looks with: the entry they came as, and their hand.
Look = tuple[str, str]

_COUNTERS = frozenset({"counts", "crew"})


@dataclass(slots=True)
class Channel:
    """What one session's seats follow."""

    session: Topic = field(default_factory=lambda: Topic("session"))
    helm: Topic = field(default_factory=lambda: Topic("helm"))
    places: dict[str, Topic] = field(default_factory=dict)
    #: By person, and what they look with.
    me: dict[str, dict[Look, bytes]] = field(default_factory=dict)
    seats: set[Seat] = field(default_factory=set)
    by_person: dict[str, set[Seat]] = field(default_factory=dict)
    at: dict[str, set[Seat]] = field(default_factory=dict)
    counted: float = 0.0


class Publishing:
    """The topics of a room's sessions, and the seats that follow them."""

    def __init__(self, owner: OpenRoom) -> None:
        self.owner = owner
        self.number = 1
        self.epoch = secrets.token_hex(8)
        self.channels: dict[str, Channel] = {}
        #: When the invitations for a team, or for everybody, were taken back last (monotonic seconds).
        self.uninvited: dict[str, float] = {}
        self.frames = 0
        self._flushed = 0.0
        self._took = 0.0
        self._timer: asyncio.TimerHandle | asyncio.Handle | None = None
        self._counting: asyncio.TimerHandle | None = None

    def knows(self, session: str) -> bool:
        """Whether the session's topics have been filled."""
        return session in self.channels

    def channel(self, session: str) -> Channel:
        """The session's topics, filled from the room when they are first asked for."""
        if session not in self.channels:
            self.channels[session] = self.filled(session)
        return self.channels[session]

    def filled(self, session: str) -> Channel:
        """Topics as they are filled when they are first asked for, by nobody yet."""
        found = _channel(session)
        self._fill(session, found)
        return found

    def seats(self) -> int:
        """How many sockets are open."""
        return sum(len(channel.seats) for channel in self.channels.values())

    # What was stored

    def take(self, rendered: Rendered) -> None:
        """Put what was stored into the topics, tell people what is theirs, and flush soon."""
        for code, entities in rendered.entities.items():
            channel = self.channels.get(code)
            if channel is None:
                channel = self.channels[code] = _channel(code)
            for key, body in entities.items():
                channel.session.put(key, body)
            for key, body in rendered.helm[code].items():
                channel.helm.put(key, body)
            for place, shown in rendered.places.get(code, {}).items():
                topic = channel.places.setdefault(place, Topic("place:" + place))
                for key, body in shown.items():
                    topic.put(key, body)
            channel.me.update(rendered.people[code])
            for person, seen in rendered.people[code].items():
                self._tell_me(channel, person, seen)
            if code in rendered.roles:
                self._check_rights(code, channel)
            if code in rendered.moved:
                self._place_everybody(code, channel)
        if rendered.roles and RECORD in self.channels:
            self._see_off(self.channels[RECORD])
        self._flush_soon()

    def begin_again(self) -> None:
        """After a void: a new epoch, and everybody is told everything from the log."""
        self.epoch = secrets.token_hex(8)
        self.number += 1
        for code in list(self.channels):
            channel = self.channels[code]
            if code != RECORD and code not in self.owner.room.sessions:
                for seat in list(channel.seats):
                    seat.dismiss("gone", "This session could not be stored. Open it again.")
                del self.channels[code]
                continue
            fresh = _channel(code)
            channel.session, channel.helm, channel.places = fresh.session, fresh.helm, {}
            channel.at.clear()
            channel.me.clear()
            self._fill(code, channel)
            self._see_off(channel)
            for seat in channel.seats:
                if seat.ready:
                    self.welcome(seat, 0, "")

    # Seats

    def welcome(self, seat: Seat, since: int, epoch: str) -> None:
        """Say who the seat is and where things stand; then it hears what everybody hears."""
        channel = self.channel(seat.session)
        first = seat not in channel.seats
        channel.seats.add(seat)
        channel.by_person.setdefault(seat.person, set()).add(seat)
        if first and not seat.screen and seat.session != RECORD:
            self.owner.came(seat.session, seat.person)
        seat.topics = self._rights(seat)
        self._take_place(channel, seat)
        if epoch != self.epoch or since > self.number:
            since = 0
        seat.number = self.number
        seat.ready = True
        seat.behind_since, seat.behind_me = 0.0, False
        if seat.port.paused:
            seat.behind_since, seat.owed = time.monotonic(), (since, epoch)
            return
        welcome = {
            "room": self.owner.id,
            "session": seat.session,
            "person": "" if seat.screen else seat.person,
            "roles": self._roles(seat),
            "number": self.number,
            "epoch": self.epoch,
            "now": time.time_ns() // 1_000_000,
        }
        frames = [wire.encode({"welcome": welcome}), channel.session.since(since, self.number)]
        if "helm" in seat.topics:
            frames.append(channel.helm.since(since, self.number))
        if "me" in seat.topics:
            frames.append(self._me_frame(self._me(channel, seat)))
        frames += [self._place(channel, place).full(self.number) for place in sorted(seat.places)]
        seat.tell_all(frames)

    def leave(self, seat: Seat) -> None:
        """The socket is gone."""
        channel = self.channels.get(seat.session)
        if channel is None or seat not in channel.seats:
            return
        seat.ready = False
        channel.seats.discard(seat)
        for place in seat.places:
            channel.at.get(place, set()).discard(seat)
        others = channel.by_person.get(seat.person, set())
        others.discard(seat)
        if not others:
            channel.by_person.pop(seat.person, None)
        if not seat.screen and seat.session != RECORD:
            self.owner.went(seat.session, seat.person)

    def catch_up(self, seat: Seat) -> None:
        """A paused seat reads again: tell it what changed while it did not."""
        if not seat.ready or not seat.behind_since:
            return
        if seat.owed is not None:
            (since, epoch), seat.owed = seat.owed, None
            self.welcome(seat, since, epoch)
            return
        channel = self.channels[seat.session]
        since, seat.number, seat.behind_since = seat.number, self.number, 0.0
        frames = [channel.session.since(since, self.number)]
        if "helm" in seat.topics:
            frames.append(channel.helm.since(since, self.number))
        if "me" in seat.topics and seat.behind_me:
            frames.append(self._me_frame(self._me(channel, seat)))
        seat.behind_me = False
        frames += self._gone(seat.lost)
        seat.lost.clear()
        frames += [self._place(channel, place).full(self.number) for place in sorted(seat.places)]
        seat.tell_all(frames)

    def let_go_of_the_slow(self) -> None:
        """Close seats that have not read for too long; they come back by themselves."""
        limit = time.monotonic() - PATIENCE
        for channel in self.channels.values():
            for seat in [s for s in channel.seats if s.behind_since and s.behind_since < limit]:
                seat.dismiss("too_slow", "Your connection could not keep up. It will be tried again.")

    def looks(self, session: str, person: str) -> set[Look]:
        """What somebody looks with now: always with their own key, and with those that have a seat open."""
        channel, own = self.channels.get(session), (person, "")
        return {own, *(seat.look for seat in channel.by_person.get(person, ()))} if channel else {own}

    def state(self, session: str, person: str, helm: bool, look: Look | None = None) -> bytes:
        """The first paint: number, epoch and the topics a page begins with, as JSON."""
        channel = self.channel(session)
        topics = [channel.session.full(self.number)]
        if helm:
            topics.append(channel.helm.full(self.number))
        if person and session != RECORD:
            topics.append(self._me_frame(self._me_of(channel, session, person, look or (person, ""))))
            place = views.place_of(self.owner.room, self.owner.room.sessions[session], person)
            topics += [self._place(channel, place).full(self.number)] if place else []
        now = time.time_ns() // 1_000_000
        head = b'{"number":%d,"epoch":"%b","now":%d,' % (self.number, self.epoch.encode(), now)
        return head + b'"topics":[' + b",".join(topics) + b"]}"

    # Flushing

    def tell_now(self) -> None:
        """Tell what waits to be told together, counts included, without waiting any longer."""
        for channel in self.channels.values():
            channel.counted = 0.0
        if self._timer is not None:
            self._timer.cancel()
        self._flush()

    def _flush_soon(self) -> None:
        if self._timer is not None:
            return
        gap = min(LONGEST_GAP, GAP * self._took)
        wait = self._flushed + gap - time.monotonic()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(wait, self._flush) if wait > 0 else loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._timer = None
        began = time.monotonic()
        later = False
        for channel in self.channels.values():
            held_back = frozenset[str]()
            if began - channel.counted < COUNTING:
                held_back = _COUNTERS
            self._flush_channel(channel, held_back)
            self._flush_places(channel)
            waiting = channel.session.waiting or channel.helm.waiting
            later = later or bool(waiting)
            if not held_back:
                channel.counted = began
        self._flushed = time.monotonic()
        self._took = self._flushed - began
        if later and self._counting is None:
            self._counting = asyncio.get_running_loop().call_later(COUNTING, self._count)

    def _count(self) -> None:
        self._counting = None
        self._flush_soon()

    def _flush_channel(self, channel: Channel, later: frozenset[str]) -> None:
        self.number += 1
        session = channel.session.cut(self.number, later)
        helm = channel.helm.cut(self.number, later)
        if session is None and helm is None:
            self.number -= 1
            return
        told = [session] if session else []
        steering = [*told, helm] if helm else told
        framed = wire.framed(session) if session else b""
        framed_steering = framed + wire.framed(helm) if helm else framed
        number, behind_since = self.number, time.monotonic()
        for seat in channel.seats:
            steers = "helm" in seat.topics
            payloads = steering if steers else told
            if not payloads or not seat.ready:
                continue
            if seat.port.paused:
                seat.behind_since = seat.behind_since or behind_since
                continue
            seat.number = number
            seat.port.write(payloads, framed_steering if steers else framed)
            self.frames += 1

    def _flush_places(self, channel: Channel) -> None:
        """Tell each place's news to who stands there, and to nobody else."""
        for place, topic in channel.places.items():
            if not topic.waiting:
                continue
            self.number += 1
            payload = topic.cut(self.number)
            assert payload is not None
            framed, behind_since = wire.framed(payload), time.monotonic()
            for seat in channel.at.get(place, ()):
                if not seat.ready:
                    continue
                if seat.port.paused:
                    seat.behind_since = seat.behind_since or behind_since
                    continue
                seat.port.write([payload], framed)
                self.frames += 1

    # Places

    def follow(self, seat: Seat, wanted: list[str], left: list[str]) -> None:
        """A facilitator or a big screen looks at places; everybody else is placed by the server."""
        channel = self.channels[seat.session]
        session = self.owner.room.sessions.get(seat.session)
        free = self._looks_freely(session, seat)
        names = {topic.removeprefix("place:") for topic in wanted if topic.startswith("place:")}
        known = {place for place in names if session and place in session.places}
        if session is None or known != names or len(names) != len(wanted):
            raise Refused("no_such_topic", "There is no such place in this session.")
        if not free and not known <= seat.places:
            at = ", ".join(session.places[place] for place in sorted(seat.places))
            where = f" You are at {at} now." if at else ""
            raise Refused("not_there", f"You see a poster while you stand before it.{where}")
        if free:
            gone = {topic.removeprefix("place:") for topic in left}
            seat.looks_at = (seat.looks_at | known) - gone
            self._move(channel, seat, self._stands_at(seat))

    def _place_everybody(self, code: str, channel: Channel) -> None:
        """People may stand somewhere else now: everybody gets the place they stand at, and loses the last."""
        for seat in list(channel.seats):
            if seat.ready and not seat.screen:
                self._move(channel, seat, self._stands_at(seat))

    def _take_place(self, channel: Channel, seat: Seat) -> None:
        self._stand(channel, seat, self._stands_at(seat))
        seat.lost.clear()

    def _stand(self, channel: Channel, seat: Seat, places: set[str]) -> None:
        for place in seat.places - places:
            channel.at.get(place, set()).discard(seat)
        for place in places:
            channel.at.setdefault(place, set()).add(seat)
        seat.places = places

    def _stands_at(self, seat: Seat) -> set[str]:
        session = self.owner.room.sessions.get(seat.session)
        if session is None:
            return set()
        found = {place for place in seat.looks_at if place in session.places}
        if not self._looks_freely(session, seat):
            found = set()
        place = "" if seat.screen else views.place_of(self.owner.room, session, seat.person)
        return found | {place} if place else found

    def _looks_freely(self, session: Session | None, seat: Seat) -> bool:
        """Facilitators, and a screen with a key of its own, look where they like."""
        return seat.own_screen or bool(session and not seat.screen and session.is_facilitator(seat.person))

    def _move(self, channel: Channel, seat: Seat, places: set[str]) -> None:
        left, came = seat.places - places, places - seat.places
        self._stand(channel, seat, places)
        if not (left or came):
            return
        if seat.port.paused:
            seat.lost = (seat.lost | left) - places
            seat.behind_since = seat.behind_since or time.monotonic()
            return
        seat.tell_all(self._gone(left) + [self._place(channel, place).full(self.number) for place in sorted(came)])

    def _gone(self, places: set[str]) -> list[bytes]:
        return [wire.encode({"gone": "place:" + place}) for place in sorted(places)]

    def _place(self, channel: Channel, place: str) -> Topic:
        return channel.places.setdefault(place, Topic("place:" + place))

    # One person's own

    def _tell_me(self, channel: Channel, person: str, seen: dict[Look, bytes]) -> None:
        seats = channel.by_person.get(person)
        if not seats:
            return
        payloads = {look: self._me_frame(me) for look, me in seen.items()}
        for seat in seats:
            if seat.ready and seat.look in payloads and "me" in seat.topics:
                if seat.port.paused:
                    seat.behind_me = True
                    seat.behind_since = seat.behind_since or time.monotonic()
                else:
                    seat.tell(payloads[seat.look])

    def _me_frame(self, me: bytes) -> bytes:
        return b'{"topic":"me","number":%d,"full":true,"set":%b,"drop":[]}' % (self.number, me)

    def _me(self, channel: Channel, seat: Seat) -> bytes:
        return self._me_of(channel, seat.session, seat.person, seat.look)

    def _me_of(self, channel: Channel, session: str, person: str, look: Look) -> bytes:
        seen = channel.me.setdefault(person, {})
        if look not in seen:
            seen[look] = self.owner.render_me(session, person, look)
        return seen[look]

    # Rights

    def _rights(self, seat: Seat) -> set[str]:
        """What a seat may follow."""
        if seat.session == RECORD:
            return {"record", "helm"} if seat.key else {"record"}
        if seat.screen:
            return {"session"}
        session = self.owner.room.sessions[seat.session]
        rights = {"session", "me"}
        if session.is_facilitator(seat.person):
            rights.add("helm")
        return rights

    def _roles(self, seat: Seat) -> list[str]:
        if seat.session == RECORD:
            return ["keeper"] if seat.key else ["guest"]
        return sorted(self.owner.room.sessions[seat.session].roles.get(seat.person, ())) or ["screen"]

    def _check_rights(self, code: str, channel: Channel) -> None:
        """Roles changed: give what came, take what went, and see off who was removed."""
        self._see_off(channel)
        for seat in channel.seats:
            if not seat.ready:
                continue
            rights = self._rights(seat)
            if "helm" in rights - seat.topics and not seat.screen:
                seat.tell(channel.helm.full(self.number))
            if "helm" in seat.topics - rights:
                seat.tell(wire.encode({"gone": "helm"}))
            seat.topics = rights

    def _see_off(self, channel: Channel) -> None:
        for seat in list(channel.seats):
            why = self.why_not(seat) if seat.ready else None
            if why:
                seat.dismiss(*why)

    def uninvite(self, team: str) -> None:
        """The invitations of a team, or those for everybody, were taken back: whoever came by one is seen off."""
        self.uninvited[team] = time.monotonic()
        if RECORD in self.channels:
            self._see_off(self.channels[RECORD])

    def why_not(self, seat: Seat) -> tuple[str, str] | None:
        """Why a seat has no place here now, as code and sentence; none where it has."""
        room, session = self.owner.room, self.owner.room.sessions.get(seat.of)
        by_invitation = seat.session == RECORD and not seat.key and (seat.team or not seat.of)
        if by_invitation and self.uninvited.get(seat.team, 0.0) > seat.since:
            return "withdrawn", "The link to this record was taken back. Ask for another one."
        if seat.session == RECORD and (seat.key or session is None):
            return None
        if session is None or (seat.person and not {seat.person, room.whole(seat.person)} & set(session.roles)):
            return "removed", "You are no longer part of this session."
        if seat.person and room.whole(seat.entry) != seat.person:
            return "merged", "Who you are here has changed. You will be back in a moment."
        if session.took_back(seat.hand):
            return "withdrawn", "This link was taken back. Ask your facilitator for another one."
        return None

    def _fill(self, code: str, channel: Channel) -> None:
        if code == RECORD:
            self._fill_record(channel)
            return
        room, session = self.owner.room, self.owner.room.sessions[code]
        sight = views.look(room, session, self.owner.here_in(code))
        for audience, topic in ((ForAll, channel.session), (ForHelm, channel.helm)):
            for key, entity in views.everything(audience, sight):
                topic.entities[key], topic.stamps[key] = wire.encode(entity), self.number
        for place, key, shown in views.everywhere(sight):
            topic = self._place(channel, place)
            topic.entities[key], topic.stamps[key] = wire.encode(shown), self.number
        channel.session.floor = channel.helm.floor = self.number - 1

    def _fill_record(self, channel: Channel) -> None:
        for key, everyone, keepers in views.record(self.owner.room):
            for topic, entity in ((channel.session, everyone), (channel.helm, keepers)):
                if entity is not None:
                    topic.entities[key], topic.stamps[key] = wire.encode(entity), self.number
        channel.session.floor = channel.helm.floor = self.number - 1


def _channel(code: str) -> Channel:
    return Channel(session=Topic("record")) if code == RECORD else Channel()
