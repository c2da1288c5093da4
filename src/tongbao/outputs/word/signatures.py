"""署名, 成文日期 and the room for seals and stamps (GB/T 9704 §7.3.5), for one organ or several."""

from __future__ import annotations

import math
from typing import Final

from tongbao.outputs.word.page import LINE, PORTRAIT, TWIPS_A_MM, character
from tongbao.outputs.word.xml import em_width, paragraph, run, tab_stops
from tongbao.reports.document import Signature, Style

_SEAL_LINES: Final = 2  # a seal of 42 mm over name and date then begins less than one line below the text
_SEAL_PITCH: Final = round(45 * TWIPS_A_MM)  # seals of 42 mm that do not touch
_STAMP_WIDTH: Final = round(40 * TWIPS_A_MM)
_STAMP_LINES: Final = 2
_DATE_INSET: Final = 4
_PLAIN_INSET: Final = 2
_POST_INSET: Final = 2
_SEALS_A_ROW: Final = 3


def signature(signed: Signature, style: Style) -> list[str]:
    """Write 署名 and 成文日期 with room for seals, a stamp's room with its post, or plain lines."""
    one = character(style)
    if signed.post:
        return _stamped(signed, one)
    if not signed.seal:
        return _plain(signed, one)
    if not signed.joint:
        return _sealed(signed, one)
    return _sealed_together(signed, one)


def _from_right(characters: float, one: int) -> str:
    return f'<w:ind w:right="{round(characters * one)}"/>'


def _plain(signed: Signature, one: int) -> list[str]:
    """Without a seal (§7.3.5.2): the organs below each other, the date two characters right of their beginning."""
    widest, day = max(map(em_width, signed.organs)), em_width(signed.day_text)
    if day + _PLAIN_INSET > widest:
        day_inset = float(_PLAIN_INSET)
        start = day_inset + day + _PLAIN_INSET
    else:
        start = widest + _PLAIN_INSET
        day_inset = widest - day
    return [
        *(
            paragraph(
                "Organ",
                run(organ),
                (f'<w:spacing w:before="{LINE}"/>' if place == 0 else "")
                + _from_right(start - widest if signed.joint else start - em_width(organ), one),
            )
            for place, organ in enumerate(signed.organs)
        ),
        paragraph("IssueDate", run(signed.day_text), _from_right(day_inset, one)),
    ]


def _sealed(signed: Signature, one: int) -> list[str]:
    return _sealed_column(signed, one, LINE)


def _sealed_column(signed: Signature, one: int, pitch: int) -> list[str]:
    """All lines are centred on one axis, so that they stay centred in whatever font the reader has."""
    organ, day = max(map(em_width, signed.organs)), em_width(signed.day_text)
    # A long 署名 moves the axis to the left instead of running out of 版心.
    reach = max(organ, day) / 2 + 1
    middle = _centred(max(_DATE_INSET + day / 2, reach), reach, one)
    return [
        *(
            paragraph(
                "Organ",
                run(name),
                f'<w:spacing w:before="{_SEAL_LINES * LINE if place == 0 else pitch - LINE}"/>{middle}',
            )
            for place, name in enumerate(signed.organs)
        ),
        paragraph("IssueDate", run(signed.day_text), middle),
    ]


def _centred(axis: float, reach: float, one: int) -> str:
    """Centre a line on an axis so many characters from the right edge."""
    right = round((axis - reach) * one)
    left = max(0, PORTRAIT.text_width - round(2 * axis * one) + right)
    return f'<w:ind w:left="{left}" w:right="{right}"/><w:jc w:val="center"/>'


def _sealed_together(signed: Signature, one: int) -> list[str]:
    """One seal for every 署名, in rows; none touches another or leaves 版心, the last lies over the date too.

    The rooms end at the axis of the date, so that the last 署名 is centred on it; a last row that is not full stands
    at the right.
    """
    widest, day = max(map(em_width, signed.organs)), em_width(signed.day_text)
    axis = (_DATE_INSET + day / 2) * one
    for a_row, pitch in ((_SEALS_A_ROW, _SEAL_PITCH), (2, round(PORTRAIT.text_width - 2 * axis))):
        if len(signed.organs) >= a_row and (widest + 0.5) * one <= min(pitch, 2 * axis):
            break
    else:
        return _sealed_column(signed, one, _SEAL_PITCH)
    stops = [round(PORTRAIT.text_width - axis - pitch * place) for place in reversed(range(a_row))]
    tabs = tab_stops("center", stops)
    written = []
    for place in range(0, len(signed.organs), a_row):
        row = signed.organs[place : place + a_row]
        before = f'<w:spacing w:before="{_SEAL_LINES * LINE if place == 0 else _SEAL_PITCH - LINE}"/>'
        inside = run("\t" * (a_row - len(row) + 1) + "\t".join(row))
        written.append(paragraph("JointOrgans", inside, tabs + before))
    reach = day / 2 + 1
    return [*written, paragraph("IssueDate", run(signed.day_text), _centred(axis / one, reach, one))]


def _stamped(signed: Signature, one: int) -> list[str]:
    """A 签名章 two lines below the text and four characters from the right, its post two characters left of it.

    The post stands in the middle of the stamp's height; one line below the stamp follows the date (§7.3.5.3).
    """
    beside = _DATE_INSET * one + _STAMP_WIDTH + _POST_INSET * one
    half = (_STAMP_LINES * LINE - LINE) // 2
    return [
        paragraph(
            "SignerPost", run(signed.post), f'<w:spacing w:before="{2 * LINE + half}"/><w:ind w:right="{beside}"/>'
        ),
        paragraph(
            "IssueDate",
            run(signed.day_text),
            f'<w:spacing w:before="{math.ceil(half) + LINE}"/>{_from_right(_DATE_INSET, one)}',
        ),
    ]
