"""T, the team draft: one team's goal under the top-level one, once per team and cycle, made of what is there."""

from sessions.formats.format import Format, phase
from sessions.formats.leadership_draft import LEADERSHIP_DRAFT

TEAM_DRAFT = Format(
    key="team_draft",
    order=20,
    name="Team draft",
    purpose="One team drafts its own goal: how does our work show up in the big picture, and whom do we need?",
    people="one team, 3 to 15 people",
    stage="bring",
    example="Our quarter",
    minutes=75,
    fewest=3,
    most=15,
    beyond="ideas_and_dots",
    asks="team",
    phases=(
        phase(
            "goal",
            8,
            "read",
            name="The goal",
            title="How does our work show up there?",
            prompt="Read the top-level goal. Where would somebody see that we were part of it?",
            hint="Possibly nowhere, and that is fine. Ask each person for one place.",
            empty="No top-level goal is shared yet. Say aloud what the leaders are after.",
            done="I've read it",
            forward="Read the top-level goal",
            goal=True,
        ),
        LEADERSHIP_DRAFT.step("ideate", minutes=9, hint="Numbers may be guesses today."),
        LEADERSHIP_DRAFT.step("cluster", minutes=6, hint="Merge less than you would like."),
        LEADERSHIP_DRAFT.step(
            "vote",
            minutes=5,
            prompt="You have {dots}.",
        ),
        LEADERSHIP_DRAFT.step(
            "shortlist",
            minutes=5,
            prompt="These lead: what would we regret leaving out?",
            hint="Hear the case against the winner first.",
        ),
        LEADERSHIP_DRAFT.step(
            "refine",
            minutes=18,
            prompt="In twos: what do we count, where is it today, where should it be?",
            hint="Unknown today? Write who finds out, by when.",
        ),
        LEADERSHIP_DRAFT.step(
            "objective", minutes=10, hint="No numbers. Take the winner and name one person to polish it."
        ),
        phase(
            "alignment",
            7,
            "align",
            name="Alignment",
            title="How does it serve the whole?",
            prompt="Which line does it serve, and how? If none: why? Both are good answers.",
            hint="Taken over as it is only for a focus or a crisis; as a guide is the usual way.",
            forward="Ask how it serves the whole",
        ),
        phase(
            "needs",
            7,
            "gather",
            name="Who do we need?",
            title="Who do we need?",
            prompt="I need … by … because …: one need a note, with the team's name.",
            hint="Nobody is scolded with this: it is what we bring to the other teams.",
            empty="Whom did you wait for last quarter?",
            forward="Ask whom we need",
            pile="needs",
            hidden=False,
        ),
    ),
)
