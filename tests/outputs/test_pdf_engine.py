"""What the PDF engine promises besides looks: chosen fonts, same bytes, nothing fetched, nothing passed over."""

from __future__ import annotations

import dataclasses
import gc
import hashlib
import io
import os
import resource
import subprocess
import sys
from pathlib import Path

import documents
import pdfplumber
import pytest

from tongbao.errors import Code, OutputError
from tongbao.outputs import weasyprint as weasyprint_engine
from tongbao.outputs.fonts import Face, FontSet, resolve
from tongbao.outputs.fonts.find import own_folders
from tongbao.outputs.pdf.embedded import embedded_families
from tongbao.outputs.weasyprint import WeasyPrintEngine
from tongbao.outputs.weasyprint.guard import FontFilesOnly, complaints
from tongbao.reports.document import Document

pytestmark = pytest.mark.xdist_group("pdf")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return resolve(ROOT, [])


@pytest.fixture(scope="module")
def engine(fonts: FontSet) -> WeasyPrintEngine:
    return WeasyPrintEngine(fonts)


def short(text: str = "现将有关情况通报如下。") -> Document:
    return dataclasses.replace(documents.notice(), blocks=(documents.paragraph(text),), attachments=())


def test_embedded_fonts_are_exactly_the_chosen_ones(engine: WeasyPrintEngine) -> None:
    content = engine.render(documents.notice(rows=3))
    assert embedded_families(content) == {
        "TB-NotoSerifCJKsc-Bold",
        "TB-FandolFang-Regular",
        "TB-FandolKai-Regular",
        "TB-NotoSansCJKsc-Regular",
        "TB-FandolSong-Regular",
    }


def test_font_only_when_needed_and_spare_font_for_a_rare_name(engine: WeasyPrintEngine) -> None:
    assert "TB-FandolKai-Regular" not in embedded_families(engine.render(short()))
    content = engine.render(short("市公安局李堃同志。"))
    assert "TB-LXGWWenKai-Light" in embedded_families(content)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        shown = {c["text"]: c["fontname"] for page in pdf.pages for c in page.chars}
    assert shown["堃"].endswith("TB-LXGWWenKai-Light")
    assert shown["李"].endswith("TB-FandolFang-Regular")


def test_font_of_the_office_is_the_one_embedded(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    (pack / "fonts").mkdir(parents=True)
    (pack / "fonts" / "仿宋.otf").write_bytes((own_folders(ROOT)[-1] / "fandol/FandolHei-Regular.otf").read_bytes())
    content = WeasyPrintEngine(resolve(ROOT, [pack])).render(short())
    assert "TB-FandolHei-Regular" in embedded_families(content)
    assert "TB-FandolFang-Regular" not in embedded_families(content)


def test_missing_glyph_is_refused_with_character_and_place(engine: WeasyPrintEngine) -> None:
    with pytest.raises(OutputError) as caught:
        engine.render(short("市\ue123局得分58.20分。"))
    assert caught.value.finding.code is Code.GLYPH_MISSING
    assert "U+E123" in str(caught.value)
    assert "局得分58.20" in str(caught.value)


def test_missing_font_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(OutputError, match="没有可用作小标宋的字体"):
        WeasyPrintEngine(resolve(tmp_path, [], system=[])).render(short())


def test_face_that_lies_about_its_characters_is_found_out(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FontSet, "check", lambda *_: ())
    with pytest.raises(OutputError, match="notdef"):
        WeasyPrintEngine(fonts).render(short("市\ue123局"))


def test_strange_font_in_the_file_is_found_out(engine: WeasyPrintEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint_engine, "embedded_families", lambda _: {"DejaVu-Sans"})
    with pytest.raises(OutputError, match="未经选定的字体 DejaVu-Sans"):
        engine.render(short())


def test_system_font_is_not_reachable_even_by_name(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    original = weasyprint_engine.style_sheet
    monkeypatch.setattr(weasyprint_engine, "style_sheet", lambda *a: original(*a) + 'p { font-family: "DejaVu Sans" }')
    content = WeasyPrintEngine(fonts).render(short())
    assert not any("DejaVu" in family for family in embedded_families(content))


def test_unsupported_property_in_our_style_sheet_is_a_defect(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    original = weasyprint_engine.style_sheet
    monkeypatch.setattr(weasyprint_engine, "style_sheet", lambda *a: original(*a) + "p { writing-mode: vertical-rl }")
    with pytest.raises(OutputError) as caught:
        WeasyPrintEngine(fonts).render(short())
    assert caught.value.finding.code is Code.INTERNAL
    assert "writing-mode" in str(caught.value)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "ftp://127.0.0.1/x"])
def test_any_other_address_ends_the_rendering(
    engine: WeasyPrintEngine, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    original = weasyprint_engine.markup
    image = f'<img src="{address}">'
    monkeypatch.setattr(weasyprint_engine, "markup", lambda *a: original(*a).replace("</main>", image + "</main>"))
    with pytest.raises(OutputError, match="已拒绝"):
        engine.render(short())


def test_fetcher_opens_the_named_font_and_nothing_beside_it(tmp_path: Path) -> None:
    from weasyprint.urls import FatalURLFetchingError

    font = tmp_path / "a.otf"
    font.write_bytes(b"OTTO")
    fetch = FontFilesOnly(frozenset({font.as_uri()}))
    assert fetch(font.as_uri()).read() == b"OTTO"
    with pytest.raises(FatalURLFetchingError):
        fetch((tmp_path / "b.otf").as_uri())


def test_markup_in_the_text_stays_text(engine: WeasyPrintEngine) -> None:
    nasty = '<img src="file:///etc/passwd"><script>1</script>&amp;'
    with pdfplumber.open(io.BytesIO(engine.render(short(nasty)))) as pdf:
        printed = "".join(c["text"] for page in pdf.pages for c in page.chars)
    assert nasty.replace(" ", "") in printed.replace(" ", "")


def test_metadata(engine: WeasyPrintEngine) -> None:
    with pdfplumber.open(io.BytesIO(engine.render(short()))) as pdf:
        meta = pdf.metadata
        language = pdf.doc.catalog["Lang"]
    assert meta["Title"] == "关于2022年11月全市政务服务能力评价情况的通报"
    assert meta["Author"] == "昌吉市人民政府办公室"
    assert meta["Keywords"] == "通报"
    assert meta["CreationDate"].startswith("D:20221209")
    assert meta["ModDate"] == meta["CreationDate"]
    assert language == b"zh-CN"


SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
import documents
from pathlib import Path
from tongbao.outputs.fonts import resolve
from tongbao.outputs.weasyprint import WeasyPrintEngine
engine = WeasyPrintEngine(resolve(Path(sys.argv[2]), []))
for number in map(int, sys.argv[3:]):
    content = engine.render(documents.notice(rows=9, number=number))
print(hashlib.sha256(content).hexdigest())
"""


def test_same_bytes_in_another_process_whatever_came_before(engine: WeasyPrintEngine) -> None:
    engine.render(short("李堃"))  # has loaded one more font than the other process
    here = hashlib.sha256(engine.render(documents.notice(rows=9, number=5))).hexdigest()
    command = [sys.executable, "-c", SCRIPT, str(Path(__file__).parent), str(ROOT), "6", "5"]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    there = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.strip()
    assert there == here


def test_memory_stays_flat_over_many_documents(engine: WeasyPrintEngine) -> None:
    def megabytes() -> float:
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1e6

    for number in range(3):
        engine.render(documents.notice(rows=2, number=number))
    before = megabytes()
    for number in range(8):
        engine.render(documents.notice(rows=2, number=100 + number))
    assert megabytes() - before < 40


def test_complaints_listen_only_while_asked() -> None:
    import logging

    with complaints() as said:
        logging.getLogger("weasyprint").warning("one")
    logging.getLogger("weasyprint").warning("two")
    assert said == ["one"]


def test_family_names_are_safe_in_style_sheets() -> None:
    assert Face('A"; } x {', Path("x.otf")).family == "TB-A-x"
