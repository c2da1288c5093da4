"""Ranked bars as hand-written SVG: sharp at any size, readable when printed in black and white, made in no time."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from tongbao.reports.document import BarChart, Figure

WIDTH = 156.0
"""mm: the width of the type area."""
_MM_A_POINT = 25.4 / 72
_FULL = 10.5  # pt, of labels where there is room
_LEGIBLE = 8.0  # a name that needs smaller letters is set in them alone
_SMALLEST = 6.0
_LABELS = 0.36  # at most this part of the width for the names of the categories
_AXIS = 10.0  # mm for ticks and the title of the axis
_GAP = 1.5
_NARROW = frozenset({"Na", "H", "N"})


def ems(text: str) -> float:
    """The width of a text in Hanzi widths: Latin letters and digits are half as wide."""
    return sum(0.5 if unicodedata.east_asian_width(character) in _NARROW else 1.0 for character in text)


def _wide(text: str, size: float) -> float:
    """How many mm a text takes in a sans serif face, whose digits are wider than half a Hanzi."""
    return (
        sum(0.57 if unicodedata.east_asian_width(character) in _NARROW else 1.0 for character in text)
        * size
        * _MM_A_POINT
    )


def _steps(low: float, high: float) -> list[float]:
    """About five round numbers from low to high: 0, 20, 40 and so on."""
    raw = (high - low) / 5
    size = 10 ** floor(log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw * 0.999)
    return [index * step for index in range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1)]


def _number(value: float) -> str:
    return f"{value:.10g}" if value else "0"


def _mm(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class _Pen:
    """Writes elements; one size and family of letters for the whole chart."""

    family: str
    size: float  # pt

    def text(self, x: float, y: float, content: str, anchor: str, *, room: float | None = None) -> str:
        wide = _wide(content, self.size)
        size = self.size if room is None or wide <= room else max(self.size * room / wide, 1.0)
        return (
            f'<text x="{_mm(x)}" y="{_mm(y + size * _MM_A_POINT * 0.36)}" text-anchor="{anchor}" '
            f'font-size="{_mm(size * _MM_A_POINT)}" font-family="{escape(self.family)}">{escape(content)}</text>'
        )


def height(chart: BarChart) -> float:
    """The height of the drawing in mm."""
    return chart.pitch_mm * len(chart.values) + _AXIS


def svg(figure: Figure, *, fill: str, family: str) -> str:
    """Draw a figure's bars, longest names first measured, values at the end of each bar.

    Args:
        figure: the chart with its caption and its text for those who cannot see it.
        fill: colour of the bars, #RRGGBB.
        family: CSS font-family list for the labels.
    """
    chart = figure.chart
    pitch, total = chart.pitch_mm, height(chart)
    longest = max((_wide(name, 1) for name in chart.categories), default=1.0)
    named = max(_LEGIBLE, WIDTH * _LABELS / longest)
    pen = _Pen(family, max(_SMALLEST, min(_FULL, pitch / _MM_A_POINT * 0.62, named)))
    em = pen.size * _MM_A_POINT
    left = min(max((_wide(name, pen.size) for name in chart.categories), default=0.0), WIDTH * _LABELS) + _GAP
    right = WIDTH - max((_wide(label, pen.size) for label in chart.labels), default=0.0) - 2 * _GAP
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
            f'<rect x="{_mm(start)}" y="{_mm(middle - pitch * 0.32)}" width="{_mm(end - start)}" '
            f'height="{_mm(pitch * 0.64)}" fill="{escape(fill)}"/>'
        )
        parts.append(pen.text(end + _GAP * 0.6, middle, label, "start"))
    parts.append(_axis(ticks, zero, scale, bottom, pen))
    words = "；".join(f"{name} {label}" for name, label in zip(chart.categories, chart.labels, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{_mm(WIDTH)}mm" height="{_mm(total)}mm" '
        f'viewBox="0 0 {_mm(WIDTH)} {_mm(total)}"><title>{escape(figure.caption)}</title>'
        f"<desc>{escape(f'{figure.alt}。{chart.axis_title}：{words}。')}</desc>{''.join(parts)}</svg>"
    )


def _ticks(values: Sequence[float]) -> list[float]:
    low, high = min((0.0, *values)), max((0.0, *values))
    return _steps(low, high) if high > low else [0.0, 1.0]


def _axis(ticks: Sequence[float], zero: float, scale: float, bottom: float, pen: _Pen) -> str:
    # Every bar bears its value, so short ticks do: lines across the drawing would run through the values.
    lines = "".join(f"M{_mm(zero + tick * scale)} {_mm(bottom)}v1" for tick in ticks)
    line = f"M{_mm(zero + ticks[0] * scale)} {_mm(bottom)}H{_mm(zero + ticks[-1] * scale)}M{_mm(zero)} 0V{_mm(bottom)}"
    em = pen.size * _MM_A_POINT
    numbers = "".join(pen.text(zero + tick * scale, bottom + em * 0.9, _number(tick), "middle") for tick in ticks)
    return f'<path d="{line}{lines}" fill="none" stroke="#000" stroke-width="0.25"/>{numbers}'
