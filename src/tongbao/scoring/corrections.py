"""Figures that a granted appeal put right: laid over the tables read, so that the files stay as they were sent.

The old value stays in the file and in the note of the cell, which the trace carries into `explain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from tongbao.errors import Code, Finding, Place
from tongbao.inputs.contract import Column
from tongbao.inputs.corrections import Correction
from tongbao.inputs.grid import Sheet
from tongbao.inputs.table import Cell, Row, Table
from tongbao.inputs.values import read_cell


def written(cell: Cell) -> str:
    """What a cell says, as a correction quotes it."""
    if cell.origin.raw:
        return cell.origin.raw
    return f"{cell.value:f}" if isinstance(cell.value, Decimal) else str(cell.value or cell.missing or "")


def correct(
    table: Table, columns: Sequence[Column], corrections: Iterable[Correction]
) -> tuple[Table, tuple[Finding, ...]]:
    """Lay corrections over a table.

    Args:
        table: as it was read.
        columns: of its contract, for the kinds of the new values; a table counted from cases has none.
        corrections: of this table and month.

    Returns:
        The corrected table, and a finding for every correction that does not fit what is there now.
    """
    findings: list[Finding] = []
    for correction in corrections:
        found = _row(table, correction)
        cell = found.cells.get(correction.column) if found else None
        if found is None or cell is None:
            message = f"更正所指的“{correction.table}.{correction.column}”找不到唯一的一格（{correction.unit}）"
            findings.append(_misfit(message, Place(table.source.path)))
        elif written(cell) != correction.old:
            message = f"更正时原值为“{correction.old}”，表中现为“{written(cell)}”"
            findings.append(_misfit(message, cell.origin.place))
        else:
            fixed, problem = _fixed(cell, correction, columns)
            findings += [problem] if problem else []
            table = _with(table, found, replace(found, cells={**found.cells, correction.column: fixed}))
    return table, tuple(findings)


def _row(table: Table, correction: Correction) -> Row | None:
    rows = [row for row in table.rows if (row.unit or "") == correction.unit and correction.row in {None, row.number}]
    return rows[0] if len(rows) == 1 else None


def _fixed(cell: Cell, correction: Correction, columns: Sequence[Column]) -> tuple[Cell, Finding | None]:
    note = f"{cell.note}；{correction.note}" if cell.note else correction.note
    declared = next((column for column in columns if column.name == correction.column), None)
    if declared is None:
        try:
            return Cell(Decimal(correction.new), None, cell.origin, note), None
        except InvalidOperation:
            remedy = "请写成数字"
            finding = Finding(Code.CELL_NOT_NUMBER, f"更正的新值“{correction.new}”不是数字", cell.origin.place, remedy)
            return cell, finding
    reading = read_cell(Sheet("", ((correction.new,),)), 0, 0, declared, {})
    if reading.problem is not None:
        problem = reading.problem
        return cell, Finding(problem.code, f"更正的新值不能用：{problem.message}", cell.origin.place, problem.remedy)
    return Cell(reading.value, reading.missing, cell.origin, note), None


def _with(table: Table, old: Row, new: Row) -> Table:
    rows = tuple(new if row is old else row for row in table.rows)
    by_unit = {unit: new if row is old else row for unit, row in table.by_unit.items()}
    return replace(table, rows=rows, by_unit=by_unit)


def _misfit(message: str, place: Place) -> Finding:
    return Finding(Code.BASIS_CHANGED, message, place, "请恢复申诉决定时的数据；确要更换数据的，重新申诉、决定")
