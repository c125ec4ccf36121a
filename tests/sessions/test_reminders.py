"""What facilitators write down for themselves stays with them."""

import pytest

from sessions.outcome import outcome
from sessions.rules.refusal import Refused
from tests.stage import Stage


def test_a_reminder_is_seen_by_facilitators_alone_and_in_no_outcome() -> None:
    s = Stage("leadership_draft")
    s.lead("remind", step="vote", text="CANARY: ask Piers first")
    assert "CANARY" in repr(s.helm())
    assert "CANARY" not in repr(s.everything())
    assert "CANARY" not in repr([s.own(person) for person in s.session.roles])
    assert "CANARY" not in repr(outcome(s.room, s.session))


def test_only_facilitators_write_one_and_only_for_a_step_there_is() -> None:
    s = Stage("leadership_draft")
    with pytest.raises(Refused, match="facilitator"):
        s.do("ann", "remind", step="vote", text="mine")
    with pytest.raises(Refused, match="no such step"):
        s.lead("remind", step="nothing", text="mine")


def test_two_who_change_it_at_once_do_not_lose_a_word() -> None:
    s = Stage("leadership_draft")
    s.lead("remind", step="vote", text="first", was="")
    with pytest.raises(Refused, match="meanwhile"):
        s.lead("remind", step="vote", text="second", was="")
    s.lead("remind", step="vote", text="", was="first")
    assert not s.helm().get("reminder:vote")
