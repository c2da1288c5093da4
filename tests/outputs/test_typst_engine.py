"""What the engine of issued PDFs promises besides looks: chosen fonts, same bytes, texts that stay texts."""

from __future__ import annotations

import hashlib
import io
import os
import re
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import documents
import pdfplumber
import pytest
from pdf_pages import printed
from word_text import text_of

from tongbao.errors import Code, OutputError
from tongbao.outputs import typst as engine_module
from tongbao.outputs import word
from tongbao.outputs.fonts import FontSet, resolve
from tongbao.outputs.fonts.find import own_folders
from tongbao.outputs.pdf.embedded import embedded_families
from tongbao.outputs.typst import TypstEngine
from tongbao.reports.document import Document, Figure, Heading, Line, LineChart, Run, Table, TableCell

pytestmark = pytest.mark.xdist_group("typst")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return resolve(ROOT, [])


@pytest.fixture(scope="module")
def engine(fonts: FontSet) -> TypstEngine:
    return TypstEngine(fonts)


def short(text: str = "现将有关情况通报如下。") -> Document:
    return replace(documents.notice(), blocks=(documents.paragraph(text),), attachments=())


def test_embedded_fonts_are_exactly_the_chosen_ones(engine: TypstEngine) -> None:
    assert embedded_families(engine.render(documents.notice(rows=3))) == {
        "NotoSerifCJKsc-Bold",
        "FandolFang-Regular",
        "FandolKai-Regular",
        "NotoSansCJKsc-Regular",
        "FandolSong-Regular",
    }


def test_bold_face_of_the_title_is_the_bold_one(engine: TypstEngine) -> None:
    with pdfplumber.open(io.BytesIO(engine.render(short()))) as pdf:
        title = {c["fontname"].partition("+")[2] for c in pdf.pages[0].chars if round(c["size"]) == 22}
    assert {name.removesuffix("-Identity-H") for name in title} == {"NotoSerifCJKsc-Bold"}


def test_font_only_when_needed_and_spare_font_for_a_rare_name(engine: TypstEngine) -> None:
    assert "FandolKai-Regular" not in embedded_families(engine.render(short()))
    content = engine.render(short("市公安局李堃同志。"))
    assert "LXGWWenKai-Light" in embedded_families(content)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        shown = {c["text"]: c["fontname"] for page in pdf.pages for c in page.chars}
    assert "LXGWWenKai-Light" in shown["堃"]
    assert "FandolFang-Regular" in shown["李"]


def test_font_of_the_office_is_the_one_embedded(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    (pack / "fonts").mkdir(parents=True)
    (pack / "fonts" / "仿宋.otf").write_bytes((own_folders(ROOT)[-1] / "fandol/FandolHei-Regular.otf").read_bytes())
    content = TypstEngine(resolve(ROOT, [pack])).render(short())
    assert "FandolHei-Regular" in embedded_families(content)
    assert "FandolFang-Regular" not in embedded_families(content)


def test_missing_glyph_is_refused_with_character_and_place(engine: TypstEngine) -> None:
    with pytest.raises(OutputError) as caught:
        engine.render(short("市\ue123局得分58.20分。"))
    assert caught.value.finding.code is Code.GLYPH_MISSING
    assert "U+E123" in str(caught.value)
    assert "局得分58.20" in str(caught.value)


def test_missing_font_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(OutputError, match="没有可用作小标宋的字体"):
        TypstEngine(resolve(tmp_path, [], system=[])).render(short())


def test_strange_font_in_the_file_is_found_out(engine: TypstEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "embedded_families", lambda _: {"DejaVuSans"})
    with pytest.raises(OutputError, match="未经选定的字体 DejaVuSans"):
        engine.render(short())


HOSTILE = (
    '#import "@preview/cetz:0.3.4": *',
    '#read("/etc/passwd")',
    '#include "/etc/passwd"',
    '"); panic("out',
    "#panic()",
    "$x^2$ $",
    "\\ \\u{41} \\",
    "`code` ```typ #panic() ```",
    "// not a comment /* nor this */",
    "@fact <fact> <content-end>",
    "= heading",
    "- list",
    "+ list",
    "*strong* _emph_",
    "a -- b --- c ... d",
    "'single' \"double\"",
    "[content] {code} ]]]]}}}}",
    "https://example.org/#fragment",
    "]]><script>&lt;&amp;",
    "{{ 7 * 7 }} {% raw %}",
    '{"document": null}',
    "㐂䶮𠮷",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_typed_stays_text_everywhere(engine: TypstEngine, hostile: str) -> None:
    base = documents.notice(rows=2)
    cells = (TableCell(hostile), TableCell(hostile, align="left", strong=True))
    chart = LineChart(("2022年10月", "2022年11月"), (Line(hostile, (1.0, 2.0), (hostile, "")),), hostile)
    document = replace(
        base,
        recipients=hostile,
        blocks=(
            documents.paragraph(hostile),
            Heading(1, "一、", hostile),
            Heading(2, "（一）", hostile, (Run(hostile, strong=True),)),
            Table(hostile, (1.0, 1.0), (cells,), (cells, cells), (hostile,)),
            Figure(hostile, chart, hostile),
        ),
        note=hostile,
        attachments=(replace(base.attachments[0], title_lines=(hostile,)),),
        meta=replace(base.meta, subject=hostile, keywords=(hostile,)),
    )
    words = "".join(printed(engine.render(document)))
    wanted = "".join(hostile.split())
    # 主送, text, two headings, tail, caption, six cells, note under the table, caption of the figure, 附注, 附件 twice
    assert words.count(wanted) >= 15, words


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x85"])
def test_control_characters_are_refused(engine: TypstEngine, character: str) -> None:
    with pytest.raises(OutputError) as caught:
        engine.render(short(f"市{character}局"))
    assert caught.value.finding.code is Code.GLYPH_MISSING


def test_forms_can_open_nothing_outside_their_folder(fonts: FontSet, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    forms.mkdir()
    (tmp_path / "secret.txt").write_text("秘密", "utf-8")
    compiler = TypstEngine(fonts)._ready()
    for escape in ('#read("/../secret.txt")', '#read("../../secret.txt")', f'#read("{tmp_path}/secret.txt")'):
        with pytest.raises(RuntimeError):
            compiler.compile(input=escape.encode())
    with pytest.raises(RuntimeError, match="package"):
        compiler.compile(input=b'#import "@preview/cetz:0.3.4": *')


def test_very_long_words_stay_inside_the_type_area(engine: TypstEngine) -> None:
    word_of_300 = "W" * 300
    base = documents.notice(rows=2)
    table = Table("", (1.0, 1.0), (), ((TableCell(word_of_300), TableCell("1" * 60)),))
    content = engine.render(replace(base, blocks=(documents.paragraph(word_of_300), table), attachments=()))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        letters = [c for page in pdf.pages for c in page.chars if c["text"] in "W1" and c["size"] < 17]
    assert len([c for c in letters if c["text"] == "W"]) == 600
    assert min(c["x0"] for c in letters) >= 28 / 25.4 * 72 - 0.1
    assert max(c["x1"] for c in letters) <= 184 / 25.4 * 72 + 0.5


def test_text_of_word_and_pdf_is_the_same(engine: TypstEngine) -> None:
    document = documents.notice(rows=12)
    pdf = re.sub(r"—\d+—", "", "".join(printed(engine.render(document))))
    for words in text_of(word.write(document)):
        for piece in re.split(r"[\t\n]", words):
            assert "".join(piece.split()) in pdf, piece


def test_metadata_language_tags_and_bookmarks(engine: TypstEngine) -> None:
    content = engine.render(documents.notice(rows=3))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        meta, catalog = pdf.metadata, pdf.doc.catalog
        outlines = [title for _, title, *_ in pdf.doc.get_outlines()]
    assert meta["Title"] == "关于2022年11月全市政务服务能力评价情况的通报"
    assert meta["Author"] == "昌吉市人民政府办公室"
    assert meta["CreationDate"].startswith("D:20221209")
    assert meta["ModDate"] == meta["CreationDate"]
    assert catalog["Lang"] == b"zh-CN"
    assert catalog["MarkInfo"]["Marked"]
    assert "StructTreeRoot" in catalog
    assert outlines[0].startswith("昌吉市人民政府办公室")
    assert "一、总体情况" in outlines
    assert "2022年11月主要指标完成情况" in outlines
    assert b"/TH" in content
    assert b"pdfaid:part" in content


SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
import documents
from pathlib import Path
from tongbao.outputs.fonts import resolve
from tongbao.outputs.typst import TypstEngine
engine = TypstEngine(resolve(Path(sys.argv[2]), []))
for number in map(int, sys.argv[3:]):
    content = engine.render(documents.notice(rows=9, number=number))
assert not {"weasyprint", "cffi"} & set(sys.modules), "the default engine needs no Pango"
print(hashlib.sha256(content).hexdigest())
"""


def test_same_bytes_in_another_process_whatever_came_before_and_without_weasyprint(engine: TypstEngine) -> None:
    engine.render(short("李堃"))
    here = hashlib.sha256(engine.render(documents.notice(rows=9, number=5))).hexdigest()
    command = [sys.executable, "-c", SCRIPT, str(Path(__file__).parent), str(ROOT), "6", "5"]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    there = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.strip()
    assert there == here


def test_very_large_document_leaves_nothing_behind_and_has_the_same_bytes(
    engine: TypstEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resident() -> float:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6

    here = engine.render(documents.notice(rows=40))
    before = resident()
    content = engine.render(replace(short(), attachments=documents.notice(rows=2200).attachments[:1]))
    assert resident() - before < 40  # in this process the rows would leave some 300 MB
    assert len(content) > 1_000_000
    monkeypatch.setattr(engine_module, "_LARGE", 0)
    assert engine.render(documents.notice(rows=40)) == here


def test_defect_in_the_process_apart_is_told(engine: TypstEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_LARGE", 0)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(OutputError, match="排版进程退出"):
        engine.render(short())
