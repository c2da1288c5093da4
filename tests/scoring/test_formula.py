"""The formula language: what it computes, what it refuses, and what it remembers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from offices import NOVEMBER, Office

from tongbao.inputs.table import Missing
from tongbao.language import FormulaError
from tongbao.scoring.decimals import exact_arithmetic
from tongbao.scoring.evaluate import Result, evaluate
from tongbao.scoring.formula import parse, references
from tongbao.scoring.scope import Scope

UNITS = ("甲局", "乙局", "丙局")


@pytest.fixture
def scope(office: Office) -> Scope:
    tables = [
        office.figures(
            甲局={"a": 6, "b": 4, "角色": "牵头", "空": Missing.BLANK, "无": Missing.NOT_APPLICABLE},
            乙局={"a": 1, "b": 0, "角色": "配合", "空": 1, "无": 2},
        ),
        office.table("全局", [(None, {"总数": 100})]),
    ]
    return Scope(dict(tables), NOVEMBER, UNITS)


def work(scope: Scope, text: str, unit: str = "甲局") -> Result:
    with exact_arithmetic():
        return evaluate(parse(text), unit, scope)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1+2×3", "7"),
        ("(1+2)*3", "9"),
        ("10-4-3", "3"),
        ("12÷4/3", "1"),
        ("-[表.a]+1", "-5"),
        ("5%×200", "10"),
        ("[表.a]／[全局.总数]＊100", "6"),
        ("合计([表.a])", "7"),
        ("平均([表.a])", "3.5"),
        ("最大([表.a]/([表.b]+1))", "1.2"),
        ("最小([表.b])", "0"),
        ("计数([表.无])", "1"),
        ("计数([表.a]>3)", "1"),
        ('如果([表.角色]="牵头",1,[表.空])', "1"),  # the other branch is never asked
        ("如果（[表.a]≥6，2，3）", "2"),
    ],
)
def test_figures(scope: Scope, text: str, value: str) -> None:
    result = work(scope, text)
    assert (result.missing, result.value) == (None, Decimal(value))


@pytest.mark.parametrize(
    ("text", "holds"),
    [("[表.a]>6", "否"), ("[表.a]<=6", "是"), ("1/3×3=1", "是"), ("[表.角色]!=“牵头”", "否"), ("2<>3", "是")],
)
def test_conditions(scope: Scope, text: str, holds: str) -> None:
    assert work(scope, text).value == holds


@pytest.mark.parametrize(
    ("text", "unit", "missing", "cell"),
    [
        ("[表.a]/[表.b]", "乙局", Missing.ZERO_DENOMINATOR, "C3"),
        ("0/([表.a]-1)", "乙局", Missing.ZERO_DENOMINATOR, "B3"),
        ("[表.空]+1", "甲局", Missing.BLANK, "E2"),
        ("[表.空]+[表.无]", "甲局", Missing.BLANK, "E2"),  # the graver reason is told
        ("[表.无]+1", "甲局", Missing.NOT_APPLICABLE, "F2"),
        ("合计([表.空])", "乙局", Missing.BLANK, "E2"),  # one blank makes every share undecided
        ("[表.a]", "丙局", Missing.NOT_REPORTED, None),
        ("[表.a@上月]", "甲局", Missing.NOT_REPORTED, None),
        ("[表.c]", "甲局", Missing.NO_COLUMN, None),
        ("[表.角色]+1", "甲局", Missing.FORMULA_ERROR, "D2"),
        ("[表.角色]>1", "甲局", Missing.FORMULA_ERROR, "D2"),
        ("9" * 40 + "*" + "9" * 40, "甲局", Missing.FORMULA_ERROR, None),
    ],
)
def test_every_missing_value_has_its_reason_and_place(
    scope: Scope, text: str, unit: str, missing: Missing, cell: str | None
) -> None:
    result = work(scope, text, unit)
    assert (result.value, result.missing) == (None, missing)
    assert (result.blame.cell if result.blame else None) == cell
    assert result.words


def test_numbers_take_the_places_of_names(scope: Scope) -> None:
    result = work(scope, "([表.a]-[表.b])/[表.a]*(2-(1-[全局.总数]))")
    assert result.substituted == "(6-4)÷6×(2-(1-100))"
    assert [(item.name, item.origin.cell if item.origin else None) for item in result.inputs] == [
        ("表.a", "B2"), ("表.b", "C2"), ("全局.总数", "B2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 1),
        ("[表.a", 1),
        ("[表.a]+", 7),
        ("[表]", 1),
        ("1 +\n[.a]", 5),
        ("[表.a@去年]", 1),
        ("[表.a@2021-13]", 1),
        ("表.a", 2),
        ("1.5.2", 4),
        ("[表.a].值", 6),
        ("open(1)", 1),
        ("合计(1,2)", 1),
        ("合计(最大([表.a]))", 1),
        ("如果(1>0,1)", 1),
        ("1<2<3", 4),
        ("1;2", 2),
        ("__import__(1)", 1),
        ("+".join(["1"] * 100), 120),
        ("1" * 2001, 2001),
    ],
)
def test_what_is_not_in_the_language_is_refused_where_it_stands(text: str, position: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.position == position


def test_deep_brackets_do_no_harm() -> None:
    assert parse("(" * 500 + "1" + ")" * 500).root == parse("1").root


def test_references_name_what_must_be_read() -> None:
    found = references("[表.a]/合计([表.b@2021-12])+[另 表.c/d@上月]")
    assert [(column.table, column.column, str(column.period(NOVEMBER))) for column in found] == [
        ("表", "a", "2022-11"), ("表", "b", "2021-12"), ("另 表", "c/d", "2022-10"),
    ]  # fmt: skip
