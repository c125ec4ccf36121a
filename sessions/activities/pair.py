"""Who carries it: two people volunteer for each result."""

from sessions.activities.activity import Activity, Main
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.objectives.seen import GoalStep, of_goal
from sessions.record.results.result import LeadSet
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused


class Volunteer(Command, frozen=True, tag="volunteer"):
    """Offer to carry a result, with one's name, or step back. A facilitator may do it for ``person``."""

    result: Id
    on: bool = True
    person: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        if self.person:
            turn.must_facilitate()
        else:
            turn.must_take_part()
        who = self.person or turn.by.person
        if "participant" not in turn.session.roles.get(who, ()):
            raise Refused("no_such_person", "That person is not taking part.")
        objective = turn.room.works_on(turn.session)
        result = turn.record.results.get(self.result)
        if result is None or result.dropped or objective is None or result.objective != objective.id:
            raise Refused("no_such_result", "That result is not there any more.")
        if (who in result.leads) == self.on:
            return []
        if self.on and len(result.leads) >= 2:
            names = " and ".join(turn.room.name_of(p) for p in result.leads)
            raise Refused("pair_full", "{names} carry this one already.", {"names": names})
        return [LeadSet(result=result.id, person=who, on=self.on)]


class PairStep(Shown, frozen=True):
    """Who carries more than two results."""

    laden: list[str]


class Pair(Activity):
    """Two places a result; a remark where one person carries more than two."""

    name = "pair"
    called = "Who carries it"
    does = "Two people for each result"
    watches = frozenset({"objective", "result"})
    takes = (Volunteer,)

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"results": "There are no results before this step: choose a shortlist first, or a goal to work on."}

    def main(self, room: Room, session: Session) -> Main | None:
        return Main("Confirm the pairs", "next_phase")

    def open_ends(self, room: Room, session: Session) -> list[str]:
        objective = room.works_on(session)
        results = room.record.results_of(objective.id) if objective else []
        return [f"Nobody carries this result yet: {result.text}" for result in results if not result.leads]

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.results:
            yield "volunteer", {"result": chance.choice(seen.results)}

    def everyone(self, room: Room, session: Session) -> tuple[GoalStep, PairStep]:
        objective = room.works_on(session)
        results = room.record.results_of(objective.id) if objective else []
        carried: dict[str, int] = {}
        for result in results:
            for person in result.leads:
                carried[person] = carried.get(person, 0) + 1
        laden = [person for person, count in carried.items() if count > 2]
        return of_goal(room, session), PairStep(laden=laden)
