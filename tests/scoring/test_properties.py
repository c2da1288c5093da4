"""What must hold for any figures at all."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offices import NOVEMBER, Office

from tongbao.inputs.table import Missing
from tongbao.scoring.engine import score_tables
from tongbao.scoring.scheme import Scheme
from tongbao.scoring.scoreboard import Scoreboard

UNITS = ("甲局", "乙局", "丙局", "丁镇", "戊镇")
SYSTEM = """
- 名称: 线上
  分值: 7.5
  指标:
    - {名称: 比例, 分值: 2.5, 取值: {公式: "[表.a]/[表.b]"}, 计分: 按比例, 上限: 100%, 分母为零: 零分}
    - 名称: 差距
      分值: 3
      取值: {公式: "[表.a]/[表.b]"}
      计分: {差距扣分: {每: 1%, 扣: 0.1, 步进: 连续}}
      单位: ""
      分母为零: 零分
    - {名称: 目标, 分值: 2, 取值: {公式: "[表.a]"}, 计分: {达标: {比较: ">=", 目标: 50, 未达: 按完成比例}}}
- 名称: 秩序
  分值: 10
  汇总: 基础分扣减
  指标:
    - {名称: 迟, 取值: {台账: {表: 台账, 条款: 迟}}, 计分: {逐次: {扣: 1.5}}}
- 名称: 加分
  加分: 是
  分值: 4
  指标:
    - {名称: 奖, 取值: {台账: {表: 台账, 条款: 奖}}, 计分: {逐次: {加: 1}}}
"""
figures = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted)
entries = st.lists(
    st.tuples(st.sampled_from(UNITS), st.sampled_from(("迟", "奖")), st.integers(1, 28), st.integers(0, 9)), max_size=12
)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.system(SYSTEM, full="17.5", groups="部门, 乡镇")
        return office.load()


def scored(scheme: Scheme, pairs: list[list[int]], events: list[tuple[str, str, int, int]]) -> Scoreboard:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder))
        rows = {unit: {"a": pair[0], "b": pair[1]} for unit, pair in zip(UNITS, pairs, strict=True)}
        ledger = [(unit, clause, str(day), times, "") for unit, clause, day, times in events]
        tables = dict([office.figures(**rows), office.ledger(*ledger)])
    return score_tables(scheme, NOVEMBER, tables, ["体系"])["体系"]


everything = given(pairs=st.lists(figures, min_size=5, max_size=5), events=entries)
quick = settings(max_examples=40, deadline=None)


@quick
@everything
def test_scores_stay_within_their_bounds_and_parts_sum_to_the_total(
    scheme: Scheme, pairs: list[list[int]], events: list[tuple[str, str, int, int]]
) -> None:
    board = scored(scheme, pairs, events)
    assert not board.findings
    for standing in board.standings:
        scores = board.scores[standing.unit]
        assert 0 <= scores["秩序",].points <= 10
        assert 0 <= scores["加分",].points <= 4
        for key in board.leaf_keys:
            if key[0] == "线上":
                assert 0 <= scores[key].points <= scores[key].full
                assert scores[key].points == scores[key].points.quantize(Decimal("0.01"))
        assert standing.total == sum(score.points for key, score in scores.items() if len(key) == 1)
        assert scores["线上",].points == sum(scores[key].points for key in board.leaf_keys if key[0] == "线上")


@quick
@everything
def test_places_follow_the_scores(
    scheme: Scheme, pairs: list[list[int]], events: list[tuple[str, str, int, int]]
) -> None:
    board = scored(scheme, pairs, events)
    for one in board.standings:
        rivals = [other for other in board.standings if other.group == one.group]
        assert one.rank == 1 + sum(other.total > one.total for other in rivals)


@quick
@given(pairs=st.lists(figures, min_size=5, max_size=5), events=entries, rise=st.integers(1, 50))
def test_a_better_figure_never_costs_points(
    scheme: Scheme, pairs: list[list[int]], events: list[tuple[str, str, int, int]], rise: int
) -> None:
    before = scored(scheme, pairs, events)
    better = [[min(pairs[0][0] + rise, pairs[0][1]), pairs[0][1]], *pairs[1:]]
    after = scored(scheme, better, events)
    for key in before.leaf_keys:
        assert after.scores["甲局"][key].points >= before.scores["甲局"][key].points
    assert after.standing_of["甲局"].total >= before.standing_of["甲局"].total
    assert after.standing_of["甲局"].rank <= before.standing_of["甲局"].rank


@quick
@given(pairs=st.lists(figures, min_size=5, max_size=5), order=st.permutations(range(5)))
def test_the_order_of_rows_means_nothing(scheme: Scheme, pairs: list[list[int]], order: list[int]) -> None:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder))
        rows = {unit: {"a": pair[0], "b": pair[1]} for unit, pair in zip(UNITS, pairs, strict=True)}
        key, table = office.figures(**rows)
        ledger = office.ledger()
    turned = dataclasses.replace(table, rows=tuple(table.rows[index] for index in order))
    first, second = (
        score_tables(scheme, NOVEMBER, dict([(key, each), ledger]), ["体系"])["体系"] for each in (table, turned)
    )
    assert first.standings == second.standings
    assert first.scores == second.scores


PRORATED = """
- {名称: 甲, 分值: 60, 取值: {公式: "[表.a]/10"}, 计分: 按比例, 单位: "", 不适用: 剔除}
- {名称: 乙, 分值: 40, 取值: {公式: "[表.b]/10"}, 计分: 按比例, 单位: "", 不适用: 剔除}
"""
BY_TASKS = """
- {名称: 甲, 取值: {公式: "[表.a]"}, 计分: {达标: {比较: ">=", 目标: 5}}, 不适用: 剔除}
- {名称: 乙, 取值: {公式: "[表.b]"}, 计分: {达标: {比较: ">=", 目标: 5}}, 不适用: 剔除}
"""
SCALED = {
    "折算": (PRORATED, "汇总: 按适用分值折算\n取整: {位置: 总分, 位数: 2}"),
    "任务": (BY_TASKS, "汇总: 任务完成率\n取整: {位置: 总分, 位数: 2}"),
}
some = st.one_of(st.just(Missing.NOT_APPLICABLE), st.integers(0, 10))


@cache
def scaled(name: str) -> tuple[Office, Scheme]:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder))
        indicators, more = SCALED[name]
        office.system(indicators, full="100", more=more)
        return office, office.load()


@pytest.mark.parametrize("name", SCALED)
@quick
@given(pairs=st.lists(st.tuples(some, some), min_size=3, max_size=3))
def test_r18_what_does_not_apply_neither_helps_nor_harms(name: str, pairs: list[tuple[object, object]]) -> None:
    office, scheme = scaled(name)
    rows = {unit: {"a": pair[0], "b": pair[1]} for unit, pair in zip(UNITS[:3], pairs, strict=True)}
    board = score_tables(scheme, NOVEMBER, dict([office.figures(**rows)]), ["体系"])["体系"]
    assert not board.findings
    for unit, pair in zip(UNITS[:3], pairs, strict=True):
        standing = board.standing_of[unit]
        given_figures = [each for each in pair if isinstance(each, int)]
        if not given_figures:
            assert (standing.total, standing.rank) == (None, None)
            continue
        assert standing.total is not None
        assert 0 <= standing.total <= 100
        if all(each == 10 for each in given_figures):
            assert standing.total == 100
        if all(each == 0 for each in given_figures):
            assert standing.total == 0
        better = [other.total for other in board.standings if other.total is not None and other.total > standing.total]
        assert standing.rank == 1 + len(better)
