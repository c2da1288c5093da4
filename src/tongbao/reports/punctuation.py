"""Every sentence of a finished document held against the rules of numerals and punctuation, before it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.reports.document import Block, Document, Figure, Heading, Paragraph, Table
from tongbao.templates.punctuation import finding, slips

_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d,])")
_PLAIN = re.compile(r"(?<![\d.,〔])\d{5,}(?![\d,〕])")


def check_punctuation(document: Document) -> tuple[Finding, ...]:
    """Name every slip in title, headings, paragraphs, captions and notes of a document; cells of tables are data.

    The whole document also keeps to one way of grouping long numbers.
    """
    where = f"《{document.meta.title}》"
    found: list[Finding] = []
    texts: list[str] = []
    for name, text, title in _texts(document):
        place = Place(where, cell=name)
        found += [finding(slip, text, place) for slip in slips(text, title=title)]
        texts.append(text)
    whole = "\n".join(texts)
    grouped, plain = _GROUPED.search(whole), _PLAIN.search(whole)
    if grouped and plain:
        message = f"一份文件里有的大数分节（{grouped[0]}），有的不分（{plain[0]}）"
        found.append(Finding(Code.PUNCTUATION, message, Place(where), "请统一写法", Severity.WARNING))
    return tuple(dict.fromkeys(found))


def _texts(document: Document) -> Iterator[tuple[str, str, bool]]:
    """Name of the place, text, and whether it is a title."""
    yield "标题", document.title, True
    yield from _of(document.blocks, "正文")
    for attachment in document.attachments:
        yield f"{attachment.label}标题", attachment.title, True
        yield from _of(attachment.blocks, attachment.label)


def _of(blocks: Iterable[Block], where: str) -> Iterator[tuple[str, str, bool]]:
    for block in blocks:
        match block:
            case Heading():
                tail = "".join(run.text for run in block.tail)
                yield where, block.text + tail, not tail
            case Paragraph():
                yield where, block.text, False
            case Table():
                yield f"{where}表题", block.caption, True
                yield from ((f"{where}表注", note, False) for note in block.notes)
            case Figure():
                yield f"{where}图题", block.caption, True
