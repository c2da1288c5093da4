"""Ledgers and judges: what counts, what does not, and what must be mended first."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from decimal import Decimal

import pytest
from offices import NOVEMBER, TABLES, Office

from tongbao.errors import Code
from tongbao.inputs.table import Missing
from tongbao.period import Period
from tongbao.scoring.scoreboard import Scoreboard

DEDUCTIONS = """
- 名称: 应进必进
  分值: 30
  汇总: 基础分扣减
  下限: 0
  指标:
    - {名称: 不重视, 取值: {台账: {表: 台账, 条款: 第1条}}, 计分: {逐次: {扣: 10}}}
    - {名称: 体外循环, 取值: {台账: {表: 台账, 条款: 第3条}}, 计分: {逐次: {扣: 5}}}
"""
BONUS = """
- {名称: 基本, 分值: 10, 取值: {公式: "[表.a]"}, 计分: 直接}
- 名称: 加分项
  分值: 10
  加分: 是
  同一事项: 取最高
  指标:
    - {名称: 州级, 取值: {台账: {表: 台账, 条款: 州}}, 计分: {逐次: {加: 1, 须佐证: 是}}}
    - {名称: 区级, 取值: {台账: {表: 台账, 条款: 区}}, 计分: {逐次: {加: 3, 须佐证: 是}}}
    - {名称: 国家级, 取值: {台账: {表: 台账, 条款: 国}}, 计分: {逐次: {加: 5, 须佐证: 是, 一次性: 是}}}
    - {名称: 年终奖, 取值: {台账: {表: 台账, 条款: 年}}, 计分: {逐次: {加: 2}}, 期间: 年终}
    - {名称: 被通报, 取值: {台账: {表: 台账, 条款: 罚}}, 计分: {逐次: {扣: 4}}}
"""
JUDGED = """
- {{名称: 评审, 分值: 6, 取值: {{人工: {{表: 评审, 条款: 第1条{more}}}}}, 计分: 直接{rule}}}
"""


def codes(board: Scoreboard) -> list[tuple[Code, str | None]]:
    return [(found.code, found.place.cell) for found in board.findings]


def test_r11_each_event_takes_its_points_and_the_group_stops_at_zero(office: Office) -> None:
    office.system(DEDUCTIONS, full="30")
    board = office.board(
        office.ledger(("甲局", "第1条", "3", 1, ""), ("甲局", "第3条", "4", 2, ""), ("乙局", "第3条", "30", 7, ""))
    )
    assert not board.findings
    assert office.points(board, "应进必进") == {"甲局": "10.00", "乙局": "0.00", "丙局": "30.00"}
    assert office.points(board, "应进必进", "体外循环") == {"甲局": "-10.00", "乙局": "-35.00", "丙局": "0.00"}
    assert board.scores["乙局"]["应进必进",].trace.steps == ("基础分30，扣35", "-5分低于下限0分，按0分计")
    event = board.scores["甲局"]["应进必进", "体外循环"].trace.events[0]
    assert (event.origin.cell, event.day, event.count, event.points) == ("B3", date(2022, 11, 4), 2, -10)
    assert board.scores["乙局"]["应进必进", "体外循环"].lost == 35


def test_r11_the_same_row_twice_is_an_error(office: Office) -> None:
    office.system(DEDUCTIONS, full="30")
    row = {"条款": "第3条", "日期": date(2022, 11, 4), "次数": 1, "事由": "漏办"}
    board = office.board(office.table("台账", [("甲局", row), ("甲局", row), ("乙局", row)]))
    assert codes(board) == [(Code.ROW_REPEATED, "B3")]
    assert "B2" in board.findings[0].message


@pytest.mark.parametrize(("day", "found"), [("2022-10-31", True), ("2022-11-01", False), ("2022-12-01", True)])
def test_r11_dates_must_lie_in_the_period(office: Office, day: str, *, found: bool) -> None:
    office.system(DEDUCTIONS, full="30")
    board = office.board(office.ledger(("甲局", "第1条", day, 1, "")))
    assert codes(board) == ([(Code.DATE_OUTSIDE_PERIOD, "C2")] if found else [])


def test_r11_a_moment_on_the_last_day_still_lies_in_the_period(office: Office) -> None:
    office.write("数据表.yaml", TABLES.replace("{名称: 日期, 类型: 日期}", "{名称: 日期, 类型: 时刻}"))
    office.system(DEDUCTIONS, full="30")
    row = {"条款": "第1条", "日期": datetime(2022, 11, 30, 23, 59), "次数": 1}  # noqa: DTZ001
    board = office.board(office.table("台账", [("甲局", row)]))
    assert not board.findings
    assert board.scores["甲局"]["应进必进", "不重视"].trace.events[0].day == date(2022, 11, 30)


def test_rows_that_would_count_for_nothing_are_errors(office: Office) -> None:
    office.system(DEDUCTIONS, full="30")
    board = office.board(office.ledger(("甲局", "第2条", "1", 1, ""), ("丁镇", "第1条", "1", 1, "")))
    assert codes(board) == [(Code.VALUE_INVALID, "B3"), (Code.REFERENCE_UNKNOWN, "B2")]
    assert "第1条" in board.findings[1].remedy


def test_a_ledger_that_was_not_sent_is_not_an_empty_one(office: Office) -> None:
    office.system(DEDUCTIONS, full="30")
    board = office.board()
    assert {found.code for found in board.findings} == {Code.VALUE_MISSING}
    assert "没有2022年11月的台账“台账”" in board.findings[0].message


def test_unfilled_dates_and_times_are_told(office: Office) -> None:
    office.system(DEDUCTIONS, full="30")
    rows = [
        ("甲局", {"条款": "第1条", "日期": Missing.BLANK, "次数": 1}),
        ("乙局", {"条款": "第1条", "日期": date(2022, 11, 1), "次数": Missing.BLANK}),
        ("丙局", {"条款": "第1条", "日期": date(2022, 11, 1), "次数": -1}),
    ]
    board = office.board(office.table("台账", rows))
    assert codes(board) == [
        (Code.VALUE_MISSING, "C2"), (Code.VALUE_MISSING, "D3"), (Code.CELL_OUT_OF_BOUNDS, "D4"),
    ]  # fmt: skip


def full_marks(office: Office, period: Period = NOVEMBER) -> tuple:
    return office.table("表", [(unit, {"a": 10}) for unit in ("甲局", "乙局", "丙局")], period)


def test_r12_the_same_story_counts_at_its_highest_level_only(office: Office) -> None:
    office.system(BONUS, full="10")
    board = office.board(
        full_marks(office),
        office.ledger(
            ("甲局", "州", "1", 1, "报道甲"), ("甲局", "区", "2", 1, "报道甲"), ("甲局", "国", "3", 1, "报道甲"),
            ("甲局", "州", "4", 1, "报道乙"), ("乙局", "州", "4", 1, "报道甲"),
        ),
    )  # fmt: skip
    assert not board.findings
    assert office.points(board, "加分项") == {"甲局": "6.00", "乙局": "1.00", "丙局": "0.00"}
    assert board.standing_of["甲局"].total == Decimal(16)
    local = board.scores["甲局"]["加分项", "州级"].trace.events
    assert [(event.matter, event.counted) for event in local] == [("报道甲", False), ("报道乙", True)]
    assert local[0].note == "同一事项取最高，已按“国”计"


def test_r12_once_is_once_however_often_it_happened(office: Office) -> None:
    office.system(BONUS, full="10")
    board = office.board(
        full_marks(office), office.ledger(("甲局", "国", "9", 1, "报道乙"), ("甲局", "国", "2", 3, "报道甲"))
    )
    events = board.scores["甲局"]["加分项", "国家级"].trace.events
    assert [(event.matter, event.counted, event.points) for event in events] == [
        ("报道甲", True, 5),
        ("报道乙", False, 5),
    ]
    assert office.points(board, "加分项")["甲局"] == "5.00"


def test_r12_r19_the_net_is_capped_and_never_below_zero(office: Office) -> None:
    office.system(BONUS, full="10")
    rows = [("甲局", "区", str(day), 1, f"报道{day}") for day in range(1, 6)]  # 15 points
    board = office.board(
        full_marks(office), office.ledger(*rows, ("甲局", "罚", "9", 1, ""), ("乙局", "罚", "9", 1, ""))
    )
    assert office.points(board, "加分项") == {"甲局": "10.00", "乙局": "0.00", "丙局": "0.00"}
    assert "11分超过上限10分，按10分计" in board.scores["甲局"]["加分项",].trace.steps
    assert board.scores["甲局"]["加分项",].full is None
    assert board.scores["丙局"]["加分项",].lost == 0  # what nobody earned is not lost


def test_a_bonus_group_without_its_own_points_lets_deductions_through(office: Office) -> None:
    office.system(
        """
        - {名称: 基本, 分值: 10, 取值: {公式: "[表.a]"}, 计分: 直接}
        - 名称: 加（扣）分项
          加分: 是
          指标:
            - {名称: 被通报, 取值: {台账: {表: 台账, 条款: 罚}}, 计分: {逐次: {扣: 4}}}
        """,
        full="10",
    )
    board = office.board(full_marks(office), office.ledger(("甲局", "罚", "9", 1, "")))
    assert board.standing_of["甲局"].total == Decimal(6)


def test_r12_year_end_bonuses_wait_for_december(office: Office) -> None:
    office.system(BONUS, full="10")
    board = office.board(full_marks(office), office.ledger(("甲局", "年", "2022-03-01", 1, "优质")))
    score = board.scores["甲局"]["加分项", "年终奖"]
    assert (score.points, score.trace.steps) == (None, ("年终计分，2022年11月不计分",))
    assert [event.counted for event in score.trace.events] == [False]
    assert not board.findings
    assert not board.standing_of["甲局"].provisional
    december = Period(2022, 12)
    _, table = office.ledger(("甲局", "年", "2022-03-01", 1, "优质"), ("甲局", "年", "2021-12-31", 1, "去年"))
    board = office.board(full_marks(office, december), ((december, "台账"), table), period=december)
    assert office.points(board, "加分项")["甲局"] == "4.00"
    assert codes(board) == [(Code.DATE_OUTSIDE_PERIOD, "C3")]


def test_a_year_end_part_of_full_marks_makes_the_months_provisional(office: Office) -> None:
    office.system(
        """
        - {名称: 线上, 分值: 6, 取值: {公式: "[表.a]/10"}, 计分: 按比例}
        - {名称: 线下, 分值: 4, 取值: {公式: "[表.b]"}, 计分: 直接, 期间: 年终}
        """,
        full="10",
    )
    board = office.board(full_marks(office))
    assert board.standing_of["甲局"].total == Decimal(6)
    assert board.standing_of["甲局"].provisional


def test_bonuses_need_proof_and_a_matter(office: Office) -> None:
    office.system(BONUS, full="10")
    row = {"条款": "州", "日期": date(2022, 11, 4), "次数": 1, "事由": "", "事项": "", "佐证": Missing.BLANK}
    board = office.board(full_marks(office), office.table("台账", [("甲局", row)]))
    assert sorted(codes(board)) == [(Code.CELL_EMPTY, "F2"), (Code.PROOF_MISSING, "G2")]


def judged(office: Office, *rows: tuple[str, str, object, str]) -> tuple:
    made = [
        (unit, {"条款": "第1条", "评委": judge, "得分": points, "理由": reason}) for unit, judge, points, reason in rows
    ]
    return office.table("评审", made)  # type: ignore[arg-type]


ALL_FULL = (("乙局", "A", 6, ""), ("丙局", "A", 6, ""))


@pytest.mark.parametrize(
    ("more", "expected"),
    [("", "4.67"), (", 多评委: 最低", "4.00")],  # (5+5+4)/3
)
def test_r10_several_judges(office: Office, more: str, expected: str) -> None:
    office.system(JUDGED.format(more=more, rule=""), full="6")
    board = office.board(
        judged(office, ("甲局", "A", 5, "缺表"), ("甲局", "B", 5, "缺表"), ("甲局", "C", 4, "缺表"), *ALL_FULL)
    )
    assert not board.findings
    assert office.points(board, "评审") == {"甲局": expected, "乙局": "6.00", "丙局": "6.00"}
    assert [event.matter for event in board.scores["甲局"]["评审",].trace.events] == ["A", "B", "C"]


def test_r10_only_one_judge_where_one_is_meant(office: Office) -> None:
    office.system(JUDGED.format(more=", 多评委: 唯一", rule=""), full="6")
    board = office.board(judged(office, ("甲局", "A", 6, ""), ("甲局", "B", 6, ""), *ALL_FULL))
    assert codes(board) == [(Code.ROW_REPEATED, "B3")]


@pytest.mark.parametrize(
    ("points", "reason", "found"),
    [
        (Decimal("6.5"), "好", (Code.CELL_OUT_OF_BOUNDS, "D2")),
        (Decimal(-1), "差", (Code.CELL_OUT_OF_BOUNDS, "D2")),
        (Decimal(5), "", (Code.REASON_MISSING, "E2")),
        (Missing.BLANK, "", (Code.VALUE_MISSING, "D2")),
    ],
)
def test_r10_what_judges_may_not_do(office: Office, points: object, reason: str, found: tuple[Code, str]) -> None:
    office.system(JUDGED.format(more="", rule=""), full="6")
    board = office.board(judged(office, ("甲局", "A", points, reason), *ALL_FULL))
    assert codes(board) == [found]


def test_r10_a_blank_entry_is_not_averaged_away(office: Office) -> None:
    office.system(JUDGED.format(more="", rule=", 缺失: 待核"), full="6")
    board = office.board(judged(office, ("甲局", "A", 6, ""), ("甲局", "B", Missing.BLANK, ""), *ALL_FULL))
    assert office.points(board, "评审")["甲局"] is None
    assert board.standing_of["甲局"].provisional


def test_per_event_with_its_own_weight_is_deducted_to_zero(office: Office) -> None:
    office.system("- {名称: 报送, 分值: 5, 取值: {台账: {表: 台账, 条款: 迟}}, 计分: {逐次: {扣: 2}}}", full="5")
    board = office.board(office.ledger(("甲局", "迟", "1", 1, ""), ("乙局", "迟", "1", 3, "")))
    assert office.points(board, "报送") == {"甲局": "3.00", "乙局": "0.00", "丙局": "5.00"}


def test_permuting_ledger_rows_changes_no_points(office: Office) -> None:
    office.system(BONUS, full="10")
    key, table = office.ledger(
        ("甲局", "国", "9", 1, "乙"), ("甲局", "国", "9", 1, "甲"), ("甲局", "区", "9", 1, "甲"),
        ("甲局", "区", "3", 1, "乙"), ("甲局", "州", "3", 1, "丙"),
    )  # fmt: skip
    turned = dataclasses.replace(table, rows=tuple(reversed(table.rows)))
    first, second = (office.board(full_marks(office), (key, each)) for each in (table, turned))
    assert office.points(first, "加分项") == office.points(second, "加分项")
