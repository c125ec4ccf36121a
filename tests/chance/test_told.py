"""What changes is told: following only what rules say is stale comes to the same as looking at everything."""

import json
import random
from collections.abc import Iterable
from typing import Any

import pytest

from sessions import formats, views
from sessions.activities.gallery.walk import Walk
from sessions.record.files.importing import of_leaders
from sessions.record.files.settling import settle
from sessions.record.results.result import LeadSet, Remarked
from sessions.room import derived
from sessions.room.kind import ForAll, ForHelm
from tests.chance.choosing import PEOPLE
from tests.chance.test_every_command import OKRS, act, press
from tests.chance.test_every_command import prepare as prepare_by_chance
from tests.stage import Stage, plain
from workshop.files import document

STEPS = 600


class Told:
    """What each audience was told so far, one change after another, as a room tells it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.all: dict[str, Any] = stage.everything()
        self.helm: dict[str, Any] = stage.helm()
        self.own = {person: stage.own(person) for person in stage.session.roles}
        self.record = on_the_record(stage)
        self.places = places(stage)
        self.where = where(stage, stage.session.roles)
        self._clear()

    def follow(self) -> None:
        """Render again what is stale, and nothing else."""
        room, session, board = self.stage.room, self.stage.session, self.stage.session.board
        derived.look_again(room)
        record = room.record.touched | views.seen_on_the_record(session)
        touched = session.touched | board.touched | record
        holders = {room.holders[pen][1] for pen in board.touched_pens if pen in room.holders}
        sight, kinds = self.stage.sight, views.sorted_out(touched)
        wholly = {room.whole(person) for person in session.touched_people | views.whose(sight, kinds)}
        partly = {room.whole(person) for person in holders} - wholly
        self._clear()
        put(self.all, plain(dict(views.changed(ForAll, sight, kinds))))
        put(self.helm, plain(dict(views.changed(ForHelm, sight, kinds))))
        self.own |= {person: self.stage.own(person) for person in wholly}
        for person in partly:
            many = plain(views.many_of_person(room, session, person, touched=kinds))
            was = {key: entity for key, entity in self.own.get(person, {}).items() if key.startswith("note:")}
            put(was, many)
            self.own[person] = {**plain(views.few_of_person(room, session, person)), **was}
        of_record = views.sorted_out(record)
        put(self.record, by_sight(views.changed_record(room, of_record)))
        stood = session.roles if "places" in kinds else kinds.get("stands", set())
        self.where |= where(self.stage, stood)
        for place, key, entity in views.changed_places(sight, kinds):
            put(self.places.setdefault(place, {}), plain({key: entity}))

    def is_true(self) -> None:
        """Whoever comes now sees the same."""
        agree(self.all, self.stage.everything())
        agree(self.helm, self.stage.helm())
        for person in self.stage.session.roles:
            agree(self.own[person], self.stage.own(person))
        agree(self.record, on_the_record(self.stage))
        now = where(self.stage, self.stage.session.roles)
        agree({person: self.where.get(person, "") for person in now}, now)
        seen = places(self.stage)
        for place in self.places | seen:
            agree(self.places.get(place, {}), seen.get(place, {}))
            assert not self.all.keys() & seen.get(place, {}).keys(), "what leaves with a place is nobody else's"

    def _clear(self) -> None:
        session = self.stage.session
        session.touched, session.board.touched, self.stage.room.record.touched = set(), set(), set()
        session.board.touched_pens, session.touched_people = set(), set()


def agree(told: dict[str, Any], seen: dict[str, Any]) -> None:
    """Key by key, so that a failure names what was not told."""
    for key in told | seen:
        assert told.get(key) == seen.get(key), key


def put(there: dict[str, Any], news: dict[str, Any]) -> None:
    """Set what there is now, drop what there is no more."""
    for key, entity in news.items():
        if entity is None:
            there.pop(key, None)
        else:
            there[key] = entity


def where(stage: Stage, people: Iterable[str]) -> dict[str, str]:
    """Where each of these people stands."""
    return {person: views.place_of(stage.room, stage.session, person) for person in people}


def on_the_record(stage: Stage) -> dict[str, Any]:
    """Everything on the page of the record: for everybody, and for whoever keeps it."""
    return {key: seen for key, seen in by_sight(views.record(stage.room)).items() if seen}


def by_sight(entities: Iterable[tuple[str, Any, Any]]) -> dict[str, Any]:
    """What everybody sees, or else who keeps the record; none: nobody sees it."""
    return {key: plain({key: shown or kept})[key] if shown or kept else None for key, shown, kept in entities}


def places(stage: Stage) -> dict[str, dict[str, Any]]:
    """Everything that is shown at each place."""
    found: dict[str, dict[str, Any]] = {}
    for place, key, entity in views.everywhere(stage.sight):
        found.setdefault(place, {}).update(plain({key: entity}))
    return found


@pytest.mark.parametrize("format", list(formats.ALL))
@pytest.mark.parametrize("seed", range(4))
def test_whatever_chance_does_everybody_is_told_what_changed_for_them(format: str, seed: int) -> None:
    stage = Stage(format, PEOPLE, OKRS)
    chance = random.Random(f"told {format} {seed}")
    prepare_by_chance(stage, chance)
    told = Told(stage)
    for step in range(STEPS):
        stage.now += chance.randrange(400, 9_000)
        if step % 20 == 19:
            press(stage, chance)
        else:
            act(stage, chance)
        told.follow()
        if step % 10 == 9:
            a_moment_passes(stage)
            told.follow()
            told.is_true()
        if step % 100 == 99:
            leaves_and_comes_back(stage)


def a_moment_passes(stage: Stage) -> None:
    """What is told a little later, by itself, is told now."""
    stage.now = max([stage.now, *(part.until() for part in stage.session.part.all())])
    for part in stage.session.part.all():
        part.pass_by(stage.session, stage.now)


def leaves_and_comes_back(stage: Stage) -> None:
    """What the record writes can be read anywhere else, and says the same there."""
    other, body = Stage("gallery_walk", "", ""), document.write(stage.room)
    # Whoever facilitates there is somebody else, also where they are called the same.
    other.room.people.clear()
    other.happen([settle(other.room, document.read(body), other.now, "", other._new_id)])
    here, there = (sorted_lists(json.loads(said)) for said in (body, document.write(other.room)))
    agree(here, there)


def sorted_lists(said: dict[str, Any]) -> dict[str, Any]:
    """Lists whose order says nothing, in one order."""
    free = ("shared_results", "dependencies", "conflicts", "raid", "findings")
    return {k: sorted(v, key=json.dumps) if k in free else v for k, v in said.items()}


def test_two_at_one_device_are_told_to_whoever_deals_and_to_themselves() -> None:
    stage = Stage("gallery_walk", PEOPLE, OKRS)
    stage.lead("next_phase")
    stage.lead("deal_groups")
    stage.lead("next_phase")
    told = Told(stage)
    group = (
        next(group for group in stage.session.part(Walk).groups if group.people) if stage.session.part(Walk) else None
    )
    assert group
    stage.do(group.people[0], "share_device", people=8)
    told.follow()
    assert all(told.own[person]["mine"]["many"] for person in group.people)
    told.is_true()


def test_what_the_leaders_team_is_called_and_who_wrote_a_result_leave_with_the_file() -> None:
    stage = Stage("gallery_walk", PEOPLE, OKRS)
    record = stage.room.record
    goal = next(o for o in record.objectives.values() if o.team)
    outsider = next(p for p in stage.room.people.values() if p.team not in ("", goal.team))
    for result in record.results_of(goal.id):
        result.author = outsider.id
    record.touch(f"objective:{goal.id}")
    key = f"V4.{goal.team}.{goal.id}"
    record.teams["leadership"] = of_leaders()
    stage.keep("change_team", team="leadership", name="Board", kind="product")
    stage.keep("waive_finding", finding=key, reason="They were asked to", name="Ines")
    assert key in document.write(stage.room)
    leaves_and_comes_back(stage)


@pytest.mark.parametrize("format", ["gallery_walk", "team_draft", "leadership_draft"])
def test_who_is_called_otherwise_is_called_so_wherever_a_card_names_them(format: str) -> None:
    stage = Stage(format, "ann@Growth bob@Growth", OKRS)
    goal = next(o for o in stage.room.record.objectives.values() if o.team)
    if format == "gallery_walk":
        stage.to("welcome").lead("deal_groups")
        stage.lead("next_phase")
    else:
        stage.lead("prepare", what="about", text=goal.id)
    for result in stage.room.record.results_of(goal.id):
        named = (
            LeadSet(result=result.id, person="ann"),
            Remarked(remark=f"r{result.id}", result=result.id, by="bob", text="Why?"),
        )
        stage.happen(list(named))
    told = Told(stage)
    for person in ("ann", "bob"):
        stage.do(person, "rename", name=f"{person} Hall")
        told.follow()
        assert f"{person} Hall" in repr(told.places if format == "gallery_walk" else told.record)
        told.is_true()
