"""Whatever a definition says comes back the same: odd characters, comments, unusual orders, keys that are new."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from tongbao.definitions import OneOf, Strict, read_yaml
from tongbao.scoring.exchange import SYSTEM, DefinitionKind, export_definition, import_definition
from tongbao.scoring.exchange.cell_text import read_cell, write_cell
from tongbao.scoring.exchange.comments import END, Comment, comments_of
from tongbao.scoring.exchange.parts import Form
from tongbao.scoring.exchange.yaml_text import write_yaml

ODD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="\ufeff")
    | st.sampled_from("、；;=＝\"'#:-[]{}, \n\t%@&*!|>？"),
    max_size=12,
)
WORDS = ODD.map(str.strip).filter(bool)


@given(st.lists(ODD, max_size=4))
def test_lists_in_a_cell(items: list[str]) -> None:
    assert read_cell(write_cell(items, Form.LIST), Form.LIST) == items


@given(st.dictionaries(ODD, ODD, max_size=4))
def test_mappings_in_a_cell(pairs: dict[str, str]) -> None:
    assert read_cell(write_cell(pairs, Form.MAPPING), Form.MAPPING) == pairs


@given(st.lists(st.dictionaries(ODD, ODD, max_size=3), max_size=3))
def test_lists_of_mappings_in_a_cell(lines: list[dict[str, str]]) -> None:
    assert read_cell(write_cell(lines, Form.MAPPINGS), Form.MAPPINGS) == lines


def test_how_a_clerk_writes_them() -> None:
    assert read_cell("合计、总计\n 小计 、", Form.LIST) == ["合计", "总计", "小计"]
    assert read_cell('"甲、乙"、丙', Form.LIST) == ["甲、乙", "丙"]
    assert read_cell("—＝不适用; 无=不适用", Form.MAPPING) == {"—": "不适用", "无": "不适用"}
    assert read_cell("表.a=1；表.b=2\n表.a=3", Form.MAPPINGS) == [{"表.a": "1", "表.b": "2"}, {"表.a": "3"}]
    assert read_cell("得分率=80%", Form.EITHER) == {"得分率": "80%"}
    assert read_cell("满分", Form.EITHER) == "满分"
    assert read_cell("（无）", Form.LIST) == []


TREES = st.recursive(
    ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def paths(value: Any, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found: list[tuple[str | int, ...]] = []
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += [(*above, key), *paths(inner, (*above, key))]
    return found


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(WORDS, TREES, min_size=1, max_size=4), st.data())
def test_yaml_says_what_it_was_given(data: dict[str, Any], draw: st.DataObject) -> None:
    known = [path for path in paths(data) if len(path) == 1]
    words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=5)
    comments = {
        path: Comment(tuple(draw.draw(st.lists(words, max_size=2))), draw.draw(st.none() | words))
        for path in draw.draw(st.lists(st.sampled_from(known), unique=True))
    }
    comments = {path: comment for path, comment in comments.items() if comment != Comment()}
    text = write_yaml(data, comments)
    assert read_yaml(text, "")[0] == data
    assert dict(comments_of(text)) == comments


COMMENTED = """\
# 顶上
# 第二行
名称: 线上  # 名称后
来源: "a # b"  # 真的
对象: {组: [部门]}
取整: {位数: 2, 位置: 指标}
满分: 10
源文存疑:
  # 存疑前
  - 处: 一
    原文: 二
    取法: |-
      第一行 # 不是注释
      第二行
指标:  # 指标后
  - 计分: 按比例  # 计分后
    # 名称前
    名称: 甲
    分值: 10
    取值: {公式: "[表.a]"}
# 文末
"""


def back(text: str, kind: DefinitionKind = SYSTEM) -> str:
    return import_definition(
        export_definition(text.encode(), kind, "甲.yaml"), ".xlsx", (kind,), "甲.xlsx"
    ).content.decode()


def test_comments_and_an_unusual_order_come_back() -> None:
    again = back(COMMENTED)
    assert again == COMMENTED


def test_comments_are_found_where_they_belong() -> None:
    found = comments_of(COMMENTED)
    assert found["名称",] == Comment((" 顶上", " 第二行"), " 名称后")
    assert found["来源",] == Comment((), " 真的")
    assert found["源文存疑", 0] == Comment((" 存疑前",))
    assert found["指标", 0] == Comment((), " 计分后")
    assert found["指标", 0, "名称"] == Comment((" 名称前",))
    assert found[END] == Comment((" 文末",))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(ODD, WORDS, WORDS), min_size=1, max_size=4), WORDS, WORDS)
def test_odd_texts_survive_the_workbook(remarks: list[tuple[str, str, str]], name: str, formula: str) -> None:
    leaf = {"名称": name, "分值": "1", "取值": {"公式": formula}, "计分": "按比例"}
    data = {
        "名称": name,
        "来源": "=1+1",
        "对象": {"组": [name]},
        "指标": [leaf],
        "源文存疑": [{"处": a, "原文": b, "取法": c} for a, b, c in remarks],
    }
    assert read_yaml(back(write_yaml(data, {})), "")[0] == data


class Plan(OneOf):
    """A way that nobody has thought of yet."""

    called: ClassVar[str] = "方案"
    first: str | None = Field(default=None, alias="甲案")
    second: Step | None = Field(default=None, alias="乙案")


class Step(Strict):
    """What a later engineer might add."""

    size: Literal["大", "小"] = Field(alias="大小")
    deep: dict[str, tuple[dict[str, str], ...]] = Field(default_factory=dict, alias="深层")


class Line(Strict):
    """A row of a list that is new."""

    name: str = Field(alias="名称")
    plan: Plan = Field(alias="方案")
    steps: tuple[Step, ...] = Field(default=(), alias="步骤")


class Newcomer(Strict):
    """A kind of definition that the exchange has never heard of."""

    name: str = Field(alias="名称")
    lines: tuple[Line, ...] = Field(alias="行")
    extra: dict[Literal["左", "右"], Step] = Field(default_factory=dict, alias="两侧")


@pytest.mark.parametrize(
    "plan", ["{甲案: 一}", "{乙案: {大小: 大}}", "{乙案: {大小: 小, 深层: {表: [{a: 1}, {b: 2}]}}}"]
)
def test_a_key_that_is_new_comes_along_by_itself(plan: str) -> None:
    text = (
        f"名称: 新\n行:\n  - 名称: 一\n    方案: {plan}\n    步骤:\n      - {{大小: 大}}\n      - {{大小: 小}}\n"
        "  - 名称: 二\n    方案: {甲案: 二}\n两侧: {左: {大小: 大}}\n"
    )
    again = back(text, DefinitionKind("新种", Newcomer))
    assert read_yaml(again, "")[0] == read_yaml(text, "")[0]
