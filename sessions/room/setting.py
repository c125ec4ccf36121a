"""A setting of a step: what it is when nobody says, what it means in plain words, and its bounds."""

from collections.abc import Mapping
from typing import Literal, Self, get_type_hints

import msgspec

from sessions.room.plan import PhasePlan, SettingValue
from sessions.rules import text
from sessions.rules.refusal import Refused

#: A ``wall`` is where notes stand and a ``vote`` what is counted, by a name that steps share.
SettingKind = Literal["number", "switch", "words", "choice", "wall", "vote"]
#: From when a setting counts that is changed while its step runs: at ``once``; or from when the step begins ``anew``,
#: since people have begun to write or to vote by it.
Counts = Literal["once", "anew"]


class Setting(msgspec.Struct, frozen=True):
    """One setting. ``least`` and ``most`` bound a number; ``choices`` are values with what they are called."""

    words: str
    kind: SettingKind
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    #: Whether it may be left empty.
    optional: bool = False
    counts: Counts = "anew"

    def checked(self, value: object) -> SettingValue:
        """The value, made safe to keep; refused as ``bad_setting`` where it is not one of this setting's."""
        if self.kind == "switch" and isinstance(value, bool):
            return value
        if self.kind == "number" and isinstance(value, int) and not isinstance(value, bool):
            if self.least <= value <= self.most:
                return value
            raise Refused(
                "bad_setting",
                "“{setting}” goes from {least} to {most}.",
                {"setting": self.words, "least": self.least, "most": self.most},
            )
        if self.kind == "choice" and value in [choice for choice, _ in self.choices]:
            return value
        if self.kind in ("words", "wall", "vote") and isinstance(value, str):
            kept = text.optional(value, 40, f"“{self.words}”").replace("\n", " ")
            if kept or self.optional:
                return kept
        raise Refused("bad_setting", "“{setting}” cannot be that.", {"setting": self.words})


def number(words: str, least: int, most: int, counts: Counts = "anew") -> Setting:
    """A whole number."""
    return Setting(words, "number", least, most, counts=counts)


def switch(words: str, counts: Counts = "anew") -> Setting:
    """Yes or no."""
    return Setting(words, "switch", counts=counts)


def words(means: str, optional: bool = False) -> Setting:
    """A few words, such as a button's."""
    return Setting(means, "words", optional=optional, counts="once")


def wall(means: str, optional: bool = False) -> Setting:
    """The name of a wall that steps share."""
    return Setting(means, "wall", optional=optional)


def vote(means: str) -> Setting:
    """The name of a vote that steps share."""
    return Setting(means, "vote")


def choice(means: str, **choices: str) -> Setting:
    """One of several."""
    return Setting(means, "choice", choices=tuple(choices.items()))


class Settings(msgspec.Struct, frozen=True):
    """What can be set of an activity: its fields, each with what it is when nobody says, its words and its bounds."""

    @classmethod
    def of(cls, phase: PhasePlan) -> Self:
        """The settings of one step."""
        return msgspec.convert(phase.settings, cls)

    @classmethod
    def stated(cls) -> dict[str, Setting]:
        """Each setting by its name."""
        hints = get_type_hints(cls, include_extras=True)
        marks = {name: hints[name].__metadata__ for name in cls.__struct_fields__}
        return {name: next(mark for mark in said if isinstance(mark, Setting)) for name, said in marks.items()}

    @classmethod
    def defaults(cls) -> dict[str, SettingValue]:
        """What each setting is when nobody says."""
        return msgspec.structs.asdict(cls())

    @classmethod
    def checked(cls, asked: Mapping[str, object]) -> dict[str, SettingValue]:
        """Settings as they may be kept; refused where one is unknown, or not what it can be."""
        known = cls.stated()
        unknown = sorted(set(asked) - set(known))
        if unknown:
            raise Refused("bad_setting", "This step has no setting called {names}.", {"names": ", ".join(unknown)[:80]})
        return {name: known[name].checked(value) for name, value in asked.items()}
