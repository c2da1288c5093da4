"""时间加权: 线上 is the mean of eleven months × 50% + November × 50%; the whole is 线上 60% + 线下 40% (R20, R21)."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import NOVEMBER, Office

from tongbao.errors import Code, InvalidError, Severity
from tongbao.inputs.table import Missing, Table
from tongbao.period import Period
from tongbao.scoring.engine import score_tables
from tongbao.scoring.explain import explain
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.tables import needed_tables

DECEMBER = Period(2021, 12)
JULY = Period(2022, 7)
MONTHS = [DECEMBER.shift(number) for number in range(11)]  # 2021-12 … 2022-10
WEIGHTED = """
- 名称: 线上
  分值: 60
  取值: {{体系: {{名称: 线上, 时间加权: [{{期间: 2021-12至2022-10, 权重: 50%}}, {{期间: 2022-11, 权重: 50%}}]{more}}}}}
  计分: 按比例
  缺失: 待核
- 名称: 线下
  分值: 40
  取值: {{体系: {{名称: 线下, 时间加权: [{{期间: 2022-11, 权重: 100%}}]}}}}
  计分: 按比例
"""
Key = tuple[Period, str]


def systems(office: Office, more: str = "") -> None:
    office.system('- {名称: 甲, 分值: 100, 取值: {公式: "[表.a]"}, 计分: 直接, 缺失: 待核}', full="100", name="线上")
    office.system('- {名称: 乙, 分值: 5, 取值: {公式: "[表.b]"}, 计分: 直接}', full="5", name="线下")
    office.system(WEIGHTED.format(more=more), full="100", name="考核")


def month(office: Office, period: Period, points: int | Missing, *, offline: int = 4) -> tuple[Key, Table]:
    """甲局 has the points, the others 60."""
    rows = {"甲局": points, "乙局": 60, "丙局": 60}
    return office.table("表", [(unit, {"a": each, "b": offline}) for unit, each in rows.items()], period)


def year(office: Office, without: Iterable[Period] = ()) -> dict[Key, Table]:
    """甲局: 80, 81 … 90 from December to October, 95 in November."""
    tables = [month(office, period, 80 + number) for number, period in enumerate(MONTHS) if period not in without]
    return dict([*tables, month(office, NOVEMBER, 95)])


def scored(office: Office, tables: dict[Key, Table], period: Period = NOVEMBER) -> Scoreboard:
    return score_tables(office.load(), period, tables, ["考核"])["考核"]


def test_the_printed_weights_worked_by_hand(office: Office) -> None:
    systems(office)
    board = scored(office, year(office))
    # mean of 80 … 90 is 85; 85% × 50% + 95% × 50% = 90%; 60 × 90% = 54. 线下 4/5 × 40 = 32
    assert office.points(board, "线上") == {"甲局": "54.00", "乙局": "36.00", "丙局": "36.00"}
    assert {each.unit: str(each.total) for each in board.standings} == {
        "甲局": "86.00",
        "乙局": "68.00",
        "丙局": "68.00",
    }
    assert not any(standing.provisional for standing in board.standings)
    assert not board.findings


def test_the_trace_shows_every_month_the_mean_and_the_weights(office: Office) -> None:
    systems(office)
    board = scored(office, year(office))
    trace = board.scores["甲局"]["线上",].trace
    assert [(item.name, item.value) for item in trace.inputs[:2]] == [("线上@2021-12", 80), ("线上@2022-01", 81)]
    assert len(trace.inputs) == 12
    assert trace.substituted == "(80＋81＋82＋83＋84＋85＋86＋87＋88＋89＋90)÷11÷100×50%＋95÷100×50%"
    assert trace.steps[:2] == (
        "2021年12月至2022年10月按11个月平均85分（满分100），权重50%",
        "2022年11月95分（满分100），权重50%",
    )
    lines = explain(board, "甲局", "线上")
    assert "数据：线上@2022-10＝90，体系得分，满分100" in lines
    assert len({source.path for source in board.sources}) == 12


def test_each_month_is_scored_by_the_revision_in_force_then(office: Office) -> None:
    systems(office)
    head = "名称: 线上\n来源: 调整\n生效: 2022-08\n对象: {组: [部门]}\n满分: 200\n指标:\n"
    office.write("线上@2022-08.yaml", head + '  - {名称: 甲, 分值: 200, 取值: {公式: "[表.a]+10"}, 计分: 直接}\n')
    board = scored(office, year(office))
    # 2021-12 … 2022-07: 80 … 87 of 100, sum of shares 6.68; 2022-08 … 10: 98, 99, 100 of 200, sum 1.485
    # (6.68 + 1.485) / 11 × 50% + 105/200 × 50% = 0.37113636… + 0.2625 = 0.63363636…; × 60 = 38.018…
    assert office.points(board, "线上")["甲局"] == "38.02"
    assert "÷200" in board.scores["甲局"]["线上",].trace.substituted


def test_all_months_are_asked_for_and_none_that_is_still_to_come(office: Office) -> None:
    systems(office)
    scheme = office.load()
    assert needed_tables(scheme, NOVEMBER, ["考核"]) == {(period, "表") for period in (*MONTHS, NOVEMBER)}
    assert needed_tables(scheme, JULY, ["考核"]) == {(period, "表") for period in MONTHS[:8]}
    assert needed_tables(scheme, Period(2022, 12), ["考核"]) == needed_tables(scheme, NOVEMBER, ["考核"])


def test_before_the_last_month_the_result_is_provisional_and_says_so(office: Office) -> None:
    systems(office)
    board = scored(office, year(office), JULY)
    # 80 … 87: mean 83.5, the only part that has come; 60 × 83.5% = 50.1; 线下 does not count yet (R21)
    assert office.points(board, "线上")["甲局"] == "50.10"
    assert office.points(board, "线下")["甲局"] is None
    standing = board.standing_of["甲局"]
    assert (str(standing.total), standing.provisional) == ("50.10", True)
    assert "初步：2022年8月至2022年11月尚未到，按已到的月份计算" in board.scores["甲局"]["线上",].trace.steps
    assert "尚未到计分的月份，2022年7月不计分" in board.scores["甲局"]["线下",].trace.steps
    assert [(found.code, found.severity) for found in board.findings] == [(Code.PROVISIONAL, Severity.WARNING)] * 2
    assert "“线下”要用“线下”2022年11月的得分，2022年7月的结果为初步" in board.findings[1].message


def test_weights_of_what_has_come_are_scaled_up(office: Office) -> None:
    systems(office)
    office.system(
        WEIGHTED.format(more="").replace(
            "2021-12至2022-10, 权重: 50%", "2021-12, 权重: 20%}, {期间: 2022-01, 权重: 30%"
        ),
        full="100",
        name="考核",
    )
    board = scored(office, year(office), Period(2022, 1))
    # (80% × 20% + 81% × 30%) / 50% = 80.6%; × 60 = 48.36
    assert office.points(board, "线上")["甲局"] == "48.36"
    assert board.scores["甲局"]["线上",].trace.substituted == "(80÷100×20%＋81÷100×30%)÷50%"


def test_after_the_last_month_the_result_stands(office: Office) -> None:
    systems(office)
    board = scored(office, year(office), Period(2022, 12))
    assert str(board.standing_of["甲局"].total) == "86.00"
    assert not board.findings


def test_a_missing_month_is_an_error_told_once(office: Office) -> None:
    systems(office)
    board = scored(office, year(office, without=[Period(2022, 3), Period(2022, 4)]))
    [finding] = board.findings
    assert (finding.code, finding.severity) == (Code.FILE_MISSING, Severity.ERROR)
    assert "2022年3月、2022年4月的得分，没有数据" in finding.message
    assert (finding.place.file, finding.place.line) == ("scoring/示范市/考核.yaml", 7)
    assert office.points(board, "线上")["甲局"] is None


def test_a_missing_month_may_be_left_out_of_the_mean(office: Office) -> None:
    systems(office, ", 缺月: 按实有月数平均")
    board = scored(office, year(office, without=[Period(2022, 3)]))
    # 80 … 90 without 83: 852 / 10 = 85.2; (85.2% + 95%) / 2 = 90.1%; × 60 = 54.06
    assert office.points(board, "线上")["甲局"] == "54.06"
    [finding] = board.findings
    assert (finding.code, finding.severity) == (Code.FILE_MISSING, Severity.WARNING)
    assert "缺“线上”2022年3月的得分，按实有月数平均" in finding.message
    step = "2021年12月至2022年10月按10个月平均85.2分（满分100），权重50%，未计2022年3月（没有数据）"
    assert step in board.scores["甲局"]["线上",].trace.steps


@pytest.mark.parametrize(("more", "points"), [("", None), (", 缺月: 按实有月数平均", "54.06")])
def test_a_unit_without_a_score_in_one_month(office: Office, more: str, points: str | None) -> None:
    systems(office, more)
    tables = year(office) | dict([month(office, Period(2022, 3), Missing.BLANK)])
    board = scored(office, tables)
    assert office.points(board, "线上") == {"甲局": points, "乙局": "36.00", "丙局": "36.00"}
    if points is None:  # 缺失: 待核
        assert board.standing_of["甲局"].provisional
        assert "2022年3月数据待核，暂无得分" in board.findings[0].message


def test_a_stretch_without_any_score_is_missing(office: Office) -> None:
    systems(office, ", 缺月: 按实有月数平均")
    board = scored(office, dict([month(office, NOVEMBER, 95)]))
    assert office.points(board, "线上")["甲局"] is None
    assert any("2021年12月至2022年10月没有体系“线上”的得分（没有数据）" in each.message for each in board.findings)


def test_an_error_in_another_month_is_an_error_of_the_whole(office: Office) -> None:
    systems(office)
    tables = year(office) | dict([month(office, Period(2022, 3), 101)])
    board = scored(office, tables)
    assert any(each.severity is Severity.ERROR and "甲局“甲”" in each.message for each in board.findings)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("{期间: 2021-12至2022-10, 权重: 50%}, {期间: 2022-11, 权重: 40%}", "合计为100%"),
        ("{期间: 2021-12至2022-11, 权重: 50%}, {期间: 2022-11, 权重: 50%}", "重复的月份"),
        ("{期间: 2022-10至2021-12, 权重: 100%}", "止月早于起月"),
        ("{期间: 2022年10月, 权重: 100%}", "应写成 2022-11 的形式"),
    ],
)
def test_weights_that_cannot_be_meant(office: Office, lines: str, words: str) -> None:
    systems(office)
    part = f"取值: {{体系: {{名称: 线上, 时间加权: [{lines}]}}}}"
    office.system(f"- {{名称: 线上, 分值: 60, {part}, 计分: 按比例}}", full="60", name="考核")
    with pytest.raises(InvalidError) as caught:
        office.load()
    [finding] = caught.value.findings
    assert words in finding.message
    assert finding.place.line == 6


def test_months_in_which_the_part_is_not_in_force_are_told(office: Office) -> None:
    systems(office)
    office.system(
        '- {名称: 甲, 分值: 1, 取值: {公式: "[表.a]"}, 计分: 直接}', full="1", name="线上", more="生效: 2022-02"
    )
    with pytest.raises(InvalidError) as caught:
        office.load()
    [finding] = caught.value.findings
    assert "体系“线上”在2021年12月、2022年1月没有生效的修订" in finding.message


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(points=st.lists(st.integers(0, 100), min_size=12, max_size=12), index=st.integers(0, 11), rise=st.integers(1, 9))
def test_a_better_month_never_lowers_the_year(office: Office, points: list[int], index: int, rise: int) -> None:
    if not (office.folder / "scoring" / "示范市" / "考核.yaml").exists():
        systems(office)
    better = [*points]
    better[index] = min(100, better[index] + rise)
    scheme = office.load()
    one, other = (
        score_tables(
            scheme,
            NOVEMBER,
            dict(month(office, at, each) for at, each in zip((*MONTHS, NOVEMBER), series, strict=True)),
            ["考核"],
        )["考核"].scores["甲局"]["线上",]
        for series in (points, better)
    )
    assert 0 <= one.points <= other.points <= 60
