"""What fonts a Word file names: the office's own, the standard's, and for each rare character one that has it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import documents
import pytest
from font_files import FANDOL, ROOT, drawn, renamed
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_files import NAMES, W, WordFile, text
from word_text import text_of

from tongbao.outputs.fonts import Face, Role, resolve
from tongbao.outputs.fonts.office import FANG, HEI, KAI, SONG, TITLE, faces_of
from tongbao.reports.document import BarChart, Document, Figure, Heading, Paragraph, Run

FONTS = "word/fontTable.xml"


def notice(*blocks: Paragraph | Heading | Figure, title: str = "情况通报") -> Document:
    document = documents.notice(rows=1)
    return replace(document, title_lines=(title,), blocks=blocks, attachments=())


def named(paragraph: etree._Element) -> list[tuple[str, str]]:
    """Text of each run with the font that it names itself; "" where its style does."""
    found = []
    for run in paragraph.iterfind(f"{{{W}}}r"):
        (name, *_) = [*run.xpath("w:rPr/w:rFonts/@w:eastAsia", namespaces=NAMES), ""]
        found.append((text(run), name))
    return found


def alternates(file: WordFile) -> dict[str, list[str]]:
    return {
        font.get(f"{{{W}}}name"): font.xpath("w:altName/@w:val", namespaces=NAMES)[0].split(",")
        for font in file.find("//w:font", FONTS)
    }


def own(folder: Path) -> dict[Role, Face]:
    return dict(resolve(ROOT, [folder]).own)


def test_font_table_names_the_fonts_of_the_standard_with_alternates() -> None:
    found = alternates(WordFile(documents.notice(rows=1)))
    assert list(found)[:5] == [FANG, KAI, HEI, SONG, TITLE]
    assert found[FANG][:2] == ["仿宋", "FangSong"]
    assert found[KAI][:2] == ["楷体", "KaiTi"]
    assert found[HEI][0] == "SimHei"
    assert found[SONG][0] == "SimSun"
    assert found[TITLE][:2] == ["方正小标宋_GBK", "华文中宋"]
    assert "LXGW WenKai Light" in found[FANG]  # free ones, for machines with neither Windows nor its fonts
    assert "Noto Sans CJK SC" in found[HEI]


def test_font_table_holds_what_the_schema_asks_for_in_its_order() -> None:
    order = ["altName", "panose1", "charset", "family", "pitch", "sig"]
    for font in WordFile(documents.notice(rows=1)).find("//w:font", FONTS):
        tags = [etree.QName(child).localname for child in font]
        assert tags == [tag for tag in order if tag in tags]
        assert font.xpath("string(w:charset/@w:val)", namespaces=NAMES) == "86"
    first = WordFile(documents.notice(rows=1)).find("//w:font", FONTS)[0]
    assert first.xpath("string(w:panose1/@w:val)", namespaces=NAMES) == "02010609060101010101"
    assert first.xpath("string(w:sig/@w:csb0)", namespaces=NAMES) == "00040000"  # code page 936


def test_rare_character_has_a_run_that_names_a_font_for_it() -> None:
    file = WordFile(notice(documents.paragraph("李堃、吉喆与𠮷田𰀀㐂䶮鿍同行。")))
    (body,) = file.styled("NoticeBody")
    assert named(body) == [
        ("李", ""),
        ("堃", "仿宋"),
        ("、吉", ""),
        ("喆", "仿宋"),
        ("与", ""),
        ("𠮷", "SimSun-ExtB"),
        ("田", ""),
        ("𰀀", "SimSun-ExtG"),
        ("㐂䶮", "仿宋"),
        ("鿍", "微软雅黑"),  # U+9FCD came after the fonts of GB 18030-2005
        ("同行。", ""),
    ]
    assert {"仿宋", "SimSun-ExtB", "SimSun-ExtG", "微软雅黑"} <= set(alternates(file))


def test_font_for_a_rare_character_follows_the_role() -> None:
    blocks = (
        Heading(1, "一、", "李堃𠮷的事迹"),
        Heading(2, "（一）", "李堃。", (Run("正文堃"),)),
        Paragraph((Run("李堃", role="楷体"), Run("李堃", strong=True), Run("李堃", role="小标宋"))),
    )
    file = WordFile(notice(*blocks, title="关于李堃的通报"))
    (title,) = file.styled("Title")
    assert named(title) == [("关于李", ""), ("堃", "方正小标宋_GBK"), ("的通报", "")]
    (first,) = file.styled("Heading1")
    assert named(first) == [("一、李堃", ""), ("𠮷", "SimSun-ExtB"), ("的事迹", "")]  # 黑体 has all of GBK
    (second,) = file.styled("RunIn2")
    assert named(second) == [("（一）李", ""), ("堃", "楷体"), ("。", ""), ("正文", ""), ("堃", "仿宋")]
    (mixed,) = file.styled("NoticeBody")
    assert [name for words, name in named(mixed) if words == "堃"] == ["楷体", "仿宋", "方正小标宋_GBK"]


def test_rare_run_keeps_the_style_and_the_weight_of_its_neighbours() -> None:
    file = WordFile(notice(Paragraph((Run("李堃同志", strong=True, role="楷体"),))))
    (body,) = file.styled("NoticeBody")
    for run in body.iterfind(f"{{{W}}}r"):
        assert run.xpath("string(w:rPr/w:rStyle/@w:val)", namespaces=NAMES) == "RoleKai"
        assert run.xpath("count(w:rPr/w:b)", namespaces=NAMES) == 1
        tags = [etree.QName(child).localname for child in run[0]]
        assert tags[:3] == ["rStyle", "rFonts", "b"]
        assert len(tags) == len(set(tags))


def test_notice_without_rare_characters_names_no_spare_font() -> None:
    file = WordFile(documents.notice())
    assert file.find("//w:r//w:rFonts/@w:eastAsia") == []


def test_chart_with_a_rare_name_is_set_in_a_font_that_has_it() -> None:
    chart = BarChart(("县堃局", "县税务局"), (90.0, 80.0), ("90", "80"), "得分", "11月")
    file = WordFile(notice(documents.paragraph("见图。"), Figure("图1 得分", chart, "条形图")))
    faces = set(file.find("//@typeface", "word/charts/chart1.xml"))
    assert faces == {"仿宋"}


def test_watermark_and_cells_are_thought_of_too() -> None:
    document = documents.notice(rows=1)
    attachment = document.attachments[0]
    table = attachment.blocks[0]
    row = (replace(table.body[0][0], text="堃"), *table.body[0][1:])
    blocks = (replace(table, body=(row,)),)
    file = WordFile(replace(document, watermark="𠮷稿", attachments=(replace(attachment, blocks=blocks),)))
    assert ("堃", "仿宋") in [run for cell in file.styled("TableText") for run in named(cell)]
    assert "font-family:&quot;SimSun-ExtB&quot;" in file.parts["word/headerPortrait.xml"].decode()


def test_own_font_is_named_first_and_the_standards_after_it(tmp_path: Path) -> None:
    renamed(FANDOL / "FandolSong-Bold.otf", tmp_path / "fonts" / "县小标宋.otf", "CountyTitle", chinese="县府小标宋")
    file = WordFile(documents.notice(rows=1), own(tmp_path))
    found = alternates(file)
    assert list(found)[4] == "县府小标宋"
    assert found["县府小标宋"][:4] == ["CountyTitle", "方正小标宋简体", "方正小标宋_GBK", "华文中宋"]
    assert file.style("Title").xpath("string(w:rPr/w:rFonts/@w:eastAsia)", namespaces=NAMES) == "县府小标宋"
    assert file.style("Heading1").xpath("string(w:rPr/w:rFonts/@w:eastAsia)", namespaces=NAMES) == HEI


def test_own_font_that_must_not_be_embedded_is_named_all_the_same(tmp_path: Path) -> None:
    renamed(FANDOL / "FandolFang-Regular.otf", tmp_path / "fonts" / "仿宋.otf", "CountyFang", permission=0x0002)
    fonts = resolve(ROOT, [tmp_path])
    assert fonts.roles["仿宋"][0].name == "FandolFang-Regular"
    file = WordFile(documents.notice(rows=1), dict(fonts.own))
    assert alternates(file)["CountyFang"][0] == FANG
    defaults = file.find("//w:docDefaults//w:rFonts/@w:eastAsia", "word/styles.xml")
    assert defaults == ["CountyFang"]


def test_own_font_shows_what_it_has_and_the_standards_font_what_it_lacks(tmp_path: Path) -> None:
    everything = "".join(map(chr, range(0x20, 0x7F)))
    drawn(tmp_path / "fonts" / "仿宋.ttf", "CountyFang", everything + "李堃通报。")
    file = WordFile(notice(documents.paragraph("李堃通告喆。")), own(tmp_path))
    (body,) = file.styled("NoticeBody")
    assert named(body) == [("李堃通", ""), ("告", FANG), ("喆", "仿宋"), ("。", "")]


def test_own_font_under_the_standards_name_changes_nothing(tmp_path: Path) -> None:
    renamed(FANDOL / "FandolFang-Regular.otf", tmp_path / "fonts" / "a.otf", "FangSong_GB2312", chinese=FANG)
    document = documents.notice(rows=1)
    assert WordFile(document, own(tmp_path)).content == WordFile(document).content


@pytest.mark.parametrize("name", ['县"/><w:evil', "县&amp;", "甲,乙", "甲;乙"])
def test_name_inside_a_font_file_that_is_no_plain_name_is_passed_over(name: str, tmp_path: Path) -> None:
    renamed(FANDOL / "FandolFang-Regular.otf", tmp_path / "fonts" / "仿宋.otf", "CountyFang", chinese=name)
    assert alternates(WordFile(documents.notice(rows=1), own(tmp_path)))["CountyFang"][0] == FANG


RARE = "堃喆㐂𠮷䶮𰀀鿍㎡"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet=RARE + "国政，—·“”%&<>\"'1a\t\n", max_size=12), max_size=4))
def test_dividing_runs_never_changes_the_text(texts: list[str]) -> None:
    runs = tuple(Run(each, strong=place % 2 == 1) for place, each in enumerate(texts))
    document = notice(documents.paragraph("起"), Paragraph(runs), documents.paragraph("止"))
    shown = text_of(WordFile(document).content)
    begin, end = shown.index("起"), shown.index("止")
    assert "".join(shown[begin + 1 : end]).strip() == "".join(texts).strip()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=RARE + "国政，—·“”%1a", min_size=1, max_size=20))
def test_every_character_stands_in_a_font_that_has_it(words: str) -> None:
    (body,) = WordFile(notice(documents.paragraph(words))).styled("NoticeBody")
    gb2312 = set("国政，—·“”%1a")
    for shown, name in named(body):
        assert (set(shown) <= gb2312) == (name == "")


def test_offices_without_own_fonts_share_one_set_of_names() -> None:
    assert faces_of({}) is faces_of({})
