"""Whether page 1 shows body text: 主送 that would leave none move into 版记 (GB/T 9704 §7.3.2)."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from tongbao.reports.document import Document, Letterhead
from tongbao.templates.style import Style

LINE = 225 / 22
"""mm: 22 lines fill the 225 mm of 版心."""

WIDTH = 156.0
"""mm: of 版心."""

BODY_LINES = 2
"""So many lines of text page 1 must show: a paragraph is not parted after its first line."""

_POINT = 25.4 / 72
_MARK_TOP = 35.0  # mm below the upper edge of 版心; of 信函 the mark is 30 mm below the edge of the paper
_LETTER_MARK_TOP = 30.0 - 37.0
_RULE = 4.0
_JOINT_PITCH = 1.25  # characters of the mark from organ to organ
_JOINT_HEIGHT = 60.0  # mm: the most that the organs of a joint issue take
_TITLE_PITCH = 36 * _POINT
_SIGNERS_A_LINE = 2
_NEVER_FIRST = frozenset("，、。；：）》”")


def with_body_on_page_1(document: Document) -> Document:
    """The document with 主送 where the standard wants them: below the title, or in 版记 where they are too long."""
    if not document.recipients or document.imprint is None or body_lines(document) >= BODY_LINES:
        return document
    imprint = replace(document.imprint, recipients=document.recipients)
    return replace(document, recipients="", imprint=imprint)


def body_lines(document: Document) -> int:
    """How many lines page 1 has left for text, below title and 主送."""
    title = len(document.title_lines) * _TITLE_PITCH + LINE
    recipients = wrapped(f"{document.recipients}：", document.style) if document.recipients else 0
    left = 225 - _letterhead(document) - 2 * LINE - title - recipients * LINE
    return max(0, int(left / LINE + 1e-6))


def wrapped(text: str, style: Style) -> int:
    """How many lines a text takes without an indent; marks that may not begin one pull a character down."""
    room = float(round(WIDTH / _POINT / style.body_size))
    lines, filled = 0, room
    for place, character in enumerate(text):
        width = 0.5 if character.isascii() else 1.0
        if filled + width > room:
            pulled = lines > 0 and character in _NEVER_FIRST and place > 0
            lines, filled = lines + 1, 1.0 if pulled else 0.0
        filled += width
    return lines


def _letterhead(document: Document) -> float:
    """From the upper edge of 版心 to the lower edge of the red rule, of 信函 to that of 发文字号, in mm."""
    head, style = document.letterhead, document.style
    if document.form == "信函":
        beside = bool(head.copy_number or head.secrecy) + bool(head.secrecy) + bool(head.urgency)
        return _LETTER_MARK_TOP + style.mark_size * _POINT + _RULE + max(1, beside) * LINE
    numbers = max(1, ceil(len(head.signers) / _SIGNERS_A_LINE))
    return _MARK_TOP + _mark(head, style) + (2 + numbers) * LINE + _RULE


def _mark(head: Letterhead, style: Style) -> float:
    size = style.mark_size * _POINT
    return min(_JOINT_PITCH * len(head.organs) * size, _JOINT_HEIGHT) if head.organs else size
