"""Finds the elements of GB/T 9704 in a measured document: first by their words, then by where they stand.

An element that is set wrongly must still be found, or its rule could not be checked.
"""

from __future__ import annotations

from dataclasses import replace

from tongbao.lint.elements.closing import Closing, find_closing
from tongbao.lint.elements.forms import CAPTION, HEADINGS
from tongbao.lint.elements.head import find_head
from tongbao.lint.elements.notice import Heading, Notice
from tongbao.lint.measured import BODY_SIZE, Measured, Passage

__all__ = ["Notice", "find_elements"]

_HEADING_LENGTH = 45


def find_elements(measured: Measured) -> Notice:
    """Take a document apart."""
    flow = measured.flow
    head = find_head(measured)
    closing: Closing = find_closing(measured, head.rest)
    body = tuple(passage for passage in flow[head.rest : closing.start] if passage.number not in closing.taken)
    return replace(
        head.notice,
        body=body,
        asides=_asides(body),
        headings=_headings(body, _asides(body)),
        notes=closing.notes,
        organs=closing.organs,
        day=closing.day,
        remark=closing.remark,
        attachments=closing.attachments,
        imprint=closing.imprint,
        attendance=closing.attendance,
    )


def _asides(body: tuple[Passage, ...]) -> frozenset[int]:
    """Captions, and notes under tables and figures with all their lines."""
    found: set[int] = set()
    size = 0.0
    for passage in body:
        if CAPTION.match(passage.text):
            found.add(passage.number)
            size = passage.size
        elif size and size < BODY_SIZE - 1 and passage.size == size:
            found.add(passage.number)
        else:
            size = 0.0
    return frozenset(found)


def _headings(body: tuple[Passage, ...], asides: frozenset[int]) -> tuple[Heading, ...]:
    found = []
    for passage in body:
        if passage.align == "center" or passage.number in asides:
            continue
        for level, pattern in HEADINGS:
            if match := pattern.match(passage.text):
                # A sentence may begin with a number; a heading is short or ends early.
                end = passage.text.find("。")
                if 0 <= end <= _HEADING_LENGTH or len(passage.text) <= _HEADING_LENGTH or level == 1:
                    found.append(Heading(level, match["number"], match["mark"], passage))
                break
    return tuple(found)
