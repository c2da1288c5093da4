"""A pack's own style sheet in the PDF and on the web page: it lies over ours, and is told where it fails."""

from __future__ import annotations

import builtins
import io
from collections import Counter
from pathlib import Path

import documents
import pdfplumber
import pytest

from tongbao.errors import Code, OutputError
from tongbao.outputs.fonts import FontSet, resolve
from tongbao.outputs.html import page
from tongbao.outputs.weasyprint import WeasyPrintEngine
from tongbao.templates.style_sheet import StyleSheet

pytestmark = pytest.mark.xdist_group("pdf")


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return resolve(Path(__file__).parents[2], [])


def sheet(text: str) -> StyleSheet:
    return StyleSheet("templates/甲县/样式.css", text)


def characters(content: bytes) -> list[dict]:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [character for each in pdf.pages for character in each.chars]


def test_sheet_changes_the_look_and_not_a_word(fonts: FontSet) -> None:
    document = documents.bare(documents.host())
    plain = characters(WeasyPrintEngine(fonts).render(document))
    own = characters(
        WeasyPrintEngine(fonts, [sheet("h2 .hei { font-family: var(--kai) } .number { color: #00f }")]).render(document)
    )
    assert Counter(c["text"] for c in own) == Counter(c["text"] for c in plain)
    heading = next(c for c in own if c["text"] == "总")
    assert "FandolKai" in heading["fontname"]  # a role that the document itself does not use
    assert any(c["non_stroking_color"] == (0, 0, 1) for c in own)
    assert not any(c["non_stroking_color"] == (0, 0, 1) for c in plain)


def test_county_lies_over_base(fonts: FontSet) -> None:
    sheets = [sheet(".number { color: #0f0 }"), sheet(".number { color: #00f }")]
    colours = {
        c["non_stroking_color"]
        for c in characters(WeasyPrintEngine(fonts, sheets).render(documents.bare(documents.host())))
    }
    assert (0, 0, 1) in colours
    assert (0, 1, 0) not in colours


def test_property_that_pdf_does_not_know_is_told_with_its_line(fonts: FontSet) -> None:
    text = "p { color: #000 }\np { writing-mode: vertical-rl }"
    with pytest.raises(OutputError) as caught:
        WeasyPrintEngine(fonts, [sheet(text)]).render(documents.bare(documents.host()))
    finding = caught.value.finding
    assert finding.code is Code.TEMPLATE_MARKUP
    assert (finding.place.file, finding.place.line) == ("templates/甲县/样式.css", 2)
    assert "writing-mode" in finding.message


def test_what_is_for_browsers_only_is_left_to_them(fonts: FontSet) -> None:
    text = "@media screen { p { box-shadow: 0 0 2px #000 } }"
    assert WeasyPrintEngine(fonts, [sheet(text)]).render(documents.bare(documents.host()))
    shown = page(documents.bare(documents.host()), sheets=[sheet(text)])
    assert shown.index(".watermark {") < shown.index("box-shadow") < shown.index("max-width: 48em")


def test_machine_without_pango_is_told_what_to_install(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, *rest: object) -> object:
        if name == "weasyprint" or name.startswith("weasyprint."):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return imported(name, *rest)

    imported = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(OutputError, match="Pango") as caught:
        WeasyPrintEngine(fonts, [sheet("")]).render(documents.bare(documents.host()))
    assert caught.value.finding.place.file == "templates/甲县/样式.css"
