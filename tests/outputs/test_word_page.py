"""Page, styles, margins and package of a Word file, held against the numbers of GB/T 9704."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import docx
import pytest
from documents import full_page, notice
from word_files import NAMES, WordFile, attribute, varied

from tongbao.outputs.word import write
from tongbao.reports.document import Letterhead, Style


@pytest.fixture(scope="module")
def word() -> WordFile:
    return WordFile(notice())


@pytest.fixture(scope="module")
def other() -> WordFile:
    return WordFile(varied())


def test_portrait_pages_have_the_margins_of_the_standard(word: WordFile) -> None:
    first = word.find("//w:sectPr")[0]
    assert dict(first.find("w:pgSz", NAMES).attrib.items()) == {
        f"{{{NAMES['w']}}}w": "11906",
        f"{{{NAMES['w']}}}h": "16838",
    }
    margins = [attribute(first, "w:pgMar", side) for side in ("top", "right", "bottom", "left", "footer")]
    assert margins == ["2098", "1474", "1984", "1587", "1447"]


def test_landscape_pages_are_the_portrait_page_turned(word: WordFile) -> None:
    last = word.find("//w:sectPr")[1]
    assert [attribute(last, "w:pgSz", name) for name in ("w", "h", "orient")] == ["16838", "11906", "landscape"]
    # 天头 lies right and 订口 on top, as when the sheet is turned into the file.
    margins = [attribute(last, "w:pgMar", side) for side in ("top", "right", "bottom", "left")]
    assert margins == ["1587", "2098", "1474", "1984"]


def test_sections_change_only_with_the_orientation(word: WordFile, other: WordFile) -> None:
    # The text ends on page 9, a landscape one: 版记 has page 10 for itself.
    assert [attribute(one, "w:pgSz", "orient") for one in word.find("//w:sectPr")] == [None, "landscape", None]
    assert [attribute(one, "w:pgSz", "orient") for one in other.find("//w:sectPr")] == [None, "landscape", None, None]


def test_body_text_is_exact_579_with_tightened_characters(word: WordFile) -> None:
    normal = word.style("Normal")
    assert attribute(normal, "w:pPr/w:spacing", "line") == "579"
    assert attribute(normal, "w:pPr/w:spacing", "lineRule") == "exact"
    (default,) = word.find("//w:rPrDefault/w:rPr", "word/styles.xml")
    assert attribute(default, "w:spacing", "val") == "-5"
    assert attribute(default, "w:sz", "val") == "32"
    assert attribute(default, "w:lang", "eastAsia") == "zh-CN"
    assert attribute(word.style("NoticeBody"), "w:pPr/w:ind", "firstLineChars") == "200"
    assert not word.find("//w:docGrid")


def test_28_characters_and_22_lines_fit_and_no_more() -> None:
    width, height, character = 11906 - 1587 - 1474, 16838 - 2098 - 1984, 320 - 5
    assert 28 * character <= width < 29 * character
    assert 22 * 579 <= height < 23 * 579


@pytest.mark.parametrize(
    ("style", "font"),
    [
        ("LetterheadMark", "方正小标宋简体"),
        ("Title", "方正小标宋简体"),
        ("AttachmentTitle", "方正小标宋简体"),
        ("Heading1", "黑体"),
        ("Heading2", "楷体_GB2312"),
        ("Heading3", "仿宋_GB2312"),
        ("AttachmentLabel", "黑体"),
        ("Footer", "宋体"),
        ("Imprint", "仿宋_GB2312"),
    ],
)
def test_styles_name_their_font_for_every_script(word: WordFile, style: str, font: str) -> None:
    named = word.style(style).find("w:rPr/w:rFonts", NAMES)
    assert [named.get(f"{{{NAMES['w']}}}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")] == [font] * 4
    assert named.get(f"{{{NAMES['w']}}}hint") == "eastAsia"


def test_no_theme_fonts_anywhere(word: WordFile) -> None:
    assert not any(b"Theme" in content for name, content in word.parts.items() if name != "word/settings.xml")
    assert not any("theme" in name for name in word.parts)


def test_every_named_font_has_an_alternate(word: WordFile) -> None:
    table = {
        attribute(font, ".", "name"): attribute(font, "w:altName", "val")
        for font in word.find("//w:font", "word/fontTable.xml")
    }
    used = set(word.find("//w:rFonts/@w:eastAsia", "word/styles.xml"))
    assert used <= set(table)
    assert all(table.values())


def test_headings_stand_in_the_outline(word: WordFile) -> None:
    levels = {f"Heading{level}": str(level - 1) for level in (1, 2, 3, 4)}
    assert {name: attribute(word.style(name), "w:pPr/w:outlineLvl", "val") for name in levels} == levels
    assert attribute(word.style("RunIn2"), "w:pPr/w:outlineLvl", "val") == "1"
    assert attribute(word.style("Heading1"), "w:name", "val") == "heading 1"
    assert attribute(word.style("Heading1"), "w:aliases", "val") == "一级标题"


def test_every_style_in_the_text_exists(word: WordFile, other: WordFile) -> None:
    for one in (word, other):
        known = set(one.find("//w:style/@w:styleId", "word/styles.xml"))
        parts = [
            name for name in one.parts if name.startswith("word/") and name.endswith(".xml") and "/charts/" not in name
        ]
        used = {
            value
            for name in parts
            for value in one.find(
                "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val | //w:basedOn/@w:val", name
            )
        }
        assert used <= known


def test_mark_is_shrunk_to_the_width_and_never_enlarged() -> None:
    def size(mark: str, wanted: float = 40) -> str | None:
        document = replace(notice(rows=1), letterhead=Letterhead(mark, ""), style=Style(mark_size=wanted))
        return attribute(WordFile(document).style("LetterheadMark"), "w:rPr/w:sz", "val")

    # 156 mm are 442.25 pt: 12 characters of 36.5 pt are 438, of 37 pt 444.
    assert size("昌吉市人民政府办公室文件") == "73"
    assert size("整改通知书") == "80"
    assert size("整改通知书", 50.5) == "101"


def test_mark_number_and_rule_are_where_the_standard_has_them(word: WordFile) -> None:
    assert attribute(word.style("LetterheadMark"), "w:pPr/w:spacing", "before") == "1984"  # 35 mm
    assert attribute(word.style("LetterheadMark"), "w:rPr/w:color", "val") == "E60012"
    rule = word.style("DocumentNumber").find("w:pPr/w:pBdr/w:bottom", NAMES)
    assert [rule.get(f"{{{NAMES['w']}}}{name}") for name in ("sz", "color")] == ["12", "E60012"]
    # Two blank lines of 579 above a smaller box that sits in the middle of its own line.
    assert attribute(word.style("DocumentNumber"), "w:pPr/w:spacing", "before") == str(2 * 579 + (579 - 360) // 2)
    assert attribute(word.style("Title"), "w:pPr/w:spacing", "before") == str(2 * 579)
    assert attribute(word.style("Title"), "w:pPr/w:spacing", "after") == "579"
    assert attribute(word.style("Title"), "w:pPr/w:spacing", "line") == "720"


def test_page_numbers_odd_right_even_left(word: WordFile) -> None:
    targets = {
        relation.get("Id"): relation.get("Target")
        for relation in word.find("//rel:Relationship", "word/_rels/document.xml.rels")
    }
    first = word.find("//w:sectPr")[0]
    ends = {}
    for kind in ("default", "even"):
        identifier = first.xpath(f'w:footerReference[@w:type="{kind}"]/@r:id', namespaces=NAMES)[0]
        part = f"word/{targets[identifier]}"
        ends[kind] = word.find("//w:pStyle/@w:val", part)[0]
        assert "".join(word.find("//w:t/text()", part)) == "— 1 —"
        assert word.find("//w:fldSimple/@w:instr", part)[0].split()[0] == "PAGE"
    assert ends == {"default": "FooterOdd", "even": "FooterEven"}
    assert attribute(word.style("FooterOdd"), "w:pPr/w:ind", "right") == "320"
    assert attribute(word.style("FooterEven"), "w:pPr/w:ind", "left") == "320"
    assert attribute(word.style("Footer"), "w:pPr/w:jc", "val") == "right"
    assert attribute(word.style("Footer"), "w:pPr/w:spacing", "line") == "280"
    assert word.find("//w:evenAndOddHeaders", "word/settings.xml")
    assert not word.find("//w:pgNumType")


def test_landscape_pages_turn_their_number_with_the_page(word: WordFile) -> None:
    last = word.find("//w:sectPr")[1]
    headers = last.xpath("w:headerReference/@r:id", namespaces=NAMES)
    assert headers == ["headerTurnedOdd", "headerTurnedEven"]
    for name in headers:
        assert word.find("//w:textDirection/@w:val", f"word/{name}.xml") == ["tbRl"]
    assert {"".join(word.find("//w:t/text()", f"word/{name}.xml")) for name in headers} == {"— 1 —"}
    assert last.xpath("w:footerReference/@r:id", namespaces=NAMES) == ["footerNone", "footerNone"]


def test_watermark_is_words_own_and_only_where_asked_for(word: WordFile, other: WordFile) -> None:
    headers = [name for name in other.parts if name.startswith("word/header")]
    assert len(headers) == 4
    for name in headers:
        assert other.find("//v:textpath/@string", name) == ["征求意见稿"]
        assert other.find("//v:shape/@id", name)[0].startswith("PowerPlusWaterMarkObject")
        assert not word.find("//v:shape", name)


def test_nothing_leads_out_of_the_file(other: WordFile) -> None:
    for name, content in other.parts.items():
        if name.endswith(".rels"):
            assert b"External" not in content
            assert b'Target="http' not in content


def test_compatibility_is_that_of_word_2013_and_later(word: WordFile) -> None:
    found = word.find('//w:compatSetting[@w:name="compatibilityMode"]/@w:val', "word/settings.xml")
    assert found == ["15"]


def test_properties_come_from_the_document_not_from_the_clock(word: WordFile) -> None:
    properties = docx.Document(io.BytesIO(word.content)).core_properties
    assert properties.title == "关于2022年11月全市政务服务能力评价情况的通报"
    assert properties.author == properties.last_modified_by == "昌吉市人民政府办公室"
    assert properties.subject == "政务服务"
    assert properties.keywords == "通报"
    assert properties.created == properties.modified
    assert isinstance(properties.created, datetime)
    assert properties.created.date() == date(2022, 12, 9)


@pytest.mark.parametrize("build", [notice, full_page, varied])
def test_same_document_same_bytes(build: object) -> None:
    assert callable(build)
    assert write(build()) == write(build())


def test_another_document_other_bytes() -> None:
    assert write(notice(number=87)) != write(notice(number=88))


def test_style_tokens_of_one_county_do_not_leak_into_another() -> None:
    red = WordFile(replace(notice(rows=1), style=Style(red="#C00000", rule_pt=2, bar="#7F7F7F")))
    plain = WordFile(notice(rows=1))
    assert attribute(red.style("LetterheadMark"), "w:rPr/w:color", "val") == "C00000"
    assert attribute(red.style("DocumentNumber"), "w:pPr/w:pBdr/w:bottom", "sz") == "16"
    assert red.find("//c:ser/c:spPr/a:solidFill/a:srgbClr/@val", "word/charts/chart1.xml") == ["7F7F7F"]
    assert attribute(plain.style("LetterheadMark"), "w:rPr/w:color", "val") == "E60012"


# ECMA-376 part 1, in the order of the schema: Word calls a file damaged whose properties stand in another one.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols vAlign titlePg textDirection docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl noLineBreaksAfter "
    "noLineBreaksBefore compat themeFontLang decimalSymbol listSeparator",
    "font": "altName panose1 charset family notTrueType pitch sig",
}


def test_properties_stand_in_the_order_of_the_schema(word: WordFile, other: WordFile) -> None:
    checked = set()
    for one in (word, other):
        for part in one.parts:
            if not part.startswith("word/") or not part.endswith(".xml") or "/charts/" in part:
                continue
            for name, order in ORDER.items():
                ranks = {f"{{{NAMES['w']}}}{child}": rank for rank, child in enumerate(order.split())}
                for element in one.find(f"//w:{name}", part):
                    found = [ranks[child.tag] for child in element]
                    assert found == sorted(found), (part, name, [child.tag for child in element])
                    checked.add(name)
    assert checked == set(ORDER)
