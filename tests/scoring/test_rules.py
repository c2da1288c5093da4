"""Every rule kind, worked by hand from the words of its source."""

from __future__ import annotations

from decimal import Decimal

import pytest
from offices import Office

from tongbao.errors import Code, Severity
from tongbao.inputs.table import Missing
from tongbao.period import Period
from tongbao.scoring.explain import explain
from tongbao.scoring.scoreboard import Scoreboard


def codes(board: Scoreboard, severity: Severity = Severity.ERROR) -> list[tuple[Code, str | None]]:
    return [(found.code, found.place.cell) for found in board.findings if found.severity is severity]


def three(a: tuple[object, object], b: tuple[object, object], c: tuple[object, object]) -> dict[str, dict[str, object]]:
    return {unit: {"a": pair[0], "b": pair[1]} for unit, pair in zip(("甲局", "乙局", "丙局"), (a, b, c), strict=True)}


RATIO = '- {{名称: 率, 分值: 3, 取值: {{公式: "[表.a]/[表.b]"}}, 计分: 按比例{}}}'


def test_r1_ratio_is_weight_times_share(office: Office) -> None:
    office.system(RATIO.format(""))
    board = office.board(office.figures(**three((1, 3), (735, 1000), (0, 7))))
    assert office.points(board, "率") == {"甲局": "1.00", "乙局": "2.21", "丙局": "0.00"}  # 2.205 half up
    assert not board.findings


def test_r1_more_than_everything_is_an_error_until_a_cap_decides(office: Office) -> None:
    office.system(RATIO.format(""))
    figures = office.figures(**three((11, 10), (10, 10), (5, 10)))
    board = office.board(figures)
    assert codes(board) == [(Code.RATE_ABOVE_ONE, "B2")]
    assert office.points(board, "率")["甲局"] is None
    office.system(RATIO.format(", 上限: 100%"))
    board = office.board(figures)
    assert codes(board) == []
    assert codes(board, Severity.WARNING) == [(Code.RATE_ABOVE_ONE, "B2")]
    assert office.points(board, "率")["甲局"] == "3.00"
    assert "比率110%超过上限100%，按100%计" in board.scores["甲局"]["率",].trace.steps


def test_division_by_zero_is_told_at_the_denominator(office: Office) -> None:
    office.system(RATIO.format(""))
    board = office.board(office.figures(**three((0, 0), (1, 1), (1, 1))))
    assert codes(board) == [(Code.DENOMINATOR_ZERO, "C2")]
    assert board.scores["甲局"]["率",].reason is Missing.ZERO_DENOMINATOR


@pytest.mark.parametrize(
    ("decided", "points", "applicable", "lost"),
    [
        ("分母为零: 满分", "3.00", True, "0"),
        ("分母为零: 零分", "0.00", True, "3"),
        ("分母为零: {得分率: 50%}", "1.50", True, "1.50"),
        ("分母为零: 不适用, 不适用: {得分率: 80%}", "2.40", False, "0"),  # R17: 得80%权重分
        ("分母为零: 剔除", None, False, "0"),
        ("分母为零: 待核", None, True, "0"),
    ],
)
def test_zero_denominator_is_worth_what_the_definition_says(
    office: Office, decided: str, points: str | None, *, applicable: bool, lost: str
) -> None:
    office.system(RATIO.format(f", {decided}"))
    board = office.board(office.figures(**three((0, 0), (1, 1), (1, 1))))
    score = board.scores["甲局"]["率",]
    assert codes(board) == []
    assert office.points(board, "率")["甲局"] == points
    assert (score.applicable, score.lost, score.reason) == (applicable, Decimal(lost), Missing.ZERO_DENOMINATOR)


def test_r2_complement_with_a_total_from_outside(office: Office) -> None:
    office.system(
        '- {名称: 差评占比, 分值: 2, 取值: {公式: "([全局.总数]-[表.a])/[全局.总数]"}, 计分: 按比例}', full="2"
    )
    board = office.board(
        office.figures(**three((9, 0), (0, 0), (130, 0))), office.table("全局", [(None, {"总数": 120})])
    )
    assert office.points(board, "差评占比") == {"甲局": "1.85", "乙局": "2.00", "丙局": None}
    assert codes(board) == [(Code.CELL_OUT_OF_BOUNDS, "B2")]  # more than the whole: undecided


@pytest.mark.parametrize(
    ("scoring", "expected"),
    [("按比例", ["0.20", "0.60", "1.20"]), ("{按比例: {参照: 组内最高}}", ["0.33", "1.00", "2.00"])],
)
def test_r3_share_literal_or_relative_to_the_best(office: Office, scoring: str, expected: list[str]) -> None:
    office.system(f'- {{名称: 调用, 分值: 2, 取值: {{公式: "[表.a]/合计([表.a])"}}, 计分: {scoring}}}', full="2")
    board = office.board(office.figures(**three((10, 0), (30, 0), (60, 0))))
    assert list(office.points(board, "调用").values()) == expected
    trace = board.scores["甲局"]["调用",].trace
    assert trace.substituted == "10÷100"
    total = trace.inputs[1]
    assert (total.name, total.value) == ("合计([表.a])", Decimal(100))
    assert total.note == "合计3个单位，inputs/2022-11/示范市/表.xlsx 工作表“表” B2～B4"


def test_r4_reduction_negative_is_undecided_until_a_floor(office: Office) -> None:
    formula = '"([表.a]-[表.b])/[表.a]"'
    figures = office.figures(**three((10, 3), (10, 12), (0, 0)))
    office.system(f"- {{名称: 压缩, 分值: 2, 取值: {{公式: {formula}}}, 计分: 按比例, 分母为零: 满分}}", full="2")
    board = office.board(figures)
    assert codes(board) == [(Code.CELL_OUT_OF_BOUNDS, "B3")]
    office.system(
        f"- {{名称: 压缩, 分值: 2, 取值: {{公式: {formula}}}, 计分: 按比例, 分母为零: 满分, 下限: 0}}", full="2"
    )
    board = office.board(figures)
    assert office.points(board, "压缩") == {"甲局": "1.40", "乙局": "0.00", "丙局": "2.00"}


def test_r5_against_a_base_period_and_a_unit_that_is_younger(office: Office) -> None:
    office.system(
        """
        - 名称: 精简
          分值: 2
          取值: {公式: "([表.a@2021-12]-[表.a])/[表.a@2021-12]"}
          计分: 按比例
          下限: 0
          缺失: 待核
        """,
        full="2",
    )
    base = office.table("表", [("甲局", {"a": 5}), ("乙局", {"a": 3})], Period(2021, 12))
    board = office.board(office.figures(甲局={"a": Decimal("3.2")}, 乙局={"a": Decimal("3.6")}, 丙局={"a": 1}), base)
    assert office.points(board, "精简") == {"甲局": "0.72", "乙局": "0.00", "丙局": None}
    assert board.scores["丙局"]["精简",].reason is Missing.NOT_REPORTED
    assert board.standing_of["丙局"].provisional
    assert not board.standing_of["甲局"].provisional
    assert codes(board, Severity.WARNING)[0][0] is Code.PROVISIONAL
    assert board.scores["甲局"]["精简",].trace.substituted == "(5-3.2)÷5"


def test_last_month_is_the_month_before_even_in_january(office: Office) -> None:
    office.system('- {名称: 增长, 分值: 2, 取值: {公式: "[表.a]/[表.a@上月]"}, 计分: 按比例}', full="2")
    january = Period(2023, 1)
    now = office.table("表", [(unit, {"a": 1}) for unit in ("甲局", "乙局", "丙局")], january)
    before = office.table("表", [(unit, {"a": 4}) for unit in ("甲局", "乙局", "丙局")], Period(2022, 12))
    board = office.board(now, before, period=january)
    assert office.points(board, "增长")["甲局"] == "0.50"


@pytest.mark.parametrize(("stepping", "expected"), [("连续", "2.74"), ("满步", "2.80"), ("不足一步按一步", "2.70")])
def test_r7_gap_at_97_35_percent(office: Office, stepping: str, expected: str) -> None:
    office.system(
        f"""
        - 名称: 签收率
          分值: 3
          取值: {{公式: "[表.a]/[表.b]"}}
          计分: {{差距扣分: {{参照: 组内最高, 每: 1%, 扣: 0.1, 步进: {stepping}}}}}
          不适用: {{得分率: 80%}}
          分母为零: 不适用
        """
    )
    board = office.board(office.figures(**three((9735, 10000), (50, 50), (0, 0))))
    assert office.points(board, "签收率") == {"甲局": expected, "乙局": "3.00", "丙局": "2.40"}
    reference = board.scores["甲局"]["签收率",].trace.reference
    assert reference is not None
    assert (reference.unit, reference.value) == ("乙局", Decimal(1))


def test_r7_is_deducted_to_zero_and_never_below(office: Office) -> None:
    office.system(
        '- {名称: 率, 分值: 3, 取值: {公式: "[表.a]/[表.b]"}, 计分: {差距扣分: {每: 1%, 扣: 0.1, 步进: 连续}}}'
    )
    board = office.board(office.figures(**three((60, 100), (100, 100), (70, 100))))
    assert office.points(board, "率") == {"甲局": "0.00", "乙局": "3.00", "丙局": "0.00"}


def test_r7_exact_steps_do_not_slip_by_the_dust_of_division(office: Office) -> None:
    office.system(
        '- {名称: 率, 分值: 3, 取值: {公式: "[表.a]/[表.b]"}, 计分: {差距扣分: {每: 1%, 扣: 0.1, 步进: 满步}}}'
    )
    board = office.board(office.figures(**three((6, 7), (579, 700), (1, 7))))  # 6/7 − 0.03 = 579/700
    assert office.points(board, "率")["乙局"] == "2.70"


def test_r7_compares_within_the_own_group(office: Office) -> None:
    office.system(
        '- {名称: 率, 分值: 3, 取值: {公式: "[表.率]"}, 单位: "%", 计分: {差距扣分: {每: 1%, 扣: 0.1, 步进: 连续}}}',
        groups="部门, 乡镇",
    )
    rates = {"甲局": "1", "乙局": "0.9", "丙局": "0.9", "丁镇": "0.8", "戊镇": "0.7"}
    board = office.board(office.figures(**{unit: {"率": Decimal(rate)} for unit, rate in rates.items()}))
    assert list(office.points(board, "率").values()) == ["3.00", "2.00", "2.00", "3.00", "2.00"]


def test_r8_blank_is_not_no(office: Office) -> None:
    office.system(
        '- {名称: 知识库, 分值: 1, 取值: {公式: "[表.是否]"}, 计分: {分档: [{值: 是, 得分: 1}, {值: 否, 得分: 0}]}}',
        full="1",
    )
    board = office.board(office.figures(甲局={"是否": "是"}, 乙局={"是否": "否"}, 丙局={"是否": Missing.BLANK}))
    assert office.points(board, "知识库") == {"甲局": "1.00", "乙局": "0.00", "丙局": None}
    assert codes(board) == [(Code.VALUE_MISSING, "B4")]


def test_r9_lookup_of_roles_and_a_role_nobody_decided(office: Office) -> None:
    office.system(
        """
        - 名称: 主题集成
          分值: 2
          取值: {公式: "[表.角色]"}
          计分: {分档: [{值: 牵头, 得分: 1}, {值: 牵头和配合, 得分: 2}, {值: 无, 不适用: 是}]}
          不适用: {得分率: 80%}
        """,
        full="2",
    )
    board = office.board(office.figures(甲局={"角色": "牵头和配合"}, 乙局={"角色": "无"}, 丙局={"角色": "参与"}))
    assert office.points(board, "主题集成") == {"甲局": "2.00", "乙局": "1.60", "丙局": None}
    assert codes(board) == [(Code.CELL_NOT_CHOICE, "B4")]


def test_numeric_bands_take_the_highest_bound_reached(office: Office) -> None:
    office.system(
        '- {名称: 档, 分值: 2, 取值: {公式: "[表.a]"}, 计分: {分档: [{不低于: 90, 得分: 2}, {不低于: 60, 得分: 1}]}}',
        full="2",
    )
    board = office.board(office.figures(甲局={"a": 90}, 乙局={"a": Decimal("89.99")}, 丙局={"a": 59}))
    assert office.points(board, "档") == {"甲局": "2.00", "乙局": "1.00", "丙局": None}
    assert codes(board) == [(Code.CELL_OUT_OF_BOUNDS, "B4")]


TASK = """
- 名称: 备案率
  分值: 3
  取值: {{公式: "[表.a]/[表.b]"}}
  计分: {{达标: {{比较: ">=", 目标: 98%{more}}}}}
"""


def test_r15_target_met_or_not(office: Office) -> None:
    office.system(TASK.format(more=", 截止: 2022-10-20, 长期坚持: 是"))
    board = office.board(office.figures(**three((98, 100), (9799, 10000), (100, 100))))
    assert office.points(board, "备案率") == {"甲局": "3.00", "乙局": "0.00", "丙局": "3.00"}
    assert [board.scores[unit]["备案率",].met for unit in ("甲局", "乙局")] == [True, False]
    assert board.scores["乙局"]["备案率",].trace.steps[0] == "目标≥98%，实际97.99%，未达标"


def test_r15_partial_credit(office: Office) -> None:
    office.system(TASK.format(more=", 未达: 按完成比例"))
    board = office.board(office.figures(**three((49, 100), (0, 100), (99, 100))))
    assert office.points(board, "备案率") == {"甲局": "1.50", "乙局": "0.00", "丙局": "3.00"}


def test_r15_lower_is_better_and_partial_credit_turns_round(office: Office) -> None:
    office.system(
        '- {名称: 跑动, 分值: 3, 取值: {公式: "[表.a]"}, 计分: {达标: {比较: "<=", 目标: 0.03, 未达: 按完成比例}}}'
    )
    board = office.board(office.figures(甲局={"a": Decimal("0.03")}, 乙局={"a": Decimal("0.06")}, 丙局={"a": 0}))
    assert office.points(board, "跑动") == {"甲局": "3.00", "乙局": "1.50", "丙局": "3.00"}


def test_r15_target_is_another_column_of_the_same_unit(office: Office) -> None:
    office.system('- {名称: 认领, 分值: 3, 取值: {公式: "[表.a]"}, 计分: {达标: {比较: "=", 目标: "[表.b]"}}}')
    board = office.board(office.figures(**three((7, 7), (6, 7), (1, Missing.BLANK))))
    assert office.points(board, "认领") == {"甲局": "3.00", "乙局": "0.00", "丙局": None}
    assert codes(board)[0][0] is Code.VALUE_MISSING
    assert [item.name for item in board.scores["甲局"]["认领",].trace.inputs] == ["表.a", "表.b"]


def test_r15_before_the_deadline_nothing_is_lost(office: Office) -> None:
    office.system(TASK.format(more=", 截止: 2022-12-01"))
    board = office.board(office.figures(**three((98, 100), (1, 100), (1, 100))))
    score = board.scores["乙局"]["备案率",]
    assert (score.points, score.met, score.lost) == (None, None, Decimal(0))
    assert "未到期" in score.trace.steps[-1]
    assert office.points(board, "备案率")["甲局"] == "3.00"
    office.system(TASK.format(more=", 截止: 2022-11-30"))
    board = office.board(office.figures(**three((98, 100), (1, 100), (1, 100))))
    assert office.points(board, "备案率")["乙局"] == "0.00"


def test_r15_before_the_deadline_an_open_target_may_count_as_not_done_yet(office: Office) -> None:
    whole = "汇总: 按适用分值折算\n取整: {位置: 总分, 位数: 2}"
    both = (
        '- {{名称: 常态, 分值: 1, 取值: {{公式: "[表.a]"}}, 计分: {{达标: {{比较: ">=", 目标: 1}}}}}}\n' + TASK.strip()
    )
    figures = office.figures(**three((98, 100), (1, 100), (0, 100)))
    office.system(both.format(more=", 截止: 2022-12-01, 到期前: 计入"), full="4", more=whole)
    board = office.board(figures)
    # 乙局 has the 1 point without a deadline, and 3 more are expected of it; left out they would make it 4/4
    assert [board.standing_of[unit].total for unit in ("甲局", "乙局", "丙局")] == [4, 1, 0]
    score = board.scores["乙局"]["备案率",]
    assert (score.points, score.met, score.pending, score.lost) == (0, None, True, 0)
    assert score.trace.steps[-1] == "截止日期2022-12-01未到（未到期），计入应完成，尚未完成"
    assert "是否达标：未到期，尚未达标" in explain(board, "乙局", "备案率")
    office.system(both.format(more=", 截止: 2022-12-01"), full="4", more=whole)
    assert office.board(figures).standing_of["乙局"].total == 4
    office.system(both.format(more=", 截止: 2022-11-30, 到期前: 计入"), full="4", more=whole)
    score = office.board(figures).scores["乙局"]["备案率",]
    assert (score.met, score.pending, score.lost) == (False, False, 3)


def test_r16_waits_where_what_is_missing_is_not_due_yet(office: Office) -> None:
    early = '{名称: 早, 取值: {公式: "[表.a]"}, 计分: {达标: {比较: ">=", 目标: 5}}}'
    late = '{名称: 晚, 取值: {公式: "[表.b]"}, 计分: {达标: {比较: ">=", 目标: 5, 截止: 2022-12-31}}}'
    office.system(f"- {{名称: 组, 分值: 3, 汇总: 全部达标, 指标: [{early}, {late}]}}")
    board = office.board(office.figures(**three((5, 5), (5, 4), (4, 4))))
    assert office.points(board, "组") == {"甲局": "3.00", "乙局": None, "丙局": "0.00"}
    assert board.scores["乙局"]["组",].pending


def test_r16_all_met_gives_all_else_the_sum(office: Office) -> None:
    leaf = '{{名称: {name}, 分值: 1, 取值: {{公式: "[表.{name}]"}}, 计分: {{达标: {{比较: ">=", 目标: 5}}}}}}'
    office.system(f"- {{名称: 组, 分值: 3, 汇总: 全部达标, 指标: [{leaf.format(name='a')}, {leaf.format(name='b')}]}}")
    board = office.board(office.figures(**three((5, 5), (5, 4), (4, 4))))
    assert office.points(board, "组") == {"甲局": "3.00", "乙局": "1.00", "丙局": "0.00"}
    assert board.scores["乙局"]["组",].trace.steps == ("b未达标，按各项得分之和1计",)


def test_status_only_shows_the_figure_and_scores_nothing(office: Office) -> None:
    office.system('- {名称: 进展, 取值: {公式: "[表.a]"}, 单位: 件, 计分: 仅状态}', full=None)
    board = office.board(office.figures(甲局={"a": 3}, 乙局={"a": Missing.BLANK}, 丙局={"a": 4}))
    assert board.scores["甲局"]["进展",].value == 3
    assert board.scores["甲局"]["进展",].points is None
    assert codes(board) == []
    assert codes(board, Severity.WARNING) == [(Code.VALUE_MISSING, "B3")]
    assert [standing.rank for standing in board.standings] == [None, None, None]
    assert board.standings[0].reason == "本体系只列状态，不计分"


def test_direct_points_stay_between_zero_and_the_weight(office: Office) -> None:
    office.system('- {名称: 评分, 分值: 3, 取值: {公式: "[表.a]"}, 单位: 分, 计分: 直接}')
    board = office.board(office.figures(甲局={"a": Decimal("2.5")}, 乙局={"a": Decimal("3.01")}, 丙局={"a": -1}))
    assert office.points(board, "评分") == {"甲局": "2.50", "乙局": None, "丙局": None}
    assert codes(board) == [(Code.CELL_OUT_OF_BOUNDS, "B3"), (Code.CELL_OUT_OF_BOUNDS, "B4")]


def test_applies_condition_leaves_the_unit_out(office: Office) -> None:
    office.system(
        '- {名称: 通办, 分值: 2, 取值: {公式: "[表.a]/[表.b]"}, 计分: 按比例, 适用: "[表.b]>0", 不适用: {得分率: 80%}}',
        full="2",
    )
    board = office.board(office.figures(**three((1, 2), (0, 0), (Missing.NOT_APPLICABLE, Missing.NOT_APPLICABLE))))
    assert office.points(board, "通办") == {"甲局": "1.00", "乙局": "1.60", "丙局": "1.60"}
    assert board.scores["乙局"]["通办",].reason is Missing.NOT_APPLICABLE
    assert "适用条件“[表.b]>0”不成立（0>0）" in board.scores["乙局"]["通办",].trace.steps


def test_not_applicable_marker_without_a_rule_is_an_error_at_its_cell(office: Office) -> None:
    office.system(RATIO.format(""))
    board = office.board(office.figures(**three((1, 1), (1, 1), (1, Missing.NOT_APPLICABLE))))
    assert codes(board) == [(Code.VALUE_MISSING, "C4")]


@pytest.mark.parametrize(
    ("missing", "rule", "provisional"),
    [
        (Missing.UNVERIFIED, "缺失: 零分", True),
        (Missing.BLANK, "缺失: 待核", True),
        (Missing.BLANK, "缺失: 零分", False),
    ],
)
def test_unverified_is_never_settled_by_another_rule(
    office: Office, missing: Missing, rule: str, *, provisional: bool
) -> None:
    office.system(RATIO.format(f", {rule}"))
    board = office.board(office.figures(**three((missing, 1), (1, 1), (1, 1))))
    assert board.standing_of["甲局"].provisional is provisional
    assert board.scores["甲局"]["率",].reason is missing


def test_formula_errors_are_never_covered_by_missing(office: Office) -> None:
    office.system(RATIO.format(", 缺失: 零分"))
    board = office.board(office.figures(**three((Missing.FORMULA_ERROR, 1), (1, 1), (1, 1))))
    assert codes(board) == [(Code.VALUE_MISSING, "B2")]


def test_checks_are_told_with_their_own_words_and_severity(office: Office) -> None:
    office.system(
        """
        - 名称: 率
          分值: 3
          取值: {公式: "[表.a]/[表.b]"}
          计分: 按比例
          核验:
            - {条件: "[表.a]<=[表.b]-1", 说明: 至少应有一件未办}
            - {条件: "合计([表.b])=30", 不符: 警告, 说明: 合计应为30}
        """
    )
    board = office.board(office.figures(**three((1, 9), (9, 10), (10, 10))))
    assert codes(board) == [(Code.CHECK_FAILED, "B4")]
    assert [found.message for found in board.findings if found.severity is Severity.WARNING] == [
        "“率”合计应为30（29=30）"
    ]
