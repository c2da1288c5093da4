"""Charts as native Word charts: sharp at any size, and “edit data” opens the figures behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tongbao.outputs.word import bars, lines, parted
from tongbao.outputs.word.chart_xml import CHART, PACKAGES, RELATIONS
from tongbao.outputs.word.faces import DECLARATION
from tongbao.outputs.word.page import PORTRAIT, TWIPS_A_MM
from tongbao.outputs.word.xml import escape
from tongbao.reports.document import BarChart, Chart, Figure, GroupedBarChart, LineChart, ShareChart, Style

EMU_A_MM: Final = 36000
CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart and the workbook inside it, as parts of the package."""

    xml: str
    workbook: bytes


def drawing(figure: Figure, number: int, width: int) -> str:
    """Write the run that holds chart `number` in the text; `width` of 版心 in twips."""
    across = round(min(width, PORTRAIT.text_width) / TWIPS_A_MM * EMU_A_MM)
    down = round(_height_mm(figure.chart) * EMU_A_MM)
    return (
        "<w:r><w:drawing>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="{number}" name="{escape(figure.caption or f"图{number}")}" descr="{escape(figure.alt)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{CHART}">'
        f'<c:chart r:id="chart{number}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def relations(number: int) -> str:
    """Write the relationships of chart `number`: its workbook, inside the file."""
    return (
        f'{DECLARATION}<Relationships xmlns="{PACKAGES}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/package" Target="../embeddings/chart{number}.xlsx"/></Relationships>'
    )


def chart_part(chart: Chart, style: Style) -> ChartPart:
    """Write a chart with its figures."""
    match chart:
        case BarChart():
            return ChartPart(bars.xml(chart, style), bars.figures(chart))
        case LineChart():
            return ChartPart(lines.xml(chart, style), lines.figures(chart))
        case GroupedBarChart() | ShareChart():
            return ChartPart(parted.xml(chart, style), parted.figures(chart))


def _height_mm(chart: Chart) -> float:
    match chart:
        case BarChart():
            return bars.height_mm(chart)
        case LineChart():
            return lines.HEIGHT_MM
        case GroupedBarChart() | ShareChart():
            return parted.height_mm(chart)
