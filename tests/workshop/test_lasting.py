"""A fault that lasts is said once, and so is its end."""

import pytest

from workshop.lasting import Lasting


def test_a_fault_that_lasts_is_said_once_and_when_it_is_over(capfd: pytest.CaptureFixture[str]) -> None:
    storing = Lasting("not stored")
    storing.works()
    for _ in range(50):
        storing.fails(OSError("no room\nwhat was to be stored"))
    storing.fails(TimeoutError())
    storing.works()
    storing.works()
    storing.fails(OSError("no room"))
    said = [line for line in capfd.readouterr().out.splitlines() if line]
    assert [("not stored" in line, "well again" in line) for line in said] == [
        (True, False),
        (True, False),
        (True, True),
        (True, False),
    ]
    assert "times=51" in said[2]
    assert "what was" not in "".join(said)
