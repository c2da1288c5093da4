"""版头 (GB/T 9704 §7.2): the marks of one organ or of several, what stands above and beside them, title and 主送."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from tongbao.outputs.word.page import (
    LINE,
    MARK_LINE,
    NUMBER_BLANK,
    NUMBER_LINE,
    PORTRAIT,
    TWIPS_A_MM,
    TWIPS_A_POINT,
    character,
    twips,
)
from tongbao.outputs.word.xml import ROLE_STYLES, borderless, em_width, paragraph, roomy_width, run, tab_stops
from tongbao.reports.document import Document, Letterhead, Style

_MARK_TOP: Final = round(35 * TWIPS_A_MM)  # below the upper edge of 版心 (§7.2.4)
_MARK_GAP: Final = 0.5  # characters between the organs and 文件
_MARK_PITCH: Final = 1.25  # from organ to organ, in characters of the mark
_MARKS_MM: Final = 60  # the most that several organs take, so that page 1 still shows text
_CELL_SLACK: Final = 40  # a spare font may be a little wider; a mark that wraps is never official
_SIGNERS_LABEL: Final = "签发人："
_SIGNERS_A_LINE: Final = 2


def fitted_mark_size(letterhead: Letterhead, style: Style) -> float:
    """Shrink 发文机关标志 to the 156 mm of 版心, to the half point below; a wrapped mark is never official.

    The marks of several organs also stay within 60 mm of height, so that page 1 keeps room for text (§7.3.3).
    """
    width = _mark_characters(letterhead)
    if not width:
        return style.mark_size
    across = PORTRAIT.text_width / TWIPS_A_POINT
    if not letterhead.organs:
        return _half_point(min(style.mark_size, across / width))
    down = _MARKS_MM * TWIPS_A_MM / TWIPS_A_POINT / (_MARK_PITCH * len(letterhead.organs))
    return _half_point(min(style.mark_size, (across - 2 * _CELL_SLACK / TWIPS_A_POINT) / width, down))


def head(document: Document) -> list[str]:
    """Write everything above the text: marks, 发文字号 over the red rule, title, 主送."""
    letterhead, style = document.letterhead, document.style
    above = list(_above(letterhead))
    return [
        *above,
        *_mark(letterhead, style, _lines_above(letterhead)),
        *_number(letterhead, style),
        *title_and_recipients(document),
    ]


def title_and_recipients(document: Document) -> list[str]:
    """Write the title, two lines below what stands above it, and 主送."""
    return [
        paragraph("Title", title(document.title_lines, document.style, PORTRAIT.text_width)),
        *([paragraph("Recipients", run(f"{document.recipients}："))] if document.recipients else []),
    ]


def title(lines: tuple[str, ...], style: Style, width: int) -> str:
    """Keep each line of a title one line: where one would not fit, all are set tighter, none wraps inside a word."""
    size = twips(style.title_size)
    tightening = max((math.ceil((roomy_width(line) * size - width) / len(line)) for line in lines if line), default=0)
    return run("\n".join(lines), spacing=-max(0, tightening))


def distributed(name: str, width: float, size: int) -> str:
    """Set a name as wide as the longest beside it, by the same distance between its characters.

    Args:
        name: the name.
        width: what it has to fill, in characters.
        size: of a character in twips.
    """
    gaps = len(name) - 1
    if gaps < 1:
        return run(name)
    return run(name[:-1], spacing=math.floor((width - em_width(name)) * size / gaps)) + run(name[-1])


def _half_point(size: float) -> float:
    return max(1, math.floor(size * 2) / 2)


def _mark_characters(letterhead: Letterhead) -> float:
    """How wide the mark is in characters."""
    mark = em_width(letterhead.mark)
    if not letterhead.organs:
        return mark
    return max(map(em_width, letterhead.organs)) + (mark + _MARK_GAP if mark else 0)


def _above(letterhead: Letterhead) -> Iterator[str]:
    """份号 on line 1, 密级 on line 2, 紧急程度 below both (§7.2.1–7.2.3)."""
    if letterhead.copy_number:
        yield paragraph("CopyNumber", run(letterhead.copy_number))
    if letterhead.secrecy:
        line_two = "" if letterhead.copy_number else f'<w:spacing w:before="{LINE}"/>'
        yield paragraph("Secrecy", run(letterhead.secrecy), line_two)
    if letterhead.urgency:
        yield paragraph("Urgency", run(letterhead.urgency))


def _lines_above(letterhead: Letterhead) -> int:
    lines = 2 if letterhead.secrecy else 1 if letterhead.copy_number else 0
    return lines + bool(letterhead.urgency)


def _mark(letterhead: Letterhead, style: Style, lines_above: int) -> list[str]:
    """The mark's upper edge stays where it is, whatever stands above it."""
    top = _MARK_TOP - lines_above * LINE
    if letterhead.organs:
        return [_joint_mark(letterhead, twips(fitted_mark_size(letterhead, style)), top)]
    if not letterhead.mark:
        return []
    lower = f'<w:spacing w:before="{top}"/>' if lines_above else ""
    return [paragraph("LetterheadMark", run(letterhead.mark), lower)]


def _joint_mark(letterhead: Letterhead, size: int, top: int) -> str:
    """The organs one below another, as wide as the longest; 文件 at their right, in the middle of their height.

    A table without rules is used because Word, WPS and LibreOffice all keep it, while text boxes get lost.
    """
    longest = max(map(em_width, letterhead.organs))
    names = "".join(
        paragraph(
            "JointMark",
            distributed(organ, longest, size),
            f'<w:spacing w:before="{round((_MARK_PITCH - MARK_LINE) * size)}"/>' if place else "",
        )
        for place, organ in enumerate(letterhead.organs)
    )
    cells = [(math.ceil(longest * size) + _CELL_SLACK, names)]
    if letterhead.mark:
        width = math.ceil((em_width(letterhead.mark) + _MARK_GAP) * size) + _CELL_SLACK
        cells.append((width, paragraph("JointMark", run(letterhead.mark), '<w:jc w:val="right"/>')))
    return borderless(cells, top)


def _number(letterhead: Letterhead, style: Style) -> list[str]:
    """发文字号 over the red rule: centred, or at the left of 签发人, on the line of the last of them (§7.2.6)."""
    if not letterhead.signers:
        return [paragraph("DocumentNumber", run(letterhead.number))]
    one = character(style)
    widest, number = max(map(em_width, letterhead.signers)), em_width(letterhead.number)
    first, second = _signer_stops(widest, _SIGNERS_A_LINE if len(letterhead.signers) > 1 else 1, one)
    if number * one > first - len(_SIGNERS_LABEL) * one - 2 * one:
        first, second = _signer_stops(widest, 1, one)
    a_line = 1 if first == second else _SIGNERS_A_LINE
    rows = [letterhead.signers[place : place + a_line] for place in range(0, len(letterhead.signers), a_line)]
    label = first - len(_SIGNERS_LABEL) * one
    room = (label if len(rows) == 1 else first) - 2 * one
    tightening = max(0, math.ceil((number * one - room) / max(1, len(letterhead.number))))
    written = []
    for place, row in enumerate(rows):
        names = run("\t".join(row), style=ROLE_STYLES["楷体"])
        lead = run(f"\t{_SIGNERS_LABEL}") if place == 0 else run("\t")
        stops = sorted({label if place == 0 else first, second})
        tabs = tab_stops("left", stops)
        last = place == len(rows) - 1
        spacing = f'<w:spacing w:before="{2 * LINE + NUMBER_BLANK if place == 0 else LINE - NUMBER_LINE}"/>'
        if last:
            inside = run(letterhead.number, spacing=-tightening) + lead + names
            indent = f'<w:ind w:firstLine="{one}"/><w:jc w:val="left"/>'
            written.append(paragraph("DocumentNumber", inside, tabs + spacing + indent))
        else:
            written.append(paragraph("Signers", lead + names, tabs + spacing))
    return written


def _signer_stops(widest: float, a_line: int, one: int) -> tuple[int, int]:
    """Where the first and the last name of a line begin, the last one character from the right."""
    last = PORTRAIT.text_width - one - math.ceil(widest * one)
    return (last if a_line == 1 else last - math.ceil((widest + 1) * one)), last
