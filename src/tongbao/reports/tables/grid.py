"""Where the cells of a table come to stand when some of them span columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tongbao.reports.document import TableCell


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the row and the column that it begins in."""

    row: int
    column: int
    cell: TableCell

    @property
    def columns(self) -> range:
        """The columns that it covers."""
        return range(self.column, self.column + self.cell.colspan)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of head or body laid out.

    Attributes:
        cells: every cell, row by row.
        widths: of every row, how many columns it and the cells from above take.
        overlapping: rows in which a cell runs into one that spans from above.
        overhanging: whether a cell spans beyond the last row.
    """

    cells: tuple[Placed, ...]
    widths: tuple[int, ...]
    overlapping: tuple[int, ...]
    overhanging: bool


def lay_out(rows: Sequence[Sequence[TableCell]]) -> Grid:
    """Give every cell its column: the first that is neither taken by its row nor spanned from above."""
    cells: list[Placed] = []
    widths: list[int] = []
    overlapping: list[int] = []
    above: dict[int, int] = {}  # column → rows that a cell from above still covers, this one included
    for number, row in enumerate(rows):
        below = {column: left - 1 for column, left in above.items() if left > 1}
        column = 0
        for cell in row:
            while column in above:
                column += 1
            placed = Placed(number, column, cell)
            cells.append(placed)
            if any(each in above for each in placed.columns):
                overlapping.append(number)
            if cell.rowspan > 1:
                below |= dict.fromkeys(placed.columns, cell.rowspan - 1)
            column += cell.colspan
        widths.append(max([column, *(each + 1 for each in above)]))
        above = below
    return Grid(tuple(cells), tuple(widths), tuple(overlapping), bool(above))
