"""The 三化 targets of the sample months come out as worked by hand from their workbooks."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tongbao.errors import Severity
from tongbao.period import Period
from tongbao.scoring.engine import Scored, score
from tongbao.scoring.scheme import load_scheme
from tongbao.scoring.scoreboard import Score

ROOT = Path(__file__).parents[2]
REGION = "新疆维吾尔自治区"
TARGETS = "政务服务三化目标"
NOVEMBER = Period(2022, 11)


@pytest.fixture(scope="module")
def november() -> Scored:
    return score(ROOT, load_scheme(ROOT, REGION), NOVEMBER, [TARGETS])


def leaf(scored: Scored, unit: str, name: str) -> Score:
    return next(found for found in scored.boards[TARGETS].leaf_scores(unit) if found.name == name)


def test_the_samples_of_the_targets_can_be_used_as_they_are(november: Scored) -> None:
    october = score(ROOT, load_scheme(ROOT, REGION), NOVEMBER.shift(-1), [TARGETS])
    for scored in (october, november):
        assert [str(finding) for finding in scored.findings if finding.severity is not Severity.REMARK] == []
        assert all(standing.rank is not None for standing in scored.boards[TARGETS].standings)


def test_the_rate_is_what_was_met_of_all_that_a_unit_has_to_meet(november: Scored) -> None:
    standing = november.boards[TARGETS].standing_of
    # 14 of the 16 targets are a prefecture's; 6 of 和田地区's are still open: 8/14
    assert standing["和田地区"].total == Decimal("57.14")
    assert [standing["克拉玛依市"].total, standing["克拉玛依市"].rank] == [100, 1]
    # 12 are a department's; 人防办 leads no 一件事: 4/11
    assert standing["自治区人防办"].total == Decimal("36.36")
    # 民委 has neither joint approvals nor systems of its own nor 一件事: 5/9
    assert standing["自治区民委"].total == Decimal("55.56")


@pytest.mark.parametrize(
    ("unit", "name", "value", "met", "pending"),
    [
        ("和田地区", "行政许可事项清单公布率", "8÷9", None, True),  # 8 of 9 lists, before 2022-12-31
        ("和田地区", "“一件事”落地运行", "18", True, False),
        ("自治区人防办", "审批环节", "5", False, False),  # no deadline: missed now
        ("自治区人防办", "联合审批环节", "7", False, False),
        ("自治区人防办", "业务系统对接率", "4÷5", None, True),
        ("自治区民委", "全程网办事项覆盖率", "58÷97", None, True),
        ("自治区民委", "进驻事项办理授权率", "61÷78", None, True),
        ("自治区民委", "实体材料免提交率", "39÷143", None, True),  # a target of 2025
    ],
)
def test_what_is_open_before_its_deadline_is_no_loss(
    november: Scored, unit: str, name: str, value: str, met: bool | None, pending: bool
) -> None:
    found = leaf(november, unit, name)
    assert found.trace.substituted == value
    assert (found.met, found.pending) == (met, pending)
    assert found.lost == (Decimal("6.25") if met is False else 0)


def test_what_does_not_apply_is_left_out(november: Scored) -> None:
    for unit, name in (
        ("自治区民委", "业务系统对接率"),
        ("自治区民委", "综合窗口覆盖率"),
        ("和田地区", "“一件事”牵头完成率"),
    ):
        assert not leaf(november, unit, name).applicable


def test_at_the_end_of_the_year_what_is_open_is_missed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scoring" / REGION, tmp_path / "scoring" / REGION)
    shutil.copytree(ROOT / "inputs" / "2022-11" / REGION, tmp_path / "inputs" / "2022-12" / REGION)
    december = score(tmp_path, load_scheme(tmp_path, REGION), Period(2022, 12), [TARGETS])
    found = leaf(december, "自治区民委", "全程网办事项覆盖率")
    assert (found.met, found.pending, found.lost) == (False, False, Decimal("6.25"))
    assert leaf(december, "自治区民委", "实体材料免提交率").pending
    assert december.boards[TARGETS].standing_of["和田地区"].total == Decimal("57.14")
