"""Writes a notice as a Word file that a leader can edit and that keeps the official format while doing so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tongbao.errors import Code, Finding, OutputError, Place
from tongbao.ooxml.package import pack
from tongbao.outputs.fonts import Face, Role
from tongbao.outputs.fonts.office import Faces, faces_of
from tongbao.outputs.word.chart import ChartPart, relations
from tongbao.outputs.word.ending import add_imprint, fit_signature
from tongbao.outputs.word.faces import DECLARATION
from tongbao.outputs.word.letter import letter_head, letter_room
from tongbao.outputs.word.letterhead import fitted_mark_size, head
from tongbao.outputs.word.naming import named, named_whole, renamed
from tongbao.outputs.word.notes import attachment_head, attachment_notes, attendance, closing_note
from tongbao.outputs.word.page import page_of
from tongbao.outputs.word.parts import content_types, core_properties, fixed_parts, relationships
from tongbao.outputs.word.sections import Section
from tongbao.outputs.word.signatures import signature
from tongbao.outputs.word.table import TableShapeError
from tongbao.outputs.word.xml import ForbiddenCharacterError
from tongbao.reports.document import Document

_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


def write(document: Document, own: Mapping[Role, Face] | None = None) -> bytes:
    """Write a document as .docx; the same document always gives the same bytes.

    Args:
        document: the notice.
        own: the office's own fonts, as `FontSet.own` has them; they are named before the standard's.

    Returns:
        The file's content.

    Raises:
        OutputError: a text holds a character that no Word file can hold, or a table's rows do not fit its columns.
    """
    try:
        return _write(document, faces_of(own or {}))
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


def _write(document: Document, faces: Faces) -> bytes:
    charts: list[ChartPart] = []
    style, letter = document.style, document.form == "信函"
    current = Section(page_of(landscape=False), letter=letter)
    sections = [current]
    current.add(letter_head(document) if letter else head(document))
    begin = len(current.pieces)
    current.add_blocks(document.blocks, style, charts)
    end = len(current.pieces)
    current.add(attachment_notes(document))
    current.add(attendance(document))
    if document.signature:
        current.add(signature(document.signature, style))
        if document.note:
            current.keep_with_next(-1)
    current.add(closing_note(document))
    if document.signature:
        fit_signature(current, slice(begin, end), document)
    for attachment in document.attachments:
        page = page_of(landscape=attachment.landscape)
        same = page == current.page
        if not same:
            current = Section(page)
            sections.append(current)
        current.add(attachment_head(attachment, style, page, breaks=same))
        current.add_blocks(attachment.blocks, style, charts)
    if document.imprint:
        add_imprint(sections, document.imprint, document)
    return _package(document, _body(sections), charts, faces)


def _body(sections: list[Section]) -> str:
    written = [f"{DECLARATION}<w:document {_NAMESPACES}><w:body>"]
    for one in sections:
        written += one.written(last=one is sections[-1])
    return "".join([*written, "</w:body></w:document>"])


def _package(document: Document, body: str, charts: list[ChartPart], faces: Faces) -> bytes:
    letterhead, style = document.letterhead, document.style
    room = letter_room(letterhead, style) if document.form == "信函" else ""
    fixed = fixed_parts(style, fitted_mark_size(letterhead, style), document.watermark, room, faces)
    body = named(renamed(body, faces), fixed["word/styles.xml"].decode(), faces)
    parts = {
        "[Content_Types].xml": content_types(len(charts)).encode(),
        **fixed,
        "docProps/core.xml": core_properties(document.meta).encode(),
        "word/document.xml": body.encode(),
        "word/_rels/document.xml.rels": relationships(len(charts)).encode(),
    }
    for number, chart in enumerate(charts, 1):
        parts[f"word/charts/chart{number}.xml"] = named_whole(renamed(chart.xml, faces), faces).encode()
        parts[f"word/charts/_rels/chart{number}.xml.rels"] = relations(number).encode()
        parts[f"word/embeddings/chart{number}.xlsx"] = chart.workbook
    return pack(parts.items())
