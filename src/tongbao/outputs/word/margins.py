"""What stands in the margins: page numbers — odd right, even left, turned with a landscape page — and the watermark."""

from __future__ import annotations

from typing import Final

from tongbao.outputs.word.faces import DECLARATION, FANG
from tongbao.outputs.word.page import FOOTER_DISTANCE, HEADER_DISTANCE, LANDSCAPE, PAGE_NUMBER, PAGE_NUMBER_INSET, Page
from tongbao.outputs.word.xml import NO_MARGINS, em_width, escape, paragraph, run

_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_NUMBER: Final = f'{run("— ")}<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT ">{run("1")}</w:fldSimple>{run(" —")}'
_STRIP: Final = 1000  # wider than the turned line, which stands at its right side, so that nothing is cut off
_NO_WHITE: Final = '<w:spacing w:before="0"/>'  # the turned line has no 版心 above it
_LONGEST_WATERMARK: Final = 440
_WATERMARK_CHARACTER: Final = 150

MARGINS: Final = (
    "headerPortrait",
    "headerLetter",
    "headerTurnedOdd",
    "headerTurnedEven",
    "footerOdd",
    "footerEven",
    "footerNone",
)
"""The relationship ids of all headers and footers."""


def margin_parts(watermark: str, letter_room: str) -> dict[str, str]:
    """Write every header and footer by its relationship id; each section says which ones it shows.

    Args:
        watermark: its words, or "".
        letter_room: what keeps the first page of 信函 free above the text, or "".
    """
    return {
        "headerPortrait": _header(_watermark(watermark, 1)),
        "headerLetter": _header(_watermark(watermark, 4), letter_room),
        "headerTurnedOdd": _header(_watermark(watermark, 2), _turned(f'<w:ind w:right="{PAGE_NUMBER_INSET}"/>', "")),
        "headerTurnedEven": _header(
            _watermark(watermark, 3),
            _turned(f'<w:ind w:left="{PAGE_NUMBER_INSET}"/>', '<w:jc w:val="left"/>'),
        ),
        "footerOdd": _footer(paragraph("FooterOdd", _NUMBER)),
        "footerEven": _footer(paragraph("FooterEven", _NUMBER)),
        "footerNone": _footer(paragraph("Footer", "")),
    }


def section(page: Page, *, begins: str = "nextPage", numbered: bool = True, letter: bool = False) -> str:
    """Write the properties of a section; page numbers run on through all of them.

    Args:
        page: its page.
        begins: on which page: the next, or the next even one.
        numbered: whether its pages bear numbers.
        letter: whether it begins with page 1 of 信函, which shows red rules and no number (§10.1).
    """
    odd, even = ("headerTurnedOdd", "headerTurnedEven") if page.landscape else ("headerPortrait", "headerPortrait")
    odd_foot, even_foot = (
        ("footerNone", "footerNone") if page.landscape or not numbered else ("footerOdd", "footerEven")
    )
    turned = ' w:orient="landscape"' if page.landscape else ""
    first = (
        '<w:headerReference w:type="first" r:id="headerLetter"/><w:footerReference w:type="first" r:id="footerNone"/>'
    )
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{odd}"/><w:headerReference w:type="even" r:id="{even}"/>'
        f'<w:footerReference w:type="default" r:id="{odd_foot}"/><w:footerReference w:type="even" r:id="{even_foot}"/>'
        f"{first if letter else ''}"
        f'<w:type w:val="{begins}"/><w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}" '
        f'w:header="{HEADER_DISTANCE}" w:footer="{0 if page.landscape else FOOTER_DISTANCE}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if letter else ''}</w:sectPr>"
    )


def _header(*inside: str) -> str:
    mark, *before = inside
    return f"{DECLARATION}<w:hdr {_NAMESPACES}>{''.join(before)}{paragraph('Header', mark)}</w:hdr>"


def _footer(inside: str) -> str:
    return f"{DECLARATION}<w:ftr {_NAMESPACES}>{inside}</w:ftr>"


def _turned(indent: str, align: str) -> str:
    """The page number of a landscape page: in its left margin, reading downwards (§8).

    Bound into the file, that is where the other pages have it. A positioned table is used because Word, WPS and
    LibreOffice all turn the text of a table cell, while text boxes get lost in conversions.
    """
    page = LANDSCAPE
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" w:horzAnchor="page" '
        f'w:tblpX="{FOOTER_DISTANCE + PAGE_NUMBER - _STRIP}" w:tblpY="{page.top}"/>'
        f'<w:tblW w:w="{_STRIP}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'{NO_MARGINS}</w:tblPr><w:tblGrid><w:gridCol w:w="{_STRIP}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{page.text_height}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{_STRIP}" w:type="dxa"/><w:textDirection w:val="tbRl"/></w:tcPr>'
        f"{paragraph('Footer', _NUMBER, _NO_WHITE + indent + align)}</w:tc></w:tr></w:tbl>"
    )


def _watermark(text: str, number: int) -> str:
    """Word's own kind of watermark, which its menu can change and remove again."""
    if not text:
        return ""
    length = max(1.0, em_width(text))
    width = min(_LONGEST_WATERMARK, round(_WATERMARK_CHARACTER * length))
    return (
        '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
        'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
        '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt="{escape(text)}" style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;'
        f"height:{round(width / length)}pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" '
        'o:allowincell="f" fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;{FANG}&quot;;font-size:1pt" string="{escape(text)}"/>'
        '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
    )
