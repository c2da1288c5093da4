"""How often a place stays when the weights move: shares that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offices import NOVEMBER, Office, Value
from test_properties import SYSTEM, entries, figures, scored

from tongbao.scoring.engine import score_tables
from tongbao.scoring.scheme import Scheme
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.stability import stability

PLAIN = """
- {名称: 甲, 分值: 50, 取值: {公式: "[表.a]/100"}, 计分: 按比例}
- {名称: 乙, 分值: 50, 取值: {公式: "[表.b]/100"}, 计分: 按比例}
"""
DEDUCTED = """
- 名称: 甲
  分值: 50
  汇总: 基础分扣减
  指标:
    - {名称: 迟, 取值: {台账: {表: 台账, 条款: 迟}}, 计分: {逐次: {扣: 30}}}
- {名称: 乙, 分值: 50, 取值: {公式: "[表.b]/100"}, 计分: 按比例}
"""
COMPOSITE = """
- {名称: 甲, 分值: 50, 取值: {体系: 线上}, 计分: 按比例}
- {名称: 乙, 分值: 50, 取值: {公式: "[表.b]/100"}, 计分: 按比例}
"""
PRORATED = """
- {名称: 甲, 分值: 50, 取值: {公式: "[表.a]/100"}, 计分: 按比例}
- {名称: 乙, 分值: 50, 取值: {公式: "[表.b]/100"}, 计分: 按比例}
- {名称: 丙, 分值: 100, 取值: {公式: "[表.率]"}, 计分: 按比例, 缺失: 剔除}
"""


def boards(office: Office) -> Mapping[str, Scoreboard]:
    """甲局 has all of 甲 and nothing of 乙; 乙局 nothing of 甲 and nine tenths of 乙: 50 against 45; 丙局 nothing."""
    rows: dict[str, Mapping[str, Value]] = {
        "甲局": {"a": 100, "b": 0},
        "乙局": {"a": 0, "b": 90},
        "丙局": {"a": 0, "b": 0},
    }
    ledger = office.ledger(("乙局", "迟", "3", 2, ""), ("丙局", "迟", "3", 2, ""))
    return score_tables(office.load(), NOVEMBER, dict([office.figures(**rows), ledger]))


@pytest.mark.parametrize("text", [PLAIN, DEDUCTED, COMPOSITE, PRORATED])
def test_the_share_is_the_one_worked_out_by_hand(office: Office, text: str) -> None:
    office.system('- {名称: 甲, 分值: 10, 取值: {公式: "[表.a]/100"}, 计分: 按比例}', full="10", name="线上")
    if text is PRORATED:
        office.system(text, full="200", more="汇总: 按适用分值折算\n取整: {位置: 总分, 位数: 2}")
    else:
        office.system(text, full="100")
    found = stability(boards(office)["体系"], boards(office), draws=20_000)
    assert found is not None
    shares = {unit.unit: float(unit.kept) for unit in found.units}
    # The weights are 50(1+x/10) and 50(1+y/10), x and y even between −1 and 1. 乙局 overtakes where
    # 0.9(1+y/10) > 1+x/10, that is x < 0.9y − 1: a triangle with sides 1 and 0.9, area 0.45 of 4, so 11.25%.
    assert shares["甲局"] == pytest.approx(0.8875, abs=0.01)
    assert shares["乙局"] == pytest.approx(0.8875, abs=0.01)  # a tie leaves 甲局 first and moves 乙局 up
    assert shares["丙局"] == 1
    assert [(unit.best, unit.worst) for unit in found.units] == [(1, 2), (1, 2), (3, 3)]


def test_the_same_month_gives_the_same_shares(office: Office) -> None:
    office.system(PLAIN, full="100")
    first, second = (stability(boards(office)["体系"], {}) for _ in range(2))
    assert first is not None
    assert first == second
    assert first.draws == 1000
    office.write("体系.yaml", (office.folder / "scoring/示范市/体系.yaml").read_text("utf-8") + "# 改过\n")
    other = stability(boards(office)["体系"], {})
    assert other is not None
    assert other.seed != first.seed


def test_nobody_ranked_nothing_to_tell(office: Office) -> None:
    office.system('- {名称: 甲, 取值: {公式: "[表.a]"}, 单位: "", 计分: 仅状态}', full=None)
    assert stability(boards(office)["体系"], {}) is None


@pytest.fixture(scope="module", params=["", "排名依据: 精确得分", "取整: {位置: 总分, 位数: 1}"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.system(SYSTEM, full="17.5", groups="部门, 乡镇", more=request.param)
        return office.load()


@settings(max_examples=20, deadline=None)
@given(pairs=st.lists(figures, min_size=5, max_size=5), events=entries)
def test_weights_that_do_not_move_leave_every_place(
    scheme: Scheme, pairs: list[list[int]], events: list[tuple[str, str, int, int]]
) -> None:
    found = stability(scored(scheme, pairs, events), {}, draws=3, spread=Decimal(0))
    assert found is not None
    assert {unit.kept for unit in found.units} == {Decimal(1)}
