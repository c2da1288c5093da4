"""主送 so long that page 1 would show no body stand in 版记 (§7.3.2): decided by counting, held against a PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import documents
import pdfplumber
import pytest
from test_pdf_page import lines, text

from tongbao.outputs.fonts import resolve
from tongbao.outputs.weasyprint import WeasyPrintEngine
from tongbao.reports.document import Document
from tongbao.reports.first_page import BODY_LINES, body_lines, with_body_on_page_1, wrapped
from tongbao.templates.style import Style

pytestmark = pytest.mark.xdist_group("pdf")
CASES: dict[str, Callable[[], Document]] = {
    "文件": lambda: documents.bare(documents.host()),
    "三个机关联合": lambda: documents.joint(3),
    "四位签发人": lambda: documents.upward(4),
    "信函": documents.letter,
}


@pytest.fixture(scope="module")
def engine() -> WeasyPrintEngine:
    return WeasyPrintEngine(resolve(Path(__file__).parents[2], []))


def addressed(document: Document, count: int) -> Document:
    """To so many lines of recipients, the colon included; the text is one mark that none of them has."""
    body = (documents.paragraph("※" * 600),)
    return replace(document, recipients="某" * (28 * count - 1), blocks=body, attachments=())


def boundary(document: Document) -> int:
    """The most lines of recipients that stay below the title."""
    return max(count for count in range(1, 25) if with_body_on_page_1(addressed(document, count)).recipients)


def shown(engine: WeasyPrintEngine, document: Document) -> int:
    """Lines of text on page 1 of the PDF."""
    with pdfplumber.open(io.BytesIO(engine.render(document))) as pdf:
        return sum("※" in text(row) for row in lines(pdf.pages[0]))


def test_the_lines_of_a_page_by_hand() -> None:
    document = documents.bare(documents.host())
    # 35 + 14.11 (mark of 40 pt) + 3 lines (30.68) + 4 to the rule, 2 lines (20.45), 3 of title (38.10), 1 line (10.23):
    # 152.57 of 225 mm, so that 72.43 mm or 7.08 lines are left; 5 of recipients leave 2, 6 leave 1
    assert body_lines(replace(document, recipients="")) == 7
    assert [body_lines(addressed(document, count)) for count in (1, 5, 6, 9)] == [6, 2, 1, 0]
    assert boundary(document) == 5


def test_what_is_moved_stands_in_the_imprint_and_nowhere_else() -> None:
    document = addressed(documents.bare(documents.host()), 6)
    moved = with_body_on_page_1(document)
    assert moved.recipients == ""
    assert moved.imprint is not None
    assert moved.imprint.recipients == document.recipients
    assert moved.imprint.recipients_text == f"主送：{document.recipients}。"
    assert with_body_on_page_1(moved) == moved


@pytest.mark.parametrize("name", CASES)
def test_what_stays_leaves_text_on_page_1(engine: WeasyPrintEngine, name: str) -> None:
    document = CASES[name]()
    most = boundary(document)
    assert shown(engine, addressed(document, most)) >= BODY_LINES
    # and nothing moves that had not to: with two more lines (the count is on the safe side by one) there is no room
    assert shown(engine, addressed(document, most + 2)) < BODY_LINES


@pytest.mark.parametrize(
    ("words", "count"),
    [("国" * 28, 1), ("国" * 29, 2), ("1" * 56, 1), ("国" * 28 + "：", 2), ("国" * 55 + "，", 2), ("", 0)],
)
def test_lines_that_a_text_takes(words: str, count: int) -> None:
    assert wrapped(words, Style()) == count
