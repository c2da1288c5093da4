"""A document as HTML: what the browser previews, the government site publishes, and the PDF is made from.

Every text of the document is escaped: markup that somebody typed into a spreadsheet stays text.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import ceil

from tongbao.outputs.fonts import FontSet, Role
from tongbao.outputs.html import chart
from tongbao.outputs.html.pen import ems
from tongbao.outputs.html.style import SCREEN, TYPE_AREA, face_rules, families, style_sheet
from tongbao.outputs.html.table import table
from tongbao.reports.document import (
    Attachment,
    Block,
    Document,
    Figure,
    Heading,
    Imprint,
    Paragraph,
    Run,
    Signature,
    Style,
    Table,
)

_ROLE_CLASSES: dict[Role, str] = {"小标宋": "biaosong", "仿宋": "fang", "楷体": "kai", "黑体": "hei", "宋体": "song"}
_LEVEL_CLASSES = {1: "hei", 2: "kai", 3: "fang", 4: "fang"}
_LINE = 225 / 22  # mm
_CHARACTER = 156 / 28  # mm
_INK_TOP = 0.85  # em above the baseline, of a Hanzi
_SHRUNK = 18 / 22  # a title is set no smaller than this part of its size
_DIGIT = 0.6  # em, of a digit in 小标宋
_DIVISIBLE_LINES = 4  # two lines stay, two go
_WIDE = 225 / 25.4 * 72  # pt: the type area of a landscape page


def page(document: Document, fonts: FontSet | None = None) -> str:
    """One self-contained HTML file.

    Args:
        document: what to show.
        fonts: names exactly these font files, as a proof does; without it the fonts that browsers of offices know.
    """
    faces = face_rules(fonts.faces) if fonts else ""
    return markup(document, fonts, style=faces + style_sheet(document.style, fonts) + SCREEN)


def markup(document: Document, fonts: FontSet | None, *, style: str = "") -> str:
    """The HTML of a document; the style sheet may come from elsewhere, as the PDF engine parses it only once."""
    meta = document.meta
    day = meta.created.isoformat()
    head = "".join(
        f'<meta name="{name}" content="{escape(content)}">'
        for name, content in (
            ("author", meta.organ),
            ("description", meta.subject),
            ("keywords", ",".join(meta.keywords)),
            ("dcterms.created", day),
            ("dcterms.modified", day),
        )
        if content
    )
    watermark = f'<div class="watermark">{escape(document.watermark)}</div>' if document.watermark else ""
    style = f"<style>\n{style}</style>" if style else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(meta.title)}</title>{head}{style}</head>"
        f"<body>{watermark}{_body(document, fonts)}</body></html>\n"
    )


def _body(document: Document, fonts: FontSet | None) -> str:
    write = _Blocks(document.style, families("黑体", fonts))
    parts = [
        _letterhead(document, fonts),
        "<main>",
        _title(document.title_lines, document.style.title_size, TYPE_AREA),
        f'<p class="text flush">{_span(document.recipients + "：")}</p>' if document.recipients else "",
        write.blocks(document.blocks, TYPE_AREA),
        f'<div class="{"closing" if _divisible(document) else "apart"}">',
        _annexes(document),
        _signature(document.signature) if document.signature else "",
        "</div>",
        "</main>",
        *(write.attachment(attachment) for attachment in document.attachments),
    ]
    if document.imprint:
        across = bool(document.attachments) and document.attachments[-1].landscape
        parts.append(_imprint(document.imprint, own_page=across))
    return "".join(parts)


def _letterhead(document: Document, fonts: FontSet | None) -> str:
    mark, number = document.letterhead.mark, document.letterhead.number
    size = min(document.style.mark_size, TYPE_AREA / max(ems(mark), 1.0))
    face = fonts.face("小标宋", mark[:1] or " ") if fonts else None
    lift = 0.5 + face.drop - _INK_TOP if face else 0.0  # the top of the strokes, not of the line, is what is measured
    return (
        f'<header><p class="mark" style="font-size:{size:.4g}pt;top:{-lift * size:.3f}pt">{escape(mark)}</p>'
        f'<p class="number">{_span(number)}</p></header>'
    )


class _Blocks:
    """Writes blocks with the tokens of one document."""

    def __init__(self, style: Style, family: str) -> None:
        self._bar, self._table_size, self._title_size, self._family = (
            style.bar,
            style.table_size,
            style.title_size,
            family,
        )

    def blocks(self, blocks: Iterable[Block], width: float) -> str:
        return "".join(self._block(block, width) for block in blocks)

    def attachment(self, attachment: Attachment) -> str:
        width = _WIDE if attachment.landscape else TYPE_AREA
        shape = "wide" if attachment.landscape else "upright"
        return (
            f'<section class="attachment {shape}"><p class="label">{escape(attachment.label)}</p>'
            f"{_title(attachment.title_lines, self._title_size, width)}"
            f"{self.blocks(attachment.blocks, width)}</section>"
        )

    def _block(self, block: Block, width: float) -> str:
        if isinstance(block, Heading):
            return _heading(block)
        if isinstance(block, Paragraph):
            names = ["text", *(["flush"] if block.flush else []), *([block.align] if block.align != "justify" else [])]
            return f'<p class="{" ".join(names)}">{_runs(block.runs)}</p>'
        if isinstance(block, Table):
            return table(block, self._table_size, width)
        return self._figure(block)

    def _figure(self, figure: Figure) -> str:
        # A whole number of lines keeps the lines after the figure where the other pages have theirs.
        lines = ceil((chart.height(figure.chart) + 3) / _LINE)
        drawing = chart.svg(figure, fill=self._bar, family=self._family)
        return (
            f'<figure><div style="height:{lines * _LINE:.4f}mm">{drawing}</div>'
            f"<figcaption>{escape(figure.caption)}</figcaption></figure>"
        )


def _title(lines: tuple[str, ...], size: float, width: float) -> str:
    """A title whose lines break where they were meant to: its letters shrink a little before a word is torn."""
    longest = max((sum(_DIGIT if c.isascii() else ems(c) for c in line) for line in lines), default=0.0)
    fits = min(size, width / max(longest, 1.0))
    keep = "white-space:nowrap" if fits >= size * _SHRUNK else ""
    return f'<h1 style="font-size:{max(fits, size * _SHRUNK):.4g}pt;{keep}">{"<br>".join(map(escape, lines))}</h1>'


def _divisible(document: Document) -> bool:
    """Whether body text can go with the signature to the next page and still leave some on the first."""
    only = document.blocks[0] if len(document.blocks) == 1 else None
    return not isinstance(only, Paragraph) or ems(only.text) > _DIVISIBLE_LINES * 28


def _heading(heading: Heading) -> str:
    tag = f"h{heading.level + 1}"
    words = f'<span class="{_LEVEL_CLASSES[heading.level]}">{escape(heading.number + heading.text)}</span>'
    if heading.tail:
        return f'<div class="text runin"><{tag}>{words}</{tag}><p>{_runs(heading.tail)}</p></div>'
    return f"<{tag}>{words}</{tag}>"


def _runs(runs: Iterable[Run]) -> str:
    parts = []
    for run in runs:
        role: Role | None = run.role or ("黑体" if run.strong else None)
        opening = f'<span class="{_ROLE_CLASSES[role]}">' if role else "<span>"
        parts.append(f"{opening}{escape(run.text)}</span>")
    return "".join(parts)


def _span(text: str) -> str:
    return f"<span>{escape(text)}</span>"


def _annexes(document: Document) -> str:
    if not document.attachment_lines:
        return ""
    numbers = max(ems(lead.removeprefix("附件：")) for lead, _ in document.attachment_lines)
    hang = 3 + numbers
    lines = []
    for index, (lead, name) in enumerate(document.attachment_lines):
        pad = f"padding-left:{3 * _CHARACTER:.3f}mm;" if index else ""
        room = (hang - 3 if index else hang) * _CHARACTER
        lines.append(
            f'<p style="padding-left:{(2 + hang) * _CHARACTER:.3f}mm;text-indent:-{hang * _CHARACTER:.3f}mm">'
            f'<b style="{pad}width:{room:.3f}mm">{escape(lead)}</b>{_span(name)}</p>'
        )
    return f'<div class="annexes">{"".join(lines)}</div>'


def _signature(signature: Signature) -> str:
    organ, day = ems(signature.organ), ems(signature.day_text)
    when = f'<time datetime="{signature.day.isoformat()}">{signature.day_text}</time>'
    if signature.seal:  # date 4 characters from the right, the organ centred on it and never outside the type area
        wide, right, lead = max(organ, day), max(0.0, 4 - max(0.0, (organ - day) / 2)), 0.0
    elif day > organ:  # date 2 characters from the right, the organ's first character 2 to the left of the date's
        wide, right, lead = day + 2, 2.0, 2.0
    else:  # organ 2 characters from the right, the date starts 2 to the right of its first character
        wide, right, lead = organ, 2.0, 2.0
    box = f"margin-left:{(28 - right - wide) * _CHARACTER:.3f}mm;width:{wide * _CHARACTER:.3f}mm"
    return (
        f'<div class="signature {"sealed" if signature.seal else "unsealed"}" style="{box}">'
        f"<p>{_span(signature.organ)}</p>"
        f'<p style="padding-left:{lead * _CHARACTER:.3f}mm"><span>{when}</span></p></div>'
    )


def _imprint(imprint: Imprint, *, own_page: bool) -> str:
    copies = f'<p class="copies">{escape(imprint.copies_text)}</p>' if imprint.copies else ""
    when = f'<time datetime="{imprint.day.isoformat()}">{imprint.day_text}</time>'
    return (
        f'<div class="last{" own" if own_page else ""}"><footer class="imprint">{copies}'
        f'<p class="print"><span>{escape(imprint.printer)}</span>{when}</p></footer></div>'
    )
