"""Ranked bars as a native Word chart, labelled exactly as the notice prints its figures."""

from __future__ import annotations

from typing import Final

from tongbao.outputs.word.chart_xml import (
    BOX,
    GREY,
    SHOW_VALUE,
    axis_title,
    cache,
    number_format,
    plain,
    space,
    text_properties,
    words,
    workbook,
)
from tongbao.outputs.word.xml import escape
from tongbao.reports.document import BarChart, Style

_HALF: Final = 50
_HUNDRED_AND_ROOM: Final = 112
_AXES_MM: Final = 14.0
_POINTS_A_MM: Final = 72 / 25.4


def height_mm(chart: BarChart) -> float:
    """The height of the bars and of what stands under them."""
    return _AXES_MM + chart.pitch_mm * len(chart.categories)


def xml(chart: BarChart, style: Style) -> str:
    """Write the bars, sorted as they come, the first on top."""
    count = len(chart.categories)
    text = text_properties(round(min(10.5, max(5.0, chart.pitch_mm * 0.8 * _POINTS_A_MM)), 2))
    categories = cache("c:strCache", chart.categories)
    values = cache("c:numCache", tuple(plain(value) for value in chart.values), "<c:formatCode>General</c:formatCode>")
    fill = style.bar.lstrip("#").upper()
    unit = '<c:majorUnit val="20"/>' if _hundred(max(chart.values, default=0)) else ""
    return space(
        '<c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        '<c:ser><c:idx val="0"/><c:order val="0"/>'
        f"<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f>{cache('c:strCache', (chart.series,))}</c:strRef></c:tx>"
        # An outline keeps the bars apart from the paper in black and white, whatever the fill.
        f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln w="6350"><a:solidFill>'
        '<a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>'
        f"{_labels(chart, text)}"
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${count + 1}</c:f>{categories}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!$B$2:$B${count + 1}</c:f>{values}</c:numRef></c:val></c:ser>"
        '<c:gapWidth val="45"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>'
        '<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{GREY}{text}<c:crossAx val="222222222"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/>'
        '<c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>{_bounds(chart)}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/>{axis_title(chart.axis_title, text)}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{GREY}{text}<c:crossAx val="111111111"/><c:crosses val="max"/>'
        f'<c:crossBetween val="between"/>{unit}</c:valAx>'
    )


def figures(chart: BarChart) -> bytes:
    """The workbook behind the bars."""
    rows = ((name, (value,)) for name, value in zip(chart.categories, chart.values, strict=True))
    return workbook((chart.series,), rows)


def _bounds(chart: BarChart) -> str:
    """Bars start at nought: a cut-off axis would make small gaps look large.

    Points and percentages end at 100; the axis goes on a little, so that the figure beside the longest bar has room.
    """
    most, least = max(chart.values, default=0), min(chart.values, default=0)
    return (f'<c:max val="{_HUNDRED_AND_ROOM}"/>' if _hundred(most) else "") + (
        '<c:min val="0"/>' if least >= 0 else ""
    )


def _hundred(most: float) -> bool:
    return _HALF < most <= 2 * _HALF


def _labels(chart: BarChart, text: str) -> str:
    shown = SHOW_VALUE
    place = '<c:dLblPos val="outEnd"/>'
    code = number_format(chart.values, chart.labels)
    single = ""
    if code is None:
        single = "".join(
            f'<c:dLbl><c:idx val="{index}"/>{words(label, None)}{place}{shown}</c:dLbl>'
            for index, label in enumerate(chart.labels)
        )
    form = f'<c:numFmt formatCode="{escape(code or "General")}" sourceLinked="0"/>'
    return f"<c:dLbls>{single}{form}{BOX}{text}{place}{shown}</c:dLbls>"
