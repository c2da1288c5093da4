"""Named styles of what stands around the text: 版头, 署名, 附件, 版记 and page numbers."""

from __future__ import annotations

from typing import Final

from tongbao.outputs.word.faces import FANG, HEI, SONG, TITLE, fonts
from tongbao.outputs.word.page import (
    FOOTER_DISTANCE,
    HEADER_LINE,
    LETTER_BLANK,
    LINE,
    MARK_LINE,
    NUMBER_BLANK,
    NUMBER_LINE,
    PAGE_NUMBER,
    PAGE_NUMBER_INSET,
    PORTRAIT,
    TITLE_PITCH,
    TWIPS_A_MM,
    TWIPS_A_POINT,
)
from tongbao.outputs.word.style_xml import aligned, face, indented, paragraph_style, sized, spacing
from tongbao.reports.document import Style

_RULE_SPACE: Final = 10  # points from line box to red rule; with the box's own white it makes 4 mm


def letterhead_styles(style: Style, mark_size: float) -> list[str]:
    """Write the styles of 版头; `mark_size` in pt, already fitted to the width."""
    colour = style.red.lstrip("#").upper()
    box = round(mark_size * MARK_LINE * TWIPS_A_POINT)
    mark = f'{fonts(TITLE)}<w:color w:val="{colour}"/><w:spacing w:val="0"/>{sized(mark_size)}'
    return [
        paragraph_style(
            "LetterheadMark",
            "发文机关标志",
            f"{spacing(before=round(35 * TWIPS_A_MM), line=box)}{aligned('center')}",
            mark,
        ),
        # Several organs below each other, or 文件 beside them; and the mark of 信函: their tables place them.
        paragraph_style("JointMark", "联合发文机关标志", f"{spacing(line=box)}{aligned('left')}", mark),
        paragraph_style("LetterMark", "信函发文机关标志", f"{spacing(line=box)}{aligned('center')}", mark),
        paragraph_style("CopyNumber", "份号", aligned("left")),
        paragraph_style("Secrecy", "密级和保密期限", aligned("left"), fonts(HEI)),
        paragraph_style("Urgency", "紧急程度", aligned("left"), fonts(HEI)),
        paragraph_style(
            "Signers",
            "签发人",
            spacing(before=LINE - NUMBER_LINE, line=NUMBER_LINE) + aligned("left"),
        ),
        paragraph_style(
            "DocumentNumber",
            "发文字号",
            f'<w:pBdr><w:bottom w:val="single" w:sz="{round(style.rule_pt * 8)}" w:space="{_RULE_SPACE}" '
            f'w:color="{colour}"/></w:pBdr>{spacing(before=2 * LINE + NUMBER_BLANK, line=NUMBER_LINE)}'
            f"{aligned('center')}",
        ),
        paragraph_style(
            "LetterNumber", "信函发文字号", f"{spacing(before=LETTER_BLANK, line=NUMBER_LINE)}{aligned('left')}"
        ),
    ]


def closing_styles(style: Style) -> list[str]:
    """Write the styles of all that follows the text."""
    return [
        paragraph_style("AttachmentNote", "附件说明", f"<w:keepNext/>{aligned('left')}"),
        paragraph_style("Organ", "署名", f"<w:keepNext/><w:keepLines/>{aligned('right')}", after="IssueDate"),
        paragraph_style("IssueDate", "成文日期", f"<w:keepLines/>{aligned('right')}"),
        # The organs of a joint issue, each over the middle of its seal; the post beside a 签名章.
        paragraph_style("JointOrgans", "联合署名", f"<w:keepNext/><w:keepLines/>{aligned('left')}", after="IssueDate"),
        paragraph_style(
            "SignerPost", "签发人职务", f"<w:keepNext/><w:keepLines/>{aligned('right')}", after="IssueDate"
        ),
        paragraph_style("ClosingNote", "附注", f"<w:keepLines/>{indented(style)}"),
        paragraph_style("Attendance", "出席人员", ""),
        paragraph_style("AttachmentLabel", "附件标识", "<w:pageBreakBefore/>" + aligned("left"), fonts(HEI)),
        paragraph_style(
            "AttachmentTitle",
            "附件标题",
            f"<w:keepNext/>{spacing(before=LINE, after=LINE // 2, line=round(TITLE_PITCH * style.title_size / 22))}"
            f"{aligned('center')}",
            face(TITLE, style.title_size),
            after="NoticeBody",
            outline=0,
        ),
        paragraph_style("Imprint", "版记", f"{spacing(line=400)}{aligned('left')}", face(FANG, 14)),
        paragraph_style("Anchor", "版记定位", spacing(line=20), sized(1)),
        paragraph_style("Header", "header", spacing(line=HEADER_LINE), sized(9), alias="页眉"),
        # The white above the number reaches up to 版心: in sections that begin on an even page LibreOffice would
        # otherwise let 版心 reach down to the number.
        paragraph_style(
            "Footer",
            "footer",
            spacing(before=PORTRAIT.bottom - FOOTER_DISTANCE - PAGE_NUMBER, line=PAGE_NUMBER) + aligned("right"),
            face(SONG, 14),
            alias="页码",
        ),
        paragraph_style("FooterOdd", "单页页码", f'<w:ind w:right="{PAGE_NUMBER_INSET}"/>', based="Footer"),
        paragraph_style(
            "FooterEven", "双页页码", f'<w:ind w:left="{PAGE_NUMBER_INSET}"/>{aligned("left")}', based="Footer"
        ),
    ]
