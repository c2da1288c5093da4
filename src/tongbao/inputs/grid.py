"""What every spreadsheet format becomes first: a grid that still knows errors, percent formats and hidden rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from tongbao.errors import Code
from tongbao.ooxml.archive import Refused

Raw = str | float | int | bool | date | datetime | time | timedelta | None
"""A cell as the file holds it; "" and None are blank."""

Position = tuple[int, int]
"""Row and column, both from 0."""

MOST_ROWS = 1_000_000
MOST_COLUMNS = 1_000
MOST_CELLS = 10_000_000  # rows × columns up to the last filled cell: what a reader has to allocate


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, all four ends included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet from its very first cell on, so that positions are addresses.

    Attributes:
        name: "" for CSV.
        rows: values; rows may be shorter than others.
        errors: cells that show an error such as #DIV/0!, with that text.
        uncalculated: formula cells without a stored result.
        percents: number cells that the program shows as a percentage.
        merged: merged ranges.
        hidden_rows: rows that the clerk does not see.
        hidden_columns: columns that the clerk does not see.
        lines: for CSV the line on which each row begins; None: rows count from 1.
    """

    name: str
    rows: Sequence[Sequence[Raw]]
    errors: Mapping[Position, str] = field(default_factory=dict)
    uncalculated: AbstractSet[Position] = frozenset()
    percents: AbstractSet[Position] = frozenset()
    merged: tuple[Span, ...] = ()
    hidden_rows: AbstractSet[int] = frozenset()
    hidden_columns: AbstractSet[int] = frozenset()
    lines: Sequence[int] | None = None

    def at(self, row: int, column: int) -> Raw:
        """The value of a cell; None outside the grid."""
        if row >= len(self.rows):
            return None
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def number(self, row: int) -> int:
        """The row number as the clerk sees it."""
        return self.lines[row] if self.lines is not None else row + 1

    def address(self, row: int, column: int) -> str:
        """The cell's address, such as D7."""
        return f"{letters(column)}{self.number(row)}"

    @cached_property
    def width(self) -> int:
        """Columns of the longest row."""
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True)
class Workbook:
    """The sheets of one file; each is read when it is asked for.

    Attributes:
        names: in the workbook's order.
        load: reads one sheet.
        hidden: sheets that the clerk does not see.
        disguise: what the file is instead of what its name says, where it can be read all the same.
    """

    names: tuple[str, ...]
    load: Callable[[str], Sheet]
    hidden: frozenset[str] = frozenset()
    disguise: str = ""


def letters(column: int) -> str:
    """Column letters: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def ensure_size(rows: int, columns: int, *, sheet: str | None = None, cell: str | None = None) -> None:
    """Refuse a sheet before anything is allocated for it.

    Raises:
        Refused: the last filled cell lies beyond what any table of an office needs.
    """
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise Refused(
            Code.FILE_OVERSIZED,
            f"内容一直到第{rows}行、第{columns}列，超出上限（{MOST_ROWS}行、{MOST_COLUMNS}列、{MOST_CELLS}格）",
            "请删除表格以外的多余内容（选中后删除整行整列）再另存",
            sheet=sheet,
            cell=cell,
        )
