"""How a Word paragraph is set: its indents, its line pitch and the white around it, in millimetres and points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from tongbao.lint.measured import MM_A_POINT, Align, Sheet
from tongbao.lint.word.cascade import Properties, is_on
from tongbao.lint.word.inline import Piece
from tongbao.lint.word.package import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MM_A_TWIP: Final = 25.4 / 1440
_SINGLE: Final = 1.3  # a line of Chinese at single spacing, in characters
_LINE_UNIT: Final = 240  # of w:spacing/@w:line when it counts lines
_TAB: Final = 420
_ALIGNS: Final[dict[str, Align]] = {
    "both": "justify", "distribute": "justify", "center": "center", "right": "right", "end": "right",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its sheet, and its grid of lines when it has one."""

    sheet: Sheet
    grid_line: int = 0  # twips
    footer: int = 0  # distance, twips
    bottom: int = 0  # margin, twips

    @property
    def width(self) -> float:
        """Of its text, in mm."""
        return self.sheet.width - (self.sheet.left or 0) - (self.sheet.right or 0)


@dataclass(frozen=True, slots=True)
class Setting:
    """One paragraph's layout.

    Attributes:
        left: from the text's edge, in mm; like `right` and `first`, which is added to `left`.
        before: white above in mm, like `after`.
        pitch: from line to line in mm.
    """

    align: Align
    left: float
    right: float
    first: float
    before: float
    after: float
    pitch: float
    size: float

    @property
    def half_leading(self) -> float:
        """White over and under the characters inside a line, in mm."""
        return (self.pitch - self.size * MM_A_POINT) / 2


def setting_of(properties: Properties, size: float, section: Section, character: float) -> Setting:
    """Lay a paragraph out as Word would.

    Args:
        properties: its resolved paragraph properties.
        size: of its characters, in points.
        section: where it stands.
        character: the width of one character, in points, for indents that count characters.
    """

    def indent(*names: str) -> float:
        for name in names:
            count = _int(properties.get(f"ind/{name}Chars"))
            if count:
                return count / 100 * character * MM_A_POINT
        return next((_int(properties[f"ind/{name}"]) * MM_A_TWIP for name in names if f"ind/{name}" in properties), 0.0)

    hanging = indent("hanging")
    return Setting(
        _ALIGNS.get(properties.get("jc/val", "left"), "left"),
        indent("left", "start"),
        indent("right", "end"),
        -hanging if hanging else indent("firstLine"),
        _space(properties, "before", section),
        _space(properties, "after", section),
        _pitch(properties, size, section),
        size,
    )


def _space(properties: Properties, side: str, section: Section) -> float:
    lines = _int(properties.get(f"spacing/{side}Lines"))
    if lines:
        return lines / 100 * (section.grid_line or _LINE_UNIT) * MM_A_TWIP
    if properties.get(f"spacing/{side}Autospacing") in ("1", "true"):
        return 280 * MM_A_TWIP
    return _int(properties.get(f"spacing/{side}")) * MM_A_TWIP


def _pitch(properties: Properties, size: float, section: Section) -> float:
    line = _int(properties.get("spacing/line"), _LINE_UNIT)
    rule = properties.get("spacing/lineRule", "auto")
    if rule == "exact":
        return line * MM_A_TWIP
    natural = size * _SINGLE * MM_A_POINT
    if section.grid_line and is_on({"snapToGrid/val": "1", **properties}, "snapToGrid"):
        grid = section.grid_line * MM_A_TWIP
        natural = grid * max(1, -(-natural // grid) if natural > grid * 1.05 else 1)
    if rule == "atLeast":
        return max(natural, line * MM_A_TWIP)
    return natural * line / _LINE_UNIT


def _int(value: str | None, default: int = 0) -> int:
    found = re.match(r"-?\d{1,6}", value or "")
    return int(found[0]) if found else default


@dataclass(frozen=True, slots=True)
class Stop:
    """A tab stop: where it is, in mm from the text's edge, and whether text ends there instead of beginning."""

    place: float
    ends: bool = False


def without_small_tabs(pieces: Sequence[Piece], start: float, stops: Sequence[Stop]) -> tuple[list[Piece], float]:
    """Follow the text to its tabs: a tab that jumps less than a character joins, others stay.

    Returns:
        The pieces without the small tabs, and the width of the whole in mm.
    """
    kept: list[Piece] = []
    place = start
    for index, piece in enumerate(pieces):
        if piece.text != "\t":
            kept.append(piece)
            place += piece.width
            continue
        stop, stated = _next_stop(place, stops)
        target = max(place, stop.place - _until_tab(pieces[index + 1 :])) if stop.ends else stop.place
        if target - place > 1.3 * piece.run.size * MM_A_POINT or not stated:
            kept.append(piece)
        place = target
    return kept, place - start


def _until_tab(pieces: Sequence[Piece]) -> float:
    return sum(piece.width for piece in takewhile(lambda each: each.text != "\t", pieces))


def after_leading_tabs(pieces: Sequence[Piece], start: float, stops: Sequence[Stop]) -> tuple[float, list[Piece]]:
    """Tabs before any text are an indent: how far they jump, and the pieces behind them."""
    place, rest = start, list(pieces)
    while rest and rest[0].text == "\t":
        stop, _ = _next_stop(place, stops)
        rest.pop(0)
        place = max(place, stop.place - _until_tab(rest)) if stop.ends else stop.place
    return place - start, rest


def _next_stop(place: float, stops: Sequence[Stop]) -> tuple[Stop, bool]:
    """Where a tab jumps to, and whether the paragraph says so itself."""
    ahead = [stop for stop in stops if stop.place > place + 0.05]
    step = _TAB * MM_A_TWIP
    return (ahead[0], True) if ahead else (Stop((place // step + 1) * step), False)


def tab_stops(paragraph: Element, hanging: float | None) -> list[Stop]:
    """The tab stops that a paragraph sets itself; a hanging indent is one too."""
    stops = [
        Stop(_int(tab.get(f"{W}pos")) * MM_A_TWIP, tab.get(f"{W}val") in ("right", "end"))
        for tab in paragraph.iterfind(f"{W}pPr/{W}tabs/{W}tab")
        if tab.get(f"{W}val") != "clear"
    ]
    if hanging is not None:
        stops.append(Stop(hanging))
    return sorted(stops, key=lambda stop: stop.place)
