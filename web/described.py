"""How the API is described (OpenAPI): short ids, answers, refusals, what keys open, and what goes into an address."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from web import answers as a
from workshop import files

#: Operation → what it answers; a list of it where it is one.
ANSWERS: dict[str, type[BaseModel]] = {
    "list_formats": a.FormatListed,
    "keep_agenda": a.AgendaKept,
    "open_session": a.SessionOpened,
    "join": a.Joined,
    "session": a.SessionSeen,
    "rehearse": a.Rehearsed,
    "trade": a.Going,
    "new_link": a.Link,
    "take_helm": a.HelmTaken,
    "make_claim": a.Claimed,
    "read_claim": a.ClaimAnswer,
    "lend": a.Going,
    "open_room": a.RoomOpened,
    "take_in": a.Brought,
    "findings": a.FindingsSeen,
    "turn_cycle": a.RoomOpened,
    "add_hook": a.HookAdded,
    "list_hooks": a.HooksSeen,
    "try_hook": a.OfHook,
    "take_off_hook": a.OfHook,
    "invite": a.Link,
    "uninvite": a.OfTeam,
    "plan_walk": a.WalkPlanned,
    "plan_festival": a.FestivalPlanned,
    "plan_stalls": a.StallsPlanned,
    "delete_session": a.Going,
    "delete_room": a.Going,
    "forget_person": a.Said,
    "own_chats": a.ChatsSeen,
    "subscribe": a.Address,
    "publish": a.Link,
    "withdraw": a.OfSession,
    "alive": a.Health,
    "ready": a.Health,
}
LISTS = ("list_formats",)
#: Operation → the media types of what is not JSON by a model.
FILES = {
    "export_outcome": ("text/markdown", "text/csv", "application/json"),
    "give_out": tuple(dict.fromkeys(how.media.partition(";")[0] for how in files.WRITTEN.values())),
    "take_agenda": ("application/json",),
    "list_commands": ("application/json",),
    "metrics": ("text/plain",),
}
#: Operation → what may stand behind the question mark: its name, what it can be, and what it does.
ASKED: dict[str, list[tuple[str, tuple[str, ...], str]]] = {
    "export_outcome": [("as", ("md", "csv", "json"), "The kind of file; md where nothing is said.")],
    "give_out": [
        (
            "as",
            tuple(kind for kind in files.WRITTEN if kind != "csv;"),
            "The kind of file; json where nothing is said.",
        ),
        ("marks", ("semicolons",), "A table for spreadsheets that part cells with semicolons."),
    ],
    "take_in": [
        ("dry", ("1",), "Only say what the file would bring."),
        ("columns", (), "JSON: what unknown columns of a table are, by their words."),
    ],
}
#: Operations whose body is a file, with what it can be.
BODIES = {
    # Whatever else it is, CSV, Markdown, Excel's or LibreOffice's, is found out from the file itself.
    "take_in": ("application/json", "application/octet-stream"),
    "keep_agenda": ("application/json",),
}
#: Operations that ask for no key.
OPEN = (
    *("list_formats", "list_commands", "session", "open_session", "open_room", "join", "make_claim", "read_claim"),
    *("trade", "plan_walk", "plan_festival", "plan_stalls", "alive", "ready", "metrics"),
)
#: Statuses of refusals.
REFUSED = {
    "403": "This takes a key that the request did not bring.",
    "404": "There is no such thing, or the request has no key to it.",
    "409": "Not in the state it is in.",
    "422": "Something in the request cannot be so; the sentence says what.",
    "429": "Too many from this address. Try again later.",
}
TAGS = {"/api/sessions": "sessions", "/api/rooms": "rooms", "/api/plans": "plans", "/api/formats": "formats"}


def name_of(route: APIRoute) -> str:
    """An operation is called like the function that does it."""
    return route.name


def describe(app: FastAPI) -> None:
    """Have the application describe itself so."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(title=app.title, version=app.version, summary="Live alignment workshops", routes=app.routes)
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    shapes = [(model, "serialization") for model in {*ANSWERS.values(), a.Refusal}]
    _, defined = models_json_schema(shapes, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    schemas |= defined["$defs"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    found["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "description": _KEYS}}
    for path, methods in found["paths"].items():
        for operation in methods.values():
            _complete(path, operation)
    return found


_KEYS = "A key: a participant's, a facilitator's, a room's; what each opens is in docs/protocol.md."


def _complete(path: str, operation: dict[str, Any]) -> None:
    id = operation["operationId"]
    operation["tags"] = [next((tag for under, tag in TAGS.items() if path.startswith(under)), "server")]
    operation["security"] = [] if id in OPEN else [{"key": []}]
    said = next(status for status in operation["responses"] if status.startswith("2"))
    operation["responses"] = {said: {"description": "Done.", "content": _content(id)}, **_refusals()}
    if id in ASKED:
        operation["parameters"] = [*operation.get("parameters", []), *map(_asked, ASKED[id])]
    if id in BODIES:
        operation["requestBody"] = {"required": True, "content": {kind: {"schema": _file(kind)} for kind in BODIES[id]}}


def _content(id: str) -> dict[str, Any]:
    if id in FILES:
        return {kind: {"schema": _file(kind)} for kind in FILES[id]}
    shape: dict[str, Any] = {"$ref": f"#/components/schemas/{ANSWERS[id].__name__}"}
    return {"application/json": {"schema": {"type": "array", "items": shape} if id in LISTS else shape}}


def _file(kind: str) -> dict[str, Any]:
    if kind == "application/json":
        return {"type": "object", "additionalProperties": True}
    return {"type": "string"} if kind.startswith("text/") else {"type": "string", "format": "binary"}


def _refusals() -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    return {status: {"description": said, "content": content} for status, said in REFUSED.items()}


def _asked(asked: tuple[str, tuple[str, ...], str]) -> dict[str, Any]:
    name, known, said = asked
    schema: dict[str, Any] = {"type": "string", **({"enum": list(known)} if known else {})}
    return {"name": name, "in": "query", "required": False, "description": said, "schema": schema}


def answer_of(id: str) -> TypeAdapter[Any]:
    """What an operation's answer has to be, to hold one against it."""
    model: Any = list[ANSWERS[id]] if id in LISTS else ANSWERS[id]  # type: ignore[valid-type]
    return TypeAdapter(model)
