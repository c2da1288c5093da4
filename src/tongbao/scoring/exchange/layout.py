"""Which sheets and columns a kind of definition has, read off its models, so that a new key is a new column by itself.

A model becomes a row; its keys become cells; what is one of several ways becomes a column 方式 and the columns of all
ways; a list of models becomes a sheet of its own. Nothing here names a key.
"""

from __future__ import annotations

import types
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from tongbao.definitions import Abbreviated, OneOf, Strict
from tongbao.scoring.exchange.parts import NAME, WAY, Cell, Form, Head, Layout, Nested, Part, RowKind, Rows, Table, Ways

_YES_NO = ("是", "否")


@cache
def layout(model: type[Strict]) -> Layout:
    """Read the layout off a model.

    Raises:
        TypeError: rows of one sheet are of kinds that nothing tells apart; nothing may be guessed.
    """
    planner = _Planner()
    parts = planner.parts(model, (), None)
    return Layout(parts, planner.tables)


class _Planner:
    """Walks through the models once; remembers the sheets that it has met."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self._nameless: set[str | None] = set()

    def parts(self, model: type[BaseModel], above: tuple[str, ...], owner: str | None) -> tuple[Part, ...]:
        model.model_rebuild()  # names of models that were defined later
        fields = sorted(model.model_fields.items(), key=lambda item: item[1].alias != NAME)  # what it is called first
        return tuple(
            self.part(model, name, field.alias or name, field.annotation, above, owner, needed=field.is_required())
            for name, field in fields
        )

    def part(  # noqa: PLR0911 - one line a type
        self,
        model: type[BaseModel],
        name: str,
        key: str,
        annotation: Any,
        above: tuple[str, ...],
        owner: str | None,
        *,
        needed: bool,
    ) -> Part:
        options = _options(annotation)
        head = _head((*above, key))
        if len(options) == 1 and _is_model(options[0]):
            return self.model(options[0], key, (*above, key), owner, needed=needed)
        if len(options) == 1 and get_origin(options[0]) is tuple:
            items = _options(get_args(options[0])[0])
            if all(map(_is_model, items)) and owner not in self._nameless:
                return self.rows(items, key, owner, needed=needed)
            if len(items) == 1 and _is_flat(items[0]):  # their owner has no name to be called by
                return Cell(key, head, Form.MAPPINGS, needed=needed)
            if len(items) == 1 and get_origin(items[0]) is dict:
                return Cell(key, head, Form.MAPPINGS, needed=needed)
            if all(map(_is_scalar, items)):
                return Cell(key, head, Form.LIST, needed=needed)
        if len(options) == 1 and get_origin(options[0]) is dict and _choices(get_args(options[0])[0]):
            named, inner = get_args(options[0])  # a closed list of keys: each is a key like those of a model
            return Nested(
                key,
                tuple(
                    self.part(model, name, each, inner, (*above, key), owner, needed=False) for each in _choices(named)
                ),
            )
        if len(options) == 1 and get_origin(options[0]) is dict and all(map(_is_scalar, get_args(options[0]))):
            return Cell(key, head, Form.MAPPING, needed=needed)
        if all(_is_scalar(option) or _is_flat(option) for option in options):
            words = [_choices(option) for option in options if not _is_model(option)]
            choices = tuple(word for some in words for word in some) if all(words) else ()
            return Cell(key, head, Form.EITHER if any(map(_is_model, options)) else Form.TEXT, choices, needed=needed)
        return Cell(key, head, Form.NESTED, needed=needed)  # of whatever kind: written as YAML has it

    def model(
        self, model: type[BaseModel], key: str, path: tuple[str, ...], owner: str | None, *, needed: bool
    ) -> Part:
        if not issubclass(model, OneOf):
            short = model.short_for if issubclass(model, Abbreviated) else None
            return Nested(key, self.parts(model, path, owner), needed, short)
        way = Cell(
            WAY, _head((*path, WAY)), Form.TEXT, tuple(field.alias or "" for field in model.model_fields.values())
        )
        ways = {}
        for name, field in model.model_fields.items():
            alias = field.alias or name
            options = _options(field.annotation)
            if len(options) == 1 and _is_model(options[0]):  # its keys stand beside those of the other ways
                ways[alias] = self.model(options[0], alias, path, owner, needed=True)
            else:
                ways[alias] = self.part(model, name, alias, field.annotation, path, owner, needed=False)
        return Ways(key, way, ways, model.bare)

    def rows(self, models: list[type[BaseModel]], key: str, owner: str | None, *, needed: bool) -> Part:
        if key == owner:  # below themselves: the same sheet, a level deeper
            return Rows(key, key, needed)
        name = key if key not in self.tables else f"{owner}-{key}"
        self.tables[name] = Table(name, owner, ())  # holds the sheet's place in the order
        if not all(any(field.alias == NAME for field in model.model_fields.values()) for model in models):
            self._nameless.add(name)
        kinds = []
        for model in models:
            parts = self.parts(model, (), name)
            below = next((part.key for part in parts if isinstance(part, Rows) and part.table == name), None)
            kept = tuple(part for part in parts if not (isinstance(part, Rows) and part.table == name))
            kinds.append(RowKind(kept, below))
        if len(kinds) != 1 + any(kind.below for kind in kinds):
            raise TypeError(f"rows of {name} are of {len(kinds)} kinds, which nothing tells apart")
        self.tables[name] = Table(name, owner, tuple(sorted(kinds, key=lambda kind: kind.below is not None)))
        return Rows(key, name, needed)


def _head(path: tuple[str, ...]) -> Head:
    return ("", path[0]) if len(path) == 1 else (path[0], "/".join(path[1:]))


def _options(annotation: Any) -> list[Any]:
    """The alternatives of a union without None; what Annotated adds does not change what is written."""
    if get_origin(annotation) is Annotated:
        return _options(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        return [option for each in get_args(annotation) if each is not type(None) for option in _options(each)]
    return [annotation]


def _is_model(option: Any) -> bool:
    return isinstance(option, type) and issubclass(option, BaseModel)


def _is_flat(option: Any) -> bool:
    return _is_model(option) and all(_is_scalar(field.annotation) for field in option.model_fields.values())


def _is_scalar(option: Any) -> bool:
    """Whether it is written as one text, whatever it becomes: a word, a number, a month, a span of months."""
    return all(
        get_origin(each) is Literal
        or (
            isinstance(each, type) and get_origin(each) is None and not issubclass(each, (BaseModel, dict, list, tuple))
        )
        for each in _options(option)
    )


def _choices(option: Any) -> tuple[str, ...]:
    if get_origin(option) is Literal:
        return tuple(str(word) for word in get_args(option))
    if option is bool:
        return _YES_NO
    if isinstance(option, type) and issubclass(option, Enum):
        return tuple(str(member.value) for member in option)
    return ()
