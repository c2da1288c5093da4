"""The page of GB/T 9704 in twentieths of a point: 22 lines of 28 characters on 156 × 225 mm."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tongbao.reports.document import Style

TWIPS_A_POINT: Final = 20
TWIPS_A_MM: Final = 1440 / 25.4
LINE: Final = 579  # 580 gives 21 lines
TIGHTENING: Final = -5  # spacing between characters: 0 or -4 gives 27 a line
TITLE_PITCH: Final = 720
NUMBER_LINE: Final = 360  # of 发文字号; it stands in the middle of a line
NUMBER_BLANK: Final = (LINE - NUMBER_LINE) // 2
# The mark's line box: at 1.09 em the tops of the characters stand within 1 mm whether a program centres
# them in an exact line (Word) or sets them on its bottom (LibreOffice).
MARK_LINE: Final = 1.09
HEADER_DISTANCE: Final = 851
HEADER_LINE: Final = 240
LETTER_BLANK: Final = 226  # with the white of the line box, 7/8 of a character from rule to text (§10.1)
FOOTER_DISTANCE: Final = 1447  # puts the dash of the page number 7 mm below 版心
PAGE_NUMBER: Final = 280  # 四号, exact line
PAGE_NUMBER_INSET: Final = 320  # 一字


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its margins, in twips.

    A landscape page is the portrait one turned: its top lies on the binding edge, so its margins go round with it.
    """

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    landscape: bool = False

    @property
    def text_width(self) -> int:
        """Width of 版心."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Height of 版心."""
        return self.height - self.top - self.bottom


PORTRAIT: Final = Page(11906, 16838, top=2098, right=1474, bottom=1984, left=1587)
LANDSCAPE: Final = Page(16838, 11906, top=1587, right=2098, bottom=1474, left=1984, landscape=True)


def page_of(*, landscape: bool) -> Page:
    """Choose the page by its orientation."""
    return LANDSCAPE if landscape else PORTRAIT


def twips(points: float) -> int:
    """Turn points into twips."""
    return round(points * TWIPS_A_POINT)


def character(style: Style) -> int:
    """Width of one character (一字) of body text."""
    return twips(style.body_size) + TIGHTENING


def portion(total: int, parts: tuple[float, ...]) -> list[int]:
    """Divide a width so that the columns add up to it exactly."""
    whole = sum(parts)
    edges, reached = [0], 0.0
    for part in parts:
        reached += part
        edges.append(round(total * reached / whole))
    return [right - left for left, right in pairwise(edges)]
