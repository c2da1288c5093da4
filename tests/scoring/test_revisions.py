"""A system that changes in mid-year: every month is scored by what was in force then (R24)."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import TABLES, Office

from tongbao.errors import Code, Finding, InvalidError, Severity
from tongbao.inputs.contract import Tables
from tongbao.period import Period
from tongbao.scoring.engine import score_tables
from tongbao.scoring.explain import explain
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.tables import needed_tables

MAY, JUNE, JULY, DECEMBER = (Period(2022, month) for month in (5, 6, 7, 12))
# 附件3: 97 points are laid down, 3 are held back for “动态调整评价事项”. In July the matter is laid down.
LAID_DOWN = """\
名称: 政务公开
来源: 附件3
对象: {组: [部门]}
满分: 97
指标:
  - {名称: 公开, 分值: 97, 取值: {公式: "[表.a]/[表.b]"}, 计分: 按比例}
"""
WITH_RESERVE = """\
名称: 政务公开
来源: 附件3及动态调整通知
生效: 2022-07
对象: {组: [部门]}
满分: 100
指标:
  - {名称: 公开, 分值: 97, 取值: {公式: "[表.a]/[表.b]"}, 计分: 按比例}
  - {名称: 动态调整评价事项, 分值: 3, 取值: {公式: "[表.率]"}, 计分: 按比例}
"""
# 局部调整: 注册率 gives 20 of its 40 points to 满意率.
BEFORE = """\
名称: 线上
来源: 指标体系
截止: 2022-06
对象: {组: [部门]}
满分: 40
指标:
  - {名称: 注册率, 分值: 40, 取值: {公式: "[表.a]/[表.b]"}, 计分: 按比例}
"""
AFTER = """\
名称: 线上
来源: 局部调整后的指标体系
生效: 2022-07
对象: {组: [部门]}
满分: 40
指标:
  - {名称: 注册率, 分值: 20, 取值: {公式: "[表.a]/[表.b]"}, 计分: 按比例}
  - {名称: 满意率, 分值: 20, 取值: {公式: "[表.率]"}, 计分: 按比例}
"""


def board(office: Office, period: Period, name: str) -> Scoreboard:
    rows = [(unit, {"a": 3, "b": 4, "率": rate}) for unit, rate in (("甲局", 1), ("乙局", 0), ("丙局", 0))]
    return office.board(office.table("表", rows, period), period=period, name=name)


def totals(scored: Scoreboard) -> dict[str, str]:
    return {standing.unit: str(standing.total) for standing in scored.standings}


def findings(office: Office) -> list[Finding]:
    with pytest.raises(InvalidError) as caught:
        office.load()
    return list(caught.value.findings)


def test_a_matter_laid_down_in_july_counts_from_july_on(office: Office) -> None:
    office.write("政务公开.yaml", LAID_DOWN)
    office.write("政务公开@2022-07.yaml", WITH_RESERVE)
    june, july = board(office, JUNE, "政务公开"), board(office, JULY, "政务公开")
    # 97 × 3/4 = 72.75; from July on 甲局 has the 3 points of the new matter as well
    assert totals(june) == {"甲局": "72.75", "乙局": "72.75", "丙局": "72.75"}
    assert totals(july) == {"甲局": "75.75", "乙局": "72.75", "丙局": "72.75"}
    assert [standing.rank for standing in june.standings] == [1, 1, 1]
    assert [standing.rank for standing in july.standings] == [1, 2, 2]
    assert (june.system.full, july.system.full) == (97, 100)
    assert not june.findings
    assert not july.findings


def test_a_local_adjustment_moves_points_and_the_old_month_keeps_its_score(office: Office) -> None:
    office.write("线上.yaml", BEFORE)
    office.write("线上@2022-07.yaml", AFTER)
    # 40 × 3/4 = 30, then 20 × 3/4 = 15 and 20 × 率
    assert totals(board(office, JUNE, "线上")) == {"甲局": "30.00", "乙局": "30.00", "丙局": "30.00"}
    assert totals(board(office, JULY, "线上")) == {"甲局": "35.00", "乙局": "15.00", "丙局": "15.00"}


def test_the_trace_names_the_file_that_was_in_force(office: Office) -> None:
    office.write("政务公开.yaml", LAID_DOWN)
    office.write("政务公开@2022-07.yaml", WITH_RESERVE)
    for period, text, source in (
        (JUNE, LAID_DOWN, "附件3（定义"),
        (JULY, WITH_RESERVE, "附件3及动态调整通知（2022年7月起的定义"),
    ):
        scored = board(office, period, "政务公开")
        digest = hashlib.sha256(text.encode()).hexdigest()
        assert scored.digest == digest
        assert f"依据：{source} sha256 {digest}）" in explain(scored, "甲局", "公开")


def test_only_the_tables_of_the_revision_in_force_are_asked_for(office: Office) -> None:
    office.write("政务公开.yaml", LAID_DOWN)
    office.write("政务公开@2022-07.yaml", WITH_RESERVE.replace("[表.率]", "[全局.总数]/[全局.总数@2021-12]"))
    scheme = office.load()
    assert set(needed_tables(scheme, JUNE)) == {(JUNE, "表")}
    assert set(needed_tables(scheme, JULY)) == {(JULY, "表"), (JULY, "全局"), (Period(2021, 12), "全局")}


def test_months_before_between_and_after_the_revisions_are_not_scored(office: Office) -> None:
    office.write("线上.yaml", BEFORE.replace("截止: 2022-06", "生效: 2022-06\n截止: 2022-06"))
    office.write("线上@2022-12.yaml", AFTER.replace("生效: 2022-07", "生效: 2022-12\n截止: 2022-12"))
    scheme = office.load()
    for period, words, file in (
        (MAY, "自2022年6月起生效，不能用于2022年5月", "线上.yaml"),
        (JULY, "2022年6月截止，2022年7月没有生效的修订", "线上.yaml"),
        (Period(2023, 1), "2022年12月截止，2023年1月没有生效的修订", "线上@2022-12.yaml"),
    ):
        [finding] = board(office, period, "线上").findings
        assert (finding.code, finding.severity) == (Code.VALUE_INVALID, Severity.ERROR)
        assert words in finding.message
        assert finding.place.file == f"scoring/示范市/{file}"
        assert "线上" in scheme.at(period).lapsed
    assert not board(office, JUNE, "线上").findings
    assert not board(office, DECEMBER, "线上").findings


def test_a_unit_is_evaluated_only_under_the_revisions_that_name_it(office: Office) -> None:
    office.write("线上.yaml", BEFORE.replace("{组: [部门]}", "{包括: [甲局, 乙局]}"))
    office.write("线上@2022-07.yaml", AFTER.replace("{组: [部门]}", "{包括: [乙局, 丙局]}"))
    assert list(board(office, JUNE, "线上").scores) == ["甲局", "乙局"]
    assert list(board(office, JULY, "线上").scores) == ["乙局", "丙局"]
    # 丁镇 and 戊镇 are in no revision at all: in the roster, in the table, on no board
    assert not board(office, JULY, "线上").findings


def test_a_gap_is_told_with_both_lines(office: Office) -> None:
    office.write("线上.yaml", BEFORE)
    office.write("线上@2022-12.yaml", AFTER.replace("生效: 2022-07", "生效: 2022-12"))
    [gap] = office.load().notes
    assert gap.severity is Severity.WARNING
    assert "2022年7月至2022年11月没有修订" in gap.message
    assert "scoring/示范市/线上.yaml 第3行" in gap.message
    assert (gap.place.file, gap.place.line) == ("scoring/示范市/线上@2022-12.yaml", 3)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (BEFORE.replace("截止: 2022-06", "截止: 2022-07"), AFTER),
        (BEFORE.replace("截止: 2022-06", "生效: 2022-07"), AFTER),
    ],
)
def test_two_revisions_for_one_month_are_an_error_with_both_lines(office: Office, earlier: str, later: str) -> None:
    office.write("线上.yaml", earlier)
    office.write("线上@2022-07.yaml", later)
    [finding] = [each for each in findings(office) if each.place.file.endswith("@2022-07.yaml")]
    assert "scoring/示范市/线上.yaml 第3行" in finding.message
    assert finding.place.line == 3


def test_two_files_of_one_name_without_months_are_an_error(office: Office) -> None:
    office.write("线上.yaml", LAID_DOWN)
    office.write("线上又.yaml", LAID_DOWN)
    [finding] = findings(office)
    assert "“政务公开”在 scoring/示范市/线上.yaml 第1行第1列 已有一个修订" in finding.message
    assert (finding.place.file, finding.place.line) == ("scoring/示范市/线上又.yaml", 1)


@pytest.mark.parametrize("name", ["线上@2022-08.yaml", "线下@2022-07.yaml", "线上@二.yaml"])
def test_a_file_named_for_another_month_or_system_is_an_error(office: Office, name: str) -> None:
    office.write("线上.yaml", BEFORE)
    office.write(name, AFTER)
    [finding] = findings(office)
    assert finding.code is Code.VALUE_INVALID
    assert name.removesuffix(".yaml") in finding.message


def test_an_end_before_the_beginning_is_an_error(office: Office) -> None:
    office.write("线上.yaml", BEFORE.replace("截止: 2022-06", "生效: 2022-07\n截止: 2022-06"))
    [finding] = findings(office)
    assert "截止 2022-06 早于 生效 2022-07" in finding.message


def test_revisions_that_are_not_in_force_are_checked_too(office: Office) -> None:
    office.write("线上.yaml", BEFORE.replace("[表.b]", "[表.乌有]"))
    office.write("线上@2022-07.yaml", AFTER.replace("满分: 40", "满分: 41"))
    told = {(finding.place.file.rsplit("/")[-1], finding.place.line, finding.code) for finding in findings(office)}
    assert told == {
        ("线上.yaml", 7, Code.REFERENCE_UNKNOWN),
        ("线上@2022-07.yaml", 5, Code.WEIGHTS),
    }


def test_examples_of_every_revision_are_worked_through(office: Office) -> None:
    office.write("线上.yaml", BEFORE + "算例: [{指标: 注册率, 输入: {表.a: 3, 表.b: 4}, 得分: 30}]\n")
    office.write("线上@2022-07.yaml", AFTER + "算例: [{指标: 注册率, 输入: {表.a: 3, 表.b: 4}, 得分: 30}]\n")
    [finding] = findings(office)
    assert finding.code is Code.EXAMPLE_FAILED
    assert finding.place.file == "scoring/示范市/线上@2022-07.yaml"
    assert "应得30分，算得的结果是得15分" in finding.message


RENAMED_COLUMN = """
  - 名称: 表
    文件: 新表.xlsx
    单位列: 部门
    生效: 2022-07
    列:
      - {名称: a, 表头: 办结数, 类型: 小数}
      - {名称: b, 类型: 小数}
      - {名称: 率, 类型: 百分数}
"""


def test_a_table_may_look_different_from_a_month_on(office: Office) -> None:
    office.write("数据表.yaml", TABLES + RENAMED_COLUMN)
    office.write("政务公开.yaml", LAID_DOWN.replace("[表.b]", "[表.b@上月]"))
    scheme = office.load()

    def contract(tables: Tables) -> tuple[str, str | None, str | None]:
        [table] = [table for table in tables.tables if table.name == "表"]
        return table.file, table.unit_header, table.columns[0].header

    assert contract(scheme.at(JUNE).contracts) == ("表.xlsx", "单位", None)
    assert contract(scheme.at(JULY).contracts) == ("新表.xlsx", "部门", "办结数")
    assert scheme.at(MAY).contracts.tables == scheme.at(JUNE).contracts.tables


def test_tables_overlap_and_lapse_like_systems(office: Office) -> None:
    office.write("政务公开.yaml", LAID_DOWN)
    office.write("数据表.yaml", TABLES + RENAMED_COLUMN.replace("生效", "截止"))
    assert "数据表“表”在 scoring/示范市/数据表.yaml 第3行" in findings(office)[0].message
    office.write("数据表.yaml", TABLES.replace("文件: 表.xlsx", "文件: 表.xlsx\n    生效: 2022-07"))
    finding = findings(office)[0]
    assert finding.code is Code.REFERENCE_UNKNOWN
    assert "数据表“表”只约定了2022年7月起的样子" in finding.message


later_months = st.lists(st.integers(7, 12), unique=True, max_size=3)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(months=later_months, weight=st.integers(4, 96))
def test_whatever_is_revised_later_a_month_keeps_its_board(office: Office, months: list[int], weight: int) -> None:
    for path in office.folder.rglob("政务公开*.yaml"):
        path.unlink()
    office.write("政务公开.yaml", LAID_DOWN)
    before = board(office, JUNE, "政务公开")
    for month in months:
        revised = WITH_RESERVE.replace("2022-07", f"2022-{month:02d}")
        revised = revised.replace("分值: 97,", f"分值: {weight},").replace("分值: 3,", f"分值: {100 - weight},")
        office.write(f"政务公开@2022-{month:02d}.yaml", revised)
    after = board(office, JUNE, "政务公开")
    assert after == before
    changed = board(office, DECEMBER, "政务公开") if months else None
    assert changed is None or changed.system.full == 100


def test_a_system_that_is_not_in_force_does_not_stop_the_others(office: Office) -> None:
    office.write("政务公开.yaml", LAID_DOWN)
    office.write("线上.yaml", AFTER)
    key, table = office.table("表", [(unit, {"a": 3, "b": 4, "率": 1}) for unit in ("甲局", "乙局", "丙局")], JUNE)
    boards = score_tables(office.load(), JUNE, {key: table})
    assert list(boards) == ["政务公开"]
    assert not boards["政务公开"].findings
