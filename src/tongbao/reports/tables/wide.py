"""Tables that are wider than the page: turned on their side, or parted by columns with the first ones repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tongbao.reports.document import Table, TableCell
from tongbao.reports.tables.grid import Grid, lay_out
from tongbao.reports.tables.widths import PORTRAIT, Needs, fitted, needs

_CONTINUED = "（续）"
_UNIT = re.compile(r"（单位：[^（）]*）$")


@dataclass(frozen=True, slots=True)
class Draft:
    """A table before it is known how wide its page is.

    Attributes:
        table: as the template has it.
        needs: what its columns need.
        repeat: how many first columns every part has where it must be parted; None: those up to the one that names.
    """

    table: Table
    needs: Needs
    repeat: int | None = None

    @classmethod
    def of(cls, table: Table, size: float, repeat: int | None = None) -> Draft:
        """Measure a table whose text has this size in pt."""
        return cls(table, needs(table, size), repeat)


def wants_landscape(drafts: Iterable[Draft]) -> bool:
    """Whether some table of an attachment cannot be read well on an upright page."""
    return any(sum(draft.needs.easy) > PORTRAIT for draft in drafts)


def parts(draft: Draft, page: float) -> tuple[Table, ...]:
    """The table as it goes on the page: whole where its columns have room, else in parts one below the other.

    Args:
        draft: the table.
        page: how wide 版心 is, in mm.

    Returns:
        Tables that hold every cell in its order; each part begins with the repeated columns, and all but the first
        are called “表2（续）”; notes stand under the last.
    """
    table = draft.table
    needed = draft.needs
    if sum(needed.least) <= page:
        return (replace(table, widths=fitted(table.widths, needed.least, page)),)
    repeated = _repeated(draft)
    grids = lay_out(table.head), lay_out(table.body)
    ranges = _ranges(needed, repeated, page, _joints(grids[0], len(table.widths)))
    made = []
    for place, columns in enumerate(ranges):
        chosen = (*range(repeated), *columns)
        least = tuple(needed.least[column] for column in chosen)
        widths = tuple(table.widths[column] for column in chosen)
        made.append(
            Table(
                table.caption if place == 0 else _continued(table.caption),
                fitted(widths, least, page) if sum(least) <= page else least,
                _cut(table.head, grids[0], chosen),
                _cut(table.body, grids[1], chosen),
                table.notes if place == len(ranges) - 1 else (),
                table.held,
            )
        )
    return tuple(made)


def _repeated(draft: Draft) -> int:
    """The first columns that say what a row is about: as stated, or up to the first whose words begin at the left."""
    count = len(draft.table.widths)
    if draft.repeat is not None:
        return min(draft.repeat, count - 1)
    named = [each.column for each in lay_out(draft.table.body).cells if each.cell.align == "left"]
    single = [column for column in named if column + 1 < count / 2]
    return min(single, default=0) + 1


def _joints(head: Grid, count: int) -> frozenset[int]:
    """The columns at which a part would begin in the middle of a head that spans several."""
    return frozenset(column for each in head.cells for column in each.columns[1:] if column < count)


def _ranges(needed: Needs, repeated: int, page: float, joints: frozenset[int]) -> list[range]:
    """Part the columns after the repeated ones: as few parts as can be, heads whole, the parts much of a size."""
    least = needed.least
    room = page - sum(least[:repeated])
    count = len(least)
    best: dict[int, tuple[tuple[int, int, float], int]] = {count: ((0, 0, 0.0), count)}
    for start in range(count - 1, repeated - 1, -1):
        choices = []
        for end in range(start + 1, count + 1):
            width = sum(least[start:end])
            if width > room and end > start + 1:
                break
            parts_, broken, uneven = best[end][0]
            choices.append(((parts_ + 1, broken + (end in joints), uneven + width**2), end))
        best[start] = min(choices)
    ranges, start = [], repeated
    while start < count:
        end = best[start][1]
        ranges.append(range(start, end))
        start = end
    return ranges


def _cut(rows: Sequence[Sequence[TableCell]], grid: Grid, chosen: Sequence[int]) -> tuple[tuple[TableCell, ...], ...]:
    """The rows with only these columns; a cell that spans several keeps those of its columns that are among them."""
    wanted = frozenset(chosen)
    made: list[list[TableCell]] = [[] for _ in rows]
    for each in grid.cells:
        span = len(wanted.intersection(each.columns))
        if span:
            made[each.row].append(replace(each.cell, colspan=span))
    return tuple(tuple(row) for row in made)


def _continued(caption: str) -> str:
    """“表2 得分（单位：分）” goes on as “表2（续）（单位：分）”."""
    unit = _UNIT.search(caption)
    number = caption.partition(" ")[0] if caption else "续表"
    return (number + _CONTINUED if caption else number) + (unit[0] if unit else "")
