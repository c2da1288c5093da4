"""A trend as hand-written SVG: lines told apart by dashes and markers, each named where it ends; a gap stays a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from tongbao.outputs.html.pen import MM_A_POINT, WIDTH, Pen, mm, number, wide
from tongbao.reports.charts import Line, LineChart

HEIGHT = 62.0
"""mm: of the whole drawing."""
_TOP = 5.0
_BOTTOM = 9.5  # for the months and the years below them
_SIZE = 9.0  # pt
_NAMES = 0.24  # at most this part of the width for the names at the ends of the lines
_GAP = 1.6
_DASHES = ("", "2.4 1", "0.7 0.9", "3 1 0.7 1")
_MARKER = 1.1  # mm, half of a marker's width


@dataclass(frozen=True)
class _Plane:
    """Where the values of a chart stand on the paper."""

    chart: LineChart
    left: float
    right: float

    def x(self, index: int) -> float:
        """The middle of a month."""
        return self.left + (index + 0.5) * (self.right - self.left) / len(self.chart.periods)

    def y(self, value: float) -> float:
        """The height of a value."""
        low, high, _ = self.chart.scale
        return HEIGHT - _BOTTOM - (value - low) / (high - low) * (HEIGHT - _BOTTOM - _TOP)


def draw(chart: LineChart, *, colour: str, family: str) -> str:
    """The elements of the drawing; the first line in the colour of the bars, all others in black."""
    pen = Pen(family, _SIZE)
    low, high, step = chart.scale
    ticks = [low + index * step for index in range(round((high - low) / step) + 1)]
    names = min(max((wide(line.name, pen.size) for line in chart.lines), default=0.0), WIDTH * _NAMES)
    numbers = max(wide(number(tick), pen.size) for tick in ticks)
    plane = _Plane(chart, pen.em * 1.6 + numbers + _GAP, WIDTH - names - 2 * _GAP)
    parts = [_axes(plane, ticks, pen), _months(plane, pen)]
    for index, line in enumerate(chart.lines):
        parts.append(_line(plane, index, line, colour if index == 0 else "#000"))
    for index, line in enumerate(chart.lines):
        parts.extend(
            pen.text(
                plane.x(place),
                plane.y(value) + (1 if chart.below(index, place) else -1) * pen.em * 0.95,
                label,
                "middle",
            )
            for place, (value, label) in enumerate(zip(line.values, line.labels, strict=True))
            if value is not None and label
        )
    parts.append(_names(plane, pen, names))
    return "".join(parts)


def words(chart: LineChart) -> str:
    """The same for those who cannot see it."""
    return "；".join(
        f"{line.name}："
        + "，".join(
            f"{period} {'无' if value is None else label or number(value)}"
            for period, value, label in zip(chart.periods, line.values, line.labels, strict=True)
        )
        for line in chart.lines
    )


def _axes(plane: _Plane, ticks: Sequence[float], pen: Pen) -> str:
    """Light lines at round numbers, since a point far from the axis is hard to read off without."""
    rules = "".join(f"M{mm(plane.left)} {mm(plane.y(tick))}H{mm(plane.right)}" for tick in ticks)
    numbers = "".join(pen.text(plane.left - _GAP, plane.y(tick), number(tick), "end") for tick in ticks)
    title, middle = escape(plane.chart.axis_title), (plane.y(ticks[0]) + plane.y(ticks[-1])) / 2
    return (
        f'<path d="{rules}" fill="none" stroke="#bbb" stroke-width="0.15"/>'
        f'<path d="M{mm(plane.left)} {mm(plane.y(ticks[0]))}H{mm(plane.right)}" stroke="#000" stroke-width="0.25"/>'
        f'{numbers}<text transform="translate({mm(pen.em)} {mm(middle)}) rotate(-90)" text-anchor="middle" '
        f'font-size="{mm(pen.size * MM_A_POINT)}" font-family="{escape(pen.family)}">{title}</text>'
    )


def _months(plane: _Plane, pen: Pen) -> str:
    base = HEIGHT - _BOTTOM
    return "".join(
        pen.text(plane.x(index), base + row * pen.em, text, "middle")
        for index, tick in enumerate(plane.chart.ticks)
        for row, text in zip((1.0, 2.2), tick, strict=True)
        if text
    )


def _line(plane: _Plane, index: int, line: Line, colour: str) -> str:
    points = [None if value is None else (plane.x(place), plane.y(value)) for place, value in enumerate(line.values)]
    path = "".join(
        f"M{mm(one[0])} {mm(one[1])}L{mm(two[0])} {mm(two[1])}" for one, two in pairwise(points) if one and two
    )
    dash = f' stroke-dasharray="{_DASHES[index % len(_DASHES)]}"' if index % len(_DASHES) else ""
    width = 0.6 if index == 0 else 0.4
    return (
        f'<path d="{path}" fill="none" stroke="{escape(colour)}" stroke-width="{width}"{dash}/>'
        + "".join(_marker(index, *point, colour) for point in points if point)
    )  # fmt: skip


def _marker(index: int, x: float, y: float, colour: str) -> str:
    """● ■ ▲ ◆: the first filled, the others white inside, so that they stay apart in black and white."""
    half = _MARKER
    fill = escape(colour if index == 0 else "#fff")
    stroke = f'fill="{fill}" stroke="{escape(colour)}" stroke-width="0.3"'
    match index % 4:
        case 0:
            return f'<circle cx="{mm(x)}" cy="{mm(y)}" r="{mm(half)}" {stroke}/>'
        case 1:
            return f'<path d="M{mm(x - half)} {mm(y - half)}h{2 * half}v{2 * half}h-{2 * half}z" {stroke}/>'
        case 2:
            return f'<path d="M{mm(x)} {mm(y - half)}l{half} {2 * half}h-{2 * half}z" {stroke}/>'
        case _:
            return f'<path d="M{mm(x)} {mm(y - half)}l{half} {half}l-{half} {half}l-{half} -{half}z" {stroke}/>'


def _names(plane: _Plane, pen: Pen, room: float) -> str:
    """Each line's name beside its last point; names that would touch are moved apart."""
    wanted: list[list[float]] = []
    for index, line in enumerate(plane.chart.lines):
        values = [value for value in line.values if value is not None]
        if values:
            wanted.append([plane.y(values[-1]), index])
    wanted.sort()
    for above, below in pairwise(wanted):
        below[0] = max(below[0], above[0] + pen.em * 1.15)
    names = ((y, plane.chart.lines[int(index)].name) for y, index in wanted)
    return "".join(pen.text(plane.right + _GAP, y, name, "start", room=room) for y, name in names)
