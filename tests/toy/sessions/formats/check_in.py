"""A toy format from outside: how everybody is, and an idea each."""

from sessions.formats.format import Format, phase

CHECK_IN = Format(
    key="check_in",
    name="Check-in",
    purpose="How is everybody, and what is on their mind?",
    people="2 to 30 people",
    minutes=10,
    phases=(
        phase("mood", 4, "mood", title="How are you?", prompt="One word.", forward="Ask how they are"),
        phase("minds", 4, "gather", title="What is on your mind?", prompt="One thing a note.", pile="minds", limit=2),
    ),
)
