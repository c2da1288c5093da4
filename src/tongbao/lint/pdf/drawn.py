"""Tells the rules of a page from its tables and figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from tongbao.lint.pdf.printed import Page, Shape

_THICKEST: Final = 2.0  # of a rule, in mm
_SHORTEST: Final = 30.0
_NEAR: Final = 0.4  # pieces of one line
_BAND_GAP: Final = 1.5
_WHOLE_PAGE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line: its ends, its middle and its thickness."""

    left: float
    right: float
    middle: float
    thickness: float
    colour: str


@dataclass(frozen=True, slots=True)
class Band:
    """A strip of a page that a table or a figure takes; Chinese documents have one column."""

    top: float
    bottom: float
    kind: Literal["table", "figure"]

    def holds(self, height: float) -> bool:
        """Whether a height of the page lies in it."""
        return self.top <= height <= self.bottom


def rules_and_bands(page: Page) -> tuple[tuple[Rule, ...], tuple[Band, ...]]:
    """Sort everything drawn on a page: bands where anything stands upright, rules where only level lines lie."""
    area = page.width * page.height
    shapes = [
        shape
        for shape in page.shapes
        if shape.width * shape.height < _WHOLE_PAGE * area and shape.colour != "FFFFFF" and shape.width >= 0
    ]
    level = [shape for shape in shapes if _thickness(shape) <= _THICKEST and shape.width > shape.height]
    bands = _bands([shape for shape in shapes if shape not in level], level)
    loose = [shape for shape in level if not any(band.holds((shape.top + shape.bottom) / 2) for band in bands)]
    return tuple(_rules(loose)), tuple(bands)


def _thickness(shape: Shape) -> float:
    return shape.line if shape.line and shape.height <= shape.line * 2.5 else shape.height


def _bands(upright: list[Shape], level: list[Shape]) -> list[Band]:
    """Merge what overlaps in height; level lines join a band but begin none."""
    found: list[list[Shape]] = []
    for shape in sorted(upright, key=lambda each: each.top):
        if found and shape.top <= max(each.bottom for each in found[-1][-40:]) + _BAND_GAP:
            found[-1].append(shape)
        else:
            found.append([shape])
    bands = []
    for group in found:
        top, bottom = min(each.top for each in group), max(each.bottom for each in group)
        touching = [each for each in level if top - _BAND_GAP <= each.top <= bottom + _BAND_GAP]
        top = min([top, *(each.top for each in touching)])
        bottom = max([bottom, *(each.bottom for each in touching)])
        # Bars and areas are coloured, a table is black and grey lines.
        coloured = any(not _grey(each.colour) for each in group)
        bands.append(Band(top - 0.3, bottom + 0.3, "figure" if coloured else "table"))
    return bands


def _grey(colour: str) -> bool:
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) < 0x20  # noqa: PLR2004


def _rules(level: Iterable[Shape]) -> list[Rule]:
    """Put pieces of one line together and leave out what is too short to be a rule."""
    joined: list[Rule] = []
    for shape in sorted(level, key=lambda each: (round((each.top + each.bottom) / 2, 1), each.left)):
        middle = (shape.top + shape.bottom) / 2
        last = joined[-1] if joined else None
        if last and abs(last.middle - middle) < 0.2 and shape.left <= last.right + _NEAR:  # noqa: PLR2004
            thick = max(last.thickness, _thickness(shape))
            joined[-1] = Rule(last.left, max(last.right, shape.right), middle, thick, last.colour)
        else:
            joined.append(Rule(shape.left, shape.right, middle, _thickness(shape), shape.colour))
    return [rule for rule in joined if rule.right - rule.left >= _SHORTEST]
