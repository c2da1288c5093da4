"""Opens a PDF with PDFium, without trusting it, and reads what is printed on its pages."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from tongbao.lint.pdf.frame import Frame
from tongbao.lint.pdf.glyphs import MOST_GLYPHS, GlyphReader
from tongbao.lint.pdf.printed import Page, Pdf
from tongbao.lint.pdf.shapes import ShapeReader
from tongbao.lint.refusal import damaged, encrypted, oversized

MOST_PAGES: Final = 500
_PASSWORD: Final = 4


def read(content: bytes) -> Pdf:
    """Read a whole PDF.

    Raises:
        Refused: it is damaged, has a password, or is far too big.
    """
    with _opened(content) as (raw, document):
        count = raw.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            raise oversized(f"有{count}页")
        pages = []
        left = MOST_GLYPHS
        for index in range(count):
            page = raw.FPDF_LoadPage(document, index)
            if not page:
                raise damaged(f"第{index + 1}页无法读取")
            try:
                pages.append(_page(raw, page, index + 1))
            finally:
                raw.FPDF_ClosePage(page)
            left -= len(pages[-1].glyphs)
            if left < 0:
                raise oversized(f"超过{MOST_GLYPHS}个字")
        return Pdf(
            tuple(pages),
            _text(lambda buffer, size: raw.FPDF_GetMetaText(document, b"Title", buffer, size)),
            _text(
                lambda buffer, size: raw.FPDFCatalog_GetLanguage(
                    document, buffer and ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
                )
            ),
            bool(raw.FPDFCatalog_IsTagged(document)),
        )


def _page(raw: Any, page: Any, number: int) -> Page:
    frame = Frame(raw, page)
    glyphs, shapes = GlyphReader(raw, page, frame), ShapeReader(raw, page, frame)
    return Page(number, frame.width, frame.height, tuple(glyphs.read()), tuple(shapes.read()))


@contextmanager
def _opened(content: bytes) -> Iterator[tuple[Any, Any]]:
    import pypdfium2_raw as raw

    raw.FPDF_InitLibrary()
    document = raw.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        raise encrypted() if raw.FPDF_GetLastError() == _PASSWORD else damaged("读不出页面")
    try:
        yield raw, document
    finally:
        raw.FPDF_CloseDocument(document)


def _text(call: Any) -> str:
    size = call(None, 0)
    if size <= 2 or size > 1 << 20:  # noqa: PLR2004 - two bytes are the end mark
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")
