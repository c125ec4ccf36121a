"""Voting with secret dots, and saying of what one chose whether it is for now or for later."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from sessions.activities.activity import NOTHING_WRITTEN, Activity, Main
from sessions.activities.playing import Chance, Plays, Seen, some
from sessions.board import ballots, telling
from sessions.board.ballots import Ballot
from sessions.board.counting import own_voters
from sessions.board.dots import Lean, PlaceDot, TakeDot
from sessions.board.groups.group import Merge, SetAside, Split, Title
from sessions.board.notes.writing import HideNote
from sessions.room import PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.setting import Settings, number, switch, vote, wall, words
from sessions.rules.event import Event
from sessions.rules.numbers import in_words
from sessions.rules.voting import SPLIT_FROM


class VoteSettings(Settings, frozen=True):
    """What is voted on, and with how many dots."""

    on: Annotated[str, wall("Wall that is voted on")] = "ideas"
    ballot: Annotated[str, vote("Name of the vote")] = "impact"
    dots: Annotated[int, number("Dots each (0: a third of what there is)", 0, 20)] = 0
    per_item: Annotated[int, number("Dots on one thing, at most", 1, 20)] = 2
    leans: Annotated[bool, switch("Ask: pressing now, or building for later?")] = False
    reveal: Annotated[str, words("Button that shows them")] = "Show the votes"


class VoteStep(Shown, frozen=True):
    """The wall voted on and the round, with what each has; ``shown`` is whether its votes are."""

    pile: str
    ballot: str
    budget: int | msgspec.UnsetType = msgspec.UNSET
    per_item: int | msgspec.UnsetType = msgspec.UNSET
    leans: bool | msgspec.UnsetType = msgspec.UNSET
    shown: bool | msgspec.UnsetType = msgspec.UNSET


class VoteMain(Shown, frozen=True):
    """Whether everything presses now, and nothing builds for later."""

    all_now: bool


class Vote(Activity):
    """Dots ``on`` a pile's items, counted in the rounds of ``ballot``.

    ``dots`` is what each person has (0: a third of the items), ``per_item`` the most on one item.
    """

    name = "vote"
    called = "Vote with dots"
    does = "Secret dots, shown together"
    waits = True
    tells = (telling.votes,)
    watches = frozenset({"ballot"})
    count_only = True
    takes = (PlaceDot, TakeDot, Lean, Merge, Split, Title, SetAside, HideNote)
    settings = VoteSettings

    def gives(self, phase: PhasePlan) -> set[str]:
        return {f"vote:{self.vote(phase)}"}

    def wall(self, phase: PhasePlan) -> str:
        return VoteSettings.of(phase).on

    def vote(self, phase: PhasePlan) -> str:
        return VoteSettings.of(phase).ballot

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {f"wall:{self.wall(phase)}": NOTHING_WRITTEN}

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        s = VoteSettings.of(phase)
        return ballots.open_round(turn, s.ballot, s.on, s.dots, s.per_item, s.leans, run, anew)

    def given(self, session: Session) -> dict[str, int]:
        ballot = self._ballot(session)
        return {"dots": ballot.budget, "per_item": ballot.per_item} if ballot and not ballot.revealed else {}

    def grow(self, turn: Turn, phase: PhasePlan) -> list[Event]:
        s = VoteSettings.of(phase)
        return ballots.widen(turn.board.latest(self.vote(turn.phase)), s.dots, s.per_item)

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        ballot = session.board.latest(self.vote(phase))
        return bool(ballot and not ballot.revealed and ballot.cast())

    def reveal(self, turn: Turn) -> list[Event]:
        return ballots.show(turn, turn.board.latest(self.vote(turn.phase)))

    def set_aside(self, turn: Turn) -> list[Event]:
        return ballots.set_aside(turn.board.latest(self.vote(turn.phase)))

    def was_shown(self, session: Session, phase: PhasePlan) -> bool:
        ballot = session.board.latest(self.vote(phase))
        return bool(ballot and ballot.revealed)

    def voted(self, room: Room, session: Session) -> int | None:
        ballot = self._ballot(session)
        if ballot is None or ballot.revealed:
            return None
        return len(own_voters(room, ballot))

    def undo(self, turn: Turn, run: str) -> list[Event]:
        return [e for b in turn.board.ballots.values() if b.run == run for e in ballots.set_aside(b)]

    def main(self, room: Room, session: Session) -> Main | None:
        phase, ballot = session.phase, self._ballot(session)
        if phase is None or ballot is None or ballot.revealed:
            return None
        return Main(VoteSettings.of(phase).reveal, "reveal")

    def awaits(self, session: Session) -> bool:
        ballot = self._ballot(session)
        return ballot is not None and not ballot.revealed

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        ballot = self._ballot(session)
        if ballot is not None and ballot.revealed:
            return "Everyone sees the totals, and nobody who chose what."
        return "Secret. Everyone sees the totals when they are shown, never who chose what."

    def fills(self, said: Mapping[str, Any]) -> dict[str, str]:
        budget, most = int(said.get("budget", said["dots"])), int(said["per_item"])
        if not budget:
            # Of a vote to come nobody knows it yet; one that runs without its ballot says no figure.
            return {"dots": "your dots", "All_dots": "Your dots are"} if "pile" in said else {}
        if budget == 1:
            return {"budget": "1", "dots": "one dot", "All_dots": "Your dot is"}
        on_one = f"at most {in_words(most)} on one idea" if most < budget else "as many on one idea as you like"
        dots = f"{budget} dots, {'one on each' if most == 1 else on_one}"
        return {"budget": str(budget), "dots": dots, "All_dots": f"All {budget} dots are"}

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step.get("shown"):
            return
        for item in some(chance, seen.items(seen.step["pile"]), seen.step.get("budget", 0)):
            yield "place_dot", {"item": item}
            if seen.step.get("leans"):
                yield "lean", {"item": item, "lean": chance.choice(["now", "now", "later"])}

    def everyone(self, room: Room, session: Session) -> VoteStep:
        phase, ballot = session.phase, self._ballot(session)
        assert phase is not None
        if ballot is None:
            return VoteStep(pile=self.wall(phase), ballot="")
        return VoteStep(
            pile=ballot.on,
            ballot=ballot.id,
            budget=ballot.budget,
            per_item=ballot.per_item,
            leans=ballot.leans,
            shown=ballot.revealed,
        )

    def facilitators(self, room: Room, session: Session) -> VoteMain:
        ballot = self._ballot(session)
        return VoteMain(all_now=bool(ballot and ballot.revealed and _everything_presses(ballot)))

    def _ballot(self, session: Session) -> Ballot | None:
        return session.board.latest(self.vote(session.phase)) if session.phase else None


def _everything_presses(ballot: Ballot) -> bool:
    said = [lean for pen in ballot.counting() for lean in ballot.leanings.get(pen, {}).values()]
    return ballot.splits() and len(said) >= SPLIT_FROM and "later" not in said
