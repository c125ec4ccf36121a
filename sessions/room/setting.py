"""A setting of a step: what it is when nobody says, what it means in plain words, and its bounds."""

from typing import Any, Literal

import msgspec

from sessions.rules import text
from sessions.rules.refusal import Refused

#: A ``wall`` is where notes stand and a ``vote`` what is counted, by a name that steps share.
SettingKind = Literal["number", "switch", "words", "choice", "wall", "vote"]


class Setting(msgspec.Struct, frozen=True):
    """One setting. ``least`` and ``most`` bound a number; ``choices`` are values with what they are called."""

    default: Any
    words: str
    kind: SettingKind
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    #: Whether it may be left empty.
    optional: bool = False

    def checked(self, value: Any) -> Any:
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


def number(default: int, words: str, least: int, most: int) -> Setting:
    """A whole number."""
    return Setting(default, words, "number", least, most)


def switch(default: bool, words: str) -> Setting:
    """Yes or no."""
    return Setting(default, words, "switch")


def words(default: str, means: str, optional: bool = False) -> Setting:
    """A few words, such as a button's."""
    return Setting(default, means, "words", optional=optional)


def wall(default: str, means: str, optional: bool = False) -> Setting:
    """The name of a wall that steps share."""
    return Setting(default, means, "wall", optional=optional)


def vote(default: str, means: str) -> Setting:
    """The name of a vote that steps share."""
    return Setting(default, means, "vote")


def choice(default: str, means: str, **choices: str) -> Setting:
    """One of several."""
    return Setting(default, means, "choice", choices=tuple(choices.items()))


def defaults(settings: "dict[str, Setting]") -> dict[str, Any]:
    """What each setting is when nobody says."""
    return {name: setting.default for name, setting in settings.items()}


def checked(known: "dict[str, Setting]", asked: dict[str, Any]) -> dict[str, Any]:
    """Settings as they may be kept; refused where one is unknown, or not what it can be."""
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise Refused("bad_setting", "This step has no setting called {names}.", {"names": ", ".join(unknown)[:80]})
    return {name: known[name].checked(value) for name, value in asked.items()}
