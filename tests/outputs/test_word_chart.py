"""The chart in Word: editable, with its figures inside, labelled as the notice prints them."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from documents import notice
from word_files import NAMES, WordFile, chart_of

from tongbao.reports.document import Figure

PART = "word/charts/chart1.xml"


@pytest.fixture(scope="module")
def word() -> WordFile:
    return WordFile(notice(rows=1))


def test_figures_stand_in_the_chart_in_their_order(word: WordFile) -> None:
    chart = word.part(PART)
    names = chart.xpath("//c:cat//c:v/text()", namespaces=NAMES)
    values = chart.xpath("//c:val//c:v/text()", namespaces=NAMES)
    assert names[:2] == ["市第1部门", "市第2部门"]
    assert values[:2] == ["98.5", "96.25"]
    assert len(names) == len(values) == 12
    # The first category is on top: Word counts from the bottom otherwise.
    assert chart.xpath("//c:catAx/c:scaling/c:orientation/@val", namespaces=NAMES) == ["maxMin"]
    assert chart.xpath("//c:barDir/@val", namespaces=NAMES) == ["bar"]
    assert chart.xpath("//c:tickLblSkip/@val", namespaces=NAMES) == ["1"]


def test_bars_start_at_nought_and_are_outlined(word: WordFile) -> None:
    assert word.find("//c:valAx/c:scaling/c:min/@val", PART) == ["0"]
    assert word.find("//c:ser/c:spPr/a:ln/a:solidFill/a:srgbClr/@val", PART) == ["000000"]


@pytest.mark.parametrize(("most", "axis"), [(100.0, ["112"]), (50.5, ["112"]), (50.0, []), (100.5, []), (0.9, [])])
def test_an_axis_of_points_ends_just_beyond_100(most: float, axis: list[str]) -> None:
    word = WordFile(chart_of((most, 0.5), (str(most), "0.5")))
    assert word.find("//c:valAx/c:scaling/c:max/@val", PART) == axis
    assert word.find("//c:valAx/c:majorUnit/@val", PART) == ["20"] * len(axis)


def test_bars_may_fall_below_nought() -> None:
    assert not WordFile(chart_of((5.0, -3.0), ("5", "-3"))).find("//c:valAx/c:scaling/c:min", PART)


def test_workbook_inside_holds_the_same_figures(word: WordFile) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(word.parts["word/embeddings/chart1.xlsx"])).active
    assert sheet is not None
    assert sheet.title == "Sheet1"
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (None, "2022年11月")
    assert rows[1] == ("市第1部门", 98.5)
    assert len(rows) == 13
    assert word.find("//c:cat//c:f/text()", PART) == ["Sheet1!$A$2:$A$13"]
    assert word.find("//c:val//c:f/text()", PART) == ["Sheet1!$B$2:$B$13"]


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    document = chart_of((1.0,), ("1",))
    (figure,) = document.blocks
    assert isinstance(figure, Figure)
    chart = replace(figure.chart, categories=("=1+1",), series="=2")
    word = WordFile(replace(document, blocks=(replace(figure, chart=chart),)))
    sheet = openpyxl.load_workbook(io.BytesIO(word.parts["word/embeddings/chart1.xlsx"])).active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def test_parts_hang_together(word: WordFile) -> None:
    assert word.find("//c:chart/@r:id") == ["chart1"]
    targets = word.find('//rel:Relationship[@Id="chart1"]/@Target', "word/_rels/document.xml.rels")
    assert targets == ["charts/chart1.xml"]
    assert word.find("//c:externalData/@r:id", PART) == ["rId1"]
    assert word.find("//rel:Relationship/@Target", "word/charts/_rels/chart1.xml.rels") == ["../embeddings/chart1.xlsx"]


def test_picture_has_a_text_for_those_who_cannot_see_it(word: WordFile) -> None:
    assert word.find("//wp:docPr/@descr") == ["市直部门得分由高到低的条形图"]
    # No exact line: it would cut the picture off.
    assert word.style("Figure").xpath("w:pPr/w:spacing/@w:lineRule", namespaces=NAMES) == ["auto"]
    assert word.find('//w:p[w:pPr/w:pStyle/@w:val="FigureCaption"]/preceding-sibling::w:p[1]//c:chart/@r:id') == [
        "chart1"
    ]


@pytest.mark.parametrize(
    ("values", "labels", "code"),
    [
        ((98.5, 96.25), ("98.50", "96.25"), "0.00"),
        ((98.0, 7.0), ("98", "7"), "0"),
        ((98.125, 7.0), ("98.13%", "7.00%"), '0.00"%"'),
        ((98.5, 90.0), ("98.50分", "90.00分"), '0.00"分"'),
        ((-1.13, 0.5), ("-1.13", "0.50"), "0.00"),
    ],
)
def test_labels_are_the_values_under_a_number_format(
    values: tuple[float, ...], labels: tuple[str, ...], code: str
) -> None:
    word = WordFile(chart_of(values, labels))
    assert word.find("//c:dLbls/c:numFmt/@formatCode", PART) == [code]
    assert not word.find("//c:dLbl", PART)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ((98.5, 96.25), ("98.50", "96.3")),  # mixed decimals
        ((98.5, 96.25), ("第1名", "第2名")),
        ((0.985, 0.9), ("98.50%", "90.00%")),  # printed at another scale than plotted
    ],
)
def test_labels_that_no_format_yields_stand_as_text(values: tuple[float, ...], labels: tuple[str, ...]) -> None:
    word = WordFile(chart_of(values, labels))
    assert tuple(word.find("//c:dLbl//a:t/text()", PART)) == labels


def test_many_bars_stay_on_one_page() -> None:
    values = tuple(float(90 - number) for number in range(60))
    word = WordFile(chart_of(values, tuple(f"{value:.2f}" for value in values)))
    height = int(word.find("//wp:extent/@cy")[0]) / 36000
    assert height <= 195
    assert len(word.find("//c:cat//c:pt", PART)) == 60
