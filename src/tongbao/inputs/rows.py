"""Goes down the rows of a table: which are units, which are sums and notes, and what each cell holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.contract import Column, Kind, Shape, TableContract
from tongbao.inputs.grid import Raw, Sheet, Span
from tongbao.inputs.header import Header
from tongbao.inputs.table import Cell, Missing, Origin, Row
from tongbao.inputs.text import normal, shown
from tongbao.inputs.unit_names import UnitNames, unsafe_reason
from tongbao.inputs.values import raw_text, read_cell

_NOTE = re.compile(r"(?:注|备注|说明)\d*(?:[:.、)]|$)")
_SHARED_KINDS = frozenset(
    {Kind.TEXT, Kind.DATE, Kind.MOMENT}
)  # a merged cell may stand for several rows of a ledger; a figure never
_MOST_ROWS_NAMED = 20


@dataclass
class RowsRead:
    """What the rows of a sheet came to.

    Attributes:
        rows: rows of known units.
        findings: everything noticed.
        taken: how many rows hold data, those of unknown units included.
    """

    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)


def header_of(column: Column) -> str:
    """The header that a column bears in the sheet."""
    return column.header or column.name


def read_rows(sheet: Sheet, header: Header, contract: TableContract, names: UnitNames, file: str) -> RowsRead:
    """Read all rows below the header.

    Args:
        sheet: the grid.
        header: where the columns are; columns that were not found become 缺列.
        contract: what the table must hold.
        names: the roster's spellings.
        file: path for findings and origins.
    """
    return _Reader(sheet, header, contract, names, file).read()


@dataclass
class _Reader:
    sheet: Sheet
    header: Header
    contract: TableContract
    names: UnitNames
    file: str
    result: RowsRead = field(default_factory=RowsRead)

    @cached_property
    def _markers(self) -> Mapping[str, Missing]:
        return {normal(text): reason for text, reason in self.contract.markers.items()}

    @cached_property
    def _skipped_words(self) -> frozenset[str]:
        return frozenset(normal(word) for word in self.contract.skip_rows)

    @cached_property
    def _unit_column(self) -> int | None:
        return self.header.columns.get(self.contract.unit_header) if self.contract.unit_header else None

    @cached_property
    def _columns(self) -> list[tuple[Column, int | None]]:
        return [(column, self.header.columns.get(header_of(column))) for column in self.contract.columns]

    @cached_property
    def _shared(self) -> Mapping[tuple[int, int], int]:
        """In a ledger: cells below the first one of a cell merged downwards, with the row where its text stands."""
        if self.contract.shape is not Shape.LEDGER:
            return {}
        shared = {column for declared, column in self._columns if declared.kind in _SHARED_KINDS} | {self._unit_column}
        return {
            (row, span.left): span.top
            for span in self._spans_below
            if span.left in shared
            for row in range(span.top + 1, min(span.bottom + 1, len(self.sheet.rows)))
        }

    @cached_property
    def _spans_below(self) -> list[Span]:
        return [span for span in self.sheet.merged if span.top >= self.header.data]

    @cached_property
    def _lines_across(self) -> frozenset[int]:
        """Rows with a cell merged over the unit column and figures alike: a line of text, no data."""
        unit = self._unit_column
        figures = [column for _, column in self._columns if column is not None]
        return frozenset(
            row
            for span in self._spans_below
            if unit is not None
            and span.left <= unit <= span.right
            and any(span.left <= c <= span.right for c in figures)
            for row in range(span.top, min(span.bottom + 1, len(self.sheet.rows)))
        )

    def read(self) -> RowsRead:
        skipped: dict[int, str] = {}
        for row in range(self.header.data, len(self.sheet.rows)):
            first = self._first_word(row)
            if first is None and not self._has_faults(row):
                continue
            unit = self._unit_word(row)
            reason = self._skip_reason(row, normal(first or ""), unit)
            if reason:
                skipped[row] = f"“{shown((first or '').strip())}”{reason}"
            elif not unit and self._is_empty(row):
                skipped[row] = "没有单位和所需的数据"
            else:
                self.result.taken.append(row)
                self._read_row(row, unit)
        if skipped:
            self._remark(skipped)
        return self.result

    def _read_row(self, row: int, unit: str) -> None:
        canonical = None
        if self.contract.shape is not Shape.SINGLE:
            canonical = self._unit(row, unit)
        cells = dict(self._cells(row))
        if canonical is not None or self.contract.shape is Shape.SINGLE:
            self.result.rows.append(Row(canonical, cells, self.sheet.number(row)))

    def _cells(self, row: int) -> Iterator[tuple[str, Cell]]:
        for declared, column in self._columns:
            if column is None:
                yield declared.name, Cell(None, Missing.NO_COLUMN, Origin(self.file, self.sheet.name, "", ""))
                continue
            source = self._shared.get((row, column), row)
            reading = read_cell(self.sheet, source, column, declared, self._markers)
            address = self.sheet.address(source, column)
            if reading.problem is not None:
                problem = reading.problem
                self._add(problem.code, problem.message, problem.remedy, cell=address)
            origin = Origin(self.file, self.sheet.name, address, reading.raw)
            yield declared.name, Cell(reading.value, reading.missing, origin)

    def _unit(self, row: int, word: str) -> str | None:
        """The canonical name of the row's unit, or a finding."""
        column = self._unit_column
        if column is None:
            return None
        address = self.sheet.address(row, column)
        if not word.strip():
            faulty = self.sheet.errors.get((row, column))
            if faulty or (row, column) in self.sheet.uncalculated:
                code = Code.CELL_ERROR if faulty else Code.CELL_UNCALCULATED
                self._add(code, f"单位名称是没有结果的公式{shown(faulty or '')}", "请直接填写单位名称", cell=address)
            else:
                self._add(Code.CELL_EMPTY, "该行有数据，但没有填写单位", "请填写单位名称，或删去该行", cell=address)
            return None
        danger = unsafe_reason(word)
        if danger:
            self._add(Code.UNIT_UNSAFE, f"单位名称“{shown(word)}”{danger}", "请改成单位名录中的名称", cell=address)
            return None
        unit = self.names.find(word)
        absent = self.names.absent(word) if unit is None else None
        if absent is not None:
            self._add(Code.UNIT_CHANGED, f"单位“{shown(word)}”{absent.words}", absent.remedy, cell=address)
        elif unit is None:
            likely = self.names.suggest(word)
            remedy = "请改成单位名录中的名称，或在单位名录中加别名；不是单位的行，请在数据表定义的“略去行”中写明"
            if likely:
                remedy = f"是否指{'或'.join(f'“{name}”' for name in likely)}？如是，请改正或在单位名录中加别名"
            self._add(Code.UNIT_UNKNOWN, f"单位“{shown(word)}”不在单位名录中", remedy, cell=address)
        return unit

    def _unit_word(self, row: int) -> str:
        column = self._unit_column
        if column is None:
            return ""
        return raw_text(self.sheet.at(self._shared.get((row, column), row), column))

    def _first_word(self, row: int) -> str | None:
        return next((raw_text(value) for value in self.sheet.rows[row] if not _is_blank(value)), None)

    def _has_faults(self, row: int) -> bool:
        return any(
            (row, column) in self.sheet.errors or (row, column) in self.sheet.uncalculated
            for column in (self._unit_column, *(column for _, column in self._columns))
            if column is not None
        )

    def _is_empty(self, row: int) -> bool:
        return not self._has_faults(row) and all(
            column is None or _is_blank(self.sheet.at(row, column)) for _, column in self._columns
        )

    def _skip_reason(self, row: int, first: str, unit: str) -> str:
        name = normal(unit)
        if first.rstrip(":") in self._skipped_words or name.rstrip(":") in self._skipped_words:
            return "是合计行"
        is_unit = self.names.find(unit) is not None
        if not is_unit and (_NOTE.match(first) or _NOTE.match(name)):
            return "是备注行"
        if name and self.contract.unit_header and name == normal(self.contract.unit_header).rpartition("/")[2]:
            return "是重复的表头"
        if row in self._lines_across and not is_unit and unsafe_reason(unit) is None:
            return "是横跨各列的说明"
        return ""

    def _remark(self, skipped: Mapping[int, str]) -> None:
        rows = list(skipped)
        told = [f"第{self.sheet.number(row)}行{skipped[row]}" for row in rows[:_MOST_ROWS_NAMED]]
        more = f"等{len(rows)}行" if len(rows) > _MOST_ROWS_NAMED else ""
        self._add(
            Code.ROW_SKIPPED,
            f"未计入：{'；'.join(told)}{more}",
            "如应计入，请改正这些行，或修改数据表定义中的“略去行”",
            cell=self.sheet.address(rows[0], 0),
            severity=Severity.REMARK,
        )

    def _add(self, code: Code, message: str, remedy: str, *, cell: str, severity: Severity = Severity.ERROR) -> None:
        place = Place(self.file, self.sheet.name or None, cell)
        self.result.findings.append(Finding(code, message, place, remedy, severity))


def row_list(sheet: Sheet, rows: list[int]) -> str:
    """Row numbers as a message names them: 第3、7行."""
    numbers = "、".join(str(sheet.number(row)) for row in rows[:_MOST_ROWS_NAMED])
    return f"第{numbers}行" if len(rows) <= _MOST_ROWS_NAMED else f"第{numbers}等{len(rows)}行"


def _is_blank(value: Raw) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
