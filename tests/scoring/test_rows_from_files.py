"""Limits and frequencies from the files that an office sends: months of a window, moments, the workspace's calendar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from offices import NOVEMBER, Office

from tongbao.errors import Code, Severity
from tongbao.period import Period
from tongbao.scoring.engine import Scored, score

TABLES = """
数据表:
  - 名称: 培训台账
    文件: 培训.csv
    形式: 台账
    单位列: 单位
    列: [{名称: 条款, 类型: 文本}, {名称: 日期, 类型: 日期}]
  - 名称: 投诉台账
    文件: 投诉.csv
    形式: 台账
    单位列: 单位
    列: [{名称: 收到, 类型: 时刻}, {名称: 答复, 类型: 时刻, 必填: 否}, {名称: 类别, 类型: 文本}]
"""
TRAINING = "- {名称: 培训, 分值: 20, 取值: {频次: {表: 培训台账, 条款: 培训, 每: 2月, 至少: 1}}, 计分: {逐次: {扣: 5}}}"
COMPLAINTS = """
- 名称: 答复
  分值: 10
  取值: {时限: {表: 投诉台账, 起: 收到, 止: 答复, 类别: 类别, 限: {紧急: 24小时, 一般: 5工作日}}}
  计分: 按比例
  分母为零: 满分
"""
DECEMBER = Period(2022, 12)


def put(office: Office, period: Period, name: str, text: str) -> None:
    path: Path = office.folder / "inputs" / str(period) / "示范市" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def prepared(office: Office, indicators: str, full: str, files: Mapping[tuple[Period, str], str]) -> Office:
    office.write("数据表.yaml", TABLES)
    office.system(indicators, full=full)
    for (period, name), text in files.items():
        put(office, period, name, text)
    return office


def points(office: Office, scored: Scored, name: str) -> dict[str, str | None]:
    return office.points(scored.boards["体系"], name)


def test_a_window_of_two_months_reads_both_ledgers(office: Office) -> None:
    files = {
        (NOVEMBER, "培训.csv"): "单位,条款,日期\n甲局,培训,2022-11-03\n乙局,培训,2022-11-30\n",
        (DECEMBER, "培训.csv"): "单位,条款,日期\n乙局,培训,2022-12-01\n",
    }
    prepared(office, TRAINING, "20", files)
    scored = score(office.folder, office.load(), DECEMBER)
    assert [found for found in scored.findings if found.severity is Severity.ERROR] == []
    assert points(office, scored, "培训") == {"甲局": "20.00", "乙局": "20.00", "丙局": "15.00"}
    assert {source.path for source in scored.boards["体系"].sources} == {
        "inputs/2022-11/示范市/培训.csv", "inputs/2022-12/示范市/培训.csv",
    }  # fmt: skip


def test_the_ledger_of_an_earlier_month_that_was_not_sent_is_an_error(office: Office) -> None:
    prepared(office, TRAINING, "20", {(DECEMBER, "培训.csv"): "单位,条款,日期\n乙局,培训,2022-12-01\n"})
    scored = score(office.folder, office.load(), DECEMBER)
    errors = [found for found in scored.findings if found.severity is Severity.ERROR]
    assert [found.code for found in errors] == [Code.FILE_MISSING]
    assert "2022-11" in errors[0].place.file


def test_hours_and_working_days_by_the_workspace_calendar(office: Office) -> None:
    rows = (
        "单位,收到,答复,类别\n"
        "甲局,2022-11-03 09:30,2022年11月4日9时30分,紧急\n"
        "甲局,2022-11-03 09:30,2022-11-04 09:31,紧急\n"
        "甲局,2022-11-03 09:30,2022-11-14 18:00,一般\n"  # five working days: 4, 7, 8, 9, 10 — and 14 with the days off
    )
    prepared(office, COMPLAINTS, "10", {(NOVEMBER, "投诉.csv"): rows})
    scored = score(office.folder, office.load(), NOVEMBER)
    assert points(office, scored, "答复")["甲局"] == "3.33"
    own = "年份:\n  2022:\n    放假: [2022-11-09, 2022-11-10]\n"  # 4, 7, 8, 11, 14
    (office.folder / "scoring" / "工作日历.yaml").write_text(own, "utf-8")
    scored = score(office.folder, office.load(), NOVEMBER)
    assert points(office, scored, "答复")["甲局"] == "6.67"


def test_a_moment_without_a_time_is_told_at_its_cell(office: Office) -> None:
    rows = "单位,收到,答复,类别\n甲局,2022-11-03,2022-11-04 09:00,紧急\n"
    prepared(office, COMPLAINTS, "10", {(NOVEMBER, "投诉.csv"): rows})
    scored = score(office.folder, office.load(), NOVEMBER)
    errors = [found for found in scored.findings if found.severity is Severity.ERROR]
    assert [(found.code, found.place.cell) for found in errors] == [(Code.CELL_NOT_DATE, "B2")]
