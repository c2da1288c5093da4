"""What follows the text besides 署名: 附件说明, 出席 of 纪要, 附注, and the head of each attachment."""

from __future__ import annotations

import math
from typing import Final

from tongbao.outputs.word.letterhead import title
from tongbao.outputs.word.page import LINE, Page, character
from tongbao.outputs.word.xml import ROLE_STYLES, em_width, paragraph, run, tab_stops
from tongbao.reports.document import Attachment, Document, Style

_TAB_SLACK: Final = 20  # a tab stop must lie behind the text before it, or the tab jumps to the next one
_INDENT: Final = 2


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
            tab_stops("left", [start])
            + (f'<w:spacing w:before="{LINE}"/>' if first else "")
            + f'<w:ind w:left="{start}" w:hanging="{hanging}"/>'
        )
        written.append(paragraph("AttachmentNote", run(f"{lead}\t{name}"), properties))
    return written


def attendance(document: Document) -> list[str]:
    """Write who was there (§10.3): one line below the text, names that wrap go on after the colon."""
    one = character(document.style)
    return [
        paragraph(
            "Attendance",
            run(f"{label}：", style=ROLE_STYLES["黑体"]) + run(names),
            (f'<w:spacing w:before="{LINE}"/>' if place == 0 else "")
            + f'<w:ind w:left="{round((_INDENT + em_width(label) + 1) * one)}" '
            f'w:hanging="{round((em_width(label) + 1) * one)}"/>',
        )
        for place, (label, names) in enumerate(document.attendance)
    ]


def closing_note(document: Document) -> list[str]:
    """Write 附注 in brackets, below the date (§7.3.6)."""
    return [paragraph("ClosingNote", run(f"（{document.note}）"))] if document.note else []


def attachment_head(attachment: Attachment, style: Style, page: Page, *, breaks: bool) -> list[str]:
    """Write “附件1” on line 1 and the title on line 3; `breaks` when no new section begins the page already."""
    return [
        paragraph("AttachmentLabel", run(attachment.label), "" if breaks else '<w:pageBreakBefore w:val="0"/>'),
        paragraph("AttachmentTitle", title(attachment.title_lines, style, page.text_width)),
    ]
