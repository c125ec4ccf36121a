"""A shared result: who leads it, and which teams carry it, each with a result of its own and the same target.

Source: S4 (“one accountable owner of the join”), S0 (“both should have a KR to make the increase in full”).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sessions.record.results.result import KeyResult, ResultChanged, plain
from sessions.rules.event import Event, SignedEvent
from sessions.rules.refusal import Refused

if TYPE_CHECKING:
    from sessions.record.history import Sign
    from sessions.record.record import Record


@dataclass(slots=True)
class Part:
    """What one team carries: the result of its own goal, and its contribution as a note."""

    result: str
    note: str = ""


@dataclass(slots=True)
class Share:
    """One result that several teams carry. ``lead`` is a team, ``person`` who leads it there, by name.

    ``named``: somebody has said who leads, so its laws hold; before that it is what files claim, two leads as well.
    """

    result: str
    lead: str = ""
    person: str = ""
    named: bool = False
    parts: dict[str, Part] = field(default_factory=dict)
    #: Teams that a file says lead it.
    claims: list[str] = field(default_factory=list)


class ShareLed(SignedEvent, frozen=True, tag="share_led"):
    """A team leads a shared result, and this person there; there is one lead, whoever led it before."""

    result: str
    team: str
    person: str

    def evolve(self, record: Record) -> None:
        share = record.shares.setdefault(self.result, Share(self.result))
        was = (share.lead, share.person) if share.named else ("", "")
        share.lead, share.person, share.named = self.team, self.person, True
        home = record.objective_of(self.result)
        record.revise(self, home.id if home else "", self.result, "share", list(was), [self.team, self.person])
        record.touch("share:" + self.result, "result:" + self.result)


class ShareCarried(SignedEvent, frozen=True, tag="share_carried"):
    """A team carries a shared result in this result of its own (none: not any more); its contribution is a note."""

    result: str
    team: str
    own: str = ""
    note: str = ""

    def evolve(self, record: Record) -> None:
        share = record.shares.setdefault(self.result, Share(self.result))
        if self.own:
            share.parts[self.team] = Part(self.own, self.note)
        else:
            share.parts.pop(self.team, None)
        record.touch("share:" + self.result)


def in_full(whole: float | None, own: float | None) -> bool:
    """Whether a part has the whole target; of one that has none yet, everybody has all there is."""
    return whole is None or own == whole


def claimed(record: Record, result: KeyResult) -> None:
    """What a file says of a result that is shared stands as a claim, until somebody names who leads."""
    top, role = result.kept.get("shared"), result.kept.get("role")
    home = record.objective_of(result.id)
    if not isinstance(top, str) or top not in record.results or home is None or not home.team:
        return
    if top == result.id or share_of(record, top):
        return
    share = record.shares.setdefault(top, Share(top))
    known = share.parts.get(home.team)
    note = result.kept.get("contribution")
    share.parts[home.team] = Part(result.id, str(note) if note else known.note if known else "")
    share.claims = [team for team in share.claims if team != home.team]
    if role == "lead":
        share.claims.append(home.team)
    if not share.named:
        share.lead = share.claims[0] if len(share.claims) == 1 else ""
    record.touch("share:" + top)


def share_of(record: Record, result: str) -> Share | None:
    """The shared result that a team's result carries, if it does."""
    return next((s for s in record.shares.values() if any(p.result == result for p in s.parts.values())), None)


def carried(record: Record, share: Share) -> dict[str, Part]:
    """Team → the part in which it carries it, as everybody may read: no draft, and nothing that was dropped."""
    return {team: part for team, part in share.parts.items() if _stands(record, part.result)}


def _stands(record: Record, result: str) -> bool:
    own, home = record.results.get(result), record.objective_of(result)
    return own is not None and not own.dropped and home is not None and home.status != "draft"


def must_carry_in_full(record: Record, result: KeyResult, field: str, value: object) -> None:
    """Refuse another target than the whole one for what carries a shared result with a lead (S0, H1)."""
    share = share_of(record, result.id) if field == "target" else None
    whole = record.results.get(share.result) if share and share.named else None
    if whole is not None and isinstance(value, float | int | None) and not in_full(whole.target, value):
        raise Refused(
            "in_full",
            "This carries “{result}” and has its target in full: {target}. What your team adds goes into the note.",
            {"result": whole.text, "target": plain(whole.target)},
        )


def following(record: Record, result: KeyResult, field: str, value: object) -> list[Event]:
    """Whoever carries a shared result with a lead carries its new target too."""
    share = record.shares.get(result.id) if field == "target" else None
    if share is None or not share.named or value is None:
        return []
    return [
        ResultChanged(result=part.result, field="target", value=value, why="carried in full")
        for part in share.parts.values()
    ]


def take_in_shares(record: Record, sign: Sign, rows: object) -> None:
    """Who leads which shared result, as a file says it: one team each, that is on the list; all carry it in full."""
    for row in rows if isinstance(rows, list) else []:
        top, lead = (row.get("result"), row.get("lead")) if isinstance(row, dict) else (None, None)
        if not isinstance(top, str) or top not in record.results or lead not in record.teams:
            continue
        share = record.shares.setdefault(top, Share(top))
        share.lead, share.person, share.named = row["lead"], str(row.get("person") or "")[:60], True
        record.touch("share:" + share.result)
    for share in record.shares.values():
        if share.named:
            _follow(record, sign, share)


def _follow(record: Record, sign: Sign, share: Share) -> None:
    """A file that changes the whole target changes it for everybody who carries it."""
    whole = record.results.get(share.result)
    for part in share.parts.values():
        own = record.results.get(part.result)
        if whole and own and not in_full(whole.target, own.target):
            record.revise(sign, own.objective, own.id, "target", own.target, whole.target)
            own.target = whole.target
            record.touch("result:" + own.id)
