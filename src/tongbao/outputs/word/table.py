"""Tables that stay inside the page and keep their head on every page, written fast enough for a thousand rows."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.outputs.word.page import portion, twips
from tongbao.outputs.word.xml import content, em_width, paragraph, run
from tongbao.reports.document import Style, Table, TableCell

_ALIGN = {"center": "", "left": '<w:jc w:val="left"/>', "right": '<w:jc w:val="right"/>'}
_FREE = 0
_TEXT_STYLE = '<w:pStyle w:val="TableText"/>'
_HINTED = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


class TableShapeError(ValueError):
    """A row does not fill the table's columns: some cell would stand under the wrong head."""


def table(model: Table, width: int, style: Style) -> list[str]:
    """Write a table as the pieces that stand below each other: caption, table, notes.

    Args:
        model: the table.
        width: of 版心 on this page, in twips.
        style: the style tokens.

    Raises:
        TableShapeError: the rows do not fit the columns.
    """
    columns = portion(width, model.widths)
    height = twips(style.table_size * 1.5)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    properties = (
        f'<w:tblPr><w:tblStyle w:val="NoticeTable"/><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
    )
    body = list(_rows(model.body, columns, height, style, head=False))
    held = model.held | {len(body) - 1} if model.notes else model.held  # notes never begin a page
    for place in held:
        if 0 <= place < len(body):
            body[place] = body[place].replace(_TEXT_STYLE, f"{_TEXT_STYLE}<w:keepNext/>")
    head = _rows(model.head, columns, height, style, head=True)
    written = ["<w:tbl>", properties, f"<w:tblGrid>{grid}</w:tblGrid>", *head, *body, "</w:tbl>"]
    caption = [paragraph("TableCaption", run(model.caption))] if model.caption else []
    return [*caption, "".join(written), *(paragraph("TableNote", run(note)) for note in model.notes)]


def _rows(
    rows: tuple[tuple[TableCell, ...], ...], columns: list[int], height: int, look: Style, *, head: bool
) -> Iterator[str]:
    properties = (
        f'<w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        f"{'<w:tblHeader/>' if head else ''}</w:trPr>"
    )
    style = "TableHead" if head else "TableText"
    count = len(columns)
    # For each column: how many more rows a cell from above still takes, and how wide that cell is.
    below, spans = [_FREE] * count, [1] * count
    for number, row in enumerate(rows, 1):
        cells, column = [], 0
        waiting = iter(row)
        while column < count:
            if below[column]:
                span, merge, inside = spans[column], "<w:vMerge/>", _empty(style)
            else:
                cell = next(waiting, None)
                if cell is None:
                    raise TableShapeError(f"第{number}行只有{column}列，应有{count}列")
                span, merge, inside = cell.colspan, "", _inside(cell, style, look)
                if column + span > count or any(below[column : column + span]):
                    raise TableShapeError(f"第{number}行超出{count}列：{cell.text}")
                if cell.rowspan > 1:
                    merge = '<w:vMerge w:val="restart"/>'
                    below[column : column + span] = [cell.rowspan] * span
                    spans[column] = span
            width = sum(columns[column : column + span]) if span > 1 else columns[column]
            grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}{merge}<w:vAlign w:val="center"/></w:tcPr>'
                f"{inside}</w:tc>"
            )
            column += span
        if (extra := next(waiting, None)) is not None:
            raise TableShapeError(f"第{number}行超出{count}列：{extra.text}")
        below = [max(0, left - 1) for left in below]
        yield f"<w:tr>{properties}{''.join(cells)}</w:tr>"
    if any(below):
        raise TableShapeError("有单元格合并到表格末行以下")


def _inside(cell: TableCell, style: str, look: Style) -> str:
    align = _ALIGN[cell.align]
    if cell.tail:  # as much room as the figure's missing decimals, so that the decimal points line up
        align = f'<w:ind w:right="{twips(em_width(cell.tail) * look.table_size)}"/>{align}'
    text = cell.text
    if cell.strong and style == "TableText":
        return paragraph(style, run(text, strong=True), align)
    if not text:
        return _empty(style)
    start = "<w:r>" if text.isascii() else _HINTED
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{align}</w:pPr>{start}{content(text)}</w:r></w:p>'


def _empty(style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
