"""Per capita (R22): the vintage of the denominator is written in the formula and shown in the trace."""

from __future__ import annotations

import pytest
from offices import NOVEMBER, ROSTER, Office

from tongbao.errors import Code, Severity
from tongbao.inputs.table import Missing, Table
from tongbao.period import Period
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.tables import needs

CENSUS = Period(2021, 12)
TABLES = """
数据表:
  - {名称: 注册, 文件: 注册.xlsx, 单位列: 单位, 填报组: [部门], 列: [{名称: 新增用户}]}
  - {名称: 人口, 文件: 人口.xlsx, 单位列: 单位, 填报组: [部门], 列: [{名称: 常住人口}]}
"""
LEAF = """
- 名称: 人均注册
  分值: 10
  取值: {公式: "[注册.新增用户]/[人口.常住人口@2021-12]"}
  计分: 按比例
  上限: 100%
  MORE
"""
Keyed = tuple[tuple[Period, str], Table]


def system(office: Office, more: str = "分母为零: 零分") -> None:
    office.write("单位名录.yaml", ROSTER)
    office.write("数据表.yaml", TABLES)
    office.system(LEAF.replace("MORE", more), full="10")


def people(office: Office, period: Period = CENSUS, **numbers: int | Missing) -> Keyed:
    return office.table("人口", [(unit, {"常住人口": number}) for unit, number in numbers.items()], period)


def users(office: Office, **numbers: int) -> Keyed:
    return office.table("注册", [(unit, {"新增用户": number}) for unit, number in numbers.items()])


def scored(office: Office, *tables: Keyed) -> Scoreboard:
    return office.board(*tables)


def test_the_base_month_alone_has_the_denominator(office: Office) -> None:
    system(office)
    board = scored(office, users(office, 甲局=120, 乙局=90, 丙局=5), people(office, 甲局=400, 乙局=120, 丙局=10))
    # 120/400 = 30%, 90/120 = 75%, 5/10 = 50%; × 10
    assert office.points(board, "人均注册") == {"甲局": "3.00", "乙局": "7.50", "丙局": "5.00"}
    assert not board.findings
    trace = board.scores["甲局"]["人均注册",].trace
    assert trace.substituted == "120÷400"
    assert trace.inputs[1].name == "人口.常住人口@2021-12"
    assert trace.inputs[1].origin is not None
    assert trace.inputs[1].origin.file == "inputs/2021-12/示范市/人口.xlsx"


def test_a_census_of_another_month_is_never_taken_instead(office: Office) -> None:
    system(office)
    board = scored(office, users(office, 甲局=120, 乙局=90, 丙局=5), people(office, NOVEMBER, 甲局=1, 乙局=1, 丙局=1))
    assert office.points(board, "人均注册") == {"甲局": None, "乙局": None, "丙局": None}
    assert {finding.code for finding in board.findings} == {Code.VALUE_MISSING}
    assert "2021年12月的表“人口”中没有甲局的行" in board.findings[0].message


def test_only_the_base_month_is_asked_for_its_table(office: Office) -> None:
    system(office)
    needed = needs(office.load(), NOVEMBER)
    assert set(needed.own) == {(NOVEMBER, "注册")}
    assert needed.base == {(CENSUS, "人口")}


@pytest.mark.parametrize(
    ("number", "more", "points"),
    [
        (0, "分母为零: 零分", "0.00"),
        (0, "分母为零: 满分", "10.00"),
        (Missing.BLANK, "缺失: 零分", "0.00"),
        (Missing.BLANK, "分母为零: 满分", None),
    ],
)
def test_no_people_or_no_census_is_decided_by_the_definition(
    office: Office, number: int | Missing, more: str, points: str | None
) -> None:
    system(office, more)
    board = scored(office, users(office, 甲局=1, 乙局=1, 丙局=1), people(office, 甲局=number, 乙局=1, 丙局=1))
    assert office.points(board, "人均注册")["甲局"] == points
    assert any(finding.severity is Severity.ERROR for finding in board.findings) is (points is None)
