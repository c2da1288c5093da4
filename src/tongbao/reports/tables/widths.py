"""How wide the columns of a table have to be, from what stands in them: no number and no short word is broken."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tongbao.reports.document import Table
from tongbao.reports.tables.grid import Placed, lay_out

PORTRAIT = 156.0
"""mm: the width of 版心."""

LANDSCAPE = 225.0
"""mm: the width of 版心 of a page turned on its side."""

_POINT = 25.4 / 72
_MARGINS = 2.2  # mm, what a cell has left and right of its text, and its rules
_UNBROKEN = re.compile(r"[0-9A-Za-z.,%+−\-/]+")
_LATIN = {".": 0.3, ",": 0.3, "%": 0.85, "/": 0.4}  # em; figures are half a Hanzi wide
_STRONG = 1.13  # how much wider the figures of 黑体 are
_HEAD_WORD = 2.0  # em: a head is never one character a line
_BODY_WORD = 4.0  # em: as much of a name as is read at a glance
_HEAD_LINES = 3
_BODY_LINES = 2
_LONGEST_EASY = 16.0  # em: prose is read well enough from here on


@dataclass(frozen=True, slots=True)
class Needs:
    """What the columns need, in mm.

    Attributes:
        least: below which a number or a short word would be broken.
        easy: with which heads take at most three lines and the rest at most two.
    """

    least: tuple[float, ...]
    easy: tuple[float, ...]


def needs(table: Table, size: float) -> Needs:
    """Measure a table.

    Args:
        table: its cells; those that span columns are not looked at.
        size: of its text, in pt.
    """
    least, easy = [0.0] * len(table.widths), [0.0] * len(table.widths)
    for cells, head in ((lay_out(table.head).cells, True), (lay_out(table.body).cells, False)):
        for placed in cells:
            if placed.cell.colspan == 1 and placed.column < len(least):
                narrow, wide = _needed(placed, head=head)
                least[placed.column] = max(least[placed.column], narrow)
                easy[placed.column] = max(easy[placed.column], narrow, wide)
    return Needs(*(tuple(em * size * _POINT + _MARGINS for em in ems) for ems in (least, easy)))


def fitted(stated: tuple[float, ...], least: tuple[float, ...], page: float) -> tuple[float, ...]:
    """The widths that a template states, where some column would be too narrow at the cost of the roomier ones.

    Args:
        stated: relative widths.
        least: what each column needs, in mm; in all no more than the page has.
        page: mm.

    Returns:
        The same relative widths where all are wide enough, else widths in mm.
    """
    tight: set[int] = set()
    while True:
        room = page - sum(least[place] for place in tight)
        shares = sum(width for place, width in enumerate(stated) if place not in tight)
        short = {
            place
            for place, width in enumerate(stated)
            if place not in tight and width * room < least[place] * shares * (1 - 1e-9)
        }
        if not short:
            break
        tight |= short
    if not tight:
        return stated
    return tuple(least[place] if place in tight else width * room / shares for place, width in enumerate(stated))


def _needed(placed: Placed, *, head: bool) -> tuple[float, float]:
    """The least and the easy width of one cell, in em."""
    cell = placed.cell
    factor = _STRONG if cell.strong else 1.0
    text = cell.text + cell.tail
    longest = max((_em(part) * factor for part in _UNBROKEN.findall(text)), default=0.0)
    whole = _em(text)
    word, lines = (_HEAD_WORD, _HEAD_LINES) if head else (_BODY_WORD, _BODY_LINES)
    return max(longest, min(whole, word)), min(whole / lines, _LONGEST_EASY)


def _em(text: str) -> float:
    return sum(
        _LATIN.get(character, 0.6 if character.isalpha() else 0.5) if character.isascii() else 1.0 for character in text
    )
