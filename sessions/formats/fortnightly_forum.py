"""H, every fortnight: half an hour between two forums, for how sure we are and what is stuck."""

from sessions.formats.format import Format
from sessions.formats.mid_quarter_forum import MID_QUARTER_FORUM

FORTNIGHTLY_FORUM = Format(
    key="fortnightly_forum",
    order=81,
    name="Fortnightly forum",
    purpose="The half hour between: how sure we are, and what is stuck is decided by name.",
    people="3 to 20 people",
    stage="hold",
    wants="results on the record",
    example="Shared Results Forum",
    minutes=30,
    fewest=3,
    phases=(MID_QUARTER_FORUM.step("sure"), MID_QUARTER_FORUM.step("decide")),
)
