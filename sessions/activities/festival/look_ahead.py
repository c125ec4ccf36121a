"""The opening: everybody sees the line-up and stars what they want to see; before it, days ahead, the same."""

from sessions.activities.activity import Activity, Main
from sessions.activities.festival.helping import AskHelp
from sessions.activities.festival.links import wanting
from sessions.activities.festival.planning import PlanFestival
from sessions.activities.festival.programme import festival, has_slots
from sessions.activities.festival.stars import Star
from sessions.activities.festival.wishes import playing_teams
from sessions.activities.playing import Chance, Plays, Seen, some
from sessions.room import PhasePlan, Room, Session


def first_things(room: Room, session: Session) -> Main | None:
    """What has to be done before the stages can open: a line-up, published, and links that were tried."""
    kept = festival(session)
    if not has_slots(session) or not playing_teams(room.record):
        return None
    if not kept.draft.acts and not kept.live:
        return Main("Propose a line-up", "draw_line_up")
    if not kept.live:
        return Main("Publish the line-up", "publish_line_up")
    missing = wanting(session, kept.draft.frame) if kept.draft.frame.online else 0
    if missing and not kept.trying:
        several = Main("Test all {links} links", "try_links", values={"links": kept.draft.frame.stages + 1})
        return Main("Test the link", "try_links") if missing == 1 and kept.draft.frame.stages == 0 else several
    return None


class LookAhead(Activity):
    """Nothing plays yet. The line-up can still be changed, and is published from here at the latest."""

    name = "look_ahead"
    called = "Opening"
    does = "See the line-up, star what one wants to see"
    takes = (PlanFestival, Star, AskHelp)
    watches = frozenset({"line_up", "stage"})

    def gives(self, phase: PhasePlan) -> set[str]:
        return {"line_up"}

    def prepares(self, room: Room, session: Session) -> Main | None:
        return first_things(room, session)

    def main(self, room: Room, session: Session) -> Main | None:
        return first_things(room, session)

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Your stars are yours alone. We count them to keep apart what many want to see."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        acts = [key[4:] for key in seen.things if key.startswith("act:")]
        for act in some(chance, sorted(acts), 2):
            yield "star", {"act": act}
