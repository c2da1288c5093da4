"""Frequencies (R13): 每2月培训1次，每少一次扣5分; 每周不少于2次."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from offices import NOVEMBER, Office

from tongbao.errors import Code, InvalidError
from tongbao.inputs.table import Missing, Table
from tongbao.period import Period
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.tables import needed_tables

TRAINING = """
- {{名称: 培训, 分值: 20, 取值: {{频次: {{表: 台账, 条款: 培训, {rule}}}}}, 计分: {{逐次: {{扣: 5}}}}}}
"""
DECEMBER = Period(2022, 12)


def tables(office: Office, first: Period, last: Period, *days: str) -> list[tuple[tuple[Period, str], Table]]:
    """The ledgers of some months; on each day 甲局 did it once."""
    found = []
    month = first
    while month <= last:
        rows = [
            ("甲局", {"条款": "培训", "日期": date.fromisoformat(day), "次数": 1, "事由": f"第{number}次"})
            for number, day in enumerate(days)
            if day.startswith(str(month))
        ]
        found.append(office.table("台账", rows, month))
        month = month.shift(1)
    return found


def board(office: Office, rule: str, period: Period, *days: str, since: Period | None = None) -> Scoreboard:
    office.system(TRAINING.format(rule=rule), full="20")
    return office.board(*tables(office, since or period.shift(-11), period, *days), period=period)


def points(found: Scoreboard) -> tuple[Decimal | str | None, Decimal | None]:
    score = found.scores["甲局"]["培训",]
    return score.value, score.points


@pytest.mark.parametrize(
    ("rule", "period", "days", "short", "expected"),
    [
        # windows of two months: January-February … November-December
        ("每: 2月, 至少: 1", DECEMBER, ("2022-11-03",), 0, 20),
        ("每: 2月, 至少: 1", DECEMBER, ("2022-12-31",), 0, 20),
        ("每: 2月, 至少: 1", DECEMBER, ("2022-10-31",), 1, 15),
        ("每: 2月, 至少: 3", DECEMBER, ("2022-11-03",), 2, 10),
        ("每: 2月, 至少: 1", NOVEMBER, (), 0, 20),  # the window is still open: nothing is missing yet
        ("每: 2月, 至少: 1, 起算: 2022-02", NOVEMBER, (), 1, 15),  # February-March … October-November
        ("每: 2月, 至少: 1, 起算: 2022-12", NOVEMBER, (), 0, 20),  # before it begins
        ("每: 月, 至少: 2", NOVEMBER, ("2022-11-01", "2022-10-31"), 1, 15),
        ("每: 季, 至少: 1", DECEMBER, ("2022-10-01",), 0, 20),
        ("每: 半年, 至少: 1", DECEMBER, ("2022-06-30",), 1, 15),
        ("每: 年, 至少: 1", DECEMBER, ("2022-01-01",), 0, 20),
        ("每: 年, 至少: 9", DECEMBER, (), 9, 0),  # never below nought
    ],
)
def test_r13_the_times_that_are_missing_in_the_windows_that_end(
    office: Office, rule: str, period: Period, days: tuple[str, ...], short: int, expected: int
) -> None:
    found = board(office, rule, period, *days)
    assert not found.findings
    assert points(found) == (short, expected)


# November 2022: Sundays on the 6th, 13th, 20th and 27th; the week from 28 November ends in December.
EVERY_WEEK = (
    "2022-10-31",
    "2022-11-01",
    "2022-11-07",
    "2022-11-13",
    "2022-11-14",
    "2022-11-20",
    "2022-11-21",
    "2022-11-27",
)


def test_r13_a_week_belongs_to_the_month_in_which_it_ends(office: Office) -> None:
    rule = "每: 周, 至少: 2"
    assert points(board(office, rule, NOVEMBER, *EVERY_WEEK)) == (0, 20)
    # without 31 October the first week has one time, a second one on the 28th is December's
    assert points(board(office, rule, NOVEMBER, *EVERY_WEEK[1:], "2022-11-28")) == (1, 15)
    # three times in one week do not make up for another
    assert points(board(office, rule, NOVEMBER, *EVERY_WEEK[:-1], "2022-11-15")) == (1, 15)


@pytest.mark.parametrize(("partial", "short"), [("不计", 0), ("按整期", 1)])
def test_r13_a_first_week_that_is_not_whole(office: Office, partial: str, short: int) -> None:
    rule = f"每: 周, 至少: 2, 起算: 2022-11, 不足一期: {partial}"
    found = board(office, rule, NOVEMBER, *EVERY_WEEK[1:], since=NOVEMBER)  # October's table is not needed
    assert not found.findings
    assert points(found) == (short, 20 - 5 * short)


def test_r13_the_months_of_a_window_are_asked_for(office: Office) -> None:
    office.system(TRAINING.format(rule="每: 季, 至少: 1"), full="20")
    wanted = {str(month) for month, name in needed_tables(office.load(), DECEMBER) if name == "台账"}
    assert wanted == {"2022-10", "2022-11", "2022-12"}
    assert {str(month) for month, _ in needed_tables(office.load(), NOVEMBER)} == {"2022-11"}


def test_r13_a_month_that_was_not_sent_is_told_and_not_taken_for_nothing_done(office: Office) -> None:
    found = board(office, "每: 季, 至少: 1", DECEMBER, "2022-12-01", since=NOVEMBER)
    assert {each.code for each in found.findings} == {Code.VALUE_MISSING}
    assert "没有2022年10月的台账“台账”" in found.findings[0].message
    assert found.scores["甲局"]["培训",].reason is Missing.NOT_REPORTED


def test_r13_rows_may_stand_for_several_times(office: Office) -> None:
    office.system(TRAINING.format(rule="每: 月, 至少: 3"), full="20")
    found = office.board(office.ledger(("甲局", "培训", "3", 2, ""), ("乙局", "培训", "3", 3, "")))
    assert office.points(found, "培训") == {"甲局": "15.00", "乙局": "20.00", "丙局": "5.00"}
    score = found.scores["甲局"]["培训",]
    assert score.trace.steps[0] == "2022-11-01至2022-11-30应有3次，实有2次，少1次"
    assert [(event.day, event.outcome) for event in score.trace.events] == [(date(2022, 11, 3), "2次")]


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ({"日期": date(2022, 10, 3), "次数": 1}, Code.DATE_OUTSIDE_PERIOD, "C2"),
        ({"日期": Missing.BLANK, "次数": 1}, Code.CELL_EMPTY, "C2"),
        ({"日期": date(2022, 11, 3), "次数": Missing.BLANK}, Code.CELL_EMPTY, "D2"),
        ({"日期": date(2022, 11, 3), "次数": -1}, Code.CELL_OUT_OF_BOUNDS, "D2"),
    ],
)
def test_r13_rows_that_cannot_be_counted(office: Office, row: dict, code: Code, cell: str) -> None:
    office.system(TRAINING.format(rule="每: 月, 至少: 1"), full="20")
    found = office.board(office.table("台账", [("甲局", {"条款": "培训", **row})]))
    assert [(each.code, each.place.cell) for each in found.findings] == [(code, cell)]


def test_r13_the_same_row_twice(office: Office) -> None:
    office.system(TRAINING.format(rule="每: 月, 至少: 1"), full="20")
    row = {"条款": "培训", "日期": date(2022, 11, 3), "次数": 1}
    found = office.board(office.table("台账", [("甲局", row), ("甲局", row)]))
    assert [(each.code, each.place.cell) for each in found.findings] == [(Code.ROW_REPEATED, "B3")]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("每: 旬, 至少: 1", "“旬”不在可选值内"),
        ("每: 月, 至少: 0", "应不小于1"),
        ("每: 周, 至少: 1, 起算: 2022-11", "起算那一周不足7天"),
        ("每: 月, 至少: 1, 不足一期: 不计", "没有写 起算"),
    ],
)
def test_mistakes_in_the_definition_of_frequencies(office: Office, rule: str, words: str) -> None:
    office.system(TRAINING.format(rule=rule), full="20")
    with pytest.raises(InvalidError, match=words):
        office.load()


def test_examples_of_frequencies(office: Office) -> None:
    office.system(
        TRAINING.format(rule="每: 月, 至少: 2"),
        full="20",
        more="算例: [{指标: 培训, 记录: {台账: [{日期: 2022-12-01, 次数: 1}]}, 得分: 15}]",
    )
    assert office.load().systems
