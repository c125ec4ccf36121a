"""Results one by one: progress, challenge, milestone, plan; with what the board says of the needs behind them."""

from typing import Literal

from sessions.activities.activity import Main
from sessions.activities.forum.forum_step import ForumStep
from sessions.activities.forum.reviews import ASKED, Reviews, results
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.shares.share import carried
from sessions.room import Command, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords


class ResultPutUp(SessionEvent, frozen=True, tag="result_put_up"):
    """This result is spoken of now."""

    result: str

    def evolve(self, session: Session) -> None:
        session.part(Reviews).up = self.result
        session.touch("step")


class ReviewSaid(SessionEvent, frozen=True, tag="review_said"):
    """One part of what is said of a result."""

    result: str
    part: str
    text: str

    def evolve(self, session: Session) -> None:
        session.part(Reviews).said.setdefault(self.result, {})[self.part] = self.text
        session.touch("step")


class PutUpResult(Command, frozen=True, tag="put_up_result"):
    """Speak of this result now; for facilitators."""

    who = "facilitators"
    result: Id

    def decide(self, turn: Turn) -> list[Event]:
        if self.result not in results(turn.room):
            raise Refused("no_such_result", "That result is not there any more.")
        return [] if turn.session.part(Reviews).up == self.result else [ResultPutUp(result=self.result)]


class SayProgress(Command, frozen=True, tag="say_progress"):
    """Say one part of how a result goes; ``was`` is what the change started from."""

    result: Id
    part: Literal["progress", "challenge", "milestone", "plan"]
    text: LineWords
    was: str | None = None

    def decide(self, turn: Turn) -> list[Event]:
        if self.result not in results(turn.room):
            raise Refused("no_such_result", "That result is not there any more.", text=self.text)
        now = turn.session.part(Reviews).said.get(self.result, {}).get(self.part, "")
        same_as_before(self.was, now, self.text)
        words = text.optional(self.text, text.LINE, "This").replace("\n", " ")
        return [] if words == now else [ReviewSaid(result=self.result, part=self.part, text=words)]


class ReviewedResult(Shown, frozen=True):
    """A result: what was said of it, how sure people are (0: nobody said), and the needs behind it that are stuck."""

    result: str
    text: str
    lead: str
    said: dict[str, str]
    mean: float
    stuck: list[str]


class ReviewStep(Shown, frozen=True):
    """The results, and which of them is spoken of now."""

    reviewed: list[ReviewedResult]
    up: str
    parts: list[list[str]]


class ReviewShared(ForumStep):
    """One result at a time; the button goes on to the next."""

    name = "review_shared"
    called = "Results one by one"
    does = "Progress, challenge, milestone and plan of each result"
    watches = frozenset({"result", "objective", "share", "dependency", "team"})
    takes = (PutUpResult, SayProgress)

    def enter(self, turn: Turn, phase: object, run: str, anew: bool = True) -> list[Event]:
        found = results(turn.room)
        return [ResultPutUp(result=found[0])] if found and anew else []

    def main(self, room: Room, session: Session) -> Main | None:
        found, up = results(room), session.part(Reviews).up
        at = found.index(up) + 1 if up in found else 0
        return Main("On to the next result", "put_up_result", {"result": found[at]}) if at < len(found) else None

    def seen_by(self, session: Session, phase: object) -> str:
        return "Everyone, at once."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step.get("up") and chance.random() < 0.3:
            part, words = chance.choice((("progress", "Three crews have changed"), ("plan", "One call a week")))
            yield "say_progress", {"result": seen.step["up"], "part": part, "text": words}

    def everyone(self, room: Room, session: Session) -> ReviewStep:
        kept, found = session.part(Reviews), results(room)
        rows = [_reviewed(room, kept, id) for id in found]
        up = kept.up if kept.up in found else found[0] if found else ""
        return ReviewStep(reviewed=rows, up=up, parts=[[name, words] for name, words in ASKED.items()])


def _reviewed(room: Room, kept: Reviews, id: str) -> ReviewedResult:
    record, shown = room.record, kept.shown.get(id, {})
    share = record.shares.get(id)
    lead = f"{share.person}, {record.team_name(share.lead)}" if share and share.named else ""
    mean = round(sum(s.value for s in shown.values()) / len(shown), 1) if shown else 0
    return ReviewedResult(id, record.results[id].line(), lead, dict(kept.said.get(id, {})), mean, _stuck(room, id))


def _stuck(room: Room, id: str) -> list[str]:
    """Needs of those who carry or serve a result that are off track or have slipped, by their ids."""
    record = room.record
    teams = {*(carried(record, record.shares[id]) if id in record.shares else ())}
    served = {link.child for link in record.alignments.values() if link.parent == id}
    teams |= {record.objectives[goal].team for goal in served if goal in record.objectives}
    return [
        need.id
        for need in record.dependencies.values()
        if need.consumer in teams and need.live and (need.fired is not None or need.state == "slipped")
    ]
