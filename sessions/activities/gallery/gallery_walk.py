"""The gallery walk: read, talk and move on a common bell, round by round, before the posters of others."""

from sessions.activities.activity import Activity, Main, Pens
from sessions.activities.gallery import dealing, filing, stages
from sessions.activities.gallery.dealing import JoinGroups, SwapHost
from sessions.activities.gallery.notes import Hear, LeaveNote
from sessions.activities.gallery.stages import Stand
from sessions.activities.gallery.telling import answers, fates, posters_told
from sessions.activities.gallery.walk import Walk
from sessions.activities.gallery.whereabouts import GroupMembers, WalkMine, WalkStep, members, overview, whereabouts
from sessions.activities.playing import Chance, Plays, Seen, some
from sessions.board.notes.writing import EditNote, HideNote, RemoveNote
from sessions.room import PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.rules.event import Event
from sessions.running.rounds import Bell, BellTakenBack, Loop, NextStage

#: What simulated people say before a poster.
_SAID = (
    "Say by when, not only how much",
    "Who measures this, and how often?",
    "We would fight to keep this line",
    "Is that the median or the mean?",
    "We need you for this, and you do not know it yet",
)


_WORDS = {
    "read": {
        "title": "Read quietly",
        "prompt": "Tap the line that makes you stop, and say why.",
        "empty": "Your first note need not be clever.",
    },
    "talk": {
        "title": "Talk it over",
        "prompt": "Say what you would change, and what you would fight to keep.",
        "empty": "Nobody has left a note here. Yours is first.",
    },
    "move": {
        "title": "Next poster",
        "prompt": "Walk over. Your notes stay here.",
        "empty": "No poster this round. You have earned a coffee.",
    },
    "home": {
        "title": "Back to your own poster",
        "prompt": "Thank you. Walk home: your team's notes are waiting there.",
        "empty": "",
    },
}


_HINTS = {
    "read": "Hush the hosts too. Two silent minutes make the rest honest.",
    "talk": "Stand by the quietest poster and ask the host: “What have you heard?”",
    "move": "Look for a group of one and send it along with the next.",
    "home": "Count heads before you go on: has every team found its poster?",
}


class PlaceWalking(Shown, frozen=True):
    """Whether the notes of a poster are shown at it now."""

    notes: bool


class WalkingStep(Shown, frozen=True):
    """When each bell from now on rings by the plan, and how long all that is (milliseconds)."""

    bells: list[Bell]
    rest: int


class PosterOnFloor(Shown, frozen=True):
    """How many notes a poster has; what they say is nobody's before they are shown."""

    poster: str
    notes: int


class WalkingMain(Shown, frozen=True):
    """How many notes hang where, and who walks with whom."""

    floor: list[PosterOnFloor]
    groups: list[GroupMembers]


class GalleryWalk(Activity):
    """Rounds move by themselves; *Hold* keeps the bell from ringing. What is written while reading shows after."""

    name = "walk"
    called = "Gallery walk"
    does = "Read, talk and move on, round by round"
    plays_again = (
        "stage",
        "round",
    )
    tells = (posters_told,)
    watches = frozenset({"walk", "floor", "written"})
    takes = (LeaveNote, Hear, EditNote, RemoveNote, HideNote, Stand, SwapHost, JoinGroups, NextStage)
    files_late = (LeaveNote, EditNote, RemoveNote)

    def gives(self, phase: PhasePlan) -> set[str]:
        return {"walk"}

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"groups": "Nobody is in a group before this step: add “Find one’s group” before it."}

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        return stages.begin(turn, run)

    def leave(self, turn: Turn) -> list[Event]:
        return stages.go_home(turn)

    def close(self, turn: Turn) -> list[Event]:
        return stages.go_home(turn)

    def filed(self, turn: Turn) -> list[Event]:
        return filing.filed(turn)

    def written(self, session: Session, phase: PhasePlan) -> int | None:
        return sum(poster.notes for poster in floor(session))

    def arrived(self, turn: Turn, person: str) -> list[Event]:
        return dealing.place_latecomer(turn, person)

    def gone(self, turn: Turn, person: str) -> list[Event]:
        return dealing.stand_in(turn, person)

    def fates(self, room: Room, session: Session) -> dict[str, str]:
        return fates(session)

    def answers(self, room: Room, session: Session) -> dict[str, dict[str, str]]:
        return answers(session)

    def main(self, room: Room, session: Session) -> Main | None:
        walk = session.part(Walk)
        if not walk or walk.stage in ("", "home"):
            return None
        after = {"after": f"{walk.round} {walk.stage}"}
        if walk.stage == "move" and not walk.loop.is_last():
            return Main("Start round {round}", "next_stage", after, {"round": walk.round + 1})
        bells = {"read": "Ring the bell: talk", "talk": "Ring the bell: move on", "move": "Everybody is home"}
        return Main(bells[walk.stage], "next_stage", after)

    def loop(self, session: Session) -> Loop | None:
        return session.part(Walk).loop if session.part(Walk) else None

    def ring(self, turn: Turn, early: bool = False) -> list[Event]:
        return stages.next_stage(turn, early)

    def comes_again(self, turn: Turn, back: BellTakenBack) -> list[Event]:
        return stages.comes_again(turn, back)

    def words(self, room: Room, session: Session) -> dict[str, str]:
        walk = session.part(Walk)
        if not walk:
            return {}
        # After the last round there is no next poster: everybody walks home.
        stage = "home" if walk.stage == "move" and walk.loop.is_last() else walk.stage
        return dict(_WORDS.get(stage, {}))

    def hint(self, session: Session) -> str:
        return _HINTS.get(session.part(Walk).stage, "")

    def place(self, room: Room, session: Session, person: str) -> str:
        walk = session.part(Walk)
        if not walk:
            return ""
        team = room.people[person].team
        home = team if team in walk.posters else ""
        return (
            home if walk.stage == "home" or (walk.stage == "move" and walk.loop.is_last()) else walk.bound_for(person)
        )

    def at_place(self, room: Room, session: Session, place: str) -> PlaceWalking:
        return PlaceWalking(notes=self.shows_notes(session))

    def shows_notes(self, session: Session) -> bool:
        return session.part(Walk).stage in ("talk", "move", "home")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        if session.part(Walk) and session.part(Walk).stage == "read":
            return "Everyone at this poster once the reading is over, unsigned."
        return "Everyone at this poster, unsigned."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step["stage"] == "move":
            yield "stand", {}
        elif seen.mine.get("role") == "host":
            yield "hear", {"text": chance.choice(_SAID), "kind": "wish"}
        elif seen.mine.get("role") == "visitor" and seen.step["stage"] in ("read", "talk"):
            poster = seen.things.get(f"poster:{seen.mine['route'][seen.step['round'] - 1]}", {"lines": []})
            for line in some(chance, poster["lines"], 1):
                kind, text = chance.choice(["like", "wish", "what_if"]), chance.choice(_SAID)
                yield "leave_note", {"on": line["id"], "text": text, "kind": kind, "round": seen.step["round"]}

    def everyone(self, room: Room, session: Session) -> tuple[WalkStep, WalkingStep]:
        walk, run = session.part(Walk), session.run
        ahead = walk.loop.bells(run.deadline) if walk and run else []
        rest = max(0, ahead[-1].until - ahead[0].until) if ahead else 0
        return overview(session), WalkingStep(bells=ahead, rest=rest)

    def facilitators(self, room: Room, session: Session) -> WalkingMain:
        return WalkingMain(floor=floor(session), groups=members(session))

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> WalkMine:
        return whereabouts(room, session, person)


def floor(session: Session) -> list[PosterOnFloor]:
    """How many notes each poster has; what they say is nobody's before they are shown."""
    walk = session.part(Walk)
    if not walk:
        return []
    return [
        PosterOnFloor(poster.id, len(session.board.piles[pile].notes) if pile in session.board.piles else 0)
        for poster in walk.posters.values()
        for pile in (f"poster:{poster.id}",)
    ]
