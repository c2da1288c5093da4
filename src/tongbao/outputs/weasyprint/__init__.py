"""PDF by way of HTML and CSS: for previews and for packs that bring a style sheet of their own."""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from tongbao.errors import Code, Finding, OutputError, Place, Severity
from tongbao.outputs.fonts import Face, FontSet
from tongbao.outputs.html import imprint_markup, markup
from tongbao.outputs.html.style import face_rules, style_sheet
from tongbao.outputs.pdf.embedded import embedded_families
from tongbao.outputs.weasyprint.guard import FontFilesOnly, complaints, no_system_fonts, without_collector
from tongbao.outputs.weasyprint.imprint import settled
from tongbao.outputs.weasyprint.justify import justified
from tongbao.reports.document import Document, Style
from tongbao.templates.style_sheet import StyleSheet


class WeasyPrintEngine:
    """HTML and CSS laid out by WeasyPrint; fonts and style sheets are kept from document to document."""

    def __init__(self, fonts: FontSet, sheets: Sequence[StyleSheet] = ()) -> None:
        """Prepare for one set of fonts and a pack's own style sheets; nothing heavy is loaded before a document is."""
        self._fonts = fonts
        self._own = tuple(sheets)
        self._own_parsed: list[Any] | None = None
        self._configuration: Any = None
        self._registered: set[Face] = set()
        self._sheets: dict[Style, Any] = {}

    def render(self, document: Document) -> bytes:
        """Make the PDF.

        Raises:
            OutputError: a character has no glyph, or WeasyPrint complained about anything, or a strange font got in.
        """
        for finding in (*self._fonts.findings, *self._fonts.check(document)):
            if finding.severity is Severity.ERROR:
                raise OutputError(finding)
        # A style sheet of the office's own may set any text in any role.
        faces = self._fonts.faces if self._own else self._fonts.used(document)
        fetcher = FontFilesOnly(frozenset(face.path.as_uri() for face in faces))
        try:
            from weasyprint.urls import FatalURLFetchingError
        except OSError as error:
            raise self._without_pango(document, error) from None
        try:
            with complaints() as said, without_collector(), justified():
                sheets = [self._sheet(document.style, faces, fetcher), *self._own_sheets(fetcher)]
                lay_out = partial(self._lay_out, sheets=sheets, fetcher=fetcher)
                pages = settled(
                    lay_out(markup(document, self._fonts)),
                    document,
                    lambda number: lay_out(imprint_markup(document, number)),
                )
                content: bytes = pages.write_pdf(pdf_tags=True)
        except FatalURLFetchingError as error:
            raise _defect(document, str(error)) from None
        if said:
            raise _defect(document, "；".join(said))
        embedded = embedded_families(content)
        if strangers := embedded - {face.family for face in faces}:
            raise _defect(document, f"嵌入了未经选定的字体 {'、'.join(sorted(strangers))}")
        if not embedded:
            raise _defect(document, "没有嵌入任何字体")
        return content

    def _without_pango(self, document: Document, error: OSError) -> OutputError:
        place = Place(self._own[-1].file if self._own else f"《{document.meta.title}》")
        remedy = "请安装 libpango-1.0-0、libpangoft2-1.0-0、libharfbuzz-subset0（make run 会自动安装）"
        return OutputError(
            Finding(Code.OUTPUT_UNWRITABLE, f"照样式表排版要用 Pango，它不能载入（{error}）", place, remedy)
        )

    def _lay_out(self, text: str, *, sheets: list[Any], fetcher: FontFilesOnly) -> Any:
        from weasyprint import HTML

        html = HTML(string=text, url_fetcher=fetcher)
        return html.render(font_config=self._configuration, stylesheets=sheets)

    def _sheet(self, style: Style, faces: tuple[Face, ...], fetcher: FontFilesOnly) -> Any:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        if self._configuration is None:
            with no_system_fonts():
                self._configuration = FontConfiguration()
            gc.collect()
            gc.freeze()  # the libraries stay for good: no collection need walk through them after every document
        if fresh := [face for face in faces if face not in self._registered]:
            CSS(string=face_rules(fresh), font_config=self._configuration, url_fetcher=fetcher)
            self._registered.update(fresh)
        if style not in self._sheets:
            text = style_sheet(style, self._fonts)
            self._sheets[style] = CSS(string=text, font_config=self._configuration, url_fetcher=fetcher)
        return self._sheets[style]

    def _own_sheets(self, fetcher: FontFilesOnly) -> list[Any]:
        from weasyprint import CSS

        if self._own_parsed is None:
            parsed = []
            for sheet in self._own:
                with complaints() as said:
                    parsed.append(CSS(string=sheet.text, font_config=self._configuration, url_fetcher=fetcher))
                if said:
                    raise _not_followed(sheet, said[0])
            self._own_parsed = parsed
        return self._own_parsed


def _not_followed(sheet: StyleSheet, message: str) -> OutputError:
    at = re.search(r" at (\d+):(\d+)", message)
    place = Place(sheet.file, line=int(at[1]), column=int(at[2])) if at else Place(sheet.file)
    told = f"PDF 引擎不能照办（{message}）"
    return OutputError(
        Finding(Code.TEMPLATE_MARKUP, told, place, "请删去或改写这一条；只给浏览器看的放进 @media screen")
    )


def _defect(document: Document, message: str) -> OutputError:
    place = Place(f"《{document.meta.title}》")
    return OutputError(
        Finding(Code.INTERNAL, f"生成 PDF 时出错：{message}", place, "请把这条信息和模板一并报告给维护者")
    )
