"""What a line-up is asked to be: who plays, who more than once, who needs whom, and what the same people want."""

from collections import Counter

from sessions.activities.festival.programme import Frame, festival
from sessions.record.record import Record
from sessions.room import Room, Session
from sessions.rules.line_up.wish import LEAD, Wish

#: How many slots are proposed, where there are teams enough for them.
PROPOSED_SLOTS = 4
#: How many people a team is thought to have of which nobody knows it.
A_FEW = 5
#: Two teams are wanted by the same people from so many of them on.
STARRED_TOGETHER = 2


def wish(room: Room, session: Session, frame: Frame, starred: bool = False) -> Wish:
    """What the solver is asked: teams with a goal and their people, and who needs whom, as the record has it.

    A team has as many people as the record says, else as many as came.
    """
    came = Counter(room.people[person].team for person in session.taking_part())
    teams = {team: room.record.teams[team].size or came[team] or A_FEW for team in playing_teams(room.record)}
    stars = {team: times for team, times in frame.headliners.items() if team in teams or team == LEAD}
    known = {*teams, *stars}
    pairs = [(need.consumer, need.provider) for need in room.record.dependencies.values()]
    return Wish(
        teams=teams,
        stages=frame.stages,
        slots=frame.slots,
        headliners=stars,
        pairs=[(c, p) for c, p in pairs if c != p and {c, p} <= known],
        starred=_starred(session) if starred else [],
    )


def playing_teams(record: Record) -> list[str]:
    """Teams with a goal that others may read; where none has one, every team."""
    teams = [team.id for team in record.standing_teams() if team.kind != "leadership" and team.id != LEAD]
    return [team for team in teams if record.of_team(team)] or teams


def proposed(room: Room, session: Session) -> Frame:
    """What a line-up could be made for: leadership twice, and as many stages as that takes."""
    teams = len(playing_teams(room.record))
    stars = {LEAD: 2} if room.record.top() and teams > 2 else {}
    acts = teams + sum(stars.values())
    slots = max(1, min(PROPOSED_SLOTS, acts))
    return Frame(stages=max(1, -(-acts // slots)), slots=slots, headliners=stars)


def framed(room: Room, session: Session) -> Frame:
    """What the draft is made for; before anybody has said so, what is proposed."""
    frame = festival(session).draft.frame
    return frame if frame.stages else proposed(room, session)


def _starred(session: Session) -> list[tuple[str, str, int]]:
    """Teams that the same people want to see, with how many want both."""
    kept, count = festival(session), dict[tuple[str, str], int]()
    for acts in kept.stars.values():
        teams = sorted({kept.live[act].team for act in acts if act in kept.live})
        for at, a in enumerate(teams):
            for b in teams[at + 1 :]:
                count[a, b] = count.get((a, b), 0) + 1
    return [(a, b, n) for (a, b), n in sorted(count.items()) if n >= STARRED_TOGETHER]
