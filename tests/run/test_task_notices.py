"""Notices of tasks: who has done what, who is behind; what there is nothing to say about is left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from workspaces import NOVEMBER, county, replaced, write

from tongbao.reports.definition import load_reports
from tongbao.reports.document import Document, Figure, Heading, Paragraph, ShareChart, Table
from tongbao.run.plan import make_plan
from tongbao.run.prepare import prepare

TASKS = """\
名称: 办件评价
来源: 测试
对象: {组: [部门]}
满分: 100
汇总: 任务完成率
得分名称: 任务完成率
得分单位: "%"
指标:
  - 名称: 编制清单
    编号: "1"
    取值: {任务: {表: 办件, 条款: 任务1, 截止: 2022-10-31, 逾期完成: 计为完成}}
    计分: 仅状态
  - {名称: 日常更新, 编号: "2", 取值: {任务: {表: 办件, 条款: 任务2}}, 计分: 仅状态}
"""
TABLES = """\
数据表:
  - 名称: 办件
    文件: 任务.xlsx
    形式: 台账
    单位列: 单位
    列:
      - {名称: 条款, 类型: 文本}
      - {名称: 状态, 类型: 文本}
      - {名称: 完成日期, 类型: 日期, 必填: 否}
"""
UNITS = ("县公安局", "县税务局", "县退役军人事务局")
Row = tuple[str, str, str, str | None]
DONE: list[Row] = [(unit, task, "已完成", "2022-10-20") for task in ("任务1", "任务2") for unit in UNITS]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    workspace = county(tmp_path)
    write(workspace / "scoring/甲县/办件评价.yaml", TASKS)
    write(workspace / "scoring/甲县/数据表.yaml", TABLES)
    replaced(workspace, "reports/甲县通报.yaml", "重点指标: [满意率]\n", "")
    replaced(workspace, "reports/甲县通报.yaml", "得分低于: 6", "得分低于: 60")
    return workspace


def documents(workspace: Path, rows: Sequence[Row]) -> dict[str, Document]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("单位", "条款", "状态", "完成日期"), *rows):
        sheet.append(row)
    book.save(workspace / "inputs/2022-11/甲县/任务.xlsx")
    [report], _ = load_reports(workspace)
    return dict(prepare(make_plan(workspace, NOVEMBER, report)).documents)


def text(document: Document) -> str:
    lines = [
        block.number + block.text + "".join(run.text for run in block.tail)
        for block in document.blocks
        if isinstance(block, Heading)
    ]
    return "\n".join([*lines, *(block.text for block in document.blocks if isinstance(block, Paragraph))])


def rows_of(document: Document, attachment: int) -> list[list[str]]:
    tables = [block for block in document.attachments[attachment].blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for table in tables for row in table.body]


def test_where_everything_is_done_nobody_is_told_to_hurry(office: Path) -> None:
    made = documents(office, DONE)
    assert list(made) == ["通报"]
    words = text(made["通报"])
    assert "部门承担任务6项次，应完成6项次，完成6项次，平均任务完成率100.00%。" in words
    assert "应完成的任务全部完成的有县公安局、县税务局、县退役军人事务局。" in words
    for unsaid in ("逾期完成", "未完成", "滞后", "限期销号", "批评"):
        assert unsaid not in words
    assert [attachment.title for attachment in made["通报"].attachments] == [
        "2022年11月各单位任务完成情况", "2022年11月各项任务完成情况",
    ]  # fmt: skip


def test_who_is_late_who_is_overdue_and_who_has_not_done_it(office: Path) -> None:
    rows = list(DONE)
    rows[1] = ("县税务局", "任务1", "已完成", "2022-11-05")
    rows[2] = ("县退役军人事务局", "任务1", "未完成", None)
    rows[5] = ("县退役军人事务局", "任务2", "未完成", None)
    made = documents(office, rows)
    assert list(made) == ["通报", "整改通知书-县退役军人事务局"]
    words = text(made["通报"])
    # 6 tasks, 4 done, one of them five days late; (100 + 100 + 0) / 3 = 66.67
    assert "完成4项次（其中逾期完成1项次），逾期未完成1项次，没有完成时限的任务未完成1项次" in words
    assert "平均任务完成率66.67%" in words
    assert "县退役军人事务局应完成任务2项，均未完成，任务完成率0.00%，“编制清单”逾期未完成，“日常更新”未完成" in words
    assert "（一）编制清单。3项次中完成2项次，逾期未完成的有县退役军人事务局。" in words
    assert rows_of(made["通报"], 0)[1][1:9] == ["县税务局", "2", "2", "2", "1", "0", "0", "0"]
    [chart] = [block.chart for block in made["通报"].attachments[0].blocks if isinstance(block, Figure)]
    assert isinstance(chart, ShareChart)
    assert chart.categories == ("县公安局", "县税务局", "县退役军人事务局")
    assert [(each.name, each.values) for each in chart.series] == [
        ("按期完成", (2, 1, 0)),
        ("逾期完成", (0, 1, 0)),
        ("逾期未完成", (0, 0, 1)),
        ("未完成", (0, 0, 1)),
    ]  # nothing is 未到期, so nothing is drawn for it
    assert rows_of(made["通报"], 0)[-1] == ["合计", "6", "6", "4", "1", "1", "1", "0", "—"]
    assert rows_of(made["通报"], 2) == [
        ["县退役军人事务局（2项）"],
        ["1", "编制清单", "2022年10月31日", "逾期"],
        ["2", "日常更新", "—", "未完成"],
    ]
    letter = text(made["整改通知书-县退役军人事务局"])
    assert "（一）编制清单。截止日期为2022年10月31日，截至2022年11月底逾期未完成。" in letter
    assert "失分" not in letter
