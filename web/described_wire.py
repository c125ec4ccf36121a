"""The wire described (AsyncAPI), made of the commands and of what entities look like: every frame either way."""

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from sessions import shapes
from sessions.decide import COMMANDS
from sessions.room import Command, RecordCommand
from web import addresses
from workshop import VERSION, wire

router = APIRouter()

#: Where each channel is, and its topics as messages; the topic of whoever keeps a record is called ``helm`` there too.
CHANNELS: dict[str, tuple[str, tuple[str, ...]]] = {
    "session": ("/api/sessions/{code}/live", ("session", "helm", "me", "place")),
    "record": ("/api/rooms/{room}/live", ("record", "drafts")),
}
_ID = {"type": "string", "maxLength": wire.LONGEST_ID}
_NUMBER = {"type": "integer", "minimum": 0}
_WORDS = {"type": "string"}


@router.get("/asyncapi.json", include_in_schema=False)
async def described(request: Request) -> JSONResponse:
    """The wire as programs read it; docs/protocol.md is the same for people."""
    scheme, _, rest = addresses.base(request).partition("://")
    host, slash, path = rest.partition("/")
    server = {
        "host": host,
        "protocol": "wss" if scheme == "https" else "ws",
        "security": [{"$ref": _component("securitySchemes", "key")}],
    }
    return JSONResponse(document(server | ({"pathname": slash + path} if path else {})))


def document(server: dict[str, Any]) -> dict[str, Any]:
    """The whole of it, for a server of this description."""
    said, heard = _said_by_us(), _said_by_clients()
    schemas = _entities() | _commands()
    messages = {
        name: {"name": name, "title": title, "payload": payload} for name, (title, payload) in {**said, **heard}.items()
    }
    channels, operations = {}, {}
    for name, (address, topics) in CHANNELS.items():
        told = [n for n in said if not n.startswith("topic_") or n.removeprefix("topic_") in topics]
        asked = [n for n in heard if not n.startswith("do_") or issubclass(COMMANDS[n[3:]], _KINDS[name])]
        parameter = address.partition("{")[2].partition("}")[0]
        channels[name] = {
            "address": address,
            "title": f"The {name} as it happens",
            "parameters": {parameter: {"description": f"The {parameter} of the {name}"}},
            "messages": {n: {"$ref": _component("messages", n)} for n in [*told, *asked]},
        }
        here = f"#/channels/{name}"
        for action, words, which in (("send", "tells", told), ("receive", "hears", asked)):
            listed = [{"$ref": f"{here}/messages/{n}"} for n in which]
            operations[f"{name}_{words}"] = {"action": action, "channel": {"$ref": here}, "messages": listed}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Waggle", "version": VERSION, "description": _ABOUT},
        "defaultContentType": "application/json",
        "servers": {"this": server},
        "channels": channels,
        "operations": operations,
        "components": {
            "messages": messages,
            "schemas": schemas,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key to a session or a room."}
            },
        },
    }


def _said_by_us() -> dict[str, tuple[str, dict[str, Any]]]:
    """Frames to clients, by name: what each is, and its schema."""
    welcome = _object(room=_WORDS, session=_WORDS, person=_WORDS, roles={"type": "array", "items": _WORDS})
    welcome = _object(welcome, number=_NUMBER, epoch=_WORDS, now=_NUMBER)
    refused = _object(refused=_ID, code=_WORDS, say=_WORDS)
    refused["properties"] |= {"sentence": _WORDS, "values": {"type": "object"}}
    found = {
        "welcome": ("Who one is here, and where things stand", _object(welcome=welcome)),
        "gone": ("A topic is not followed any more", _object(gone=_WORDS)),
        "beat": ("Every twenty seconds: somebody is there", _object(beat={"type": "integer"})),
        "behind": ("Whether what happens cannot be told just now", _object(behind={"type": "boolean"})),
        "done": ("A command is stored", _object(done=_ID)),
        "refused": ("A command was not done, and why", refused),
        "bye": ("The server closes the socket, and why", _object(bye=_WORDS, say=_WORDS)),
    }
    topics = shapes.topics()
    for topic, keys in topics.items():
        name = topic.partition(":")[0]
        found[f"topic_{name}"] = (f"What changed in the topic {topic}", _topic_frame(topic, keys))
    drafts = _topic_frame("helm", topics["record"])
    return {**found, "topic_drafts": ("What changed in the topic helm of a record: drafts, for who keeps it", drafts)}


def _said_by_clients() -> dict[str, tuple[str, dict[str, Any]]]:
    first = _object(since=_NUMBER)
    first["properties"]["epoch"] = _WORDS
    topics = {"type": "array", "items": _WORDS}
    looks = {"type": "object", "properties": {"follow": topics, "unfollow": topics}, "additionalProperties": False}
    found = {
        "first_word": ("What one has heard already", {**first, "additionalProperties": False}),
        "echo": ("How far one has heard", {**_object(at=_NUMBER), "additionalProperties": False}),
        "follow": ("Places one looks at", looks),
    }
    for name, command in COMMANDS.items():
        title = (command.__doc__ or name).partition("\n")[0]
        found[f"do_{name}"] = (title, {"$ref": _component("schemas", command.__name__)})
    return found


def _topic_frame(topic: str, keys: dict[str, shapes.Looks]) -> dict[str, Any]:
    """A frame of a topic; the places of a walk and the acts of a festival are topics of their own."""
    name = {"type": "string", "pattern": "^place:"} if topic == "place:ID" else {"const": topic}
    entities = {f"^{key}{'' if key.endswith(':') else '$'}": _looks(looks) for key, looks in keys.items()}
    if topic == "place:ID":
        entities["^place:"] = entities.pop("^place$", entities.get("^place:", {}))
    told = {"type": "object", "patternProperties": entities, "additionalProperties": False}
    drop = {"type": "array", "items": _WORDS}
    return _object(topic=name, number=_NUMBER, full={"type": "boolean"}, set=told, drop=drop)


def _looks(looks: shapes.Looks) -> dict[str, Any]:
    whole: dict[str, Any] = {"$ref": _component("schemas", looks.shape.__name__)}
    more = [{"$ref": _component("schemas", shape.__name__)} for adds in looks.adds.values() for shape in adds]
    # What a step adds to it depends on what people do in the step.
    found = {"allOf": [whole, {"anyOf": [*more, {"type": "object"}]}]} if more else whole
    return {"anyOf": [found, {"$ref": _component("schemas", looks.before.__name__)}]} if looks.before else found


def _entities() -> dict[str, Any]:
    _, found = msgspec.json.schema_components(shapes.every(), ref_template=_component("schemas", "{name}"))
    return found


def _commands() -> dict[str, Any]:
    found = wire.schemas(_component("schemas", "{name}"))["$defs"]
    for command in COMMANDS.values():
        found[command.__name__]["properties"]["phase"] = {
            "type": "string",
            "description": "The run of the step it is for",
        }
    return dict(found)


def _object(more: dict[str, Any] | None = None, **fields: dict[str, Any]) -> dict[str, Any]:
    properties = {**(more or {}).get("properties", {}), **fields}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _component(kind: str, name: str) -> str:
    return f"#/components/{kind}/{name}"


_KINDS: dict[str, type] = {"session": Command, "record": RecordCommand}
_ABOUT = (
    "One WebSocket a seat, JSON text frames. Say the first word; nothing is sent before it. Topics are maps of "
    "entities by key: set these, drop those, and with `full` forget the others first. Every command has an id of your "
    "own, and is answered by `done` once it is stored, or by `refused`."
)
