"""What every native Word chart is made of: the space around the plot, texts, cached figures, the workbook inside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from string import ascii_uppercase
from typing import Final

from tongbao.ooxml.package import pack
from tongbao.outputs.word.faces import DECLARATION, FANG
from tongbao.outputs.word.xml import escape

RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES: Final = "http://schemas.openxmlformats.org/package/2006"
CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MOST_DECIMALS: Final = 6
GREY: Final = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="595959"/></a:solidFill></a:ln></c:spPr>'
SHOW_VALUE: Final = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
BOX: Final = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def space(plot: str, *, after: str = "") -> str:
    """Write the part of a chart around its plot area; `after` holds a legend."""
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{CHART}" xmlns:a="{_DRAWING}" xmlns:r="{RELATIONS}">'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{plot}<c:spPr><a:noFill/></c:spPr></c:plotArea>{after}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def text_properties(points: float) -> str:
    """Letters of the chart: black, in the face of the body text."""
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{round(points * 100)}"><a:solidFill><a:srgbClr val="000000"/>'
        f'</a:solidFill><a:latin typeface="{FANG}"/><a:ea typeface="{FANG}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def words(label: str, code: str | None) -> str:
    """A single label: by its number format, or as text where no format yields it."""
    if code:
        return f'<c:numFmt formatCode="{escape(code)}" sourceLinked="0"/>'
    return (
        '<c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN"/>'
        f"<a:t>{escape(label)}</a:t></a:r></a:p></c:rich></c:tx>"
    )


def plain(value: float) -> str:
    """The shortest decimal that is this value, never 1e-05."""
    return format(Decimal(repr(value)), "f")


def cache(kind: str, values: Sequence[str | None], head: str = "") -> str:
    """The figures as the chart shows them before anybody opens its workbook; None leaves a gap."""
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(value)}</c:v></c:pt>'
        for index, value in enumerate(values)
        if value is not None
    )
    return f'<{kind}>{head}<c:ptCount val="{len(values)}"/>{points}</{kind}>'


def axis_title(title: str, text: str) -> str:
    """What an axis measures; "" leaves it out."""
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


def number_format(values: Sequence[float], labels: Sequence[str]) -> str | None:
    """Find the number format under which values read exactly as the labels that the notice prints.

    Returns:
        A format code such as 0.00 or 0.00"%"; None when no single one does, so that each label must stand as text.
    """
    if not labels:
        return None
    first = labels[0]
    digits = first.rstrip("".join(set(first) - set("0123456789.")))
    unit = first[len(digits) :]
    decimals = len(digits.partition(".")[2])
    if decimals > _MOST_DECIMALS or any(mark in unit for mark in '"\\'):
        return None
    step = Decimal(1).scaleb(-decimals)
    shown = [f"{Decimal(repr(value)).quantize(step, ROUND_HALF_UP):f}{unit}" for value in values]
    if shown != list(labels):
        return None
    return ("0." + "0" * decimals if decimals else "0") + (f'"{unit}"' if unit else "")


def workbook(heads: Sequence[str], rows: Iterable[tuple[str, Sequence[float | None]]]) -> bytes:
    """The smallest workbook with the figures; every text is a text, so that none becomes a formula."""

    def typed(cell: str, text: str) -> str:
        return f'<c r="{cell}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

    table = f'<row r="1">{"".join(typed(f"{column(place)}1", head) for place, head in enumerate(heads))}</row>'
    table += "".join(
        f'<row r="{row}">{typed(f"A{row}", name)}'
        + "".join(
            f'<c r="{column(place)}{row}"><v>{plain(value)}</v></c>'
            for place, value in enumerate(values)
            if value is not None
        )
        + "</row>"
        for row, (name, values) in enumerate(rows, 2)
    )
    relation = f'<Relationships xmlns="{PACKAGES}/relationships"><Relationship Id="rId1" Type="{RELATIONS}'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGES}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_OFFICE}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{table}</sheetData></worksheet>',
    }
    return pack((name, (DECLARATION + xml).encode()) for name, xml in parts.items())


def column(place: int) -> str:
    """The column of a chart's n-th series: B, C and so on, AA after Z."""
    before, letter = divmod(place + 1, len(ascii_uppercase))
    return (column(before - 2) if before else "") + ascii_uppercase[letter]
