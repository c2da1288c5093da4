"""Reads .csv as offices export it: UTF-8 with or without a mark, else GB18030 (GBK lacks characters such as 㐂)."""

from __future__ import annotations

import csv
import io

from tongbao.errors import Code
from tongbao.inputs.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Raw, Sheet, Workbook
from tongbao.ooxml.archive import Refused, damaged

_ENCODINGS = ("utf-8-sig", "gb18030")


def open_csv(content: bytes) -> Workbook:
    """Open a text table; commas or tabs part the columns.

    Raises:
        Refused: it is too big, damaged, or its encoding is unknown.
    """
    text = _decode(content)
    delimiter = "\t" if "\t" in text and "," not in text else ","
    if text.count(delimiter) + text.count("\n") > MOST_CELLS or text.count("\n") > MOST_ROWS:
        raise _oversized()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[Raw]] = []
    lines: list[int] = []
    line = 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise _oversized()
            rows.append(list(cells))
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        raise damaged(f"从第{line}行起引号不成对或单元格过长") from None
    sheet = Sheet(name="", rows=rows, lines=lines)
    return Workbook(("",), lambda _: sheet)


def is_text(content: bytes) -> bool:
    """Tell whether the bytes are text in an encoding that offices use."""
    return _text(content) is not None


def _text(content: bytes) -> str | None:
    if b"\0" not in content:
        for encoding in _ENCODINGS:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


def _decode(content: bytes) -> str:
    text = _text(content)
    if text is not None:
        return text
    raise Refused(
        Code.ENCODING, "文本既不是 UTF-8 也不是 GB18030 编码", "请在 Excel 或 WPS 中另存为“CSV UTF-8”或 .xlsx"
    )


def _oversized() -> Refused:
    return Refused(
        Code.FILE_OVERSIZED,
        f"CSV 超出上限（{MOST_ROWS}行、{MOST_COLUMNS}列、{MOST_CELLS}格）",
        "请核对文件；确属正常表格的，请拆分后重新保存",
    )
