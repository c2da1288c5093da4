"""Straight right edges for Chinese text, which WeasyPrint leaves ragged: it stretches only the spaces between words.

A line that is short because a number or a punctuation mark would not fit is spread evenly between its Hanzi;
numbers stay in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

_LOOSEST = 0.5  # em: a line that would need more is left as it is
_SPREAD = re.compile(r"[^0-9A-Za-z.,%+\-−\s]+")


@contextmanager
def justified() -> Iterator[None]:
    """Have WeasyPrint 70 justify by characters while this lasts; it offers no other place to say so."""
    from weasyprint.layout import inline

    original = inline.justify_line
    inline.justify_line = _justify
    try:
        yield
    finally:
        inline.justify_line = original


def _justify(_context: Any, line: Any, extra: float) -> None:
    texts = list(_texts(line))
    gaps = sum(_gaps(box.text) for box in texts)
    if not gaps:
        return
    trailing = texts[-1].style["letter_spacing"]
    trailing = 0 if trailing == "normal" else trailing
    more = (extra + trailing) / gaps  # the last character's own spacing lies outside the line
    if 0 < more <= _LOOSEST * texts[-1].style["font_size"]:
        _widen(line, more, 0)


def _gaps(text: str) -> float:
    """How many times a text grows by the spacing: Pango lays half of it on each side, but not at the ends of a text."""
    count = sum(len(run[0]) for run in _SPREAD.finditer(text))
    return count - sum(0.5 for end in (text[:1], text[-1:]) if _SPREAD.match(end))


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
        grown = more * _gaps(box.text)
        box.pango_layout = _spread_layout()(box.pango_layout, more)
        box.position_x += advance
        box.width += grown
        return advance + grown
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


@lru_cache(maxsize=1)
def _spread_layout() -> type:
    from weasyprint.text.ffi import TO_UNITS, pango
    from weasyprint.text.line_break import Layout

    class SpreadLayout(Layout):  # type: ignore[misc]  # WeasyPrint publishes no types
        """A line of text that is drawn with more room around its Hanzi than it was measured with."""

        def __init__(self, measured: Any, more: float) -> None:
            self.__dict__.update(measured.__dict__)
            self._more = more

        def set_text(self, text: str, justify: bool = False) -> None:
            super().set_text(text, justify)
            own = self.style["letter_spacing"]
            spacing = int(((0 if own == "normal" else own) + self._more) * TO_UNITS)
            attributes = pango.pango_layout_get_attributes(self.layout)
            for run in _SPREAD.finditer(self.text):
                attribute = pango.pango_attr_letter_spacing_new(spacing)
                attribute.start_index = len(self.text[: run.start()].encode())
                attribute.end_index = attribute.start_index + len(run[0].encode())
                pango.pango_attr_list_change(attributes, attribute)
            pango.pango_layout_set_attributes(self.layout, attributes)

    return SpreadLayout
