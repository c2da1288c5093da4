"""Reads the data of a picture from a template: bars or lines, every slip told with its line."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isfinite

from tongbao.reports.charts import BarChart, Chart, Line, LineChart
from tongbao.reports.markup import Element

Wrong = Callable[[Element, str, str], None]
"""Called with the element, what is the matter with it, and the remedy."""


def read_chart(figure: Element, wrong: Wrong) -> Chart:
    """The picture of a <figure>: one <bars> or one <lines>."""
    charts = figure.elements("bars", "lines")
    if len(charts) != 1:
        wrong(figure, "图中没有数据，或不止一组", "请在 <figure> 内放一个 <bars> 或一个 <lines>")
        return BarChart((), (), (), "", "")
    return _bars(charts[0], wrong) if charts[0].tag == "bars" else _lines(charts[0], wrong)


def _bars(element: Element, wrong: Wrong) -> BarChart:
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


def _lines(element: Element, wrong: Wrong) -> LineChart:
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
