"""Other weights: the same figures and rules, everything that a 分值 decides scaled with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from offices import NOVEMBER, Office, Value
from test_properties import SYSTEM

from tongbao.errors import UsageError
from tongbao.scoring.engine import TableMap, score_tables
from tongbao.scoring.reweighting import reweight
from tongbao.scoring.scoreboard import Key, Scoreboard

MIXED = """
- {名称: 差距, 分值: 3, 取值: {公式: "[表.率]"}, 计分: {差距扣分: {每: 1%, 扣: 0.1, 步进: 连续}}, 单位: "%"}
- {名称: 角色, 分值: 2, 取值: {公式: "[表.角色]"}, 计分: {分档: [{值: 牵头, 得分: 2}, {值: 配合, 得分: 1}]}}
- 名称: 秩序
  分值: 5
  汇总: 基础分扣减
  指标:
    - {名称: 迟, 取值: {台账: {表: 台账, 条款: 迟}}, 计分: {逐次: {扣: 1.5}}}
- 名称: 加分
  加分: 是
  分值: 4
  指标:
    - {名称: 奖, 取值: {台账: {表: 台账, 条款: 奖}}, 计分: {逐次: {加: 1}}}
"""


def tables(office: Office) -> TableMap:
    rows: dict[str, Mapping[str, Value]] = {
        "甲局": {"率": Decimal(1), "角色": "牵头"},
        "乙局": {"率": Decimal("0.9735"), "角色": "配合"},
        "丙局": {"率": Decimal("0.6"), "角色": "配合"},
    }
    events = (("乙局", "迟", "3", 2, ""), ("丙局", "迟", "4", 9, ""), ("丙局", "奖", "4", 9, ""))
    return dict([office.figures(**rows), office.ledger(*events)])


def board(office: Office, wishes: Mapping[Key, str], *, keep_full: bool = True, name: str = "体系") -> Scoreboard:
    scheme = office.load()
    wanted = {key: Decimal(points) for key, points in wishes.items()}
    made = reweight(scheme.at(NOVEMBER).systems[name].value, wanted, keep_full=keep_full)
    return score_tables(replace(scheme, reweightings={name: made}), NOVEMBER, tables(office), ["体系"])["体系"]


def test_whatever_the_way_of_scoring_a_weight_scales_what_it_gives_and_what_it_costs(office: Office) -> None:
    office.system(MIXED, full="10")
    found = board(office, {("差距",): "6", ("角色",): "4", ("秩序",): "10"}, keep_full=False)
    # 3 − 0.1×2.65 = 2.735, doubled before it is rounded: 5.47 (never 2 × 2.74); 丙局: 3 − 4 is held at 0.
    assert office.points(found, "差距") == {"甲局": "6.00", "乙局": "5.47", "丙局": "0.00"}
    assert office.points(found, "角色") == {"甲局": "4.00", "乙局": "2.00", "丙局": "2.00"}
    # 乙局: twice 3 off; 丙局: 9 × 3 = 27 off, held at 0.
    assert office.points(found, "秩序") == {"甲局": "10.00", "乙局": "4.00", "丙局": "0.00"}
    # 加分 was not named: nine times 1, limited to 4.
    assert office.points(found, "加分") == {"甲局": "0.00", "乙局": "0.00", "丙局": "4.00"}
    assert found.system.full == 20
    totals = {standing.unit: str(standing.total) for standing in found.standings}
    assert totals == {"甲局": "20.00", "乙局": "11.47", "丙局": "6.00"}


def test_the_rest_is_scaled_so_that_the_full_score_stays(office: Office) -> None:
    office.system(MIXED, full="10")
    found = board(office, {("差距",): "6.5"})
    # 角色 and 秩序 share the other 3.5 as 2 : 5, which is half of what they had.
    assert found.system.full == 10
    assert [found.indicator_of[name,].points for name in ("差距", "角色", "秩序", "加分")] == [
        Decimal("6.5"), Decimal(1), Decimal("2.5"), Decimal(4),
    ]  # fmt: skip
    # 乙局: 2.735 × 6.5/3 = 5.9258…; half a point of 角色; 2.5 − 1.5.
    assert [office.points(found, name)["乙局"] for name in ("差距", "角色", "秩序")] == ["5.93", "0.50", "1.00"]


def test_a_group_shares_its_new_weight_and_its_bounds_move_with_it(office: Office) -> None:
    office.system(SYSTEM, full="17.5")
    system = office.load().at(NOVEMBER).systems["体系"].value
    made = reweight(system, {("线上",): Decimal(15), ("线上", "目标"): Decimal(4)})
    # 4 for 目标; 比例 and 差距 share 11 as 2.5 : 3; 秩序 keeps 2.5 of 17.5.
    assert {key[-1]: made.points[key] for key in made.points} == {
        "比例": Decimal(5), "差距": Decimal(6), "目标": Decimal(4), "秩序": Decimal("2.5"), "加分": Decimal(4),
    }  # fmt: skip
    group = made.system.indicators[0]
    assert group.points == 15


def test_weights_as_they_are_change_nothing(office: Office) -> None:
    office.system(MIXED, full="10")
    plain = score_tables(office.load(), NOVEMBER, tables(office), ["体系"])["体系"]
    assert board(office, {("差距",): "3"}) == plain


def test_other_weights_are_the_same_as_another_definition(office: Office) -> None:
    text = """
    - {{名称: 甲, 分值: {}, 取值: {{公式: "[表.率]"}}, 计分: 按比例}}
    - {{名称: 乙, 分值: {}, 取值: {{公式: "[表.率]*0.7"}}, 计分: 按比例}}
    """
    office.system(text.format(3, 7), full="10")
    tried = board(office, {("甲",): "4.5"})
    office.system(text.format("4.5", "5.5"), full="10")
    written = score_tables(office.load(), NOVEMBER, tables(office), ["体系"])["体系"]
    assert tried.standings == written.standings


def test_a_part_of_a_composite_is_scored_again_and_carried_up(office: Office) -> None:
    office.system(MIXED, full="10", name="线下")
    office.system("- {名称: 线下, 分值: 50, 取值: {体系: 线下}, 计分: 按比例, 上限: 100%}", full="50")
    plain = board(office, {}, name="线下")
    tried = board(office, {("角色",): "5"}, name="线下")
    # 乙局: 2.735 → 2.74, 1, 2: 5.74 of 10, of fifty 28.70.
    assert plain.standing_of["乙局"].total == Decimal("28.70")
    # 角色 2.5 of 5; the others 5/8 of what they were: 2.735×5/8 = 1.709 → 1.71, 2×5/8 = 1.25. 5.46 of 10: 27.30.
    assert tried.standing_of["乙局"].total == Decimal("27.30")


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        ({("差距",): "11"}, "其余指标的分值凑不拢：超出1分"),
        ({("差距",): "-1"}, "为负"),
        ({("秩序", "迟"): "2"}, "请改“秩序”的分值"),
        ({("差距",): "1", ("角色",): "1", ("秩序",): "1"}, "还有7分没有指标可加"),
    ],
)
def test_wishes_that_cannot_be_met_are_told(office: Office, wishes: Mapping[Key, str], told: str) -> None:
    office.system(MIXED, full="10")
    with pytest.raises(UsageError, match=told):
        board(office, wishes)
