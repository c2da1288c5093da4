"""Every element of GB/T 9704 in the PDF that is made by way of HTML and CSS, measured on the pages."""

from __future__ import annotations

import dataclasses
import io
from itertools import pairwise
from pathlib import Path

import documents
import pdfplumber
import pytest
from test_pdf_page import ink, lines, text

from tongbao.errors import Code, OutputError
from tongbao.outputs.fonts import resolve
from tongbao.outputs.weasyprint import WeasyPrintEngine
from tongbao.reports.document import Document

pytestmark = pytest.mark.xdist_group("pdf")
MM = 25.4 / 72
CHARACTER = 156 / 28


@pytest.fixture(scope="module")
def engine() -> WeasyPrintEngine:
    return WeasyPrintEngine(resolve(Path(__file__).parents[2], []))


class Pages:
    """A finished PDF with its lines."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            self.lines = [[row for row in lines(page) if text(row).strip("\u200b")] for page in pdf.pages]

    def row(self, words: str) -> list[dict]:
        return next(row for page in self.lines for row in page if words in text(row))

    def text(self, page: int) -> str:
        return "\n".join(text(row) for row in self.lines[page - 1])


def left(row: list[dict]) -> float:
    return float(row[0]["x0"]) * MM


def right(row: list[dict]) -> float:
    return float(row[-1]["x1"]) * MM


def middle(row: list[dict]) -> float:
    return (left(row) + right(row)) / 2


def baseline(row: list[dict]) -> float:
    return 297 - float(row[0]["matrix"][5]) * MM


def parts(row: list[dict]) -> list[list[dict]]:
    """A line cut where more than a character is free."""
    cut: list[list[dict]] = [[row[0]]]
    for before, after in pairwise(row):
        if after["x0"] - before["x1"] > before["size"]:
            cut.append([])
        cut[-1].append(after)
    return cut


def element(engine: WeasyPrintEngine, name: str) -> Pages:
    return Pages(engine.render(documents.ELEMENTS[name]()))


def test_copy_number_secrecy_and_urgency_stand_on_lines_1_2_3_at_the_edge(engine: WeasyPrintEngine) -> None:
    pages = element(engine, "份号密级紧急程度")
    rows = pages.lines[0][:3]
    assert [text(row) for row in rows] == ["000012", "机密★1年", "特急"]
    assert [left(row) for row in rows] == pytest.approx([28, 28, 28], abs=0.3)
    steps = [baseline(below) - baseline(above) for above, below in pairwise(rows)]
    assert steps == pytest.approx([225 / 22] * 2, abs=0.4)  # two faces, with baselines of their own
    assert ink(pages.content, 1, (15, 66, 200, 100), red=True)[1] == pytest.approx(37 + 35, abs=0.5)


@pytest.mark.parametrize(("name", "count"), [("两个机关联合", 2), ("三个机关联合", 3), ("五个机关联合", 5)])
def test_organs_of_a_joint_issue_are_equally_wide_and_the_kind_stands_in_their_middle(
    engine: WeasyPrintEngine, name: str, count: int
) -> None:
    document = documents.ELEMENTS[name]()
    pages = Pages(engine.render(document))
    big = max(c["size"] for row in pages.lines[0] for c in row)
    mark = [c for row in pages.lines[0] for c in row if c["size"] == pytest.approx(big)]
    kind = [c for c in mark if c["text"] in "文件"]
    organs = [
        [c for c in mark if c not in kind and c["matrix"][5] == y] for y in sorted({c["matrix"][5] for c in mark})
    ]
    organs = [row for row in organs if row][::-1]
    assert ["".join(c["text"] for c in row) for row in organs] == list(document.letterhead.organs)
    assert {round(left(row), 1) for row in organs} == {round(left(organs[0]), 1)}
    assert {round(right(row)) for row in organs} == {round(right(organs[0]))}
    assert baseline(kind) == pytest.approx((baseline(organs[0]) + baseline(organs[-1])) / 2, abs=0.6)
    assert len(organs) == count
    assert ink(pages.content, 1, (15, 60, 200, 140), red=True)[1] == pytest.approx(37 + 35, abs=0.5)
    assert left(organs[0]) >= 27.9
    assert right(kind) <= 184.1
    assert "现将有关情况通报如下。" in pages.text(1)


def test_seals_of_a_joint_issue_have_room_and_the_last_lies_over_the_date(engine: WeasyPrintEngine) -> None:
    document = documents.joint(5)
    pages = Pages(engine.render(document))
    signed = next(page for page in pages.lines if any(text(row) == "2022年12月9日" for row in page))
    day = next(row for row in signed if text(row) == "2022年12月9日")
    names = [
        part for row in signed[: signed.index(day)] for part in parts(row) if text(part) in document.letterhead.organs
    ]
    assert [text(name) for name in names] == list(document.letterhead.organs)
    centres = [(middle(name), baseline(name)) for name in names]
    apart = [((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 for i, (ax, ay) in enumerate(centres) for bx, by in centres[:i]]
    assert min(apart) >= 44.9  # seals of 42 mm neither touch nor cross
    assert all(28 + 21 <= x <= 184 - 21 for x, _ in centres)
    assert centres[-1][0] == pytest.approx(middle(day), abs=0.4)
    assert 184 - right(day) == pytest.approx(4 * CHARACTER, abs=0.4)


@pytest.mark.parametrize("name", ["一位签发人", "三位签发人"])
def test_number_stands_left_on_the_line_of_the_last_signer(engine: WeasyPrintEngine, name: str) -> None:
    pages = element(engine, name)
    number, signers = parts(pages.row("昌市政办〔2022〕12号"))[0], pages.row("签发人：")
    assert left(number) == pytest.approx(28 + CHARACTER, abs=0.3)
    assert right(signers) <= 184 - CHARACTER + 0.3
    last = pages.row("某丙" if name == "三位签发人" else "某甲")
    assert baseline(last) == pytest.approx(baseline(number), abs=0.2)
    if name == "三位签发人":
        assert baseline(last) - baseline(signers) == pytest.approx(225 / 22, abs=0.2)
        begins = next(part for part in signers if part["text"] == "某")
        assert last[-2]["x0"] == pytest.approx(begins["x0"], abs=0.5)
        assert 184 - right(signers) == pytest.approx(CHARACTER, abs=0.4)
        assert {c["fontname"].rpartition("-")[0].rpartition("TB-")[2] for c in last[-2:]} == {"FandolKai"}


def test_letter_has_two_double_rules_of_170_mm_and_no_number_on_its_first_page(engine: WeasyPrintEngine) -> None:
    pages = element(engine, "信函")
    mark = ink(pages.content, 1, (15, 10, 200, 43), red=True)
    assert mark[1] == pytest.approx(30, abs=0.6)
    upper = ink(pages.content, 1, (5, 44, 205, 52), red=True)
    assert (upper[0], upper[2]) == pytest.approx((20, 190), abs=0.2)
    assert upper[1] - mark[3] == pytest.approx(4, abs=0.8)
    lower = ink(pages.content, 1, (5, 272, 205, 290), red=True)
    assert (lower[0], lower[2]) == pytest.approx((20, 190), abs=0.2)
    assert lower[3] == pytest.approx(277, abs=0.2)
    assert "—" not in pages.text(1)
    assert "— 2 —" in pages.text(2)
    first = pages.row("昌市政办函〔2022〕5号")
    assert [text(part) for part in parts(first)] == ["000001", "昌市政办函〔2022〕5号"]
    assert right(first) == pytest.approx(184, abs=0.4)
    assert not any("印发" in text(row) for page in pages.lines for row in page)


def test_letter_without_copies_has_no_imprint_and_no_page_for_it(engine: WeasyPrintEngine) -> None:
    letter = documents.letter()
    assert letter.imprint is not None
    without = dataclasses.replace(letter, imprint=dataclasses.replace(letter.imprint, copies=()))
    pages = Pages(engine.render(without))
    assert len(pages.lines) == 3  # with 抄送 a fourth
    assert "2022年12月9日" in pages.text(3)


def test_minutes_list_who_was_there_and_nobody_signs(engine: WeasyPrintEngine) -> None:
    pages = element(engine, "纪要")
    row = pages.row("出席：")
    at = pages.lines[0].index(row)
    following = pages.lines[0][at + 1]
    assert left(row) == pytest.approx(28 + 2 * CHARACTER, abs=0.3)
    assert left(following) == pytest.approx(28 + 5 * CHARACTER, abs=0.4)
    assert baseline(row) - baseline(pages.lines[0][at - 1]) == pytest.approx(2 * 225 / 22, abs=0.3)
    assert "2022年12月9日\n" not in pages.text(1) + "\n"


def test_stamp_has_its_room_beside_the_post(engine: WeasyPrintEngine) -> None:
    pages = element(engine, "签名章")
    post, day = pages.row("市长"), pages.row("2022年12月9日")
    assert 184 - right(day) == pytest.approx(4 * CHARACTER, abs=0.4)
    assert 184 - right(post) == pytest.approx(6 * CHARACTER + 40, abs=0.5)
    # post in the middle of two lines, then half a line, one empty line, and the date's own
    assert baseline(day) - baseline(post) == pytest.approx(2.5 * 225 / 22, abs=0.3)


def test_note_follows_the_date(engine: WeasyPrintEngine) -> None:
    pages = element(engine, "附注")
    note, day = pages.row("（此件公开发布）"), pages.row("2022年12月9日")
    assert baseline(note) - baseline(day) == pytest.approx(225 / 22, abs=0.2)
    assert left(note) == pytest.approx(28 + 2 * CHARACTER, abs=0.5)


def test_moved_recipients_stand_above_copies_without_a_rule_between(engine: WeasyPrintEngine) -> None:
    pages = element(engine, "主送移入版记")
    words = pages.text(2)
    assert words.index("主送：市第1部门") < words.index("抄送：市委办公室") < words.index("印发")
    assert words.count("市第120部门") == 1
    # At the edge of 版心 stand only the rules: above all, above the printing organ, below all.
    copies, printer = baseline(pages.row("抄送：")), baseline(pages.row("印发"))
    edge = [(37, 48), (copies, printer), (printer, 263)]
    rules = [ink(pages.content, 2, (28.5, top, 29.5, bottom)) for top, bottom in edge]
    assert rules[0][1] < baseline(pages.lines[1][0]) - 3
    assert rules[2][3] == pytest.approx(262, abs=0.2)
    with pytest.raises(AssertionError, match="nothing"):
        ink(pages.content, 2, (28.5, 48, 29.5, copies))
    assert min(baseline(row) for row in pages.lines[1]) > 37


def test_imprint_that_no_page_can_hold_is_refused(engine: WeasyPrintEngine) -> None:
    document = documents.recipients_below()
    assert document.imprint is not None
    long = dataclasses.replace(document.imprint, recipients=document.imprint.recipients * 3)
    with pytest.raises(OutputError, match="版记") as caught:
        engine.render(dataclasses.replace(document, imprint=long))
    assert caught.value.finding.code is Code.LAYOUT_FULL


def ends_on(page: int) -> Document:
    """A notice whose text ends on the given page, with room for 版记 below."""
    extra = tuple(documents.paragraph("示例数据。") for _ in range(2 if page == 1 else 8))
    document = documents.bare(documents.host(), recipients="", title_lines=("关于示例的通报",), blocks=extra)
    if page == 3:
        document = dataclasses.replace(document, blocks=extra * 4)
    return document


@pytest.mark.parametrize(("page", "imprint_page"), [(1, 2), (2, 2), (3, 4)])
def test_imprint_waits_for_an_even_page_which_bears_its_number(
    engine: WeasyPrintEngine, page: int, imprint_page: int
) -> None:
    pages = Pages(engine.render(ends_on(page)))
    assert "2022年12月9日" in pages.text(page)
    assert len(pages.lines) == imprint_page
    assert "印发" in pages.text(imprint_page)
    assert sum("印发" in pages.text(number) for number in range(1, imprint_page + 1)) == 1
    for number in range(1, imprint_page + 1):
        assert f"— {number} —" in pages.text(number)
    assert ink(pages.content, imprint_page, (10, 230, 200, 264))[3] == pytest.approx(262, abs=0.15)


def test_imprint_on_an_odd_page_when_the_office_wants_it(engine: WeasyPrintEngine) -> None:
    document = ends_on(1)
    assert document.imprint is not None
    kept = dataclasses.replace(document, imprint=dataclasses.replace(document.imprint, even_page=False))
    pages = Pages(engine.render(kept))
    assert len(pages.lines) == 1
    assert "印发" in pages.text(1)


def test_figures_of_a_column_stand_on_their_decimal_point(engine: WeasyPrintEngine) -> None:
    pages = element(engine, "表和图")
    row, other = pages.row("市公安局"), pages.row("市税务局")
    percent = next(index for index, c in enumerate(row) if c["text"] == "%")
    point = next(index for index, c in enumerate(other) if c["text"] == ".")
    # 100% lacks .00, so its last digit ends where the point of 98.25% begins, but for the % that it has itself
    assert row[percent]["x1"] < other[point]["x1"] + other[point]["size"]
    whole = row[-1]["x1"]  # 98, which lacks .25
    assert whole == pytest.approx(other[-3]["x0"], abs=0.6)


def test_held_rows_stay_with_the_next(engine: WeasyPrintEngine) -> None:
    table = documents.ranking(60)
    for held in range(10, 30):
        document = dataclasses.replace(
            documents.bare(documents.host(), imprint=None),
            blocks=(dataclasses.replace(table, held=frozenset({held})),),
        )
        pages = Pages(engine.render(document))
        last = [text(row) for row in pages.lines[1 if held > 20 else 0]][-2]
        assert not last.startswith(str(held + 1) + "市第")
