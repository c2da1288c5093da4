"""A report asks for a picture of what each unit's whole consists of; only what every part is known of is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
import workspaces
from workspaces import NOVEMBER

from tongbao.errors import InvalidError
from tongbao.reports.definition import load_reports
from tongbao.reports.document import Figure, ShareChart
from tongbao.run.plan import make_plan
from tongbao.run.prepare import prepare

REPORT = "reports/甲县通报.yaml"
SYSTEM = "scoring/甲县/办件评价.yaml"
PARTS = """\
  - {名称: 已评价, 取值: {公式: "[办件.评价数]"}, 单位: 件, 计分: 仅状态}
  - {名称: 未评价, 取值: {公式: "[办件.总量]-[办件.评价数]"}, 单位: 件, 计分: 仅状态}
"""


def pictures(workspace: Path) -> list[Figure]:
    [report], _ = load_reports(workspace)
    notice = prepare(make_plan(workspace, NOVEMBER, report)).documents["通报"]
    blocks = [block for each in notice.attachments for block in each.blocks]
    return [block for block in blocks if isinstance(block, Figure) and isinstance(block.chart, ShareChart)]


def ask(workspace: Path, parts: str) -> None:
    workspaces.replaced(
        workspace, REPORT, "拟议:", f"占比图: [{{标题: 评价构成, 计量: 办件（件）, 指标: [{parts}]}}]\n拟议:"
    )


def test_the_parts_of_every_unit_stand_in_the_order_of_the_ranking(workspace: Path) -> None:
    path = workspace / SYSTEM
    path.write_text(path.read_text("utf-8") + PARTS, encoding="utf-8")
    ask(workspace, "已评价, 未评价")
    [figure] = pictures(workspace)
    assert figure.caption.endswith("部门评价构成")
    assert isinstance(figure.chart, ShareChart)
    assert figure.chart.categories == ("县公安局", "县税务局", "县退役军人事务局")
    # 95 of 100, 150 of 200, 10 of 50
    assert [(each.name, each.values) for each in figure.chart.series] == [
        ("已评价", (95, 150, 10)),
        ("未评价", (5, 50, 40)),
    ]
    assert figure.chart.shares(1) == (0.75, 0.25)
    assert "县税务局150、50" in figure.alt


def test_nothing_is_drawn_that_was_not_asked_for(workspace: Path) -> None:
    assert pictures(workspace) == []


def test_an_indicator_that_there_is_not_is_told_with_its_line(workspace: Path) -> None:
    ask(workspace, "满意率, 不满意率")
    with pytest.raises(InvalidError, match=r"没有名为“不满意率”的指标"):
        pictures(workspace)
