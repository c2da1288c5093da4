"""Word files as LibreOffice lays them out, measured on the page: right numbers can still make a wrong page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from documents import full_page, notice, paragraph
from laid_out import MM, Page, characters, ink, laid_out, number_of, red, rules, starts
from word_files import varied

from tongbao.reports.document import Document

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.xdist_group("libreoffice"),
]

# Lines of body text on a second page that leave less and less room for 署名 and 版记.
TIGHT = range(14, 20)


def documents() -> Mapping[str, Document]:
    base = replace(notice(rows=1, paragraphs=0), attachments=())
    # Page 1 holds six lines of text below the head of this notice.
    tight = {
        f"tight{lines}": replace(base, blocks=tuple(paragraph("国" * 20) for _ in range(6 + lines))) for lines in TIGHT
    }
    wide = replace(base, title_lines=("嘉峪关市人民政府办公室关于2022年11月全市", "提升任务完成情况的通报"))
    return {"notice": notice(), "full": full_page(), "varied": varied(), "wide": wide, **tight}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, list[Page]]]:
    with laid_out(tmp_path_factory.mktemp("libreoffice"), documents()) as found:
        yield found


def lines_of(page: Page) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for one in characters(page, "国"):
        found.setdefault(round(one["top"]), []).append(one)
    return found


def test_fonts_are_the_ones_meant(pages: Mapping[str, list[Page]]) -> None:
    embedded = {one["fontname"].split("+")[-1] for page in pages["notice"] for one in page.chars}
    for name in ("FandolFang", "FandolKai", "FandolSong", "NotoSansCJK", "NotoSerifCJK"):
        assert any(font.startswith(name) for font in embedded), (name, embedded)
    assert not any(font.startswith(("DejaVu", "Liberation")) for font in embedded)


def test_a_full_page_shows_22_lines_of_28_characters(pages: Mapping[str, list[Page]]) -> None:
    for page in pages["full"][1:3]:
        lines = lines_of(page)
        assert len(lines) == 22
        assert {len(line) for line in lines.values()} == {28}
        assert min(one["x0"] for one in characters(page, "国")) * MM == pytest.approx(28, abs=0.3)
        assert max(one["x1"] for one in characters(page, "国")) * MM == pytest.approx(184, abs=0.5)
        tops = sorted(lines)
        assert (tops[-1] - tops[0]) * MM == pytest.approx(21 * 579 / 1440 * 25.4, abs=0.5)
        assert 37 <= tops[0] * MM <= 41
        assert max(one["bottom"] for one in characters(page, "国")) * MM <= 262


def test_page_one_shows_text_indented_by_two_characters(pages: Mapping[str, list[Page]]) -> None:
    first, second, *_ = (line for _, line in sorted(lines_of(pages["full"][0]).items()))
    assert len(first) == 26
    assert (first[0]["x0"] - second[0]["x0"]) * MM == pytest.approx(2 * 5.556, abs=0.1)


def test_mark_number_rule_and_title_stand_where_the_standard_says(pages: Mapping[str, list[Page]]) -> None:
    page = pages["notice"][0]
    (mark_top, _), (rule_top, rule_bottom) = starts(ink(page, red))
    assert mark_top / 10 == pytest.approx(37 + 35, abs=1)
    dark = starts(ink(page, lambda dot: sum(dot) < 250))
    number = next(band for band in dark if band[0] / 10 > 90)
    assert rule_top / 10 - number[1] / 10 == pytest.approx(4, abs=0.5)
    title = next(band for band in dark if band[0] > rule_bottom)
    line = 579 / 1440 * 25.4
    # The title's own line is 12.7 mm high and the ink of 7 mm stands about the middle of it.
    assert title[0] / 10 - rule_bottom / 10 == pytest.approx(2 * line + 3, abs=2)
    (rule,) = {(round(one["x0"] * MM, 1), round(one["x1"] * MM, 1)) for one in rules(page)}
    assert rule == (28.0, 184.0)


def test_mark_fills_at_most_one_line(pages: Mapping[str, list[Page]]) -> None:
    mark = [one for one in characters(pages["notice"][0]) if one["size"] > 30]
    assert len({round(one["top"]) for one in mark}) == 1
    assert len(mark) == 12
    assert (mark[-1]["x1"] - mark[0]["x0"]) * MM <= 156


def test_a_title_line_is_never_broken_again(pages: Mapping[str, list[Page]]) -> None:
    title = [one for one in characters(pages["wide"][0]) if round(one["size"]) == 22]
    assert len({round(one["top"]) for one in title}) == 2
    assert min(one["x0"] for one in title) * MM >= 28
    assert max(one["x1"] for one in title) * MM <= 184


def test_page_numbers_run_on_seven_millimetres_below(pages: Mapping[str, list[Page]]) -> None:
    for index, page in enumerate(pages["notice"], 1):
        number = number_of(page)
        assert "".join(one["text"] for one in number if one["text"] != "—") == str(index)
        if page.width > page.height:
            continue
        dash = next(one for one in number if one["text"] == "—")
        assert (dash["top"] + dash["bottom"]) / 2 * MM == pytest.approx(262 + 7, abs=1.5)
        if index % 2:
            assert max(one["x1"] for one in number) * MM == pytest.approx(184 - 5.64, abs=1)
        else:
            assert min(one["x0"] for one in number) * MM == pytest.approx(28 + 5.64, abs=1)


def test_landscape_pages_carry_their_number_in_the_left_margin(pages: Mapping[str, list[Page]]) -> None:
    turned = [(number, page) for number, page in enumerate(pages["notice"], 1) if page.width > page.height]
    assert len(turned) >= 2
    for number, page in turned:
        shown = number_of(page)
        assert not any(one["upright"] for one in shown)
        middle = (shown[0]["x0"] + shown[0]["x1"]) / 2 * MM
        assert middle == pytest.approx(35 - 7, abs=1.5)  # 7 mm from 版心, as elsewhere
        if number % 2:
            assert max(one["bottom"] for one in shown) * MM == pytest.approx(210 - 26 - 5.64, abs=1)
        else:
            assert min(one["top"] for one in shown) * MM == pytest.approx(28 + 5.64, abs=1)


def test_nothing_leaves_the_text_area_but_the_number(pages: Mapping[str, list[Page]]) -> None:
    for name, sheets in pages.items():
        for page in sheets:
            landscape = page.width > page.height
            left, right, bottom = (35, 297 - 37, 210 - 26) if landscape else (28, 184, 262)
            number = {id(one) for one in number_of(page)}
            # A watermark lies across everything; a mark at the end of a line may hang.
            text = [one for one in characters(page) if id(one) not in number and one["size"] < 60]
            assert min(one["x0"] for one in text) * MM >= left - 0.3, name
            assert max(one["x1"] for one in text if one["text"] not in "，。、；：") * MM <= right + 0.3, name
            assert max(one["bottom"] for one in text) * MM <= bottom + 0.3, name
            for cell in page.rects:
                assert cell["x1"] * MM <= right + 0.6, name


def test_no_page_is_blank(pages: Mapping[str, list[Page]]) -> None:
    for name, sheets in pages.items():
        for page in sheets:
            shown = [one for one in characters(page) if one["size"] < 60]
            assert len(shown) > len(number_of(page)), (name, page.page_number)


def test_table_heads_are_repeated_on_every_page(pages: Mapping[str, list[Page]]) -> None:
    with_rows = [page.page_number for page in pages["notice"] if page.find_tables()]
    with_head = [page.page_number for page in pages["notice"] if "名次" in page.extract_text()]
    # 60 rows need two portrait pages and 20 rows two landscape ones; the last page's table is 版记 below a table.
    assert len(with_head) == 4
    assert with_head == with_rows


def test_orientation_changes_there_and_back(pages: Mapping[str, list[Page]]) -> None:
    turned = [page.width > page.height for page in pages["varied"]]
    assert turned.count(True) == 1
    assert not turned[-1]


@pytest.mark.parametrize("name", ["notice", "full", "varied", *(f"tight{lines}" for lines in TIGHT)])
def test_imprint_lies_on_the_bottom_of_the_last_page(pages: Mapping[str, list[Page]], name: str) -> None:
    last = pages[name][-1]
    bottom = 210 - 26 if last.width > last.height else 262
    drawn = rules(last)
    assert drawn[-1]["bottom"] * MM == pytest.approx(bottom, abs=0.6)
    edges = (35, 260) if last.width > last.height else (28, 184)
    assert (drawn[-1]["x0"] * MM, drawn[-1]["x1"] * MM) == pytest.approx(edges, abs=0.5)
    text = last.extract_text()
    assert "抄送：" in text
    assert "印发" in text
    for page in pages[name][:-1]:
        assert "印发" not in page.extract_text()


@pytest.mark.parametrize("lines", TIGHT)
def test_imprint_never_covers_text(pages: Mapping[str, list[Page]], lines: int) -> None:
    sheets = pages[f"tight{lines}"]
    last = sheets[-1]
    top_rule = next(one for one in rules(last) if one["top"] * MM > 200)
    above = [one for one in characters(last) if one["bottom"] < top_rule["top"] + 3]
    inside = [one for one in characters(last) if top_rule["top"] <= one["top"] and one["size"] > 15]
    assert not inside
    assert above or len(sheets) == 3
    # 署名 never stands alone: the text before it comes along.
    signed = next(page for page in sheets if "2022年12月9日" in page.extract_text().replace(" ", ""))
    assert "国" in signed.extract_text()
