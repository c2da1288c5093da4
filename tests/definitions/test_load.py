"""Definition files: every scalar a string, every slip told in Chinese with its line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from pydantic import Field

from tongbao.definitions import Day, Flag, Month, Number, Strict, load
from tongbao.errors import Code, Finding, InvalidError
from tongbao.inputs.roster import Roster
from tongbao.period import Period


class Item(Strict):
    name: str = Field(alias="名称")
    count: int = Field(default=0, alias="数量", ge=0, le=9)


class Sample(Strict):
    time: str = Field(default="", alias="时间")
    rate: Number = Field(default=Decimal(0), alias="比率")
    lasting: Flag = Field(default=False, alias="长期")
    day: Day | None = Field(default=None, alias="日期")
    month: Month | None = Field(default=None, alias="月份")
    kind: Literal["甲", "乙"] = Field(default="甲", alias="种类")
    items: tuple[Item, ...] = Field(default=(), alias="各项")


def read(tmp_path: Path, text: str) -> Sample:
    (tmp_path / "例.yaml").write_text(text, encoding="utf-8")
    return load(tmp_path / "例.yaml", Sample, "scoring/例.yaml").value


def refused(tmp_path: Path, text: str) -> list[Finding]:
    with pytest.raises(InvalidError) as caught:
        read(tmp_path, text)
    return list(caught.value.findings)


def test_nothing_is_typed_before_the_model_asks(tmp_path: Path) -> None:
    sample = read(tmp_path, "时间: 12:30\n比率: 010\n")
    assert sample.time == "12:30"
    assert sample.rate == 10
    assert read(tmp_path, "时间: no\n").time == "no"


def test_numbers_percentages_days_and_months(tmp_path: Path) -> None:
    sample = read(tmp_path, "比率: 98%\n长期: 是\n日期: 2022-10-20\n月份: 2022-11\n")
    assert sample.rate == Decimal("0.98")
    assert sample.lasting
    assert sample.day is not None
    assert sample.day.isoformat() == "2022-10-20"
    assert sample.month == Period(2022, 11)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("时间: 一\n比例: 2\n", Code.KEY_UNKNOWN, 2),
        ("各项:\n  - {名称: 甲}\n  - {数量: 1}\n", Code.KEY_MISSING, 3),
        ("各项:\n  - {名称: 甲, 数量: 多}\n", Code.VALUE_INVALID, 2),
        ("各项:\n  - {名称: 甲, 数量: 10}\n", Code.VALUE_INVALID, 2),
        ("各项: 甲\n", Code.VALUE_INVALID, 1),
        ("各项:\n  - 甲\n", Code.VALUE_INVALID, 2),
        ("时间: 一\n比率: 高\n", Code.VALUE_INVALID, 2),
        ("比率: NaN\n", Code.VALUE_INVALID, 1),
        ("长期: 对\n", Code.VALUE_INVALID, 1),
        ("日期: 10月20日\n", Code.VALUE_INVALID, 1),
        ("月份: 2022-13\n", Code.VALUE_INVALID, 1),
        ("种类: 丙\n", Code.VALUE_INVALID, 1),
        ("时间: [1]\n", Code.VALUE_INVALID, 1),
        ("时间: 一\n时间: 二\n", Code.YAML_SYNTAX, 2),
        ("时间: 一\n比率: [1\n", Code.YAML_SYNTAX, 3),
        ("- 甲\n", Code.VALUE_INVALID, 1),
    ],
)
def test_slips_are_told_in_chinese_with_their_line(tmp_path: Path, text: str, code: Code, line: int) -> None:
    [finding] = refused(tmp_path, text)
    assert finding.code is code
    assert (finding.place.file, finding.place.line) == ("scoring/例.yaml", line)
    if code is not Code.YAML_SYNTAX:  # there the parser's own words are quoted
        assert not re.search(r"[a-z]{4,}", finding.message), finding.message


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    assert len(refused(tmp_path, "比例: 2\n长期: 对\n种类: 丙\n")) == 3


def test_other_encodings_and_missing_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "例.yaml").write_bytes("时间: 一".encode("gb18030"))
    with pytest.raises(InvalidError) as caught:
        load(tmp_path / "例.yaml", Sample, "scoring/例.yaml")
    assert caught.value.findings[0].code is Code.ENCODING
    with pytest.raises(InvalidError) as caught:
        load(tmp_path / "无.yaml", Sample, "scoring/无.yaml")
    assert caught.value.findings[0].code is Code.FILE_MISSING


def test_deep_nesting_is_refused_not_crashed_on(tmp_path: Path) -> None:
    findings = refused(tmp_path, "时间: " + "[" * 3000 + "]" * 3000)
    assert findings[0].code is Code.YAML_SYNTAX


def test_aliases_that_multiply_are_refused(tmp_path: Path) -> None:
    bomb = "时间: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"k{n}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
    )
    findings = refused(tmp_path, bomb)
    assert findings[0].code is Code.YAML_SYNTAX


def test_the_same_bytes_are_read_once_and_changed_ones_anew(tmp_path: Path) -> None:
    path = tmp_path / "单位名录.yaml"
    path.write_text("辖区: 甲县\n组: []\n", encoding="utf-8")
    first = load(path, Roster, "单位名录.yaml")
    assert load(path, Roster, "单位名录.yaml") is first
    path.write_text("辖区: 乙县\n组: []\n", encoding="utf-8")
    assert load(path, Roster, "单位名录.yaml").value.jurisdiction == "乙县"
    assert load(path, Roster, "另一文件.yaml").positions.file == "另一文件.yaml"
