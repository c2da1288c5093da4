"""A system whose tables are not there this month does not hide the scores of the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import NOVEMBER, write

from tongbao.errors import Code, InvalidError, Severity
from tongbao.scoring.engine import score_each
from tongbao.scoring.scheme import load_scheme

OTHER = """\
名称: 另一体系
来源: 测试
对象: {组: [部门]}
满分: 1
指标:
  - {名称: 另一项, 分值: 1, 取值: {公式: "[另表.数]"}, 单位: "", 计分: 按比例}
"""
TABLE = """\
  - 名称: 另表
    文件: 另表.xlsx
    单位列: 单位
    列: [{名称: 数, 类型: 小数}]
"""


@pytest.fixture
def two_systems(workspace: Path) -> Path:
    write(workspace / "scoring/甲县/另一体系.yaml", OTHER)
    tables = workspace / "scoring/甲县/数据表.yaml"
    write(tables, tables.read_text("utf-8") + TABLE)
    return workspace


def test_the_others_are_scored_and_the_one_left_out_is_told(two_systems: Path) -> None:
    scored = score_each(two_systems, load_scheme(two_systems, "甲县"), NOVEMBER)
    assert list(scored.boards) == ["办件评价"]
    [told] = scored.left_out
    assert (told.code, told.severity) == (Code.FILE_MISSING, Severity.WARNING)
    assert told.message.startswith("体系“另一体系”不能计分，已略去：")
    assert not [finding for finding in scored.findings if finding.severity is Severity.ERROR]


def test_where_none_can_be_scored_every_error_is_told(two_systems: Path) -> None:
    (two_systems / "inputs/2022-11/甲县/办件.xlsx").unlink()
    with pytest.raises(InvalidError) as caught:
        score_each(two_systems, load_scheme(two_systems, "甲县"), NOVEMBER)
    assert {finding.code for finding in caught.value.findings} == {Code.FILE_MISSING}
