"""What two teams make of what is the same in their goals, and of where they can help each other."""

from typing import Literal

from sessions.activities.marketplace.market import goals, team_of
from sessions.record.duplicates import DuplicateSettled, key_of
from sessions.record.feedback import FeedbackGiven
from sessions.record.objectives.objective import Objective
from sessions.room import Command, Turn
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NameWords, NoteWords


class SettleDuplicate(Command, frozen=True, tag="settle_duplicate"):
    """Say what becomes of what another team does too: one takes it, it is shared under one lead, or both, because.

    ``lead`` is the team that takes it, or leads what is shared.
    """

    who = "participants"
    team: Id
    end: Literal["merged", "shared", "both"]
    lead: Id = ""
    words: LineWords = ""

    def decide(self, turn: Turn) -> list[Event]:
        own = team_of(turn.room, turn.by.person)
        if not own:
            raise Refused("no_team", "Say first which team you are of.")
        if self.team == own:
            raise Refused("own_team", "Two teams settle what is the same.")
        if self.team not in turn.record.teams:
            raise Refused("no_such_team", "That team is not on the list.")
        words = text.optional(self.words, text.LINE, "The reason").replace("\n", " ")
        if self.end == "both" and not words:
            raise Refused("needs_reason", "Say why it is right that both do it.")
        if self.end != "both" and self.lead not in (own, self.team):
            raise Refused("needs_lead", "Say which of the two takes it, or leads it: one, not both.", text=self.words)
        lead = "" if self.end == "both" else self.lead
        known = turn.record.duplicates.get(key_of(own, self.team))
        if known and (known.end, known.lead, known.words) == (self.end, lead, words):
            return []
        return [DuplicateSettled(team=own, other=self.team, end=self.end, lead=lead, words=words)]


class OfferHelp(Command, frozen=True, tag="offer_help"):
    """Offer another team help with its goal (or, by the team, with its first), with the name of who gives it."""

    who = "participants"
    goal: Id
    text: NoteWords
    name: NameWords = ""

    def decide(self, turn: Turn) -> list[Event]:
        own, goal = team_of(turn.room, turn.by.person), _goal(turn, self.goal)
        if not own:
            raise Refused("no_team", "Say first which team you are of.")
        if goal is None or not goal.text or goal.status == "draft" or not goal.team:
            raise Refused("no_such_goal", "That goal is not there any more.")
        if goal.team == own:
            raise Refused("own_team", "That is your own team’s goal.")
        words = text.clean(self.text, what="What you offer")
        who = text.optional(self.name, text.NAME, "The name").replace("\n", " ")
        who = who or turn.room.name_of(turn.by.person)
        return [
            FeedbackGiven(
                feedback=turn.by.new_id(),
                objective=goal.id,
                on=goal.id,
                kind="offer",
                text=words,
                source="marketplace",
                team=own,
                by=turn.by.person,
                version=goal.version,
                session=turn.session.code,
                place=who,
            )
        ]


def _goal(turn: Turn, id: str) -> Objective | None:
    """The goal of this id, or the first one of the team of this id."""
    return turn.record.objectives.get(id) or next((goal for goal in goals(turn.record) if goal.team == id), None)
