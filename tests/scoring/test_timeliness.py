"""Time limits (R14): 5 / 15 工作日, 5 / 24 / 48 小时, 15 天, with 调休, open rows and exclusions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import pytest
from offices import NOVEMBER, Office, Value

from tongbao.errors import Code, InvalidError, Severity
from tongbao.inputs.table import Missing
from tongbao.period import Period
from tongbao.scoring.explain import explain
from tongbao.scoring.scoreboard import Scoreboard

UNITS = ("甲局", "乙局", "丙局")
RATE = """
- 名称: 差评按期整改率
  分值: 10
  取值: {{时限: {{表: 差评, 起: 收到日期, 止: 反馈日期, 限: {limit}{more}}}}}
  计分: {scoring}
  分母为零: 满分
"""
TWO = "{简单: 5工作日, 复杂: 15工作日}, 类别: 类别"
SEPTEMBER = Period(2022, 9)


def entry(start: str, end: str = "", **more: Value) -> Mapping[str, Value]:
    ended: Value = date.fromisoformat(end) if end else Missing.BLANK
    return {"收到日期": date.fromisoformat(start) if start else Missing.BLANK, "反馈日期": ended, **more}


def board(
    office: Office,
    *rows: Mapping[str, Value],
    limit: str = "5工作日",
    more: str = "",
    scoring: str = "按比例",
    period: Period = NOVEMBER,
) -> Scoreboard:
    office.system(RATE.format(limit=limit, more=more, scoring=scoring), full="10")
    return office.board(office.table("差评", [("甲局", row) for row in rows], period), period=period)


def outcomes(found: Scoreboard) -> list[tuple[str, bool]]:
    return [(event.outcome, event.counted) for event in found.scores["甲局"]["差评按期整改率",].trace.events]


def codes(found: Scoreboard, severity: Severity = Severity.ERROR) -> list[tuple[Code, str | None]]:
    return [(each.code, each.place.cell) for each in found.findings if each.severity is severity]


@pytest.mark.parametrize(
    ("start", "end", "period", "outcome"),
    [
        # 2022-09-28 + 5 working days over the National Day week with its 调休 Saturdays is 10-10
        ("2022-09-28", "2022-10-10", SEPTEMBER, "按期"),
        ("2022-09-28", "2022-10-11", SEPTEMBER, "超期"),
        ("2022-09-30", "2022-10-12", SEPTEMBER, "按期"),
        ("2022-09-30", "2022-10-13", SEPTEMBER, "超期"),
        ("2022-11-01", "2022-11-01", NOVEMBER, "按期"),  # on the very day
        ("2022-11-01", "2022-11-08", NOVEMBER, "按期"),  # the day it came does not count: 2, 3, 4, 7, 8
        ("2022-11-01", "2022-11-09", NOVEMBER, "超期"),
    ],
)
def test_r14_working_days_with_transferred_holidays(
    office: Office, start: str, end: str, period: Period, outcome: str
) -> None:
    found = board(office, entry(start, end), period=period)
    assert not found.findings
    assert outcomes(found) == [(outcome, True)]


@pytest.mark.parametrize(
    ("limit", "more", "end", "outcome"),
    [
        ("15天", "", "2022-11-19", "按期"),  # from 11-04: a Saturday
        ("15天", "", "2022-11-20", "超期"),
        ("15天", ", 节假日顺延: 是", "2022-11-21", "按期"),  # on to Monday
        ("15天", ", 节假日顺延: 是", "2022-11-22", "超期"),
        ("0天", "", "2022-11-04", "按期"),  # day 0: the same day
        ("0天", "", "2022-11-05", "超期"),
        ("1天", "", "2022-11-05", "按期"),  # day 1: the day after
    ],
)
def test_r14_calendar_days(office: Office, limit: str, more: str, end: str, outcome: str) -> None:
    found = board(office, entry("2022-11-04", end), limit=limit, more=more)
    assert outcomes(found) == [(outcome, True)]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("limit", "start", "end", "outcome"),
    [
        ("5小时", "2022-11-03T09:30", "2022-11-03T14:30", "按期"),
        ("5小时", "2022-11-03T09:30", "2022-11-03T14:31", "超期"),
        ("24小时", "2022-11-05T23:00", "2022-11-06T23:00", "按期"),  # hours run on over the weekend
        ("48小时", "2022-11-03T09:30", "2022-11-05T09:31", "超期"),
        ("5工作日", "2022-11-01T23:59", "2022-11-08T23:59", "按期"),
    ],
)
def test_r14_hours_are_counted_from_the_moment(office: Office, limit: str, start: str, end: str, outcome: str) -> None:
    office.system(RATE.format(limit=limit, more="", scoring="按比例").replace("日期", "时间"), full="10")
    row = {"收到时间": moment(start), "反馈时间": moment(end)}
    found = office.board(office.table("差评", [("甲局", row)]))
    assert not found.findings
    assert outcomes(found) == [(outcome, True)]


def test_r14_the_rate_by_category_without_what_was_rated_by_mistake(office: Office) -> None:
    found = board(
        office,
        entry("2022-11-01", "2022-11-08", 类别="简单", 核实结果="属实"),
        entry("2022-11-01", "2022-11-09", 类别="简单", 核实结果="属实"),
        entry("2022-11-01", "2022-11-22", 类别="复杂", 核实结果="属实"),  # 15 working days: the last one
        entry("2022-11-01", "", 类别="简单", 核实结果="误评"),
        entry("", "", 类别="", 核实结果="恶意差评"),  # what does not count need not be whole
        limit=TWO,
        more=", 排除: {列: 核实结果, 值: [误评, 恶意差评]}",
    )
    assert not found.findings
    assert office.points(found, "差评按期整改率") == {"甲局": "6.67", "乙局": "10.00", "丙局": "10.00"}  # 2 of 3; none
    assert outcomes(found) == [
        ("按期", True), ("超期", True), ("按期", True), ("误评", False), ("恶意差评", False),
    ]  # fmt: skip
    assert found.scores["甲局"]["差评按期整改率",].trace.substituted == "2÷3"
    assert found.scores["乙局"]["差评按期整改率",].reason is Missing.ZERO_DENOMINATOR


@pytest.mark.parametrize(
    ("more", "rows", "points"),
    [
        ("", [("按期", True), ("超期未办结", True), ("未到期", False)], "5.00"),
        (", 未办结: 计为超期", [("按期", True), ("超期未办结", True), ("超期未办结", True)], "3.33"),
        (", 归期: 到期", [("按期", True), ("超期未办结", True)], "5.00"),  # due in December: December's
        (", 归期: 止", [("按期", True)], "10.00"),
    ],
)
def test_r14_still_open_at_the_close_of_the_month(
    office: Office, more: str, rows: list[tuple[str, bool]], points: str
) -> None:
    found = board(
        office,
        entry("2022-11-01", "2022-11-02"),
        entry("2022-11-22"),  # due on 11-29
        entry("2022-11-28"),  # due on 12-05
        entry("2022-12-01", "2022-12-02"),  # another month's, however one looks at it
        more=more,
    )
    assert not found.findings
    assert outcomes(found) == rows
    assert office.points(found, "差评按期整改率")["甲局"] == points
    steps = found.scores["甲局"]["差评按期整改率",].trace.steps
    assert any("行不属2022年11月" in step for step in steps)


def test_r14_a_row_of_last_month_that_falls_due_in_this_one(office: Office) -> None:
    row = entry("2022-10-31", "2022-11-02")
    assert outcomes(board(office, row)) == []
    assert outcomes(board(office, row, more=", 归期: 到期")) == [("按期", True)]


def test_r14_how_many_were_late_and_what_they_cost(office: Office) -> None:
    found = board(
        office,
        entry("2022-11-01", "2022-11-09"),
        entry("2022-11-02", "2022-11-30"),
        entry("2022-11-03", "2022-11-04"),
        more=", 计: 超期数",
        scoring="{逐次: {扣: 1.5}}",
    )
    assert office.points(found, "差评按期整改率") == {"甲局": "7.00", "乙局": "10.00", "丙局": "10.00"}
    score = found.scores["甲局"]["差评按期整改率",]
    assert score.value == Decimal(2)
    assert "计2次，每次扣1.5分，共扣3分" in score.trace.steps


@pytest.mark.parametrize(
    ("row", "limit", "code", "cell"),
    [
        (entry("2022-11-09", "2022-11-08"), "5工作日", Code.VALUE_INVALID, "C2"),  # the end comes first
        (entry("", "2022-11-08"), "5工作日", Code.CELL_EMPTY, "B2"),
        (entry("2022-11-09", "2022-11-10", 类别="疑难"), TWO, Code.CELL_NOT_CHOICE, "D2"),
        (entry("2022-11-09", "2022-11-10", 类别=Missing.BLANK), TWO, Code.CELL_EMPTY, "D2"),
        ({"收到日期": date(2022, 11, 9), "反馈日期": Missing.UNVERIFIED}, "5工作日", None, None),
    ],
)
def test_r14_rows_that_cannot_be_judged_are_told_at_their_cell(
    office: Office, row: Mapping[str, Value], limit: str, code: Code | None, cell: str | None
) -> None:
    found = board(office, row, entry("2022-11-01", "2022-11-02", 类别="简单"), limit=limit)
    assert codes(found) == ([(code, cell)] if code else [])
    assert found.scores["甲局"]["差评按期整改率",].points is None
    assert found.standing_of["甲局"].provisional is (code is None)  # 待核 is told as such


def test_r14_other_categories_share_a_limit_where_the_definition_says_so(office: Office) -> None:
    limit = "{简单: 5工作日, 其他: 15工作日}, 类别: 类别"
    found = board(office, entry("2022-11-01", "2022-11-22", 类别="疑难"), limit=limit)
    assert outcomes(found) == [("按期", True)]


def test_r14_a_year_without_a_calendar_is_told_once_and_names_the_file(office: Office) -> None:
    year = Period(2031, 11)
    found = board(office, entry("2031-11-03", "2031-11-04"), entry("2031-11-04", "2031-11-05"), period=year)
    assert [(each.code, each.place.file) for each in found.findings] == [
        (Code.CALENDAR_MISSING, "scoring/工作日历.yaml")
    ]
    path = office.folder / "scoring" / "工作日历.yaml"
    path.write_text("年份:\n  2031:\n    放假: [2031-11-05, 2031-11-06, 2031-11-07, 2031-11-10, 2031-11-11]\n", "utf-8")
    found = board(office, entry("2031-11-03", "2031-11-17"), entry("2031-11-03", "2031-11-18"), period=year)
    # 11-04 (Tue), then five days off; 12, 13, 14 and 17 are the second to fifth working day
    assert outcomes(found) == [("按期", True), ("超期", True)]


def test_a_calendar_with_a_mistake_stops_the_definitions(office: Office) -> None:
    (office.folder / "scoring" / "工作日历.yaml").write_text("年份: {2031: {放假: [2030-01-01]}}\n", "utf-8")
    office.system(RATE.format(limit="5工作日", more="", scoring="按比例"), full="10")
    with pytest.raises(InvalidError, match="不在 2031 年"):
        office.load()


def test_a_ledger_that_was_not_sent_is_not_an_empty_one(office: Office) -> None:
    office.system(RATE.format(limit="5工作日", more="", scoring="按比例"), full="10")
    found = office.board()
    assert {each.code for each in found.findings} == {Code.VALUE_MISSING}
    assert found.scores["甲局"]["差评按期整改率",].reason is Missing.NOT_REPORTED


def test_r14_explain_shows_each_row_with_its_limit(office: Office) -> None:
    found = board(office, entry("2022-11-01", "2022-11-09", 事项="窗口态度", 类别="简单"), limit=TWO)
    lines = explain(found, "甲局", "差评按期整改率")
    place = "inputs/2022-11/示范市/差评.xlsx 工作表“差评” B2"
    assert f"记录：2022-11-01，简单，窗口态度，期限2022-11-08，超期，反馈日期2022-11-09，见 {place}" in lines
    assert "公式：按期÷应办结" in lines
    assert "代入：0÷1" in lines


@pytest.mark.parametrize(
    ("limit", "more", "code", "words"),
    [
        ("5小时", "", Code.VALUE_INVALID, "没有钟点"),
        ("五天", "", Code.VALUE_INVALID, "“五天”应写成"),
        ("{简单: 5天}", "", Code.VALUE_INVALID, "须写明 类别"),
        ("5天", ", 类别: 种类", Code.REFERENCE_UNKNOWN, "没有列“种类”"),
        ("5天", ", 排除: {列: 核实, 值: [误评]}", Code.REFERENCE_UNKNOWN, "没有列“核实”"),
        ("5天", ", 排除: {列: 核实结果, 值: [误]}", Code.VALUE_INVALID, "“误”不在列“核实结果”的可选值内"),
        ("5天", ", 归期: 止, 未办结: 计为超期", Code.VALUE_INVALID, "不属于任何一期"),
        ("{误评: 5天}, 类别: 核实结果", "", Code.VALUE_INVALID, "还可填属实、恶意差评"),
    ],
)
def test_mistakes_in_the_definition_of_limits(office: Office, limit: str, more: str, code: Code, words: str) -> None:
    office.system(RATE.format(limit=limit, more=more, scoring="按比例"), full="10")
    with pytest.raises(InvalidError) as caught:
        office.load()
    assert any(each.code is code and words in each.message for each in caught.value.findings)


@pytest.mark.parametrize(
    ("more", "scoring"),
    [
        ("", "{逐次: {扣: 1}}"),
        ("", "直接"),
        (", 计: 超期数", "按比例"),
        (", 计: 超期数", "{逐次: {扣: 1, 一次性: 是}}"),
    ],
)
def test_ways_of_scoring_that_do_not_fit_limits(office: Office, more: str, scoring: str) -> None:
    office.system(RATE.format(limit="5天", more=more, scoring=scoring), full="10")
    with pytest.raises(InvalidError):
        office.load()


def test_limits_are_kept_or_not_month_by_month(office: Office) -> None:
    office.system(RATE.format(limit="5天", more="", scoring="按比例") + "  期间: 年终\n", full="10")
    with pytest.raises(InvalidError, match="不能用于 期间: 年终"):
        office.load()


def test_examples_of_limits(office: Office) -> None:
    office.system(
        RATE.format(limit=TWO, more="", scoring="按比例"),
        full="10",
        more="""
        算例:
          - 指标: 差评按期整改率
            期间: 2022-09
            记录: {差评: [{收到日期: 2022-09-28, 反馈日期: 2022-10-10, 类别: 简单}, {收到日期: 2022-09-01, 类别: 复杂}]}
            得分: 5
        """,
    )
    assert office.load().systems
