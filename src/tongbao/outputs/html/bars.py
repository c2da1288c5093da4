"""Ranked bars as hand-written SVG: sharp at any size, readable when printed in black and white, made in no time."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor

from tongbao.outputs.html.pen import MM_A_POINT, WIDTH, Pen, mm, number, wide
from tongbao.reports.charts import BarChart, round_step

_FULL = 10.5  # pt, of labels where there is room
_LEGIBLE = 8.0  # a name that needs smaller letters is set in them alone
_SMALLEST = 6.0
_LABELS = 0.36  # at most this part of the width for the names of the categories
_AXIS = 10.0  # mm for ticks and the title of the axis
_GAP = 1.5


def _steps(low: float, high: float) -> list[float]:
    """About five round numbers from low to high: 0, 20, 40 and so on."""
    step = round_step((high - low) / 5)
    return [index * step for index in range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1)]


def height(chart: BarChart) -> float:
    """The height of the drawing in mm."""
    return chart.pitch_mm * len(chart.values) + _AXIS


def draw(chart: BarChart, *, fill: str, family: str) -> str:
    """The elements of the drawing: longest names first measured, values at the end of each bar."""
    pitch, total = chart.pitch_mm, height(chart)
    longest = max((wide(name, 1) for name in chart.categories), default=1.0)
    named = max(_LEGIBLE, WIDTH * _LABELS / longest)
    pen = Pen(family, max(_SMALLEST, min(_FULL, pitch / MM_A_POINT * 0.62, named)))
    em = pen.size * MM_A_POINT
    left = min(max((wide(name, pen.size) for name in chart.categories), default=0.0), WIDTH * _LABELS) + _GAP
    right = WIDTH - max((wide(label, pen.size) for label in chart.labels), default=0.0) - 2 * _GAP
    ticks = _ticks(chart.values)
    scale = (right - left) / (ticks[-1] - ticks[0])
    zero = left - ticks[0] * scale
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
    parts.append(_axis(ticks, zero, scale, bottom, pen))
    return "".join(parts)


def words(chart: BarChart) -> str:
    """The same for those who cannot see it."""
    return "；".join(f"{name} {label}" for name, label in zip(chart.categories, chart.labels, strict=True))


def _ticks(values: Sequence[float]) -> list[float]:
    low, high = min((0.0, *values)), max((0.0, *values))
    return _steps(low, high) if high > low else [0.0, 1.0]


def _axis(ticks: Sequence[float], zero: float, scale: float, bottom: float, pen: Pen) -> str:
    # Every bar bears its value, so short ticks do: lines across the drawing would run through the values.
    lines = "".join(f"M{mm(zero + tick * scale)} {mm(bottom)}v1" for tick in ticks)
    line = f"M{mm(zero + ticks[0] * scale)} {mm(bottom)}H{mm(zero + ticks[-1] * scale)}M{mm(zero)} 0V{mm(bottom)}"
    em = pen.size * MM_A_POINT
    numbers = "".join(pen.text(zero + tick * scale, bottom + em * 0.9, number(tick), "middle") for tick in ticks)
    return f'<path d="{line}{lines}" fill="none" stroke="#000" stroke-width="0.25"/>{numbers}'
