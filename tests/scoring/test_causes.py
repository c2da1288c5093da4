"""A change is taken apart into indicators, bounds, scaling and rounding, and the parts sum to the whole."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from offices import NOVEMBER, Office, Value

from tongbao.inputs.table import Missing
from tongbao.scoring.causes import Cause, Pair, causes
from tongbao.scoring.comparison import Comparison, compare_boards
from tongbao.scoring.engine import score_tables
from tongbao.scoring.scoreboard import Scoreboard

OCTOBER = NOVEMBER.shift(-1)
ORDER = """
- {名称: 比例, 分值: 8, 取值: {公式: "[表.a]/[表.b]"}, 计分: 按比例}
- 名称: 秩序
  分值: 2
  汇总: 基础分扣减
  指标:
    - {名称: 迟, 取值: {台账: {表: 台账, 条款: 迟}}, 计分: {逐次: {扣: 1}}}
"""


def told(causes: tuple[Cause, ...]) -> list[tuple[str, str]]:
    return [(cause.label, f"{cause.change.normalize():f}") for cause in causes]


def compared(before: Scoreboard, after: Scoreboard) -> Comparison:
    return compare_boards(after, before)


def test_each_indicator_is_told_with_what_it_moved_and_the_floor_with_what_it_swallowed(office: Office) -> None:
    office.system(ORDER, full="10")
    before = office.board(
        office.table("表", [(unit, {"a": 1, "b": 2}) for unit in ("甲局", "乙局", "丙局")], OCTOBER),
        (
            (OCTOBER, "台账"),
            office.ledger(("甲局", "迟", "2022-10-03", 3, ""))[1],
        ),
        period=OCTOBER,
    )
    after = office.board(
        office.figures(甲局={"a": 3, "b": 4}, 乙局={"a": 1, "b": 2}, 丙局={"a": 1, "b": 4}),
        office.ledger(("甲局", "迟", "3", 1, ""), ("丙局", "迟", "4", 1, "")),
    )
    comparison = compared(before, after)
    # 甲局, October: 8×1/2 = 4; 2 − 3 = −1, held at 0. November: 8×3/4 = 6; 2 − 1 = 1. From 4 to 7.
    assert comparison.units["甲局"].change == Decimal("3.00")
    assert told(comparison.causes("甲局")) == [("比例", "2"), ("迟", "2"), ("秩序（限额）", "-1")]
    assert told(comparison.causes("乙局")) == []
    assert told(comparison.causes("丙局")) == [("比例", "-2"), ("迟", "-1")]
    first = comparison.causes("甲局")[0]
    assert (first.points_before, first.points, first.value_before, first.value, first.unit) == (
        Decimal("4.00"), Decimal("6.00"), Decimal("0.5"), Decimal("0.75"), "%",
    )  # fmt: skip


def test_what_does_not_apply_any_more_is_told_apart_from_scaling(office: Office) -> None:
    office.system(
        """
        - {名称: 甲, 分值: 60, 取值: {公式: "[表.a]/[表.b]"}, 计分: 按比例, 不适用: 剔除}
        - {名称: 乙, 分值: 40, 取值: {公式: "[表.率]"}, 计分: 按比例, 不适用: 剔除}
        """,
        full="100",
        more="汇总: 按适用分值折算\n取整: {位置: 总分, 位数: 2}",
    )
    row: Mapping[str, Value] = {"a": 1, "b": 2, "率": Decimal("0.9")}
    units = ("甲局", "乙局", "丙局")
    before = office.board(office.table("表", [(unit, row) for unit in units], OCTOBER), period=OCTOBER)
    without = {**row, "a": Missing.NOT_APPLICABLE}
    after = office.board(office.figures(甲局=without, 乙局=row, 丙局=row))
    comparison = compared(before, after)
    # 甲局: 30 + 36 = 66 of 100; then 36 of 40, scaled to 90. −30 for 甲; 36 × (2.5 − 1) = 54 by scaling.
    assert comparison.units["甲局"].change == Decimal("24.00")
    assert told(comparison.causes("甲局")) == [("甲", "-30"), ("折算", "54")]


def test_rounding_of_the_total_is_told(office: Office) -> None:
    office.system(
        """
        - {名称: 甲, 分值: 1, 取值: {公式: "[表.a]/3"}, 计分: 按比例}
        - {名称: 乙, 分值: 1, 取值: {公式: "[表.b]/3"}, 计分: 按比例}
        """,
        full="2",
        more="取整: {位置: 总分, 位数: 1}",
    )
    units = ("甲局", "乙局", "丙局")
    before = office.board(office.table("表", [(unit, {"a": 0, "b": 0}) for unit in units], OCTOBER), period=OCTOBER)
    after = office.board(office.figures(甲局={"a": 1, "b": 1}, 乙局={"a": 3, "b": 0}, 丙局={"a": 0, "b": 0}))
    comparison = compared(before, after)
    # 1/3 + 1/3 = 0.666…, published as 0.7; the thirds are told as 0.3333 each, 0.0334 is left for rounding.
    assert told(comparison.causes("甲局")) == [("甲", "0.3333"), ("乙", "0.3333"), ("取整", "0.0334")]
    assert told(comparison.causes("乙局")) == [("甲", "1")]


def test_a_composite_is_told_down_to_the_indicators_of_its_parts(office: Office) -> None:
    office.system('- {名称: 率, 分值: 10, 取值: {公式: "[表.率]"}, 计分: 按比例}', full="10", name="线上")
    office.system(
        """
        - {名称: 线上, 分值: 6, 取值: {体系: 线上}, 计分: 按比例}
        - {名称: 比例, 分值: 4, 取值: {公式: "[表.a]/[表.b]"}, 计分: 按比例}
        """,
        full="10",
    )
    scheme = office.load()
    row: Mapping[str, Value] = {"a": 1, "b": 2, "率": Decimal("0.5")}
    units = ("甲局", "乙局", "丙局")
    before = score_tables(scheme, OCTOBER, dict([office.table("表", [(unit, row) for unit in units], OCTOBER)]))
    better = {**row, "率": Decimal("0.75"), "a": 2}
    after = score_tables(scheme, NOVEMBER, dict([office.figures(甲局=better, 乙局=row, 丙局=row)]))
    parts = {name: Pair(after[name], before[name]) for name in after}
    comparison = compare_boards(after["体系"], before["体系"], parts)
    # 率 +2.5 of its own ten points, of which six tenths count: 1.5; 比例 from 2 to 4.
    found = comparison.causes("甲局")
    assert [(cause.system, *pair) for cause, pair in zip(found, told(found), strict=True)] == [
        ("体系", "比例", "2"),
        ("线上", "率", "1.5"),
    ]


def test_units_and_indicators_on_one_side_only_are_told(office: Office) -> None:
    office.system('- {名称: 旧, 分值: 3, 取值: {公式: "[表.a]/4"}, 计分: 按比例}')
    before = office.board(office.figures(甲局={"a": 2}, 乙局={"a": 2}, 丙局={"a": 4}))
    office.system(
        """
        - {名称: 新, 分值: 2, 取值: {公式: "[表.a]/4"}, 计分: 按比例}
        - {名称: 旧, 分值: 1, 取值: {公式: "[表.a]/4"}, 计分: 按比例}
        """,
        groups="部门, 乡镇",
    )
    after = office.board(office.figures(甲局={"a": 2}, 乙局={"a": 2}, 丙局={"a": 4}, 丁镇={"a": 4}, 戊镇={"a": 4}))
    comparison = compared(before, after)
    assert comparison.pair is not None
    assert (comparison.pair.added, comparison.pair.dropped) == ((("新",),), ())
    assert comparison.pair.redefined == (("旧",),)
    assert (comparison.new_units, comparison.gone_units) == (("丁镇", "戊镇"), ())
    assert told(comparison.causes("甲局")) == [("新（新增指标）", "1"), ("旧", "-1")]
    assert comparison.causes("丁镇") == ()
    back = compared(after, before)
    assert back.gone_units == ("丁镇", "戊镇")
    assert told(back.causes("甲局")) == [("旧", "1"), ("新（取消指标）", "-1")]


def test_tasks_are_told_by_what_each_moved_the_share_done(office: Office) -> None:
    office.system(
        """
        - {名称: 甲, 取值: {公式: "[表.a]"}, 单位: "", 计分: {达标: {比较: ">=", 目标: 1}}}
        - {名称: 乙, 取值: {公式: "[表.b]"}, 单位: "", 计分: {达标: {比较: ">=", 目标: 1}}, 缺失: 剔除}
        """,
        full="100",
        more="汇总: 任务完成率",
    )
    units = ("甲局", "乙局", "丙局")
    blank: Mapping[str, Value] = {"a": 0, "b": Missing.BLANK}
    before = office.board(office.table("表", [(unit, blank) for unit in units], OCTOBER), period=OCTOBER)
    after = office.board(office.figures(甲局={"a": 1, "b": 0}, 乙局={"a": 0, "b": 1}, 丙局=blank))
    comparison = compared(before, after)
    # 甲局: from 0 of 1 to 1 of 2, 50 points. The mean share is 1/4, the mean number due 3/2, so that a task is worth
    # 66.67: 甲 done 66.67; 乙 newly due and not done −1/4 of it.
    assert comparison.units["甲局"].change == Decimal("50.00")
    assert told(comparison.causes("甲局")) == [("甲", "66.6667"), ("乙", "-16.6667")]
    assert told(comparison.causes("乙局")) == [("乙", "50")]
    assert told(comparison.causes("丙局")) == []


figures = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda pair: (min(pair), max(pair)))
month = st.tuples(st.lists(figures, min_size=3, max_size=3), st.lists(st.integers(0, 4), min_size=3, max_size=3))


@settings(max_examples=40, deadline=None)
@given(first=month, second=month, place=st.sampled_from(("指标", "总分")))
def test_the_parts_always_sum_to_the_change(
    first: tuple[list[tuple[int, int]], list[int]], second: tuple[list[tuple[int, int]], list[int]], place: str
) -> None:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.system(ORDER, full="10", more=f"取整: {{位置: {place}, 位数: 1}}")
        scheme = office.load()
        boards = []
        for pairs, times in (first, second):
            units = ("甲局", "乙局", "丙局")
            rows = {unit: {"a": low, "b": high} for unit, (low, high) in zip(units, pairs, strict=True)}
            events = [(unit, "迟", "3", count, "") for unit, count in zip(units, times, strict=True) if count]
            tables = dict([office.figures(**rows), office.ledger(*events)])
            boards.append(score_tables(scheme, NOVEMBER, tables, ["体系"])["体系"])
    comparison = compare_boards(boards[1], boards[0])
    for unit, change in comparison.units.items():
        assert sum((cause.change for cause in comparison.causes(unit)), Decimal(0)) == change.change


TASKS = """
- {名称: 甲, 取值: {公式: "[表.a]"}, 计分: {达标: {比较: ">=", 目标: 5}}}
- 名称: 组
  指标:
    - {名称: 乙, 取值: {公式: "[表.b]"}, 计分: {达标: {比较: ">=", 目标: 5}}}
    - {名称: 丙, 取值: {公式: "[表.率]"}, 计分: {达标: {比较: ">=", 目标: 5}}, 不适用: 剔除}
"""


def test_the_share_of_tasks_done_is_taken_apart_into_tasks(office: Office) -> None:
    office.system(TASKS, full="100", more="汇总: 任务完成率\n取整: {位置: 总分, 位数: 2}")
    none = Missing.NOT_APPLICABLE
    before, now = (
        office.board(
            office.table(
                "表", [(unit, {"a": row[0], "b": row[1], "率": row[2]}) for unit in ("甲局", "乙局", "丙局")], period
            ),
            period=period,
        )
        for period, row in ((OCTOBER, (5, 1, none)), (NOVEMBER, (5, 5, 1)))
    )
    # 1 of 2 = 50 before, 2 of 3 = 66.67 now: the mean share is 7/12, the mean number due 5/2, a task is worth 40.
    # 乙 is done: 40; 丙 is newly due and not done: −7/12 × 40 = −23.3333.
    found = told(causes(Pair(now, before), "甲局", {}))
    assert found == [("乙", "40"), ("丙", "-23.3333"), ("取整", "0.0033")]
    assert now.standing_of["甲局"].total == Decimal("66.67")
