"""A trend in PDF and Word: gaps stay gaps, lines can be told apart without colour, every figure is in the file."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest
from documents import notice
from lxml import html as lxml_html
from word_files import NAMES, WordFile

from tongbao.outputs.html import chart
from tongbao.reports.document import Figure, Line, LineChart

PART = "word/charts/chart1.xml"
PERIODS = tuple(f"2022年{month}月" for month in range(1, 13))
OWN = (81.2, 83.55, None, None, 88.1, 90.02, 91.5, 89.33, 92.4, 93.81, 94.02, 95.1)
MEAN = (85.0, 85.2, 85.1, 85.33, 86.2, 86.42, 87.01, 86.6, 86.9, 87.3, 87.5, 88.01)
HOSTILE = "=<b>&\"'"


def printed(values: tuple[float | None, ...]) -> tuple[str, ...]:
    return tuple("" if value is None else f"{value:.2f}" for value in values)


def trend() -> Figure:
    lines = (Line("市供销社", OWN, printed(OWN)), Line("市直部门平均", MEAN, ("",) * 11 + ("88.01",)))
    return Figure("图1 近12个月得分", LineChart(PERIODS, lines, "得分（分）"), "折线图")


def drawn(figure: Figure) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(chart.svg(figure, fill="#123456", family="x"))


@pytest.fixture(scope="module")
def word() -> WordFile:
    return WordFile(replace(notice(rows=1, paragraphs=0), blocks=(trend(),), attachments=()))


def test_the_line_is_broken_where_there_is_no_figure() -> None:
    paths = [path for path in drawn(trend()).findall(".//path") if path.get("stroke-width") in {"0.6", "0.4"}]
    own, mean = (re.findall(r"M[^M]*", path.get("d")) for path in paths)
    assert len(own) == 8  # 1–2 and seven stretches from 5 to 12
    assert len(mean) == 11
    assert len(drawn(trend()).findall(".//circle")) == 10  # a marker for every month with a figure
    assert "2022年3月 无" in drawn(trend()).find(".//desc").text_content()


def test_lines_are_told_apart_without_colour_and_named_where_they_end() -> None:
    picture = drawn(trend())
    paths = [path for path in picture.findall(".//path") if path.get("stroke-width") in {"0.6", "0.4"}]
    dashes = [path.get("stroke-dasharray") for path in paths]
    assert dashes[0] is None
    assert dashes[1]
    texts = {text.text: text for text in picture.findall(".//text")}
    last = picture.findall(".//circle")[-1]
    assert float(texts["市供销社"].get("x")) > float(last.get("cx"))
    assert float(texts["市供销社"].get("y")) < float(texts["市直部门平均"].get("y"))
    assert "95.10" in texts
    assert "88.01" in texts
    assert "85.00" not in texts
    assert all(0 <= float(text.get("x", 0)) <= 156 for text in picture.findall(".//text"))


def test_names_of_lines_that_meet_do_not_touch() -> None:
    lines = tuple(Line(name, (1.0, 2.0), ("", "")) for name in ("甲", "乙", "丙"))
    picture = drawn(Figure("图1", LineChart(PERIODS[:2], lines, "分"), ""))
    heights = sorted(float(text.get("y")) for text in picture.findall(".//text") if text.text in {"甲", "乙", "丙"})
    assert all(below - above > 3.1 for above, below in pairwise(heights))


def test_word_has_the_figures_and_no_nought_for_a_gap(word: WordFile) -> None:
    assert word.find("//c:dispBlanksAs/@val", PART) == ["gap"]
    series = word.part(PART).xpath("//c:ser", namespaces=NAMES)
    assert series[0].xpath(".//c:val//c:pt/@idx", namespaces=NAMES) == ["0", "1", *map(str, range(4, 12))]
    assert series[0].xpath(".//c:val//c:ptCount/@val", namespaces=NAMES) == ["12"]
    sheet = openpyxl.load_workbook(io.BytesIO(word.parts["word/embeddings/chart1.xlsx"])).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (None, "市供销社", "市直部门平均")
    assert rows[1] == ("2022年1月", 81.2, 85.0)
    assert rows[3] == ("2022年3月", None, 85.1)
    assert word.find("//c:val//c:f/text()", PART) == ["Sheet1!$B$2:$B$13", "Sheet1!$C$2:$C$13"]


def test_word_lines_are_told_apart_without_colour(word: WordFile) -> None:
    assert word.find("//c:ser/c:spPr/a:ln/a:prstDash/@val", PART) == ["solid", "dash"]
    assert word.find("//c:ser/c:marker/c:symbol/@val", PART) == ["circle", "square"]
    assert word.find("//c:legend/c:legendPos/@val", PART) == ["b"]
    assert word.find("//c:valAx/c:scaling/*/@val", PART) == ["minMax", "100.0", "75.0"]


def test_word_labels_are_those_of_the_notice(word: WordFile) -> None:
    series = word.part(PART).xpath("//c:ser", namespaces=NAMES)
    assert series[1].xpath(".//c:dLbl/c:idx/@val", namespaces=NAMES) == ["11"]
    assert series[0].xpath("./c:dLbls/c:numFmt/@formatCode", namespaces=NAMES) == ["0.00"]
    # The lower of two points has its label below it.
    assert series[0].xpath(".//c:dLbl/c:dLblPos/@val", namespaces=NAMES) == ["b", "b", *"tttttttt"]


def test_every_text_is_escaped() -> None:
    figure = replace(trend(), chart=LineChart((HOSTILE,), (Line(HOSTILE, (1.0,), (HOSTILE,)),), HOSTILE))
    assert drawn(figure).find(".//b") is None
    word = WordFile(replace(notice(rows=1, paragraphs=0), blocks=(figure,), attachments=()))
    assert word.find("//c:ser/c:tx//c:v/text()", PART) == [HOSTILE]
    assert word.find("//c:dLbl//a:t/text()", PART) == [HOSTILE]
