"""The pieces that sheets of a definition are made of: cells, keys spread over columns, ways, rows of other sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

Head = tuple[str, str]
"""The two lines above a column: the key that it is part of ("" for none), and its own name."""

WAY = "方式"
"""The column that says which of several ways is taken."""
NAME = "名称"
"""The key by which rows are called."""


class Form(StrEnum):
    """How the content of one cell is written."""

    TEXT = "文字"
    LIST = "列表"  # 甲、乙、丙
    MAPPING = "对照"  # 键=值；键=值
    MAPPINGS = "逐行对照"  # one mapping a line
    EITHER = "文字或对照"  # 满分, or 得分率=80%
    NESTED = "YAML"  # {表: [{列: 值}]}, for what is too deep for the others


@dataclass(frozen=True, slots=True)
class Cell:
    """A key whose value stands in one cell.

    Attributes:
        key: the key as the YAML has it.
        head: the column.
        form: how the value is written.
        choices: what a scalar may be; () for anything.
        needed: whether the definition is wrong without it.
    """

    key: str
    head: Head
    form: Form
    choices: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Nested:
    """A key whose value is a model of its own, over several columns; `short` is the key that a bare text means."""

    key: str
    parts: tuple[Part, ...]
    needed: bool = False
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """A key that is said in exactly one of several ways; they share columns of the same name."""

    key: str
    way: Cell
    ways: Mapping[str, Part]
    bare: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """A key whose value is a list of models: the rows of another sheet."""

    key: str
    table: str
    needed: bool = False


Part = Cell | Nested | Ways | Rows


@dataclass(frozen=True, slots=True)
class RowKind:
    """What one row may describe; `below` is the key of the rows of the same sheet one level deeper."""

    parts: tuple[Part, ...]
    below: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of rows.

    Attributes:
        name: the sheet, and how parts refer to it.
        owner: the sheet whose rows these belong to; None: the definition itself.
        kinds: what a row may be; the one with `below` comes last.
    """

    name: str
    owner: str | None
    kinds: tuple[RowKind, ...]

    @property
    def tree(self) -> bool:
        """Whether rows stand below each other by level."""
        return any(kind.below for kind in self.kinds)

    @property
    def columns(self) -> tuple[Cell, ...]:
        """Every column once, in the order of the models; choices of shared columns joined."""
        return _joined(cell for kind in self.kinds for cell in cells_of(kind.parts))


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheets of one kind of definition."""

    parts: tuple[Part, ...]
    tables: Mapping[str, Table]

    @property
    def columns(self) -> tuple[Cell, ...]:
        """The cells of the definition itself."""
        return _joined(cells_of(self.parts))

    @property
    def lists(self) -> tuple[str, ...]:
        """The sheets whose rows belong to the definition itself."""
        return tuple(table.name for table in self.tables.values() if table.owner is None)


LEVEL: Head = ("", "级次")
REMARK: Head = ("", "批注")
ORDER: Head = ("", "键序")
"""Columns of ours beside those of the models; 键序 is hidden and only there where an order is unusual."""


def owner_head(table: Table) -> Head:
    """The column that says to which row of another sheet a row belongs."""
    return ("", f"所属{table.owner}")


def label(head: Head) -> str:
    """A column's name on one line: 对象/组."""
    return "/".join(word for word in head if word)


def cells_of(parts: tuple[Part, ...]) -> Iterator[Cell]:
    """Every cell of a row, shared columns as often as they are shared."""
    for part in parts:
        if isinstance(part, Cell):
            yield part
        elif isinstance(part, Nested):
            yield from cells_of(part.parts)
        elif isinstance(part, Ways):
            yield part.way
            yield from (replace(cell, needed=False) for cell in cells_of(tuple(part.ways.values())))


def _joined(cells: Iterator[Cell]) -> tuple[Cell, ...]:
    columns: dict[Head, Cell] = {}
    for cell in cells:
        known = columns.setdefault(cell.head, cell)
        if known is not cell:
            both = tuple(dict.fromkeys((*known.choices, *cell.choices))) if known.choices and cell.choices else ()
            columns[cell.head] = replace(known, choices=both, needed=known.needed and cell.needed)
    return tuple(columns.values())
