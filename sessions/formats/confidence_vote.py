"""G, the final confidence vote: read it once more, vote in secret, mend the line that worries, and say it in public."""

from sessions.formats.format import Format, phase

CONFIDENCE_VOTE = Format(
    key="confidence_vote",
    order=40,
    name="Confidence vote",
    purpose="Is this the right goal for the quarter? A secret vote, the concerns behind it, new words where they are "
    "needed, and three sentences to tell everybody.",
    people="3 to 20 people, with a shared goal on the record",
    minutes=48,
    fewest=3,
    most=200,
    asks="goal",
    phases=(
        phase(
            "reread",
            5,
            "reread",
            name="Re-read",
            title="Read it once more",
            prompt="What changed since the draft is marked; what is open is at the end.",
            hint="Three boxes: feedback built in, the objective moves us, every result can be measured.",
            empty="Nothing has changed since the draft. Was anybody asked?",
            done="I've read it",
            forward="Read it once more",
        ),
        phase(
            "vote",
            13,
            "confidence",
            name="Vote",
            title="How confident are you?",
            prompt="From 1 (not at all) to 5 (fully): is this the right goal for the quarter? "
            "Then: is it meaningful, does it include most teams, can we do it?",
            hint="Silence. Nobody, you included, sees a single vote.",
            empty="You have not voted yet.",
            done="I'm done",
            forward="Open the vote",
        ),
        phase(
            "narrative",
            15,
            "phrase",
            name="Narrative",
            title="What do we want people to think, feel and do?",
            prompt="One short sentence each, in words you would use at the coffee machine.",
            hint="Five minutes to write, five to choose, five to trim. Read the winner aloud.",
            empty="Try “We win by finishing what we start.”",
            forward="Go on to the narrative",
            pile="narratives",
            ballot="narrative",
            into="narrative",
        ),
        phase(
            "close",
            2,
            "finish",
            name="Close",
            title="Ready to share",
            prompt="This is now final. Locking comes after the teams have spoken.",
            hint="Name who tells whom, and by when.",
            done="Thank you",
            forward="Get ready to share",
        ),
    ),
)
