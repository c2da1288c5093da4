"""Definitions with mistakes: each is told with its line, all of them at once."""

from __future__ import annotations

import pytest
from offices import NOVEMBER, ROSTER, TABLES, Office

from tongbao.errors import Code, Finding, InvalidError, UsageError
from tongbao.scoring.scheme import load_scheme

LEAF = '{{名称: {name}, 分值: {points}, 取值: {{公式: "{formula}"}}, 计分: 按比例{more}}}'


def leaf(name: str = "率", points: str = "3", formula: str = "[表.a]/[表.b]", more: str = "") -> str:
    return "- " + LEAF.format(name=name, points=points, formula=formula, more=more)


def findings(office: Office) -> list[Finding]:
    with pytest.raises(InvalidError) as caught:
        office.load()
    return list(caught.value.findings)


def told(office: Office) -> list[tuple[Code, str, int | None]]:
    return [(found.code, found.place.file.rsplit("/", 1)[-1], found.place.line) for found in findings(office)]


def test_a_sound_definition_loads(office: Office) -> None:
    office.system(leaf(), more='源文存疑: [{处: 附件1, 原文: "少括号", 取法: 补上}]')
    scheme = office.load()
    assert list(scheme.systems) == ["体系"]
    remark = scheme.at(NOVEMBER).remarks()[0]
    assert (remark.code, str(remark.severity), remark.place.line) == (Code.SOURCE_REMARK, "提示", 5)


@pytest.mark.parametrize(
    ("indicators", "full", "code", "line"),
    [
        (leaf(formula="[表.a]/[表.c]"), "3", Code.REFERENCE_UNKNOWN, 6),
        (leaf(formula="[标.a]/[表.b]"), "3", Code.REFERENCE_UNKNOWN, 6),
        (leaf(formula="[台账.次数]"), "3", Code.REFERENCE_UNKNOWN, 6),
        (leaf(formula="[表.a]/"), "3", Code.FORMULA_SYNTAX, 6),
        (leaf(formula="[表.角色]/[表.b]"), "3", Code.FORMULA_SYNTAX, 6),
        (leaf(formula="[表.a]>1"), "3", Code.FORMULA_SYNTAX, 6),
        (leaf(more=', 适用: "[表.a]", 不适用: 零分'), "3", Code.FORMULA_SYNTAX, 6),
        (leaf(more=', 适用: "[表.日]>[表.a]", 不适用: 零分'), "3", Code.FORMULA_SYNTAX, 6),
        (leaf(more=', 核验: [{条件: "[表.a]<[表.d]", 说明: x}]'), "3", Code.REFERENCE_UNKNOWN, 6),
        (leaf(), "4", Code.WEIGHTS, 4),
        (leaf() + "\n" + leaf(), "6", Code.VALUE_INVALID, 7),
        (leaf(points="2.999"), "2.999", Code.VALUE_INVALID, 6),
        (leaf(more=", 对象: {组: [部们]}, 不适用: 零分"), "3", Code.REFERENCE_UNKNOWN, 6),
        (leaf(more=", 对象: {包括: [市甲局]}, 不适用: 零分"), "3", Code.REFERENCE_UNKNOWN, 6),
        (leaf(more=", 对象: {包括: [甲局]}"), "3", Code.KEY_MISSING, 6),
        (leaf(more=", 分母为零: 不适用"), "3", Code.KEY_MISSING, 6),
        (leaf(more=', 适用: "[表.b]>0"'), "3", Code.KEY_MISSING, 6),
        (leaf(more=", 不适用: 不适用"), "3", Code.VALUE_INVALID, 6),
        (leaf(more=", 不适用: {得分率: 180%}"), "3", Code.VALUE_INVALID, 6),
        (leaf(more=", 上限: 1, 下限: 2"), "3", Code.VALUE_INVALID, 6),
        ('- {名称: 甲, 取值: {公式: "[表.a]"}, 计分: 直接}', "0", Code.KEY_MISSING, 6),
        ('- {名称: 甲, 分值: 3, 取值: {公式: "[表.a]"}, 计分: 仅状态}', "3", Code.VALUE_INVALID, 6),
        ('- {名称: 甲, 分值: 3, 取值: {公式: "[表.a]"}, 计分: {逐次: {扣: 1}}}', "3", Code.VALUE_INVALID, 6),
        ("- {名称: 甲, 分值: 3, 取值: {台账: {表: 表, 条款: x}}, 计分: {逐次: {扣: 1}}}", "3", Code.VALUE_INVALID, 6),
        ("- {名称: 甲, 取值: {台账: {表: 台账, 条款: x}}, 计分: {逐次: {扣: 1}}}", "0", Code.KEY_MISSING, 6),
        ("- {名称: 甲, 分值: 3, 取值: {体系: 乌有}, 计分: 按比例}", "3", Code.REFERENCE_UNKNOWN, 6),
        ("- {名称: 甲, 分值: 3, 取值: {体系: 体系}, 计分: 按比例}", "3", Code.REFERENCE_UNKNOWN, 5),
        (
            '- {名称: 甲, 分值: 3, 取值: {公式: "[表.是否]"}, 计分: {分档: [{值: 是, 得分: 4}, {值: 否, 得分: 0}]}}',
            "3", Code.WEIGHTS, 6,
        ),
        (
            '- {名称: 甲, 分值: 3, 取值: {公式: "[表.是否]"}, 计分: {分档: [{值: 是, 得分: 3}, {值: 是, 得分: 0}]}}',
            "3", Code.VALUE_INVALID, 6,
        ),
        (f"- {{名称: 组, 分值: 4, 指标: [{leaf()[2:]}]}}", "4", Code.WEIGHTS, 6),
        (f"- {{名称: 组, 分值: 4, 汇总: 基础分扣减, 指标: [{leaf()[2:]}]}}", "4", Code.WEIGHTS, 6),
        (f"- {{名称: 组, 分值: 3, 汇总: 全部达标, 指标: [{leaf()[2:]}]}}", "3", Code.VALUE_INVALID, 6),
    ],
)  # fmt: skip
def test_each_mistake_has_its_code_and_line(office: Office, indicators: str, full: str, code: Code, line: int) -> None:
    office.system(indicators, full=full)
    assert (code, "体系.yaml", line) in told(office)


def test_misspelt_names_are_suggested_and_never_taken(office: Office) -> None:
    office.system(leaf(formula="[全局.总署]/[表.b]"))
    found = findings(office)
    assert "是不是“总数”？" in found[0].remedy
    assert found[0].place.column == 25


def test_all_mistakes_of_all_files_come_at_once(office: Office) -> None:
    office.write("单位名录.yaml", ROSTER.replace("{名称: 乙局}", "{名称: 乙局, 别名: [市甲局]}, {名称: ../../x}"))
    office.write(
        "数据表.yaml",
        TABLES.replace("文件: 全局.xlsx", "文件: ../全局.xlsx").replace("形式: 单值", "形式: 单值\n    填报组: [部们]"),
    )
    office.system(leaf(formula="[表.a]/[表.z]"), full="4")
    found = told(office)
    assert (Code.UNIT_REPEATED, "单位名录.yaml", 5) in found
    assert (Code.UNIT_UNSAFE, "单位名录.yaml", 5) in found
    assert (Code.FILE_UNSAFE, "数据表.yaml", 14) in found
    assert (Code.REFERENCE_UNKNOWN, "数据表.yaml", 16) in found
    assert (Code.REFERENCE_UNKNOWN, "体系.yaml", 6) in found
    assert (Code.WEIGHTS, "体系.yaml", 4) in found


def test_an_unknown_key_does_not_hide_the_other_files(office: Office) -> None:
    office.system(leaf(more=", 权重: 3"))
    office.system(leaf(formula="[表.z]"), name="另一")
    found = told(office)
    assert (Code.KEY_UNKNOWN, "体系.yaml", 6) in found
    assert (Code.REFERENCE_UNKNOWN, "另一.yaml", 6) in found


def test_the_same_clause_twice_would_count_twice(office: Office) -> None:
    entry = "{{名称: {0}, 取值: {{台账: {{表: 台账, 条款: x}}}}, 计分: {{逐次: {{扣: 1}}}}}}"
    office.system(f"- {{名称: 组, 分值: 3, 汇总: 基础分扣减, 指标: [{entry.format('甲')}, {entry.format('乙')}]}}")
    assert [found.code for found in findings(office)] == [Code.VALUE_INVALID]


def test_days_of_ledgers_are_days(office: Office) -> None:
    office.write("数据表.yaml", TABLES.replace("{名称: 日期, 类型: 日期}", "{名称: 日期, 类型: 文本}"))
    office.system("- {名称: 甲, 分值: 3, 取值: {台账: {表: 台账, 条款: x}}, 计分: {逐次: {扣: 1}}}")
    assert (Code.VALUE_INVALID, "体系.yaml", 6) in told(office)


def test_examples_are_worked_through(office: Office) -> None:
    office.system(
        leaf(formula="[表.a]/[全局.总数]", more=", 缺失: 零分"),
        more="""
        算例:
          - {指标: 率, 输入: {表.a: 50, 全局.总数: 100}, 得分: 1.5}
          - {指标: 率, 输入: {表.a: 50, 全局.总数: 100}, 得分: 1.6}
          - {指标: 律, 输入: {表.a: 50}, 得分: 1}
          - {指标: 率, 输入: {表.z: 50}, 得分: 1}
          - {指标: 率, 输入: {表.a: 五十}, 得分: 1}
          - {指标: 率, 输入: {全局.总数: 100}, 得分: 0}
        """,
    )
    found = findings(office)
    assert [(each.code, each.place.line) for each in found] == [(Code.EXAMPLE_FAILED, line) for line in (7, 8, 9, 10)]
    assert "应得1.6分，算得的结果是得1.5分" in found[0].message


def test_examples_may_have_peers_and_ledger_rows(office: Office) -> None:
    office.system(
        """
        - {名称: 签收, 分值: 3, 取值: {公式: "[表.a]/[表.b]"}, 计分: {差距扣分: {每: 1%, 扣: 0.1, 步进: 连续}}}
        - 名称: 扣分
          分值: 10
          汇总: 基础分扣减
          指标:
            - {名称: 迟到, 取值: {台账: {表: 台账, 条款: 甲款}}, 计分: {逐次: {扣: 2}}}
            - {名称: 早退, 取值: {台账: {表: 台账, 条款: 乙款}}, 计分: {逐次: {扣: 3}}}
        - {名称: 评审, 分值: 5, 取值: {人工: {表: 评审, 条款: 丙款}}, 计分: 直接}
        """,
        full="18",
        more="""
        算例:
          - {指标: 签收, 输入: {表.a: 9735, 表.b: 10000}, 同组: [{表.a: 1, 表.b: 1}], 得分: 2.74}
          - {指标: 迟到, 输入: {台账.次数: 2}, 得分: -4}
          - {指标: 扣分, 输入: {台账.甲款: 2, 台账.乙款: 1}, 得分: 3}
          - {指标: 扣分, 输入: {}, 得分: 10}
          - {指标: 评审, 输入: {评审.得分: 4.5}, 得分: 4.5}
        """,
    )
    assert office.load().systems


def test_systems_that_build_on_each_other_in_a_circle(office: Office) -> None:
    for name, other in (("甲", "乙"), ("乙", "甲")):
        office.system(f"- {{名称: 份, 分值: 3, 取值: {{体系: {other}}}, 计分: 按比例}}", name=name)
    assert [found.code for found in findings(office)] == [Code.REFERENCE_UNKNOWN] * 2


@pytest.mark.parametrize("name", ["乌有市", "../示范市", ""])
def test_unknown_jurisdictions(office: Office, name: str) -> None:
    with pytest.raises(UsageError):
        load_scheme(office.folder, name)


def test_a_folder_without_its_files_is_told(office: Office) -> None:
    (office.folder / "scoring" / "示范市" / "单位名录.yaml").unlink()
    assert [code for code, _, _ in told(office)] == [Code.FILE_MISSING, Code.FILE_MISSING]
