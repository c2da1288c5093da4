"""Typed tables whose every cell still knows the file, sheet and cell it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tongbao.errors import Place


class Missing(StrEnum):
    """Why there is no value: seven different reasons that must never be mixed (shared rule of all systems)."""

    NOT_APPLICABLE = "不适用"
    ZERO_DENOMINATOR = "分母为零"
    BLANK = "空白"
    NOT_REPORTED = "未填报"
    NO_COLUMN = "缺列"
    FORMULA_ERROR = "公式错误"
    UNVERIFIED = "待核"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure stands in the office's own files.

    Attributes:
        file: path from the workspace, with forward slashes (inputs/2022-11/昌吉市/工单.xlsx).
        sheet: the sheet's name; "" for CSV.
        cell: address such as D7; for CSV the same letters and line numbers; "" for what was counted from cases.
        raw: the cell's text as it was sent; "" for what was counted.
    """

    file: str
    sheet: str
    cell: str
    raw: str

    @property
    def place(self) -> Place:
        """The same as a finding's place."""
        return Place(self.file, self.sheet or None, self.cell)

    def __str__(self) -> str:
        return str(self.place)


@dataclass(frozen=True, slots=True)
class Cell:
    """A typed value with its origin; either a value or the reason why there is none."""

    value: Decimal | str | date | None
    missing: Missing | None
    origin: Origin
    note: str = ""  # how a figure counted from cases came about


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the unit it speaks of (canonical name; None in a 单值 table) and its cells by column name."""

    unit: str | None
    cells: Mapping[str, Cell]
    number: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read, with the digest that the manifest and the trace record.

    Attributes:
        path: from the workspace.
        sha256: of its bytes.
        part_of: for one of many files of cases: the name under which origins mean them all.
    """

    path: str
    sha256: str
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one period after its contract has been held against it."""

    name: str
    rows: tuple[Row, ...]
    source: SourceFile
    by_unit: Mapping[str, Row] = field(default_factory=dict, compare=False)
    parts: tuple[SourceFile, ...] = ()

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """Every file that it was read from."""
        return self.parts or (self.source,)
