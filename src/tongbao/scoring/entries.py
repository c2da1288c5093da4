"""What stands in a row of a ledger, column by column, for rules that look at single rows."""

from __future__ import annotations

from datetime import date, datetime

from tongbao.errors import Place
from tongbao.inputs.table import Row


def text(row: Row, column: str) -> str:
    """The words in a column; "" where there are none or no such column."""
    cell = row.cells.get(column)
    return str(cell.value).strip() if cell is not None and cell.value is not None else ""


def day(row: Row, column: str) -> date | None:
    """The day in a column of dates or of moments; None where there is none."""
    cell = row.cells.get(column)
    if cell is None or not isinstance(cell.value, date):
        return None
    return cell.value.date() if isinstance(cell.value, datetime) else cell.value


def place(row: Row, column: str, otherwise: str = "条款") -> Place:
    """The cell to look at; of another column where the table does not have this one."""
    cell = row.cells.get(column) or row.cells.get(otherwise) or next(iter(row.cells.values()))
    return cell.origin.place
