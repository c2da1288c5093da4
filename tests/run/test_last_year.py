"""同比: a notice beside the same month of last year, told only when there is something to tell."""

from __future__ import annotations

from pathlib import Path

import pytest
import workspaces
from test_prose import made, notice, text
from workspaces import NOVEMBER

from tongbao.errors import Code, Severity
from tongbao.run import batch
from tongbao.run.outcomes import State

LAST_YEAR = "2021-11"
BEFORE: tuple[workspaces.Row, ...] = (
    ("县公安", 100, 95, "98.00%"),
    ("县税务局", 200, 200, "95.00%"),
    ("县退役军人事务局", 50, 5, "40.00%"),
)


@pytest.fixture
def asked(workspace: Path) -> Path:
    workspaces.replaced(workspace, "reports/甲县通报.yaml", "拟议:", "同比: 是\n拟议:")
    return workspace


def test_the_mean_and_a_criticised_unit_are_set_beside_last_year(asked: Path) -> None:
    workspaces.fill(asked, rows=BEFORE, month=LAST_YEAR)
    # now 9.68, 4 × 75% + 6 × 90% = 8.40, 4 × 20% + 6 × 60% = 4.40: mean 22.48 / 3 = 7.49
    # then 9.68, 4 + 6 × 95% = 9.70, 4 × 10% + 6 × 40% = 2.80: mean 22.18 / 3 = 7.39
    assert "平均得分7.49分，较上年同期提高0.10分" in notice(asked)
    letter = text(made(asked).documents["整改通知书-县退役军人事务局"])
    assert "（共3个单位参评），得分较上年同期提高1.60分。" in letter
    [group] = made(asked).issue.groups
    view = group.view()
    assert [(unit.名称, str(unit.上年得分), unit.上年名次, unit.同比) for unit in view.单位[:2]] == [
        ("县公安局", "9.68", 2, "与上年同期持平"),
        ("县税务局", "9.70", 1, "较上年同期下降1.30分"),
    ]


def test_without_last_years_inputs_a_remark_is_made_and_nothing_is_said(asked: Path) -> None:
    told = [finding for finding in made(asked).findings if "同比" in finding.message]
    assert [(finding.code, finding.severity, finding.message) for finding in told] == [
        (Code.VALUE_MISSING, Severity.REMARK, "没有2021年11月的数据，通报不写同比")
    ]
    assert "上年同期" not in notice(asked)


def test_unless_asked_for_last_year_is_not_looked_at(workspace: Path) -> None:
    workspaces.fill(workspace, rows=BEFORE, month=LAST_YEAR)
    assert "上年同期" not in notice(workspace)
    assert not [finding for finding in made(workspace).findings if "同比" in finding.message]


def test_a_notice_is_made_anew_when_last_years_figures_change(asked: Path) -> None:
    workspaces.fill(asked, rows=BEFORE, month=LAST_YEAR)
    assert batch.run(asked, NOVEMBER)[0].state is State.MADE
    assert batch.run(asked, NOVEMBER)[0].state is State.CURRENT
    workspaces.fill(asked, month=LAST_YEAR)
    assert batch.run(asked, NOVEMBER)[0].state is State.MADE
