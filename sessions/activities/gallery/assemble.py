"""Finding one's group: posters hang, everybody is dealt into a group, and walks to the first poster."""

from sessions.activities.activity import Activity, Main, Pens
from sessions.activities.gallery.dealing import DealGroups, JoinGroups, SwapHost
from sessions.activities.gallery.stages import Stand
from sessions.activities.gallery.walk import Walk
from sessions.activities.gallery.whereabouts import GroupMembers, WalkMine, WalkStep, members, overview, whereabouts
from sessions.activities.playing import Chance, Plays, Seen
from sessions.room import PhasePlan, Room, Session
from sessions.room.kind import Shown
from sessions.rules.rotation import propose_rounds


class AssembleMain(Shown, frozen=True):
    """How many posters and rounds it would be, who walks with whom, and for which pairs nobody is left to send."""

    posters: int
    proposed: int
    groups: list[GroupMembers]
    unmet: list[list[str]]


class Assemble(Activity):
    """Before the first round. Groups can be dealt again until the walk begins."""

    name = "assemble"
    called = "Find one’s group"
    does = "Posters hang, groups are dealt"
    plays_again = ("dealt",)
    watches = frozenset({"walk", "floor", "team", "objective", "person"})
    takes = (DealGroups, Stand, SwapHost, JoinGroups)

    def gives(self, phase: PhasePlan) -> set[str]:
        return {"groups"}

    def main(self, room: Room, session: Session) -> Main | None:
        posters = sum(1 for team in room.record.standing_teams() if room.record.of_team(team.id))
        return Main("Deal the groups", "deal_groups") if not session.part(Walk) and posters > 1 else None

    def words(self, room: Room, session: Session) -> dict[str, str]:
        return {"prompt": "Hosts go first. Walk to your poster; it begins with the bell."} if session.part(Walk) else {}

    def place(self, room: Room, session: Session, person: str) -> str:
        return session.part(Walk).bound_for(person)

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone sees that your group has come."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.mine.get("role") == "visitor":
            yield "stand", {}

    def everyone(self, room: Room, session: Session) -> WalkStep:
        return overview(session)

    def facilitators(self, room: Room, session: Session) -> AssembleMain:
        here = {room.people[person].team for person in session.taking_part()}
        teams = [team for team in room.record.standing_teams() if room.record.of_team(team.id)]
        teams = [team for team in teams if team.id in here] if len(here & {t.id for t in teams}) > 1 else teams
        people = sum(1 for _ in session.taking_part())
        proposed = propose_rounds(len(teams), max(0, people - len(teams)))
        unmet = [list(pair) for pair in session.part(Walk).unmet]
        return AssembleMain(posters=len(teams), proposed=proposed, groups=members(session), unmet=unmet)

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> WalkMine:
        return whereabouts(room, session, person)
