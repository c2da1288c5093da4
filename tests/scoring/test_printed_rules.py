"""Rules as the sources print them, with the cases that the printed words leave open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from offices import Office

from tongbao.errors import Code, InvalidError, Severity
from tongbao.inputs.table import Missing
from tongbao.period import Period
from tongbao.scoring.explain import explain
from tongbao.scoring.scoreboard import Scoreboard


def codes(board: Scoreboard, severity: Severity = Severity.ERROR) -> list[tuple[Code, str | None]]:
    return [(found.code, found.place.cell) for found in board.findings if found.severity is severity]


def test_r6_the_share_of_sampled_items_that_are_right_and_a_sample_that_is_too_small(office: Office) -> None:
    # 每月随机抽取各部门10个服务事项
    office.system(
        """
        - 名称: 抽查
          分值: 1.5
          取值: {公式: "[表.a]/[表.b]"}
          计分: 按比例
          核验: [{条件: "[表.b]>=10", 不符: 警告, 说明: 抽查的事项不足10个}]
        """,
        full="1.5",
    )
    board = office.board(office.figures(甲局={"a": 7, "b": 8}, 乙局={"a": 10, "b": 10}, 丙局={"a": 9, "b": 10}))
    # 1.5 × 7/8 = 1.3125: what was sampled counts, and the missing two are told
    assert office.points(board, "抽查") == {"甲局": "1.31", "乙局": "1.50", "丙局": "1.35"}
    assert codes(board) == []
    assert [found.message for found in board.findings] == ["甲局“抽查”抽查的事项不足10个（8≥10）"]


@pytest.mark.parametrize(
    ("role", "points"),
    [("牵头", "1.00"), ("配合", "1.00"), ("牵头和配合", "2.00"), ("无", "1.00"), (Missing.BLANK, None)],
)
def test_r9_lead_one_help_one_both_and_neither(office: Office, role: str | Missing, points: str | None) -> None:
    office.system(
        """
        - 名称: 主题集成服务
          分值: 2
          取值: {公式: "[表.角色]"}
          计分: {分档: [{值: 牵头, 得分: 1}, {值: 配合, 得分: 1}, {值: 牵头和配合, 得分: 2}, {值: 无, 不适用: 是}]}
          不适用: {得分率: 50%}
        """,
        full="2",
    )
    board = office.board(office.figures(甲局={"角色": role}, 乙局={"角色": "牵头"}, 丙局={"角色": "牵头"}))
    assert office.points(board, "主题集成服务")["甲局"] == points
    assert codes(board) == ([(Code.VALUE_MISSING, "B2")] if points is None else [])  # blank is not 无


ESCALATION = """
- 名称: 作风纪律
  分值: 30
  汇总: 基础分扣减
  指标:
    - {名称: 整改不力, 取值: {台账: {表: 台账, 条款: 整改}}, 计分: {逐次: {扣: 3}}}
    - {名称: 督办后仍整改不力, 取值: {台账: {表: 台账, 条款: 督办}}, 计分: {逐次: {扣: 5}}}
    - {名称: 造成严重影响, 取值: {台账: {表: 台账, 条款: 严重}}, 计分: {逐次: {扣: 20, 一次性: 是}}}
"""


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        ([("整改", 1)], "27.00"),
        ([("整改", 2), ("督办", 1)], "19.00"),  # 3 + 3, and 5 after the first supervision
        ([("督办", 2)], "20.00"),
        ([("严重", 1)], "10.00"),
        ([("严重", 3)], "10.00"),  # 一次扣20, however often
        ([("严重", 1), ("督办", 1), ("整改", 1)], "2.00"),
        ([("严重", 1), ("督办", 3)], "0.00"),  # 20 + 15: 扣完为止
    ],
)
def test_r11_three_points_each_time_five_after_supervision_twenty_at_once(
    office: Office, rows: list[tuple[str, int]], points: str
) -> None:
    office.system(ESCALATION, full="30")
    entries = [("甲局", clause, str(day), times, "") for day, (clause, times) in enumerate(rows, start=1)]
    board = office.board(office.ledger(*entries))
    assert not board.findings
    assert office.points(board, "作风纪律")["甲局"] == points


def test_r11_each_missing_item_and_a_limit_for_one_clause(office: Office) -> None:
    # 每少一项扣2分, at most 4 points for this clause
    office.system(
        """
        - 名称: 公开
          分值: 10
          汇总: 基础分扣减
          指标:
            - {名称: 少项, 取值: {台账: {表: 台账, 条款: 少项}}, 计分: {逐次: {扣: 2}}, 下限: -4}
            - {名称: 空岗, 取值: {台账: {表: 台账, 条款: 空岗}}, 计分: {逐次: {扣: 1}}}
        """,
        full="10",
    )
    board = office.board(office.ledger(("甲局", "少项", "1", 3, ""), ("甲局", "空岗", "2", 1, "")))
    assert office.points(board, "公开", "少项")["甲局"] == "-4.00"
    assert office.points(board, "公开")["甲局"] == "5.00"
    assert "-6分低于下限-4分，按-4分计" in board.scores["甲局"]["公开", "少项"].trace.steps


TARGET = '{{名称: {name}{points}, 取值: {{公式: "[表.{name}]"}}, 计分: {{达标: {{比较: ">=", 目标: 5}}}}}}'


@pytest.mark.parametrize(
    ("weight", "points"),
    [
        ("", {"甲局": "3.00", "乙局": "0.00", "丙局": "0.00"}),  # parts without points: all or nothing
        (", 分值: 1.5", {"甲局": "3.00", "乙局": "1.50", "丙局": "0.00"}),  # with points: what is met counts
    ],
)
def test_r16_all_met_is_full_marks_and_the_parts_say_what_else(
    office: Office, weight: str, points: dict[str, str]
) -> None:
    children = ", ".join(TARGET.format(name=name, points=weight) for name in ("a", "b"))
    office.system(f"- {{名称: 组, 分值: 3, 汇总: 全部达标, 指标: [{children}]}}")
    board = office.board(office.figures(甲局={"a": 5, "b": 5}, 乙局={"a": 5, "b": 4}, 丙局={"a": 4, "b": 4}))
    assert office.points(board, "组") == points


def test_r16_parts_of_which_only_some_have_points_leave_the_else_branch_open(office: Office) -> None:
    children = f"{TARGET.format(name='a', points=', 分值: 1')}, {TARGET.format(name='b', points='')}"
    office.system(f"- {{名称: 组, 分值: 3, 汇总: 全部达标, 指标: [{children}]}}")
    with pytest.raises(InvalidError) as caught:
        office.load()
    assert [found.code for found in caught.value.findings] == [Code.WEIGHTS]


def test_r17_not_applicable_differs_from_nought_over_nought_and_from_blank(office: Office) -> None:
    office.system(
        """
        - 名称: 区域通办
          分值: 2
          取值: {公式: "[表.a]/[表.b]"}
          计分: 按比例
          不适用: {得分率: 80%}
          分母为零: 满分
          缺失: 零分
        """,
        full="2",
    )
    none = Missing.NOT_APPLICABLE
    board = office.board(
        office.figures(甲局={"a": none, "b": none}, 乙局={"a": 0, "b": 0}, 丙局={"a": Missing.BLANK, "b": 3})
    )
    assert office.points(board, "区域通办") == {"甲局": "1.60", "乙局": "2.00", "丙局": "0.00"}
    assert [board.scores[unit]["区域通办",].reason for unit in ("甲局", "乙局", "丙局")] == [
        Missing.NOT_APPLICABLE, Missing.ZERO_DENOMINATOR, Missing.BLANK,
    ]  # fmt: skip
    assert [board.scores[unit]["区域通办",].applicable for unit in ("甲局", "乙局", "丙局")] == [False, True, True]


BONUS_CLAUSE = "{名称: 表扬, 取值: {台账: {表: 台账, 条款: 奖}}, 计分: {逐次: {加: 4}}}"
CAPPED_BONUS = f"{{名称: 加分项, 分值: 10, 加分: 是, 指标: [{BONUS_CLAUSE}]}}"
PENALTY_CLAUSE = "{名称: 被通报, 取值: {台账: {表: 台账, 条款: 罚}}, 计分: {逐次: {扣: 3}}}"
BASIC = '- {名称: 基本, 分值: 90, 取值: {公式: "[表.a]"}, 计分: 直接}'


@pytest.mark.parametrize(
    ("bonus", "expected"),
    [
        # the net is capped: 12 − 3 = 9
        (f"{{名称: 加分项, 加分: 是, 分值: 10, 指标: [{BONUS_CLAUSE}, {PENALTY_CLAUSE}]}}", Decimal(99)),
        # the bonus is capped, then the deduction comes off: 10 − 3 = 7
        (
            f"{{名称: 加减分, 加分: 是, 指标: [{CAPPED_BONUS}, {PENALTY_CLAUSE}]}}",
            Decimal(97),
        ),
    ],
)
def test_r19_a_deduction_inside_a_bonus_group_caps_the_net_or_the_bonus(
    office: Office, bonus: str, expected: Decimal
) -> None:
    office.system(f"{BASIC}\n- {bonus}", full="90")
    rows = [("甲局", "奖", str(day), 1, f"第{day}件") for day in (1, 2, 3)]
    board = office.board(
        office.figures(甲局={"a": 90}, 乙局={"a": 90}, 丙局={"a": 90}), office.ledger(*rows, ("甲局", "罚", "9", 1, ""))
    )
    assert not board.findings
    assert board.standing_of["甲局"].total == expected
    assert board.standing_of["乙局"].total == Decimal(90)


def test_r19_each_part_of_30_30_40_stops_at_nought_by_itself(office: Office) -> None:
    parts = [("进驻", 30, "进"), ("服务", 30, "服"), ("纪律", 40, "纪")]
    office.system(
        "\n".join(
            f"- {{名称: {name}, 分值: {full}, 汇总: 基础分扣减, 指标: [{{名称: {name}扣分, "
            f"取值: {{台账: {{表: 台账, 条款: {clause}}}}}, 计分: {{逐次: {{扣: 20}}}}}}]}}"
            for name, full, clause in parts
        ),
        full="100",
    )
    board = office.board(office.ledger(("甲局", "进", "1", 2, ""), ("甲局", "纪", "2", 1, "")))
    # 30 − 40 stops at 0 and takes nothing from the other parts: 0 + 30 + 20
    assert board.standing_of["甲局"].total == Decimal(50)


PER_HEAD = """
- 名称: 万人办件量
  分值: 2
  取值: {公式: "[表.a]/[表.b@2021-12]×10000"}
  单位: 件/万人
  计分: {按比例: {参照: 组内最高}}
"""


def test_r22_per_ten_thousand_inhabitants_of_a_stated_year(office: Office) -> None:
    office.system(PER_HEAD, full="2")
    people = office.table(
        "表", [("甲局", {"b": 50000}), ("乙局", {"b": 20000}), ("丙局", {"b": 40000})], Period(2021, 12)
    )
    # this year's figure of inhabitants stands in the same table and is not used
    now = office.figures(甲局={"a": 40, "b": 1}, 乙局={"a": 20, "b": 1}, 丙局={"a": 20, "b": 1})
    board = office.board(now, people)
    assert not board.findings
    # 8, 10 and 5 a ten thousand; the best of the group is 10
    assert office.points(board, "万人办件量") == {"甲局": "1.60", "乙局": "2.00", "丙局": "1.00"}
    lines = explain(board, "甲局", "万人办件量")
    assert "数值：8件/万人" in lines
    assert "代入：40÷50000×10000" in lines
    assert any("表.b@2021-12＝50000" in line and "inputs/2021-12/" in line for line in lines)


def test_r22_a_unit_without_inhabitants_in_that_year_is_told(office: Office) -> None:
    office.system(PER_HEAD, full="2")
    people = office.table("表", [("甲局", {"b": 50000}), ("乙局", {"b": 20000})], Period(2021, 12))
    board = office.board(office.figures(甲局={"a": 40}, 乙局={"a": 20}, 丙局={"a": 20}), people)
    assert codes(board) == [(Code.VALUE_MISSING, None)]
    assert "2021年12月的表“表”中没有丙局的行" in board.findings[0].message
