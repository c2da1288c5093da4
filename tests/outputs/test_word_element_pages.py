"""Every element of GB/T 9704 as LibreOffice lays it out from Word files, in millimetres of the standard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from documents import ELEMENTS, bare, host, joint, notice, paragraph
from laid_out import MM, Page, characters, ink, laid_out, number_of, red, rules, starts

from tongbao.reports.document import Document

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("libreoffice")]

LINE = 579 / 1440 * 25.4
CHARACTER = 315 / 1440 * 25.4
# So many short lines above 署名: it would begin page 2 of the text alone, or take one line along, or have room.
ROOMS = (18, 19, 20, 22)


def documents() -> Mapping[str, Document]:
    plain = replace(bare(host()), imprint=None)
    rooms = {f"room{n}": replace(plain, blocks=tuple(paragraph("国" * 20) for _ in range(6 + n))) for n in ROOMS}
    long = replace(plain, blocks=(*(paragraph("国" * 20) for _ in range(14)), paragraph("国" * (28 * 12))))
    full = replace(bare(host()), blocks=tuple(paragraph("国" * 20) for _ in range(6 + 18)))
    turned = replace(notice(rows=1, paragraphs=0), blocks=notice(rows=1, paragraphs=0).blocks[:1])
    elements = {name: build() for name, build in ELEMENTS.items()}
    return {**elements, **rooms, "long": long, "full": full, "turned": turned}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, list[Page]]]:
    with laid_out(tmp_path_factory.mktemp("elements"), documents()) as found:
        yield found


def spot(page: Page, words: str) -> tuple[float, float, float, float]:
    """Where words stand: left, right, top and bottom in mm."""
    shown = characters(page)
    text = "".join(one["text"] for one in shown)
    place = text.index(words)
    found = shown[place : place + len(words)]
    return (
        found[0]["x0"] * MM,
        found[-1]["x1"] * MM,
        min(one["top"] for one in found) * MM,
        max(one["bottom"] for one in found) * MM,
    )


def font(page: Page, words: str) -> str:
    shown = characters(page)
    return str(shown["".join(one["text"] for one in shown).index(words)]["fontname"])


def page_with(sheets: list[Page], words: str) -> Page:
    return next(page for page in sheets if words in "".join(one["text"] for one in characters(page)))


def bands(page: Page) -> list[tuple[float, float]]:
    return [(first / 10, last / 10) for first, last in starts(ink(page, red))]


def test_lines_above_the_mark_leave_it_where_it_is(pages: Mapping[str, list[Page]]) -> None:
    (page, *_) = pages["份号密级紧急程度"]
    for place, words in enumerate(("000012", "机密★1年", "特急")):
        left, _, top, bottom = spot(page, words)
        assert left == pytest.approx(28, abs=0.2)
        # The n-th line of 版心; Word centres the character in it, LibreOffice sets it at its foot.
        assert 37 + place * LINE <= top < bottom <= 37 + (place + 1) * LINE + 0.5
    assert "Hei" in font(page, "机密") or "Sans" in font(page, "机密")
    assert "Sans" in font(page, "特急")
    assert "Fang" in font(page, "000012")
    assert bands(page)[0][0] == pytest.approx(37 + 35, abs=1)


@pytest.mark.parametrize(("name", "count"), [("两个机关联合", 2), ("三个机关联合", 3), ("五个机关联合", 5)])
def test_joint_marks_are_as_wide_as_each_other_with_the_word_in_their_middle(
    pages: Mapping[str, list[Page]], name: str, count: int
) -> None:
    (page, *_) = pages[name]
    organs = joint(count).letterhead.organs
    spots = [spot(page, organ) for organ in organs]
    assert {round(left, 1) for left, *_ in spots} == {round(spots[0][0], 1)}
    assert max(right for _, right, *_ in spots) - min(right for _, right, *_ in spots) < 0.7
    tops = [top for _, _, top, _ in spots]
    assert tops == sorted(tops)
    word = spot(page, "文件")
    middle = (spots[0][2] + spots[-1][3]) / 2
    assert (word[2] + word[3]) / 2 == pytest.approx(middle, abs=1.5)
    assert word[0] > max(right for _, right, *_ in spots)
    assert spots[0][0] >= 28
    assert word[1] <= 184.1
    red_bands = bands(page)
    assert red_bands[0][0] == pytest.approx(37 + 35, abs=1)
    assert red_bands[-2][1] - red_bands[0][0] <= 61
    # Page 1 shows text (§7.3.3).
    assert "现将有关情况通报如下。" in page.extract_text()


@pytest.mark.parametrize("name", ["两个机关联合", "三个机关联合", "五个机关联合"])
def test_seals_of_42_mm_neither_touch_nor_leave_the_text_area(pages: Mapping[str, list[Page]], name: str) -> None:
    count = {"两": 2, "三": 3, "五": 5}[name[0]]
    page = page_with(pages[name], "2022年12月9日")
    spots = [spot(page, organ) for organ in joint(count).letterhead.organs]
    day = spot(page, "2022年12月9日")
    middles = [((left + right) / 2, (top + bottom) / 2) for left, right, top, bottom in spots]
    # The last seal lies over 署名 and date.
    middles[-1] = (middles[-1][0], (middles[-1][1] + (day[2] + day[3]) / 2) / 2)
    for place, (x, y) in enumerate(middles):
        assert x - 21 >= 28 - 0.1
        assert x + 21 <= 184 + 0.1
        for other_x, other_y in middles[:place]:
            assert abs(x - other_x) > 42 or abs(y - other_y) > 42
    body = spot(page, "示例数据。")
    assert middles[0][1] - 21 - body[3] < LINE
    assert (day[0] + day[1]) / 2 == pytest.approx(middles[-1][0], abs=1)
    # 2022年12月9日 is six and a half characters wide and ends four from the right.
    assert 184 - (day[0] + day[1]) / 2 == pytest.approx((4 + 6.5 / 2) * CHARACTER, abs=0.3)


def test_signers_stand_right_of_the_number_and_under_each_other(pages: Mapping[str, list[Page]]) -> None:
    (page, *_) = pages["三位签发人"]
    label, first, second, third = (spot(page, words) for words in ("签发人：", "某甲", "某乙某", "某丙"))
    number = spot(page, "昌市政办〔2022〕12号")
    assert 184 - second[1] == pytest.approx(CHARACTER, abs=0.4)  # 右空一字
    assert number[0] - 28 == pytest.approx(CHARACTER, abs=0.2)  # 居左空一字
    assert label[2] == pytest.approx(first[2], abs=0.5)
    assert first[2] == pytest.approx(second[2], abs=0.1)
    assert third[0] == pytest.approx(first[0], abs=0.2)
    assert third[2] == pytest.approx(number[2], abs=0.5)
    assert third[2] - first[2] == pytest.approx(LINE, abs=0.3)
    assert font(page, "签发人").endswith("FandolFang-Regular")
    assert font(page, "某甲").endswith("FandolKai-Regular")
    (_, mark_bottom), (rule_top, _) = bands(page)
    ground = max(row for row in ink(page, lambda dot: sum(dot) < 250) if row / 10 < rule_top - 1) / 10
    assert rule_top - ground == pytest.approx(4, abs=0.6)
    assert first[2] - mark_bottom > 2 * LINE  # two blank lines


def test_a_single_signer_stands_on_the_line_of_the_number(pages: Mapping[str, list[Page]]) -> None:
    (page, *_) = pages["一位签发人"]
    name, number = spot(page, "某甲"), spot(page, "昌市政办〔2022〕12号")
    assert name[2] == pytest.approx(number[2], abs=0.5)
    assert 184 - name[1] == pytest.approx(CHARACTER, abs=0.4)
    ((left, right),) = {(round(one["x0"] * MM), round(one["x1"] * MM)) for one in rules(page)}
    assert (left, right) == (28, 184)


def test_a_letter_has_its_mark_and_double_rules_measured_from_the_paper(pages: Mapping[str, list[Page]]) -> None:
    first, second, *_ = pages["信函"]
    (mark_top, mark_bottom), upper, *lower = bands(first)
    assert mark_top == pytest.approx(30, abs=1)
    assert upper[0] - mark_bottom == pytest.approx(4, abs=0.7)
    assert lower[-1][1] == pytest.approx(297 - 20, abs=1)
    drawn = sorted((*first.lines, *first.rects), key=lambda one: one["top"])
    assert [(round(one["x0"] * MM), round(one["x1"] * MM)) for one in drawn] == [(20, 190)] * 4  # 170 mm
    weights = [one["linewidth"] for one in drawn]
    assert weights[0] > weights[1]  # 上粗下细
    assert weights[2] < weights[3]  # 上细下粗
    number = spot(first, "昌市政办函〔2022〕5号")
    assert number[1] == pytest.approx(184, abs=0.3)
    top = min(row for row in ink(first, lambda dot: sum(dot) < 250) if row / 10 > upper[1] + 1) / 10
    assert top - upper[1] == pytest.approx(16 / 72 * 25.4 * 7 / 8, abs=1)
    assert spot(first, "000001")[2] == pytest.approx(number[2], abs=0.5)
    assert spot(first, "加急")[2] > number[2]
    assert spot(first, "加急")[0] == pytest.approx(28, abs=0.2)
    assert not number_of(first)
    assert number_of(second)
    last = pages["信函"][-1]
    assert "抄送：" in last.extract_text()
    assert "印发" not in last.extract_text()
    assert not rules(last)
    assert spot(last, "抄送：")[3] == pytest.approx(262, abs=4)


def test_minutes_name_who_was_there_under_the_colon(pages: Mapping[str, list[Page]]) -> None:
    (page, *_) = pages["纪要"]
    assert bands(page)[0][0] == pytest.approx(37 + 35, abs=1)
    label = spot(page, "出席：")
    assert label[0] - 28 == pytest.approx(2 * CHARACTER, abs=0.2)
    assert "Sans" in font(page, "出席")
    assert font(page, "市人民政府办公室、").endswith("FandolFang-Regular")
    body = [one for one in characters(page) if label[1] - 1 <= one["x0"] * MM and one["top"] * MM > label[2] - 1]
    lines = {round(one["top"]): one for one in sorted(body, key=lambda one: -one["x0"])}
    starts_at = [one["x0"] * MM for one in lines.values() if one["size"] > 15]
    assert len(starts_at) == 4
    assert starts_at == pytest.approx([28 + 5 * CHARACTER] * 4, abs=0.2)
    assert label[2] - spot(page, "示例数据。")[2] == pytest.approx(2 * LINE, abs=0.5)
    assert "年12月9日" not in page.extract_text().replace(" ", "")


def test_a_stamp_has_its_room_with_the_post_beside_it(pages: Mapping[str, list[Page]]) -> None:
    page = page_with(pages["签名章"], "市长")
    post, day, body = (spot(page, words) for words in ("市长", "2022年12月9日", "示例数据。"))
    assert 184 - day[1] == pytest.approx(4 * CHARACTER, abs=1)
    # 4 characters, a stamp of 40 mm, 2 characters.
    assert 184 - post[1] == pytest.approx(6 * CHARACTER + 40, abs=0.5)
    # Two blank lines, half of the stamp's two; then its other half and a blank line.
    assert post[2] - body[2] == pytest.approx(3.5 * LINE, abs=0.5)
    assert day[2] - post[2] == pytest.approx(2.5 * LINE, abs=0.5)


def test_a_closing_note_stands_below_the_date(pages: Mapping[str, list[Page]]) -> None:
    page = page_with(pages["附注"], "（此件公开发布）")
    note, day = spot(page, "（此件公开发布）"), spot(page, "2022年12月9日")
    assert note[2] - day[2] == pytest.approx(LINE, abs=0.3)
    assert note[0] - 28 == pytest.approx(2 * CHARACTER, abs=0.3)


def test_recipients_below_stand_above_the_copies_without_a_rule_between(pages: Mapping[str, list[Page]]) -> None:
    last = pages["主送移入版记"][-1]
    drawn = [one["top"] * MM for one in rules(last)]
    assert len(drawn) == 3
    assert drawn[0] < spot(last, "主送：")[2] < spot(last, "抄送：")[2] < drawn[1] < drawn[2]
    assert drawn[2] == pytest.approx(262, abs=0.6)
    assert spot(last, "主送：")[0] == pytest.approx(28 + 14 / 72 * 25.4, abs=0.3)


@pytest.mark.parametrize("name", [*ELEMENTS, "full", "turned"])
def test_imprint_lies_on_the_bottom_of_a_portrait_page(pages: Mapping[str, list[Page]], name: str) -> None:
    if name == "信函":
        return  # has no rules to measure; above
    last = pages[name][-1]
    drawn = rules(last)
    bottom = 262 if last.height > last.width else 184
    assert drawn[-1]["bottom"] * MM == pytest.approx(bottom, abs=0.6)
    if number := number_of(last):
        dash = next(one for one in number if one["text"] == "—")
        if last.height > last.width:
            assert (dash["top"] + dash["bottom"]) / 2 * MM == pytest.approx(262 + 7, abs=1.5)


@pytest.mark.parametrize("name", [name for name in ELEMENTS if name not in ("版记不限双页", "表和图")])
def test_imprint_stands_on_an_even_page(pages: Mapping[str, list[Page]], name: str) -> None:
    # None of these has a blank page before it, which LibreOffice would leave out of its PDF.
    assert len(pages[name]) % 2 == 0
    assert number_of(pages[name][-1])


def test_imprint_behind_a_full_landscape_page_has_a_page_of_its_own(pages: Mapping[str, list[Page]]) -> None:
    # The last attachment fills page 6: page 7 stays blank, 版记 stands on page 8, upright and without a number.
    *_, table, last = pages["表和图"]
    assert table.width > table.height
    assert last.height > last.width
    assert not number_of(last)
    assert len(pages["表和图"]) == 7  # and the blank one


def test_imprint_without_room_on_its_even_page_waits_for_the_next_and_bears_no_number(
    pages: Mapping[str, list[Page]],
) -> None:
    # The text ends at the foot of page 2; page 3 stays blank (LibreOffice leaves it out), 版记 stands on page 4.
    first, second, last = pages["full"]
    assert number_of(first)
    assert number_of(second)
    assert not number_of(last)
    assert "抄送：" in last.extract_text()
    assert "国" not in last.extract_text()


def test_a_signature_never_begins_a_page(pages: Mapping[str, list[Page]]) -> None:
    for name in (*(f"room{n}" for n in ROOMS), "long"):
        page = page_with(pages[name], "2022年12月9日")
        assert "国" in page.extract_text(), name


def test_lines_move_together_where_that_is_enough(pages: Mapping[str, list[Page]]) -> None:
    # 18 lines and the four of 署名 fill page 2; with 19 the lines stand closer, with 20 the last one comes along.
    assert [len(pages[f"room{n}"]) for n in ROOMS] == [2, 2, 3, 3]
    assert pitch(pages["room18"][1]) == pytest.approx(LINE, abs=0.05)
    assert LINE * 0.94 <= pitch(pages["room19"][1]) < LINE - 0.2
    assert max(one["bottom"] for one in characters(pages["room19"][1]) if one["size"] > 15) * MM <= 262.3


def test_lines_move_apart_where_a_long_paragraph_must_go_on(pages: Mapping[str, list[Page]]) -> None:
    assert len(pages["long"]) == 3
    assert LINE < pitch(pages["long"][1]) <= LINE * 1.11
    assert "国" in pages["long"][2].extract_text()


def pitch(page: Page) -> float:
    """From line to line of the body text in mm: the most common distance."""
    tops = sorted({round(one["top"], 2) for one in characters(page, "国")})
    steps: list[float] = [round(low - high, 1) for high, low in pairwise(tops)]
    return max(steps, key=steps.count) * MM


def test_nothing_leaves_the_text_area(pages: Mapping[str, list[Page]]) -> None:
    for name, sheets in pages.items():
        for page in sheets:
            landscape = page.width > page.height
            left, right, bottom = (35, 297 - 37, 210 - 26) if landscape else (28, 184, 262)
            number = {id(one) for one in number_of(page)}
            text: list[dict[str, Any]] = [one for one in characters(page) if id(one) not in number]
            if name == "信函":
                text = [one for one in text if one["size"] < 25]  # its mark is measured from the paper
            assert min(one["x0"] for one in text) * MM >= left - 0.3, name
            assert max(one["x1"] for one in text if one["text"] not in "，。、；：）") * MM <= right + 0.3, name
            assert max(one["bottom"] for one in text) * MM <= bottom + 0.3, name
