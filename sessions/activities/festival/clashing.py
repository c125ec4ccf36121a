"""What is the matter with a draft of the line-up, in sentences."""

from sessions.activities.festival.programme import LETTERS, called, festival, letter
from sessions.activities.festival.wishes import wish
from sessions.record.record import Record
from sessions.room import Room, Session
from sessions.rules.line_up.placing import Clash, Placed, clashes


def clashes_of(room: Room, session: Session) -> list[Clash]:
    """What is the matter with the draft."""
    draft = festival(session).draft
    placed = [Placed(act.slot, act.stage, act.team) for act in draft.acts.values()]
    return clashes(wish(room, session, draft.frame), placed)


_WORDS = {
    "one_place": "{teams} are both on stage {stage} in slot {slot}.",
    "beyond": "{team} is on a stage, or in a slot, that is not there any more.",
    "twice_at_once": "{team} plays twice in slot {slot}.",
    "headliners": "{teams} are headliners and play at the same time, in slot {slot}.",
    "missing": "{team} has no act.",
    "seldom": "{team} is a headliner and plays less often than was planned.",
    "unmet": "{team} needs {other}, and is on stage whenever {other} plays.",
    "too_many": "{team} has to see {others} in slot {slot}: more than it has people free.",
    "back_to_back": "{team} plays in slot {slot} and in the next, without a pause.",
}


def in_words(record: Record, clash: Clash) -> str:
    """What is the matter, as a sentence."""
    names = [called(record, team) for team in clash.teams]
    what = "seldom" if clash.what == "missing" and clash.slots else clash.what
    return _WORDS[what].format(
        teams=" and ".join(names),
        team=names[0],
        other=names[-1],
        others=" and ".join(names[1:]),
        stage=letter(clash.stage) if 0 < clash.stage <= len(LETTERS) else "",
        slot=clash.slots[0] if clash.slots else "",
    )
