"""Reads a table from a template: spans checked in both directions, groups and subtotals, figures on their point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

from tongbao.reports.document import Table, TableCell
from tongbao.reports.markup import Element
from tongbao.reports.tables.decimals import tails
from tongbao.reports.tables.grid import Grid, lay_out

Wrong = Callable[[Element, str, str], None]
"""Called with the element, what is the matter with it, and the remedy."""

Align = Literal["left", "center", "right"]
_ALIGNS = ("left", "center", "right", "decimal")
_WIDEST_SPAN = 999
_LONGEST_HOLD = 8  # rows of one merged cell that stay on one page


@dataclass(frozen=True, slots=True)
class _Row:
    element: Element
    cells: tuple[TableCell, ...]
    pointed: tuple[bool, ...]  # whether each cell is aligned on the decimal point

    @property
    def group(self) -> bool:
        return "group" in self.element.attributes

    @property
    def subtotal(self) -> bool:
        return "subtotal" in self.element.attributes


def read_table(element: Element, caption: str, wrong: Wrong) -> Table:
    """The table of a <table>, everything that does not fit told.

    Args:
        element: the markup.
        caption: with its number, or "".
        wrong: called for every slip.
    """
    head = [_row(row, wrong) for part in element.elements("thead") for row in part.elements("tr")]
    body = [_row(row, wrong) for part in element.elements("tbody") for row in part.elements("tr")]
    body = _stretched(head, body)
    above, below = lay_out([row.cells for row in head]), lay_out([row.cells for row in body])
    count = _count(element, (above, below), wrong)
    if unit := element.attributes.get("unit", ""):
        if not caption:
            wrong(element, "写了计量单位的表格没有表题", "计量单位印在表题之后：请加上 caption，或把单位写进表头")
        caption = f"{caption}（单位：{unit}）"
    return Table(
        caption,
        _widths(element, count, wrong),
        tuple(row.cells for row in head),
        _on_the_point(body, below),
        tuple(note.text for note in element.elements("note")),
        _held(body, below),
    )


def _row(row: Element, wrong: Wrong) -> _Row:
    if "group" in row.attributes and "subtotal" in row.attributes:
        wrong(row, "一行不能既是组名又是小计", "请只写 group 或 subtotal")
    strong = "group" in row.attributes or "subtotal" in row.attributes
    cells, pointed = [], []
    for cell in row.elements("th", "td"):
        align = cell.attributes.get("align", "left" if "group" in row.attributes else "center")
        if align not in _ALIGNS:
            wrong(cell, f"align 不能是“{align}”", f"可用 {'、'.join(_ALIGNS)}")
        spans = [cell.attributes.get(key, "1") for key in ("colspan", "rowspan")]
        if not all(span.isascii() and span.isdecimal() and 0 < int(span) <= _WIDEST_SPAN for span in spans):
            wrong(cell, f"跨列跨行“{'、'.join(spans)}”不是正整数", "请写成 1 以上的整数")
            spans = ["1", "1"]
        shown = cast("Align", "right" if align == "decimal" else align)
        cells.append(TableCell(cell.text, int(spans[0]), int(spans[1]), shown, strong or cell.tag == "th"))
        pointed.append(align == "decimal" and spans[0] == "1")
    return _Row(row, tuple(cells), tuple(pointed))


def _stretched(head: list[_Row], body: list[_Row]) -> list[_Row]:
    """The only cell of a group's row goes over the whole width, whatever that is."""
    alone = [len(row.cells) == 1 and row.group and row.cells[0].colspan == 1 for row in body]
    others = head or [row for row, single in zip(body, alone, strict=True) if not single]
    width = max(lay_out([row.cells for row in others]).widths, default=1)
    return [
        replace(row, cells=(replace(row.cells[0], colspan=width),)) if single else row
        for row, single in zip(body, alone, strict=True)
    ]


def _count(element: Element, parts: tuple[Grid, ...], wrong: Wrong) -> int:
    """How many columns there are; every row must come out as wide."""
    if any(part.overlapping for part in parts):
        wrong(element, "有单元格与上面跨行的单元格重叠", "请检查 colspan、rowspan")
    if any(part.overhanging for part in parts):
        wrong(element, "有单元格跨出了表格的最后一行", "请检查 rowspan")
    widths = {width for part in parts for width in part.widths}
    if len(widths) != 1:
        shown = "、".join(map(str, sorted(widths))) or "没有行"
        wrong(element, f"表格各行的列数不一致：{shown}", "请检查 colspan、rowspan 和单元格数")
    return max(widths, default=1)


def _widths(element: Element, count: int, wrong: Wrong) -> tuple[float, ...]:
    stated = element.attributes.get("widths", "")
    try:
        widths = tuple(float(each) for each in stated.split(",")) if stated else (1.0,) * count
    except ValueError:
        widths = ()
    if len(widths) != count or not all(width > 0 for width in widths):
        wrong(element, f"表格有{count}列，widths 写的是“{stated}”", "请为每一列写一个正数，用英文逗号隔开")
        return (1.0,) * count
    return widths


def _on_the_point(body: list[_Row], grid: Grid) -> tuple[tuple[TableCell, ...], ...]:
    """The rows, with what each figure lacks to stand on the decimal point of its column."""
    pointed = [each for row in body for each in row.pointed]
    columns: dict[int, list[int]] = {}
    for place, (cell, on_point) in enumerate(zip(grid.cells, pointed, strict=True)):
        if on_point:
            columns.setdefault(cell.column, []).append(place)
    cells = [each.cell for each in grid.cells]
    for places in columns.values():
        for place, tail in zip(places, tails([cells[place].text for place in places]), strict=True):
            cells[place] = replace(cells[place], tail=tail)
    waiting = iter(cells)
    return tuple(tuple(next(waiting) for _ in row.cells) for row in body)


def _held(body: list[_Row], grid: Grid) -> frozenset[int]:
    """Rows that stay with the next: the head of a group, the one before a subtotal, those of a short merged cell."""

    def found() -> Iterator[int]:
        for number, row in enumerate(body):
            if row.group:
                yield number
            if row.subtotal:
                yield number - 1
        for each in grid.cells:
            if 1 < each.cell.rowspan <= _LONGEST_HOLD:
                yield from range(each.row, each.row + each.cell.rowspan - 1)

    return frozenset(number for number in found() if 0 <= number < len(body) - 1)
