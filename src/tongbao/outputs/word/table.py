"""Tables that stay inside the page and keep their head on every page, written fast enough for a thousand rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tongbao.outputs.word.fitting import line_count
from tongbao.outputs.word.page import portion, twips
from tongbao.outputs.word.xml import content, em_width, paragraph, run
from tongbao.reports.document import Style, Table, TableCell

_ALIGN = {"center": "", "left": '<w:jc w:val="left"/>', "right": '<w:jc w:val="right"/>'}
_FREE = 0
_MARGINS = 114  # of a cell, left and right
_MARGINS_ABOVE = 40  # and below
_TEXT_STYLE = '<w:pStyle w:val="TableText"/>'
_HINTED = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


class TableShapeError(ValueError):
    """A row does not fill the table's columns: some cell would stand under the wrong head."""


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table and what it takes of a page.

    Attributes:
        caption: the paragraph above it, if any.
        rows: the table.
        notes: the paragraphs below it.
        head: height of the head rows in twips, which every page repeats.
        body: height of each row below them.
    """

    caption: list[str]
    rows: str
    notes: list[str]
    head: int
    body: list[int]


def table(model: Table, width: int, style: Style) -> WrittenTable:
    """Write a table, its caption above it and its notes below.

    Args:
        model: the table.
        width: of 版心 on this page, in twips.
        style: the style tokens.

    Raises:
        TableShapeError: the rows do not fit the columns.
    """
    columns = portion(width, model.widths)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    properties = (
        f'<w:tblPr><w:tblStyle w:val="NoticeTable"/><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
    )
    head = list(_rows(model.head, columns, style, head=True))
    body, heights = [], []
    for row, height in _rows(model.body, columns, style, head=False):
        body.append(row)
        heights.append(height)
    for place in held_rows(model):
        body[place] = body[place].replace(_TEXT_STYLE, f"{_TEXT_STYLE}<w:keepNext/>")
    rows = "".join(
        ["<w:tbl>", properties, f"<w:tblGrid>{grid}</w:tblGrid>", *(row for row, _ in head), *body, "</w:tbl>"]
    )
    caption = [paragraph("TableCaption", run(model.caption))] if model.caption else []
    notes = [paragraph("TableNote", run(note)) for note in model.notes]
    return WrittenTable(caption, rows, notes, sum(height for _, height in head), heights)


def held_rows(model: Table) -> list[int]:
    """The rows that stay on the page of what follows: those the model holds, and the last one above notes."""
    last = len(model.body) - 1
    return sorted(place for place in model.held | ({last} if model.notes else set()) if 0 <= place <= last)


def _rows(
    rows: tuple[tuple[TableCell, ...], ...], columns: list[int], look: Style, *, head: bool
) -> Iterator[tuple[str, int]]:
    """Write rows, each with its height."""
    least, line, size = twips(look.table_size * 1.5), twips(look.table_size * 5 / 4), twips(look.table_size)
    properties = (
        f'<w:trPr><w:cantSplit/><w:trHeight w:val="{least}" w:hRule="atLeast"/>'
        f"{'<w:tblHeader/>' if head else ''}</w:trPr>"
    )
    style = "TableHead" if head else "TableText"
    grid = _Grid(columns, style, look)
    single = [(_cell(width, 1, ""), (width - _MARGINS) / size) for width in columns]
    for number, row in enumerate(rows, 1):
        if len(row) == len(columns) and not grid.open and all(cell.colspan == cell.rowspan == 1 for cell in row):
            cells = "".join(
                [opening + _inside(cell, style, look) for cell, (opening, _) in zip(row, single, strict=True)]
            )
            lines = max([_lines(cell.text, room) for cell, (_, room) in zip(row, single, strict=True)], default=1)
        else:
            cells, lines = grid.row(number, row)
        yield f"<w:tr>{properties}{cells}</w:tr>", max(least, lines * line + _MARGINS_ABOVE)
    if grid.open:
        raise TableShapeError("有单元格合并到表格末行以下")


def _lines(text: str, room: float) -> int:
    """The lines of a cell so many characters wide; few wrap, most need no closer look."""
    if (len(text) / 2 if text.isascii() else len(text)) <= room and "\n" not in text:
        return 1
    return line_count(text, max(1.0, room))


class _Grid:
    """The columns, and for each how many more rows a cell from above still takes, and how wide that cell is."""

    def __init__(self, columns: list[int], style: str, look: Style) -> None:
        self._columns, self._style, self._look = columns, style, look
        self._below, self._spans = [_FREE] * len(columns), [1] * len(columns)

    @property
    def open(self) -> bool:
        """Whether a cell of the rows before goes on into the next."""
        return any(self._below)

    def row(self, number: int, row: tuple[TableCell, ...]) -> tuple[str, int]:
        """Write a row around the cells from above; tells how many lines it has."""
        cells, column, lines, waiting = [], 0, 1, iter(row)
        while column < len(self._columns):
            if self._below[column]:
                span = self._spans[column]
                cells += [_cell(self._width(column, span), span, "<w:vMerge/>"), _empty(self._style)]
            else:
                cell = next(waiting, None)
                if cell is None:
                    raise TableShapeError(f"第{number}行只有{column}列，应有{len(self._columns)}列")
                span = cell.colspan
                width = self._width(column, span)
                if column + span > len(self._columns) or any(self._below[column : column + span]):
                    raise TableShapeError(f"第{number}行超出{len(self._columns)}列：{cell.text}")
                if cell.rowspan > 1:  # it has the height of several rows
                    self._below[column : column + span] = [cell.rowspan] * span
                    self._spans[column] = span
                else:
                    lines = max(lines, _lines(cell.text, (width - _MARGINS) / twips(self._look.table_size)))
                merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
                cells += [_cell(width, span, merge), _inside(cell, self._style, self._look)]
            column += span
        if (extra := next(waiting, None)) is not None:
            raise TableShapeError(f"第{number}行超出{len(self._columns)}列：{extra.text}")
        self._below = [max(0, left - 1) for left in self._below]
        return "".join(cells), lines

    def _width(self, column: int, span: int) -> int:
        return sum(self._columns[column : column + span])


def _cell(width: int, span: int, merge: str) -> str:
    """Begin a cell."""
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}{merge}<w:vAlign w:val="center"/></w:tcPr>'


def _inside(cell: TableCell, style: str, look: Style) -> str:
    """Fill and end a cell."""
    align = _ALIGN[cell.align]
    if cell.tail:  # as much room as the figure's missing decimals, so that the decimal points line up
        align = f'<w:ind w:right="{twips(em_width(cell.tail) * look.table_size)}"/>{align}'
    text = cell.text
    if cell.strong and style == "TableText":
        return f"{paragraph(style, run(text, strong=True), align)}</w:tc>"
    if not text:
        return _empty(style)
    start = "<w:r>" if text.isascii() else _HINTED
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{align}</w:pPr>{start}{content(text)}</w:r></w:p></w:tc>'


def _empty(style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p></w:tc>'
