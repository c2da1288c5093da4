"""Totals, bounds, rounding and places."""

from __future__ import annotations

from decimal import Decimal

import pytest
from offices import NOVEMBER, Office

from tongbao.errors import Code, UsageError
from tongbao.inputs.table import Missing
from tongbao.period import Period
from tongbao.scoring.engine import score_tables

THIRDS = """
- {名称: 甲, 分值: 1, 取值: {公式: "[表.a]/3"}, 计分: 按比例}
- {名称: 乙, 分值: 1, 取值: {公式: "[表.b]/3"}, 计分: 按比例}
"""
EXCLUDING = """
- {名称: 甲, 分值: 60, 取值: {公式: "[表.a]/[表.b]"}, 计分: 按比例, 不适用: 剔除}
- {名称: 乙, 分值: 40, 取值: {公式: "[表.率]"}, 计分: 按比例, 不适用: 剔除}
"""


def test_rounded_parts_sum_to_the_published_total(office: Office) -> None:
    office.system(THIRDS, full="2")
    board = office.board(office.figures(甲局={"a": 2, "b": 2}, 乙局={"a": 1, "b": 1}, 丙局={"a": 0, "b": 3}))
    totals = {standing.unit: (str(standing.total), standing.rank) for standing in board.standings}
    assert totals == {"甲局": ("1.34", 1), "丙局": ("1.00", 2), "乙局": ("0.66", 3)}  # 0.67+0.67, 0+1, 0.33+0.33


def test_rounding_once_at_the_total(office: Office) -> None:
    office.system(THIRDS, full="2", more="取整: {位置: 总分, 位数: 1}")
    board = office.board(office.figures(甲局={"a": 2, "b": 2}, 乙局={"a": 1, "b": 1}, 丙局={"a": 0, "b": 3}))
    assert [str(standing.total) for standing in board.standings] == ["1.3", "1.0", "0.7"]
    assert str(board.standing_of["丙局"].exact) == "1"


def test_r25_ties_share_a_place_and_the_next_is_left_out(office: Office) -> None:
    office.system('- {名称: 甲, 分值: 3, 取值: {公式: "[表.a]/3"}, 计分: 按比例}', groups="部门, 乡镇")
    board = office.board(office.figures(甲局={"a": 1}, 乙局={"a": 2}, 丙局={"a": 2}, 丁镇={"a": 0}, 戊镇={"a": 1}))
    assert [(each.group, each.unit, each.rank, each.peers) for each in board.standings] == [
        ("部门", "乙局", 1, 3), ("部门", "丙局", 1, 3), ("部门", "甲局", 3, 3),
        ("乡镇", "戊镇", 1, 2), ("乡镇", "丁镇", 2, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(("rank_by", "ranks"), [("公布得分", [1, 1, 3]), ("精确得分", [1, 2, 3])])
def test_r25_published_or_exact(office: Office, rank_by: str, ranks: list[int]) -> None:
    office.system(
        '- {名称: 甲, 分值: 1, 取值: {公式: "[表.a]"}, 单位: "", 计分: 按比例}',
        full="1",
        more=f"取整: {{位置: 总分, 位数: 1}}\n排名依据: {rank_by}",
    )
    board = office.board(
        office.figures(甲局={"a": Decimal("0.71")}, 乙局={"a": Decimal("0.69")}, 丙局={"a": Decimal("0.3")})
    )
    assert [standing.rank for standing in board.standings] == ranks


def test_r18_what_does_not_apply_is_left_out_and_the_rest_scaled(office: Office) -> None:
    office.system(EXCLUDING, full="100", more="汇总: 按适用分值折算\n取整: {位置: 总分, 位数: 2}")
    none = Missing.NOT_APPLICABLE
    board = office.board(
        office.figures(
            甲局={"a": 1, "b": 2, "率": Decimal("0.9")},
            乙局={"a": none, "b": 2, "率": Decimal("0.9")},
            丙局={"a": none, "b": none, "率": none},
        )
    )
    assert [(each.unit, each.total) for each in board.standings] == [
        ("乙局", Decimal("90.00")), ("甲局", Decimal("66.00")), ("丙局", None),
    ]  # fmt: skip
    assert (board.standing_of["丙局"].rank, board.standing_of["丙局"].reason) == (None, "没有适用的计分指标")
    assert board.standing_of["甲局"].peers == 2
    assert not board.findings


def test_left_out_without_scaling_is_said_aloud(office: Office) -> None:
    office.system(EXCLUDING, full="100")
    board = office.board(
        office.figures(
            甲局={"a": 1, "b": 2, "率": Missing.NOT_APPLICABLE},
            乙局={"a": 1, "b": 2, "率": Decimal(1)},
            丙局={"a": 1, "b": 2, "率": Decimal(1)},
        )
    )
    assert [(found.code, str(found.severity)) for found in board.findings] == [(Code.VALUE_MISSING, "警告")]
    assert "满分减为60分" in board.findings[0].message


def test_objects_of_an_indicator(office: Office) -> None:
    office.system(
        """
        - {名称: 甲, 分值: 1, 取值: {公式: "[表.a]/3"}, 计分: 按比例}
        - 名称: 乙
          分值: 2
          对象: {组: [部门], 不包括: [乙局]}
          取值: {公式: "[表.a]/3"}
          计分: 按比例
          不适用: {得分率: 50%}
        """
    )
    board = office.board(office.figures(甲局={"a": 3}, 乙局={"a": 3}, 丙局={"a": 0}))
    assert office.points(board, "乙") == {"甲局": "2.00", "乙局": "1.00", "丙局": "0.00"}
    assert not board.scores["乙局"]["乙",].applicable


PARTS = """
- {名称: 线上, 分值: 60, 取值: {体系: 线上}, 计分: 按比例, 缺失: 待核}
- {名称: 线下, 分值: 40, 取值: {体系: 线下}, 计分: 按比例, 上限: 100%, 缺失: 待核}
"""


def parts(office: Office) -> None:
    office.system('- {名称: 甲, 分值: 10, 取值: {公式: "[表.a]"}, 计分: 直接, 缺失: 待核}', full="10", name="线上")
    office.system('- {名称: 乙, 分值: 5, 取值: {公式: "[表.b]"}, 计分: 直接, 缺失: 待核}', full="5", name="线下")
    office.system(PARTS, full="100", name="总分")


def test_r21_parts_of_60_and_40(office: Office) -> None:
    parts(office)
    tables = dict([office.figures(甲局={"a": 9, "b": 4}, 乙局={"a": 10, "b": 5}, 丙局={"a": 0, "b": 0})])
    boards = score_tables(office.load(), NOVEMBER, tables, ["总分"])
    assert list(boards) == ["总分", "线上", "线下"]
    assert {each.unit: str(each.total) for each in boards["总分"].standings} == {
        "乙局": "100.00", "甲局": "86.00", "丙局": "0.00",
    }  # fmt: skip
    trace = boards["总分"].scores["甲局"]["线上",].trace
    assert trace.substituted == "9.00÷10"


def test_r21_an_absent_part_makes_the_total_provisional(office: Office) -> None:
    parts(office)
    board = office.board(
        office.figures(甲局={"a": 9, "b": Missing.BLANK}, 乙局={"a": 10, "b": 5}, 丙局={"a": 1, "b": 1}), name="总分"
    )
    standing = board.standing_of["甲局"]
    assert (str(standing.total), standing.provisional) == ("54.00", True)
    assert not board.standing_of["乙局"].provisional


def test_a_part_with_bonus_is_held_at_its_cap(office: Office) -> None:
    parts(office)
    office.system(
        """
        - {名称: 乙, 分值: 5, 取值: {公式: "[表.b]"}, 计分: 直接}
        - {名称: 加分, 加分: 是, 分值: 5, 指标: [{名称: 奖, 取值: {台账: {表: 台账, 条款: 奖}}, 计分: {逐次: {加: 1}}}]}
        """,
        full="5",
        name="线下",
    )
    board = office.board(
        office.figures(甲局={"a": 10, "b": 5}, 乙局={"a": 10, "b": 4}, 丙局={"a": 0, "b": 0}),
        office.ledger(("甲局", "奖", "1", 2, ""), ("乙局", "奖", "1", 1, "")),
        name="总分",
    )
    assert str(board.standing_of["甲局"].total) == "100.00"
    assert "比率140%超过上限100%，按100%计" in board.scores["甲局"]["线下",].trace.steps
    assert not board.findings


def test_unknown_systems_are_suggested(office: Office) -> None:
    parts(office)
    with pytest.raises(UsageError, match=r"没有体系“线土”。.*线上"):
        score_tables(office.load(), NOVEMBER, {}, ["线土"])


def test_a_system_is_not_used_before_it_takes_effect(office: Office) -> None:
    office.system('- {名称: 甲, 分值: 3, 取值: {公式: "[表.a]"}, 计分: 直接}', more="生效: 2022-12")
    board = office.board(office.figures(甲局={"a": 1}, 乙局={"a": 1}, 丙局={"a": 1}))
    assert [found.code for found in board.findings] == [Code.VALUE_INVALID]
    assert board.findings[0].place.line == 5
    december = office.table("表", [(unit, {"a": 1}) for unit in ("甲局", "乙局", "丙局")], Period(2022, 12))
    assert not office.board(december, period=Period(2022, 12)).findings
