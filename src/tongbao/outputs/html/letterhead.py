"""版头 (GB/T 9704 §7.2, §10.1): the mark of one organ or of several, what stands above it, 发文字号 and 签发人."""

from __future__ import annotations

from html import escape

from tongbao.outputs.fonts import FontSet
from tongbao.outputs.html.measures import CHARACTER, MM_A_POINT, TYPE_AREA
from tongbao.outputs.html.pen import ems
from tongbao.outputs.html.text import span
from tongbao.reports.document import Document, Letterhead, Style

_INK_TOP = 0.85  # em above the baseline, of a Hanzi
_GAP = 0.5  # em between the organs of a joint issue and 文件
_PITCH = 1.25  # em from organ to organ
_MARKS = 60.0  # mm: the most that several organs take, so that page 1 still shows text
_SIGNERS_A_LINE = 2


def letterhead(document: Document, fonts: FontSet | None) -> str:
    """Write everything above the title."""
    head, style = document.letterhead, document.style
    mark = _joint_mark(head, style, fonts) if head.organs else _mark(head.mark, style, fonts)
    above, number = _above(head), _number(head)
    if document.form == "信函":
        rules = '<div class="rules upper"></div><div class="rules lower"></div>'
        return f'<header class="letter">{mark}{rules}<div class="beside">{above}{number}</div></header>'
    return f"<header>{above}{mark}{number}</header>"


def _above(head: Letterhead) -> str:
    """份号 on line 1, 密级 on line 2, 紧急程度 below both (§7.2.1–7.2.3)."""
    empty = "<br>" if head.secrecy and not head.copy_number else ""
    lines = [
        f"<p>{span(head.copy_number)}</p>" if head.copy_number else "",
        *(f'<p class="hei">{span(words)}</p>' for words in (head.secrecy, head.urgency) if words),
    ]
    inside = "".join(lines)
    return f'<div class="above">{empty}{inside}</div>' if inside else ""


def _lift(size: float, fonts: FontSet | None, first: str) -> float:
    """By how much a mark must rise, in pt: the top of the strokes, not of the line, is what is measured."""
    face = fonts.face("小标宋", first or " ") if fonts else None
    return (0.5 + face.drop - _INK_TOP) * size if face else 0.0


def _mark(mark: str, style: Style, fonts: FontSet | None) -> str:
    size = min(style.mark_size, TYPE_AREA / max(ems(mark), 1.0))
    return f'<p class="mark" style="{_set(ems(mark), size, _lift(size, fonts, mark[:1]))}">{escape(mark)}</p>'


def _set(across: float, size: float, lift: float) -> str:
    """The style of a mark: what stands below it stays where it is when it is lifted."""
    return f"--ems:{across:g};font-size:{size:.4g}pt;margin:{-lift:.3f}pt 0 {lift:.3f}pt"


def _joint_mark(head: Letterhead, style: Style, fonts: FontSet | None) -> str:
    """The organs one below another, each as wide as the longest; 文件 at their right, in the middle of their height."""
    widest = max(map(ems, head.organs))
    across = widest + (_GAP + ems(head.mark) if head.mark else 0.0)
    size = min(style.mark_size, TYPE_AREA / across, _MARKS / MM_A_POINT / (_PITCH * len(head.organs)))
    lift = _lift(size, fonts, head.organs[0][:1]) + (_PITCH - 1) / 2 * size
    organs = "".join(f'<span style="{_spread(organ, widest)}">{escape(organ)}</span>' for organ in head.organs)
    kind = f'<span class="kind">{escape(head.mark)}</span>' if head.mark else ""
    return (
        f'<p class="mark joint" style="{_set(across, size, lift)}">'
        f'<span class="organs" style="width:{widest:g}em">{organs}</span>{kind}</p>'
    )


def _spread(organ: str, widest: float) -> str:
    gaps = len(organ) - 1
    more = (widest - ems(organ)) / gaps if gaps else 0.0
    return f"letter-spacing:{more:.4f}em;margin-right:-{more:.4f}em" if more else ""


def _number(head: Letterhead) -> str:
    """发文字号 over the red rule: centred, or left of 签发人 on the line of the last of them (§7.2.6)."""
    if not head.signers:
        return f'<p class="number">{span(head.number)}</p>'
    a_line = min(len(head.signers), _SIGNERS_A_LINE)
    widest = max(map(ems, head.signers))
    widths = [f"width:{(widest + (place + 1 < a_line)) * CHARACTER:.3f}mm" for place in range(a_line)]
    rows = [head.signers[start : start + a_line] for start in range(0, len(head.signers), a_line)]
    lines = []
    for place, row in enumerate(rows):
        number = f"<i>{span(head.number)}</i>" if row is rows[-1] else ""
        label = "" if place else span("签发人：")
        names = (*row, *[""] * (a_line - len(row)))  # the last line of an odd number is as wide as the others
        slots = (
            f'<b style="{width}"><span class="kai">{escape(name)}</span></b>'
            for name, width in zip(names, widths, strict=True)
        )
        lines.append(f"<p>{number}{label}{''.join(slots)}</p>")
    return f'<div class="number upward">{"".join(lines)}</div>'
