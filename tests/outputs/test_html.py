from __future__ import annotations

import dataclasses
import re
from itertools import pairwise

import documents
import pytest
from lxml import html as lxml_html

from tongbao.outputs.html import chart, page
from tongbao.outputs.html.style import character_spacing
from tongbao.outputs.html.table import text_size
from tongbao.reports.document import (
    BarChart,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
    TableCell,
)


def parsed(document: object) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page(document))  # type: ignore[arg-type]


def test_page_is_self_contained_and_says_its_language() -> None:
    text = page(documents.notice())
    assert "url(" not in text
    assert set(re.findall(r'(?:src|href)="([^"]*)"', text)) == {"#text"}
    assert parsed(documents.notice()).get("lang") == "zh-CN"
    assert parsed(documents.notice()).findtext(".//title") == "关于2022年11月全市政务服务能力评价情况的通报"


def test_elements_are_semantic() -> None:
    tree = parsed(documents.notice(rows=4))
    assert tree.find(".//main/h1").text_content() == "昌吉市人民政府办公室关于2022年11月全市政务服务能力评价情况的通报"
    assert len(tree.findall(".//main/h1/br")) == 2
    assert [h.text_content() for h in tree.findall(".//main/h2")] == ["一、总体情况", "二、下一步工作要求"]
    assert [h.text_content() for h in tree.findall(".//main/section/h2")] == [
        "2022年11月市直部门政务服务能力得分排名",
        "2022年11月主要指标完成情况",
    ]
    assert tree.find(".//h3").text_content() == "（一）市直部门。"
    table = tree.find(".//table")
    assert [cell.text for cell in table.findall("./thead/tr/th")][:2] == ["名次", "单位"]
    assert len(table.findall("./tbody/tr")) == 4
    assert tree.find(".//figure/figcaption").text_content() == "图1 市直部门得分"
    assert tree.find(".//svg/title").text_content() == "图1 市直部门得分"
    assert "市第1部门 98.50" in tree.find(".//svg/desc").text_content()
    assert [time.get("datetime") for time in tree.findall(".//time")] == ["2022-12-09", "2022-12-09"]


def test_roles_and_labels_inside_a_paragraph() -> None:
    runs = (Run("联系人：", role="黑体"), Run("某某", role="楷体"), Run("重要", strong=True))
    document = dataclasses.replace(documents.notice(), blocks=(Paragraph(runs),))
    classes = [(span.get("class"), span.text) for span in parsed(document).findall(".//main/p[@class='text']/span")]
    assert classes == [("hei", "联系人："), ("kai", "某某"), ("hei", "重要")]


def test_every_text_is_escaped() -> None:
    nasty = '<b onclick="x">&\'"'
    document = documents.notice(rows=1)
    table = Table(nasty, (1.0,), ((TableCell(nasty),),), ((TableCell(nasty),),), (nasty,))
    chart = BarChart((nasty,), (1.0,), (nasty,), nasty, nasty)
    document = dataclasses.replace(
        document,
        letterhead=dataclasses.replace(document.letterhead, mark=nasty, number=nasty),
        title_lines=(nasty,),
        recipients=nasty,
        blocks=(Heading(1, nasty, nasty), Heading(2, "", nasty, (Run(nasty),)), table, Figure(nasty, chart, nasty)),
        attachments=(dataclasses.replace(document.attachments[0], title_lines=(nasty,)),),
        signature=dataclasses.replace(document.signature, organ=nasty),
        imprint=dataclasses.replace(document.imprint, copies=(nasty,), printer=nasty),
        meta=dataclasses.replace(document.meta, title=nasty, organ=nasty, subject=nasty, keywords=(nasty,)),
        watermark=nasty,
    )
    text = page(document)
    assert 'onclick="x' not in text
    assert lxml_html.document_fromstring(text).find(".//title").text == nasty


def test_attachment_list_marks_leads_and_names() -> None:
    lines = parsed(documents.notice(rows=1)).findall(".//div[@class='annexes']/p")
    assert [line.text_content() for line in lines] == [
        "附件：1.2022年11月市直部门政务服务能力得分排名",
        "2.2022年11月主要指标完成情况",
    ]


def test_spans_of_a_table_reach_the_cells() -> None:
    head = ((TableCell("单位", rowspan=2), TableCell("线上", colspan=2)), (TableCell("甲"), TableCell("乙")))
    table = Table("", (2.0, 1.0, 1.0), head, ((TableCell("市局"), TableCell("1"), TableCell("2")),))
    document = dataclasses.replace(documents.notice(), blocks=(table,), attachments=())
    cells = [(c.text, c.get("rowspan"), c.get("colspan")) for c in parsed(document).findall(".//thead/tr/th")]
    assert cells == [("单位", "2", None), ("线上", None, "2"), ("甲", None, None), ("乙", None, None)]
    assert [col.get("style") for col in parsed(document).findall(".//col")] == ["width:50.0000%"] + [
        "width:25.0000%"
    ] * 2


def test_table_letters_shrink_until_the_longest_number_fits_its_column() -> None:
    def table(columns: int) -> Table:
        row = tuple(TableCell("100.00") for _ in range(columns))
        return Table("", (1.0,) * columns, (), (row,))

    assert text_size(table(8), 12, 442) == 12
    # 442 / 24 = 18.4 pt a column; "100.00" is 5 × 0.5 + 0.28 = 2.78 em, and 0.4 em stand free
    assert text_size(table(24), 12, 442) == pytest.approx((442 / 24 - 0.6) / (2.78 + 0.4), abs=0.01)


def test_number_under_a_spanning_cell_is_measured_in_its_own_column() -> None:
    head = ((TableCell("单位", rowspan=2), TableCell("线上", colspan=2)), (TableCell("12345.67"), TableCell("1")))
    table = Table("", (10.0, 1.0, 1.0), head, ())
    # 12345.67 stands in the second column: 400 / 12 = 33.3 pt wide, 7 × 0.5 + 0.28 = 3.78 em long
    assert text_size(table, 12, 400) == pytest.approx((400 / 12 - 0.6) / (3.78 + 0.4), abs=0.01)


def test_28_characters_of_16_point_fill_156_mm() -> None:
    assert 28 * (16 + character_spacing(16)) == pytest.approx(156 / 25.4 * 72, abs=0.1)
    assert 28 * (16 + character_spacing(16)) < 156 / 25.4 * 72


def figure(values: tuple[float, ...]) -> Figure:
    names = tuple(f"市第{index}部门" for index in range(len(values)))
    return Figure("图1", BarChart(names, values, tuple(f"{v:.2f}" for v in values), "得分", "11月"), "说明")


def bars(drawing: str) -> list[dict[str, float]]:
    keys = ("x", "y", "width", "height")
    return [{k: float(rect.get(k)) for k in keys} for rect in lxml_html.fromstring(drawing).findall(".//rect")]


def test_bars_are_as_long_as_their_values_and_keep_their_order() -> None:
    drawn = bars(chart.svg(figure((80.0, 40.0, 20.0)), fill="#123456", family="x"))
    assert [bar["width"] / drawn[0]["width"] for bar in drawn] == pytest.approx([1, 0.5, 0.25], abs=0.001)
    assert drawn[0]["y"] < drawn[1]["y"] < drawn[2]["y"]


def test_31_bars_stay_within_the_page_and_do_not_touch() -> None:
    many = figure(tuple(99.0 - index for index in range(31)))
    assert chart.height(many.chart) <= 200
    drawn = bars(chart.svg(many, fill="#123456", family="x"))
    assert all(upper["y"] + upper["height"] < lower["y"] for upper, lower in pairwise(drawn))
    assert all(bar["x"] + bar["width"] <= 156 for bar in drawn)


def test_negative_and_equal_and_no_values_can_be_drawn() -> None:
    negative, positive = bars(chart.svg(figure((-5.0, 5.0)), fill="#123456", family="x"))
    assert negative["x"] + negative["width"] == pytest.approx(positive["x"], abs=0.02)
    assert bars(chart.svg(figure((0.0, 0.0)), fill="#123456", family="x"))[0]["width"] == 0
    assert bars(chart.svg(figure(()), fill="#123456", family="x")) == []
