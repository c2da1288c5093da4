"""Writes tables the way offices send them: titles, merged headers, totals and notes, as .xlsx, .xls and CSV."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from tongbao.ooxml.package import pack

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SAMPLE = "示例数据"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_STAMP = datetime(2022, 12, 1, 9, 0, 0)  # noqa: DTZ001  # openpyxl writes naive times; any fixed one will do


@dataclass(frozen=True)
class Rate:
    """A figure that stands in the sheet as a percentage: a number shown with %, or the text 97.35%."""

    value: float
    as_text: bool = False

    @property
    def text(self) -> str:
        """97.35%."""
        return f"{self.value:.2%}"


Content = int | float | str | date | Rate | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: title lines, a header of one to three rows, data, and the lines under it.

    Attributes:
        name: of the sheet.
        above: title and sub-title, each over the whole width.
        headers: per column its header from the top level down; equal neighbours are merged.
        rows: the data.
        total: a 合计 row, or nothing.
        below: 注 lines.
        hidden: header (last level) of columns that are hidden.
    """

    name: str
    above: Sequence[str]
    headers: Sequence[tuple[str, ...]]
    rows: Sequence[Sequence[Content]]
    total: Sequence[Content] | None = None
    below: Sequence[str] = ()
    hidden: tuple[str, ...] = ()

    @property
    def depth(self) -> int:
        """How many rows the header has."""
        return max(len(header) for header in self.headers)

    @property
    def body(self) -> Iterator[Sequence[Content]]:
        """Data and total."""
        yield from self.rows
        if self.total is not None:
            yield self.total

    def spans(self) -> Iterator[tuple[int, int, int, int, str]]:
        """Header cells as (first row, last row, first column, last column, text), all counted from 0."""
        for level in range(self.depth):
            column = 0
            while column < len(self.headers):
                header = self.headers[column]
                last = column
                if level >= len(header):
                    column += 1
                    continue
                whole = level == len(header) - 1
                while (
                    not whole
                    and last + 1 < len(self.headers)
                    and len(self.headers[last + 1]) > level + 1
                    and self.headers[last + 1][: level + 1] == header[: level + 1]
                ):
                    last += 1
                yield level, self.depth - 1 if whole else level, column, last, header[level]
                column = last + 1


def totals(rows: Sequence[Sequence[Content]], label: int = 1) -> list[Content]:
    """A 合计 row: whole numbers are added up, all else stays empty."""
    result: list[Content] = []
    for index in range(len(rows[0])):
        column = [row[index] for row in rows]
        counts = [cell for cell in column if isinstance(cell, int)]
        adds_up = index > label and counts and all(isinstance(cell, int) or cell == "—" for cell in column)
        result.append(sum(counts) if adds_up else None)
    result[0] = "合计"
    return result


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook without a clock in it."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    book.properties.creator = SAMPLE
    book.properties.created = _STAMP
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        stamp = _STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return pack(
            (name, _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", archive.read(name))) for name in archive.namelist()
        )


def _fill(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    width = len(sheet.headers)
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    row = 1
    for index, line in enumerate(sheet.above):
        page.cell(row, 1, line).font = Font(size=11 if index else 16, bold=not index)
        page.cell(row, 1).alignment = centred
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        row += 1
    for top, bottom, left, right, text in sheet.spans():
        cell = page.cell(row + top, left + 1, text)
        cell.alignment, cell.font = centred, Font(bold=True)
        if (top, left) != (bottom, right):
            page.merge_cells(start_row=row + top, end_row=row + bottom, start_column=left + 1, end_column=right + 1)
    row += sheet.depth
    for record in sheet.body:
        for column, content in enumerate(record, start=1):
            if content is not None:
                _put(page, row, column, content)
        row += 1
    for line in sheet.below:
        page.cell(row, 1, line)
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        row += 1
    for index, header in enumerate(sheet.headers, start=1):
        letter = get_column_letter(index)
        page.column_dimensions[letter].width = 6 if header[-1] == "序号" else 14
        if header[-1] in sheet.hidden:
            page.column_dimensions[letter].hidden = True
    page.freeze_panes = f"A{len(sheet.above) + sheet.depth + 1}"


def _put(page: Worksheet, row: int, column: int, content: Content) -> None:
    cell = page.cell(row, column)
    if isinstance(content, Rate):
        cell.value = content.text if content.as_text else round(content.value, 4)
        cell.number_format = "@" if content.as_text else "0.00%"
    else:
        cell.value = content
        if isinstance(content, date):
            cell.number_format = "yyyy-mm-dd"


def write_xls(sheet: Sheet) -> bytes:
    """A workbook of the kind that exporting systems of 2003 still make."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet.name)
    centred = xlwt.easyxf("alignment: horizontal center, vertical center, wrap on")
    width = len(sheet.headers)
    row = 0
    for line in sheet.above:
        page.write_merge(row, row, 0, width - 1, line, centred)
        row += 1
    for top, bottom, left, right, text in sheet.spans():
        page.write_merge(row + top, row + bottom, left, right, text, centred)
    row += sheet.depth
    for record in sheet.body:
        for column, content in enumerate(record):
            if content is not None:
                page.write(row, column, content.text if isinstance(content, Rate) else content)
        row += 1
    for line in sheet.below:
        page.write_merge(row, row, 0, width - 1, line)
        row += 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_csv(sheet: Sheet, encoding: str) -> bytes:
    """A CSV with a title line above and notes below, as people save it from a spreadsheet: merged cells keep one."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([line] for line in sheet.above)
    heads = [[""] * len(sheet.headers) for _ in range(sheet.depth)]
    for top, _, left, _, text in sheet.spans():
        heads[top][left] = text
    writer.writerows(heads)
    for record in sheet.body:
        writer.writerow(["" if cell is None else cell.text if isinstance(cell, Rate) else cell for cell in record])
    writer.writerows([line] for line in sheet.below)
    return buffer.getvalue().encode(encoding)
