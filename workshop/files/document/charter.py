"""The charter as a document has it: who decides, in which time, who translates, and the forum; read and written."""

from collections.abc import Mapping
from typing import Any

from sessions.record.charter import HOURS, as_part
from sessions.rules.refusal import Refused

#: Parts of the charter, and where a document has them.
_GOVERNANCE = {"resolver": "conflict_resolver", "tie_breaker": "tie_breaker", "translation_owner": "translation_owner"}
_WINDOWS = {"raise_window": "raise", "answer_window": "answer"}
_FORUM = {"forum": "name", "forum_cadence": "cadence", "mid_quarter": "mid_quarter"}
_PROGRAMME = {"usual_link": "default_alignment_type"}
#: What names somebody, whom a document may name by an id.
_PEOPLE = ("resolver", "translation_owner")
_LONGEST = 8_000


def read(found: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """What a document says of the charter, by part; ``names`` are leaders' by their ids. Says nothing of the rest."""
    said: dict[str, str] = {}
    for part, words in _rows(found).items():
        if not isinstance(words, str | int | float) or isinstance(words, bool) or words == "":
            continue
        plain = names.get(str(words), str(words)) if part in _PEOPLE else str(words)
        try:
            said[part] = as_part(part, plain[:_LONGEST])
        except Refused:
            continue
    return said


def write(kept: Mapping[str, Any], brief: Mapping[str, str], ids: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The same as a document has it: as it came, with what has changed since; ``ids`` are leaders' by their names."""
    before = read(kept, {id: name for name, id in ids.items()})
    found = {name: dict(_part(kept, name)) for name in ("governance", "forum", "programme")}
    for part, words in brief.items():
        if before.get(part, "") == words or (part == "tie_breaker" and part not in before):
            continue
        if part in _GOVERNANCE:
            found["governance"][_GOVERNANCE[part]] = ids.get(words, words) or None
        elif part in HOURS:
            windows = dict(_part(found["governance"], "escalation_window_hours"))
            found["governance"]["escalation_window_hours"] = {**windows, _WINDOWS[part]: int(words) if words else None}
        elif part in _FORUM:
            found["forum"][_FORUM[part]] = words or None
        elif part in _PROGRAMME:
            found["programme"][_PROGRAMME[part]] = words or None
    return {name: part for name, part in found.items() if part}


def _rows(found: Mapping[str, Any]) -> dict[str, Any]:
    governance, forum = _part(found, "governance"), _part(found, "forum")
    windows, programme = _part(governance, "escalation_window_hours"), _part(found, "programme")
    said = {part: governance.get(name) for part, name in _GOVERNANCE.items()}
    said |= {part: windows.get(name) for part, name in _WINDOWS.items()}
    said |= {part: forum.get(name) for part, name in _FORUM.items()}
    return said | {part: programme.get(name) for part, name in _PROGRAMME.items()}


def _part(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = found.get(name)
    return part if isinstance(part, dict) else {}
