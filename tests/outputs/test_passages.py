"""Whatever text the document model can hold is gone through for its fonts: a new field cannot be forgotten."""

from __future__ import annotations

import builtins
import dataclasses
import types
import typing
from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from tongbao.outputs.fonts.passages import passages
from tongbao.reports.document import Document, Style

UNSEEN = {
    "Meta.title": "a property of the file",
    "Meta.organ": "a property of the file",
    "Meta.subject": "a property of the file",
    "Meta.keywords": "a property of the file",
    "Figure.alt": "read aloud, never drawn",
    "TableCell.tail": "its width stays free, nothing is printed",
}
PLAIN = {bool: True, int: 1, float: 1.0, date: date(2022, 12, 9), Style: Style()}


class Marked:
    """Makes a value of any type of the model, with a marker of its own in every text."""

    def __init__(self) -> None:
        self.markers: dict[str, str] = {}
        self._numbers = count(100)

    def every(self, kind: Any, field: str) -> list[Any]:
        """The alternatives that a type allows: one of each class of a union, else a single one."""
        arguments = typing.get_args(kind)
        match typing.get_origin(kind):
            case types.UnionType | typing.Union:
                found = [value for each in arguments if each is not type(None) for value in self.every(each, field)]
            case typing.Literal:
                found = [arguments[0]]
            case builtins.tuple if arguments[-1] is Ellipsis:
                found = [tuple(self.every(arguments[0], field))]
            case builtins.tuple:
                found = [tuple(self.every(each, field)[0] for each in arguments)]
            case builtins.frozenset:
                found = [frozenset()]
            case _ if dataclasses.is_dataclass(kind):
                found = list(self._instances(kind))
            case _ if kind is str:
                found = [f"甲{next(self._numbers)}乙"]
                self.markers[found[0]] = field
            case _:
                found = [PLAIN[kind]]
        return found

    def _instances(self, kind: Any) -> Iterator[Any]:
        hints = typing.get_type_hints(kind)
        fields = {
            each.name: self.every(hints[each.name], f"{kind.__name__}.{each.name}") for each in dataclasses.fields(kind)
        }
        for place in range(max(len(values) for values in fields.values())):
            yield kind(**{name: values[place % len(values)] for name, values in fields.items()})


def test_every_text_of_the_model_is_among_the_passages() -> None:
    marked = Marked()
    (document,) = marked.every(Document, "")
    texts = "\n".join(passage.text for passage in passages(document))
    lost = {field for marker, field in marked.markers.items() if marker not in texts}
    assert lost == set(UNSEEN)
    assert len(marked.markers) > 50
