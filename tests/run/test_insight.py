"""Comparing months, definitions and weights, as a clerk asks for it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import workspaces
from click.testing import CliRunner, Result

from tongbao.cli import main


def tongbao(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def data(*words: str | Path) -> dict[str, Any]:
    result = tongbao(*words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def two_months(workspace: Path) -> Path:
    """October as the county's November, but 县公安局 had rated only half of its cases."""
    workspaces.fill(workspace, month="2022-10", rows=(("县公安", 100, 50, "98.00%"), *workspaces.ROWS[1:]))
    return workspace


def test_diff_tells_who_moved_and_by_what(workspace: Path) -> None:
    two_months(workspace)
    found = data("diff", "2022-10", "2022-11", "-C", workspace)["differences"][0]
    units = {unit["unit"]: unit for unit in found["units"]}
    # 评价率: 4 × 95/100 = 3.80 after 4 × 50/100 = 2.00; 满意率 6 × 98% = 5.88 both times.
    police = units["县公安局"]
    assert (police["total_before"], police["total"], police["change"]) == ("7.88", "9.68", "1.80")
    assert (police["rank_before"], police["rank"], police["rank_change"]) == (2, 1, 1)
    assert [(cause["key"], cause["change"]) for cause in police["causes"]] == [(["评价率"], "1.8000")]
    assert units["县税务局"]["causes"] == []
    assert units["县税务局"]["rank_change"] == -1
    screen = tongbao("diff", "2022-10", "2022-11", "-C", workspace).output
    assert "评价率+1.8" in screen
    assert "↑1" in screen
    detail = tongbao("diff", "2022-10", "2022-11", "--unit", "县公安", "-C", workspace).output
    assert "50.00%" in detail
    assert "95.00%" in detail


def test_diff_between_two_definitions(workspace: Path, tmp_path: Path) -> None:
    changed = tmp_path / "改后.yaml"
    changed.write_text(workspaces.SYSTEM.replace("分值: 4", "分值: 8").replace("分值: 6", "分值: 2"), encoding="utf-8")
    found = data("diff", "2022-11", "--definition", changed, "-C", workspace)["differences"][0]
    assert (found["before"], found["after"]) == ("现行定义", "改后定义")
    assert found["redefined_indicators"] == ["评价率", "满意率"]
    tax = next(unit for unit in found["units"] if unit["unit"] == "县税务局")
    # 4×0.75 + 6×0.9 = 8.40; 8×0.75 + 2×0.9 = 7.80
    assert (tax["total_before"], tax["total"]) == ("8.40", "7.80")
    assert {cause["key"][0]: cause["change"] for cause in tax["causes"]} == {"评价率": "3.0000", "满意率": "-3.6000"}


def test_a_changed_definition_is_checked_like_any_other(workspace: Path, tmp_path: Path) -> None:
    changed = tmp_path / "改后.yaml"
    changed.write_text(workspaces.SYSTEM.replace("分值: 4", "分值: 5"), encoding="utf-8")
    result = tongbao("diff", "2022-11", "--definition", changed, "-C", workspace)
    assert result.exit_code == 3
    assert "各指标分值合计11" in result.output
    changed.write_text(workspaces.SYSTEM.replace("名称: 办件评价", "名称: 别的"), encoding="utf-8")
    result = tongbao("diff", "2022-11", "--definition", changed, "-C", workspace)
    assert result.exit_code == 2
    assert "没有一个辖区有体系“别的”" in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["2022-11"], "请写两个期间"),
        (["2022-09", "2022-11"], "甲县没有2022年9月的数据"),
        (["2022-11", "2022-11", "--jurisdiction", "乙县"], "没有辖区“乙县”"),
        (["2022-11", "2022-11", "--jurisdiction", "甲县", "--system", "办件"], "是不是“办件评价”"),
        (["2022-11", "2022-11", "--unit", "县法院"], "没有可以比较的单位“县法院”"),
        (["2022-11", "2022-11", "--report", "乙县通报"], "没有名为“乙县通报”的通报"),
    ],
)
def test_slips_are_told(workspace: Path, words: list[str], told: str) -> None:
    result = tongbao("diff", *words, "-C", workspace)
    assert result.exit_code == 2
    assert told in result.output


def test_every_part_of_the_sample_month_sums_to_the_change() -> None:
    found = data("diff", "2022-10", "2022-11", "--jurisdiction", "昌吉市", "-C", workspaces.REPOSITORY)
    units = [unit for each in found["differences"] for unit in each["units"]]
    assert len(units) == 47
    for unit in units:
        assert sum(Decimal(cause["change"]) for cause in unit["causes"]) == Decimal(unit["change"]), unit["unit"]
