"""From the draw to the score: `tongbao sample`, a sheet filled in by hand, and a formula that names it (R6)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
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


LIST = """\
数据表:
  - 名称: 事项清单
    文件: 事项清单.csv
    形式: 台账
    单位列: 单位
    列: [{名称: 编码, 类型: 文本}, {名称: 事项, 类型: 文本}]
抽查表:
  - {名称: 指南, 总体: 事项清单, 抽取项: 编码, 每单位: 2, 种子: 甲县, 列出: [事项], 核查项: [准确]}
"""


def with_list(folder: Path, rows: list[str], tables: str = LIST) -> Path:
    workspace = office(folder)
    workspaces.write(workspace / "scoring/甲县/数据表.yaml", tables)
    system = SYSTEM.replace("[回访.满意]/[回访.抽查数]", "[指南.准确]/[指南.抽查数]")
    workspaces.write(workspace / "scoring/甲县/办件评价.yaml", system)
    workspaces.write(workspace / "inputs/2022-11/甲县/事项清单.csv", "\n".join(["单位,编码,事项", *rows]) + "\n")
    return workspace


ITEMS = [f"{unit},{unit[1]}{n},事项{n}" for unit in ("县公安", "县税务局", "县退役军人事务局") for n in range(1, 7)]


def test_items_of_a_list_are_drawn_filled_in_and_scored(tmp_path: Path) -> None:
    workspace = with_list(tmp_path, ITEMS)
    code, text = run("sample", "2022-11", "-C", str(workspace))
    assert (code, text) == (0, "甲县 指南：3个单位共抽取6项，inputs/2022-11/甲县/抽查/指南.xlsx 已生成\n")

    record = json.loads((workspace / "inputs/2022-11/甲县/抽查/指南.json").read_text("utf-8"))
    for unit in record["units"]:  # the stated rule, by hand: the two smallest sha256 of seed|period|unit|item
        sign = unit["unit"][1]
        numbers = {
            hashlib.sha256(f"甲县|2022-11|{unit['unit']}|{sign}{n}".encode()).hexdigest(): f"{sign}{n}"
            for n in range(1, 7)
        }
        assert [item["key"] for item in unit["items"]] == sorted(numbers[least] for least in sorted(numbers)[:2])
        assert unit["population"] == 6
    assert list(record["files"]) == ["inputs/2022-11/甲县/事项清单.csv"]

    path = workspace / "inputs/2022-11/甲县/抽查/指南.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[3]] == ["单位", "序号", "抽查对象", "事项", "准确", "备注"]
    for row, answer in zip(range(4, 10), "是否是是否否", strict=True):
        sheet.cell(row, 5).value = answer
    book.save(path)
    code, text = run("score", "2022-11", "-C", str(workspace), "--json")
    standings = json.loads(text)["rankings"][0]["standings"]
    # two items a unit, in roster order: 1 of 2, 2 of 2, 0 of 2 right, ten points for all
    assert [each["total"] for each in sorted(standings, key=lambda each: each["unit"])] == ["5.00", "10.00", "0.00"]


def test_items_that_a_question_does_not_apply_to_are_left_out_of_the_rate(tmp_path: Path) -> None:
    workspace = with_list(tmp_path, ITEMS, LIST.replace("核查项: [准确]", "核查项: [准确], 可填不涉及: [准确]"))
    workspaces.replaced(workspace, "scoring/甲县/办件评价.yaml", "[指南.抽查数]", "[指南.准确核查数]")
    run("sample", "2022-11", "-C", str(workspace))
    path = workspace / "inputs/2022-11/甲县/抽查/指南.xlsx"
    book = load_workbook(path)
    for row, answer in zip(range(4, 10), ("不涉及", "是", "否", "是", "否", "不涉及"), strict=True):
        book.worksheets[0].cell(row, 5).value = answer
    book.save(path)
    _, text = run("score", "2022-11", "-C", str(workspace), "--json")
    standings = json.loads(text)["rankings"][0]["standings"]
    # two items a unit, in roster order: 1 of 1, 1 of 2, 0 of 1 right, ten points for all
    assert [each["total"] for each in sorted(standings, key=lambda each: each["unit"])] == ["10.00", "5.00", "0.00"]


def test_a_list_in_another_order_gives_the_same_draw(tmp_path: Path) -> None:
    drawn = []
    for folder, rows in ((tmp_path / "a", ITEMS), (tmp_path / "b", ITEMS[::-1])):
        workspace = with_list(folder, rows)
        run("sample", "2022-11", "-C", str(workspace))
        drawn.append(json.loads((workspace / "inputs/2022-11/甲县/抽查/指南.json").read_text("utf-8"))["units"])
    assert drawn[0] == drawn[1]


def test_items_twice_units_without_and_with_too_few_are_told(tmp_path: Path) -> None:
    rows = ["县公安,公1,甲", "县公安局,公1,乙", "县税务局,税1,甲", "县税务局,税2,乙", "县税务局,税3,丙"]
    workspace = with_list(tmp_path, rows)
    code, text = run("sample", "2022-11", "-C", str(workspace), "--json")
    (found,) = json.loads(text)["samples"]
    told = "\n".join(finding["message"] for finding in found["findings"])
    assert code == 0
    assert "县公安局的“公1”在清单中不止一行，按一项抽取" in told
    assert "清单中没有1个单位的事项，不抽取：县退役军人事务局" in told
    assert "县公安局只有1项可抽，少于2项，已全部抽取" in told
    # both rows of 公1 are one item; of the two rows the least is shown: 乙 is U+4E59, 甲 U+7532
    assert found["laid"]["drawn"]["units"][0]["items"] == [{"key": "公1", "shown": ["乙"]}]


def test_a_list_with_errors_is_not_drawn_from(tmp_path: Path) -> None:
    workspace = with_list(tmp_path, [*ITEMS, "县气象局,气1,甲", "县税务局,,乙"])
    code, text = run("sample", "2022-11", "-C", str(workspace))
    assert code == 3
    assert "县气象局" in text
    assert "事项清单.csv A20" in text  # eighteen items below the header
    assert "事项清单.csv B21" in text
    assert not (workspace / "inputs/2022-11/甲县/抽查").exists()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("抽取项: 编码, ", "", "须写明 抽取项"),
        ("抽取项: 编码", "抽取项: 代码", "“事项清单”没有列“代码”"),
        ("列出: [事项]", "列出: [名目]", "“事项清单”没有列“名目”"),
        ("{名称: 编码, 类型: 文本}", "{名称: 编码, 类型: 文本, 必填: 否}", "抽取项“编码”须是必填的文本列"),
        ("抽取项: 编码", "条件: '[编码] 为空', 抽取项: 编码", "条件只用于案卷表"),
        ("形式: 台账", "形式: 汇总", "只有台账才能一行一项地抽取"),
        ("总体: 事项清单", "总体: 事项", "总体“事项”不是案卷表，也不是数据表"),
    ],
)
def test_what_a_list_cannot_give_is_told_with_the_line(tmp_path: Path, before: str, after: str, words: str) -> None:
    assert before in LIST
    workspace = with_list(tmp_path, ITEMS, LIST.replace(before, after))
    code, text = run("sample", "2022-11", "-C", str(workspace))
    assert code == 3
    assert words in text
    assert "scoring/甲县/数据表.yaml 第8行" in text


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
