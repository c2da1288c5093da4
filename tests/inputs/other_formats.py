"""Workbooks of the older and the open kind, made for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlwt

ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def xls(rows: Sequence[Sequence[Any]], *, hidden_row: int | None = None) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("数据")
    percent, day = xlwt.easyxf(num_format_str="0.00%"), xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for number, cells in enumerate(rows):
        for column, value in enumerate(cells):
            style = (
                percent if isinstance(value, float) else day if isinstance(value, date) else xlwt.Style.default_style
            )
            sheet.write(number, column, value, style)
    if hidden_row is not None:
        sheet.row(hidden_row).hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(table: str, *, styles: str = "", encrypted: bool = False) -> bytes:
    content = (
        f"<office:document-content {ODS_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    mark = "<manifest:encryption-data/>" if encrypted else ""
    manifest = f'<manifest:manifest xmlns:manifest="urn:m">{mark}</manifest:manifest>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return stream.getvalue()


def cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"
