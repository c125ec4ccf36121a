"""Needs leave and come back: as a document with their story, as a table of their own, and Kestrel's as they stand."""

import json
from collections import Counter

import pytest

from sessions.record.dependencies.seen import in_all
from sessions.record.files.settling import settle
from sessions.rules.refusal import Refused
from tests.sessions.needing import asked, at, need, stage
from tests.stage import Stage
from workshop.files import DEMO, document, needs, table


def test_its_story_leaves_with_a_file_and_comes_back() -> None:
    s = at("accepted")
    file = json.loads(document.write(s.room))
    row = file["dependencies"][0]
    assert (row["state"], row["confirmed"], [h["step"] for h in row["history"]]) == (
        "accepted",
        False,
        ["say", "accept"],
    )
    again = Stage("ideas_and_dots", "", "")
    again.happen([settle(again.room, document.read(json.dumps(file)), again.now, "", again._new_id)])
    assert json.loads(document.write(again.room))["dependencies"] == file["dependencies"]
    assert need(again).standing == "accepted"


def test_a_table_of_needs_leaves_and_comes_back_as_a_change() -> None:
    s = at("conditional")
    asked(s, text="=cylinders", because="")
    body = needs.write(s.room)
    s.happen([settle(s.room, table.read(body.replace("we get a crew", "we get two crews")), s.now, "", s._new_id)])
    assert [n.condition for n in s.room.record.dependencies.values()] == ["we get two crews", ""]
    assert [n.standing for n in s.room.record.dependencies.values()] == ["conditional", "proposed"]
    came = table.read("who needs it;from whom;what\nInstall;Supply;pumps\nInstall;Install;pumps\nInstall;Moon;air\n")
    with pytest.raises(Refused, match=r"Line 3: “Install” cannot need something of itself"):
        settle(s.room, came, s.now, "", s._new_id)
    came = table.read("Consumer,Provider,Need\nInstall,Supply,pumps\n")
    s.happen([settle(s.room, came, s.now, "", s._new_id)])
    assert len(s.room.record.dependencies) == 3


@pytest.mark.parametrize("row", [{"provider": "INS"}, {"need_by": "2026-07-01", "decision_date": "2026-07-02"}])
def test_no_file_brings_what_nobody_may_say(row: dict[str, str]) -> None:
    s = stage()
    body = {"dependencies": [{"consumer": "INS", "provider": "SUP", "upstream_need": "x", **row}]}
    with pytest.raises(Refused, match=r"cannot need something of itself|after it is needed"):
        settle(s.room, document.read(json.dumps(body)), s.now, "", s._new_id)


def test_kestrel_after_its_marketplace() -> None:
    """The figures of ``spec/kestrel.md``, step 8, and what is seen on the board."""
    s = stage()
    s.happen([settle(s.room, document.read(DEMO.read_text()), s.now, "", s._new_id)])
    found = Counter(need.standing for need in s.room.record.dependencies.values())
    assert found == {"agreed": 8, "declined": 1, "proposed": 5}
    said = Counter(need.state for need in s.room.record.dependencies.values())
    assert said == {"accepted": 7, "conditional": 1, "declined": 1, "proposed": 5}
    board = in_all(s.room)
    assert board.circles == [["PLA", "SUR", "QUA"]]
    first = board.loads[0]
    assert (first.team, first.asks, first.room) == ("PLA", 6, 3)
    assert [load.team for load in board.loads if load.asks > load.room] == ["PLA"]
