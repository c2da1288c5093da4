"""Writes a notice as a Word file that a leader can edit and that keeps the official format while doing so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from tongbao.errors import Code, Finding, OutputError, Place
from tongbao.ooxml.package import pack
from tongbao.outputs.word.chart import ChartPart, chart_part, drawing, relations
from tongbao.outputs.word.faces import DECLARATION
from tongbao.outputs.word.imprint import imprint
from tongbao.outputs.word.letter import letter_head, letter_room
from tongbao.outputs.word.letterhead import fitted_mark_size, head
from tongbao.outputs.word.margins import section
from tongbao.outputs.word.notes import attachment_head, attachment_notes, attendance, closing_note
from tongbao.outputs.word.page import Page, page_of
from tongbao.outputs.word.parts import content_types, core_properties, fixed_parts, relationships
from tongbao.outputs.word.signatures import signature
from tongbao.outputs.word.table import TableShapeError, table
from tongbao.outputs.word.xml import (
    ForbiddenCharacterError,
    em_width,
    paragraph,
    run,
    runs,
    with_keep_next,
    with_section,
)
from tongbao.reports.document import Block, Document, Figure, Heading, Paragraph, Style, Table

_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
_KEPT_LINES: Final = 8
_LINE_CHARACTERS: Final = 28
# A table can neither end a file nor a section; this paragraph of one point can.
_ANCHOR: Final = paragraph("Anchor", "")


def write(document: Document) -> bytes:
    """Write a document as .docx; the same document always gives the same bytes.

    Args:
        document: the notice.

    Returns:
        The file's content.

    Raises:
        OutputError: a text holds a character that no Word file can hold, or a table's rows do not fit its columns.
    """
    try:
        return _write(document)
    except ForbiddenCharacterError as error:
        raise OutputError(
            Finding(
                Code.VALUE_INVALID,
                f"文字中有不允许的控制字符 {error}，在“{error.context}”中以□表示",
                Place(document.title),
                "请在来源表格或模板中删去该字符",
            )
        ) from error
    except TableShapeError as error:
        raise OutputError(
            Finding(
                Code.TEMPLATE_MARKUP,
                f"表格行列不齐：{error}",
                Place(document.title),
                "请检查模板中该表格的 rowspan 与 colspan",
            )
        ) from error


@dataclass(slots=True)
class _Section:
    """Pages of one orientation."""

    page: Page
    pieces: list[str] = field(default_factory=list)

    def add(self, pieces: Iterable[str]) -> None:
        for piece in pieces:
            # Two tables that touch become one in Word.
            if self.pieces and self.pieces[-1].startswith("<w:tbl>") and piece.startswith("<w:tbl>"):
                self.pieces.append(_ANCHOR)
            self.pieces.append(piece)

    def keep_last_with_next(self) -> None:
        if self.pieces:
            self.pieces[-1] = with_keep_next(self.pieces[-1])

    def anchored(self) -> list[str]:
        """The pieces, ending with a paragraph."""
        return [*self.pieces, _ANCHOR] if self.pieces[-1].startswith("<w:tbl>") else self.pieces


def _write(document: Document) -> bytes:
    charts: list[ChartPart] = []
    style = document.style
    current = _Section(page_of(landscape=False))
    sections = [current]
    letter = document.form == "信函"
    current.add(letter_head(document) if letter else head(document))
    current.add(_blocks(document.blocks, current.page, style, charts))
    if document.signature and _may_keep(document.blocks):
        current.keep_last_with_next()
    current.add(attachment_notes(document))
    current.add(attendance(document))
    if document.signature:
        current.add(signature(document.signature, style))
    if document.note:
        current.keep_last_with_next()
        current.add(closing_note(document))
    for attachment in document.attachments:
        page = page_of(landscape=attachment.landscape)
        same = page == current.page
        if not same:
            current = _Section(page)
            sections.append(current)
        current.add(attachment_head(attachment, style, page, breaks=same))
        current.add(_blocks(attachment.blocks, page, style, charts))
    if document.imprint:
        current.add(imprint(document.imprint, current.page, document.form))
    return _package(document, _body(sections, letter=letter), charts)


def _may_keep(blocks: tuple[Block, ...]) -> bool:
    """Tell whether the last block may be pulled to the page of 署名 without tearing a hole in the page before.

    LibreOffice moves a kept paragraph as a whole; page 1 must show text (§7.3.3), so the only block stays there.
    """
    *before, last = blocks or (None,)
    if not before:
        return False
    return not isinstance(last, Paragraph) or em_width(last.text) <= _KEPT_LINES * _LINE_CHARACTERS


def _body(sections: list[_Section], *, letter: bool) -> str:
    *earlier, last = sections
    written = [f"{DECLARATION}<w:document {_NAMESPACES}><w:body>"]
    for one in earlier:
        *pieces, final = one.anchored()
        written += [*pieces, with_section(final, section(one.page, letter=letter and one is sections[0]))]
    written += [*last.anchored(), section(last.page, letter=letter and not earlier), "</w:body></w:document>"]
    return "".join(written)


def _package(document: Document, body: str, charts: list[ChartPart]) -> bytes:
    letterhead, style = document.letterhead, document.style
    room = letter_room(letterhead, style) if document.form == "信函" else ""
    fixed = fixed_parts(style, fitted_mark_size(letterhead, style), document.watermark, room)
    parts = {
        "[Content_Types].xml": content_types(len(charts)).encode(),
        **fixed,
        "docProps/core.xml": core_properties(document.meta).encode(),
        "word/document.xml": body.encode(),
        "word/_rels/document.xml.rels": relationships(len(charts)).encode(),
    }
    for number, chart in enumerate(charts, 1):
        parts[f"word/charts/chart{number}.xml"] = chart.xml.encode()
        parts[f"word/charts/_rels/chart{number}.xml.rels"] = relations(number).encode()
        parts[f"word/embeddings/chart{number}.xlsx"] = chart.workbook
    return pack(parts.items())


def _blocks(blocks: Iterable[Block], page: Page, style: Style, charts: list[ChartPart]) -> list[str]:
    written: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                written.append(_heading(block))
            case Paragraph():
                align = "" if block.align == "justify" else f'<w:jc w:val="{block.align}"/>'
                written.append(paragraph("NoticeFlush" if block.flush else "NoticeBody", runs(block.runs), align))
            case Table():
                written += table(block, page.text_width, style)
            case Figure():
                charts.append(chart_part(block.chart, style))
                written.append(paragraph("Figure", drawing(block, len(charts), page.text_width)))
                written.append(paragraph("FigureCaption", run(block.caption)))
    return written


def _heading(heading: Heading) -> str:
    text = heading.number + heading.text
    if heading.tail:
        lead = run(text, style=f"Heading{heading.level}Char")
        return paragraph(f"RunIn{heading.level}", lead + runs(heading.tail))
    return paragraph(f"Heading{heading.level}", run(text))
