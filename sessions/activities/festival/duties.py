"""Who hosts a stage in a slot: a team that is off stage, and the people of it who took it."""

from dataclasses import dataclass, field

#: How many people host a stage.
TWO = 2


@dataclass(slots=True)
class Duty:
    """The teams that were asked to host an act, and the people who do."""

    teams: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
