"""A message: what happened, as the program at a hook's address reads it."""

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

Kind = Literal["program", "slack", "teams"]
#: What stands before a secret, by the Standard Webhooks rules (standardwebhooks.com).
SECRET = "whsec_"
#: Characters of one block that Slack shows.
BLOCK = 2_900

#: Hosts whose addresses belong to a chat.
_CHATS: tuple[tuple[str, Kind], ...] = (
    (".slack.com", "slack"),
    (".webhook.office.com", "teams"),
    (".logic.azure.com", "teams"),
    (".api.powerplatform.com", "teams"),
)


def kind_of(url: str) -> Kind:
    """What kind of program is at an address."""
    host = f".{urlsplit(url).hostname or ''}"
    return next((kind for ending, kind in _CHATS if host.endswith(ending)), "program")


def message(kind: str, news: Mapping[str, Any], page: str) -> bytes:
    """The body of one call: ``news`` as they were stored, ``page`` where one reads on, if that is known."""
    return json.dumps(_BODIES[kind](news, page), ensure_ascii=False).encode()


def signature(secret: str, id: str, seconds: int, body: bytes) -> str:
    """What proves to who has the secret that a call is ours, by the Standard Webhooks rules."""
    key = b64decode(secret.removeprefix(SECRET))
    signed = hmac.digest(key, f"{id}.{seconds}.".encode() + body, hashlib.sha256)
    return f"v1,{b64encode(signed).decode()}"


def _for_program(news: Mapping[str, Any], page: str) -> dict[str, Any]:
    said = {name: news[name] for name in ("event", "at", "room", "title", "data")}
    return {"type": said.pop("event"), "timestamp": said.pop("at"), **said, **({"url": page} if page else {})}


def _for_slack(news: Mapping[str, Any], page: str) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": _short(news["title"], 150)}}
    ]
    for part in news["parts"]:
        heading = f"*{_slack(part['heading'])}*\n" if part["heading"] else ""
        lines = "\n".join(f"• {_slack(line)}" if part["heading"] else _slack(line) for line in part["lines"])
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": _short(heading + lines, BLOCK)}})
    if page:
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": f"<{page}|Read it in Waggle>"}})
    # Slack takes fifty blocks; the text is what a notification says.
    return {"text": _slack(news["title"]), "blocks": blocks[:50]}


def _for_teams(news: Mapping[str, Any], page: str) -> dict[str, Any]:
    body: list[dict[str, Any]] = [_text(news["title"], size="Large", weight="Bolder")]
    for part in news["parts"]:
        if part["heading"]:
            body.append(_text(part["heading"], weight="Bolder", spacing="Medium"))
        body += [_text(line) for line in part["lines"]]
    card: dict[str, Any] = {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard"}
    card |= {"version": "1.4", "body": body}
    if page:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Read it in Waggle", "url": page}]
    kept = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return {"type": "message", "attachments": [kept]}


def _text(words: str, **how: str) -> dict[str, Any]:
    # What people wrote is no markup: these signs would make a link, a list or bold of it.
    plain = "".join(f"\\{sign}" if sign in "\\*_[]()#`~-+!<>" else sign for sign in words)
    return {"type": "TextBlock", "text": plain, "wrap": True, **how}


def _slack(words: str) -> str:
    """Slack's three signs of control, and those that would set what people wrote in bold."""
    safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.translate({ord(sign): f"\u200b{sign}" for sign in "*_~`"})


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


_BODIES: dict[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = {
    "program": _for_program,
    "slack": _for_slack,
    "teams": _for_teams,
}
