"""Stacked shares as hand-written SVG: one bar of full length a category; what is too narrow for its label is told."""

from __future__ import annotations

from tongbao.outputs.html.axis import axis, left_edge
from tongbao.outputs.html.fills import Area, dark, filled, hatched, key, key_height
from tongbao.outputs.html.pen import WIDTH, Pen, mm, wide
from tongbao.reports.charts import ShareChart

_SIZE = 9.0  # pt
_AXIS = 10.0
_GAP = 1.5
_THICK = 0.7  # of the pitch
_BESIDE = 0.3  # at most this part of the width for labels that found no room inside
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def height(chart: ShareChart) -> float:
    """The height of the drawing in mm."""
    names = [each.name for each in chart.series]
    return key_height(names, Pen("", _SIZE)) + chart.pitch_mm * len(chart.categories) + _AXIS


def draw(chart: ShareChart, *, fill: str, family: str) -> str:
    """The elements of the drawing."""
    key_pen = Pen(family, _SIZE)
    pen = Pen(family, min(_SIZE, chart.pitch_mm * _THICK / 0.42))
    names = [each.name for each in chart.series]
    top, total = key_height(names, key_pen), height(chart)
    left = left_edge(chart.categories, key_pen)
    # How much room is left for the bars depends on which labels find none inside them: a first look, with all the
    # room there may be, finds every label that a narrower bar could lose.
    widest = _beside(chart, pen, (WIDTH - left) * (1 - _BESIDE))
    beside = min(max((wide(text, pen.size) for text in widest), default=0.0) + _GAP, WIDTH * _BESIDE)
    length = WIDTH - left - max(beside, wide("100%", key_pen.size) / 2)
    parts = [key(names, key_pen, fill)]
    for place, (category, outside) in enumerate(zip(chart.categories, _beside(chart, pen, length), strict=True)):
        middle = top + chart.pitch_mm * (place + 0.5)
        thick, x = chart.pitch_mm * _THICK, left
        parts.append(key_pen.text(left - _GAP, middle, category, "end", room=left - _GAP))
        for index, (each, share) in enumerate(zip(chart.series, chart.shares(place), strict=True)):
            if share <= 0:
                continue
            across = share * length
            parts.append(filled(Area(x, middle - thick / 2, across, thick), index, fill))
            if _fits(each.labels[place], across, pen):
                parts.append(_label(pen, x + across / 2, middle, each.labels[place], index))
            x += across
        if outside:
            parts.append(pen.text(x + _GAP * 0.7, middle, outside, "start", room=WIDTH - x - _GAP * 0.7))
    parts.append(axis(_TICKS, left, length, (top, total - _AXIS), key_pen, percent=True))
    parts.append(key_pen.text(left + length / 2, total - key_pen.em * 0.5, chart.axis_title, "middle"))
    return "".join(parts)


def _fits(label: str, across: float, pen: Pen) -> bool:
    return wide(label, pen.size) + 1.0 <= across


def _beside(chart: ShareChart, pen: Pen, length: float) -> list[str]:
    """What stands after each bar: labels that are wider than their part, by name; “无” where there is nothing."""
    told = []
    for place in range(len(chart.categories)):
        shares = chart.shares(place)
        narrow = [
            f"{each.name} {each.labels[place]}"
            for each, share in zip(chart.series, shares, strict=True)
            if share > 0 and each.labels[place] and not _fits(each.labels[place], share * length, pen)
        ]
        told.append("，".join(narrow) if sum(shares) else "无")
    return told


def _label(pen: Pen, x: float, y: float, text: str, place: int) -> str:
    """A label on its part: white on the dark one, on white paper where lines would run through it."""
    if dark(place):
        return pen.text(x, y, text, "middle", colour="#fff")
    if not hatched(place):
        return pen.text(x, y, text, "middle")
    across = wide(text, pen.size) + 0.6
    paper = (
        f'<rect x="{mm(x - across / 2)}" y="{mm(y - pen.em * 0.55)}" width="{mm(across)}" '
        f'height="{mm(pen.em * 1.1)}" fill="#fff"/>'
    )
    return paper + pen.text(x, y, text, "middle")
