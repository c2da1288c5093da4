"""Pictures as hand-written SVG: sharp at any size, readable when printed in black and white, made in no time."""

from __future__ import annotations

from html import escape

from tongbao.outputs.html import bars, grouped, lines, shares
from tongbao.outputs.html.pen import WIDTH, mm, number
from tongbao.reports.document import BarChart, Chart, Figure, GroupedBarChart, ShareChart


def height(chart: Chart) -> float:
    """The height of the drawing in mm."""
    if isinstance(chart, BarChart):
        return bars.height(chart)
    if isinstance(chart, GroupedBarChart):
        return grouped.height(chart)
    return shares.height(chart) if isinstance(chart, ShareChart) else lines.HEIGHT


def svg(figure: Figure, *, fill: str, family: str) -> str:
    """Draw a figure's chart.

    Args:
        figure: the chart with its caption and its text for those who cannot see it.
        fill: colour of the bars, or of the first line, #RRGGBB.
        family: CSS font-family list for the labels.
    """
    chart = figure.chart
    if isinstance(chart, BarChart):
        drawn, words = bars.draw(chart, fill=fill, family=family), bars.words(chart)
    elif isinstance(chart, GroupedBarChart):
        drawn, words = grouped.draw(chart, fill=fill, family=family), _words(chart)
    elif isinstance(chart, ShareChart):
        drawn, words = shares.draw(chart, fill=fill, family=family), _words(chart)
    else:
        drawn, words = lines.draw(chart, colour=fill, family=family), lines.words(chart)
    size = height(chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{mm(WIDTH)}mm" height="{mm(size)}mm" '
        f'viewBox="0 0 {mm(WIDTH)} {mm(size)}"><title>{escape(figure.caption)}</title>'
        f"<desc>{escape(f'{figure.alt}。{chart.axis_title}：{words}。')}</desc>{drawn}</svg>"
    )


def _words(chart: GroupedBarChart | ShareChart) -> str:
    """The figures of every category for those who cannot see them."""
    return "；".join(
        f"{category}："
        + "，".join(
            f"{each.name} {'无' if (value := each.values[place]) is None else each.labels[place] or number(value)}"
            for each in chart.series
        )
        for place, category in enumerate(chart.categories)
    )
