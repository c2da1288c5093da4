"""表扬, 批评, 约谈 and the 环比: from scoreboards of several months."""

from __future__ import annotations

from decimal import Decimal

import pytest
from offices import NOVEMBER, Office
from pydantic import ValidationError

from tongbao.errors import Code, InvalidError
from tongbao.inputs.table import Missing
from tongbao.scoring.comparison import compare_boards
from tongbao.scoring.consequences import Proposal, Rule, missing_history, propose
from tongbao.scoring.incidents import booked
from tongbao.scoring.scoreboard import Scoreboard

UNITS = ("甲局", "乙局", "丙局", "丁镇", "戊镇")


@pytest.fixture
def month(office: Office):  # noqa: ANN201 - a small function of the test's own
    office.system(
        '- {名称: 评分, 分值: 100, 取值: {公式: "[表.a]"}, 计分: 直接, 缺失: 待核}', full="100", groups="部门, 乡镇"
    )

    def make(back: int, *figures: str | None) -> Scoreboard:
        period = NOVEMBER.shift(-back)
        rows = [
            (unit, {"a": Missing.BLANK if figure is None else Decimal(figure)})
            for unit, figure in zip(UNITS, figures, strict=True)
        ]
        return office.board(office.table("表", rows, period), period=period)

    return make


def rules(*written: dict[str, object]) -> list[Rule]:
    return [Rule.model_validate(each) for each in written]


def test_ranks_and_scores_with_their_facts(month) -> None:  # noqa: ANN001
    board = month(0, "96.3", "80", "58.2", "90", "70")
    found = propose(
        rules(
            {"措施": "通报表扬", "前": "1", "得分不低于": "90"},
            {"措施": "通报批评", "组": ["部门"], "后": "1"},
            {"措施": "通报批评", "得分低于": "60"},
        ),
        [board],
    )
    assert found == (
        Proposal("通报表扬", "甲局", ("得分96.30分，不低于90分", "位列部门第1位")),
        Proposal("通报表扬", "丁镇", ("得分90.00分，不低于90分", "位列乡镇第1位")),
        Proposal("通报批评", "丙局", ("得分58.20分", "位列部门末位", "得分58.20分，低于60分")),
    )


def test_all_conditions_of_a_rule_hold_together(month) -> None:  # noqa: ANN001
    board = month(0, "70", "80", "90", "90", "70")
    assert not propose(rules({"措施": "通报批评", "后": "1", "得分低于": "60"}), [board])


def test_the_last_places_with_ties(month) -> None:  # noqa: ANN001
    board = month(0, "70", "70", "90", "90", "80")
    found = propose(rules({"措施": "约谈", "组": ["部门"], "后": "1"}), [board])
    assert [(each.unit, each.facts[1]) for each in found] == [("甲局", "位列部门末位"), ("乙局", "位列部门末位")]
    found = propose(rules({"措施": "约谈", "组": ["乡镇"], "后": "2"}), [board])
    assert [(each.unit, each.facts[1]) for each in found] == [("丁镇", "位列乡镇倒数第2位"), ("戊镇", "位列乡镇末位")]


def test_consecutive_months(month) -> None:  # noqa: ANN001
    rule = rules({"措施": "约谈", "组": ["部门"], "后": "1", "连续": "3"})
    boards = [month(back, "90", "80", "70", "90", "80") for back in range(3)]
    assert propose(rule, boards)[0].facts == ("得分70.00分", "位列部门末位", "连续3个月排名末位")
    assert not missing_history(rule, boards)
    interrupted = [boards[0], month(1, "90", "60", "70", "90", "80"), boards[2]]
    assert not propose(rule, interrupted)
    two_of_three = rules({"措施": "约谈", "组": ["部门"], "后": "2", "连续": "3"})
    assert [(each.unit, each.facts[-1]) for each in propose(two_of_three, interrupted)] == [
        ("乙局", "连续3个月排名后2位"), ("丙局", "连续3个月排名后2位"),
    ]  # fmt: skip


@pytest.mark.parametrize("months", [(0, 1), (0, 2, 3)])
def test_without_the_months_before_the_condition_is_not_met_and_this_is_told(month, months) -> None:  # noqa: ANN001
    rule = rules({"措施": "约谈", "后": "1", "连续": "3"})
    boards = [month(back, "90", "80", "70", "90", "80") for back in months]
    assert not propose(rule, boards)
    told = missing_history(rule, boards)
    assert len(told) == 1
    assert ("缺2022年9月" if months == (0, 1) else "缺2022年10月") in told[0].message


def test_falling_places(month) -> None:  # noqa: ANN001
    boards = [month(0, "70", "80", "90", "90", "80"), month(1, "90", "80", "70", "90", "80")]
    found = propose(rules({"措施": "限期整改", "位次下降不少于": "2"}), boards)
    assert found == (Proposal("限期整改", "甲局", ("得分70.00分", "较10月下降2位")),)
    assert not propose(rules({"措施": "限期整改", "位次下降不少于": "2"}), boards[:1])


def test_nobody_is_praised_and_criticised_at_once(month) -> None:  # noqa: ANN001
    board = month(0, "70", "70", "70", "90", "80")
    with pytest.raises(InvalidError, match=r"甲局既拟通报表扬.*又拟通报批评"):
        propose(rules({"措施": "通报表扬", "前": "1"}, {"措施": "通报批评", "组": ["部门"], "后": "1"}), [board])


def test_who_is_not_ranked_gets_no_measure(month) -> None:  # noqa: ANN001
    board = month(0, None, "70", "80", "90", "80")
    assert (board.standing_of["甲局"].rank, board.standing_of["甲局"].reason) == (None, "数据待核，暂无得分")
    assert [each.unit for each in propose(rules({"措施": "通报批评", "组": ["部门"], "得分低于": "75"}), [board])] == [
        "乙局"
    ]


@pytest.mark.parametrize(
    "written",
    [
        {"措施": "通报表扬"},
        {"措施": "罚款", "后": "1"},
        {"措施": "约谈", "后": "0"},
        {"措施": "约谈", "后": "两"},
        {"措施": "约谈", "后": "1", "连": "3"},
        {"措施": "约谈", "台账": {"条款": "第1条"}},
        {"措施": "约谈", "台账": {"表": "台账", "次数不少于": "0"}},
        {"措施": "约谈", "台账": {"表": "台账", "列": "事由"}},
    ],
)
def test_rules_that_make_no_sense(written: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        rules(written)


def test_changes_against_the_month_before(month) -> None:  # noqa: ANN001
    comparison = compare_boards(month(0, "70.25", "80", "90", "90", "85"), month(1, "90", "80.5", "70", "90", None))
    first = comparison.units["甲局"]
    assert (first.rank_change, first.change) == (-2, Decimal("-19.75"))
    assert (comparison.units["戊镇"].rank_change, comparison.units["戊镇"].change) == (None, None)
    group = comparison.groups["部门"]
    # 240.25 / 3 = 80.083…, 240.5 / 3 = 80.166…
    assert (str(group.mean), str(group.mean_before), str(group.change)) == ("80.08", "80.17", "-0.09")
    towns = comparison.groups["乡镇"]
    assert (str(towns.mean), towns.mean_before) == ("87.50", Decimal("90.00"))
    count = comparison.at_least(Decimal(85))
    assert (count.now, count.before, count.change) == (3, 2, 1)
    assert comparison.below(Decimal(80), "部门").now == 1


def test_without_a_month_before_nothing_is_compared(month) -> None:  # noqa: ANN001
    comparison = compare_boards(month(0, "70", "80", "90", "90", "85"), None)
    assert comparison.units["甲局"].rank_change is None
    assert comparison.groups["部门"].change is None
    assert comparison.at_least(Decimal(85)).change is None


def test_a_unit_alone_in_its_group_is_neither_first_nor_last(month) -> None:  # noqa: ANN001
    board = month(0, "96.3", None, None, "50", "70")
    alone = rules({"措施": "通报表扬", "前": "1"}, {"措施": "约谈", "组": ["部门"], "后": "1"})
    assert propose(alone, [board]) == (Proposal("通报表扬", "戊镇", ("得分70.00分", "位列乡镇第1位")),)
    assert [each.unit for each in propose(rules({"措施": "通报表扬", "得分不低于": "90"}), [board])] == ["甲局"]


def test_a_measure_on_what_a_ledger_holds(month, office: Office) -> None:  # noqa: ANN001
    board = month(0, "96", "80", "58", "90", None)
    key, ledger = office.ledger(
        ("甲局", "第1条", "3", 1, ""),  # row 2
        ("乙局", "第1条", "4", 1, ""),
        ("甲局", "第2条", "5", 4, ""),  # another clause
        ("甲局", "第1条", "9", 2, ""),  # row 5
        ("戊镇", "第1条", "9", 9, ""),  # has no score and no place
    )
    rows, findings = booked(ledger)
    assert not findings
    thrice = {"表": "台账", "条款": "第1条", "次数不少于": "3", "说法": "被曝光"}
    # 甲局 1 + 2 = 3 times; 乙局 once
    [found] = propose(rules({"措施": "约谈", "台账": thrice}), [board], incidents={key: rows})
    assert found == Proposal("约谈", "甲局", ("被曝光3次",), ("台账.xlsx，台账，B2、B5",))
    assert found.reasons == ("被曝光3次（台账.xlsx，台账，B2、B5）",)
    both = {"表": "台账", "条款": ["第1条", "第2条"], "次数不少于": "7"}  # 1 + 4 + 2
    [found] = propose(rules({"措施": "约谈", "台账": both}), [board], incidents={key: rows})
    assert found.reasons == ("第1条、第2条7次（台账.xlsx，台账，B2、B4、B5）",)
    any_row = rules({"措施": "通报批评", "得分低于": "90", "台账": {"表": "台账"}})
    [found] = propose(any_row, [board], incidents={key: rows})  # 甲局 has 96, 丙局 has no row
    assert (found.unit, found.facts) == ("乙局", ("得分80.00分，低于90分", "台账1次"))


def test_a_ledger_fact_in_every_month_of_a_run(month, office: Office) -> None:  # noqa: ANN001
    boards = [month(back, "96", "80", "58", "90", "70") for back in range(2)]
    row = {"条款": "第1条", "次数": 1}
    november = office.table("台账", [("甲局", row), ("乙局", row)])
    october = office.table("台账", [("旧甲局", row)], NOVEMBER.shift(-1))
    incidents = {
        key: booked(table, {"旧甲局": "甲局"}.get if table is october[1] else str)[0]
        for key, table in (november, october)
    }
    rule = rules({"措施": "约谈", "台账": {"表": "台账", "条款": "第1条", "说法": "窗口空岗"}, "连续": "2"})
    [found] = propose(rule, boards, incidents=incidents)
    assert found.unit == "甲局"  # 乙局 only in November
    assert found.reasons == ("窗口空岗1次（台账.xlsx，台账，B2）", "连续2个月窗口空岗1次以上")


def test_rows_whose_times_cannot_be_told(office: Office) -> None:
    _, ledger = office.table(
        "台账", [("甲局", {"条款": "第1条", "次数": Missing.BLANK}), ("乙局", {"条款": "第1条", "次数": -1})]
    )
    rows, findings = booked(ledger)
    assert not rows
    assert [(each.code, each.place.cell) for each in findings] == [
        (Code.VALUE_MISSING, "C2"), (Code.CELL_OUT_OF_BOUNDS, "C3"),
    ]  # fmt: skip
