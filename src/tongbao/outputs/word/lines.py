"""A trend as a native Word chart: lines told apart by dashes and markers; a month without a figure is a gap."""

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
from tongbao.outputs.word.xml import escape
from tongbao.reports.document import LineChart, Style

HEIGHT_MM: Final = 64.0
_POINTS: Final = 9.0
_SMALL: Final = 8.0
_ROOMY: Final = 8  # months that leave room for larger letters
_DASHES: Final = ("solid", "dash", "sysDot", "dashDot")
_MARKERS: Final = ("circle", "square", "triangle", "diamond")


def xml(chart: LineChart, style: Style) -> str:
    """Write the lines; the first in the colour of the bars, all others in black, each named in the legend."""
    text = text_properties(_POINTS if len(chart.periods) <= _ROOMY else _SMALL)
    low, high, step = chart.scale
    months = tuple("\n".join(filter(None, tick)) for tick in chart.ticks)
    series = "".join(_series(chart, index, months, style, text) for index in range(len(chart.lines)))
    return space(
        '<c:layout/><c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{series}<c:marker val="1"/><c:axId val="111111111"/><c:axId val="222222222"/></c:lineChart>'
        '<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{GREY}{text}<c:crossAx val="222222222"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/>'
        '<c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{plain(high)}"/><c:min val="{plain(low)}"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        '<c:majorGridlines><c:spPr><a:ln w="3175"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>'
        f"</c:majorGridlines>{axis_title(chart.axis_title, text)}"
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{GREY}{text}<c:crossAx val="111111111"/><c:crosses val="autoZero"/>'
        f'<c:crossBetween val="between"/><c:majorUnit val="{plain(step)}"/></c:valAx>',
        after=f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{text}</c:legend>',
    )


def figures(chart: LineChart) -> bytes:
    """The workbook behind the lines: months down, lines across, empty where there is no figure."""
    rows = ((period, tuple(line.values[index] for line in chart.lines)) for index, period in enumerate(chart.periods))
    return workbook(tuple(line.name for line in chart.lines), rows)


def _series(chart: LineChart, index: int, months: tuple[str, ...], style: Style, text: str) -> str:
    line, last, name = chart.lines[index], len(months) + 1, column(index)
    colour = style.bar.lstrip("#").upper() if index == 0 else "000000"
    pen = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    inside = pen if index == 0 else '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
    dash, marker = _DASHES[index % len(_DASHES)], _MARKERS[index % len(_MARKERS)]
    values = tuple(None if value is None else plain(value) for value in line.values)
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>Sheet1!${name}$1</c:f>'
        f"{cache('c:strCache', (line.name,))}</c:strRef></c:tx>"
        f'<c:spPr><a:ln w="{22225 if index == 0 else 15875}" cap="rnd">{pen}<a:prstDash val="{dash}"/></a:ln></c:spPr>'
        f'<c:marker><c:symbol val="{marker}"/><c:size val="6"/><c:spPr>{inside}<a:ln w="9525">{pen}</a:ln></c:spPr>'
        f"</c:marker>{_labels(chart, index, text)}"
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f>{cache('c:strCache', months)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${name}$2:${name}${last}</c:f>"
        f"{cache('c:numCache', values, '<c:formatCode>General</c:formatCode>')}</c:numRef></c:val>"
        '<c:smooth val="0"/></c:ser>'
    )


def _labels(chart: LineChart, number: int, text: str) -> str:
    """Each label as the notice prints it; points without one stay bare."""
    line = chart.lines[number]
    shown = [
        (index, value, label)
        for index, (value, label) in enumerate(zip(line.values, line.labels, strict=True))
        if label and value is not None
    ]
    code = number_format([value for _, value, _ in shown], [label for _, _, label in shown])
    labels = "".join(
        f'<c:dLbl><c:idx val="{index}"/>{words(label, code)}{BOX}{text}'
        f'<c:dLblPos val="{"b" if chart.below(number, index) else "t"}"/>{SHOW_VALUE}</c:dLbl>'
        for index, _, label in shown
    )
    bare = SHOW_VALUE.replace('<c:showVal val="1"/>', '<c:showVal val="0"/>')
    return f'<c:dLbls>{labels}{_form(code)}{BOX}{text}<c:dLblPos val="t"/>{bare}</c:dLbls>'


def _form(code: str | None) -> str:
    return f'<c:numFmt formatCode="{escape(code)}" sourceLinked="0"/>' if code else ""
