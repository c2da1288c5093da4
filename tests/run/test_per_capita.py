"""Per capita with last year's census (R22): only its own month has the workbook, every month after uses it."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import Workbook
from workspaces import NOVEMBER, replaced

from tongbao.errors import Code
from tongbao.run import batch
from tongbao.run.outcomes import State
from tongbao.run.scores import score_reports

CENSUS = "inputs/2021-12/甲县/人口.xlsx"
TABLE = "数据表:\n  - {名称: 人口, 文件: 人口.xlsx, 单位列: 单位, 填报组: [部门], 列: [{名称: 常住人口}]}\n"


def per_capita(workspace: Path, *rows: tuple[str, int]) -> None:
    replaced(workspace, "scoring/甲县/数据表.yaml", "数据表:\n", TABLE)
    replaced(workspace, "scoring/甲县/办件评价.yaml", "[办件.总量]", "[人口.常住人口@2021-12]")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("单位", "常住人口"), *rows):
        sheet.append(row)
    path = workspace / CENSUS
    path.parent.mkdir(parents=True)
    book.save(path)


def test_the_census_of_its_own_month_is_read(workspace: Path) -> None:
    per_capita(workspace, ("县公安局", 190), ("县税务局", 300), ("县退役军人事务局", 40))
    _, [board] = score_reports(workspace, NOVEMBER)
    # 评价数 95, 150, 10 by 190, 300, 40: 50%, 50%, 25%; × 4 + 满意率 98%, 90%, 60% × 6
    assert {each.unit: str(each.total) for each in board.standings} == {
        "县公安局": "7.88", "县税务局": "7.40", "县退役军人事务局": "4.60",
    }  # fmt: skip
    [made] = batch.run(workspace, NOVEMBER)
    assert made.state is State.MADE, made.findings
    manifest = json.loads((workspace / "outputs/2022-11/甲县通报/manifest.json").read_text("utf-8"))
    assert CENSUS in manifest["job"]["inputs"]


def test_a_unit_younger_than_the_census_is_left_to_the_definition(workspace: Path) -> None:
    per_capita(workspace, ("县公安局", 190), ("县税务局", 300))
    [checked] = batch.check(workspace, NOVEMBER)
    assert [finding.code for finding in checked.findings if finding.severity == "错误"] == [Code.VALUE_MISSING]
    replaced(workspace, "scoring/甲县/办件评价.yaml", "分母为零: 满分}", "分母为零: 满分, 缺失: 零分}")
    [checked] = batch.check(workspace, NOVEMBER)
    assert checked.state is State.MADE, checked.findings


def test_without_the_census_the_missing_file_is_told(workspace: Path) -> None:
    per_capita(workspace)
    (workspace / CENSUS).unlink()
    [checked] = batch.check(workspace, NOVEMBER)
    assert any("缺少 人口.xlsx" in each.message and "2021-12" in each.place.file for each in checked.findings)
