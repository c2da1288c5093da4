"""The order of keys (that of the models unless a file has its own, which is kept) and their short forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tongbao.definitions import KeyPath
from tongbao.scoring.exchange.parts import Nested, Part, Rows, Ways

Steps = tuple[str, ...]
"""A key of a row and, where it is spread over columns, the keys inside it."""


def steps(value: Mapping[str, Any], parts: Sequence[Part], above: Steps = ()) -> Iterator[Steps]:
    """The keys of a row as they stand, those inside nested ones included."""
    known = {part.key: part for part in parts}
    for key, inner in value.items():
        path = (*above, key)
        yield path
        part = known.get(key)
        if isinstance(part, Nested) and isinstance(inner, Mapping):
            yield from steps(inner, part.parts, path)
        elif isinstance(part, Ways) and isinstance(inner, Mapping):
            for way, words in inner.items():
                taken = part.ways.get(way)
                yield (*path, way)
                if isinstance(taken, Nested) and isinstance(words, Mapping):
                    yield from steps(words, taken.parts, (*path, way))


def usual(value: Mapping[str, Any], parts: Sequence[Part]) -> dict[str, Any]:
    """The same row in the order of its model, lists of further rows last."""
    known = {part.key: part for part in parts}
    places = {part.key: place for place, part in enumerate(sorted(parts, key=lambda part: isinstance(part, Rows)))}
    ordered: dict[str, Any] = {}
    for key in sorted(value, key=lambda key: places.get(key, len(places))):
        part, inner = known.get(key), value[key]
        if isinstance(part, Nested) and isinstance(inner, Mapping):
            inner = usual(inner, part.parts)
        elif isinstance(part, Ways) and isinstance(inner, Mapping):
            ways = ((way, part.ways.get(way), words) for way, words in inner.items())
            inner = {
                way: usual(words, taken.parts) if isinstance(taken, Nested) and isinstance(words, Mapping) else words
                for way, taken, words in ways
            }
        ordered[key] = inner
    return ordered


def arranged(value: Mapping[str, Any], wanted: Sequence[Steps], above: Steps = ()) -> dict[str, Any]:
    """The same row in a wanted order; keys that it does not name stay behind the one they stand behind now."""
    ranks = {path: rank for rank, path in reversed(list(enumerate(wanted)))}
    inside = {path[:length] for path in wanted for length in range(1, len(path))}
    keys: list[str] = sorted((key for key in value if (*above, key) in ranks), key=lambda key: ranks[(*above, key)])
    before: str | None = None
    for key in value:
        if key not in keys:
            keys.insert(keys.index(before) + 1 if before is not None else 0, key)
        before = key
    return {
        key: arranged(value[key], wanted, (*above, key))
        if (*above, key) in inside and isinstance(value[key], Mapping)
        else value[key]
        for key in keys
    }


def restored(data: Mapping[str, Any], orders: Mapping[KeyPath, Sequence[Steps]], path: KeyPath = ()) -> dict[str, Any]:
    """The whole definition with the unusual orders of its rows, from the innermost outwards.

    Args:
        data: the definition.
        orders: by row the order that its keys shall have.
        path: where in the definition the data stands.
    """
    made = {key: _inside(value, orders, (*path, key)) for key, value in data.items()}
    return arranged(made, orders[path]) if path in orders else made


def _inside(value: Any, orders: Mapping[KeyPath, Sequence[Steps]], path: KeyPath) -> Any:
    if isinstance(value, dict):
        return restored(value, orders, path)
    if isinstance(value, list):
        return [_inside(item, orders, (*path, index)) for index, item in enumerate(value)]
    return value


def abbreviated(value: Mapping[str, Any], parts: Sequence[Part]) -> dict[str, Any]:
    """The same row with short forms where they say all: 计分: 按比例, 体系: 线上."""
    known = {part.key: part for part in parts}
    return {key: _short(inner, known.get(key)) for key, inner in value.items()}


def _short(value: Any, part: Part | None) -> Any:
    if isinstance(part, Nested) and isinstance(value, Mapping):
        return value[part.short] if list(value) == [part.short] else abbreviated(value, part.parts)
    if isinstance(part, Ways) and isinstance(value, Mapping):
        made = {way: _short(words, part.ways.get(way)) for way, words in value.items()}
        return next(iter(made)) if part.bare and list(made.values()) == [{}] else made
    return value
