"""A system revised in mid-year, as a batch sees it: old months stand, the break is told."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import workspaces
from click.testing import CliRunner
from workspaces import NOVEMBER, SYSTEM, write

from tongbao.cli import main
from tongbao.errors import Code
from tongbao.period import Period
from tongbao.run import batch
from tongbao.run.outcomes import State

OCTOBER = Period(2022, 10)
REVISED = (
    SYSTEM.replace("来源: 测试", "来源: 测试\n生效: 2022-11")
    .replace("分值: 4", "分值: 1")
    .replace("分值: 6", "分值: 9")
)
FILE = "scoring/甲县/办件评价@2022-11.yaml"


def two_months(workspace: Path) -> None:
    workspaces.fill(workspace, month="2022-10")
    workspaces.replaced(workspace, "reports/甲县通报.yaml", "拟议:", "历史: 2\n拟议:")


def digests(workspace: Path, month: str) -> dict[str, str]:
    manifest = json.loads((workspace / "outputs" / month / "甲县通报" / "manifest.json").read_text("utf-8"))
    found: dict[str, str] = manifest["job"]["definitions"]
    return found


def test_a_later_revision_leaves_an_old_month_as_it_is(workspace: Path) -> None:
    two_months(workspace)
    assert batch.run(workspace, OCTOBER)[0].state is State.MADE
    before = digests(workspace, "2022-10")
    write(workspace / FILE, REVISED)
    assert batch.run(workspace, OCTOBER)[0].state is State.CURRENT
    assert batch.run(workspace, OCTOBER, force=True)[0].state is State.MADE
    assert digests(workspace, "2022-10") == before
    assert FILE not in before
    assert batch.run(workspace, NOVEMBER)[0].state is State.MADE
    both = digests(workspace, "2022-11")
    assert both[FILE] == hashlib.sha256(REVISED.encode()).hexdigest()
    assert "scoring/甲县/办件评价.yaml" in both  # October is compared with


def test_a_comparison_across_a_revision_is_told(workspace: Path) -> None:
    two_months(workspace)
    write(workspace / FILE, REVISED)
    [outcome] = batch.check(workspace, NOVEMBER)
    [told] = [finding for finding in outcome.findings if finding.code is Code.REVISED]
    assert "“办件评价”2022年10月与2022年11月按不同的修订计分" in told.message
    assert (told.place.file, told.place.line) == (FILE, 3)


def test_history_ends_where_the_system_begins(workspace: Path) -> None:
    two_months(workspace)
    write(workspace / "scoring/甲县/办件评价.yaml", REVISED)
    [outcome] = batch.check(workspace, NOVEMBER)
    assert outcome.state is State.MADE, outcome.findings
    [october] = batch.check(workspace, OCTOBER)
    assert october.state is State.INVALID
    assert any("自2022年11月起生效，不能用于2022年10月" in finding.message for finding in october.findings)


def test_both_months_explain_themselves_by_their_own_file(workspace: Path) -> None:
    two_months(workspace)
    write(workspace / FILE, REVISED)
    # 县公安局 评价率 95%: 4 × 95% = 3.80 in October, 1 × 95% = 0.95 in November
    for month, points, text in (("2022-10", "3.8，分值4", SYSTEM), ("2022-11", "0.95，分值1", REVISED)):
        result = CliRunner().invoke(main, ["explain", month, "甲县", "县公安局", "评价率", "-C", str(workspace)])
        assert f"得分：{points}" in result.output
        assert hashlib.sha256(text.encode()).hexdigest() in result.output


def test_a_month_between_two_revisions_is_a_warning_of_every_check(workspace: Path) -> None:
    workspaces.replaced(workspace, "scoring/甲县/办件评价.yaml", "来源: 测试", "来源: 测试\n截止: 2022-11")
    write(workspace / "scoring/甲县/办件评价@2023-02.yaml", REVISED.replace("2022-11", "2023-02"))
    [outcome] = batch.check(workspace, NOVEMBER)
    assert outcome.state is State.MADE
    assert any("2022年12月至2023年1月没有修订" in finding.message for finding in outcome.findings)
