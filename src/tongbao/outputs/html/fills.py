"""What tells the parts of a picture apart without colour: solid, light, hatched, empty and crossed areas, and a key.

Hatching is drawn line by line: plain paths look the same in every program, patterns do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tongbao.outputs.html.pen import WIDTH, Pen, mm, wide

_SPACING = 1.3  # mm between the lines of a hatching
_OUTLINE = 'stroke="#000" stroke-width="0.2"'
_SWATCH = 4.0  # mm
_GAP = 1.5
_ROW = 5.5
_LIGHT = "#D0D0D0"
_RISING, _CROSSED, _FALLING = 2, 4, 5
FILLS = 6
"""How many can be told apart."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in mm."""

    x: float
    y: float
    width: float
    height: float


def filled(area: Area, place: int, colour: str) -> str:
    """A rectangle in the fill of the series at `place`; the first is solid, in the colour of the pack."""
    kind = place % FILLS
    solid = {0: escape(colour), 1: _LIGHT}.get(kind, "#fff")
    hatching = ""
    if hatched(place):
        lines = (_rising(area) if kind != _FALLING else "") + (_falling(area) if kind != _RISING else "")
        hatching = f'<path d="{lines}" fill="none" {_OUTLINE}/>'
    return (
        f'<rect x="{mm(area.x)}" y="{mm(area.y)}" width="{mm(area.width)}" height="{mm(area.height)}" '
        f'fill="{solid}" {_OUTLINE}/>{hatching}'
    )


def dark(place: int) -> bool:
    """Whether letters on this fill must be white."""
    return place % FILLS == 0


def hatched(place: int) -> bool:
    """Whether lines run through this fill."""
    return place % FILLS in {_RISING, _CROSSED, _FALLING}


def key_height(names: Sequence[str], pen: Pen) -> float:
    """The height of the key above the drawing, in mm."""
    return _ROW * len(_rows(names, pen))


def key(names: Sequence[str], pen: Pen, colour: str) -> str:
    """Every fill with its name, in rows above the drawing."""
    parts, place = [], 0
    for number, row in enumerate(_rows(names, pen)):
        middle = (number + 0.5) * _ROW - 0.5
        x = (WIDTH - sum(_wide(name, pen) for name in row) + 2 * _GAP) / 2
        for name in row:
            parts.append(filled(Area(x, middle - 1.4, _SWATCH, 2.8), place, colour))
            parts.append(pen.text(x + _SWATCH + _GAP, middle, name, "start", room=WIDTH - _SWATCH - 2 * _GAP))
            x += _wide(name, pen)
            place += 1
    return "".join(parts)


def _wide(name: str, pen: Pen) -> float:
    return _SWATCH + wide(name, pen.size) + 3 * _GAP


def _rows(names: Sequence[str], pen: Pen) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    for name in names:
        if rows[-1] and sum(_wide(each, pen) for each in (*rows[-1], name)) > WIDTH:
            rows.append([])
        rows[-1].append(name)
    return rows


def _rising(area: Area) -> str:
    return "".join(
        f"M{mm(area.x + left)} {mm(area.y + area.height - low)}L{mm(area.x + right)} {mm(area.y + area.height - high)}"
        for left, low, right, high in _strokes(area)
    )


def _falling(area: Area) -> str:
    return "".join(
        f"M{mm(area.x + left)} {mm(area.y + low)}L{mm(area.x + right)} {mm(area.y + high)}"
        for left, low, right, high in _strokes(area)
    )


def _strokes(area: Area) -> list[tuple[float, float, float, float]]:
    """Lines at 45° inside a rectangle whose corner is the origin: where each enters and where it leaves."""
    strokes, start = [], _SPACING / 2 - area.height
    while start < area.width:
        left, right = max(start, 0.0), min(start + area.height, area.width)
        strokes.append((left, left - start, right, right - start))
        start += _SPACING
    return strokes
