"""From the draw to the score: `tongbao sample`, a sheet filled in by hand, and a formula that names it (R6)."""

from __future__ import annotations

import json
from pathlib import Path

import workspaces
from click.testing import CliRunner
from openpyxl import load_workbook

from tongbao.cli import main

RECORDS = """\
案卷表:
  - 名称: 评价
    文件: 评价.csv
    单位列: 单位
    编号列: 编号
    归期: 时间
    案卷列: [{名称: 时间, 类型: 日期}]
    列: [{名称: 评价数}]
抽查表:
  - {名称: 回访, 总体: 评价, 每单位: 2, 种子: 甲县, 核查项: [满意]}
"""
SYSTEM = """\
名称: 办件评价
来源: 测试
对象: {组: [部门]}
满分: 10
指标:
  - {名称: 回访满意率, 分值: 10, 取值: {公式: "[回访.满意]/[回访.抽查数]"}, 计分: 按比例}
"""
ROWS = "编号,单位,时间\n" + "".join(
    f"{unit[1]}{number},{unit},2022-11-0{number}\n"
    for unit in ("县公安局", "县税务局", "县退役军人事务局")
    for number in (1, 2, 3)
)


def office(folder: Path) -> Path:
    workspace = workspaces.county(folder)
    workspaces.write(workspace / "scoring/甲县/数据表.yaml", RECORDS)
    workspaces.write(workspace / "scoring/甲县/办件评价.yaml", SYSTEM)
    workspaces.replaced(workspace, "reports/甲县通报.yaml", "重点指标: [满意率]\n", "")
    workspaces.write(workspace / "inputs/2022-11/甲县/评价.csv", ROWS)
    return workspace


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(words))
    return result.exit_code, result.output


def test_what_was_drawn_and_filled_in_is_scored(tmp_path: Path) -> None:
    workspace = office(tmp_path)
    code, text = run("sample", "2022-11", "-C", str(workspace))
    assert (code, text) == (0, "甲县 回访：3个单位共抽取6项，inputs/2022-11/甲县/抽查/回访.xlsx 已生成\n")

    code, text = run("score", "2022-11", "-C", str(workspace))
    assert code != 0
    assert "的“满意”应填 是 或 否" in text

    path = workspace / "inputs/2022-11/甲县/抽查/回访.xlsx"
    book = load_workbook(path)
    for row, answer in zip(range(4, 10), "是否是是否否", strict=True):
        book.worksheets[0].cell(row, 4).value = answer
    book.save(path)
    code, text = run("score", "2022-11", "-C", str(workspace), "--json")
    standings = json.loads(text)["rankings"][0]["standings"]
    # two items a unit, in roster order: 1 of 2, 2 of 2, 0 of 2 met, ten points for all
    assert {each["unit"]: each["total"] for each in standings} == {
        "县公安局": "5.00",
        "县税务局": "10.00",
        "县退役军人事务局": "0.00",
    }

    code, text = run("explain", "2022-11", "甲县", "县公安", "回访满意率", "-C", str(workspace))
    assert "每单位2项，种子“甲县”，可抽3项，抽取2项" in text
    assert "文件：inputs/2022-11/甲县/抽查/回访.json（sha256 " in text


def test_a_second_draw_leaves_the_sheet_alone_and_says_so(tmp_path: Path) -> None:
    workspace = office(tmp_path)
    run("sample", "2022-11", "-C", str(workspace))
    before = (workspace / "inputs/2022-11/甲县/抽查/回访.xlsx").read_bytes()
    code, text = run("sample", "2022-11", "-C", str(workspace), "--jurisdiction", "甲县", "--json")
    (found,) = json.loads(text)["samples"]
    assert (code, found["laid"]["kept"], found["laid"]["drawn"]["seed"]) == (0, True, "甲县")
    assert (workspace / "inputs/2022-11/甲县/抽查/回访.xlsx").read_bytes() == before


def test_nothing_to_draw_is_said(tmp_path: Path) -> None:
    code, text = run("sample", "2022-11", "-C", str(workspaces.county(tmp_path)))
    assert code == 2
    assert "定义中没有抽查表" in text


def test_the_cases_behind_a_figure_are_listed_by_the_command(tmp_path: Path) -> None:
    workspace = office(tmp_path)
    system = SYSTEM.replace("[回访.满意]/[回访.抽查数]", "[评价.评价数]/3")
    workspaces.write(workspace / "scoring/甲县/办件评价.yaml", system)
    code, text = run(
        "explain", "2022-11", "甲县", "县公安", "回访满意率", "--rows", "--limit", "2", "-C", str(workspace)
    )
    assert code == 0
    assert text.endswith(
        "案卷：评价.评价数（计数），共3件\n"
        "　　公1，见 inputs/2022-11/甲县/评价.csv 第2行\n"
        "　　公2，见 inputs/2022-11/甲县/评价.csv 第3行\n"
        "　　另有1件，用 --limit 可多列\n"
    )
    code, text = run("explain", "2022-11", "甲县", "县公安", "回访满意率", "--rows", "--json", "-C", str(workspace))
    assert [case["number"] for case in json.loads(text)["cases"][0]["cases"]] == ["公1", "公2", "公3"]
    assert run("explain", "2022-11", "甲县", "县公安", "--rows", "-C", str(workspace))[0] == 2
