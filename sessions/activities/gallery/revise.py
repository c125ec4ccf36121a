"""Back home: a team sorts what it was told into heaps, answers the heaps, and changes the words."""

from sessions.activities.activity import Activity, Pens
from sessions.activities.gallery.heaps import AnswerHeap, Heap, NameHeap, SaveVersion, TakeOut
from sessions.activities.gallery.notes import LeaveNote
from sessions.activities.gallery.walk import Walk
from sessions.activities.gallery.whereabouts import WalkMine, whereabouts
from sessions.activities.playing import Chance, Plays, Seen, some
from sessions.record.cards import AddResult, ChangeResult, PutCardDown, TakeCard
from sessions.record.history import WORDS
from sessions.record.objectives.objective import Objective
from sessions.room import PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown

#: Why simulated people answer as they do.
_BECAUSE = ("You were right", "Next quarter, when the data is there", "We say it in the first line now")


class PlaceAtHome(Shown, frozen=True):
    """How many heaps a team has made of its notes, and how many it has answered."""

    notes: bool
    heaps: int
    answered: int


class ReviseStep(Shown, frozen=True):
    """How many heaps all teams have made of their notes, and how many are answered."""

    heaps: int
    answered: int


class TeamAtHome(Shown, frozen=True):
    """How far a team is with its notes and its words."""

    poster: str
    heaps: int
    answered: int
    edited: bool
    version: int


class ReviseMain(Shown, frozen=True):
    """How far each team is: those that have touched nothing are the ones to visit."""

    floor: list[TeamAtHome]


class Revise(Activity):
    """Everybody stands at their own poster; each team writes only on its own words."""

    name = "revise"
    called = "Back home"
    does = "Answer the notes and change the words"
    watches = frozenset({"walk", "note", "cluster", "objective", "result"})
    takes = (TakeCard, PutCardDown, ChangeResult, AddResult, Heap, NameHeap, TakeOut, AnswerHeap, SaveVersion)
    files_late = (LeaveNote,)
    anybody_adds = True

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"walk": "Nobody has walked before this step: add a gallery walk before it."}

    def may_write(self, turn: Turn, objective: Objective) -> bool:
        team = turn.room.people[turn.by.person].team
        own = bool(objective.team) and (objective.team == team or turn.is_facilitator())
        return own and objective.status != "draft"

    def place(self, room: Room, session: Session, person: str) -> str:
        team = room.people[person].team
        return team if session.part(Walk) and team in session.part(Walk).posters else ""

    def at_place(self, room: Room, session: Session, place: str) -> PlaceAtHome:
        board = session.board
        things = list(board.items(f"poster:{place}"))
        return PlaceAtHome(notes=True, heaps=len(things), answered=sum(1 for thing in things if thing.answer))

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone who sees the record, as you write. Saving makes it version 2."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        at_home = seen.items(f"poster:{seen.mine.get('home', '')}")
        for item in some(chance, at_home, 2):
            answer = chance.choice(["adopted", "adapted", "declined"])
            yield "answer_heap", {"item": item, "answer": answer, "reason": chance.choice(_BECAUSE)}

    def everyone(self, room: Room, session: Session) -> ReviseStep:
        places = [self.at_place(room, session, poster) for poster in session.part(Walk).posters]
        return ReviseStep(heaps=sum(p.heaps for p in places), answered=sum(p.answered for p in places))

    def facilitators(self, room: Room, session: Session) -> ReviseMain:
        """Which teams have touched nothing yet: the ones to visit."""
        found = []
        for poster in session.part(Walk).posters.values():
            things = list(session.board.items(f"poster:{poster.id}"))
            objectives = room.record.of_team(poster.id)
            began = session.run.started if session.run else 0
            goals = {objective.id for objective in objectives}
            edited = any(r.at >= began and r.what in WORDS for r in room.record.revisions if r.objective in goals)
            found.append(
                TeamAtHome(
                    poster=poster.id,
                    heaps=len(things),
                    answered=sum(1 for thing in things if thing.answer),
                    edited=edited,
                    version=max((o.version for o in objectives), default=1),
                )
            )
        return ReviseMain(found)

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> WalkMine:
        return whereabouts(room, session, person)
