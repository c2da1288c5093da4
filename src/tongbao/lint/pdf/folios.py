"""Finds the page numbers of a PDF: below the text, or in the left margin of a turned page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from tongbao.lint.measured import Folio
from tongbao.lint.pdf.lines import Printed, runs_of
from tongbao.lint.pdf.paper import Area, Leaf
from tongbao.lint.pdf.printed import Glyph

_FOLIO: Final = re.compile(r"[\s—–\-－―─~～_·第页共/／\t]*(\d{1,4})[\s—–\-－―─~～_·第页共/／\t\d]*")
_FOOT: Final = 0.87  # of the page's height: below stands no text
_HEAD: Final = 0.1
_TEXT_BOTTOM: Final = 35.0
_TURNED_BOTTOM: Final = 26.0
_DASHES: Final = "—–-－―─"


def folio_line(leaf: Leaf) -> Printed | None:
    """The line that bears the page number, if any."""
    for line in reversed(leaf.lines):
        height = (line.top + line.bottom) / 2 / leaf.page.height
        if (height > _FOOT or height < _HEAD) and len(line.text) < 20 and _FOLIO.fullmatch(line.text):  # noqa: PLR2004
            return line
    return None


def folio(leaf: Leaf, area: Area) -> Folio | None:
    """The page number of a page with its place."""
    number = leaf.page.number
    side: Literal["odd", "even"] = "odd" if number % 2 else "even"
    if line := folio_line(leaf):
        found = _FOLIO.fullmatch(line.text)
        runs = tuple(line.runs())
        near_left, near_right = line.left - area.left, area.right - line.right
        centred = abs(near_left - near_right) < 3  # noqa: PLR2004
        align: Literal["left", "center", "right"] = (
            "center" if centred else "left" if near_left < near_right else "right"
        )
        drop = _middle(line.glyphs) - (leaf.page.height - (_TURNED_BOTTOM if leaf.landscape else _TEXT_BOTTOM))
        edge = min(near_left, near_right)
        return Folio(number, side, int(found[1]) if found else None, line.text, runs, align, edge, drop)
    return _turned(leaf, side) if leaf.landscape else None


def _middle(glyphs: Iterable[Glyph]) -> float:
    """The height of the dashes, or of the whole line where there are none."""
    inks = list(glyphs)
    dashes = [glyph for glyph in inks if glyph.text in _DASHES] or inks
    return sum((glyph.ink[0] + glyph.ink[1]) / 2 for glyph in dashes) / len(dashes)


def _turned(leaf: Leaf, side: Literal["odd", "even"]) -> Folio | None:
    """A number across the page: the sheet's bottom is its left edge, so left and right lie above and below."""
    glyphs = [glyph for glyph in leaf.page.glyphs if glyph.turn == 1 and glyph.right < _TEXT_BOTTOM]
    glyphs.sort(key=lambda each: each.left + each.base)
    text = "".join(glyph.text for glyph in sorted(glyphs, key=lambda each: each.ink[0]))
    found = _FOLIO.fullmatch(text)
    if not found:
        return None
    top, bottom = min(glyph.ink[0] for glyph in glyphs), max(glyph.ink[1] for glyph in glyphs)
    near_left, near_right = top - 28, leaf.page.height - 26 - bottom
    align: Literal["left", "right"] = "left" if near_left < near_right else "right"
    runs = tuple(runs_of(glyphs))
    edge = min(near_left, near_right)
    return Folio(leaf.page.number, side, int(found[1]), text, runs, align, edge, None, turned=True)
