"""Straight right edges for Chinese text, which WeasyPrint leaves ragged: it stretches only the spaces between words.

A line that is short because a number or a punctuation mark would not fit is spread evenly over its characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_LOOSEST = 0.25  # em: a line that would need more is left as it is


@contextmanager
def justified() -> Iterator[None]:
    """Have WeasyPrint 70 justify by characters while this lasts; it offers no other place to say so."""
    from weasyprint.layout import inline

    original = inline.justify_line
    inline.justify_line = _spread
    try:
        yield
    finally:
        inline.justify_line = original


def _spread(_context: Any, line: Any, extra: float) -> None:
    texts = list(_texts(line))
    gaps = sum(len(box.text) for box in texts) - 1
    if gaps < 1:
        return
    trailing = texts[-1].style["letter_spacing"]
    trailing = 0 if trailing == "normal" else trailing
    more = (extra + trailing) / gaps  # the last character's own spacing lies outside the line
    if 0 < more <= _LOOSEST * texts[-1].style["font_size"]:
        _widen(line, more, 0)


def _texts(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _texts(child)


def _widen(box: Any, more: float, advance: float) -> float:
    """Move a box by what the boxes before it grew, let it grow, and return by how much everything has grown."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        own = box.style["letter_spacing"]
        box.style = box.style.copy()  # the drawing asks the style again for the spacing
        box.style["letter_spacing"] = (0 if own == "normal" else own) + more
        box.position_x += advance
        box.width += more * len(box.text)
        return advance + more * len(box.text)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        before = advance
        box.position_x += advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _widen(child, more, advance)
        box.width += advance - before
        return advance
    box.translate(advance, 0)
    return advance
