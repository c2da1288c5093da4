"""The text of a notice in Word: every element in its place, in its style, literally as it came."""

from __future__ import annotations

from dataclasses import replace

import pytest
from documents import DAY, notice, paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import NAMES, WordFile, attribute, bare, text, varied
from word_text import text_of

from tongbao.errors import Code, OutputError
from tongbao.outputs.word import write
from tongbao.reports.document import (
    Attachment,
    Document,
    Figure,
    Heading,
    Letterhead,
    Paragraph,
    Run,
    Signature,
    Table,
    TableCell,
)


def small(**changes: object) -> Document:
    base = replace(notice(rows=1, paragraphs=0), blocks=(paragraph("首段。"), paragraph("末段。")), attachments=())
    return replace(base, **changes)  # type: ignore[arg-type]


def test_text_comes_in_the_order_of_the_notice() -> None:
    document = small(
        attachments=(Attachment("1", ("排名",), (bare(),)), Attachment("2", ("指标",), (paragraph("说明。"),)))
    )
    assert text_of(write(document)) == [
        "昌吉市人民政府办公室文件",
        "昌市政办发〔2022〕87号",
        "昌吉市人民政府办公室\n关于2022年11月全市政务服务能力\n评价情况的通报",
        "各乡镇人民政府、街道办事处，市直各部门：",
        "首段。",
        "末段。",
        "附件：1.\t排名",
        "2.\t指标",
        "昌吉市人民政府办公室",
        "2022年12月9日",
        "附件1",
        "排名",
        "甲\t乙",
        "1\t2",
        "附件2",
        "指标",
        "说明。",
        "抄送：市委办公室，市人大常委会办公室，市政协办公室。",
        "昌吉市人民政府办公室\t2022年12月9日印发",
    ]


def test_what_a_notice_lacks_leaves_no_empty_line() -> None:
    document = small(recipients="", imprint=None, letterhead=Letterhead("", "昌市政办〔2022〕1号"))
    assert text_of(write(document))[:2] == [
        "昌市政办〔2022〕1号",
        document.title_lines[0] + "\n" + "\n".join(document.title_lines[1:]),
    ]
    word = WordFile(document)
    assert not word.styled("Recipients")
    assert not word.styled("LetterheadMark")
    assert not word.styled("Imprint")


def test_no_empty_paragraph_fills_a_page() -> None:
    for document in (notice(), varied(), small()):
        word = WordFile(document)
        empty = [
            one
            for one in word.find("//w:body/w:p")
            if not text(one) and not one.xpath(".//w:drawing", namespaces=NAMES)
        ]
        # Of 1 pt, where Word wants a paragraph after a table; nothing else is empty.
        assert {attribute(one, "w:pPr/w:pStyle", "val") for one in empty} <= {"Anchor"}
    assert attribute(word.style("Anchor"), "w:pPr/w:spacing", "line") == "20"


def test_a_short_heading_is_a_heading_and_a_run_in_one_marks_its_lead() -> None:
    word = WordFile(
        small(
            blocks=(
                Heading(1, "一、", "总体情况"),
                Heading(2, "（一）", "市直部门。", (Run("排名如下。"),)),
                paragraph("末。"),
            )
        )
    )
    assert [text(one) for one in word.styled("Heading1")] == ["一、总体情况"]
    (run_in,) = word.styled("RunIn2")
    assert text(run_in) == "（一）市直部门。排名如下。"
    assert [(attribute(one, "w:rPr/w:rStyle", "val"), text(one)) for one in run_in.findall("w:r", NAMES)] == [
        ("Heading2Char", "（一）市直部门。"),
        (None, "排名如下。"),
    ]
    assert attribute(word.style("Heading2Char"), "w:rPr/w:rFonts", "eastAsia") == "楷体_GB2312"


def test_runs_keep_their_role_and_weight() -> None:
    word = WordFile(small(blocks=(Paragraph((Run("甲"), Run("乙", role="黑体"), Run("丙", strong=True))),)))
    (body,) = word.styled("NoticeBody")
    roles = [attribute(one, "w:rPr/w:rStyle", "val") for one in body.findall("w:r", NAMES)]
    assert roles == [None, "RoleHei", None]
    assert [one.find("w:rPr/w:b", NAMES) is not None for one in body.findall("w:r", NAMES)] == [False, False, True]
    assert attribute(word.style("RoleHei"), "w:rPr/w:rFonts", "eastAsia") == "黑体"


def test_chinese_runs_ask_for_the_chinese_face_of_quotes_and_dashes() -> None:
    word = WordFile(small(blocks=(paragraph("所谓“三化”——"), paragraph("ABC 123"))))
    chinese, latin = word.styled("NoticeBody")
    assert attribute(chinese, "w:r/w:rPr/w:rFonts", "hint") == "eastAsia"
    assert latin.find("w:r/w:rPr", NAMES) is None


def test_a_title_whose_longest_line_fills_the_page_is_tightened_as_a_whole() -> None:
    # 17 characters, 6 digits of up to 0.6 and four quarters between them: 21.6 × 22 pt are 475.2 pt, 32.95 pt too
    # many; shared by 23 they are 1.43 pt each.
    full = "嘉峪关市人民政府办公室关于2022年11月各市"
    (title,) = WordFile(small(title_lines=(full, "评价情况的通报"))).styled("Title")
    assert [attribute(one, "w:rPr/w:spacing", "val") for one in title.findall("w:r", NAMES)] == ["-29"]
    assert len(title.findall(".//w:br", NAMES)) == 1


def test_a_title_with_room_keeps_its_natural_spacing() -> None:
    (title,) = WordFile(small(title_lines=("昌吉市人民政府办公室", "评价情况的通报"))).styled("Title")
    assert attribute(title, "w:r/w:rPr/w:spacing", "val") is None


def test_attachment_names_wrap_under_their_first_character() -> None:
    word = WordFile(small(attachments=tuple(Attachment(str(n), f"名称{n}", ()) for n in range(1, 12))))
    notes = word.styled("AttachmentNote")
    left = {attribute(one, "w:pPr/w:ind", "left") for one in notes}
    assert left == {attribute(one, "w:pPr/w:tabs/w:tab", "pos") for one in notes}
    # 11.: one and a half characters after an indent of two and “附件：” of three, and one point to spare.
    assert left == {str(5 * 315 + 473 + 20)}
    hanging = [int(attribute(one, "w:pPr/w:ind", "hanging") or 0) for one in notes]
    assert hanging[0] == 5 * 315 + 473 + 20 - 2 * 315
    assert set(hanging[1:]) == {473 + 20}
    assert attribute(notes[0], "w:pPr/w:spacing", "before") == "579"
    assert attribute(notes[1], "w:pPr/w:spacing", "before") is None


def lines(signature: Signature) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where 署名 and date begin and end, in characters from the right edge, hand-measured from their indents."""
    word = WordFile(small(signature=signature))
    found = []
    for style, width in (("Organ", len(signature.organ)), ("IssueDate", 6.5)):
        (one,) = word.styled(style)
        right = int(attribute(one, "w:pPr/w:ind", "right") or 0) / 315
        left = int(attribute(one, "w:pPr/w:ind", "left") or 0) / 315
        if attribute(one, "w:pPr/w:jc", "val") == "center":
            middle = right + (8845 / 315 - left - right) / 2
            found.append((middle + width / 2, middle - width / 2))
        else:
            found.append((right + width, right))
    return found[0], found[1]


def test_sealed_date_stands_four_characters_in_and_the_organ_is_centred_on_it() -> None:
    organ, day = lines(Signature("昌吉市人民政府办公室", DAY))
    assert day[1] == pytest.approx(4, abs=0.01)
    assert sum(organ) == pytest.approx(sum(day), abs=0.01)


def test_sealed_organ_too_long_for_that_stays_on_the_page() -> None:
    organ, day = lines(Signature("昌吉市人民政府行政审批和政务服务改革领导小组办公室", DAY))
    assert organ[1] >= 0
    assert sum(organ) == pytest.approx(sum(day), abs=0.01)


def test_unsealed_date_starts_two_characters_after_the_organ() -> None:
    organ, day = lines(Signature("昌吉市人民政府办公室", DAY, seal=False))
    assert organ[1] == pytest.approx(2, abs=0.01)
    assert organ[0] - day[0] == pytest.approx(2, abs=0.01)


def test_unsealed_short_organ_moves_left_and_the_date_keeps_two_characters() -> None:
    organ, day = lines(Signature("市政府", DAY, seal=False))
    assert day[1] == pytest.approx(2, abs=0.01)
    assert organ[0] - day[0] == pytest.approx(2, abs=0.01)


def test_signature_stays_with_the_text_before_it() -> None:
    word = WordFile(small(attachments=(Attachment("", ("排名",), ()),)))
    last = word.styled("NoticeBody")[-1]
    assert last.find("w:pPr/w:keepNext", NAMES) is not None
    assert word.styled("NoticeBody")[0].find("w:pPr/w:keepNext", NAMES) is None
    for style in ("AttachmentNote", "Organ"):
        assert word.style(style).find("w:pPr/w:keepNext", NAMES) is not None


def test_a_page_long_last_paragraph_is_not_torn_from_page_one() -> None:
    only = WordFile(small(blocks=(paragraph("国" * 700),)))
    long = WordFile(small(blocks=(paragraph("首段。"), paragraph("国" * 700))))
    for word in (only, long):
        assert not word.find('//w:p[w:pPr/w:pStyle/@w:val="NoticeBody"]/w:pPr/w:keepNext')


def test_a_last_table_or_figure_keeps_the_signature_too() -> None:
    table = WordFile(small(blocks=(paragraph("首段。"), bare(3))))
    rows = table.find("//w:body/w:tbl[1]/w:tr")
    assert [bool(row.xpath(".//w:keepNext", namespaces=NAMES)) for row in rows] == [False, False, False, True]
    figure = next(block for block in notice().blocks if isinstance(block, Figure))
    assert (
        WordFile(small(blocks=(figure, figure))).styled("FigureCaption")[-1].find("w:pPr/w:keepNext", NAMES) is not None
    )


def test_attachments_begin_a_page_once() -> None:
    word = WordFile(
        small(
            attachments=(
                Attachment("1", ("一",), (paragraph("文"),)),
                Attachment("2", ("二",), (paragraph("文"),), landscape=True),
                Attachment("3", ("三",), (paragraph("文"),), landscape=True),
            )
        )
    )
    assert word.style("AttachmentLabel").find("w:pPr/w:pageBreakBefore", NAMES) is not None
    breaks = [attribute(one, "w:pPr/w:pageBreakBefore", "val") for one in word.styled("AttachmentLabel")]
    # The second begins with its section: a page break as well would leave a blank page in some programs.
    assert breaks == [None, "0", None]
    assert [text(one) for one in word.styled("AttachmentLabel")] == ["附件1", "附件2", "附件3"]
    assert attribute(word.style("AttachmentTitle"), "w:pPr/w:spacing", "before") == "579"


def test_imprint_has_its_rules_and_lies_on_the_bottom() -> None:
    word = WordFile(small())
    table = word.find("//w:body/w:tbl")[-1]
    position = table.find("w:tblPr/w:tblpPr", NAMES)
    assert [attribute(position, ".", name) for name in ("vertAnchor", "tblpYSpec", "tblpX")] == [
        "margin",
        "bottom",
        "1587",
    ]
    borders = {edge: attribute(table, f"w:tblPr/w:tblBorders/w:{edge}", "sz") for edge in ("top", "insideH", "bottom")}
    assert borders == {"top": "8", "insideH": "6", "bottom": "8"}
    assert attribute(table, "w:tblPr/w:tblW", "w") == "8845"
    copies, printer, day = table.findall(".//w:p", NAMES)
    assert [attribute(copies, "w:pPr/w:ind", name) for name in ("left", "hanging", "right")] == ["1120", "840", "280"]
    assert attribute(printer, "w:pPr/w:ind", "left") == "280"
    assert attribute(day, "w:pPr/w:ind", "right") == "280"
    assert attribute(day, "w:pPr/w:jc", "val") == "right"


def test_imprint_without_copies_has_one_row() -> None:
    document = notice(rows=1)
    assert document.imprint
    word = WordFile(small(imprint=replace(document.imprint, copies=())))
    assert len(word.find("//w:body/w:tbl[last()]/w:tr")) == 1


HOSTILE = "<w:p/>]]>&amp;&lt;\"'{{ 7*7 }}"


def test_hostile_text_stands_there_literally_in_every_place() -> None:
    figure = next(block for block in notice().blocks if isinstance(block, Figure))
    chart = replace(
        figure.chart, categories=(HOSTILE, *figure.chart.categories[1:]), series=HOSTILE, axis_title=HOSTILE
    )
    table = Table(HOSTILE, (1,), ((TableCell(HOSTILE),),), ((TableCell(HOSTILE, strong=True),),), (HOSTILE,))
    document = small(
        letterhead=Letterhead(HOSTILE, HOSTILE),
        title_lines=(HOSTILE,),
        recipients=HOSTILE,
        blocks=(
            Heading(1, "一、", HOSTILE),
            paragraph(HOSTILE),
            table,
            replace(figure, caption=HOSTILE, alt=HOSTILE, chart=chart),
        ),
        attachments=(Attachment("1", (HOSTILE,), (paragraph(HOSTILE),)),),
        watermark=HOSTILE,
    )
    word = WordFile(document)
    assert sum(HOSTILE in block for block in text_of(word.content)) == 14
    assert word.find("//wp:docPr/@descr") == [HOSTILE]
    assert word.find("//v:textpath/@string", "word/headerPortrait.xml") == [HOSTILE]
    chart_part = word.part("word/charts/chart1.xml")
    assert chart_part.xpath("//c:cat//c:pt[@idx=0]/c:v/text()", namespaces=NAMES) == [HOSTILE]


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\ufffe", "\ud800"])
def test_characters_that_no_file_can_hold_are_refused_and_named(bad: str) -> None:
    with pytest.raises(OutputError) as caught:
        write(small(blocks=(paragraph(f"市公安局{bad}得分"),)))
    finding = caught.value.finding
    assert finding.code is Code.VALUE_INVALID
    assert f"U+{ord(bad):04X}" in finding.message
    assert "市公安局□得分" in finding.message
    assert finding.place.file == "昌吉市人民政府办公室关于2022年11月全市政务服务能力评价情况的通报"


@pytest.mark.parametrize("place", ["chart", "watermark", "cell", "meta", "alt"])
def test_they_are_refused_wherever_they_stand(place: str) -> None:
    figure = next(block for block in notice().blocks if isinstance(block, Figure))
    document = {
        "chart": small(blocks=(replace(figure, chart=replace(figure.chart, series="a\x01")),)),
        "alt": small(blocks=(replace(figure, alt="a\x01"),)),
        "watermark": small(watermark="a\x01"),
        "cell": small(blocks=(Table("", (1,), (), ((TableCell("a\x01"),),)),)),
        "meta": small(meta=replace(notice().meta, keywords=("a\x01",))),
    }[place]
    with pytest.raises(OutputError, match=r"U\+0001"):
        write(document)


def test_breaks_and_tabs_inside_a_text_stay() -> None:
    assert text_of(write(small(blocks=(paragraph("甲\n乙\t丙\r\n丁"), paragraph("末")))))[4] == "甲\n乙\t丙\n丁"


def test_no_line_ends_within_a_number() -> None:
    word = WordFile(small(blocks=(paragraph("升降-12.5分，2022-11号，A-B，甲-乙，3—5名，-"), paragraph("末"))))
    body = word.styled("NoticeBody")[0]
    # Before 12.5 and between 2022 and 11; a dash between words may end a line.
    assert len(body.findall(".//w:noBreakHyphen", NAMES)) == 2
    assert text_of(word.content)[4] == "升降-12.5分，2022-11号，A-B，甲-乙，3—5名，-"


PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)


@settings(max_examples=50)
@given(PRINTABLE.filter(str.strip))
def test_any_text_comes_back_as_it_went_in(given_text: str) -> None:
    assert text_of(write(small(blocks=(paragraph(given_text), paragraph("末")))))[4] == given_text
