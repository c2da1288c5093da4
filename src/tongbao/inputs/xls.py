"""Reads the old binary .xls (and .et, which WPS writes the same way) with its error cells, formats and hidden rows."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from tongbao.errors import Code
from tongbao.inputs.grid import Position, Raw, Sheet, Span, Workbook
from tongbao.inputs.xlsx import is_percent_format
from tongbao.ooxml.archive import Refused, encrypted

_MOST_BYTES = 50_000_000


def open_xls(content: bytes) -> Workbook:
    """Open a binary workbook.

    Raises:
        Refused: it is too big or encrypted.
        Exception: whatever xlrd raises for a broken file; the caller makes a verdict of it.
    """
    import xlrd

    if len(content) > _MOST_BYTES:
        raise Refused(
            Code.FILE_OVERSIZED, f".xls 文件有{len(content) / 1e6:.0f}MB，超出上限", "请另存为 .xlsx 或拆分后重新保存"
        )
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):  # kinds of encryption that msoffcrypto does not know
            raise encrypted() from None
        raise
    sheets = {sheet.name: sheet for sheet in book.sheets()}
    hidden = frozenset(name for name, sheet in sheets.items() if sheet.visibility)
    return Workbook(tuple(sheets), cache(lambda name: _sheet(book, sheets[name])), hidden)


def _sheet(book: Any, source: Any) -> Sheet:
    import xlrd

    errors: dict[Position, str] = {}
    percents: set[Position] = set()
    percent_formats = {key for key, entry in book.format_map.items() if is_percent_format(entry.format_str or "")}
    rows: list[list[Raw]] = []
    for row in range(source.nrows):
        cells: list[Raw] = []
        for column in range(source.row_len(row)):
            kind, value = source.cell_type(row, column), source.cell_value(row, column)
            if kind == xlrd.XL_CELL_ERROR:
                errors[row, column] = xlrd.error_text_from_code.get(value, "#ERROR")
                cells.append("")
            elif kind == xlrd.XL_CELL_DATE:
                cells.append(_moment(value, book.datemode))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                cells.append(bool(value))
            else:
                cells.append(value)
                if kind == xlrd.XL_CELL_NUMBER:
                    style = book.xf_list[source.cell_xf_index(row, column)]
                    if style.format_key in percent_formats:
                        percents.add((row, column))
        rows.append(cells)
    return Sheet(
        name=source.name,
        rows=rows,
        errors=errors,
        percents=percents,
        merged=tuple(Span(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells),
        hidden_rows={row for row, info in source.rowinfo_map.items() if info.hidden},
        hidden_columns={column for column, info in source.colinfo_map.items() if info.hidden},
    )


def _moment(value: float, datemode: int) -> Raw:
    import xlrd

    try:
        return xlrd.xldate_as_datetime(value, datemode)  # type: ignore[no-any-return]  # xlrd publishes no types
    except (ValueError, OverflowError):
        return value
