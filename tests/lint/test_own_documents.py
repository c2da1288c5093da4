"""What our own writers make breaks no rule."""

from __future__ import annotations

from pathlib import Path

import documents
import pytest

from tongbao.lint import lint
from tongbao.outputs import word
from tongbao.outputs.fonts import FontSet, resolve
from tongbao.outputs.pdf import PdfEngine
from tongbao.outputs.typst import TypstEngine
from tongbao.outputs.weasyprint import WeasyPrintEngine
from tongbao.reports.document import Document

DOCUMENTS: dict[str, Document] = {
    "notice": documents.notice(),
    "full page": documents.full_page(),
    "份号、密级、紧急程度": documents.above_the_mark(),
    "joint issue of two": documents.joint(2),
    "upward": documents.upward(1),
    "upward, three signers": documents.upward(3),
    "信函": documents.letter(),
    "纪要": documents.minutes(),
    "without seal": documents.unsealed(),
    "signed by a stamp": documents.unsealed("市长"),
    "附注": documents.noted(),
    "主送 in 版记": documents.recipients_below(),
    "版记 on an odd page": documents.odd_imprint(),
    "tables and pictures": documents.tables_and_pictures(),
}
ODD = {"版记 on an odd page": {"GW-7.4-1"}}
KINDS = {"信函": "信函", "纪要": "纪要"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_word_files_break_no_rule(name: str) -> None:
    report = lint(word.write(DOCUMENTS[name]), name)
    assert report.observations == ()
    assert report.kind == KINDS.get(name, "文件")


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return resolve(Path(__file__).parents[2], [])


@pytest.mark.xdist_group("lint pdf")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_pdfs_of_typst_break_no_rule(name: str, typst: TypstEngine) -> None:
    assert broken(typst, name) <= ODD.get(name, set())


@pytest.mark.xdist_group("lint pdf")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_pdfs_of_weasyprint_break_no_rule(name: str, weasyprint: WeasyPrintEngine) -> None:
    assert broken(weasyprint, name) <= ODD.get(name, set())


@pytest.fixture(scope="module")
def typst(fonts: FontSet) -> TypstEngine:
    return TypstEngine(fonts)


@pytest.fixture(scope="module")
def weasyprint(fonts: FontSet) -> WeasyPrintEngine:
    return WeasyPrintEngine(fonts)


def broken(engine: PdfEngine, name: str) -> set[str]:
    report = lint(engine.render(DOCUMENTS[name]), name)
    assert report.kind == KINDS.get(name, "文件")
    return {each.rule for each in report.observations}
