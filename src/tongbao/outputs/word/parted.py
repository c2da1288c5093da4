"""Bars of several series as native Word charts: side by side, or as parts of a whole; told apart without colour."""

from __future__ import annotations

from typing import Final

from tongbao.outputs.word.chart_xml import (
    BOX,
    GREY,
    SHOW_VALUE,
    axis_title,
    cache,
    column,
    number_format,
    plain,
    space,
    text_properties,
    words,
    workbook,
)
from tongbao.outputs.word.xml import em_width
from tongbao.reports.document import GroupedBarChart, ShareChart, Style

_POINTS_A_MM: Final = 72 / 25.4
_AXES_MM: Final = 22.0  # the axis, what it measures, and the key
_LETTERS: Final = (5.0, 9.0)
_PATTERNS: Final = ("wdUpDiag", "dkHorz", "wdDnDiag", "smGrid", "dkVert", "lgCheck", "pct50")
_GREYS: Final = ("FFFFFF", "BFBFBF", "7F7F7F")
_PLOT_MM: Final = 115.0  # at least, of a chart as wide as 版心


def height_mm(chart: GroupedBarChart | ShareChart) -> float:
    """The height of the bars and of what stands under them."""
    return _AXES_MM + chart.pitch_mm * len(chart.categories)


def xml(chart: GroupedBarChart | ShareChart, style: Style) -> str:
    """Write the bars, the first category on top, the key below in the order of the series."""
    parts = isinstance(chart, ShareChart)
    text = text_properties(_points(chart))
    series = "".join(_series(chart, place, style, text) for place in range(len(chart.series)))
    grouping, gap, overlap = ("percentStacked", 45, 100) if parts else ("clustered", 60, 0)
    return space(
        f'<c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/><c:axId val="111111111"/><c:axId val="222222222"/>'
        '</c:barChart><c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{GREY}{text}<c:crossAx val="222222222"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/>'
        '<c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>{_bounds(chart)}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/>{axis_title(chart.axis_title, text)}'
        f'<c:numFmt formatCode="{"0%" if parts else "General"}" sourceLinked="0"/><c:majorTickMark val="out"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{GREY}{text}<c:crossAx val="111111111"/>'
        '<c:crosses val="max"/><c:crossBetween val="between"/></c:valAx>',
        after=f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{text}</c:legend>',
    )


def figures(chart: GroupedBarChart | ShareChart) -> bytes:
    """The workbook behind the bars: categories down, series across, the counts themselves and not their shares."""
    rows = ((name, tuple(one.values[place] for one in chart.series)) for place, name in enumerate(chart.categories))
    return workbook(tuple(one.name for one in chart.series), rows)


def _points(chart: GroupedBarChart | ShareChart) -> float:
    """The size of the letters: as large as the bars allow."""
    bar = chart.pitch_mm if isinstance(chart, ShareChart) else chart.pitch_mm / max(1, len(chart.series))
    return round(min(_LETTERS[1], max(_LETTERS[0], bar * 0.75 * _POINTS_A_MM)), 2)


def _series(chart: GroupedBarChart | ShareChart, place: int, style: Style, text: str) -> str:
    one, last, name = chart.series[place], len(chart.categories) + 1, column(place)
    values = tuple(None if value is None else plain(value) for value in one.values)
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>Sheet1!${name}$1</c:f>'
        f"{cache('c:strCache', (one.name,))}</c:strRef></c:tx>"
        # An outline keeps the bars apart from the paper and from each other, whatever the fill.
        f'<c:spPr>{_fill(place, style)}<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        f'</c:spPr><c:invertIfNegative val="0"/>{_labels(chart, place, text)}'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f>{cache('c:strCache', chart.categories)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${name}$2:${name}${last}</c:f>"
        f"{cache('c:numCache', values, '<c:formatCode>General</c:formatCode>')}</c:numRef></c:val></c:ser>"
    )


def _fill(place: int, style: Style) -> str:
    """The first series in the county's colour, then white and grey, then patterns that no printer makes alike."""
    colour = style.bar.lstrip("#").upper()
    if place <= len(_GREYS):
        return f'<a:solidFill><a:srgbClr val="{(colour, *_GREYS)[place]}"/></a:solidFill>'
    pattern = _PATTERNS[(place - 1 - len(_GREYS)) % len(_PATTERNS)]
    return (
        f'<a:pattFill prst="{pattern}"><a:fgClr><a:srgbClr val="000000"/></a:fgClr>'
        '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
    )


def _bounds(chart: GroupedBarChart | ShareChart) -> str:
    """Bars start at nought: a cut-off axis would make small gaps look large."""
    if isinstance(chart, ShareChart):
        return '<c:max val="1"/><c:min val="0"/>'
    least = min((value for one in chart.series for value in one.values if value is not None), default=0)
    return '<c:min val="0"/>' if least >= 0 else ""


def _labels(chart: GroupedBarChart | ShareChart, place: int, text: str) -> str:
    """Each label as the notice prints it, at the end of its bar or on a white ground in the middle of its part.

    A part too narrow for its label stays bare, or the figures would cover each other; the workbook has them all.
    """
    one, parts = chart.series[place], isinstance(chart, ShareChart)
    shown = [
        (category, value, label)
        for category, (value, label) in enumerate(zip(one.values, one.labels, strict=True))
        if label and value is not None and _has_room(chart, place, category)
    ]
    code = number_format([value for _, value, _ in shown], [label for _, _, label in shown])
    ground = '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
    look = f"{ground if parts else BOX}{text}"
    where = f'<c:dLblPos val="{"ctr" if parts else "outEnd"}"/>'
    single = "".join(
        f'<c:dLbl><c:idx val="{category}"/>{words(label, code)}{look}{where}{SHOW_VALUE}</c:dLbl>'
        for category, _, label in shown
    )
    bare = SHOW_VALUE.replace('<c:showVal val="1"/>', '<c:showVal val="0"/>')
    return f"<c:dLbls>{single}{look}{where}{bare}</c:dLbls>"


def _has_room(chart: GroupedBarChart | ShareChart, place: int, category: int) -> bool:
    if isinstance(chart, GroupedBarChart):
        return True
    width = (em_width(chart.series[place].labels[category]) + 0.5) * _points(chart) / _POINTS_A_MM
    return chart.shares(category)[place] * _PLOT_MM >= width
