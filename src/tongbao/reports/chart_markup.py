"""Reads the data of a picture from a template: bars, grouped bars, shares or lines, every slip told with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf, isfinite

from tongbao.reports.charts import BarChart, BarSeries, Chart, GroupedBarChart, Line, LineChart, ShareChart
from tongbao.reports.markup import Element

Wrong = Callable[[Element, str, str], None]
"""Called with the element, what is the matter with it, and the remedy."""


def read_chart(figure: Element, wrong: Wrong) -> Chart:
    """The picture of a <figure>: one <bars>, <groups>, <shares> or <lines>."""
    charts = figure.elements(*_READERS)
    if len(charts) != 1:
        marks = "、".join(f"<{tag}>" for tag in _READERS)
        wrong(figure, "图中没有数据，或不止一组", f"请在 <figure> 内放一个 {marks}")
        return BarChart((), (), (), "", "")
    return _READERS[charts[0].tag](charts[0], wrong)


def _bars(element: Element, wrong: Wrong) -> Chart:
    bars = element.elements("bar")
    if not bars:
        wrong(element, "图中没有数据", "请在 <bars> 内至少放一个 <bar>")
    return BarChart(
        tuple(bar.attributes.get("name", "") for bar in bars),
        tuple(_value(bar, "条形", wrong) for bar in bars),
        tuple(bar.attributes.get("label", bar.attributes.get("value", "")) for bar in bars),
        element.attributes.get("axis", ""),
        element.attributes.get("series", ""),
    )


def _groups(element: Element, wrong: Wrong) -> Chart:
    return GroupedBarChart(*_series(element, wrong), element.attributes.get("axis", ""))


def _shares(element: Element, wrong: Wrong) -> Chart:
    categories, series = _series(element, wrong)
    if any(value < 0 for each in series for value in each.values if value is not None):
        wrong(element, "占比图中有负数", "各部分须是0以上的数，占比才有意义")
    return ShareChart(categories, series, element.attributes.get("axis", ""))


def _series(element: Element, wrong: Wrong) -> tuple[tuple[str, ...], tuple[BarSeries, ...]]:
    """The categories, which every <series> names in the same order, and the series; an empty value is none."""
    drawn: dict[tuple[str, ...], list[BarSeries]] = {}
    for series in element.elements("series"):
        bars = series.elements("bar")
        values = tuple(_value(bar, "条形", wrong) if bar.attributes.get("value") else None for bar in bars)
        labels = tuple(bar.attributes.get("label", bar.attributes.get("value", "")) for bar in bars)
        shown = tuple("" if value is None else label for value, label in zip(values, labels, strict=True))
        categories = tuple(bar.attributes.get("name", "") for bar in bars)
        drawn.setdefault(categories, []).append(BarSeries(series.attributes.get("name", ""), values, shown))
    categories, found = next(iter(drawn.items()), ((), []))
    if len(drawn) != 1 or not any(value is not None for each in found for value in each.values):
        remedy = "请让每个 <series> 有同样的 <bar name=…>，没有数的把 value 留空"
        wrong(element, "图中没有数据，或各组条形的名称不同", remedy)
    return categories, tuple(found)


def _lines(element: Element, wrong: Wrong) -> Chart:
    drawn: dict[tuple[str, ...], list[Line]] = {}
    for line in element.elements("line"):
        points = line.elements("point")
        values = (_value(point, "折线", wrong) if point.attributes.get("value") else None for point in points)
        labels = (point.attributes.get("label", "") if point.attributes.get("value") else "" for point in points)
        periods = tuple(point.attributes.get("at", "") for point in points)
        drawn.setdefault(periods, []).append(Line(line.attributes.get("name", ""), tuple(values), tuple(labels)))
    periods, lines = next(iter(drawn.items()), ((), []))
    if len(drawn) != 1 or not any(value is not None for line in lines for value in line.values):
        remedy = "请让每个 <line> 有同样的 <point at=…>，没有数的月份把 value 留空"
        wrong(element, "图中没有数据，或各条折线的期间不同", remedy)
    return LineChart(periods, tuple(lines), element.attributes.get("axis", ""))


_READERS: Mapping[str, Callable[[Element, Wrong], Chart]] = {
    "bars": _bars,
    "groups": _groups,
    "shares": _shares,
    "lines": _lines,
}


def _value(element: Element, what: str, wrong: Wrong) -> float:
    text = element.attributes.get("value", "")
    try:
        value = float(text.replace("−", "-"))
    except ValueError:
        value = inf
    if isfinite(value):
        return value
    wrong(element, f"{what}的值“{text}”不是数字", "请改正 value")
    return 0.0
