"""A document as HTML: what the browser previews, the government site publishes, and the PDF is made from.

Every text of the document is escaped: markup that somebody typed into a spreadsheet stays text.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tongbao.outputs.fonts import FontSet
from tongbao.outputs.html.blocks import BlockWriter
from tongbao.outputs.html.closing import closing
from tongbao.outputs.html.imprint import imprint
from tongbao.outputs.html.letterhead import letterhead
from tongbao.outputs.html.measures import TYPE_AREA
from tongbao.outputs.html.style import face_rules, families, screen_sheet, style_sheet
from tongbao.outputs.html.text import span, title
from tongbao.reports.document import Document
from tongbao.templates.style_sheet import StyleSheet

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SKIP = '<a class="skip" href="#text">跳到正文</a>'


def page(document: Document, fonts: FontSet | None = None, *, sheets: Sequence[StyleSheet] = ()) -> str:
    """One self-contained HTML file that loads nothing from anywhere, for sites, phones and screen readers.

    Args:
        document: what to show.
        fonts: names exactly these font files, as a proof does; without it the fonts that browsers of offices know.
        sheets: the pack's own, over ours; what makes a page fit a phone lies over both.
    """
    faces = face_rules(fonts.faces) if fonts else ""
    own = "".join(f"{sheet.text}\n" for sheet in sheets)
    policy = _POLICY + ("; font-src file:" if fonts else "")
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        + ('<meta name="robots" content="noindex">' if document.watermark else "")
        + f"<style>\n{faces}{style_sheet(document.style, fonts)}{own}{screen_sheet()}</style>"
    )
    draft = f'<p class="draft" role="note">{escape(document.watermark)}</p>' if document.watermark else ""
    return _whole(document, head, _SKIP + draft + _body(document, fonts) + _imprint(document))


def markup(document: Document, fonts: FontSet) -> str:
    """The HTML that a PDF is laid out from; its style sheet comes from elsewhere, parsed only once."""
    return _whole(document, "", _body(document, fonts) + _imprint(document))


def imprint_markup(document: Document, number: int | None = None) -> str:
    """Empty pages, and 版记 alone on the last: for a document whose own last page cannot hold it (GB/T 9704 §7.5).

    Args:
        document: whose 版记.
        number: of the page of 版记, which no blank page stands before; without it the page bears none.
    """
    inside = imprint(document.imprint, document.form) if document.imprint else ""
    empty = '<div class="bare own">&#8203;</div>'
    if number is None:
        return _whole(document, "", f'{empty}<div class="bare own">{inside}</div>')
    before = 2 if number % 2 else 1  # so many keep the last page on its side of the sheet
    count = f"<style>@page :first {{ counter-reset: page {number - before} }}</style>"
    return _whole(document, count, f'{empty * before}<div class="bare own numbered">{inside}</div>')


def _whole(document: Document, head: str, body: str) -> str:
    meta = document.meta
    day = meta.created.isoformat()
    told = "".join(
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
    watermark = (
        f'<div class="watermark" aria-hidden="true">{escape(document.watermark)}</div>' if document.watermark else ""
    )
    form = ' class="letter-paper"' if document.form == "信函" else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"{head}<title>{escape(meta.title)}</title>{told}</head>"
        f"<body{form}>{watermark}{body}</body></html>\n"
    )


def _body(document: Document, fonts: FontSet | None) -> str:
    write = BlockWriter(document.style, families("黑体", fonts))
    return "".join(
        (
            letterhead(document, fonts),
            '<main id="text">',
            title(document.title_lines, document.style.title_size, TYPE_AREA),
            f'<p class="text flush">{span(document.recipients + "：")}</p>' if document.recipients else "",
            write.blocks(document.blocks, TYPE_AREA),
            closing(document),
            *(write.attachment(attachment) for attachment in document.attachments),
            "</main>",
        )
    )


def _imprint(document: Document) -> str:
    inside = imprint(document.imprint, document.form) if document.imprint else ""
    across = bool(document.attachments) and document.attachments[-1].landscape
    return f'<div class="last{" own" if across else ""}">{inside}</div>' if inside else ""
