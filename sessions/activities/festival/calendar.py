"""Whose acts and stars stand in a calendar: an entry an act, under an id that stays when the act moves."""

from dataclasses import dataclass

from sessions.activities.festival.feedback import lines
from sessions.activities.festival.programme import SLOTS, Act, called, festival, letter, plays_for
from sessions.activities.festival.stage_seen import starts
from sessions.room import Room, Session
from sessions.rules.line_up.clock import SLOT


@dataclass(frozen=True)
class Entry:
    """One act in a calendar; times are Unix milliseconds."""

    id: str
    begins: int
    ends: int
    title: str
    where: str
    about: str


def entries(room: Room, session: Session, person: str = "") -> list[Entry]:
    """The acts of the live line-up: all, or of one person those they play, host or starred. None without an hour."""
    kept = festival(session)
    at = moments(session)
    acts = [
        act for act in kept.live.values() if act.slot in at and (not person or _is_theirs(room, session, person, act))
    ]
    return [_entry(room, session, act, at[act.slot]) for act in sorted(acts, key=lambda act: (act.slot, act.stage))]


def moments(session: Session) -> dict[int, int]:
    """When each slot begins (Unix milliseconds): by the bells while it runs, else by the plan; empty where unknown."""
    kept = festival(session)
    base = session.began or kept.frame.begins
    found = {slot: base + round(at * 60_000) for slot, at in enumerate(starts(session), 1)} if base else {}
    run = session.run
    if run and session.plan[run.phase].activity == SLOTS and kept.loop.goes():
        for bell in kept.loop.bells(run.deadline):
            found[bell.round + 1] = bell.until
    return {slot: at for slot, at in found.items() if slot <= kept.frame.slots}


def _is_theirs(room: Room, session: Session, person: str, act: Act) -> bool:
    kept = festival(session)
    hosts = act.id in kept.duties and person in kept.duties[act.id].people
    return hosts or plays_for(room, person) == act.team or act.id in kept.stars.get(person, ())


def _entry(room: Room, session: Session, act: Act, begins: int) -> Entry:
    kept, record = festival(session), room.record
    stage = kept.stages[letter(act.stage)]
    ends = begins + round((kept.frame.each - SLOT["move"]) * 60_000)
    goal = next(iter(lines(record, act.team).values()), "")
    about = "\n".join(part for part in (goal, stage.link if kept.frame.online else "") if part)
    return Entry(f"{act.id}@{session.code}", begins, ends, called(record, act.team), f"Stage {stage.id}", about)
