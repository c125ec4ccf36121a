"""Settings that cannot be meant end a start with a sentence; those that can are fine."""

from pathlib import Path

import pytest

from tests.ports import free_port
from tests.workshop.test_operating import Line
from workshop.operating.check_up import answers_as_nats


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("WAGGLE_OPENTO", "nobody", "WAGGLE_OPENTO is no setting of Waggle. Is it WAGGLE_OPEN_TO?"),
        ("WAGGLE_XYZZY", "1", "WAGGLE_XYZZY is no setting of Waggle."),
        ("WAGGLE_PROXIES", "gateway", "“gateway” in WAGGLE_PROXIES is no address"),
        ("WAGGLE_PROXIES", "172.17.0.1:9143", "is no address"),
        ("WAGGLE_KEEP_DAYS", "-1", "are 0 or more"),
        ("WAGGLE_PORT", "70000", "from 1 to 65535"),
        ("WAGGLE_LOG_LEVEL", "loud", "WAGGLE_LOG_LEVEL is debug"),
        ("WAGGLE_EXTRAS", "/nope", "a folder that is not there"),
        ("WAGGLE_URL", "waggle.example.org", "write it whole"),
        ("WAGGLE_URL", "ftp://waggle.example.org", "write it whole"),
        ("WAGGLE_URL", "https://waggle.example.org/?a=b", "write it whole"),
        ("WAGGLE_WORD", "honey", "set WAGGLE_OPEN_TO=word as well"),
        ("WAGGLE_HOST", "10.9.9.9", "Nothing can listen on 10.9.9.9"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_a_sentence(tmp_path: Path, name: str, value: str, says: str) -> None:
    line = Line(tmp_path, 1)
    line.env["WAGGLE_PORT"] = str(free_port())
    line.env[name] = value
    ended, said = line.run("serve", "--quiet")
    assert (ended, says in said, "Traceback" in said) == (1, True, False), said


def test_settings_with_networks_and_every_proxy_are_fine(tmp_path: Path) -> None:
    for proxies in ("*", "10.0.0.0/24, ::1", "127.0.0.1"):
        assert "All is well" in Line(tmp_path, free_port(), proxies=proxies).ok("doctor")


def test_a_bus_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    line = Line(tmp_path, free_port(), store="postgresql://nobody@127.0.0.1:1/none", bus="http://nats:4222")
    assert "WAGGLE_BUS is the address of a NATS" in line.run("serve")[1]
    assert not answers_as_nats(f"nats://127.0.0.1:{free_port()}")
