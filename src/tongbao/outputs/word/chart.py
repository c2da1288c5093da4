"""Ranked bars as a native Word chart: sharp at any size, and “edit data” opens the figures behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from tongbao.ooxml.package import pack
from tongbao.outputs.word.page import PORTRAIT, TWIPS_A_MM
from tongbao.outputs.word.styles import DECLARATION, FANG
from tongbao.outputs.word.xml import escape
from tongbao.reports.document import BarChart, Figure, Style

EMU_A_MM: Final = 36000
CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGES: Final = "http://schemas.openxmlformats.org/package/2006"
_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HALF: Final = 50
_HUNDRED_AND_ROOM: Final = 112
_MOST_DECIMALS: Final = 6
_AXES_MM: Final = 14.0
_POINTS_A_MM: Final = 72 / 25.4


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart and the workbook inside it, as parts of the package."""

    xml: str
    workbook: bytes


def height_mm(chart: BarChart) -> float:
    """The height of the bars and of what stands under them."""
    return _AXES_MM + chart.pitch_mm * len(chart.categories)


def drawing(figure: Figure, number: int, width: int) -> str:
    """Write the run that holds chart `number` in the text; `width` of 版心 in twips."""
    across = round(min(width, PORTRAIT.text_width) / TWIPS_A_MM * EMU_A_MM)
    down = round(height_mm(figure.chart) * EMU_A_MM)
    return (
        "<w:r><w:drawing>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="{number}" name="{escape(figure.caption or f"图{number}")}" descr="{escape(figure.alt)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART}">'
        f'<c:chart r:id="chart{number}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def relations(number: int) -> str:
    """Write the relationships of chart `number`: its workbook, inside the file."""
    return (
        f'{DECLARATION}<Relationships xmlns="{_PACKAGES}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/package" Target="../embeddings/chart{number}.xlsx"/></Relationships>'
    )


def chart_part(chart: BarChart, style: Style) -> ChartPart:
    """Write a chart with its figures, sorted as they come, the first on top."""
    count = len(chart.categories)
    size = round(min(10.5, max(5.0, chart.pitch_mm * 0.8 * _POINTS_A_MM)) * 100)
    text = (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
        f'<a:latin typeface="{FANG}"/><a:ea typeface="{FANG}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
    categories = _cache("c:strCache", chart.categories)
    values = _cache(
        "c:numCache", tuple(_plain(value) for value in chart.values), "<c:formatCode>General</c:formatCode>"
    )
    fill = style.bar.lstrip("#").upper()
    grey = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="595959"/></a:solidFill></a:ln></c:spPr>'
    unit = '<c:majorUnit val="20"/>' if _hundred(max(chart.values, default=0)) else ""
    xml = (
        f'{DECLARATION}<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_RELATIONS}">'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        '<c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        '<c:ser><c:idx val="0"/><c:order val="0"/>'
        f"<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f>{_cache('c:strCache', (chart.series,))}</c:strRef></c:tx>"
        # An outline keeps the bars apart from the paper in black and white, whatever the fill.
        f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln w="6350"><a:solidFill>'
        '<a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>'
        f"{_labels(chart, text)}"
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${count + 1}</c:f>{categories}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!$B$2:$B${count + 1}</c:f>{values}</c:numRef></c:val></c:ser>"
        '<c:gapWidth val="45"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>'
        '<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{grey}{text}<c:crossAx val="222222222"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/>'
        '<c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>{_bounds(chart)}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/>{_axis_title(chart.axis_title, text)}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{grey}{text}<c:crossAx val="111111111"/><c:crosses val="max"/>'
        f'<c:crossBetween val="between"/>{unit}</c:valAx>'
        "<c:spPr><a:noFill/></c:spPr></c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    return ChartPart(xml, _workbook(chart))


def _plain(value: float) -> str:
    """The shortest decimal that is this value, never 1e-05."""
    return format(Decimal(repr(value)), "f")


def _cache(kind: str, values: tuple[str, ...], head: str = "") -> str:
    points = "".join(f'<c:pt idx="{index}"><c:v>{escape(value)}</c:v></c:pt>' for index, value in enumerate(values))
    return f'<{kind}>{head}<c:ptCount val="{len(values)}"/>{points}</{kind}>'


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


def number_format(chart: BarChart) -> str | None:
    """Find the number format under which the values read exactly as the labels that the notice prints.

    Returns:
        A format code such as 0.00 or 0.00"%"; None when no single one does, so that each label must stand as text.
    """
    if not chart.labels:
        return None
    first = chart.labels[0]
    digits = first.rstrip("".join(set(first) - set("0123456789.")))
    unit = first[len(digits) :]
    decimals = len(digits.partition(".")[2])
    if decimals > _MOST_DECIMALS or any(mark in unit for mark in '"\\'):
        return None
    step = Decimal(1).scaleb(-decimals)
    shown = tuple(f"{Decimal(repr(value)).quantize(step, ROUND_HALF_UP):f}{unit}" for value in chart.values)
    if shown != chart.labels:
        return None
    return ("0." + "0" * decimals if decimals else "0") + (f'"{unit}"' if unit else "")


def _labels(chart: BarChart, text: str) -> str:
    shown = '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    shown += '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    place = '<c:dLblPos val="outEnd"/>'
    code = number_format(chart)
    single = ""
    if code is None:
        single = "".join(
            f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN"/>'
            f"<a:t>{escape(label)}</a:t></a:r></a:p></c:rich></c:tx>{place}{shown}</c:dLbl>"
            for index, label in enumerate(chart.labels)
        )
    form = f'<c:numFmt formatCode="{escape(code or "General")}" sourceLinked="0"/>'
    return f"<c:dLbls>{single}{form}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text}{place}{shown}</c:dLbls>"


def _axis_title(title: str, text: str) -> str:
    if not title:
        return ""
    properties = text.removeprefix("<c:txPr><a:bodyPr/><a:p>").removesuffix(
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p>{properties}"
        f'<a:r><a:rPr lang="zh-CN" b="0"/><a:t>{escape(title)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )


def _workbook(chart: BarChart) -> bytes:
    """The smallest workbook with the figures; every text is a text, so that none becomes a formula."""

    def words(cell: str, text: str) -> str:
        return f'<c r="{cell}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

    rows = f'<row r="1">{words("B1", chart.series)}</row>' + "".join(
        f'<row r="{row}">{words(f"A{row}", name)}<c r="B{row}"><v>{_plain(value)}</v></c></row>'
        for row, (name, value) in enumerate(zip(chart.categories, chart.values, strict=True), 2)
    )
    relation = f'<Relationships xmlns="{_PACKAGES}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGES}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_OFFICE}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return pack((name, (DECLARATION + xml).encode()) for name, xml in parts.items())
