"""Reads PDFs of both engines back, glyph by glyph: every name is shown by the face of its stack, never as a box."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import documents
import pytest
from font_files import ROOT, drawn
from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from tongbao.outputs.fonts import ROLES, FontSet, Role, resolve
from tongbao.outputs.fonts.find import system_folders
from tongbao.outputs.pdf import PdfEngine
from tongbao.outputs.typst import TypstEngine
from tongbao.outputs.weasyprint import WeasyPrintEngine
from tongbao.reports.document import BarChart, Document, Figure, Paragraph, Run

NAMES = "堃喆镕玥祎翀昉旸曌赟垟埗䶮㐂𠮷"
ENGINES = pytest.mark.parametrize("engine", [TypstEngine, WeasyPrintEngine])


class Glyphs(PDFPageAggregator):
    """Notes every glyph of a page: the font's name, the glyph's number in it (0 is the box), and the text it means."""

    def __init__(self) -> None:
        super().__init__(PDFResourceManager())
        self.shown: list[tuple[str, int, str]] = []

    def render_char(self, matrix: Any, font: Any, *rest: Any) -> float:
        cid = rest[3]
        self.shown.append((font.fontname.partition("+")[2], cid, font.to_unichr(cid)))
        return super().render_char(matrix, font, *rest)


def glyphs(content: bytes) -> list[tuple[str, int, str]]:
    device = Glyphs()
    interpreter = PDFPageInterpreter(device.rsrcmgr, device)
    for page in PDFPage.get_pages(io.BytesIO(content)):
        interpreter.process_page(page)
    return [shown for shown in device.shown if shown[2].strip()]


def notice(*paragraphs: Paragraph) -> Document:
    return replace(documents.notice(rows=1), blocks=paragraphs, attachments=())


def behind(shown: list[tuple[str, int, str]], lead: str, count: int) -> list[tuple[str, int, str]]:
    start = "".join(text[0] for _, _, text in shown).index(lead) + len(lead)
    return shown[start : start + count]


def face_name(engine: type[PdfEngine], fonts: FontSet, role: Role, character: str) -> str:
    face = fonts.face(role, character)
    assert face is not None
    return face.name if engine is TypstEngine else face.family


@ENGINES
def test_every_name_is_shown_in_every_role_by_the_face_of_the_stack(engine: type[PdfEngine]) -> None:
    fonts = resolve(ROOT, [])
    lines = (Paragraph((Run(f"用{role}写" + NAMES, role=role),)) for role in ROLES)
    shown = glyphs(engine(fonts).render(notice(*lines)))  # type: ignore[call-arg]
    for role in ROLES:
        found = behind(shown, f"用{role}写", len(NAMES))
        assert "".join(text for _, _, text in found) == NAMES
        assert [font.removesuffix("-Identity-H") for font, _, _ in found] == [
            face_name(engine, fonts, role, name) for name in NAMES
        ]
        assert len({glyph for _, glyph, _ in found}) == len(NAMES)
        assert all(glyph for _, glyph, _ in found)


@ENGINES
def test_character_of_level_3_is_shown_where_the_machine_has_a_font_for_it(
    engine: type[PdfEngine], tmp_path: Path
) -> None:
    drawn(tmp_path / "simsunb.ttf", "SimSun-ExtB", "𪜀𫠠")
    fonts = resolve(ROOT, [], system=[tmp_path, *system_folders()])
    content = engine(fonts).render(notice(documents.paragraph("甲乙𪜀𫠠同志")))  # type: ignore[call-arg]
    found = behind(glyphs(content), "甲乙", 2)
    assert [text for _, _, text in found] == ["𪜀", "𫠠"]
    assert {font for font, _, _ in found} <= {"SimSun-ExtB", "TB-SimSun-ExtB"}
    assert all(glyph for _, glyph, _ in found)


@ENGINES
def test_variant_form_is_the_one_that_is_asked_for(engine: type[PdfEngine], tmp_path: Path) -> None:
    target = tmp_path / "pack" / "fonts" / "仿宋.ttf"
    drawn(target, "TestFang", "葛噶", variants={("葛", "\U000e0100"): "噶"})
    fonts = resolve(ROOT, [tmp_path / "pack"])
    content = engine(fonts).render(notice(documents.paragraph("甲乙葛葛\U000e0100噶")))  # type: ignore[call-arg]
    plain, variant, shape = (glyph for _, glyph, _ in behind(glyphs(content), "甲乙", 3))
    assert plain != variant == shape


@ENGINES
def test_offices_own_font_comes_first_in_the_pdf(engine: type[PdfEngine], tmp_path: Path) -> None:
    drawn(tmp_path / "pack" / "fonts" / "县仿宋.ttf", "TestFang", "通报")
    fonts = resolve(ROOT, [tmp_path / "pack"])
    content = engine(fonts).render(notice(documents.paragraph("甲乙通报如下")))  # type: ignore[call-arg]
    found = behind(glyphs(content), "甲乙", 4)
    names = [font.removeprefix("TB-").removesuffix("-Identity-H") for font, _, _ in found]
    assert names == ["TestFang", "TestFang", "FandolFang-Regular", "FandolFang-Regular"]


@ENGINES
def test_rare_names_stand_in_charts_too(engine: type[PdfEngine], tmp_path: Path) -> None:
    drawn(tmp_path / "simsunb.ttf", "SimSun-ExtB", "𪜀")
    fonts = resolve(ROOT, [], system=[tmp_path, *system_folders()])
    chart = BarChart(("𪜀局", "䶮局"), (90.0, 80.0), ("90", "80"), "得分", "11月")
    document = replace(notice(documents.paragraph("见图。")), blocks=(Figure("图1 得分", chart, "条形图"),))
    shown = {text: (font, glyph) for font, glyph, text in glyphs(engine(fonts).render(document))}  # type: ignore[call-arg]
    assert "SimSun-ExtB" in shown["𪜀"][0]
    assert "NotoSansCJKsc-Regular" in shown["䶮"][0]
    assert shown["𪜀"][1]
    assert shown["䶮"][1]
