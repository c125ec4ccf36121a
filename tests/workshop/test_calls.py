"""What a call says, and whom it may reach: messages as chats read them, and machines outside of this network alone."""

import json

import pytest

from sessions.evolve import evolve, new_room
from sessions.news import news
from sessions.record.decisions import Decided
from sessions.running.people import PersonCame
from workshop.hooks import messages, reaching


def test_a_vote_is_told_by_the_name_of_who_decided() -> None:
    room = new_room("r")
    evolve(room, "", PersonCame(person="x1", name="Ines"))
    told = news(room, "AAAAAA", Decided(session="AAAAAA", objective="", text="We go", by="x1"))
    assert told is not None
    assert told.data["by"] == "Ines"
    assert told.parts[0].lines == ["Decided by Ines"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[fd00::1]", "0.0.0.0",
             "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "224.0.0.1", "100.64.0.1", "[64:ff9b::a9fe:a9fe]",
             "[64:ff9b:1::1]", "[fec0::1]", "[2002:7f00:1::]", "[::7f00:1]"]
)  # fmt: skip
async def test_no_name_reaches_inside_this_network(host: str) -> None:
    with pytest.raises(reaching.NotReached, match="inside this network"):
        await reaching.call(f"https://{host}/x", b"{}", {}, anywhere=False)


async def test_a_name_with_other_letters_is_called_as_machines_write_it() -> None:
    assert reaching.ascii_name("münchen.example") == "xn--mnchen-3ya.example"
    with pytest.raises(reaching.NotReached, match="no machine of this name"):
        await reaching.call("https://münchen.invalid/x", b"{}", {}, anywhere=False)


NEWS = {
    "event": "session.closed",
    "title": "Direction is over",
    "at": "2026-11-29T12:00:00.000+00:00",
    "room": "r",
    "parts": [
        {"heading": "", "lines": ["Warm homes & *fast*"]},
        {"heading": "Results", "lines": ["<!channel> 3 → 5", "[link](https://evil.example)"]},
    ],
    "data": {},
}


def test_slack_reads_it_and_what_people_wrote_is_no_markup() -> None:
    said = json.loads(messages.message("slack", NEWS, "https://w.example/s/AAAAAA/outcome"))
    assert said["text"] == "Direction is over"
    assert said["blocks"][0] == {"type": "header", "text": {"type": "plain_text", "text": "Direction is over"}}
    words = json.dumps(said, ensure_ascii=False)
    assert "Warm homes &amp; \u200b*fast\u200b*" in words
    assert "&lt;!channel&gt; 3 → 5" in words
    assert "<!channel>" not in words
    assert "<https://w.example/s/AAAAAA/outcome|Read it in Waggle>" in words
    long = {**NEWS, "title": "x" * 400, "parts": [{"heading": "y", "lines": ["z" * 500] * 12}] * 80}
    said = json.loads(messages.message("slack", long, ""))
    assert len(said["blocks"]) == 50
    assert all(len(block["text"]["text"]) <= 3_000 for block in said["blocks"])


def test_teams_reads_it_as_a_card() -> None:
    said = json.loads(messages.message("teams", NEWS, "https://w.example/x"))
    card = said["attachments"][0]["content"]
    assert (said["type"], card["type"]) == ("message", "AdaptiveCard")
    words = [block["text"] for block in card["body"]]
    assert words[0] == "Direction is over"
    assert "\\[link\\]\\(https://evil.example\\)" in words
    assert card["actions"][0]["url"] == "https://w.example/x"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://hooks.slack.com/services/T/B/x", "slack"),
        ("https://kestrel.webhook.office.com/webhookb2/x", "teams"),
        ("https://prod-1.westeurope.logic.azure.com:443/workflows/x", "teams"),
        ("https://hooks.slack.com.evil.example/x", "program"),
        ("https://notslack.com/x", "program"),
    ],
)
def test_a_chat_is_known_by_its_address(url: str, kind: str) -> None:
    assert messages.kind_of(url) == kind
