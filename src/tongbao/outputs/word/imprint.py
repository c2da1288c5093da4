"""版记 (GB/T 9704 §7.4): 抄送, a moved 主送, 印发机关 and 印发日期, on the bottom of the last page."""

from __future__ import annotations

from typing import Final

from tongbao.outputs.word.page import Page
from tongbao.outputs.word.xml import NO_MARGINS, em_width, paragraph, run
from tongbao.reports.document import Form, Imprint

# 四号, the size of 版记; one of its characters is free on both sides (§7.4.2).
_CHARACTER: Final = 280
_ROW: Final = 560  # a little less than a line: two rows, their rules and the anchor take two lines
_OUTER_RULE: Final = 8  # 0.35 mm in eighths of a point
_INNER_RULE: Final = 6  # 0.25 mm
_DAY_SLACK: Final = 3.5  # one free character, and room for programs that set Chinese apart from digits
_LABEL: Final = 3  # 抄送：


def imprint(model: Imprint, page: Page, form: Form) -> list[str]:
    """Write 版记 as a table that lies on the bottom of 版心 of the page where the document ends.

    Of 信函 it holds neither rules nor 印发机关 (§10.1), so that it may be missing altogether.
    """
    width = page.text_width
    day = round((em_width(model.day_text) + _DAY_SLACK) * _CHARACTER)
    printer = width - day
    rows = []
    if lines := [text for text in (model.recipients_text, model.copies_text) if text]:
        # 主送 and 抄送 share a row: no rule stands between them.
        rows.append(_row(_cell(width, "".join(paragraph("Imprint", run(text), _HANGING) for text in lines), span=2)))
    if form != "信函":
        left = paragraph("Imprint", run(model.printer), f'<w:ind w:left="{_CHARACTER}"/>')
        right = paragraph("Imprint", run(model.day_text), f'<w:ind w:right="{_CHARACTER}"/><w:jc w:val="right"/>')
        rows.append(_row(_cell(printer, left), _cell(day, right)))
    if not rows:
        return []
    table = (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{page.left}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f"{'' if form == '信函' else _RULES}"
        '<w:tblLayout w:type="fixed"/>'
        f"{NO_MARGINS}</w:tblPr>"
        f'<w:tblGrid><w:gridCol w:w="{printer}"/><w:gridCol w:w="{day}"/></w:tblGrid>{"".join(rows)}</w:tbl>'
    )
    return [table]


_HANGING: Final = (
    f'<w:ind w:left="{(1 + _LABEL) * _CHARACTER}" w:right="{_CHARACTER}" w:hanging="{_LABEL * _CHARACTER}"/>'
)
_RULES: Final = (
    f'<w:tblBorders><w:top w:val="single" w:sz="{_OUTER_RULE}" w:space="0" w:color="000000"/>'
    f'<w:bottom w:val="single" w:sz="{_OUTER_RULE}" w:space="0" w:color="000000"/>'
    f'<w:insideH w:val="single" w:sz="{_INNER_RULE}" w:space="0" w:color="000000"/></w:tblBorders>'
)


def _row(*cells: str) -> str:
    height = f'<w:trHeight w:val="{_ROW}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, inside: str, *, span: int = 1) -> str:
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
