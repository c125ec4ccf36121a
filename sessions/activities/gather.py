"""Gathering: everybody writes for themselves; the pile stays private, is shown in one go, or is open."""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any

from sessions.activities.activity import Activity, Main
from sessions.activities.playing import Chance, Plays, Seen, some
from sessions.board import piles, telling
from sessions.board.notes.writing import AddNote, EditNote, RemoveNote, add, own
from sessions.board.piles import Pile
from sessions.record.objectives.seen import LineShown, goal_lines
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import ForHelm, Shown, Sight
from sessions.room.setting import Settings, number, switch, wall, words
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.numbers import in_words
from sessions.rules.refusal import Refused

#: What simulated people have heard, and think of.
_HEARD = (
    "Ruth: people ask when, not how much",
    "The Monday calls are about the first bill",
    "I want fewer handovers between survey and install",
    "Two landlords asked for one contact",
)
_IDEAS = (
    ("Days from contract to warm home", "61", "42"),
    ("First-visit-right installs", "71 %", "85 %"),
    ("Homes whose first month costs no more than quoted", "58 %", "75 %"),
    ("Association homes under contract", "140", "320"),
    ("Calls answered by the first person", "52 %", "70 %"),
    ("Engineers who would recommend us as a place to work", "6.8", "8"),
    ("Complaints closed within five days", "?", "90 %"),
    ("Fewer people wait more than a week for a first visit", "34 %", "10 %"),
    ("Surveys that need no second visit", "64 %", "80 %"),
    ("Customers who pick their own date", "20 %", "60 %"),
)


class TurnIntoIdea(Command, frozen=True, tag="turn_into_idea"):
    """Copy one's own private line into the pile of ideas, where it waits with the others."""

    note: Id

    def decide(self, turn: Turn) -> list[Event]:
        note, s = own(turn, self.note), GatherSettings.of(turn.phase)
        into = s.into or (s.pile if note.pile == _lines_for(turn.session, s.pile) else "")
        if not into:
            raise Refused("not_now", "Lines become ideas where you write for yourself, and where ideas are written.")
        return [add(turn, into, note.text)]


def _lines_for(session: Session, pile: str) -> str:
    """The private wall from which lines can go to this one, in a step of the same plan; or none."""
    said = (GatherSettings.of(phase) for phase in session.plan.values() if phase.activity == Gather.name)
    return next((s.pile for s in said if s.private and s.into == pile != s.pile), "")


class GatherStep(Shown, frozen=True):
    """Where notes go, how many each, who sees them when; ``collecting`` is while they wait to be shown."""

    pile: str
    limit: int
    private: bool
    hidden: bool
    figures: bool
    into: str
    into_limit: int
    reveal: str
    collecting: bool
    why: bool
    days: int
    #: Where results stand today, to be read beside the writing.
    standing: list[LineShown]
    #: The wall of one's own lines, written before for oneself alone, that can become notes here.
    lines: str = ""


class AnsweredOfTeam(Shown, frozen=True):
    """How many of a team have said that they are done; ``of`` is how many it has, or how many of it are here."""

    team: str
    name: str
    done: int
    of: int


class AnsweredShown(Shown, frozen=True):
    """By team, how many have said that they are done, where one waits for days; never who."""

    teams: list[AnsweredOfTeam]


class GatherSettings(Settings, frozen=True):
    """Where notes go, who sees them when, and how many there may be."""

    pile: Annotated[str, wall("Wall the notes go to")] = "ideas"
    limit: Annotated[int, number("Notes each, at most (0: as many as they like)", 0, 50)] = 0
    private: Annotated[bool, switch("Only the writer ever sees them")] = False
    hidden: Annotated[bool, switch("Hidden until all are shown together")] = True
    figures: Annotated[bool, switch("Ask from where and to where", "once")] = False
    into: Annotated[str, wall("Wall a line can be copied to", optional=True)] = ""
    into_limit: Annotated[int, number("Copied lines each, at most (0: as many as they like)", 0, 50)] = 0
    why: Annotated[bool, switch("Ask why now, and whether it continues, changes or stops something", "once")] = False
    days: Annotated[int, number("Open for so many working days (0: by the clock)", 0, 20)] = 0
    standing: Annotated[bool, switch("Show beside it where results stand today", "once")] = False
    reveal: Annotated[str, words("Button that shows them")] = "Show all notes"


class Gather(Activity):
    """Notes go into ``pile``, at most ``limit`` each (0: as many as one likes).

    ``private`` piles are never shown; from them a line can go ``into`` another pile, of ``into_limit``.
    ``hidden`` piles are shown together. ``figures`` asks for from and to, ``why`` for why now. Over ``days`` it lives
    on a link: its notes are shown by themselves when they are over.
    """

    name = "gather"
    called = "Write notes"
    does = "Write for oneself; shown together, or at once"
    waits = True
    tells = (telling.ideas,)
    watches = frozenset({"pile", "result", "objective"})
    takes = (AddNote, EditNote, RemoveNote, TurnIntoIdea)
    files_late = (AddNote, EditNote, RemoveNote, TurnIntoIdea)
    settings = GatherSettings

    def gives(self, phase: PhasePlan) -> set[str]:
        s = GatherSettings.of(phase)
        return {f"wall:{name}" for name in ("" if s.private else s.pile, s.into) if name}

    def wall(self, phase: PhasePlan) -> str:
        return GatherSettings.of(phase).pile

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        s = GatherSettings.of(phase)
        opened = [piles.open_pile(s.pile, s.limit, s.private, s.hidden)]
        if s.into and s.into not in (s.pile, *turn.board.piles):
            opened.append(piles.open_pile(s.into, s.into_limit))
        return opened

    def given(self, session: Session) -> dict[str, int]:
        pile = session.board.piles.get(self.wall(session.phase)) if session.phase else None
        return {"limit": pile.limit} if pile and pile.limit else {}

    def grow(self, turn: Turn, phase: PhasePlan) -> list[Event]:
        return piles.widen(turn, self.wall(turn.phase), GatherSettings.of(phase).limit)

    def days(self, phase: PhasePlan) -> int:
        return GatherSettings.of(phase).days

    def rings(self, session: Session) -> int:
        phase, run = session.phase, session.run
        if phase is None or run is None or run.left is not None or not GatherSettings.of(phase).days:
            return 0
        return run.deadline if self._collecting(session, phase) else 0

    def ring(self, turn: Turn, early: bool = False) -> list[Event]:
        return self.reveal(turn)

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        return any(session.board.waiting(pile) for pile in self._to_show(session, phase))

    def reveal(self, turn: Turn) -> list[Event]:
        piles_to_show = self._to_show(turn.session, turn.phase)
        return [event for pile in piles_to_show for event in piles.show(turn, pile)]

    def set_aside(self, turn: Turn) -> list[Event]:
        piles_to_leave = self._to_show(turn.session, turn.phase)
        return [event for pile in piles_to_leave for event in piles.leave(turn, pile)]

    def fates(self, room: Room, session: Session) -> dict[str, str]:
        return telling.fates(room, session)

    def main(self, room: Room, session: Session) -> Main | None:
        phase = session.phase
        if phase is None or not self._collecting(session, phase):
            return None
        return Main(GatherSettings.of(phase).reveal, "reveal")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        kept = self._as_opened(session, phase)
        if kept.private:
            return "Only you."
        pile = session.board.piles.get(self.wall(phase))
        if kept.hidden and pile and not pile.collecting:
            return "Everyone sees these, unsigned."
        if kept.hidden:
            return "Everyone when we show them, unsigned."
        return "Everyone at once, unsigned."

    def fills(self, said: Mapping[str, Any]) -> dict[str, str]:
        alone, hidden = "Only you see it.", "Nobody sees yours before all are shown."
        waits = said.get("collecting", said["hidden"])
        seen = "Everybody sees them now." if said["hidden"] else "Everybody sees it at once."
        together = alone if said["private"] else hidden if waits else seen
        many = {0: "any number of", 1: "one of the"}.get(said["limit"]) or f"up to {in_words(said['limit'])}"
        return {"together": together, "up_to": many, "Up_to": many[0].upper() + many[1:]}

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step["private"]:
            yield "add_note", {"text": chance.choice(_HEARD)}
            return
        if seen.step["hidden"] and not seen.step["collecting"]:
            return
        for text, baseline, target in some(chance, _IDEAS, 2):
            yield "add_note", {"text": text, "baseline": baseline, "target": target}

    def everyone(self, room: Room, session: Session) -> GatherStep:
        phase = session.phase
        assert phase is not None
        s = GatherSettings.of(phase)
        kept = self._as_opened(session, phase)
        return GatherStep(
            pile=s.pile,
            limit=kept.limit,
            private=kept.private,
            hidden=kept.hidden,
            figures=s.figures,
            into=s.into,
            into_limit=s.into_limit,
            lines=_lines_for(session, s.pile),
            reveal=s.reveal,
            collecting=self._collecting(session, phase),
            why=s.why,
            days=s.days,
            standing=goal_lines(room) if s.standing else [],
        )

    def _as_opened(self, session: Session, phase: PhasePlan) -> Pile | GatherSettings:
        """Who sees notes, and how many there may be: as the wall was opened, whatever has been set since."""
        return session.board.piles.get(self.wall(phase)) or GatherSettings.of(phase)

    def _collecting(self, session: Session, phase: PhasePlan) -> bool:
        pile = session.board.piles.get(self.wall(phase))
        return bool(pile and pile.collecting and pile.hidden and not pile.private)

    def _to_show(self, session: Session, phase: PhasePlan) -> list[str]:
        """The pile written into, and the one lines go into where no later step would show it."""
        into = GatherSettings.of(phase).into
        later = [self.wall(p) for p in session.steps() if p.activity == self.name and p is not phase]
        return [self.wall(phase), *([into] if into and into not in later else [])]


class Answered(ForHelm):
    """How many of each team have answered, where people write over days."""

    name = "answered"
    shape = AnsweredShown
    on = frozenset({"done", "person", "team", "step"})

    def look(self, sight: Sight, id: str) -> AnsweredShown | None:
        phase = sight.session.phase
        if phase is None or phase.activity != Gather.name or not GatherSettings.of(phase).days:
            return None
        room, here, done = sight.room, Counter[str](), Counter[str]()
        for person in sight.session.taking_part():
            here[room.people[person].team] += 1
            done[room.people[person].team] += person in sight.session.done
        listed = [team for team in room.record.standing_teams() if team.kind != "leadership" or here[team.id]]
        return AnsweredShown(
            [AnsweredOfTeam(team.id, team.name, done[team.id], max(team.size, here[team.id])) for team in listed]
        )
