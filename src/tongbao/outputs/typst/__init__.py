"""Issued PDFs, typeset by Typst: Chinese lines justified to the edge, no system library, a few hundredths of a second.

The forms in `forms/` are the only Typst code there is; a document reaches them as data, so that no text of a template
or a spreadsheet is ever read as code. Typst sees the forms' folder and the chosen faces, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongbao.errors import Code, Finding, OutputError, Place, Severity
from tongbao.outputs.fonts import FontSet, Role
from tongbao.outputs.pdf import Box, Layout, Signed
from tongbao.outputs.pdf.embedded import embedded_families
from tongbao.outputs.pdf.refusals import imprint_too_high
from tongbao.outputs.typst.adjust import Adjusted, Facts, alone, earlier, late, overfull, remedies
from tongbao.outputs.typst.apart import compiled_apart
from tongbao.outputs.typst.compiler import Compiled, compiled, compiler_with, fonts_in
from tongbao.outputs.typst.data import filled
from tongbao.outputs.typst.faces import folder
from tongbao.reports.document import Document

_LARGE = 150_000
"""Characters of data, about 1,500 rows of eight figures: what has more is laid out in a process of its own."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF and where things came to stand in it."""

    content: bytes
    layout: Layout


class TypstEngine:
    """Typst with one set of fonts, which are read once and kept from document to document."""

    def __init__(self, fonts: FontSet) -> None:
        """Prepare for one set of fonts; nothing heavy is loaded before the first document."""
        self._fonts = fonts
        self._compiler: Any = None
        self._folders: tuple[str, ...] = ()
        self._families: Mapping[Role, Sequence[str]] = {}

    def render(self, document: Document) -> bytes:
        """Make the PDF.

        Raises:
            OutputError: a character has no glyph, Typst complained about anything, or a strange font got in.
        """
        return self.typeset(document).content

    def typeset(self, document: Document) -> Rendered:
        """Make the PDF and tell where 署名 and the ends of text and pages are.

        Raises:
            OutputError: a character has no glyph, 版记 is higher than a page, Typst complained about anything, or a
                strange font got in.
        """
        for finding in (*self._fonts.findings, *self._fonts.check(document)):
            if finding.severity is Severity.ERROR:
                raise OutputError(finding)
        content, facts = self._laid_out(document)
        if overfull(facts):
            raise imprint_too_high(document)
        embedded = embedded_families(content)
        if strangers := embedded - {face.name for face in self._fonts.faces}:
            raise _defect(document, f"嵌入了未经选定的字体 {'、'.join(sorted(strangers))}")
        if not embedded:
            raise _defect(document, "没有嵌入任何字体")
        return Rendered(content, _layout(facts))

    def _laid_out(self, document: Document) -> tuple[bytes, Facts]:
        """Lay out a document, and once more as it had to be changed; what to change is tried without attachments."""
        adjusted = Adjusted()
        made = self._compiled(document, adjusted)
        if late(made.facts) or alone(made.facts):
            adjusted = self._change(document, made.facts)
            made = self._compiled(document, adjusted) if adjusted != Adjusted() else made
        return made.content, made.facts

    def _change(self, document: Document, facts: Facts) -> Adjusted:
        adjusted = Adjusted()
        if late(facts):
            for change in earlier():
                found = self._compiled(document, change, bare=True).facts
                if not late(found):
                    adjusted, facts = change, found
                    break
        if alone(facts):
            for change in remedies(facts, document.blocks, adjusted):
                found = self._compiled(document, change, bare=True).facts
                if not alone(found) and late(found) == late(facts):
                    return change
        return adjusted

    def _compiled(self, document: Document, adjusted: Adjusted, *, bare: bool = False) -> Compiled:
        compiler = self._ready()
        data, day = filled(document, self._families, adjusted, bare=bare), document.meta.created
        made = compiled_apart(self._folders, data, day) if len(data) > _LARGE else compiled(compiler, data, day)
        if made.complaints:
            raise _defect(document, "；".join(made.complaints))
        return made

    def _ready(self) -> Any:
        if self._compiler is None:
            self._folders = tuple(str(folder(face)) for face in self._fonts.faces)
            fonts = fonts_in(self._folders)
            # Typst has names of its own for some fonts, whatever their files say: SimSun-ExtB is always called that.
            called = {Path(font.path).parent: font.family for font in fonts.fonts() if font.path}
            self._families = {
                role: [called[folder(face)] for face in stack] for role, stack in self._fonts.roles.items()
            }
            self._compiler = compiler_with(fonts)
        return self._compiler


def _layout(facts: Facts) -> Layout:
    pages = {fact["kind"]: fact["page"] for fact in facts if "page" in fact}
    signed = tuple(
        Signed(fact["organ"], Box(**fact["name"]), Box(**fact["day"])) for fact in facts if fact["kind"] == "signed"
    )
    return Layout(max(pages.values()), pages["text-end"], pages["content-end"], signed)


def _defect(document: Document, message: str) -> OutputError:
    place = Place(f"《{document.meta.title}》")
    return OutputError(
        Finding(Code.INTERNAL, f"生成 PDF 时出错：{message}", place, "请把这条信息和模板一并报告给维护者")
    )
