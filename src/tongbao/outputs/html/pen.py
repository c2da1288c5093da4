"""What every drawing shares: widths of texts, millimetres, and letters of one family."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html import escape

WIDTH = 156.0
"""mm: the width of the type area."""
MM_A_POINT = 25.4 / 72
_NARROW = frozenset({"Na", "H", "N"})


def ems(text: str) -> float:
    """The width of a text in Hanzi widths: Latin letters and digits are half as wide."""
    return sum(0.5 if unicodedata.east_asian_width(character) in _NARROW else 1.0 for character in text)


def wide(text: str, size: float) -> float:
    """How many mm a text takes in a sans serif face, whose digits are wider than half a Hanzi."""
    return (
        sum(0.57 if unicodedata.east_asian_width(character) in _NARROW else 1.0 for character in text)
        * size
        * MM_A_POINT
    )


def number(value: float) -> str:
    """A round number of an axis."""
    return f"{value:.10g}" if value else "0"


def mm(value: float) -> str:
    """Millimetres to the hundredth."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Pen:
    """Writes elements; one size and family of letters for the whole chart."""

    family: str
    size: float  # pt

    @property
    def em(self) -> float:
        """The height of a letter in mm."""
        return self.size * MM_A_POINT

    def text(
        self, x: float, y: float, content: str, anchor: str, *, room: float | None = None, colour: str = ""
    ) -> str:
        """A text with its middle at y; smaller where it has too little room."""
        across = wide(content, self.size)
        size = self.size if room is None or across <= room else max(self.size * room / across, 1.0)
        ink = f' fill="{colour}"' if colour else ""
        return (
            f'<text x="{mm(x)}" y="{mm(y + size * MM_A_POINT * 0.36)}" text-anchor="{anchor}" '
            f'font-size="{mm(size * MM_A_POINT)}" font-family="{escape(self.family)}"{ink}>{escape(content)}</text>'
        )
