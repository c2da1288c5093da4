"""What stands in a row of a ledger, column by column, for rules that look at single rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tongbao.errors import Code, Finding, Place
from tongbao.inputs.table import Row
from tongbao.scoring.decimals import show


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


def times(row: Row, called: str) -> tuple[Decimal, Finding | None]:
    """How many times a row of a ledger counts: its 次数; one where the ledger has no such column.

    Args:
        row: of the ledger.
        called: what it is about, for the message.

    Returns:
        The number, and what is wrong with it: then it is 0.
    """
    cell = row.cells.get("次数")
    if cell is None:
        return Decimal(1), None
    if not isinstance(cell.value, Decimal):
        return Decimal(0), unfilled(row, "次数", called)
    if cell.value < 0:
        message, remedy = f"次数为{show(cell.value)}", "次数不能是负数，请改正"
        return Decimal(0), Finding(Code.CELL_OUT_OF_BOUNDS, message, cell.origin.place, remedy)
    return cell.value, None


def unfilled(row: Row, column: str, called: str) -> Finding:
    """A cell that has to be filled in."""
    return Finding(Code.VALUE_MISSING, f"{row.unit}的“{called}”没有{column}", place(row, column), f"请填写{column}")
