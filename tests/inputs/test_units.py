"""Units are the roster's, by name or alias, or a finding; likeness is only ever a suggestion."""

from __future__ import annotations

import pytest
from desks import Desk, codes, contract, only

from tongbao.errors import Code, has_errors
from tongbao.inputs.reader import read_tables
from tongbao.inputs.roster import Roster
from tongbao.inputs.unit_names import UnitNames, unsafe_reason
from tongbao.period import Period

HEAD = ["单位", "件数"]


@pytest.mark.parametrize("written", ["市公安局", " 市 公安局 ", "市公安\n局", "\u3000市公安局\u00a0"])
def test_white_space_in_a_name_changes_nothing(desk: Desk, written: str) -> None:
    desk.xlsx([HEAD, [written, 5]])
    read = desk.read()
    assert read.findings == ()
    assert list(read.tables["工单"].by_unit) == ["市公安局"]


def test_full_width_and_half_width_brackets_are_the_same(desk: Desk) -> None:
    desk.units = ("市文旅局（文物局）",)
    desk.xlsx([HEAD, ["市文旅局(文物局)", 5]])
    assert desk.read().tables["工单"].rows[0].unit == "市文旅局（文物局）"


def test_an_alias_gives_the_canonical_name(desk: Desk) -> None:
    desk.xlsx([HEAD, ["市人社局", 5]])
    read = desk.read()
    assert read.findings == ()
    assert read.tables["工单"].rows[0].unit == "市人力资源和社会保障局"


def test_an_unknown_unit_is_never_guessed_but_a_likely_one_is_named(desk: Desk) -> None:
    desk.units = ("市公安局", "市水务局", "市退役军人事务局", "市税务局")
    desk.xlsx([HEAD, ["税市务局", 5], ["市公安局", 6]])
    read = desk.read()
    finding = only(read.findings)
    assert (finding.code, finding.place.cell) == (Code.UNIT_UNKNOWN, "A2")
    assert "税市务局" in finding.message
    assert finding.remedy == "是否指“市税务局”？如是，请改正或在单位名录中加别名"
    assert [row.unit for row in read.tables["工单"].rows] == ["市公安局"]


def test_units_that_are_equally_like_are_all_named() -> None:
    roster = Roster.model_validate(
        {"辖区": "甲", "组": [{"名称": "乙", "单位": [{"名称": "市水务局"}, {"名称": "市税务局"}, {"名称": "大洼区"}]}]}
    )
    assert UnitNames.of(roster).suggest("市商务局") == ("市水务局", "市税务局")


def test_nothing_alike_suggests_nothing(desk: Desk) -> None:
    desk.xlsx([HEAD, ["火星探测中心", 5]])
    assert "是否指" not in only(desk.read().findings).remedy


def test_cells_of_an_unknown_unit_are_checked_all_the_same(desk: Desk) -> None:
    desk.xlsx([HEAD, ["税市务局", "若干"]])
    assert codes(desk.read().findings) == [Code.UNIT_UNKNOWN, Code.CELL_NOT_NUMBER]


def test_the_same_unit_twice_names_every_row_in_the_words_that_stand_there(desk: Desk) -> None:
    desk.xlsx([["序号", *HEAD], [1, "市人社局", 5], [2, "市公安局", 6], [3, "市人力资源和社会保障局", 7]])
    read = desk.read()
    finding = only(read.findings)
    assert (finding.code, finding.place.cell) == (Code.UNIT_REPEATED, "B2")
    assert "第2行“市人社局”" in finding.message
    assert "第4行“市人力资源和社会保障局”" in finding.message
    assert list(read.tables["工单"].by_unit) == ["市公安局"]  # no row of the repeated unit is taken by chance


def test_units_of_a_group_that_sent_nothing_are_named(desk: Desk) -> None:
    desk.xlsx([HEAD, ["市公安局", 5]])
    finding = only(desk.read(填报组=["市直部门"]).findings)
    assert finding.code is Code.UNIT_ABSENT
    assert "有2个单位没有填报：市税务局、市人力资源和社会保障局" in finding.message


def test_a_group_that_the_roster_does_not_have_is_told(desk: Desk) -> None:
    desk.xlsx([HEAD, ["市公安局", 5]])
    assert only(desk.read(填报组=["县市"]).findings).code is Code.REFERENCE_UNKNOWN


@pytest.mark.parametrize(
    "name",
    [
        "../../x",
        "市公安局/../../etc",
        "..\\x",
        "．．／x",
        "市公安局\u202e",
        "市\u200b公安局",
        "市公安局\u0085",
        "市公安\x1c局",
        "市" * 67,
    ],
)
def test_names_that_would_harm_file_names_or_readers_are_refused(name: str) -> None:
    assert unsafe_reason(name)


@pytest.mark.parametrize(
    "name", ["市公安局", "辽滨沿海经济\n技术开发区", "市文旅局（文物局）", "㐂来里街道", "市" * 66]
)
def test_names_of_offices_are_safe(name: str) -> None:
    assert unsafe_reason(name) is None


@pytest.mark.parametrize("name", ["../../x", "市公安局\u202e", "．．／ｘ", "长" * 70])
def test_an_unsafe_name_is_told_and_never_shown_raw(desk: Desk, name: str) -> None:
    desk.put(f"单位,件数\n{name},5\n市税务局,6\n", "工单.csv")
    read = desk.read()
    finding = only(read.findings)
    assert (finding.code, finding.place.cell) == (Code.UNIT_UNSAFE, "A2")
    assert "\u202e" not in str(finding)
    assert len(finding.message) < 120
    assert [row.unit for row in read.tables["工单"].rows] == ["市税务局"]


def test_an_unsafe_name_is_refused_even_where_the_roster_has_it(desk: Desk) -> None:
    desk.units = ("../../x",)
    desk.xlsx([HEAD, ["../../x", 5]])
    assert has_errors(desk.read().findings)


def test_a_unit_of_the_group_that_nothing_evaluates_need_not_have_a_row(desk: Desk) -> None:
    desk.xlsx([HEAD, ["市公安局", 5]])
    table = contract(填报组=["市直部门"])
    evaluated = {"工单": {"市公安局", "市税务局"}}
    read = read_tables(desk.workspace, Period(2022, 11), "昌吉市", [table], desk.roster, evaluated)
    assert "1个单位没有填报：市税务局" in only(read.findings).message
