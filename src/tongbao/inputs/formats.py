"""Tells what a file is by its content, not by its name, and opens it with the reader that fits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from tongbao.errors import Code
from tongbao.inputs.csv_file import is_text, open_csv
from tongbao.inputs.grid import Workbook
from tongbao.inputs.ods import open_ods
from tongbao.inputs.xls import open_xls
from tongbao.inputs.xlsx import open_xlsx
from tongbao.ooxml.archive import RESAVE, Refused, damaged, encrypted

_READERS = {"xlsx": open_xlsx, "xls": open_xls, "ods": open_ods, "csv": open_csv}
_EXPECTED = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".et": "xls", ".ods": "ods", ".csv": "csv"}
_WORDS = {
    "xlsx": "新版工作簿（.xlsx）",
    "xls": "旧版工作簿（.xls）",
    "ods": "ODF 表格（.ods）",
    "csv": "文本",
    "html": "网页（HTML）",
    "xml": "XML 文档",
    "pdf": "PDF 文档",
    "zip": "压缩包",
}
_ALSO_READ = frozenset(
    {(".xls", "xlsx"), (".et", "xlsx"), (".xlsx", "xls"), (".xlsm", "xls")}
)  # programs open these too
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_STREAMS = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
_HEAD = 4096

Result = TypeVar("Result")


def open_workbook(content: bytes, suffix: str) -> Workbook:
    """Open a spreadsheet.

    Args:
        content: the bytes of the file.
        suffix: its ending, such as .xlsx.

    Raises:
        Refused: it is not what its name says, or its reader refuses it.
    """
    expected = _EXPECTED.get(suffix.lower())
    if expected is None:
        raise Refused(Code.FILE_DISGUISED, f"不支持扩展名“{suffix}”", "请另存为 .xlsx、.xls、.et、.ods 或 .csv")
    if not content:
        raise damaged("文件是空的")
    found = _sniff(content, expected)
    words = f"扩展名是 {suffix}，内容却是{_WORDS[found]}"
    if found != expected and (suffix.lower(), found) not in _ALSO_READ:
        if found == "csv" and not is_text(content):
            raise damaged(f"内容不是{_WORDS[expected]}")
        raise Refused(Code.FILE_DISGUISED, words, RESAVE)
    book = _guarded(lambda: _READERS[found](content))
    return replace(
        book, load=lambda name: _guarded(lambda: book.load(name)), disguise="" if found == expected else words
    )


def _guarded(read: Callable[[], Result]) -> Result:
    """A file that makes a reader stumble is a damaged file: the batch must go on, whatever was sent."""
    try:
        return read()
    except Refused:
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":  # Rust's panic is no Exception
            raise damaged(f"读取时出错：{type(error).__name__}") from error
        raise


def _sniff(content: bytes, expected: str) -> str:
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content, expected)
    if content.startswith(_COMPOUND):
        if _has_password(content):
            raise encrypted()
        return "xls"
    if content.startswith(_BARE_STREAMS):
        return "xls"
    if content.startswith(b"%PDF"):
        return "pdf"
    head = content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"<"):
        return "html" if any(tag in head for tag in (b"<html", b"<table", b"<meta", b"<!doctype html")) else "xml"
    return "csv"


def _kind_of_zip(content: bytes, expected: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return expected if expected in {"xlsx", "ods"} else "zip"  # a torn one: its reader says so
    if "content.xml" in names:
        return "ods"
    return "xlsx" if "[Content_Types].xml" in names else "zip"


def _has_password(content: bytes) -> bool:
    import msoffcrypto

    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except Exception:  # noqa: BLE001  # what is broken here breaks again in the reader, which says so
        return False
