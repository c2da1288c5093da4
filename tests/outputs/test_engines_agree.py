"""Every element holds the same characters in Word and in the PDFs of both engines."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import documents
import pdfplumber
import pytest
from word_text import text_of

from tongbao.outputs import word
from tongbao.outputs.fonts import FontSet, resolve
from tongbao.outputs.html import page
from tongbao.outputs.pdf import PdfEngine
from tongbao.outputs.typst import TypstEngine
from tongbao.outputs.weasyprint import WeasyPrintEngine
from tongbao.reports.document import Document, Figure, Table

pytestmark = pytest.mark.xdist_group("pdf")
NAMES = list(documents.ELEMENTS)


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return resolve(Path(__file__).parents[2], [])


@pytest.fixture(scope="module", params=[TypstEngine, WeasyPrintEngine])
def engine(request: pytest.FixtureRequest, fonts: FontSet) -> PdfEngine:
    made: PdfEngine = request.param(fonts)
    return made


def without_pictures(name: str) -> Document:
    """The same element; what is drawn in pictures has tests of its own."""
    document = documents.ELEMENTS[name]()
    return replace(document, blocks=tuple(block for block in document.blocks if not isinstance(block, Figure)))


def packed(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def in_word(document: Document) -> Counter[str]:
    return Counter(packed("".join(text_of(word.write(document)))))


def in_pdf(content: bytes, document: Document) -> Counter[str]:
    """Characters of all pages without page numbers, heads that a table repeats on a new page counted once."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = [packed("".join(char["text"] for char in page.chars)) for page in pdf.pages]
    found = Counter("".join(re.sub(r"—\d+—$|^—\d+—", "", page) for page in pages))
    blocks = [*document.blocks, *(block for each in document.attachments for block in each.blocks)]
    heads = Counter(packed("".join(c.text for row in b.head for c in row)) for b in blocks if isinstance(b, Table))
    for head in sorted(heads, key=len, reverse=True):  # a head may begin with a shorter one
        found -= Counter(head * max(0, sum(page.count(head) for page in pages) - heads[head]))
        pages = [page.replace(head, "") for page in pages]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_pdf_holds_the_characters_of_word(engine: PdfEngine, name: str) -> None:
    document = without_pictures(name)
    pdf, expected = in_pdf(engine.render(document), document), in_word(document)
    assert pdf - expected == Counter()
    assert expected - pdf == Counter()


@pytest.mark.parametrize("name", NAMES)
def test_web_page_holds_the_characters_of_word(name: str) -> None:
    document = without_pictures(name)
    body = re.sub(r'<a class="skip".*?</a>', "", page(document).partition("<body")[2].partition(">")[2])
    shown = Counter(packed(re.sub(r"<[^>]+>", "", body)))
    assert shown == in_word(document)
