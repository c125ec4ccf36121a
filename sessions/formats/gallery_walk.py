"""C, the gallery walk: every team's goal on a wall, groups that read, talk and move on, and what changed."""

from sessions.formats.format import Format, phase

GALLERY_WALK = Format(
    key="gallery_walk",
    order=30,
    name="Gallery walk",
    purpose="Everybody reads the other teams' goals, leaves notes on the very words, and each team changes its "
    "own while it is fresh.",
    people="10 to 600 people",
    stage="bring",
    wants="the teams’ goals on the record",
    example="Walk through the goals",
    minutes=88,
    fewest=6,
    phases=(
        phase(
            "welcome",
            10,
            "assemble",
            name="Welcome",
            title="Find your group",
            prompt="Your group and your first poster stand here as soon as they are dealt.",
            hint="Send the hosts first, then one colour at a time.",
            empty="No group yet. Show this to a helper.",
            done="We're here",
            forward="Welcome everyone",
        ),
        phase(
            "walk",
            48,
            "walk",
            name="Walk",
            title="Walk",
            prompt="Read, talk, move on when the bell rings.",
            empty="Your first note need not be clever.",
            done="We're here",
            forward="Ring the bell: round 1",
        ),
        phase(
            "regroup",
            20,
            "revise",
            name="Back home",
            title="Back home",
            prompt="Sort the notes into a few heaps, answer the heaps, then change the words while it is fresh.",
            hint="Ten minutes in, visit any team with no edit. None is fine, if they can say why.",
            empty="No notes here. Ask the two nearest people what they would have written.",
            forward="Bring everybody back home",
        ),
        phase(
            "debrief",
            10,
            "say_change",
            name="What changed",
            title="What changed?",
            prompt="One sentence per team: what we changed because of you.",
            hint="Thirty seconds each. End with the flags that have no owner.",
            empty="Nobody has said anything yet.",
            forward="Start the round-up",
        ),
    ),
)
