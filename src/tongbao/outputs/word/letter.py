"""信函 (GB/T 9704 §10.1): the mark 30 mm from the edge of the paper between red double rules, 发文字号 at the right."""

from __future__ import annotations

from typing import Final

from tongbao.outputs.word.letterhead import fitted_mark_size, title_and_recipients
from tongbao.outputs.word.page import HEADER_DISTANCE, HEADER_LINE, MARK_LINE, PORTRAIT, TWIPS_A_MM, twips
from tongbao.outputs.word.xml import NO_MARGINS, ROLE_STYLES, paragraph, run, tab_stops
from tongbao.reports.document import Document, Letterhead, Style

_WIDTH: Final = round(170 * TWIPS_A_MM)
_LEFT: Final = (PORTRAIT.width - _WIDTH) // 2
_TOP: Final = round(30 * TWIPS_A_MM)  # of the mark, from the edge of the paper
_TO_RULE: Final = round(2.5 * TWIPS_A_MM)  # with the white of the mark's own box it makes 4 mm
_THICK: Final = 18  # eighths of a point
_THIN: Final = 6
_BETWEEN: Final = 40
_RULES: Final = 60  # both rules together
_LOWER: Final = round(20 * TWIPS_A_MM)  # of the second double rule, from the lower edge


def letter_head(document: Document) -> list[str]:
    """Write everything above the text of 信函.

    The mark and its double rule stand in a table that is placed on the paper, above 版心; the header keeps their room
    free, so that the text begins below them in every program.
    """
    letterhead, style = document.letterhead, document.style
    mark = paragraph("LetterMark", run(letterhead.mark or "".join(letterhead.organs[:1])))
    red = style.red.lstrip("#").upper()
    size = twips(fitted_mark_size(letterhead, style) * MARK_LINE)
    table = _placed(
        _TOP, _row(mark, size + _TO_RULE, _THICK, red) + _row(paragraph("Anchor", ""), _BETWEEN, _THIN, red)
    )
    return [table, *_lines(letterhead), *title_and_recipients(document)]


def letter_top(letterhead: Letterhead, style: Style) -> int:
    """How far below the upper edge of 版心 the text of page 1 begins, in twips."""
    return _rules_bottom(letterhead, style) - PORTRAIT.top


def letter_room(letterhead: Letterhead, style: Style) -> str:
    """Write the first page's header: as high as mark and rule need, and the double rule at the foot of the page."""
    red = style.red.lstrip("#").upper()
    room = _rules_bottom(letterhead, style) - HEADER_DISTANCE - HEADER_LINE  # of the watermark
    lower = PORTRAIT.height - _LOWER - _BETWEEN
    rules = _placed(
        lower - _BETWEEN,
        _row(paragraph("Anchor", ""), _BETWEEN, _THIN, red) + _row(paragraph("Anchor", ""), _BETWEEN, _THICK, red),
    )
    return rules + paragraph("Header", "", f'<w:spacing w:line="{room}" w:lineRule="exact"/>')


def _rules_bottom(letterhead: Letterhead, style: Style) -> int:
    """The lower edge of the first double rule, from the edge of the paper."""
    size = twips(fitted_mark_size(letterhead, style) * MARK_LINE)
    return _TOP + size + _TO_RULE + _BETWEEN + _RULES


def _lines(letterhead: Letterhead) -> list[str]:
    """发文字号 at the right edge below the rule; 份号, 密级 and 紧急程度 below each other from the left."""
    left = [run(letterhead.copy_number)] if letterhead.copy_number else []
    left += [run(text, style=ROLE_STYLES["黑体"]) for text in (letterhead.secrecy, letterhead.urgency) if text]
    first, *others = left or [""]
    stop = tab_stops("right", [PORTRAIT.text_width])
    written = [paragraph("LetterNumber", first + run(f"\t{letterhead.number}"), stop)]
    return written + [paragraph("NoticeFlush", each) for each in others]


def _placed(top: int, rows: str) -> str:
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" w:horzAnchor="page" '
        f'w:tblpX="{_LEFT}" w:tblpY="{top}"/><w:tblOverlap w:val="never"/><w:tblW w:w="{_WIDTH}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'{NO_MARGINS}</w:tblPr><w:tblGrid><w:gridCol w:w="{_WIDTH}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _row(inside: str, height: int, weight: int, colour: str) -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{_WIDTH}" w:type="dxa"/><w:tcBorders><w:bottom w:val="single" w:sz="{weight}" w:space="0" '
        f'w:color="{colour}"/></w:tcBorders></w:tcPr>{inside}</w:tc></w:tr>'
    )
