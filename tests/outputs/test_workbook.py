"""得分明细.xlsx as a clerk opens it: read back with openpyxl, compared with figures worked out by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import scoreboards as boards
from scoreboards import FILE

from tongbao.errors import Code, OutputError
from tongbao.outputs.workbook import write
from tongbao.period import Period
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.stability import Stability, UnitStability


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    head, *body = opened(content)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in body]


def book(board: Scoreboard | None = None, previous: Sequence[Scoreboard] = ()) -> bytes:
    return write([board or boards.small()], previous, "关于2022年11月情况的通报")


def test_the_sheets_are_there_in_order_with_frozen_heads() -> None:
    workbook = opened(book())
    assert workbook.sheetnames == ["排名", "指标得分", "得分依据", "数据来源", "台账", "统计"]
    assert [workbook[name].freeze_panes for name in workbook.sheetnames] == ["A2", "E4", "D2", "D2", "D2", "D2"]
    for sheet in workbook:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows
    assert workbook.properties.title == "关于2022年11月情况的通报"


def test_the_ranking_shows_places_and_changes_since_last_month() -> None:
    table = rows(book(previous=[boards.october()]), "排名")
    assert [(line["名次"], line["单位"], line["得分"]) for line in table] == [
        (1, "市公安局", 4.8),
        (2, "市税务局", 3),
        (2, "市医保局", 3),
        (None, "某镇", None),
    ]
    police, tax, insurance, town = table
    assert (police["上期得分"], police["得分增减"], police["上期名次"], police["名次升降"]) == (4.3, 0.5, 2, 1)
    assert (tax["得分增减"], tax["名次升降"]) == (-1.5, -1)
    assert (insurance["上期得分"], insurance["得分增减"], insurance["名次升降"]) == (None, None, None)
    assert insurance["说明"] == "含待核或尚未产生的数据，仅供初步通报"
    assert town["说明"] == "没有数据"


def test_points_are_shown_as_published_and_missing_ones_by_their_reason() -> None:
    sheet = opened(book())["指标得分"]
    table = [list(line) for line in sheet.iter_rows(values_only=True)]
    assert table == [
        [None, None, None, None, "线上", None, None, "状态"],
        ["组", "名次", "单位", "总分", "小计", "评价办件覆盖度", "工单超期", "事项认领"],
        [None, None, "满分", 5, None, 2, 3, None],
        ["市直部门", 1, "市公安局", 4.8, 4.8, 1.8, 3, "达标"],
        ["市直部门", 2, "市税务局", 3, 3, 1, 2, "未达标"],
        ["市直部门", 2, "市医保局", 3, 3, 0, 3, "不适用"],
        ["乡镇街道", None, "某镇", None, None, None, None, "待核"],
    ]
    assert sheet["E4"].number_format == "0.00"


def test_every_score_is_explained() -> None:
    content = book()
    table = rows(content, "得分依据")
    assert len(table) == 13
    assert (table[0]["指标"], table[0]["处理步骤"]) == ("线上", "下限为0")
    line = table[5]
    assert (line["单位"], line["指标"], line["上级指标"]) == ("市税务局", "评价办件覆盖度", "线上")
    assert (line["公式"], line["代入"]) == ("[好差评.主动评价办件数]/[好差评.办件总量]", "50/100")
    assert (line["数值"], line["得分率"], line["满分"], line["得分"], line["失分"]) == (0.5, 0.5, 2, 1, 1)
    assert (line["参照单位"], line["参照值"], line["处理步骤"], line["评分标准"]) == (
        "市公安局",
        0.9,
        "四舍五入到2位",
        "主动评价/总量",
    )
    assert (table[3]["达标"], table[7]["达标"], table[12]["缺值原因"]) == ("是", "否", "待核")
    sheet = opened(content)["得分依据"]
    formats = {cell.value: sheet.cell(7, cell.column).number_format for cell in sheet[1]}
    assert formats["数值"] == "0.00%"
    assert sheet.cell(8, 7).number_format == "#,##0.######"  # a count of events is no percentage


def test_every_figure_points_at_its_cell() -> None:
    line = rows(book(boards.small(raw="９０")), "数据来源")[0]
    assert line == {
        "体系": "市直部门线上政务服务能力", "单位": "市公安局", "指标": "评价办件覆盖度",
        "数据项": "好差评.主动评价办件数", "取值": 90, "缺值原因": None, "原文": "９０", "文件": FILE, "工作表": "11月",
        "单元格": "C5", "说明": None, "文件sha256": "f" * 64,
    }  # fmt: skip


def test_ledger_rows_are_listed() -> None:
    (line,) = rows(book(), "台账")
    assert (line["单位"], line["条款"], line["日期"], line["加减分"]) == ("市税务局", "超期", datetime(2022, 11, 8), -1)  # noqa: DTZ001
    assert (line["事由"], line["计入"], line["单元格"]) == ("12345工单超期", "是", "A4")


def test_statistics_leave_out_units_without_points() -> None:
    table = {(line["组"], line["指标"]): line for line in rows(book(), "统计")}
    total = table["市直部门", "总分"]
    assert (total["单位数"], total["平均分"], total["中位数"], total["最高分"], total["最低分"]) == (3, 3.6, 3, 4.8, 3)
    assert total["平均得分率"] == 0.72
    share = table["市直部门", "评价办件覆盖度"]
    assert (share["平均分"], share["中位数"]) == (0.9333, 1)  # (1.80 + 1.00 + 0.00) / 3
    assert ("市直部门", "事项认领") not in table
    assert ("乡镇街道", "总分") not in table


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "＝1", "\t=1", "=cmd|' /C calc'!A0"]
)
def test_no_text_becomes_a_formula(text: str) -> None:
    content = book(boards.small(matter=text, raw=text))
    workbook = opened(content)
    for sheet, column in (("台账", 8), ("数据来源", 7)):
        cell = workbook[sheet].cell(2, column)
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


def test_ordinary_text_bears_no_mark() -> None:
    assert not opened(book())["台账"].cell(2, 8).quotePrefix


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\ufffe", "\ud800"])
def test_a_character_that_no_workbook_can_hold_is_told_with_its_place(bad: str) -> None:
    with pytest.raises(OutputError) as caught:
        book(boards.small(matter=f"超期{bad}两次"))
    finding = caught.value.finding
    assert finding.code is Code.VALUE_INVALID
    assert (finding.place.sheet, finding.place.cell) == ("台账", "H2")
    assert f"U+{ord(bad):04X}" in finding.message
    assert bad not in str(finding)


def test_a_text_longer_than_a_cell_says_how_long_it_was() -> None:
    text = rows(book(boards.small(matter="字" * 40_000)), "台账")[0]["事由"]
    assert len(text) <= 32_767
    assert text.endswith("……（共40000字，此处只列前32000字）")


def test_two_systems_have_a_sheet_each_whatever_their_names() -> None:
    long = "一个名称很长很长很长很长很长很长很长很长很长很长的体系"
    content = write([boards.small(short=f"{long}[甲]/1"), boards.small(name="另一体系", short=f"{long}[甲]/2")])
    names = opened(content).sheetnames
    assert len(names) == len({name.casefold() for name in names}) == 7
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    assert [line["体系"] for line in rows(content, "排名")].count("另一体系") == 4


def test_the_same_boards_give_the_same_bytes_without_a_clock() -> None:
    first = book()
    assert first == book()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2022-11-30T00:00:00Z") == 2
    dated = write([boards.small()], created=date(2022, 12, 9))
    assert opened(dated).properties.modified == opened(dated).properties.created == datetime(2022, 12, 9)  # noqa: DTZ001


def test_no_boards_give_an_empty_book() -> None:
    assert "排名" in opened(write([])).sheetnames


def test_stability_is_told_with_how_it_came_about() -> None:
    units = (UnitStability("市公安局", "市直部门", 1, Decimal("0.987"), 1, 2),)
    found = Stability("总分", 1000, Decimal("0.1"), 42, units)
    row = rows(write([boards.small()], stability=[found]), "排名稳定性")[0]
    assert (row["单位"], row["名次"], row["保持名次的比例"], row["最好名次"], row["最差名次"]) == (
        "市公安局",
        1,
        0.987,
        1,
        2,
    )
    assert "±10%" in row["算法"]
    assert "种子42" in row["算法"]
    assert "排名稳定性" not in opened(book()).sheetnames


def test_the_trend_has_a_row_for_every_group_and_unit_and_a_picture_of_the_means() -> None:
    september = replace(boards.october(), period=Period(2022, 9))
    content = write([boards.small()], past=[boards.october(), september])
    table = rows(content, "趋势")
    assert [row["单位"] for row in table[:3]] == ["平均", "市公安局", "市税务局"]
    # October: 4.50 and 4.30; November: 4.80, 3.00 and 3.00.
    assert [table[0][month] for month in ("2022-09", "2022-10", "2022-11")] == [4.4, 4.4, 3.6]
    assert [table[3][month] for month in ("2022-09", "2022-10", "2022-11")] == [None, None, 3]
    [chart] = opened(content)["趋势"]._charts
    assert [series.val.numRef.f for series in chart.series] == ["'趋势'!$D$2:$F$2", "'趋势'!$D$6:$F$6"]
    assert "趋势" not in opened(book()).sheetnames
