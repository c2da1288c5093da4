"""Every element of GB/T 9704 in the XML of a Word file: what people find there when they edit it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from documents import DAY, ELEMENTS, bare, grouped_bars, host, joint, letter, minutes, right, shares, subtotals, upward
from word_files import NAMES, WordFile, attribute, text
from word_text import text_of

from tongbao.errors import OutputError
from tongbao.outputs.word import write
from tongbao.reports.document import (
    BarSeries,
    Document,
    Figure,
    GroupedBarChart,
    Imprint,
    Letterhead,
    ShareChart,
    Signature,
    Table,
    TableCell,
)

PART = "word/charts/chart1.xml"
HOSTILE = "<w:p/>]]>&amp;\"'{{ 7*7 }}"


def picture(chart: GroupedBarChart | ShareChart) -> WordFile:
    return WordFile(bare(host(), blocks=(Figure("图1 得分", chart, "替代文字"),)))


@pytest.mark.parametrize("build", ELEMENTS.values(), ids=ELEMENTS.keys())
def test_every_element_is_written_the_same_way_twice(build: Callable[[], Document]) -> None:
    assert write(build()) == write(build())


def test_every_line_of_the_letterhead_has_a_style_with_a_chinese_name() -> None:
    word = WordFile(replace(upward(), letterhead=replace(upward().letterhead, copy_number="000012", secrecy="秘密")))
    names = {
        "CopyNumber": "份号",
        "Secrecy": "密级和保密期限",
        "Urgency": "紧急程度",
        "Signers": "签发人",
        "JointMark": "联合发文机关标志",
        "LetterMark": "信函发文机关标志",
        "LetterNumber": "信函发文字号",
        "JointOrgans": "联合署名",
        "SignerPost": "签发人职务",
        "ClosingNote": "附注",
        "Attendance": "出席人员",
    }
    assert {name: attribute(word.style(name), "w:name", "val") for name in names} == names
    assert [text(one) for one in word.styled("CopyNumber")] == ["000012"]
    assert attribute(word.style("Secrecy"), "w:rPr/w:rFonts", "eastAsia") == "黑体"


def test_secrecy_alone_stands_on_the_second_line() -> None:
    word = WordFile(bare(host(secrecy="机密★1年")))
    (one,) = word.styled("Secrecy")
    assert attribute(one, "w:pPr/w:spacing", "before") == "579"
    (mark,) = word.styled("LetterheadMark")
    # 35 mm are 1984 twips; two lines of 579 are already above.
    assert attribute(mark, "w:pPr/w:spacing", "before") == str(1984 - 2 * 579)


def test_a_joint_mark_is_a_table_without_rules() -> None:
    word = WordFile(joint(3))
    table = word.find("//w:body/w:tbl")[0]
    assert not table.xpath(".//w:tblBorders | .//w:tblStyle | .//w:drawing | .//w:pict", namespaces=NAMES)
    blank, marks = table.findall("w:tr", NAMES)
    # 加急 takes the first of the 35 mm.
    assert attribute(blank, "w:trPr/w:trHeight", "val") == str(1984 - 579)
    names, word_cell = marks.findall("w:tc", NAMES)
    assert [text(one) for one in names.findall("w:p", NAMES)] == list(joint(3).letterhead.organs)
    assert text(word_cell) == "文件"
    assert attribute(word_cell, "w:tcPr/w:vAlign", "val") == "center"
    # 10, 8 and 6 characters: 12.5 with 文件 fit 156 mm less the slack at 35 pt. The second one has 7 gaps for
    # 2 × 700 twips, the third 5 gaps for 4 × 700.
    assert attribute(word.style("JointMark"), "w:rPr/w:sz", "val") == "70"
    spread = [one.xpath("w:r/w:rPr/w:spacing/@w:val", namespaces=NAMES) for one in names.findall("w:p", NAMES)]
    assert spread == [[], ["200"], ["560"]]


def test_marks_of_five_organs_stay_within_60_mm() -> None:
    # 60 mm are 170.1 pt: five lines of 1.25 characters are 27.2 pt each.
    assert attribute(WordFile(joint(5)).style("JointMark"), "w:rPr/w:sz", "val") == "54"


def test_a_joint_mark_without_the_word_holds_names_only() -> None:
    organs = ("甲", "市乙局")
    word = WordFile(bare(Letterhead("", "号", organs=organs)))
    (cell,) = word.find("//w:body/w:tbl[1]/w:tr[2]/w:tc")
    assert [text(one) for one in cell.findall("w:p", NAMES)] == ["甲", "市乙局"]


def test_signers_that_find_no_room_beside_the_number_stand_one_a_line() -> None:
    long = "昌吉市人民政府办公室政办〔2022〕12号"
    document = replace(upward(), letterhead=replace(upward().letterhead, number=long, signers=("某甲乙丙", "某丁戊己")))
    word = WordFile(document)
    assert [text(one) for one in word.styled("Signers")] == ["签发人：某甲乙丙"]
    assert [text(one) for one in word.styled("DocumentNumber")] == [f"{long}某丁戊己"]


def test_names_of_signers_are_in_kai() -> None:
    word = WordFile(upward(1))
    (line,) = word.styled("DocumentNumber")
    roles = [(attribute(one, "w:rPr/w:rStyle", "val"), text(one)) for one in line.findall("w:r", NAMES)]
    assert roles == [(None, "昌市政办〔2022〕12号"), (None, "签发人："), ("RoleKai", "某甲")]


def test_a_letter_keeps_its_mark_in_the_text_and_numbers_no_first_page() -> None:
    word = WordFile(letter())
    assert text_of(word.content)[0] == "昌吉市人民政府办公室"
    section, _ = word.find("//w:sectPr")  # 版记 has the next even page for itself
    assert section.find("w:titlePg", NAMES) is not None
    assert section.xpath('w:footerReference[@w:type="first"]/@r:id', namespaces=NAMES) == ["footerNone"]
    assert not WordFile(bare(host())).find("//w:titlePg")


def test_a_letter_ends_with_copies_and_without_a_printer() -> None:
    assert text_of(write(letter()))[-1] == "抄送：市委办公室，市人大常委会办公室，市政协办公室。"
    word = WordFile(letter())
    assert not word.find("//w:tblBorders")
    document = letter()
    assert document.imprint
    none = replace(document, imprint=replace(document.imprint, copies=()))
    assert "印发" not in "".join(text_of(write(none)))


def test_a_joint_letter_bears_the_mark_of_its_host() -> None:
    document = replace(letter(), letterhead=Letterhead("", "号", organs=("昌吉市人民政府", "昌吉市委")))
    assert text_of(write(document))[0] == "昌吉市人民政府"


def test_minutes_are_signed_by_nobody() -> None:
    word = WordFile(minutes())
    assert not word.styled("Organ")
    assert not word.styled("IssueDate")
    first, *others = word.styled("Attendance")
    assert text(first).startswith("出席：市人民政府办公室")
    assert [attribute(one, "w:rPr/w:rStyle", "val") for one in first.findall("w:r", NAMES)] == ["RoleHei", None]
    assert [attribute(first, "w:pPr/w:ind", name) for name in ("left", "hanging")] == [str(5 * 315), str(3 * 315)]
    assert attribute(first, "w:pPr/w:spacing", "before") == "579"
    assert [attribute(one, "w:pPr/w:spacing", "before") for one in others] == [None, None]


def test_organs_that_sign_without_seals_stand_below_each_other() -> None:
    document = bare(host(), signature=Signature("昌吉市人民政府办公室", DAY, seal=False, joint=("昌吉市财政局",)))
    word = WordFile(document)
    assert [text(one) for one in word.styled("Organ")] == ["昌吉市人民政府办公室", "昌吉市财政局"]
    # Each ends two characters from the right; the date begins two characters right of the longest.
    assert [attribute(one, "w:pPr/w:ind", "right") for one in word.styled("Organ")] == ["630", "630"]
    (day,) = word.styled("IssueDate")
    assert attribute(day, "w:pPr/w:ind", "right") == str(round((10 - 6.5) * 315))


def test_three_short_names_share_a_row_and_the_last_row_ends_at_the_date() -> None:
    organs = ("甲市公安局", "甲市财政局", "甲市司法局", "甲市统计局")
    word = WordFile(bare(host(), signature=Signature(organs[0], DAY, joint=organs[1:])))
    rows = word.styled("JointOrgans")
    assert [text(one) for one in rows] == ["甲市公安局甲市财政局甲市司法局", "甲市统计局"]
    stops = [int(stop) for stop in rows[0].xpath("w:pPr/w:tabs/w:tab/@w:pos", namespaces=NAMES)]
    # The date is 6.5 characters wide, 4 from the right: its middle is 7.25 × 315 twips from there; 45 mm are 2551.
    assert stops == pytest.approx([8845 - 2284 - 2 * 2551, 8845 - 2284 - 2551, 8845 - 2284], abs=2)
    assert len(rows[1].findall(".//w:tab", NAMES)) == 3 + 3  # three stops, three jumps


def test_very_long_names_stand_in_a_column_of_seals() -> None:
    long = "昌吉市人民政府行政审批和政务服务改革领导小组办公室"
    word = WordFile(bare(host(), signature=Signature(long, DAY, joint=(long,))))
    assert [text(one) for one in word.styled("Organ")] == [long, long]
    # 45 mm from name to name, less the line itself.
    assert attribute(word.styled("Organ")[1], "w:pPr/w:spacing", "before") == str(2551 - 579)


def test_a_note_stays_with_the_date() -> None:
    word = WordFile(bare(host(), note="此件公开发布"))
    assert [text(one) for one in word.styled("ClosingNote")] == ["（此件公开发布）"]
    assert word.styled("IssueDate")[0].find("w:pPr/w:keepNext", NAMES) is not None


def test_moved_recipients_share_a_cell_with_the_copies() -> None:
    document = bare(host(), recipients="", imprint=Imprint(("甲",), "乙", DAY, recipients="丙，丁"))
    word = WordFile(document)
    first, second = word.find("//w:body/w:tbl[last()]/w:tr")
    assert [text(one) for one in first.findall(".//w:p", NAMES)] == ["主送：丙，丁。", "抄送：甲。"]
    assert text(second) == "乙2022年12月9日印发"


def test_imprint_begins_an_even_page_of_its_own_where_the_text_ends_on_an_odd_one() -> None:
    word = WordFile(bare(host(), signature=None))
    *_, last = word.find("//w:sectPr")
    assert attribute(last, "w:type", "val") == "evenPage"
    assert last.xpath("w:footerReference/@r:id", namespaces=NAMES) == ["footerOdd", "footerEven"]


def test_imprint_on_any_page_needs_no_section() -> None:
    document = bare(host(), signature=None)
    assert document.imprint
    word = WordFile(replace(document, imprint=replace(document.imprint, even_page=False)))
    assert len(word.find("//w:sectPr")) == 1


def test_figures_leave_room_for_the_decimals_they_lack() -> None:
    cells = ((right("98", ".25"),), (right("97.25"),), (right("100%", ".00"),))
    word = WordFile(bare(host(), blocks=(Table("", (1,), (), cells),)))
    indents = [attribute(one, "w:pPr/w:ind", "right") for one in word.styled("TableText")]
    # Three half-width characters of 12 pt are 18 pt: 360 twips.
    assert indents == ["360", None, "360"]
    assert {attribute(one, "w:pPr/w:jc", "val") for one in word.styled("TableText")} == {"right"}


def test_the_head_of_a_group_stays_with_its_first_row() -> None:
    word = WordFile(bare(host(), blocks=(subtotals(),)))
    rows = word.find("//w:body/w:tbl[1]/w:tr")[2:]
    kept = [bool(row.xpath(".//w:keepNext", namespaces=NAMES)) for row in rows]
    # Places 0, 2, 4 and 6 are held; the last row stays with the notes.
    assert kept == [True, False, True, False, True, False, True, True]


def test_grouped_bars_hold_all_series_and_leave_gaps_empty() -> None:
    word = picture(grouped_bars(3))
    assert word.find("//c:grouping/@val", PART) == ["clustered"]
    assert word.find("//c:ser/c:tx//c:v/text()", PART) == ["10月", "11月"]
    assert word.find("//c:ser[1]/c:val//c:v/text()", PART) == ["95.0", "92.75"]
    assert word.find("//c:ser[2]/c:val//c:v/text()", PART) == ["96.5", "94.25", "92.0"]
    sheet = openpyxl.load_workbook(io.BytesIO(word.parts["word/embeddings/chart1.xlsx"])).active
    assert sheet is not None
    assert list(sheet.iter_rows(values_only=True)) == [
        (None, "10月", "11月"),
        ("市第1部门", 95.0, 96.5),
        ("市第2部门", 92.75, 94.25),
        ("市第3部门", None, 92.0),
    ]
    assert word.find("//c:ser[1]//c:dLbl/c:numFmt/@formatCode", PART) == ["0.00", "0.00"]
    assert word.find("//wp:docPr/@descr") == ["替代文字"]


def test_shares_are_stacked_to_the_whole_and_keep_their_counts() -> None:
    word = picture(shares())
    assert word.find("//c:grouping/@val", PART) == ["percentStacked"]
    assert word.find("//c:overlap/@val", PART) == ["100"]
    assert word.find("//c:ser[1]/c:val//c:v/text()", PART) == ["120.0", "80.0", "61.0", "0.0"]
    # 1 of 159 is far narrower than its figure: it stays bare.
    assert word.find("//c:ser[5]//c:dLbl/c:idx/@val", PART) == []
    assert word.find("//c:ser[1]//c:dLbl/c:idx/@val", PART) == ["0", "1", "2"]


def test_series_are_told_apart_without_colour() -> None:
    word = picture(shares())
    fills = []
    for series in word.find("//c:ser", PART):
        (fill,) = series.xpath("c:spPr/a:solidFill/a:srgbClr/@val | c:spPr/a:pattFill/@prst", namespaces=NAMES)
        fills.append(fill)
    assert fills == ["1F4E79", "FFFFFF", "BFBFBF", "7F7F7F", "wdUpDiag"]
    assert word.find("//c:ser/c:spPr/a:ln/a:solidFill/a:srgbClr/@val", PART) == ["000000"] * 5
    assert word.find("//c:legendPos/@val", PART) == ["b"]


def test_bars_of_a_loss_may_fall_below_nought() -> None:
    chart = GroupedBarChart(("甲",), (BarSeries("升降", (-1.5,), ("-1.50",)),), "分")
    assert not picture(chart).find("//c:valAx/c:scaling/c:min", PART)


def test_marks_never_begin_a_line() -> None:
    word = WordFile(bare(host()))
    closing = word.find("//w:noLineBreaksBefore/@w:val", "word/settings.xml")[0]
    opening = word.find("//w:noLineBreaksAfter/@w:val", "word/settings.xml")[0]
    assert set("，。、；：？！）〕》”’％～℃") <= set(closing)
    assert set("（〔《“‘") <= set(opening)
    assert set(opening) & set(closing) == {"·", "．"}  # between the parts of a name or number: neither ends nor begins


def hostile() -> Document:
    chart = GroupedBarChart((HOSTILE,), (BarSeries(HOSTILE, (1.0,), (HOSTILE,)),), HOSTILE)
    return bare(
        Letterhead(
            HOSTILE,
            HOSTILE,
            organs=(HOSTILE, HOSTILE),
            copy_number=HOSTILE,
            secrecy=HOSTILE,
            urgency=HOSTILE,
            signers=(HOSTILE, HOSTILE),
        ),
        blocks=(
            Table("", (1,), (), ((TableCell(HOSTILE, align="right", tail=HOSTILE),),)),
            Figure("图1", chart, HOSTILE),
        ),
        signature=Signature(HOSTILE, DAY, joint=(HOSTILE,)),
        imprint=Imprint((HOSTILE,), HOSTILE, DAY, recipients=HOSTILE),
        note=HOSTILE,
        attendance=((HOSTILE, HOSTILE),),
    )


def test_hostile_text_stands_there_literally_in_every_new_place() -> None:
    # organs and mark in one row, three lines above, number, signers (two), cell, 2 × attendance, joint organs (two),
    # note, recipients, copies and printer.
    shown = "\n".join(text_of(write(hostile())))
    assert shown.count(HOSTILE) == 3 + 3 + 1 + 2 + 1 + 2 + 2 + 1 + 1 + 1 + 1
    for post in (HOSTILE,):
        assert HOSTILE in "\n".join(text_of(write(bare(host(), signature=Signature("甲", DAY, post=post)))))
    letter_text = "\n".join(text_of(write(replace(hostile(), form="信函"))))
    assert letter_text.count(HOSTILE) >= 10
    assert WordFile(hostile()).find("//c:ser//c:dLbl//a:t/text()", PART) == [HOSTILE]


@pytest.mark.parametrize(
    "change",
    [
        {"note": "a\x01"},
        {"attendance": (("出席", "a\x01"),)},
        {"letterhead": Letterhead("文件", "号", organs=("a\x01", "b"))},
        {"letterhead": host(signers=("a\x01",))},
        {"letterhead": host(secrecy="a\x01")},
        {"signature": Signature("甲", DAY, post="a\x01")},
        {"signature": Signature("甲", DAY, joint=("a\x01",))},
        {"imprint": Imprint((), "甲", DAY, recipients="a\x01")},
    ],
)
def test_characters_that_no_file_can_hold_are_refused_everywhere(change: dict[str, object]) -> None:
    with pytest.raises(OutputError, match=r"U\+0001"):
        write(bare(**{"letterhead": host(), **change}))  # type: ignore[arg-type]
