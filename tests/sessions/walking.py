"""Stages for walks: teams with goals on the record, groups dealt, the first round begun."""

from sessions.activities.gallery.walk import Walk
from tests.stage import Stage

OKRS = """
## Alpha
### Alpha is quick
- A1
## Beta
### Beta is warm
- B1
## Gamma
### Gamma is safe
- G1
"""


PEOPLE = "ann@Alpha ada@Alpha abe@Alpha bob@Beta bea@Beta ben@Beta cy@Gamma cat@Gamma cas@Gamma"


def walking(people: str = PEOPLE) -> Stage:
    stage = Stage("gallery_walk", people, OKRS)
    stage.lead("next_phase")
    stage.lead("deal_groups")
    return stage


def begun(people: str = PEOPLE) -> Stage:
    stage = walking(people)
    stage.lead("next_phase")
    return stage


def walk(stage: Stage) -> Walk:
    assert stage.session.part(Walk)
    return stage.session.part(Walk)


def a_visitor(stage: Stage, but: str = "") -> str:
    return next(p for g in walk(stage).groups for p in g.people if p != but)


def line_before(stage: Stage, person: str) -> str:
    place = walk(stage).bound_for(person)
    return str(walk(stage).posters[place].lines[0].id)


def team_id(stage: Stage, name: str) -> str:
    return next(t.id for t in stage.room.record.teams.values() if t.name == name)


def home(stage: Stage, name: str) -> str:
    team = team_id(stage, name)
    return next(p for p in stage.session.taking_part() if stage.room.people[p].team == team)


def after(*notes: str) -> Stage:
    """The team Alpha is home, with these notes on its objective."""
    stage = begun()
    host = walk(stage).posters[team_id(stage, "Alpha")].hosts[0]
    stage.do(host, "hear", text="\n".join(notes))
    while walk(stage).stage != "home":
        stage.ring()
    stage.lead("next_phase")
    return stage
