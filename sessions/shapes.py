"""What entities look like, written down for those who read them: TypeScript declarations, and a page's tables."""

import inspect
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, get_args

import msgspec

from sessions import found
from sessions.activities import ALL
from sessions.room.kind import AtPlace, ForAll, ForHelm, InRecord, Kind, Own, Shown

found.everything()
_AUDIENCES: dict[str, type[Kind[Any]]] = {"session": ForAll, "helm": ForHelm, "place:ID": AtPlace, "record": InRecord}


class Looks(NamedTuple):
    """The shape of what is under a key, by activity what stands in it besides, and its shape before the beginning."""

    shape: type[Shown]
    adds: dict[str, tuple[type[Shown], ...]]
    before: type[Shown] | None = None


def declarations() -> str:
    """Every shape as a TypeScript interface, and which kinds look like which."""
    lines = ["/** What entities look like. Made by bin/shapes of the classes beside the things; do not edit. */"]
    for shape in _all():
        lines += ["", f"/** {_first_sentence(shape)} */", f"export interface {shape.__name__} {{"]
        lines += [f"  {name}{'' if needed else '?'}: {type};" for name, type, needed in _fields(shape)]
        lines += ["}"]
    lines += [
        "",
        "/** By what stands before the colon of a key: all that a thing can say, to one audience or another. */",
        "export interface Kinds {",
    ]
    lines += [f"  {name}: {' & '.join(shapes)};" for name, shapes in _by_kind().items()]
    for key, method in _adding().items():
        lines += ["}", "", f"/** What stands in `{key}` besides, by what people do in the step. */"]
        lines += [f"export interface {key.title()}Adds {{"]
        named = (
            (activity, " & ".join(shape.__name__ for shape in shapes)) for activity, shapes in added(method).items()
        )
        lines += [f"  {activity}: {shapes};" for activity, shapes in named]
    return "\n".join([*lines, "}", ""])


def added(method: str) -> dict[str, tuple[type[Shown], ...]]:
    """What activities show of themselves by one of their methods, by activity: what it says that it returns."""
    found: dict[str, tuple[type[Shown], ...]] = {}
    for name, activity in sorted(ALL.items()):
        told = inspect.get_annotations(getattr(type(activity), method), eval_str=True)["return"]
        shapes = tuple(shape for shape in _named(told) if shape is not Shown)
        found |= {name: shapes} if shapes else {}
    return found


def _named(told: Any) -> Iterator[type[Shown]]:
    """The shapes that a type names, whatever is around them."""
    if isinstance(told, type) and issubclass(told, Shown):
        yield told
    for part in get_args(told):
        yield from _named(part)


def topics() -> dict[str, dict[str, Looks]]:
    """By topic, and by key (with a colon where an id follows): what is under it."""
    adding = _adding()
    found = {
        topic: {
            f"{kind.name}{':' if kind.many else ''}": Looks(
                kind.shape, added(kind.adds) if kind.adds else {}, kind.before
            )
            for kind in audience.all.values()
        }
        for topic, audience in _AUDIENCES.items()
    }
    found["me"] = {
        key: Looks(shape, added(adding[key]) if own.adds else {})
        for own in Own.all
        for key, shape in own.shapes.items()
    }
    return found


def every() -> list[type[Shown]]:
    """Every shape there is, and what is inside of them, by name."""
    return _all()


def tables() -> str:
    """Every kind with its topic and fields, as a Markdown table; a question mark is after what may be missing."""
    rows = ["| key | topic | what it says |", "|---|---|---|"]
    for topic, audience in _AUDIENCES.items():
        for _, kind in sorted(audience.all.items()):
            for shape in filter(None, (kind.shape, kind.before)):
                rows.append(f"| `{kind.name}{':' if kind.many else ''}` | `{topic}` | {_said(shape)} |")
    mine = sorted((key, _said(shape)) for own in Own.all for key, shape in own.shapes.items())
    rows += [f"| `{key}` | `me` | {said} |" for key, said in mine]
    rows += ["", "What a step adds to these:", "", "| in a step of | to | what it says |", "|---|---|---|"]
    for key, method in _adding().items():
        for activity, shapes in added(method).items():
            rows.append(f"| `{activity}` | `{key}` | {' '.join(map(_said, shapes))} |")
    parts = sorted(set(_all()) - set(_shapes()), key=lambda shape: shape.__name__)
    rows += ["", "Parts of these:", "", "| part | what it says |", "|---|---|"]
    rows += [f"| {part.__name__} | {_said(part)} |" for part in parts]
    return "\n".join(rows)


def _adding() -> dict[str, str]:
    """Keys in which an activity says something besides, and the method by which it does."""
    kinds = {kind.name: kind.adds for audience in _AUDIENCES.values() for kind in audience.all.values() if kind.adds}
    return kinds | {key: own.adds for own in Own.all for key in own.shapes if own.adds}


def _said(shape: type[Shown]) -> str:
    fields = ", ".join(f"`{name}{'' if needed else '?'}`: {type}" for name, type, needed in _fields(shape))
    return f"{_first_sentence(shape)} {fields}".replace("|", "or")


def _by_kind() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for audience in _AUDIENCES.values():
        for kind in audience.all.values():
            kinds.setdefault(kind.name, []).append(kind.shape.__name__)
    for own in Own.all:
        for key, shape in own.shapes.items():
            kinds.setdefault(key.rstrip(":"), []).append(shape.__name__)
    return {name: list(dict.fromkeys(shapes)) for name, shapes in sorted(kinds.items())}


def _shapes() -> Iterator[type[Shown]]:
    """The shapes of whole entities."""
    for audience in _AUDIENCES.values():
        yield from (shape for kind in audience.all.values() for shape in (kind.shape, kind.before) if shape)
    yield from (shape for own in Own.all for shape in own.shapes.values())
    for method in _adding().values():
        yield from (shape for shapes in added(method).values() for shape in shapes)


def _all() -> list[type[Shown]]:
    """Those, and what is inside them, by name."""
    found: dict[str, type[Shown]] = {}
    waiting = list(_shapes())
    while waiting:
        shape = waiting.pop()
        if found.setdefault(shape.__name__, shape) is not shape:
            raise TypeError(f"There are two shapes called {shape.__name__}.")
        inside = {part for field in _typed(shape) for part in _parts(field.type)}
        waiting += [part for part in inside if part.__name__ not in found]
    return [found[name] for name in sorted(found)]


def _parts(described: Any) -> Iterator[type[Shown]]:
    if described.__class__ is msgspec.inspect.StructType:
        shape: Any = described.cls
        yield shape
    for part in _inner(described):
        yield from _parts(part)


def _inner(type: Any) -> Iterable[Any]:
    one = (getattr(type, name, None) for name in ("item_type", "value_type", "type"))
    return [*getattr(type, "types", ()), *(part for part in one if part is not None)]


def _typed(shape: type[Shown]) -> tuple[msgspec.inspect.Field, ...]:
    described = msgspec.inspect.type_info(shape)
    assert isinstance(described, msgspec.inspect.StructType)
    return described.fields


def _fields(shape: type[Shown]) -> Iterator[tuple[str, str, bool]]:
    """Name, TypeScript type, and whether it is always there."""
    for field in _typed(shape):
        yield field.encode_name, _in_typescript(field.type), field.required


def _in_typescript(type: Any) -> str:
    info = msgspec.inspect
    match type:
        case info.StructType():
            return type.cls.__name__
        case info.ListType():
            inner = _in_typescript(type.item_type)
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        case info.DictType():
            return f"Record<string, {_in_typescript(type.value_type)}>"
        case info.UnionType():
            kept = [_in_typescript(part) for part in type.types if not isinstance(part, _UNSAID)]
            return " | ".join(dict.fromkeys(kept))
        case info.LiteralType():
            return " | ".join(f'"{value}"' for value in type.values)
    return _PLAIN[type.__class__.__name__]


_UNSAID = type(msgspec.inspect.type_info(msgspec.UnsetType))
_PLAIN = {
    "StrType": "string",
    "IntType": "number",
    "FloatType": "number",
    "BoolType": "boolean",
    "NoneType": "null",
    "AnyType": "any",
}


def _first_sentence(shape: type[Shown]) -> str:
    return " ".join((inspect.getdoc(shape) or "").split()).replace("``", "`")
