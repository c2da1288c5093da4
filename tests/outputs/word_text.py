"""Reads the visible text of a Word file back, so that Word and PDF can be held against each other."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}noBreakHyphen": "-"}


def text_of(content: bytes) -> list[str]:
    """List what a reader sees from the red mark to 版记, so that a difference to the PDF shows up as text.

    Args:
        content: a .docx.

    Returns:
        One string a paragraph and one a table row (cells parted by tabs); a break inside a paragraph is a new line.
        Headers, footers and the figures inside charts are not part of it, and empty paragraphs are left out.
    """
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read("word/document.xml")
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    body = root.find(f"{_W}body")
    return [] if body is None else [text for text in _blocks(body) if text.strip()]


def _blocks(container: _Element) -> Iterator[str]:
    for child in container:
        if child.tag == f"{_W}p":
            yield _text(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iterfind(f"{_W}tr"):
                yield "\t".join("\n".join(_blocks(cell)) for cell in row.iterfind(f"{_W}tc"))


def _text(paragraph: _Element) -> str:
    return "".join(
        (node.text or "") if node.tag == f"{_W}t" else _MARKS.get(str(node.tag), "")
        for run in paragraph.iter(f"{_W}r")
        for node in run
    )
