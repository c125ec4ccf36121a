"""What one person alone sees of a festival: stars, needs, duties, own questions, and as a host or helper what waits."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from sessions.activities.festival.duties import TWO
from sessions.activities.festival.programme import Call, Change, Festival, festival, has_slots, helps, plays_for
from sessions.activities.festival.questions import Question
from sessions.room import Room
from sessions.room.kind import Entity, Own, OwnSight, Shown, Sight, Touched
from sessions.running.sharing import Sharing


class OwnQuestion(Shown, frozen=True):
    """A question of one's own: what became of it, what the host asks back, and what was answered later."""

    id: str
    act: str
    text: str
    state: str
    back: str
    reply: str


class QueuedQuestion(Shown, frozen=True):
    """A question as its hosts see it: with how many ask it."""

    id: str
    act: str
    text: str
    state: str
    plus: int
    back: str


class CallShown(Shown, frozen=True):
    """Somebody who waits for help, why, and since when (Unix milliseconds)."""

    id: str
    person: str
    why: str
    at: int


class FestivalMine(Shown, frozen=True):
    """One's own festival. ``plays`` is one's team, ``needs`` teams it depends on; lists hold acts by id.

    ``said`` is the part of a slot in which one last said where one is. ``waits`` is what
    one asked the help desk for, ``shares`` how many look at one's device.
    """

    plays: str
    needs: list[str]
    went: str
    said: str
    stars: list[str]
    been: list[str]
    hosting: list[str]
    may_host: list[str]
    asked: list[OwnQuestion]
    plus: list[str]
    queue: list[QueuedQuestion]
    told: list[Change]
    waits: CallShown | None
    helps: bool
    shares: int
    desk: list[CallShown]


class FestivalOwn(Own):
    """All of it, in every step of a session that has stages."""

    shapes: ClassVar[Mapping[str, type[Shown]]] = {"festival": FestivalMine}

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        session, person = sight.session, sight.person
        if not has_slots(session):
            return
        kept, room = festival(session), sight.room
        crowd, plays = kept.crowd, plays_for(room, person)
        hosting = [act for act, duty in kept.duties.items() if person in duty.people]
        waits = next((call for call in kept.calls.values() if call.person == person), None)
        at_desk = helps(room, session, person)
        yield (
            "festival",
            FestivalMine(
                plays=plays,
                needs=_needs(room, plays),
                went=crowd.at.get(person, ""),
                said=crowd.said.get(person, ""),
                stars=[] if sight.sealed else sorted(kept.stars.get(person, ())),
                been=sorted(act for act, people in crowd.been.items() if person in people),
                hosting=hosting,
                may_host=[
                    act
                    for act, duty in kept.duties.items()
                    if plays in duty.teams and person not in duty.people and len(duty.people) < TWO
                ],
                asked=[_own(kept.questions[id]) for id in _asked(sight, kept)],
                plus=sorted(_plus(sight, kept)),
                queue=queue(room, kept, [act for act in hosting if is_asked(kept, act)]),
                told=kept.told.get(person, []),
                waits=call_shown(waits) if waits else None,
                helps=at_desk,
                shares=session.part(Sharing).people.get(person, 1),
                desk=[call_shown(call) for call in kept.calls.values()] if at_desk else [],
            ),
        )

    def whose(self, sight: Sight, touched: Touched) -> Iterable[str]:
        if not has_slots(sight.session):
            return ()
        roles = sight.session.roles
        if not _FOR_ALL.isdisjoint(touched):
            return roles
        needs = sight.room.record.dependencies
        needy = {needs[id].consumer for id in touched.get("dependency", ()) if id in needs}
        asked, desk = touched.get("host_team", set()) | needy, "help" in touched
        if not asked and not desk:
            return ()
        room, session = sight.room, sight.session
        return [p for p in roles if plays_for(room, p) in asked or (desk and helps(room, session, p))]


def queue(room: Room, kept: Festival, acts: Iterable[str]) -> list[QueuedQuestion]:
    """Questions at these acts, most asked for first; what was set aside comes last."""
    found = [kept.questions[id] for act in acts for id in kept.of_act.get(act, ())]
    counted = sorted(
        ((asks_too(room, q), q) for q in found), key=lambda one: (_ORDER[one[1].state], -one[0], one[1].id)
    )
    return [QueuedQuestion(q.id, q.act, q.text, q.state, plus, q.back) for plus, q in counted]


def asks_too(room: Room, question: Question) -> int:
    """How many ask a question beside its asker: people, however many keys and entries they have."""
    holders = {room.holders[pen][1] for pen in question.plus if pen in room.holders}
    asker = room.holders.get(question.pen, ("", ""))[1]
    return len({room.whole(person) for person in holders} - {room.whole(asker)}) if holders else len(question.plus)


def is_asked(kept: Festival, act: str) -> bool:
    """Whether an act plays now, has just played or is the next, or a question at it still waits."""
    near = act in kept.live and abs(kept.live[act].slot - max(1, kept.slot)) <= 1
    return near or any(kept.questions[id].state == "open" for id in kept.of_act.get(act, ()))


def call_shown(call: Call) -> CallShown:
    """Somebody who waits."""
    return CallShown(call.id, call.person, call.why, call.at)


#: What makes everybody's own festival another: hosts, the line-up, and of the record who leads and who needs whom.
_FOR_ALL = {"line_up", "team", "room", "helpers", "plan"}
_ORDER = {"up": 0, "open": 1, "later": 2, "answered": 3, "flagged": 4}


def _own(question: Question) -> OwnQuestion:
    return OwnQuestion(question.id, question.act, question.text, question.state, question.back, question.reply)


def _asked(sight: OwnSight, kept: Festival) -> list[str]:
    piles = [pile for pile in sight.piles() if pile.startswith("question:")]
    return [id for pile in piles for pen in sight.pens_seen(pile) for id in kept.asked.get(pen, ())]


def _plus(sight: OwnSight, kept: Festival) -> Iterator[str]:
    for pile in sight.piles():
        if pile.startswith("plus:"):
            pens = set(sight.pens_seen(pile))
            yield from (id for id in kept.of_act.get(pile[5:], ()) if pens & kept.questions[id].plus)


def _needs(room: Room, team: str) -> list[str]:
    """Teams that a team depends on, as the record has it."""
    return sorted({need.provider for need in room.record.dependencies.values() if need.consumer == team})
