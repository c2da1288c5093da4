"""Bars side by side as hand-written SVG: each series in its own fill, no bar where there is no figure."""

from __future__ import annotations

from tongbao.outputs.html.axis import axis, left_edge, ticks
from tongbao.outputs.html.fills import Area, filled, key, key_height
from tongbao.outputs.html.pen import WIDTH, Pen, wide
from tongbao.reports.charts import GroupedBarChart

_SIZE = 9.0  # pt
_FULL = 0.82  # of a category's pitch that its bars take
_AXIS = 10.0
_GAP = 1.5


def height(chart: GroupedBarChart) -> float:
    """The height of the drawing in mm."""
    names = [each.name for each in chart.series]
    return key_height(names, Pen("", _SIZE)) + chart.pitch_mm * len(chart.categories) + _AXIS


def draw(chart: GroupedBarChart, *, fill: str, family: str) -> str:
    """The elements of the drawing; labels shrink with the bars that they stand at."""
    key_pen = Pen(family, _SIZE)
    names = [each.name for each in chart.series]
    thick = chart.pitch_mm * _FULL / max(len(chart.series), 1)
    pen = Pen(family, min(_SIZE, thick / 0.38))
    top, total = key_height(names, key_pen), height(chart)
    present = [value for each in chart.series for value in each.values if value is not None]
    scale_ticks = ticks(present)
    left = left_edge(chart.categories, key_pen)
    labels = [label for each in chart.series for label in each.labels]
    right = WIDTH - max((wide(label, pen.size) for label in labels), default=0.0) - 2 * _GAP
    scale = (right - left) / (scale_ticks[-1] - scale_ticks[0])
    zero = left - scale_ticks[0] * scale
    parts = [key(names, key_pen, fill)]
    for place, category in enumerate(chart.categories):
        middle = top + chart.pitch_mm * (place + 0.5)
        parts.append(key_pen.text(left - _GAP, middle, category, "end", room=left - _GAP))
        for index, each in enumerate(chart.series):
            value = each.values[place]
            if value is None:
                continue
            y = middle - thick * len(chart.series) / 2 + thick * index
            start, end = sorted((zero, zero + value * scale))
            parts.append(filled(Area(start, y, end - start, thick * 0.9), index, fill))
            parts.append(pen.text(end + _GAP * 0.6, y + thick * 0.45, each.labels[place], "start"))
    parts.append(axis(scale_ticks, zero, scale, (top, total - _AXIS), key_pen))
    parts.append(key_pen.text((left + right) / 2, total - key_pen.em * 0.5, chart.axis_title, "middle"))
    return "".join(parts)
