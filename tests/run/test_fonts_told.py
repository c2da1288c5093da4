"""A spare font is told once a run, with the first place, however many reports and papers and cores there are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from workspaces import NOVEMBER, replaced

from tongbao.errors import Code, Finding, Severity
from tongbao.run import batch
from tongbao.run.outcomes import Outcome, State


@pytest.fixture
def two_reports(workspace: Path) -> Path:
    """Two reports of one county, each with several papers, all with the unit 县堃局."""
    for name in ("scoring/甲县/单位名录.yaml",):
        replaced(workspace, name, "{名称: 县税务局}", "{名称: 县堃局, 别名: [县税务局]}")
    shutil.copy(workspace / "reports/甲县通报.yaml", workspace / "reports/乙通报.yaml")
    replaced(workspace, "reports/乙通报.yaml", "名称: 甲县通报", "名称: 乙通报")
    return workspace


def substituted(outcomes: tuple[Outcome, ...]) -> list[tuple[str, Finding]]:
    return [
        (outcome.name, finding)
        for outcome in outcomes
        for finding in outcome.findings
        if finding.code is Code.GLYPH_SUBSTITUTED
    ]


def test_substitution_is_told_once_a_run_and_role_with_its_first_place(two_reports: Path) -> None:
    told = substituted(batch.check(two_reports, NOVEMBER))
    assert {name for name, _ in told} == {"乙通报"}  # the first in the order of names
    by_role = [finding.message.partition("字体")[0] for _, finding in told]
    assert sorted(by_role) == sorted(set(by_role))
    fang = next(finding for _, finding in told if finding.message.startswith("仿宋字体"))
    assert "没有“堃”（U+5803），改由 LXGWWenKai-Light 显示" in fang.message
    assert fang.severity is Severity.REMARK
    assert "堃" in str(fang.place)


@pytest.mark.parametrize("jobs", [1, 2])
def test_run_tells_the_same_as_check_on_one_core_and_on_two(two_reports: Path, jobs: int) -> None:
    expected = substituted(batch.check(two_reports, NOVEMBER))
    outcomes = batch.run(two_reports, NOVEMBER, jobs=jobs)
    assert {outcome.state for outcome in outcomes} == {State.MADE}
    assert substituted(outcomes) == expected


def test_missing_character_stops_every_report_that_has_it(two_reports: Path) -> None:
    for name in ("甲县通报", "乙通报"):
        replaced(two_reports, f"reports/{name}.yaml", "县直各部门", "县\ue863局")
    outcomes = batch.check(two_reports, NOVEMBER)
    assert [outcome.state for outcome in outcomes] == [State.INVALID] * 2
    for outcome in outcomes:
        assert any("规定的是“䶮”" in finding.message for finding in outcome.findings)


def test_unit_named_with_a_private_character_is_refused_with_the_standard_one(two_reports: Path) -> None:
    replaced(two_reports, "scoring/甲县/单位名录.yaml", "县堃局", "县\ue863局")
    for outcome in batch.check(two_reports, NOVEMBER):
        (finding,) = outcome.findings
        assert finding.code is Code.UNIT_UNSAFE
        assert "（U+E863，GB 18030-2022 规定的是“䶮”）" in finding.message
