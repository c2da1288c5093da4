"""What stands around the text: 版头, 主送, 附件说明, 署名, 成文日期 and 版记, each where GB/T 9704 puts it."""

from __future__ import annotations

import math
from typing import Final

from tongbao.outputs.word.page import LINE, PORTRAIT, TWIPS_A_POINT, Page, character, twips
from tongbao.outputs.word.xml import em_width, paragraph, roomy_width, run
from tongbao.reports.document import Attachment, Document, Imprint, Letterhead, Signature, Style

# 四号, the size of 版记; one of its characters is free on both sides (§7.4.2).
_IMPRINT_CHARACTER: Final = 280
_IMPRINT_ROW: Final = 560  # a little less than a line: two rows, their rules and the anchor take two lines
_OUTER_RULE: Final = 8  # 0.35 mm in eighths of a point
_INNER_RULE: Final = 6  # 0.25 mm
_TAB_SLACK: Final = 20  # a tab stop must lie behind the text before it, or the tab jumps to the next one
_SEAL_LINES: Final = 2  # a seal of 42 mm over name and date then begins less than one line below the text
_DAY_SLACK: Final = 3.5  # one free character, and room for programs that set Chinese apart from digits
_DATE_INSET: Final = 4
_PLAIN_INSET: Final = 2


def fitted_mark_size(letterhead: Letterhead, style: Style) -> float:
    """Shrink 发文机关标志 to the 156 mm of 版心, to the half point below; a wrapped mark is never official."""
    width = em_width(letterhead.mark)
    if not width:
        return style.mark_size
    fitting = math.floor(PORTRAIT.text_width / TWIPS_A_POINT / width * 2) / 2
    return max(1, min(style.mark_size, fitting))


def head(document: Document) -> list[str]:
    """Write everything above the text: mark, 发文字号 over the red rule, title, 主送."""
    letterhead = document.letterhead
    return [
        *([paragraph("LetterheadMark", run(letterhead.mark))] if letterhead.mark else []),
        paragraph("DocumentNumber", run(letterhead.number)),
        paragraph("Title", _title(document.title_lines, document.style, PORTRAIT.text_width)),
        *([paragraph("Recipients", run(f"{document.recipients}："))] if document.recipients else []),
    ]


def _title(lines: tuple[str, ...], style: Style, width: int) -> str:
    """Keep each line of a title one line: where one would not fit, all are set tighter, none wraps inside a word."""
    size = twips(style.title_size)
    tightening = max((math.ceil((roomy_width(line) * size - width) / len(line)) for line in lines if line), default=0)
    return run("\n".join(lines), spacing=-max(0, tightening))


def attachment_notes(document: Document) -> list[str]:
    """Write 附件说明; a name that wraps goes on under its own first character (§7.3.4)."""
    one = character(document.style)
    lines = document.attachment_lines
    numbers = [lead.removeprefix("附件：") for lead, _ in lines]
    label = 5 * one  # the indent of two characters and “附件：”
    start = label + math.ceil(max((em_width(number) for number in numbers), default=0) * one) + _TAB_SLACK
    written = []
    for index, (lead, name) in enumerate(lines):
        first = index == 0
        hanging = start - (2 * one if first else label)
        properties = (
            f'<w:tabs><w:tab w:val="left" w:pos="{start}"/></w:tabs>'
            + (f'<w:spacing w:before="{LINE}"/>' if first else "")
            + f'<w:ind w:left="{start}" w:hanging="{hanging}"/>'
        )
        written.append(paragraph("AttachmentNote", run(f"{lead}\t{name}"), properties))
    return written


def signature(signed: Signature, style: Style) -> list[str]:
    """Write 署名 and 成文日期 with room for the seal, or as §7.3.5.2 has them without one."""
    organ, day = em_width(signed.organ), em_width(signed.day_text)
    if signed.seal:
        return _sealed(signed, organ, day, character(style))
    if day + _PLAIN_INSET > organ:
        day_inset = float(_PLAIN_INSET)
        organ_inset = day_inset + day + _PLAIN_INSET - organ
    else:
        organ_inset = float(_PLAIN_INSET)
        day_inset = organ - day
    one = character(style)
    return [
        paragraph("Organ", run(signed.organ), f'<w:spacing w:before="{LINE}"/>{_from_right(organ_inset, one)}'),
        paragraph("IssueDate", run(signed.day_text), _from_right(day_inset, one)),
    ]


def _from_right(characters: float, one: int) -> str:
    return f'<w:ind w:right="{round(characters * one)}"/>'


def _sealed(signed: Signature, organ: float, day: float, one: int) -> list[str]:
    """Both lines are centred on one axis, so that they stay centred in whatever font the reader has."""
    # A long 署名 moves the axis to the left instead of running out of 版心.
    reach = max(organ, day) / 2 + 1
    axis = max(_DATE_INSET + day / 2, reach) * one
    right = round(axis - reach * one)
    left = max(0, PORTRAIT.text_width - round(2 * axis) + right)
    middle = f'<w:ind w:left="{left}" w:right="{right}"/><w:jc w:val="center"/>'
    return [
        paragraph("Organ", run(signed.organ), f'<w:spacing w:before="{_SEAL_LINES * LINE}"/>{middle}'),
        paragraph("IssueDate", run(signed.day_text), middle),
    ]


def attachment_head(attachment: Attachment, style: Style, page: Page, *, breaks: bool) -> list[str]:
    """Write “附件1” on line 1 and the title on line 3; `breaks` when no new section begins the page already."""
    return [
        paragraph("AttachmentLabel", run(attachment.label), "" if breaks else '<w:pageBreakBefore w:val="0"/>'),
        paragraph("AttachmentTitle", _title(attachment.title_lines, style, page.text_width)),
    ]


def imprint(model: Imprint, page: Page) -> str:
    """Write 版记 as a table that lies on the bottom of 版心 of the page where the document ends."""
    width = page.text_width
    edge = _IMPRINT_CHARACTER
    day = round((em_width(model.day_text) + _DAY_SLACK) * edge)
    printer = width - day
    rows = []
    if model.copies_text:
        lead = 3 * edge  # 抄送：
        rows.append(
            _row(
                _cell(
                    width,
                    f'<w:ind w:left="{edge + lead}" w:right="{edge}" w:hanging="{lead}"/>',
                    model.copies_text,
                    span=2,
                )
            )
        )
    rows.append(
        _row(
            _cell(printer, f'<w:ind w:left="{edge}"/>', model.printer),
            _cell(day, f'<w:ind w:right="{edge}"/><w:jc w:val="right"/>', model.day_text),
        )
    )
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{page.left}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblBorders><w:top w:val="single" w:sz="{_OUTER_RULE}" w:space="0" w:color="000000"/>'
        f'<w:bottom w:val="single" w:sz="{_OUTER_RULE}" w:space="0" w:color="000000"/>'
        f'<w:insideH w:val="single" w:sz="{_INNER_RULE}" w:space="0" w:color="000000"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
        f'<w:tblGrid><w:gridCol w:w="{printer}"/><w:gridCol w:w="{day}"/></w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _row(*cells: str) -> str:
    height = f'<w:trHeight w:val="{_IMPRINT_ROW}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, properties: str, text: str, *, span: int = 1) -> str:
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph('Imprint', run(text), properties)}</w:tc>"
    )
