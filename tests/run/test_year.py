"""A year's result out of monthly ones, from workbooks to the notice (R20)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import workspaces
from workspaces import NOVEMBER, Row, replaced, write

from tongbao.errors import Code, Severity
from tongbao.period import Period
from tongbao.run import batch
from tongbao.run.outcomes import State
from tongbao.scoring.engine import score
from tongbao.scoring.scheme import load_scheme
from tongbao.scoring.system_scoring import SystemScoring

YEAR = """\
名称: 年度考核
来源: 测试
对象: {组: [部门]}
满分: 10
指标:
  - 名称: 线上
    分值: 10
    取值: {体系: {名称: 办件评价, 时间加权: [{期间: 2022-09至2022-10, 权重: 50%}, {期间: 2022-11, 权重: 50%}]}}
    计分: 按比例
"""
FILE = "scoring/甲县/年度考核.yaml"


def rows(satisfied: str) -> tuple[Row, ...]:
    """评价率 1 for all, so that a unit has 4 points + 6 × 满意率."""
    return tuple((unit, 100, 100, satisfied) for unit in ("县公安", "县税务局", "县退役军人事务局"))


@pytest.fixture
def yearly(workspace: Path) -> Path:
    """September 50%, October 70%, November 90%: 7, 8.2 and 9.4 points."""
    write(workspace / FILE, YEAR)
    replaced(workspace, "reports/甲县通报.yaml", "体系: 办件评价", "体系: 年度考核")
    replaced(workspace, "reports/甲县通报.yaml", "拟议:", "历史: 2\n拟议:")
    for month, satisfied in (("2022-09", "50.00%"), ("2022-10", "70.00%"), ("2022-11", "90.00%")):
        workspaces.fill(workspace, rows=rows(satisfied), month=month)
    return workspace


def total(workspace: Path, period: Period) -> str:
    scored = score(workspace, load_scheme(workspace, "甲县"), period, ["年度考核"])
    return str(scored.boards["年度考核"].standing_of["县公安局"].total)


def test_the_year_is_weighted_and_a_notice_comes_of_it(yearly: Path) -> None:
    # (7 + 8.2) / 2 = 7.6; 7.6 × 50% + 9.4 × 50% = 8.5; in October 7.6 so far
    assert total(yearly, NOVEMBER) == "8.50"
    assert total(yearly, Period(2022, 10)) == "7.60"
    [outcome] = batch.run(yearly, NOVEMBER)
    assert outcome.state is State.MADE, outcome.findings
    assert not [finding for finding in outcome.findings if finding.code is Code.PROVISIONAL]
    [october] = batch.check(yearly, Period(2022, 10))
    assert october.state is State.MADE
    assert any(finding.code is Code.PROVISIONAL for finding in october.findings)


def test_a_changed_workbook_of_an_earlier_month_makes_the_notice_again(yearly: Path) -> None:
    replaced(yearly, "reports/甲县通报.yaml", "历史: 2\n", "")
    assert batch.run(yearly, NOVEMBER)[0].state is State.MADE
    assert batch.run(yearly, NOVEMBER)[0].state is State.CURRENT
    workspaces.fill(yearly, rows=rows("60.00%"), month="2022-09")
    assert batch.run(yearly, NOVEMBER)[0].state is State.MADE


def test_a_month_is_scored_once_however_many_ask(yearly: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scored: Counter[tuple[str, Period]] = Counter()
    whole = SystemScoring.board

    def counted(self: SystemScoring, *args: object) -> object:
        scored[self.outline.system.name, self.scope.period] += 1
        return whole(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(SystemScoring, "board", counted)
    batch.check(yearly, NOVEMBER)  # November, with October and September to compare with
    months = [Period(2022, month) for month in (9, 10, 11)]
    assert scored == {(name, month): 1 for name in ("办件评价", "年度考核") for month in months}


def test_a_month_without_a_folder_follows_the_definition(yearly: Path) -> None:
    (yearly / workspaces.BOOK.replace("2022-11", "2022-09")).rename(yearly / "away.xlsx")
    (yearly / "inputs/2022-09/甲县").rmdir()
    [outcome] = batch.check(yearly, NOVEMBER)
    assert outcome.state is State.INVALID
    [finding] = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]
    assert "2022年9月的得分，没有数据" in finding.message
    replaced(yearly, FILE, "权重: 50%}]}}", "权重: 50%}], 缺月: 按实有月数平均}}")
    [outcome] = batch.check(yearly, NOVEMBER)
    assert outcome.state is State.MADE
    assert any("按实有月数平均" in finding.message for finding in outcome.findings)
    assert total(yearly, NOVEMBER) == "8.80"  # (8.2 + 9.4) / 2


def test_a_file_missing_in_a_month_that_came_in_is_always_an_error(yearly: Path) -> None:
    replaced(yearly, FILE, "权重: 50%}]}}", "权重: 50%}], 缺月: 按实有月数平均}}")
    (yearly / workspaces.BOOK.replace("2022-11", "2022-09")).unlink()
    [outcome] = batch.check(yearly, NOVEMBER)
    assert outcome.state is State.INVALID
    assert any("缺少 办件*.xls*" in finding.message for finding in outcome.findings)
