"""Sharing a result: say who leads it, carry it in full, change what one contributes, let it go."""

from sessions.record.objectives.keeping import must_say_why
from sessions.record.results.keeping import MOST_RESULTS
from sessions.record.results.result import KeyResult, ResultBegun, ResultChanged
from sessions.record.shares.share import Share, ShareCarried, ShareLed, in_full, share_of
from sessions.room import AnywhereCommand, Keeping, Turn
from sessions.rules import bounds, text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NameWords


class LeadShare(AnywhereCommand, frozen=True, tag="lead_share"):
    """Say which team leads a shared result, and who there, by name; one team, whoever led it before."""

    result: Id
    team: Id
    person: NameWords

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        result = _shared(turn, self.result)
        if turn.own_team != self.team and not turn.keeps:
            raise Refused("not_yours", "A team says of itself that it leads, or whoever facilitates writes it down.")
        if self.team not in turn.record.teams or turn.record.teams[self.team].gone:
            raise Refused("no_such_team", "That team is not on the list.")
        person = text.clean(self.person, text.NAME, "The name of who leads it").replace("\n", " ")
        share = turn.record.shares.get(result.id)
        if share and share.named and (share.lead, share.person) == (self.team, person):
            return []
        led: list[Event] = [ShareLed(result=result.id, team=self.team, person=person)]
        parts = share.parts if share else {}
        targets = {part.result: turn.record.results[part.result].target for part in parts.values()}
        follow = [own for own, target in targets.items() if not in_full(result.target, target)]
        return [*led, *(ResultChanged(result=id, field="target", value=result.target, why=_WHY) for id in follow)]


class CarryShare(AnywhereCommand, frozen=True, tag="carry_share"):
    """Carry a shared result: in the team's result ``own``, or in a new one; its target is the whole one, in full.

    ``note`` is what the team contributes. For one's own team; whoever keeps the record writes it down for any.
    """

    result: Id
    own: Id = ""
    note: LineWords = ""
    team: Id = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        result, team = _shared(turn, self.result), self.team or turn.own_team
        if team != turn.own_team and not turn.keeps:
            raise Refused("not_yours", "Only {name} says what it carries.", {"name": turn.record.team_name(team)})
        if team not in turn.record.teams:
            raise Refused("no_such_team", "That team is not on the list.")
        note = text.optional(self.note, text.LINE, "The note").replace("\n", " ")
        share = turn.record.shares.get(result.id)
        known = share.parts.get(team) if share else None
        own = self.own or (known.result if known else "")
        if own:
            return self._in(turn, result, team, own, note)
        return self._in_a_new_one(turn, result, team, note)

    def _in(self, turn: Turn | Keeping, result: KeyResult, team: str, own: str, note: str) -> list[Event]:
        home, carries = turn.record.objective_of(own), turn.record.results.get(own)
        if carries is None or carries.dropped or home is None or home.team != team:
            raise Refused("no_such_result", "Choose a result of the team’s own goal that carries it.")
        _must_be_free(turn, result, own)
        must_say_why(home, _WHY)
        full = in_full(result.target, carries.target)
        target = [] if full else [ResultChanged(result=own, field="target", value=result.target, why=_WHY)]
        share = turn.record.shares.get(result.id)
        known = share.parts.get(team) if share else None
        if known and (known.result, known.note) == (own, note) and full:
            return []
        return [*target, ShareCarried(result=result.id, team=team, own=own, note=note)]

    def _in_a_new_one(self, turn: Turn | Keeping, result: KeyResult, team: str, note: str) -> list[Event]:
        goal = next((goal for goal in turn.record.objectives.values() if goal.team == team and goal.text), None)
        if goal is None:
            raise Refused("no_goal", "That team has no goal on the record yet that could carry it.")
        must_say_why(goal, "")
        standing = turn.record.results_of(goal.id)
        if len(standing) >= MOST_RESULTS:
            raise Refused("too_many", "Twelve results are more than anybody can keep in mind.")
        bounds.must_fit("key results", len(turn.record.results) + 1)
        id, place = turn.by.new_id(), 1 + max((r.place for r in standing), default=-1)
        begun = ResultBegun(
            result=id, objective=goal.id, text=result.text, place=place, baseline=result.baseline, target=result.target
        )
        same = ("metric", "unit", "direction")
        filled = [ResultChanged(result=id, field=name, value=getattr(result, name)) for name in same]
        return [begun, *filled, ShareCarried(result=result.id, team=team, own=id, note=note)]


class LeaveShare(AnywhereCommand, frozen=True, tag="leave_share"):
    """Say that a team carries a shared result no longer; its own result stays."""

    result: Id
    team: Id = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        team, share = self.team or turn.own_team, turn.record.shares.get(self.result)
        if team != turn.own_team and not turn.keeps:
            raise Refused("not_yours", "Only {name} says what it carries.", {"name": turn.record.team_name(team)})
        if share is None or team not in share.parts:
            return []
        if share.named and share.lead == team:
            raise Refused("leads_it", "This team leads it. Say first who leads it instead.")
        return [ShareCarried(result=share.result, team=team)]


#: Why a target follows the whole one, as the history says it.
_WHY = "carried in full"


def _must_be_free(turn: Turn | Keeping, result: KeyResult, own: str) -> None:
    """A result carries one shared result, which is not itself, and is not carried besides."""
    if own == result.id:
        raise Refused("same_line", "A result does not carry itself. Choose another, or a new one.")
    carried = turn.record.shares.get(own)
    if carried and set(_others(carried, own)):
        raise Refused("carries_another", "Others carry that result themselves. Choose another, or a new one.")
    other = share_of(turn.record, own)
    if other and other.result != result.id:
        raise Refused("carries_another", "That result carries another shared result already.")


def _others(share: Share, own: str) -> list[str]:
    return [part.result for part in share.parts.values() if part.result != own]


def _shared(turn: Turn | Keeping, id: str) -> KeyResult:
    """A result that can be shared: one of the whole organisation, or of a team, that stands."""
    result, home = turn.record.results.get(id), turn.record.objective_of(id)
    if result is None or result.dropped or home is None or home.status == "draft":
        raise Refused("no_such_result", "That result is not there any more.")
    above = share_of(turn.record, id)
    if above and above.result != id:
        words = turn.record.wording(above.result)
        raise Refused("carries_another", "This carries “{result}” itself. Choose that one.", {"result": words})
    return result
