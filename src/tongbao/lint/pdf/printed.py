"""What is printed on the pages of a PDF: glyphs and shapes, in millimetres from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tongbao.lint.measured import MM_A_POINT

_ASCENT: Final = 0.88
_DESCENT: Final = 0.12


@dataclass(frozen=True, slots=True)
class Face:
    """A font of the file."""

    name: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character; `turn` is the number of quarter turns clockwise, None for any other slant.

    Attributes:
        base: baseline, from the top.
        ink: top and bottom of what is printed.
        hollow: the font has no picture for it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    face: Face
    colour: str
    turn: int | None = 0
    ink: tuple[float, float] = (0, 0)
    hollow: bool = False

    @property
    def top(self) -> float:
        """Top of the em box."""
        return self.base - _ASCENT * self.size * MM_A_POINT

    @property
    def bottom(self) -> float:
        """Bottom of the em box."""
        return self.base + _DESCENT * self.size * MM_A_POINT


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn thing: its bounding box, its colour, and how thick its line is (0: it is filled)."""

    left: float
    top: float
    right: float
    bottom: float
    colour: str
    line: float = 0

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on one page."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Pdf:
    """What is printed on all pages, and what the file says of itself."""

    pages: tuple[Page, ...]
    title: str
    language: str
    tagged: bool
