"""Ranked bars as hand-written SVG: sharp at any size, readable when printed in black and white, made in no time."""

from __future__ import annotations

from html import escape

from tongbao.outputs.html.axis import LABELS, axis, left_edge, ticks
from tongbao.outputs.html.pen import MM_A_POINT, WIDTH, Pen, mm, wide
from tongbao.reports.charts import BarChart

_FULL = 10.5  # pt, of labels where there is room
_LEGIBLE = 8.0  # a name that needs smaller letters is set in them alone
_SMALLEST = 6.0
_AXIS = 10.0  # mm for ticks and the title of the axis
_GAP = 1.5


def height(chart: BarChart) -> float:
    """The height of the drawing in mm."""
    return chart.pitch_mm * len(chart.values) + _AXIS


def draw(chart: BarChart, *, fill: str, family: str) -> str:
    """The elements of the drawing: longest names first measured, values at the end of each bar."""
    pitch, total = chart.pitch_mm, height(chart)
    longest = max((wide(name, 1) for name in chart.categories), default=1.0)
    named = max(_LEGIBLE, WIDTH * LABELS / longest)
    pen = Pen(family, max(_SMALLEST, min(_FULL, pitch / MM_A_POINT * 0.62, named)))
    em = pen.size * MM_A_POINT
    left = left_edge(chart.categories, pen)
    right = WIDTH - max((wide(label, pen.size) for label in chart.labels), default=0.0) - 2 * _GAP
    marks = ticks(chart.values)
    scale = (right - left) / (marks[-1] - marks[0])
    zero = left - marks[0] * scale
    bottom = total - _AXIS
    parts = [pen.text((left + right) / 2, total - em * 0.5, chart.axis_title, "middle")]
    for index, (name, value, label) in enumerate(zip(chart.categories, chart.values, chart.labels, strict=True)):
        middle = pitch * (index + 0.5)
        start, end = sorted((zero, zero + value * scale))
        parts.append(pen.text(left - _GAP, middle, name, "end", room=left - _GAP))
        parts.append(
            f'<rect x="{mm(start)}" y="{mm(middle - pitch * 0.32)}" width="{mm(end - start)}" '
            f'height="{mm(pitch * 0.64)}" fill="{escape(fill)}"/>'
        )
        parts.append(pen.text(end + _GAP * 0.6, middle, label, "start"))
    parts.append(axis(marks, zero, scale, (0.0, bottom), pen))
    return "".join(parts)


def words(chart: BarChart) -> str:
    """The same for those who cannot see it."""
    return "；".join(f"{name} {label}" for name, label in zip(chart.categories, chart.labels, strict=True))
