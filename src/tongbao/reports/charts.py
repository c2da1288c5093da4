"""The pictures of a notice before they are drawn: what stands in them, and the scale that every format shares."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

_HUNDRED = 100.0
_DIGITS = 9  # of floats that stand for round numbers
_ROOM = 0.15  # above and below the line, as a share of its height


@dataclass(frozen=True, slots=True)
class BarChart:
    """Ranked bars: one value a category, drawn as vectors in PDF and as a native, editable chart in Word."""

    categories: tuple[str, ...]
    values: tuple[float, ...]
    labels: tuple[str, ...]  # what stands at the end of each bar, as printed elsewhere in the notice
    axis_title: str
    series: str

    @property
    def pitch_mm(self) -> float:
        """From bar to bar in mm: roomy for a few, closer for many, and never higher in all than a page."""
        count = max(len(self.values), 1)
        return min(7.0, max(4.5, 90 / count), 180 / count)


@dataclass(frozen=True, slots=True)
class BarSeries:
    """One row of bars, or one part of each whole.

    Attributes:
        name: what the key calls it (10月, 满意).
        values: one a category; None where there is none: no bar, never nought.
        labels: what stands at each bar, as printed elsewhere in the notice; "" for a bar without a label.
    """

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupedBarChart:
    """Bars side by side in every category (this month beside last month), told apart in black and white too."""

    categories: tuple[str, ...]
    series: tuple[BarSeries, ...]
    axis_title: str

    @property
    def pitch_mm(self) -> float:
        """From category to category in mm, by the bars in each; in all they fit below the title of an attachment."""
        count = max(len(self.categories), 1)
        return min(3.5 * len(self.series) + 2.5, 140 / count)


@dataclass(frozen=True, slots=True)
class ShareChart:
    """What each whole consists of: one bar of full length a category, its parts stacked to 100%.

    The parts are counts or points; every writer draws value ÷ sum of the category.
    """

    categories: tuple[str, ...]
    series: tuple[BarSeries, ...]
    axis_title: str

    @property
    def pitch_mm(self) -> float:
        """From bar to bar in mm, as of ranked bars."""
        count = max(len(self.categories), 1)
        return min(8.0, max(5.0, 90 / count), 180 / count)

    def shares(self, place: int) -> tuple[float, ...]:
        """The parts of one category as shares of 1; none has a share where the whole is nought."""
        values = [each.values[place] or 0.0 for each in self.series]
        whole = sum(values)
        return tuple(value / whole if whole else 0.0 for value in values)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a trend.

    Attributes:
        name: what it shows (平均, 市公安局).
        values: one a month; None where there is none: a gap in the line, never nought.
        labels: what stands at each point, as printed elsewhere; "" for a point without a label.
    """

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """A trend over months: one line or a few, told apart by dashes and markers, so that black and white will do."""

    periods: tuple[str, ...]  # 2022年9月, one a point
    lines: tuple[Line, ...]
    axis_title: str

    @property
    def ticks(self) -> tuple[tuple[str, str], ...]:
        """What stands under each point: the month, and the year where it begins (9月, 2022年)."""
        ticks: list[tuple[str, str]] = []
        last = ""
        for period in self.periods:
            year, mark, month = period.rpartition("年")
            ticks.append((month, year + mark if year + mark != last else ""))
            last = year + mark
        return tuple(ticks)

    @property
    def present(self) -> tuple[float, ...]:
        """Every value of every line."""
        return tuple(value for line in self.lines for value in line.values if value is not None)

    def below(self, line: int, place: int) -> bool:
        """Whether a label stands below its point, out of the way of the lines above it."""
        present = [value for each in self.lines if (value := each.values[place]) is not None]
        return len(present) > 1 and self.lines[line].values[place] == min(present)

    @property
    def scale(self) -> tuple[float, float, float]:
        """Where the axis begins and ends, and its step: round numbers close around the values."""
        low, high = min(self.present, default=0.0), max(self.present, default=1.0)
        room = (high - low) * _ROOM or 1.0
        step = round_step((high - low + 2 * room) / 5)
        first, last = floor((low - room) / step) * step, ceil((high + room) / step) * step
        if low >= 0:  # an axis of points neither begins below nought nor goes beyond 100
            first = max(first, 0.0)
        if high <= _HUNDRED < last and (_HUNDRED / step).is_integer():
            last = _HUNDRED
        return round(first, _DIGITS), round(last, _DIGITS), round(step, _DIGITS)


def round_step(raw: float) -> float:
    """The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is no less."""
    size: float = 10.0 ** floor(log10(raw))
    return next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw * 0.999)


Chart = BarChart | GroupedBarChart | ShareChart | LineChart

TALLEST_ON_ITS_SIDE = 115.0
"""mm: bars of more height do not go on a page that lies on its side, with axis and caption below them."""


def bars_mm(chart: Chart) -> float:
    """How high the bars of a picture are in all, in mm; 0 of lines, which are of one height everywhere."""
    return 0.0 if isinstance(chart, LineChart) else chart.pitch_mm * len(chart.categories)
