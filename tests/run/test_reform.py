"""A reform of the units in mid-year, from workbooks to the notice: each month speaks of its own units."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import workspaces
from click.testing import CliRunner, Result
from workspaces import NOVEMBER, Row, replaced

from tongbao.cli import main
from tongbao.errors import Code, Finding, Severity
from tongbao.period import Period
from tongbao.run import batch
from tongbao.run.outcomes import State

OCTOBER = Period(2022, 10)
UNITS = "scoring/甲县/单位名录.yaml"
OLD: tuple[Row, ...] = (
    ("县公安局", 100, 95, "98.00%"),
    ("县税务局", 200, 150, "90.00%"),
    ("县大数据局", 50, 10, "60.00%"),
    ("县旅游局", 100, 50, "80.00%"),
)
NEW: tuple[Row, ...] = (
    ("县公安局", 100, 95, "98.00%"),
    ("县税务局", 200, 150, "90.00%"),
    ("县数据局", 50, 50, "99.00%"),
)


@pytest.fixture
def reform(workspace: Path) -> Path:
    """In November 县大数据局 is renamed and 县旅游局 merged into 县税务局."""
    lines = "{名称: 县大数据局}\n      - {名称: 县数据局, 生效: 2022-11, 更名自: 县大数据局}\n"
    lines += "      - {名称: 县旅游局, 截止: 2022-10, 并入: 县税务局}"
    replaced(workspace, UNITS, "{名称: 县退役军人事务局}", lines)
    replaced(workspace, "reports/甲县通报.yaml", "拟议:", "历史: 1\n拟议:")
    workspaces.fill(workspace, rows=OLD, month="2022-10")
    workspaces.fill(workspace, rows=NEW)
    return workspace


def errors(workspace: Path, period: Period = NOVEMBER) -> list[Finding]:
    [outcome] = batch.check(workspace, period)
    return [finding for finding in outcome.findings if finding.severity is Severity.ERROR]


def tongbao(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_each_month_is_made_with_its_own_units_and_the_changes_are_told(reform: Path) -> None:
    assert batch.run(reform, OCTOBER)[0].state is State.MADE
    [outcome] = batch.run(reform, NOVEMBER)
    assert outcome.state is State.MADE, outcome.findings
    [told] = [finding for finding in outcome.findings if finding.code is Code.UNIT_CHANGED]
    assert told.severity is Severity.WARNING
    assert "2022年11月“县大数据局”更名为“县数据局”；2022年11月“县旅游局”并入“县税务局”" in told.message
    assert told.place.file == UNITS


@pytest.mark.parametrize(
    ("month", "rows", "unit", "words", "remedy"),
    [
        (NOVEMBER, OLD, "县大数据局", "自2022年11月起更名为“县数据局”", "请改写为“县数据局”"),
        (NOVEMBER, OLD, "县旅游局", "自2022年11月起并入“县税务局”", "请把数字并入“县税务局”那一行，不要另填一行"),
        (OCTOBER, NEW, "县数据局", "2022年10月叫“县大数据局”", "请写当时的名称“县大数据局”"),
    ],
)
def test_a_row_of_a_unit_of_another_time_is_told_with_its_cell(
    reform: Path, month: Period, rows: tuple[Row, ...], unit: str, words: str, remedy: str
) -> None:
    workspaces.fill(reform, rows=rows, month=str(month))
    [finding] = [each for each in errors(reform, month) if f"“{unit}”" in each.message and each.place.cell]
    assert finding.code is Code.UNIT_CHANGED
    assert words in finding.message
    assert finding.remedy == remedy
    row = 2 + [each[0] for each in rows].index(unit)
    assert (finding.place.file, finding.place.cell) == (workspaces.BOOK.replace("2022-11", str(month)), f"A{row}")


def test_only_units_of_the_month_have_to_report(reform: Path) -> None:
    assert not errors(reform)
    workspaces.fill(reform, rows=NEW[:2])
    [finding] = errors(reform)
    assert finding.code is Code.UNIT_ABSENT
    assert "有1个单位没有填报：县数据局" in finding.message


def test_a_notice_compares_a_renamed_unit_with_itself(reform: Path) -> None:
    [shown] = [
        line for line in tongbao("diff", "2022-10", "2022-11", "-C", reform).output.splitlines() if "县数据局" in line
    ][:1]
    # October: 4 × 20% + 6 × 60% = 4.4; November: 4 + 5.94 = 9.94; + 5.54
    assert "5.54" in shown


@pytest.mark.parametrize("name", ["县数据局", "县大数据局"])
def test_the_register_tells_the_history_under_all_names(reform: Path, name: str) -> None:
    for period in (OCTOBER, NOVEMBER):
        assert batch.run(reform, period)[0].state is State.MADE
    told = json.loads(tongbao("history", name, "-C", reform, "--json").output)
    # October 4 × 20% + 6 × 60% = 4.4, November 4 × 100% + 6 × 99% = 9.94
    assert [(each["period"], each["unit"], each["total"]) for each in told["standings"]] == [
        ("2022-10", "县大数据局", "4.40"),
        ("2022-11", "县数据局", "9.94"),
    ]
    merged = json.loads(tongbao("history", "县税务局", "-C", reform, "--json").output)
    assert {each["unit"] for each in merged["standings"]} == {"县税务局"}


def test_explaining_a_unit_under_the_wrong_name_says_the_right_one(reform: Path) -> None:
    assert tongbao("explain", "2022-10", "甲县", "县大数据局", "-C", reform).exit_code == 0
    wrong = tongbao("explain", "2022-11", "甲县", "县大数据局", "-C", reform)
    assert wrong.exit_code == 2
    assert "2022年11月没有“县大数据局”：自2022年11月起更名为“县数据局”。请改写为“县数据局”" in wrong.output
