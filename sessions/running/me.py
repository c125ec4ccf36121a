"""Who one is here: what a person alone is told of themselves."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from sessions.room.kind import Entity, Own, OwnSight, Shown, Sight, Touched
from sessions.room.speaking import AskedOfOne, open_for
from sessions.running.attention import Attention
from sessions.running.closing import Pulse
from sessions.running.people import is_nameless


class MeShown(Shown, frozen=True):
    """Who one is here, ``nameless`` who has not said it; ``sealed`` is what a key is that somebody else made for one.

    With such a key one ``cannot_be_done`` where the count would tell whether one has voted.
    """

    person: str
    name: str
    team: str
    remote: bool
    roles: list[str]
    nameless: bool
    done: bool
    hand: bool
    answered: bool
    spoken: list[AskedOfOne]
    sealed: bool
    cannot_be_done: bool = False


class Me(Own):
    """Who one is here."""

    shapes: ClassVar[Mapping[str, type[Shown]]] = {"me": MeShown}

    def whose(self, sight: Sight, touched: Touched) -> Iterable[str]:
        """Those in whose name somebody did something who is called otherwise now."""
        people, room = touched.get("person", set()), sight.room
        spoken = sight.session.spoken.values() if people else ()
        return [made.person for made in spoken if people & {room.whole(made.by), room.whole(made.about)}]

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        session, person = sight.session, sight.person
        who = sight.room.people[person]
        phase = session.phase
        #: Whether that somebody is done would tell that they have voted.
        counts_only = phase is not None and sight.activities[phase.activity].count_only
        me = MeShown(
            person=person,
            name=who.name,
            team=who.team,
            remote=who.remote,
            roles=sorted(session.roles[person]),
            nameless=is_nameless(who.name),
            done=person in session.done and (not sight.sealed or not counts_only),
            hand=person in session.part(Attention).hands,
            answered=person in session.part(Pulse).answered,
            spoken=[] if sight.hand else open_for(sight.room, session, sight.entry),
            sealed=sight.sealed,
            cannot_be_done=bool(sight.hand) and counts_only,
        )
        yield "me", me
