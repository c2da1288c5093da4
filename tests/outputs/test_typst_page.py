"""The pages of issued PDFs as GB/T 9704 wants them, measured on the finished file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import documents
import pdfplumber
import pytest
from pdf_pages import MM, ink, lines, printed, text

from tongbao.errors import Code, OutputError
from tongbao.outputs.fonts import resolve
from tongbao.outputs.typst import Rendered, TypstEngine
from tongbao.reports.document import Document, Heading, Imprint, Letterhead, Run, Signature, Table, TableCell

pytestmark = pytest.mark.xdist_group("typst")
CHARACTER = 156 / 28
LINE = 225 / 22


@pytest.fixture(scope="module")
def engine() -> TypstEngine:
    return TypstEngine(resolve(Path(__file__).parents[2], []))


@pytest.fixture(scope="module")
def notice(engine: TypstEngine) -> bytes:
    return engine.render(documents.notice())


def short(*texts: str) -> Document:
    """One page of text and the signature."""
    return replace(
        documents.notice(rows=1), blocks=tuple(map(documents.paragraph, texts or ("正文。",))), attachments=()
    )


def rules(page: pdfplumber.page.Page) -> list[tuple[float, float, float, float]]:
    """Left, top, right and thickness in mm of the long level rules, from the top."""
    drawn = [
        (one["x0"] * MM, one["top"] * MM, one["x1"] * MM, (one["height"] or one["linewidth"]) * MM)
        for one in (*page.rects, *page.lines)
        if one["width"] * MM > 150
    ]
    return sorted(drawn, key=lambda one: one[1])


def test_full_page_holds_22_lines_of_28_characters_from_edge_to_edge(engine: TypstEngine) -> None:
    with pdfplumber.open(io.BytesIO(engine.render(documents.full_page()))) as pdf:
        page = pdf.pages[1]
        rows = [row for row in lines(page) if "国" in text(row)]
        assert [len(row) for row in rows] == [28] * 22
        for row in rows:
            assert row[0]["x0"] * MM == pytest.approx(28, abs=0.02)
            assert row[-1]["x1"] * MM == pytest.approx(184, abs=0.15)
        baselines = [float(page.height) - row[0]["matrix"][5] for row in rows]
        assert (baselines[-1] - baselines[0]) * MM == pytest.approx(21 * LINE, abs=0.05)
        assert (baselines[0] - 0.88 * 16) * MM == pytest.approx(37, abs=0.05)  # top of the em box
        assert (baselines[-1] + 0.12 * 16) * MM <= 262


def test_page_is_a4_in_both_directions_and_body_text_16_point(notice: bytes) -> None:
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        sizes = {(round(float(page.width) * MM), round(float(page.height) * MM)) for page in pdf.pages}
        assert sizes == {(210, 297), (297, 210)}
        body = next(row for row in lines(pdf.pages[1]) if "政务服务" in text(row))
        assert body[0]["size"] == pytest.approx(16, abs=0.01)


def test_every_line_of_a_paragraph_but_the_last_ends_at_the_right_edge(engine: TypstEngine) -> None:
    words = "排名前3位的是市公安局（100.00%）、市司法局（99.75%）、“12345”热线（86.42分）；较10月提高1.35分，"
    with pdfplumber.open(io.BytesIO(engine.render(short(words * 20 + "完。")))) as pdf:
        rows = [row for page in pdf.pages for row in lines(page) if row[0]["size"] > 15.9 and len(row) > 20][1:]
    body = [row for row in rows if "排名" in text(row) or "市司法局" in text(row)]
    assert len(body) > 12
    for row in body[:-1]:
        # an opening mark at the beginning of a line loses its empty left half
        assert row[0]["x0"] * MM == pytest.approx(28, abs=0.02) or text(row)[0] in "（“"
        edge = max(c["x1"] for c in row) * MM
        # a closing mark at the end of a line may keep its empty right half
        assert edge == pytest.approx(184, abs=0.15) or text(row)[-1] in "，、。；）"
        assert edge <= 184 + 8 * MM + 0.1


def test_no_line_begins_with_a_mark_or_tears_a_number(engine: TypstEngine) -> None:
    for lead in range(28):  # moves every mark and number over the end of a line once
        content = engine.render(short("国" * lead + "得分1234.56分（100.00%），较10月提高1.35分。" * 6))
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            rows = [text(row) for page in pdf.pages for row in lines(page) if row[0]["size"] > 15.9]
        whole = "".join(rows)
        assert whole.count("得分1234.56分（100.00%），较10月提高1.35分。") == 6
        for row in rows:
            assert row[0] not in "，。、；：）》”%.", row
            assert not row.endswith(("（", "《", "“", "1", "12", "123", "1234.", "100.", "1.")), row


def test_spare_font_in_a_line_does_not_push_the_lines_apart(engine: TypstEngine) -> None:
    with pdfplumber.open(io.BytesIO(engine.render(short(("国" * 27 + "堃") * 60)))) as pdf:
        rows = [row for row in lines(pdf.pages[1]) if "国" in text(row)]
    assert len(rows) == 22


def test_mark_35_mm_below_the_type_area_and_rule_4_mm_below_the_number(engine: TypstEngine) -> None:
    notice = engine.render(short())
    left, top, right, _ = ink(notice, 1, (15, 50, 200, 100), red=True)
    assert top == pytest.approx(37 + 35, abs=0.15)
    assert left >= 27.9
    assert right <= 184.1
    rule_left, rule_top, rule_right, _ = ink(notice, 1, (15, 105, 200, 130), red=True)
    assert (rule_left, rule_right) == pytest.approx((28, 184), abs=0.1)
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        number = next(row for row in lines(pdf.pages[0]) if "〔2022〕" in text(row))
        title = next(row for row in lines(pdf.pages[0]) if round(row[0]["size"]) == 22)
        recipients = next(row for row in lines(pdf.pages[0]) if "市直各部门：" in text(row))
    below = float(297 / MM) - number[0]["matrix"][5] + 0.12 * 16
    assert rule_top - below * MM == pytest.approx(4, abs=0.3)
    gap = (297 / MM - title[0]["matrix"][5] - 0.88 * 22) * MM - rule_top
    assert gap == pytest.approx(2 * LINE + 7 * MM, abs=0.6)  # two blank lines, and half of the title's own leading
    assert recipients[0]["x0"] * MM == pytest.approx(28, abs=0.05)


def test_long_mark_is_fitted_to_the_type_area(engine: TypstEngine) -> None:
    letterhead = replace(short().letterhead, mark="昌吉回族自治州昌吉市人民政府政务服务管理办公室文件")
    with pdfplumber.open(io.BytesIO(engine.render(replace(short(), letterhead=letterhead)))) as pdf:
        mark = next(row for row in lines(pdf.pages[0]) if "昌吉回族" in text(row))
    assert len(mark) == 25
    assert (mark[0]["x0"] * MM, mark[-1]["x1"] * MM) == pytest.approx((28, 184), abs=0.3)


def test_title_keeps_the_lines_it_was_given(engine: TypstEngine) -> None:
    title = ("嘉峪关市人民政府办公室关于2022年11月全市", "一体化政务服务能力提升任务完成情况的通报")
    with pdfplumber.open(io.BytesIO(engine.render(replace(short(), title_lines=title)))) as pdf:
        rows = lines(pdf.pages[0])
    for line in title:
        (row,) = [row for row in rows if text(row) == line]
        assert row[0]["x0"] * MM >= 27.9
        assert row[-1]["x1"] * MM <= 184.1


def test_page_numbers_stand_7_mm_below_outside_and_one_character_in(notice: bytes) -> None:
    dash = ink(notice, 1, (162, 264, 167, 276))
    assert (dash[1] + dash[3]) / 2 == pytest.approx(262 + 7, abs=0.15)
    assert 184 - ink(notice, 1, (120, 264, 200, 276))[2] == pytest.approx(16 * MM, abs=0.3)
    assert ink(notice, 2, (10, 264, 100, 276))[0] - 28 == pytest.approx(16 * MM, abs=0.3)


def test_landscape_page_bears_its_number_where_the_turned_sheet_has_it(notice: bytes) -> None:
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        wide = [index for index, page in enumerate(pdf.pages, 1) if page.width > page.height]
    odd, even = (next(number for number in wide if number % 2 == rest) for rest in (1, 0))
    # the sheet's bottom is the left edge, its right side is below
    assert 210 - 26 - ink(notice, odd, (10, 5, 33, 205))[3] == pytest.approx(16 * MM, abs=0.3)
    assert ink(notice, even, (10, 5, 33, 205))[1] - 28 == pytest.approx(16 * MM, abs=0.3)
    dash = ink(notice, even, (10, 32, 33, 36))
    assert 35 - (dash[0] + dash[2]) / 2 == pytest.approx(7, abs=0.15)


def test_numbers_run_through_and_stop_where_the_content_does(engine: TypstEngine) -> None:
    found = engine.typeset(documents.notice())
    pages = printed(found.content)
    assert len(pages) == found.layout.pages
    for number, words in enumerate(pages, 1):
        behind_blank = number == found.layout.pages == found.layout.content_page + 2
        blank = found.layout.content_page < number < found.layout.pages
        assert (f"—{number}—" in words) != (behind_blank or blank), number
    # the last attachment lies across: 版记 has a page of its own, an even one, and a blank page before it if need be
    assert found.layout.pages % 2 == 0
    assert found.layout.content_page < found.layout.pages
    assert "印发" in pages[-1]
    assert all(not words for words in pages[found.layout.content_page : -1])


@pytest.mark.parametrize(("paragraphs", "even", "pages"), [(1, True, 2), (1, False, 1), (6, True, 2), (9, False, 2)])
def test_imprint_waits_for_an_even_page_unless_told_not_to(
    engine: TypstEngine, paragraphs: int, even: bool, pages: int
) -> None:
    document = short(*["正文。"] * paragraphs)
    assert document.imprint
    document = replace(document, imprint=replace(document.imprint, even_page=even), title_lines=("通报",))
    found = engine.typeset(document)
    words = printed(found.content)
    assert len(words) == pages
    assert [("印发" in page) for page in words] == [False] * (pages - 1) + [True]
    assert f"—{pages}—" in words[-1]


def test_blank_page_and_the_imprint_behind_it_bear_no_number(engine: TypstEngine) -> None:
    wide = documents.notice(rows=3).attachments[1]
    last = replace(wide, number="", blocks=(documents.ranking(3, 14),))
    document = replace(short(), title_lines=("通报",), recipients="", attachments=(last,))
    first, second, third, fourth = printed(engine.render(document))
    assert "—1—" in first
    assert "附件" in second
    assert not third
    assert "印发" in fourth
    assert "—" not in fourth.replace("2022", "")


def test_letter_without_copies_has_no_imprint_and_no_page_for_it(engine: TypstEngine) -> None:
    document = documents.letter()
    assert document.imprint
    pages = printed(engine.render(replace(document, imprint=replace(document.imprint, copies=()))))
    assert "2022年12月9日" in pages[-1]
    assert len(pages) == 3


def test_imprint_lies_on_the_bottom_with_rules_of_its_own(notice: bytes) -> None:
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        last = pdf.pages[-1]
        drawn = rules(last)
        words = last.extract_text()
    assert [round(one[3], 2) for one in drawn] == [0.35, 0.25, 0.35]
    assert {(round(one[0], 1), round(one[2], 1)) for one in drawn} == {(28.0, 184.0)}
    assert drawn[-1][1] + drawn[-1][3] == pytest.approx(262, abs=0.02)
    assert words.index("抄送：市委办公室") < words.index("2022年12月9日印发")


def test_moved_recipients_stand_above_the_copies_without_a_rule_between(engine: TypstEngine) -> None:
    names = "，".join(f"市第{index}部门" for index in range(1, 21))
    base = short()
    assert base.imprint
    document = replace(base, recipients="", imprint=replace(base.imprint, recipients=names))
    with pdfplumber.open(io.BytesIO(engine.render(document))) as pdf:
        rows = lines(pdf.pages[-1])
        assert len(rules(pdf.pages[-1])) == 3
    first = next(index for index, row in enumerate(rows) if text(row).startswith("主送：市第1部门"))
    copies = next(index for index, row in enumerate(rows) if text(row).startswith("抄送："))
    assert copies > first + 1
    assert all(row[0]["x0"] * MM == pytest.approx(28 + 4 * 14 * MM, abs=0.1) for row in rows[first + 1 : copies])
    assert rows[first][0]["x0"] * MM == pytest.approx(28 + 14 * MM, abs=0.1)


def test_imprint_that_no_page_can_hold_is_refused(engine: TypstEngine) -> None:
    document = documents.recipients_below()
    assert document.imprint
    with pdfplumber.open(io.BytesIO(engine.render(document))) as pdf:
        assert len(pdf.pages) == 2
        assert "市第120部门" in "".join(text(row) for row in lines(pdf.pages[1])).replace(" ", "")
    long = replace(document.imprint, recipients=document.imprint.recipients * 2)
    with pytest.raises(OutputError, match="版记") as caught:
        engine.render(replace(document, imprint=long))
    assert caught.value.finding.code is Code.LAYOUT_FULL


def test_rows_of_the_head_are_repeated_and_every_row_is_printed_once(notice: bytes) -> None:
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        pages = [page.extract_text() for page in pdf.pages if page.height > page.width]
    tables = [page for page in pages if "名次" in page]
    assert len(tables) == 3
    joined = "\n".join(tables)
    for row in range(1, 61):
        assert joined.count(f"市第{row}部门 9") == 1, row


def test_notes_stay_with_the_last_row_on_every_fill_of_a_page(engine: TypstEngine) -> None:
    for rows in range(20, 34):
        document = replace(short(), attachments=documents.notice(rows=rows).attachments[:1])
        pages = printed(engine.render(document))
        (noted,) = [page for page in pages if "注：示例数据。" in page]
        assert f"市第{rows}部门" in noted, rows


def test_rows_that_are_held_stay_with_the_next(engine: TypstEngine) -> None:
    row = (TableCell("甲"), TableCell("98.00", align="right"))
    for before in range(18, 34):
        group = (TableCell("第二组", colspan=2, strong=True),)
        body = (*([row] * before), group, (TableCell("组员"), TableCell("1")), *([row] * 3))
        table = Table("", (1.0, 1.0), ((TableCell("单位"), TableCell("得分")),), body, (), frozenset({before}))
        document = replace(short(), attachments=())
        attachment = replace(documents.notice(rows=1).attachments[0], blocks=(table,))
        pages = printed(engine.render(replace(document, attachments=(attachment,))))
        (headed,) = [page for page in pages if "第二组" in page]
        assert "组员" in headed, before


def test_figures_stand_on_the_decimal_point(engine: TypstEngine) -> None:
    cells = [TableCell("98", align="right", tail=".00"), TableCell("97.25", align="right")]
    table = Table("", (1.0,), ((TableCell("得分"),),), tuple((cell,) for cell in cells))
    with pdfplumber.open(io.BytesIO(engine.render(replace(short(), blocks=(table,))))) as pdf:
        rows = {text(row).strip(): row for row in lines(pdf.pages[0])}
    assert rows["98"][1]["x1"] == pytest.approx(rows["97.25"][1]["x1"], abs=0.05)


def test_rows_are_as_high_as_their_longest_cell(engine: TypstEngine) -> None:
    # 156 mm hold 36 Hanzi of 12 pt and the space beside them; a row of one line is 1.51 × 12 pt high, a further
    # line of a cell lies 1.25 × 12 pt lower.
    body = tuple((TableCell(words, align="left"),) for words in ("甲", "国" * 36, "民" * 37, "乙", "W" * 37, "丙"))
    table = Table("", (1.0,), ((TableCell("事项"),),), body)
    with pdfplumber.open(io.BytesIO(engine.render(replace(short(), blocks=(table,))))) as pdf:
        rows = lines(pdf.pages[0])
    start = next(index for index, row in enumerate(rows) if text(row) == "甲")
    bases = [row[0]["matrix"][5] for row in rows[start : start + 7]]
    assert [text(row)[0] for row in rows[start : start + 7]] == ["甲", "国", "民", "民", "乙", "W", "丙"]
    pitches = [above - below for above, below in pairwise(bases)]
    assert pitches == pytest.approx([18.12, 18.12, 15.0, 18.12, 18.12, 18.12], abs=0.05)


def test_merged_cell_of_many_lines_makes_room_in_the_rows_it_covers(engine: TypstEngine) -> None:
    first = (TableCell("市公安局和市税务局等各部门", rowspan=2, align="left"), TableCell("1"))
    table = Table("", (1.0, 9.0), (), (first, (TableCell("2"),), (TableCell("丁"), TableCell("3"))))
    with pdfplumber.open(io.BytesIO(engine.render(replace(short(), blocks=(table,))))) as pdf:
        narrow = [
            one
            for one in pdf.pages[0].chars
            if one["x0"] * MM < 28 + 15.6 and one["text"] in "市公安局和税务等各部门丁"
        ]
    inside = [one for one in narrow if abs(one["size"] - 12) < 0.1]
    assert "".join(one["text"] for one in inside) == "市公安局和市税务局等各部门丁"
    *merged, below = inside
    assert min(one["matrix"][5] for one in merged) - below["matrix"][5] > 17


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 7, 8, 9, 14, 15, 16, 27, 28, 29, 30])
def test_signature_never_stands_without_text_and_nothing_is_lost(engine: TypstEngine, count: int) -> None:
    document = short(*(f"第{index}段正文。" for index in range(1, count + 1)))
    found = engine.typeset(document)
    pages = printed(found.content)
    (signed,) = [index for index, page in enumerate(pages, 1) if "2022年12月9日" in page.replace("日印发", "")]
    assert "段正文" in pages[signed - 1]
    assert "段正文" in pages[0]
    assert "印发" in pages[-1]
    assert not any("此页无正文" in page for page in pages)
    assert found.layout.text_page == signed
    for index in range(1, count + 1):
        assert sum(page.count(f"第{index}段正文。") for page in pages) == 1


@pytest.mark.parametrize("length", range(150, 700, 50))
def test_long_last_paragraph_gives_lines_to_the_page_of_the_signature(engine: TypstEngine, length: int) -> None:
    pages = printed(engine.render(short("国" * length)))
    (signed,) = [page for page in pages if "2022年12月9日" in page.replace("日印发", "")]
    assert "国" in signed
    assert "国" in pages[0]


def test_page_one_shows_text_even_under_the_highest_head(engine: TypstEngine) -> None:
    organs = ("昌吉市人民政府办公室", "昌吉市行政审批局", "昌吉市市场监督管理局")
    letterhead = Letterhead("文件", "昌市政办发〔2022〕87号", organs, signers=("张三", "李四", "王五"))
    document = replace(short("国" * 75, "国" * 40), letterhead=letterhead)
    assert "国" in printed(engine.render(replace(document, title_lines=documents.notice().title_lines)))[0]


def signed(engine: TypstEngine, signature: Signature, **changes: object) -> tuple[Rendered, Mapping[str, list[dict]]]:
    found = engine.typeset(replace(short(), signature=signature, imprint=None, **changes))
    with pdfplumber.open(io.BytesIO(found.content)) as pdf:
        return found, {text(row).strip(): row for page in pdf.pages for row in lines(page)}


DAY = date(2022, 12, 9)
WORDS = "2022年12月9日"


def test_sealed_signature_is_centred_on_a_date_four_characters_from_the_right(engine: TypstEngine) -> None:
    found, rows = signed(engine, Signature("昌吉市人民政府办公室", DAY))
    organ, day = rows["昌吉市人民政府办公室"], rows[WORDS]
    assert 184 - day[-1]["x1"] * MM == pytest.approx(4 * CHARACTER, abs=0.2)
    assert organ[0]["x0"] + organ[-1]["x1"] == pytest.approx(day[0]["x0"] + day[-1]["x1"], abs=1)
    (place,) = found.layout.signed
    assert place.day.left == pytest.approx(day[0]["x0"] * MM, abs=0.1)
    assert place.day.width == pytest.approx((day[-1]["x1"] - day[0]["x0"]) * MM, abs=0.2)
    assert place.name.top == pytest.approx((297 / MM - organ[0]["matrix"][5] - 0.88 * 16) * MM, abs=0.1)
    # seal of 42 mm, its middle a little above the middle of both lines: its top within a line of the text
    text_bottom = 297 - (rows["正文。"][0]["matrix"][5] - 0.12 * 16) * MM
    middle = (place.name.top + place.day.top + place.day.height) / 2 - 2
    assert 0 <= middle - 21 - text_bottom <= LINE


def test_sealed_long_organ_stays_inside_the_type_area(engine: TypstEngine) -> None:
    name = "昌吉回族自治州昌吉市人民政府政务服务管理办公室"
    _, rows = signed(engine, Signature(name, DAY))
    assert rows[name][-1]["x1"] * MM <= 184.2


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 7])
@pytest.mark.parametrize(
    "name", ["市第{}部门", "昌吉市第{}人民政府办公室", "昌吉回族自治州昌吉市第{}政务服务管理办公室"]
)
def test_seals_of_a_joint_issue_never_touch_and_stay_inside(engine: TypstEngine, count: int, name: str) -> None:
    organs = tuple(name.format(index) for index in range(1, count + 1))
    found, rows = signed(engine, Signature(organs[0], DAY, joint=organs[1:]))
    places = found.layout.signed
    assert tuple(place.organ for place in places) == organs
    middles = [(place.name.page, place.name.left + place.name.width / 2, place.name.top) for place in places]
    for one, other in combinations(middles, 2):
        assert one[0] == other[0]
        assert abs(one[1] - other[1]) > 42.5 or abs(one[2] - other[2]) > 42.5
    for _, x, _ in middles:
        assert 28 + 21 <= x <= 184 - 21
    day = rows[WORDS]
    assert (day[0]["x0"] + day[-1]["x1"]) / 2 * MM == pytest.approx(middles[-1][1], abs=0.5)
    assert 184 - day[-1]["x1"] * MM == pytest.approx(4 * CHARACTER, abs=0.2)


def test_unsealed_signature_starts_the_date_two_characters_after_the_organ(engine: TypstEngine) -> None:
    _, rows = signed(engine, Signature("昌吉市人民政府办公室", DAY, seal=False))
    organ, day = rows["昌吉市人民政府办公室"], rows[WORDS]
    assert 184 - organ[-1]["x1"] * MM == pytest.approx(2 * CHARACTER, abs=0.2)
    assert (day[0]["x0"] - organ[0]["x0"]) * MM == pytest.approx(2 * CHARACTER, abs=0.1)


def test_unsealed_short_organ_moves_left_for_a_longer_date(engine: TypstEngine) -> None:
    _, rows = signed(engine, Signature("市府办", DAY, seal=False))
    organ, day = rows["市府办"], rows[WORDS]
    assert 184 - day[-1]["x1"] * MM == pytest.approx(2 * CHARACTER, abs=0.2)
    assert (day[0]["x0"] - organ[0]["x0"]) * MM == pytest.approx(2 * CHARACTER, abs=0.1)


def test_stamp_of_a_leader_has_its_room_and_the_post_beside_its_middle(engine: TypstEngine) -> None:
    found, rows = signed(engine, Signature("昌吉市人民政府", DAY, post="市长"))
    (place,) = found.layout.signed
    post = rows["市长"]
    assert 184 - place.name.left - place.name.width == pytest.approx(4 * CHARACTER, abs=0.1)
    assert place.name.left - post[-1]["x1"] * MM == pytest.approx(2 * CHARACTER, abs=0.2)
    middle = 297 - (post[0]["matrix"][5] + 0.38 * 16) * MM
    assert middle == pytest.approx(place.name.top + place.name.height / 2, abs=0.1)
    assert 184 - rows[WORDS][-1]["x1"] * MM == pytest.approx(4 * CHARACTER, abs=0.2)
    assert "昌吉市人民政府" not in rows


def test_note_stands_below_the_date_indented_in_brackets(engine: TypstEngine) -> None:
    _, rows = signed(engine, Signature("昌吉市人民政府办公室", DAY), note="此件公开发布")
    note, day = rows["（此件公开发布）"], rows[WORDS]
    assert note[0]["x0"] * MM == pytest.approx(28 + 2 * CHARACTER, abs=CHARACTER / 2 + 0.1)
    assert (day[0]["matrix"][5] - note[0]["matrix"][5]) * MM == pytest.approx(LINE, abs=0.05)


def test_names_of_attachments_wrap_under_their_first_character(engine: TypstEngine) -> None:
    attachment = documents.notice(rows=1).attachments[0]
    long = replace(attachment, title_lines=("2022年11月昌吉市一体化政务服务能力提升任务完成情况得分排名",))
    found = engine.render(replace(short(), attachments=(long, replace(attachment, number="2"))))
    with pdfplumber.open(io.BytesIO(found)) as pdf:
        rows = [row for page in pdf.pages for row in lines(page)]
    first = next(index for index, row in enumerate(rows) if text(row).startswith("附件：1."))
    name = next(c for c in rows[first] if c["text"] == "2")
    assert rows[first][0]["x0"] * MM == pytest.approx(28 + 2 * CHARACTER, abs=0.1)
    assert rows[first + 1][0]["x0"] == pytest.approx(name["x0"], abs=0.3)
    assert text(rows[first + 2]).startswith("2.2022年")
    assert rows[first + 2][0]["x0"] * MM == pytest.approx(28 + 5 * CHARACTER, abs=0.3)


def test_attachment_begins_a_page_with_its_label_and_the_title_on_line_three(engine: TypstEngine) -> None:
    document = replace(short(), attachments=documents.notice(rows=3).attachments[:1])
    with pdfplumber.open(io.BytesIO(engine.render(document))) as pdf:
        page = next(page for page in pdf.pages if "附件1" in page.extract_text())
        rows = lines(page)
    assert text(rows[0]) == "附件1"
    assert "NotoSansCJKsc" in rows[0][0]["fontname"]
    label, title = (297 / MM - row[0]["matrix"][5] for row in rows[:2])
    assert (label - 0.88 * 16) * MM == pytest.approx(37, abs=0.05)
    assert (title - label) * MM == pytest.approx(2 * LINE, abs=1.5)
    assert rows[1][0]["x0"] * MM + rows[1][-1]["x1"] * MM == pytest.approx(28 + 184, abs=1)


def test_classification_stands_in_the_upper_left_corner_above_the_mark(engine: TypstEngine) -> None:
    letterhead = replace(short().letterhead, copy_number="000001", secrecy="机密★1年", urgency="特急")
    content = engine.render(replace(short(), letterhead=letterhead))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        rows = lines(pdf.pages[0])[:3]
    assert [text(row) for row in rows] == ["000001", "机密★1年", "特急"]
    for index, row in enumerate(rows):
        assert row[0]["x0"] * MM == pytest.approx(28, abs=0.6)
        assert (297 / MM - row[0]["matrix"][5] - 0.88 * 16) * MM == pytest.approx(37 + index * LINE, abs=0.1)
        assert ("NotoSansCJKsc" in row[0]["fontname"]) == (index > 0)
    assert ink(content, 1, (15, 60, 200, 100), red=True)[1] == pytest.approx(37 + 35, abs=0.15)


def test_organs_of_a_joint_mark_are_spread_to_one_width_beside_the_word(engine: TypstEngine) -> None:
    organs = ("昌吉市人民政府办公室", "昌吉市行政审批局", "昌吉市市场监督管理局")
    document = replace(short(), letterhead=Letterhead("文件", "昌市政办发〔2022〕87号", organs))
    content = engine.render(document)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        mark = [c for c in pdf.pages[0].chars if c["size"] > 24]
    heights = sorted({c["matrix"][5] for c in mark if c["text"] == "昌"}, reverse=True)
    named = [[c for c in mark if abs(c["matrix"][5] - y) < 2 and c["text"] not in "文件"] for y in heights]
    assert [text(row) for row in named] == list(organs)
    assert max(row[0]["x0"] for row in named) - min(row[0]["x0"] for row in named) < 0.1
    assert max(row[-1]["x1"] for row in named) - min(row[-1]["x1"] for row in named) < 0.1
    beside = [c for c in mark if c["text"] in "文件"][-2:]
    middle = sum((c["top"] + c["bottom"]) / 2 for c in beside) / 2
    assert middle == pytest.approx(sum((c["top"] + c["bottom"]) / 2 for c in named[1]) / len(named[1]), abs=6)
    left, top, right, _ = ink(content, 1, (15, 50, 200, 130), red=True)
    assert top == pytest.approx(72, abs=0.2)
    assert left >= 27.9
    assert right <= 184.1


def test_signers_stand_right_two_a_line_with_the_number_on_the_last_line(engine: TypstEngine) -> None:
    letterhead = replace(short().letterhead, signers=("张三", "李四", "王五"))
    content = engine.render(replace(short(), letterhead=letterhead))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        rows = {text(row): row for row in lines(pdf.pages[0])}
    first = next(row for words, row in rows.items() if words.startswith("签发人："))
    assert text(first) == "签发人：张三李四"
    assert "FandolKai" in first[-1]["fontname"]
    assert "FandolFang" in first[0]["fontname"]
    assert first[-1]["x1"] * MM == pytest.approx(184 - CHARACTER, abs=0.3)
    last = next(row for words, row in rows.items() if "王五" in words)
    assert text(last).startswith("昌市政办发〔2022〕87号")
    assert last[0]["x0"] * MM == pytest.approx(28 + CHARACTER, abs=0.2)
    rule = ink(content, 1, (15, 105, 200, 140), red=True)
    assert rule[1] - (297 - (last[0]["matrix"][5] - 0.12 * 16) * MM) == pytest.approx(4, abs=0.3)


def test_letter_has_its_mark_and_red_rules_by_the_edges_of_the_paper(engine: TypstEngine) -> None:
    letterhead = Letterhead("昌吉市人民政府办公室", "昌市政办函〔2022〕87号", copy_number="000001")
    found = engine.typeset(replace(short(), form="信函", letterhead=letterhead))
    with pdfplumber.open(io.BytesIO(found.content)) as pdf:
        page = pdf.pages[0]
        drawn = rules(page)
        number = next(row for row in lines(page) if "〔2022〕" in text(row))
        words = ["".join(page.extract_text().split()) for page in pdf.pages]
        assert not rules(pdf.pages[-1])
    top = ink(found.content, 1, (15, 20, 200, 37), red=True)[1]
    assert top == pytest.approx(30, abs=0.15)
    assert {(round(one[0]), round(one[2])) for one in drawn} == {(20, 190)}
    thick = [one[3] for one in drawn]
    assert thick[0] > thick[1]
    assert thick[2] < thick[3]
    assert drawn[3][1] + drawn[3][3] / 2 == pytest.approx(297 - 20, abs=0.8)
    assert number[-1]["x1"] * MM == pytest.approx(184, abs=0.2)
    assert "000001" in text(number)
    assert "—1—" not in words[0]
    assert "印发" not in "".join(words)
    assert "抄送：" in words[-1]


def test_minutes_list_who_was_there_and_nobody_signs(engine: TypstEngine) -> None:
    document = replace(
        short(),
        form="纪要",
        letterhead=Letterhead("昌吉市人民政府专题会议纪要", "〔2022〕7号"),
        signature=None,
        attendance=(("出席", "张三、李四、王五、" * 8 + "赵六"), ("列席", "甲、乙")),
    )
    found = engine.typeset(document)
    with pdfplumber.open(io.BytesIO(found.content)) as pdf:
        rows = lines(pdf.pages[0])
    first = next(index for index, row in enumerate(rows) if text(row).startswith("出席："))
    assert rows[first][0]["x0"] * MM == pytest.approx(28 + 2 * CHARACTER, abs=0.2)
    assert "NotoSansCJKsc" in rows[first][0]["fontname"]
    assert "FandolFang" in rows[first][4]["fontname"]
    assert rows[first + 1][0]["x0"] == pytest.approx(rows[first][3]["x0"], abs=0.5)
    assert found.layout.signed == ()
    assert "2022年12月9日" not in "".join(printed(found.content)).replace("2022年12月9日印发", "")


def test_heading_stays_with_its_text_and_runs_on_where_it_has_a_tail(engine: TypstEngine) -> None:
    for before in range(2, 9):
        blocks = (
            *(documents.paragraph("国" * 20) for _ in range(before)),
            Heading(1, "一、", "总体情况"),
            Heading(2, "（一）", "市直部门。", (Run("排名前3位的是市公安局。"),)),
            documents.paragraph("国" * 20),
        )
        content = engine.render(replace(short(), blocks=blocks))
        pages = printed(content)
        (headed,) = [page for page in pages if "总体情况" in page]
        assert "（一）市直部门。排名前3位的是市公安局。" in headed
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        row = next(row for page in pdf.pages for row in lines(page) if text(row).startswith("（一）"))
    assert "FandolKai" in row[0]["fontname"]
    assert "FandolFang" in row[-1]["fontname"]


def test_watermark_is_on_every_page(engine: TypstEngine) -> None:
    document = replace(documents.notice(rows=30), watermark="初步")
    with pdfplumber.open(io.BytesIO(engine.render(document))) as pdf:
        for page in pdf.pages:
            assert [c["text"] for c in page.chars if c["size"] > 60 or not c["upright"]].count("初") == 1


def test_document_without_imprint_ends_with_its_text(engine: TypstEngine) -> None:
    found = engine.typeset(replace(short(), imprint=None))
    assert found.layout.pages == len(printed(found.content)) == 1


def test_imprint_without_copies_has_two_rules(engine: TypstEngine) -> None:
    content = engine.render(replace(short(), imprint=Imprint((), "昌吉市人民政府办公室", DAY)))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert [round(one[3], 2) for one in rules(pdf.pages[-1])] == [0.35, 0.35]
