"""The pages as GB/T 9704 wants them, measured on the finished PDF."""

from __future__ import annotations

import dataclasses
import io
from datetime import date
from pathlib import Path

import documents
import pdfplumber
import pytest
from pdf_pages import MM, ink, lines, text

from tongbao.outputs.fonts import resolve
from tongbao.outputs.weasyprint import WeasyPrintEngine
from tongbao.reports.document import Document, Signature

pytestmark = pytest.mark.xdist_group("pdf")


@pytest.fixture(scope="module")
def engine() -> WeasyPrintEngine:
    return WeasyPrintEngine(resolve(Path(__file__).parents[2], []))


@pytest.fixture(scope="module")
def notice(engine: WeasyPrintEngine) -> bytes:
    return engine.render(documents.notice())


@pytest.fixture(scope="module")
def full(engine: WeasyPrintEngine) -> bytes:
    return engine.render(documents.full_page())


def test_full_page_holds_22_lines_of_28_characters_from_edge_to_edge(full: bytes) -> None:
    with pdfplumber.open(io.BytesIO(full)) as pdf:
        page = pdf.pages[1]
        rows = [row for row in lines(page) if "国" in text(row)]
        assert [len(row) for row in rows] == [28] * 22
        assert min(c["x0"] for row in rows for c in row) * MM == pytest.approx(28, abs=0.05)
        assert max(c["x1"] for row in rows for c in row) * MM == pytest.approx(184, abs=0.2)
        baselines = [float(page.height) - row[0]["matrix"][5] for row in rows]
        assert (baselines[-1] - baselines[0]) * MM == pytest.approx(21 * 225 / 22, abs=0.1)
        top = baselines[0] * MM - 0.88 * 16 * MM  # of the em box
        bottom = baselines[-1] * MM + 0.12 * 16 * MM
        assert top - 37 == pytest.approx(262 - bottom, abs=0.2)  # as far below the type area's top as above its bottom


def test_page_is_a4_in_both_directions_and_body_text_16_point(notice: bytes) -> None:
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        sizes = {(round(float(page.width) * MM), round(float(page.height) * MM)) for page in pdf.pages}
        assert sizes == {(210, 297), (297, 210)}
        body = next(row for row in lines(pdf.pages[1]) if "政务服务" in text(row))
        assert body[0]["size"] == pytest.approx(16, abs=0.01)


def test_spare_font_in_a_line_does_not_push_the_lines_apart(engine: WeasyPrintEngine) -> None:
    document = documents.full_page()
    mixed = ("国" * 27 + "堃") * 60
    content = engine.render(dataclasses.replace(document, blocks=(documents.paragraph(mixed),)))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        rows = [row for row in lines(pdf.pages[1]) if "国" in text(row)]
        assert len(rows) == 22


def test_lines_that_end_early_are_spread_to_the_right_edge(notice: bytes) -> None:
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        rows = [row for row in lines(pdf.pages[1]) if len(row) > 24 and not text(row).strip().endswith("。")]
        edges = [max(c["x1"] for c in row) * MM for row in rows]
    assert len(edges) > 8
    assert min(edges) > 183.3


def test_spreading_leaves_numbers_in_one_piece(engine: WeasyPrintEngine) -> None:
    words = "排名前3位的是市公安局（100.00%）、市司法局（100.00%）、市人社局（100.00%）、市医保局（100.00%）。"
    content = engine.render(dataclasses.replace(documents.full_page(), blocks=(documents.paragraph(words * 4),)))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        rows = [row for page in pdf.pages for row in lines(page) if "（100.00%）" in text(row)][:-1]
    spread = [row for row in rows if "。" not in text(row)[-1:]]
    assert min(max(c["x1"] for c in row) * MM for row in spread) > 183.3
    numbers = [row[at : at + 6] for row in rows for at in range(len(row) - 5) if text(row[at : at + 6]) == "100.00"]
    assert len(numbers) > 8
    # five half-wide digits and a point, each 0.21 pt tighter as all body text is
    assert {round(number[-1]["x1"] - number[0]["x0"]) for number in numbers} == {round(16 * 2.78 - 5 * 0.21)}


def test_title_keeps_the_lines_it_was_given(engine: WeasyPrintEngine) -> None:
    title = ("嘉峪关市人民政府办公室关于2022年11月全市", "一体化政务服务能力提升任务完成情况的通报")
    content = engine.render(dataclasses.replace(documents.full_page(), title_lines=title))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        rows = lines(pdf.pages[0])
    for line in title:
        (row,) = [row for row in rows if text(row) == line]
        assert row[0]["x0"] * MM >= 27.9
        assert row[-1]["x1"] * MM <= 184.1


def test_mark_35_mm_below_the_type_area_and_rule_4_mm_below_the_number(notice: bytes) -> None:
    left, top, right, _ = ink(notice, 1, (15, 50, 200, 100), red=True)
    assert top == pytest.approx(37 + 35, abs=0.5)
    assert left >= 27.9
    assert right <= 184.1
    rule_left, rule_top, rule_right, _ = ink(notice, 1, (15, 105, 200, 130), red=True)
    assert (rule_left, rule_right) == pytest.approx((28, 184), abs=0.1)
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        number = next(row for row in lines(pdf.pages[0]) if "〔2022〕" in text(row))
        below = float(pdf.pages[0].height) - number[0]["matrix"][5] + 0.12 * 16  # bottom of the em box
    assert rule_top - below * MM == pytest.approx(4, abs=0.2)


def test_long_mark_is_fitted_to_the_type_area(engine: WeasyPrintEngine) -> None:
    document = documents.full_page()
    letterhead = dataclasses.replace(document.letterhead, mark="昌吉回族自治州昌吉市人民政府政务服务管理办公室文件")
    with pdfplumber.open(io.BytesIO(engine.render(dataclasses.replace(document, letterhead=letterhead)))) as pdf:
        mark = next(row for row in lines(pdf.pages[0]) if "昌吉回族" in text(row))
    assert len(mark) == 25
    assert (mark[0]["x0"] * MM, mark[-1]["x1"] * MM) == pytest.approx((28, 184), abs=0.3)


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
    dash = ink(notice, even, (10, 32, 33, 35))
    assert 35 - (dash[0] + dash[2]) / 2 == pytest.approx(7, abs=0.15)


def test_pages_are_numbered_through_until_only_the_imprint_is_left(notice: bytes) -> None:
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        pages = ["".join(c["text"] for c in page.chars).replace(" ", "") for page in pdf.pages]
    # the wide attachment ends on page 10, the back of its sheet: page 11 stays empty, 版记 is on the back of that
    assert len(pages) == 12
    for number, words in enumerate(pages[:10], 1):
        assert f"—{number}—" in words
        assert len(words) > len(f"—{number}—")
    assert pages[10].strip("\u200b") == ""
    assert pages[11].endswith("2022年12月9日印发")
    assert "—" not in pages[11]


def test_imprint_lies_on_the_bottom_of_the_last_page(notice: bytes) -> None:
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        pages = len(pdf.pages)
        last = pdf.pages[-1].extract_text()
        assert last.index("抄送：市委办公室") < last.index("2022年12月9日印发")
        assert last.count("印发") == 1
        assert not any("印发" in page.extract_text() for page in pdf.pages[:-1])
    left, _, right, bottom = ink(notice, pages, (10, 230, 200, 264))
    assert bottom == pytest.approx(262, abs=0.15)
    assert (left, right) == pytest.approx((28, 184), abs=0.1)


def test_rows_of_the_head_are_repeated_and_every_row_is_printed_once(notice: bytes) -> None:
    with pdfplumber.open(io.BytesIO(notice)) as pdf:
        pages = [page.extract_text() for page in pdf.pages if page.height > page.width]
    tables = [page for page in pages if "市第" in page and "名次" in page]
    assert len(tables) == 3
    joined = "\n".join(tables)
    for row in range(1, 61):
        assert joined.count(f"市第{row}部门") == 1, row


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 14, 15, 16])
def test_signature_never_stands_without_text_and_nothing_is_lost(engine: WeasyPrintEngine, count: int) -> None:
    document = dataclasses.replace(
        documents.notice(),
        blocks=tuple(documents.paragraph(f"第{index}段正文。") for index in range(1, count + 1)),
        attachments=(),
    )
    with pdfplumber.open(io.BytesIO(engine.render(document))) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    (signed,) = [page for page in pages if "2022年12月9日\n" in page]
    assert "段正文" in signed
    assert "段正文" in pages[0]
    assert "印发" in pages[-1]
    for index in range(1, count + 1):
        assert sum(page.count(f"第{index}段正文。") for page in pages) == 1


def signature_lines(engine: WeasyPrintEngine, signature: Signature) -> tuple[list[dict], list[dict]]:
    document: Document = dataclasses.replace(
        documents.notice(), blocks=(documents.paragraph("正文。"),), attachments=(), signature=signature, imprint=None
    )
    with pdfplumber.open(io.BytesIO(engine.render(document))) as pdf:
        rows = [row for page in pdf.pages for row in lines(page)]
    day = next(row for row in rows if text(row).strip() == signature.day_text)
    return rows[rows.index(day) - 1], day


def test_sealed_signature_is_centred_on_a_date_four_characters_from_the_right(engine: WeasyPrintEngine) -> None:
    organ, day = signature_lines(engine, Signature("昌吉市人民政府办公室", date(2022, 12, 9)))
    assert text(organ) == "昌吉市人民政府办公室"
    assert 184 - day[-1]["x1"] * MM == pytest.approx(4 * 156 / 28, abs=0.4)
    assert organ[0]["x0"] + organ[-1]["x1"] == pytest.approx(day[0]["x0"] + day[-1]["x1"], abs=1)


def test_sealed_long_organ_stays_inside_the_type_area(engine: WeasyPrintEngine) -> None:
    organ, _ = signature_lines(engine, Signature("昌吉回族自治州昌吉市人民政府政务服务管理办公室", date(2022, 12, 9)))
    assert organ[-1]["x1"] * MM <= 184.2


def test_unsealed_signature_starts_the_date_two_characters_after_the_organ(engine: WeasyPrintEngine) -> None:
    organ, day = signature_lines(engine, Signature("昌吉市人民政府办公室", date(2022, 12, 9), seal=False))
    assert 184 - organ[-1]["x1"] * MM == pytest.approx(2 * 156 / 28, abs=0.3)
    assert (day[0]["x0"] - organ[0]["x0"]) * MM == pytest.approx(2 * 156 / 28, abs=0.2)


def test_unsealed_short_organ_moves_left_for_a_longer_date(engine: WeasyPrintEngine) -> None:
    organ, day = signature_lines(engine, Signature("市府办", date(2022, 12, 9), seal=False))
    assert 184 - day[-1]["x1"] * MM == pytest.approx(2 * 156 / 28, abs=0.3)
    assert (day[0]["x0"] - organ[0]["x0"]) * MM == pytest.approx(2 * 156 / 28, abs=0.2)


def test_watermark_is_on_every_page(engine: WeasyPrintEngine) -> None:
    document = dataclasses.replace(documents.notice(rows=30), watermark="初步")
    with pdfplumber.open(io.BytesIO(engine.render(document))) as pdf:
        for page in pdf.pages:
            assert [c["text"] for c in page.chars if c["size"] > 60 or not c["upright"]].count("初") == 1
