"""Gathering: everybody writes for themselves; the pile stays private, is shown in one go, or is open."""

from typing import Any

from sessions.activities.activity import Activity, Main
from sessions.activities.playing import Chance, Plays, Seen, some
from sessions.board import piles, telling
from sessions.board.writing import AddNote, EditNote, RemoveNote, TurnIntoIdea
from sessions.room import PhasePlan, Room, Session, Turn
from sessions.room.setting import number, switch, wall, words
from sessions.rules.event import Event

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


class Gather(Activity):
    """Notes go into ``pile``, at most ``limit`` each (0: as many as one likes).

    ``private`` piles are never shown; from them a line can go ``into`` another pile, of ``into_limit``.
    ``hidden`` piles are shown together. ``figures`` asks for from and to.
    """

    name = "gather"
    called = "Write notes"
    does = "Write for oneself; shown together, or at once"
    tells = (telling.ideas,)
    watches = frozenset({"pile"})
    takes = (AddNote, EditNote, RemoveNote, TurnIntoIdea)
    files_late = (AddNote, EditNote, RemoveNote, TurnIntoIdea)
    settings = {
        "pile": wall("ideas", "Wall the notes go to"),
        "limit": number(0, "Notes each, at most (0: as many as they like)", 0, 50),
        "private": switch(False, "Only the writer ever sees them"),
        "hidden": switch(True, "Hidden until all are shown together"),
        "figures": switch(False, "Ask from where and to where"),
        "into": wall("", "Wall a line can be copied to", optional=True),
        "into_limit": number(0, "Copied lines each, at most (0: as many as they like)", 0, 50),
        "reveal": words("Show all notes", "Button that shows them"),
    }

    def gives(self, phase: PhasePlan) -> set[str]:
        walls = [phase.settings["pile"]] if not phase.settings["private"] else []
        return {f"wall:{name}" for name in (*walls, phase.settings["into"]) if name}

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        s = phase.settings
        opened = [piles.open_pile(s["pile"], s["limit"], s["private"], s["hidden"])]
        if s["into"] and s["into"] not in turn.board.piles:
            opened.append(piles.open_pile(s["into"], s["into_limit"]))
        return opened

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
        return Main(phase.settings["reveal"], "reveal")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        if phase.settings["private"]:
            return "Only you."
        pile = session.board.piles.get(phase.settings["pile"])
        if phase.settings["hidden"] and pile and not pile.collecting:
            return "Everyone sees these, unsigned."
        if phase.settings["hidden"]:
            return "Everyone when we show them, unsigned."
        return "Everyone at once, unsigned."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step["private"]:
            yield "add_note", {"text": chance.choice(_HEARD)}
            return
        if seen.step["hidden"] and not seen.step["collecting"]:
            return
        for text, baseline, target in some(chance, _IDEAS, 2):
            yield "add_note", {"text": text, "baseline": baseline, "target": target}

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        phase = session.phase
        assert phase is not None
        return {**phase.settings, "collecting": self._collecting(session, phase)}

    def _collecting(self, session: Session, phase: PhasePlan) -> bool:
        pile = session.board.piles.get(phase.settings["pile"])
        return bool(pile and pile.collecting and pile.hidden and not pile.private)

    def _to_show(self, session: Session, phase: PhasePlan) -> list[str]:
        """The pile written into, and the one lines go into where no later step would show it."""
        into = phase.settings["into"]
        later = [p.settings.get("pile") for p in session.steps() if p.activity == self.name and p is not phase]
        return [phase.settings["pile"], *([into] if into and into not in later else [])]
