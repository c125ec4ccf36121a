"""Rows of a file's lists: each once, in words where the record has words; what a row leaves out stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from sessions.rules import text
from sessions.rules.refusal import Refused

if TYPE_CHECKING:
    from sessions.record.files.incoming import Incoming


@dataclass(frozen=True)
class Listed:
    """One list of a document: where it stands, what its rows are called, and which words they can say.

    ``one_of`` are fields that say one of a few words, read by ``folded``.
    """

    name: str
    called: str
    words: tuple[str, ...]
    key: Callable[[object], str]
    one_of: Mapping[str, Collection[str]] = field(default_factory=dict)
    folded: Callable[[str], str] = str.casefold

    def said(self, row: Mapping[str, Any]) -> dict[str, str]:
        """What a row says in words; what it says nothing of is not among them."""
        found = {name: row[name] or "" for name in self.words if name in row}
        chosen = {name: self.folded(found.pop(name)) for name in self.one_of if name in found}
        return found | {name: word for name, word in chosen.items() if word}

    def must_be_read(self, came: Incoming, lines: Sequence[int] = ()) -> None:
        """Remember by line what of these rows cannot be read: said twice, in no words, or in words we do not know."""
        seen: set[str] = set()
        for number, row in enumerate(self.rows(came.kept)):
            key, line = self.key(row), lines[number] if number < len(lines) else 1
            if not key:
                continue
            if key in seen:
                came.refuse(line, "The {called} “{key}” is listed twice.", called=self.called, key=key)
            seen.add(key)
            came.attempt(line, partial(self._must_say_words, row, key))

    def rows(self, kept: Mapping[str, Any]) -> Iterator[Any]:
        """Its rows, of whatever shape; none where the file has no list there."""
        found = kept.get(self.name)
        yield from found if isinstance(found, list) else ()

    def written(self, kept: Mapping[str, Any], now: Mapping[str, Any], said: Callable[[Any], dict[str, Any]]) -> Any:
        """The list as a file has it: in the order it came, with what has changed; what is no row of ours as it came."""
        came = kept.get(self.name, [])
        if not isinstance(came, list):
            return [said(one) for one in now.values()] or came
        keys = [self.key(row) for row in came]
        listed = [said(now[key]) if key in now else row for key, row in zip(keys, came, strict=True)]
        return listed + [said(one) for key, one in now.items() if key not in keys]

    def _must_say_words(self, row: Mapping[str, Any], key: str) -> None:
        for name in self.words:
            value = row.get(name)
            if value is not None and not isinstance(value, str):
                raise Refused("bad_row", "“{name}” of “{key}” has to be words.", {"name": name, "key": key})
            what = f"“{name}” of “{key}”"
            text.optional(value or "", text.NOTE, what)
        for name, known in self.one_of.items():
            value = row.get(name) or ""
            if value and self.folded(value) not in known:
                sentence = "“{value}” is no {name} of a {called}: choose one of {known}."
                values = {"value": value, "name": name, "called": self.called, "known": ", ".join(known)}
                raise Refused("bad_row", sentence, values)
