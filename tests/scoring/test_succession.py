"""单位名录 with months: units are renamed, merged, abolished, set up; history follows the unit, old months stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import ROSTER, Office

from tongbao.errors import Code, Finding, InvalidError
from tongbao.inputs.roster import Roster
from tongbao.inputs.table import Table
from tongbao.period import Period
from tongbao.scoring.comparison import compare_boards
from tongbao.scoring.consequences import Rule, propose
from tongbao.scoring.engine import score_tables
from tongbao.scoring.history import under_names_of
from tongbao.scoring.scoreboard import Scoreboard

MAY, JUNE, JULY, AUGUST = (Period(2022, month) for month in (5, 6, 7, 8))
# 甲局 becomes 数据局 in July; 乙局 is merged into 文旅局, which is there all along; 丙局 is abolished; 新局 is set up.
REFORM = """
辖区: 示范市
组:
  - 名称: 部门
    单位:
      - {名称: 甲局, 别名: [市甲局]}
      - {名称: 数据局, 生效: 2022-07, 更名自: 甲局}
      - {名称: 乙局, 截止: 2022-06, 并入: 文旅局}
      - {名称: 丙局, 截止: 2022-06}
      - {名称: 文旅局}
      - {名称: 新局, 生效: 2022-07}
  - 名称: 乡镇
    单位: [{名称: 丁镇}, {名称: 戊镇}]
"""
BEFORE = ("甲局", "乙局", "丙局", "文旅局")
AFTER = ("数据局", "文旅局", "新局")
NEW = "{名称: 新局, 生效: 2022-07}"
SYSTEM = '- {名称: 甲, 分值: 100, 取值: {公式: "[表.a]"}, 计分: 直接}'


def roster(text: str = REFORM) -> Roster:
    from io import StringIO

    from ruamel.yaml import YAML

    return Roster.model_validate(YAML(typ="base").load(StringIO(text)))


def reformed(office: Office, text: str = REFORM) -> None:
    office.write("单位名录.yaml", text)
    office.system(SYSTEM, full="100")


def month(office: Office, period: Period, **points: int) -> tuple[tuple[Period, str], Table]:
    return office.table("表", [(unit, {"a": each, "b": each}) for unit, each in points.items()], period)


def board(office: Office, period: Period, **points: int) -> Scoreboard:
    return office.board(month(office, period, **points), period=period)


def findings(office: Office) -> list[Finding]:
    with pytest.raises(InvalidError) as caught:
        office.load()
    return list(caught.value.findings)


def test_each_month_has_the_units_of_its_time() -> None:
    whole = roster()
    assert [unit for unit in whole.at(JUNE).units if unit[-1] == "局"] == list(BEFORE)
    assert [unit for unit in whole.at(JULY).units if unit[-1] == "局"] == list(AFTER)
    assert whole.at(JUNE).names["市甲局"] == "甲局"
    assert "市甲局" not in whole.at(JULY).names


@pytest.mark.parametrize(
    ("unit", "since", "until", "name"),
    [
        ("甲局", JUNE, JULY, "数据局"),  # renamed: the same unit
        ("数据局", JULY, MAY, "甲局"),  # and backwards
        ("甲局", MAY, JUNE, "甲局"),
        ("乙局", JUNE, JULY, None),  # merged: the successor has a history of its own
        ("文旅局", JULY, JUNE, "文旅局"),
        ("丙局", JUNE, JULY, None),  # abolished
        ("新局", JULY, JUNE, None),  # set up
        ("数据局", JUNE, JULY, None),  # nobody was called so in June
    ],
)
def test_history_belongs_to(unit: str, since: Period, until: Period, name: str | None) -> None:
    assert roster().successor(unit, since, until) == name


def test_a_unit_may_be_renamed_twice_and_then_merged() -> None:
    last = "{名称: 丙, 生效: 2022-07, 截止: 2022-07, 更名自: 乙, 并入: 丁}"
    units = f"[{{名称: 甲}}, {{名称: 乙, 生效: 2022-06, 更名自: 甲}}, {last}, {{名称: 丁}}]"
    whole = roster(f"辖区: 示范市\n组: [{{名称: 部门, 单位: {units}}}]")
    assert whole.successor("甲", MAY, JULY) == "丙"
    assert whole.successor("甲", MAY, AUGUST) is None
    told = whole.at(AUGUST).elsewhen["甲"]
    assert told.words == "自2022年6月起更名为“乙”，又自2022年7月起更名为“丙”，又自2022年8月起并入“丁”"
    assert told.remedy == "请把数字并入“丁”那一行，不要另填一行"


@pytest.mark.parametrize(
    ("period", "unit", "words"),
    [
        (JULY, "市甲局", "自2022年7月起更名为“数据局”"),
        (JULY, "乙局", "自2022年7月起并入“文旅局”"),
        (JULY, "丙局", "自2022年7月起撤销"),
        (JUNE, "数据局", "自2022年7月起才用这个名称，2022年6月叫“甲局”"),
        (JUNE, "新局", "2022年7月才设立"),
    ],
)
def test_a_name_of_another_time_is_told_since_when(period: Period, unit: str, words: str) -> None:
    assert roster().at(period).elsewhen[unit].words == words


def test_a_unit_that_moves_to_another_group_keeps_its_history() -> None:
    whole = roster(
        "辖区: 示范市\n组: [{名称: 部门, 单位: [{名称: 甲}]}, {名称: 乡镇, 单位: [{名称: 甲, 生效: 2022-07}]}]"
    )
    assert whole.at(JUNE).group_of == {"甲": "部门"}
    assert whole.at(JULY).group_of == {"甲": "乡镇"}
    assert whole.successor("甲", JUNE, JULY) == "甲"
    assert list(whole.succession.events(JUNE, JULY)) == ["2022年7月“甲”由部门转入乡镇"]


def test_changes_follow_the_unit_through_the_reform(office: Office) -> None:
    reformed(office)
    june = board(office, JUNE, 甲局=60, 乙局=80, 丙局=70, 文旅局=90)
    july = board(office, JULY, 数据局=95, 文旅局=85, 新局=50)
    assert not june.findings
    assert not july.findings
    units = compare_boards(july, under_names_of(JULY, june, office.load().roster.value)).units
    # 数据局 was 甲局: 4th of 4 with 60. 文旅局 has its own June, not that of 乙局. 新局 has none.
    assert (units["数据局"].total_before, units["数据局"].rank_change, units["数据局"].change) == (60, 3, 35)
    assert (units["文旅局"].total_before, units["文旅局"].rank_change) == (90, -1)
    assert (units["新局"].total_before, units["新局"].rank_before) == (None, None)


def test_months_at_the_bottom_are_counted_across_a_renaming(office: Office) -> None:
    reformed(office)
    whole = office.load().roster.value
    june = under_names_of(JULY, board(office, JUNE, 甲局=60, 乙局=80, 丙局=70, 文旅局=90), whole)
    july = board(office, JULY, 数据局=40, 文旅局=85, 新局=50)
    rule = Rule.model_validate({"措施": "约谈", "后": "1", "连续": "2"})
    [proposal] = propose([rule], [july, june])
    assert proposal.unit == "数据局"
    assert proposal.facts[-1] == "连续2个月排名末位"


def test_an_old_month_keeps_its_places_and_peers(office: Office) -> None:
    office.write("单位名录.yaml", ROSTER.replace("{名称: 丙局}", "{名称: 丙局}, {名称: 文旅局}"))
    office.system(SYSTEM, full="100")
    points = {"甲局": 60, "乙局": 80, "丙局": 70, "文旅局": 90}
    before = board(office, JUNE, **points)
    reformed(office)
    after = board(office, JUNE, **points)
    assert after.standings == before.standings
    assert after.scores == before.scores
    assert [standing.peers for standing in after.standings] == [4] * 4


def test_a_base_period_is_looked_up_under_the_name_of_that_time(office: Office) -> None:
    office.write("单位名录.yaml", REFORM)
    formula = '{公式: "([表.a@2022-05]-[表.a])/[表.a@2022-05]"}'
    office.system(f"- {{名称: 精简, 分值: 10, 取值: {formula}, 计分: 按比例, 下限: 0, 缺失: 零分}}", full="10")
    may = month(office, MAY, 甲局=8, 乙局=4, 丙局=4, 文旅局=5)
    july = month(office, JULY, 数据局=6, 文旅局=4, 新局=3)
    scored = office.board(may, july, period=JULY)
    # 数据局 was 甲局: (8 − 6) / 8 × 10 = 2.5; 文旅局 (5 − 4) / 5 × 10 = 2; 新局 has no May
    assert office.points(scored, "精简") == {"数据局": "2.50", "文旅局": "2.00", "新局": "0.00"}


def test_a_year_weighted_over_months_follows_the_unit(office: Office) -> None:
    reformed(office)
    part = "{名称: 体系, 时间加权: [{期间: 2022-06至2022-07, 权重: 100%}]}"
    office.system(f"- {{名称: 年, 分值: 100, 取值: {{体系: {part}}}, 计分: 按比例}}", full="100", name="年度")
    tables = dict(
        [
            month(office, JUNE, 甲局=60, 乙局=80, 丙局=70, 文旅局=90),
            month(office, JULY, 数据局=90, 文旅局=80, 新局=50),
        ]
    )
    scored = score_tables(office.load(), JULY, tables, ["年度"])["年度"]
    # 数据局 (60 + 90) / 2 with June as 甲局; 文旅局 (90 + 80) / 2; 新局 July alone, and says so
    assert office.points(scored, "年") == {"数据局": "75.00", "文旅局": "85.00", "新局": "50.00"}
    assert "未计2022年6月（新局不是评价对象）" in scored.scores["新局"]["年",].trace.steps[0]
    assert not scored.findings


def test_a_definition_may_name_a_renamed_unit_by_either_name(office: Office) -> None:
    office.write("单位名录.yaml", REFORM)
    office.write(
        "体系.yaml", f"名称: 体系\n来源: 示例\n对象: {{包括: [甲局, 文旅局]}}\n满分: 100\n指标: [{SYSTEM[2:]}]\n"
    )
    assert list(board(office, JUNE, 甲局=60, 文旅局=90).scores) == ["甲局", "文旅局"]
    assert list(board(office, JULY, 数据局=60, 文旅局=90).scores) == ["数据局", "文旅局"]


def test_a_system_whose_units_are_all_gone_is_an_error_of_that_month(office: Office) -> None:
    office.write("单位名录.yaml", REFORM)
    office.write("体系.yaml", f"名称: 体系\n来源: 示例\n对象: {{包括: [丙局]}}\n满分: 100\n指标: [{SYSTEM[2:]}]\n")
    assert not board(office, JUNE, 丙局=60).findings
    [finding] = board(office, JULY).findings
    assert "在2022年7月没有评价对象" in finding.message


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "words"),
    [
        (", 更名自: 甲局", ", 更名自: 甲", Code.REFERENCE_UNKNOWN, 7, "2022年7月以前名录中没有“甲”"),
        ("生效: 2022-07, 更名自", "更名自", Code.KEY_MISSING, 7, "没有写 生效"),
        ("别名: [市甲局]}", "别名: [市甲局], 截止: 2022-05}", Code.VALUE_INVALID, 7, "不相接"),
        ("别名: [市甲局]}", "截止: 2022-07}", Code.VALUE_INVALID, 7, "不相接"),
        ("别名: [市甲局]}", "截止: 2022-06, 并入: 文旅局}", Code.VALUE_INVALID, 7, "又更名为“数据局”"),
        (NEW, "{名称: 新局, 生效: 2022-07, 更名自: 甲局}", Code.VALUE_INVALID, 11, "已更名"),
        ("截止: 2022-06, 并入: 文旅局", "并入: 文旅局", Code.KEY_MISSING, 8, "没有写 截止"),
        ("并入: 文旅局", "并入: 文旅", Code.REFERENCE_UNKNOWN, 8, "2022年7月名录中没有这个单位"),
        ("并入: 文旅局", "并入: 甲局", Code.REFERENCE_UNKNOWN, 8, "2022年7月名录中没有这个单位"),
        (NEW, "{名称: 文旅局, 生效: 2022-07, 更名自: 丙局}", Code.VALUE_INVALID, 11, "另有单位"),
        (NEW, "{名称: 新局, 生效: 2022-07, 别名: [文旅局]}", Code.UNIT_REPEATED, 11, "既指文旅局"),
        ("{名称: 文旅局}", "{名称: 文旅局, 别名: [丙局]}", Code.UNIT_REPEATED, 10, "既指丙局"),
        (NEW, "{名称: 乙局, 生效: 2022-08, 更名自: 丁镇}", Code.VALUE_INVALID, 11, "以前另有单位用过"),
        ("丙局, 截止: 2022-06}", "丙局, 生效: 2022-07, 截止: 2022-06}", Code.VALUE_INVALID, 9, "早于 生效"),
    ],
)  # fmt: skip
def test_changes_that_do_not_fit_together(
    office: Office, old: str, new: str, code: Code, line: int, words: str
) -> None:
    assert old in REFORM
    reformed(office, REFORM.replace(old, new))
    found = findings(office)
    told = [each for each in found if each.code is code and each.place.line == line]
    assert told, found
    assert any(words in each.message for each in told), told


def test_a_unit_may_take_its_old_name_back(office: Office) -> None:
    back = "更名自: 甲局}\n      - {名称: 甲局, 生效: 2022-09, 更名自: 数据局}"
    reformed(office, REFORM.replace("更名自: 甲局}", back))
    whole = office.load().roster.value
    assert whole.successor("甲局", JUNE, Period(2022, 9)) == "甲局"
    assert whole.successor("数据局", AUGUST, Period(2022, 9)) == "甲局"


def test_all_names_of_a_unit() -> None:
    assert roster().names_of("市甲局") == roster().names_of("数据局") == ("甲局", "数据局")
    assert roster().names_of("乙局") == ("乙局",)  # merged: another unit's history is not its own
    assert roster().names_of("火星局") == ()


def test_an_old_name_may_serve_as_an_alias_of_the_new_unit(office: Office) -> None:
    reformed(office, REFORM.replace("更名自: 甲局}", "更名自: 甲局, 别名: [甲局]}"))
    assert office.load().at(JULY).roster.names["甲局"] == "数据局"


reforms = st.lists(
    st.sampled_from(
        [
            ("{名称: 甲局,", "{名称: 数据局, 生效: 2022-07, 更名自: 甲局}, {名称: 甲局,"),
            ("{名称: 乙局}", "{名称: 乙局, 截止: 2022-07, 并入: 甲局}"),
            ("{名称: 丙局}", "{名称: 丙局, 截止: 2022-06}"),
            ("{名称: 丁镇}", "{名称: 丁镇}, {名称: 新镇, 生效: 2022-08}"),
            ("{名称: 戊镇}", "{名称: 戊镇, 截止: 2022-06}, {名称: 戊街道, 生效: 2022-07, 更名自: 戊镇}"),
        ]
    ),
    unique=True,
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=reforms, points=st.lists(st.integers(0, 100), min_size=5, max_size=5))
def test_no_later_reform_changes_an_old_month(office: Office, chosen: list[tuple[str, str]], points: list[int]) -> None:
    office.system(SYSTEM, full="100", groups="部门, 乡镇")
    named = dict(zip(("甲局", "乙局", "丙局", "丁镇", "戊镇"), points, strict=True))
    office.write("单位名录.yaml", ROSTER)
    before = board(office, JUNE, **named)
    text = ROSTER
    for old, new in chosen:
        text = text.replace(old, new)
    if "数据局" in text:
        text = text.replace("并入: 甲局", "并入: 数据局")
    office.write("单位名录.yaml", text)
    assert board(office, JUNE, **named) == before
    whole = office.load().roster.value
    for since, until in pairwise((MAY, JUNE, JULY, AUGUST)):  # whoever has a successor is found again from there
        for unit in whole.at(since).units:
            name = whole.successor(unit, since, until)
            assert name is None or whole.successor(name, until, since) == unit
