"""What stands between the text and the attachments: 附件说明, 出席 of 纪要, 署名 with room for its seals, 附注."""

from __future__ import annotations

from html import escape

from tongbao.outputs.html.measures import CHARACTER, LINE
from tongbao.outputs.html.pen import ems
from tongbao.outputs.html.text import span
from tongbao.reports.document import Document, Paragraph, Signature

_DIVISIBLE_LINES = 4  # two lines stay, two go
_DATE = 4.0  # characters from the right, of a sealed date
_PLAIN = 2.0  # the same without a seal, and by how much 署名 and date are moved against each other
_SEAL = 45.0  # mm: seals of 42 mm do not touch
_SEALS_A_ROW = 3
_AREA = 28.0  # characters a line
_STAMP = 40.0  # mm: the room of a 签名章, two lines high


def closing(document: Document) -> str:
    """Write the end of the text; it keeps the last lines of the text with it where these can be parted."""
    parts = [_annexes(document), _attendance(document)]
    if document.signature:
        parts.append(_signature(document.signature))
    if document.note:
        parts.append(f'<p class="text remark">{span(f"（{document.note}）")}</p>')
    return f'<div class="{"closing" if _divisible(document) else "apart"}">{"".join(parts)}</div>'


def _divisible(document: Document) -> bool:
    """Whether body text can go with the signature to the next page and still leave some on the first."""
    only = document.blocks[0] if len(document.blocks) == 1 else None
    return not isinstance(only, Paragraph) or ems(only.text) > _DIVISIBLE_LINES * _AREA


def _annexes(document: Document) -> str:
    if not document.attachment_lines:
        return ""
    numbers = max(ems(lead.removeprefix("附件：")) for lead, _ in document.attachment_lines)
    hang = 3 + numbers
    lines = []
    for index, (lead, name) in enumerate(document.attachment_lines):
        pad = f"padding-left:{3 * CHARACTER:.3f}mm;" if index else ""
        room = (hang - 3 if index else hang) * CHARACTER
        lines.append(
            f'<p style="padding-left:{(2 + hang) * CHARACTER:.3f}mm;text-indent:-{hang * CHARACTER:.3f}mm">'
            f'<b style="{pad}width:{room:.3f}mm">{escape(lead)}</b>{span(name)}</p>'
        )
    return f'<div class="annexes">{"".join(lines)}</div>'


def _attendance(document: Document) -> str:
    """Who was there: one line below the text, names that wrap go on after the colon (§10.3)."""
    lines = []
    for label, names in document.attendance:
        hang = (ems(label) + 1) * CHARACTER
        lines.append(
            f'<p style="padding-left:{2 * CHARACTER + hang:.3f}mm;text-indent:-{hang:.3f}mm">'
            f'<span class="hei">{escape(label)}：</span>{span(names)}</p>'
        )
    return f'<div class="attendance">{"".join(lines)}</div>' if lines else ""


def _signature(signature: Signature) -> str:
    if signature.post:
        return _stamped(signature)
    if not signature.seal:
        return _unsealed(signature)
    return _sealed_together(signature) if signature.joint else _sealed(signature)


def _when(signature: Signature) -> str:
    return f'<time datetime="{signature.day.isoformat()}">{signature.day_text}</time>'


def _box(wide: float, right: float) -> str:
    return f"margin-left:{(_AREA - right - wide) * CHARACTER:.3f}mm;width:{wide * CHARACTER:.3f}mm"


def _sealed(signature: Signature) -> str:
    """The date 4 characters from the right, 署名 centred on it and never outside the type area (§7.3.5.1)."""
    widest, day = max(map(ems, signature.organs)), ems(signature.day_text)
    wide, right = max(widest, day), max(0.0, _DATE - max(0.0, (widest - day) / 2))
    room = f' style="margin-top:{_SEAL - LINE:.4f}mm"'
    organs = "".join(f"<p{room if place else ''}>{span(organ)}</p>" for place, organ in enumerate(signature.organs))
    lines = f"{organs}<p><span>{_when(signature)}</span></p>"
    return f'<div class="signature sealed" style="{_box(wide, right)}">{lines}</div>'


def _sealed_together(signature: Signature) -> str:
    """One seal for every 署名, in rows; none touches another or leaves 版心, the last lies over the date too.

    The rooms end at the axis of the date, so that the last 署名 is centred on it; names too long for a room stand one
    below another.
    """
    widest, day = max(map(ems, signature.organs)), ems(signature.day_text)
    axis = (_DATE + day / 2) * CHARACTER
    for a_row, room in ((_SEALS_A_ROW, _SEAL), (2, _AREA * CHARACTER - 2 * axis)):
        if len(signature.organs) >= a_row and (widest + 0.5) * CHARACTER <= min(room, 2 * axis):
            break
    else:
        return _sealed(signature)
    rows = [signature.organs[start : start + a_row] for start in range(0, len(signature.organs), a_row)]
    edge = axis - room / 2
    lines = "".join(
        f'<p style="margin-right:{edge:.3f}mm;margin-top:{_SEAL - LINE if place else 0:.4f}mm">'
        + "".join(f'<b style="width:{room:.3f}mm">{escape(organ)}</b>' for organ in row)
        + "</p>"
        for place, row in enumerate(rows)
    )
    date = f'<p style="padding-right:{_DATE * CHARACTER:.3f}mm"><span>{_when(signature)}</span></p>'
    return f'<div class="signature seals">{lines}{date}</div>'


def _unsealed(signature: Signature) -> str:
    """署名 2 characters from the right, the date 2 to the right of its beginning; a longer date moves it left."""
    widest, day = max(map(ems, signature.organs)), ems(signature.day_text)
    wide = day + _PLAIN if day > widest else widest
    organs = "".join(f"<p>{span(organ)}</p>" for organ in signature.organs)
    return (
        f'<div class="signature unsealed" style="{_box(wide, _PLAIN)}">{organs}'
        f'<p style="padding-left:{_PLAIN * CHARACTER:.3f}mm"><span>{_when(signature)}</span></p></div>'
    )


def _stamped(signature: Signature) -> str:
    """A 签名章 two lines below the text and 4 characters from the right, its post 2 left of it (§7.3.5.3)."""
    right = _DATE * CHARACTER
    return (
        f'<div class="signature stamped"><p style="padding-right:{right + _STAMP + 2 * CHARACTER:.3f}mm">'
        f'{span(signature.post)}</p><p style="padding-right:{right:.3f}mm"><span>{_when(signature)}</span></p></div>'
    )
