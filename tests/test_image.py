"""The image and the file that starts several: what they name is there, though no engine runs here."""

import re
import tomllib
from pathlib import Path

import pytest

from workshop.settings import Settings

ROOT = Path(__file__).parent.parent
IMAGE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()


def _copied() -> list[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", IMAGE, re.MULTILINE)
    return [name for line in lines for name in line.split()[:-1]]


def test_what_is_copied_is_there() -> None:
    assert [name for name in _copied() if not (ROOT / name).exists()] == []


def test_the_whole_house_is_copied() -> None:
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    assert set(layers) <= set(_copied())


@pytest.mark.parametrize("text", [IMAGE, COMPOSE], ids=["image", "compose"])
def test_the_settings_are_settings(text: str) -> None:
    named = set(re.findall(r"WAGGLE_(\w+)", text))
    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_what_is_mounted_is_there() -> None:
    assert [name for name in re.findall(r"- \./(\S+?):", COMPOSE) if not (ROOT / name).is_file()] == []
