"""The axis that every picture of bars stands on: round numbers, short ticks, room for the names at its left."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from tongbao.outputs.html.pen import WIDTH, Pen, mm, number, wide
from tongbao.reports.charts import round_step

LABELS = 0.36
"""At most this part of the width for the names of the categories."""
_GAP = 1.5


def left_edge(categories: Sequence[str], pen: Pen) -> float:
    """Where the bars begin, in mm: right of the longest name."""
    return min(max((wide(name, pen.size) for name in categories), default=0.0), WIDTH * LABELS) + _GAP


def ticks(values: Sequence[float]) -> list[float]:
    """About five round numbers around the values and nought: 0, 20, 40 and so on."""
    low, high = min((0.0, *values)), max((0.0, *values))
    if high <= low:
        return [0.0, 1.0]
    step = round_step((high - low) / 5)
    return [index * step for index in range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1)]


def axis(
    marks: Sequence[float], zero: float, scale: float, heights: tuple[float, float], pen: Pen, *, percent: bool = False
) -> str:
    """Draw the axis with its numbers.

    Args:
        marks: where ticks stand.
        zero: mm, of nought.
        scale: mm a unit.
        heights: mm, where the axis of nought begins and ends.
        pen: of the numbers.
        percent: whether the marks are shares of 1, shown in per cent.
    """
    top, bottom = heights
    # Every bar bears its value, so short ticks do: lines across the drawing would run through the values.
    lines = "".join(f"M{mm(zero + mark * scale)} {mm(bottom)}v1" for mark in marks)
    line = (
        f"M{mm(zero + marks[0] * scale)} {mm(bottom)}H{mm(zero + marks[-1] * scale)}M{mm(zero)} {mm(top)}V{mm(bottom)}"
    )
    numbers = "".join(
        pen.text(
            zero + mark * scale,
            bottom + pen.em * 0.9,
            f"{number(round(mark * 100, 9))}%" if percent else number(mark),
            "middle",
        )
        for mark in marks
    )
    return f'<path d="{line}{lines}" fill="none" stroke="#000" stroke-width="0.25"/>{numbers}'
