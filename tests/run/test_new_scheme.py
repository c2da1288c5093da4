"""`tongbao scheme new`: a first definition that shows everything once and passes the checks as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from workspaces import NOVEMBER

from tongbao.cli import main
from tongbao.definitions import read_yaml
from tongbao.scoring.definition import Scoring, Value
from tongbao.scoring.scheme import load_scheme


def tongbao(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_new_jurisdiction_passes_the_checks_as_it_is(tmp_path: Path) -> None:
    result = tongbao("scheme", "new", "政务服务能力", "--jurisdiction", "丙县", "-C", tmp_path)
    assert result.exit_code == 0, result.output
    folder = tmp_path / "scoring" / "丙县"
    assert {path.name for path in folder.iterdir()} == {"政务服务能力.yaml", "单位名录.yaml", "数据表.yaml"}
    scheme = load_scheme(tmp_path, "丙县")
    assert list(scheme.systems) == ["政务服务能力"]
    assert scheme.notes == ()
    assert scheme.at(NOVEMBER).roster.jurisdiction == "丙县"
    blanks = tongbao("inputs", "template", "2022-12", "-C", tmp_path)
    assert blanks.exit_code == 0
    assert "月报.xlsx" in blanks.output


def test_every_way_to_get_a_figure_and_to_score_it_is_shown(tmp_path: Path) -> None:
    tongbao("scheme", "new", "政务服务能力", "-o", tmp_path / "新.yaml")
    text = (tmp_path / "新.yaml").read_text("utf-8")
    for model, key in ((Value, "取值"), (Scoring, "计分")):
        for field in model.model_fields.values():
            assert any(way in text for way in (f"{key}: {{{field.alias}: ", f"{key}: {field.alias}\n")), field.alias
    assert text.count("#") > 15
    assert read_yaml(text, "")[0]["名称"] == "政务服务能力"


def test_the_workbook_of_a_new_system_can_be_brought_in(tmp_path: Path) -> None:
    tongbao("scheme", "new", "甲", "--jurisdiction", "丙县", "-C", tmp_path)
    assert tongbao("scheme", "new", "乙", "-o", tmp_path / "乙.xlsx").exit_code == 0
    result = tongbao("scheme", "import", tmp_path / "乙.xlsx", tmp_path / "scoring/丙县/乙.yaml")
    assert result.exit_code == 0, result.output
    assert set(load_scheme(tmp_path, "丙县").systems) == {"甲", "乙"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "新.yaml"
    target.write_text("我的", encoding="utf-8")
    assert tongbao("scheme", "new", "甲", "-o", target).exit_code == 2
    assert target.read_text("utf-8") == "我的"
    tongbao("scheme", "new", "甲", "--jurisdiction", "丙县", "-C", tmp_path)
    again = tongbao("scheme", "new", "乙", "--jurisdiction", "丙县", "-C", tmp_path)
    assert again.exit_code == 2
    assert "已经存在" in again.output
    assert not (tmp_path / "scoring/丙县/乙.yaml").exists()
    assert [path.name for path in (tmp_path / "scoring").iterdir()] == ["丙县"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["../外面"], "不能用作名称"),
        (["甲", "--jurisdiction", ".."], "不能用作名称"),
        (["单位名录", "--jurisdiction", "丙县"], "另一种定义的文件名"),
        (["甲", "--jurisdiction", "丙县", "--xlsx"], "不能与 --xlsx"),
        (["甲", "--xlsx", "-o", "甲.yaml"], "不以 .xlsx 结尾"),
        (["甲", "-o", "甲.txt"], "应以 .yaml 结尾"),
    ],
)
def test_slips_are_told(tmp_path: Path, words: list[str], told: str) -> None:
    result = tongbao("scheme", "new", *words, "-C", tmp_path)
    assert result.exit_code == 2
    assert told in result.output
    assert not (tmp_path / "scoring").exists()
