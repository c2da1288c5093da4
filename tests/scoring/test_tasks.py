"""Tasks (R23): done, done late, open, overdue, not yet due; with points or without, per unit and in all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from offices import Office, Value

from tongbao.errors import Code, InvalidError, Severity
from tongbao.inputs.table import Missing
from tongbao.scoring.explain import explain
from tongbao.scoring.scoreboard import Scoreboard

UNITS = ("甲局", "乙局", "丙局")
POINT = """
- {{名称: 要点一, 编号: "1", 取值: {{任务: {{表: 任务, 条款: "1"{more}}}}}, 计分: 仅状态{rule}}}
"""
DUE = ", 截止: 2022-10-20, 逾期完成: 计为完成"


def row(status: Value = "未完成", done: str = "", clause: str = "1", **more: Value) -> Mapping[str, Value]:
    when: Value = date.fromisoformat(done) if done else Missing.BLANK
    return {"条款": clause, "状态": status, "完成日期": when, **more}


def statuses(board: Scoreboard, *key: str) -> dict[str, tuple[str, bool | None]]:
    return {unit: (scores[key].status, scores[key].met) for unit, scores in board.scores.items()}


def codes(board: Scoreboard, severity: Severity = Severity.ERROR) -> list[tuple[Code, str | None]]:
    return [(found.code, found.place.cell) for found in board.findings if found.severity is severity]


@pytest.mark.parametrize(
    ("more", "given", "expected"),
    [
        ("", row("已完成"), ("已完成", True)),
        ("", row(), ("未完成", False)),  # 长期: no deadline, never late
        (DUE, row("已完成", "2022-10-20"), ("已完成", True)),  # the last day is in time
        (DUE, row("已完成", "2022-10-21"), ("逾期完成", True)),
        (DUE.replace("计为", "不计"), row("已完成", "2022-10-21"), ("逾期完成", False)),
        (DUE.replace("计为完成", "不区分"), row("已完成", "2022-10-21"), ("已完成", True)),
        (DUE.replace("计为完成", "不区分"), row("已完成"), ("已完成", True)),
        (DUE, row(), ("逾期", False)),
        (DUE.replace("2022-10-20", "2022-11-30"), row(), ("逾期", False)),  # due on the last day of the month
        (DUE.replace("2022-10-20", "2022-12-01"), row(), ("未到期", None)),
        (DUE.replace("2022-10-20", "按表"), row(截止日期=date(2022, 11, 1)), ("逾期", False)),
        (DUE.replace("2022-10-20", "按表"), row(截止日期=Missing.BLANK), ("未完成", False)),
        (", 写法: {办结: 已完成, 推进中: 未完成}", row("办结"), ("已完成", True)),
        (", 写法: {办结: 已完成, 推进中: 未完成}", row("推进中"), ("未完成", False)),
    ],
)
def test_r23_a_task_has_one_of_five_statuses(
    office: Office, more: str, given: Mapping[str, Value], expected: tuple[str, bool | None]
) -> None:
    office.system(POINT.format(more=more, rule=""), full=None)
    board = office.board(office.table("任务", [(unit, given) for unit in UNITS]))
    assert not board.findings
    assert statuses(board, "要点一") == dict.fromkeys(UNITS, expected)
    assert board.scores["甲局"]["要点一",].points is None


def test_r23_without_a_status_column_the_date_tells(office: Office) -> None:
    office.system(POINT.format(more=DUE, rule="").replace("表: 任务", "表: 进展"), full=None)
    done = {"条款": "1", "完成日期": date(2022, 10, 1)}
    open_ = {"条款": "1", "完成日期": Missing.BLANK}
    board = office.board(office.table("进展", [("甲局", done), ("乙局", open_), ("丙局", open_)]))
    assert statuses(board, "要点一") == {"甲局": ("已完成", True), "乙局": ("逾期", False), "丙局": ("逾期", False)}


@pytest.mark.parametrize(
    ("given", "code", "cell"),
    [
        (row("办结"), Code.CELL_NOT_CHOICE, "C2"),
        (row("已完成"), Code.CELL_EMPTY, "D2"),  # done, but when? the deadline cannot be judged
        (row("未完成", "2022-10-01"), Code.VALUE_INVALID, "D2"),
        (row("已完成", "2022-12-01"), Code.DATE_OUTSIDE_PERIOD, "D2"),
        (row(Missing.BLANK), Code.VALUE_MISSING, "C2"),  # blank is not 未完成
        (row(Missing.FORMULA_ERROR), Code.VALUE_MISSING, "C2"),
    ],
)
def test_r23_rows_that_say_nothing_or_contradict_themselves(
    office: Office, given: Mapping[str, Value], code: Code, cell: str
) -> None:
    office.system(
        POINT.format(more=DUE, rule="").replace("仅状态", "按比例").replace("取值", "分值: 1, 取值", 1), full="1"
    )
    rows = [("甲局", given), *((unit, row("已完成", "2022-10-01")) for unit in UNITS[1:])]
    board = office.board(office.table("任务", rows))
    assert codes(board) == [(code, cell)]
    assert board.scores["甲局"]["要点一",].points is None
    assert office.points(board, "要点一")["乙局"] == "1.00"


def test_r23_a_task_that_nobody_reported_is_worth_what_the_definition_says(office: Office) -> None:
    rows = [(unit, row("已完成")) for unit in UNITS[1:]]
    office.system(POINT.format(more="", rule=", 缺失: 零分"), full=None)
    board = office.board(office.table("任务", rows))
    score = board.scores["甲局"]["要点一",]
    assert (score.met, score.reason) == (False, Missing.NOT_REPORTED)
    assert score.trace.steps == ("任务表“任务”中没有甲局的任务“1”", "未填报，按未完成计")
    progress = board.standing_of["甲局"].progress
    assert progress is not None
    assert progress.tally == "0/1（未完成1项）"
    office.system(POINT.format(more="", rule=", 缺失: 待核"), full=None)
    board = office.board(office.table("任务", rows))
    assert board.standing_of["甲局"].provisional
    office.system(POINT.format(more="", rule=""), full=None)
    board = office.board(office.table("任务", rows))
    assert codes(board, Severity.WARNING) == [(Code.VALUE_MISSING, None)]  # nothing is scored, but it is told
    board = office.board()
    assert "没有2022年11月的任务表“任务”" in board.findings[0].message


def test_r23_the_same_task_twice_and_tasks_of_nobody(office: Office) -> None:
    office.system(POINT.format(more="", rule=", 对象: {包括: [甲局, 乙局]}, 不适用: 剔除"), full=None)
    rows = [("甲局", row()), ("甲局", row()), ("乙局", row()), ("丙局", row()), ("乙局", row(clause="2"))]
    board = office.board(office.table("任务", rows))
    assert set(codes(board)) == {
        (Code.REFERENCE_UNKNOWN, "B6"), (Code.ROW_REPEATED, "B3"), (Code.VALUE_INVALID, "B5"),
    }  # fmt: skip


ROLES = POINT.format(more="", rule=", 角色: {牵头: {包括: [甲局]}, 责任: {包括: [甲局, 乙局]}}")


def test_r23_roles_say_whom_a_task_is_for(office: Office) -> None:
    office.system(ROLES, full=None)
    rows = [("甲局", row("已完成", 角色="牵头")), ("甲局", row(角色="责任")), ("乙局", row("已完成", 角色="责任"))]
    board = office.board(office.table("任务", rows))
    assert not board.findings
    assert statuses(board, "要点一") == {
        "甲局": ("1/2（已完成1项、未完成1项）", False), "乙局": ("已完成", True), "丙局": ("", None),
    }  # fmt: skip
    assert not board.scores["丙局"]["要点一",].applicable
    assert "角色：牵头、责任" in board.scores["甲局"]["要点一",].trace.steps
    board = office.board(office.table("任务", [*rows[:2], ("乙局", row("已完成", 角色="牵头"))]))
    assert codes(board) == [(Code.REFERENCE_UNKNOWN, "E4")]


def test_r23_explain_shows_the_row_with_its_deadline(office: Office) -> None:
    office.system(POINT.format(more=DUE, rule=""), full=None)
    rows = [(unit, row("已完成", "2022-10-25", 事项="直达资金")) for unit in UNITS]
    board = office.board(office.table("任务", rows))
    lines = explain(board, "甲局", "要点一")
    assert lines[1:4] == [
        "得分：不计分",
        "状态：逾期完成",
        "记录：2022-10-25，1，直达资金，期限2022-10-20，逾期完成，见 inputs/2022-11/示范市/任务.xlsx 工作表“任务” C2",
    ]
    assert explain(board, "甲局") == [
        "甲局　2022年11月　体系",
        "得分：无（本体系只列状态，不计分）",
        "任务：1/1（逾期完成1项）",
        "　1 要点一：逾期完成",
    ]


ALL = """
- {{名称: 任务, 取值: {{任务: {{表: 任务, 截止: 按表, 逾期完成: 计为完成{more}}}}}, 计分: {scoring}}}
"""


def month(office: Office, scoring: str, more: str = "", full: str | None = "10") -> Scoreboard:
    office.system(ALL.format(scoring=scoring, more=more), full=full)
    october, december = date(2022, 10, 31), date(2022, 12, 31)
    rows = [
        ("甲局", row("已完成", "2022-10-02", "一", 截止日期=october)),
        ("甲局", row("已完成", "2022-11-02", "二", 截止日期=october)),
        ("甲局", row("未完成", "", "三", 截止日期=october)),
        ("甲局", row("未完成", "", "四", 截止日期=december)),
        ("甲局", row(Missing.NOT_APPLICABLE, "", "五", 截止日期=december)),
        ("乙局", row("未完成", "", "六", 截止日期=december)),
        ("丙局", row("已完成", "2022-10-02", "七", 截止日期=Missing.BLANK)),
    ]  # fmt: skip
    return office.board(office.table("任务", rows))


def test_r23_the_share_of_all_tasks_that_are_due(office: Office) -> None:
    board = month(office, "按比例, 分值: 10")
    assert not board.findings
    # 甲局: two of the three that are due; 乙局: nothing is due yet
    assert office.points(board, "任务") == {"甲局": "6.67", "乙局": None, "丙局": "10.00"}
    assert board.scores["甲局"]["任务",].status == "2/3（已完成1项、逾期完成1项、逾期1项、未到期1项）"
    assert board.scores["甲局"]["任务",].trace.substituted == "2÷3"
    assert [event.counted for event in board.scores["甲局"]["任务",].trace.events] == [True] * 4 + [False]
    assert "未到期，暂不计分" in board.scores["乙局"]["任务",].trace.steps
    board = month(office, "按比例, 分值: 10", ", 到期前: 计入")
    assert office.points(board, "任务") == {"甲局": "5.00", "乙局": "0.00", "丙局": "10.00"}  # 2 of 4, 0 of 1


def test_r23_all_done_or_nothing(office: Office) -> None:
    board = month(office, '{达标: {比较: ">=", 目标: 100%}}, 分值: 10')  # 100% 应领尽领
    assert office.points(board, "任务") == {"甲局": "0.00", "乙局": None, "丙局": "10.00"}


def test_r23_bands_by_status(office: Office) -> None:
    bands = "{分档: [{值: 已完成, 得分: 2}, {值: 逾期完成, 得分: 1}, {值: 逾期, 得分: 0}]}"
    office.system(f'- {{名称: 要点一, 分值: 2, 取值: {{任务: {{表: 任务, 条款: "1"{DUE}}}}}, 计分: {bands}}}', full="2")
    rows = [("甲局", row("已完成", "2022-10-01")), ("乙局", row("已完成", "2022-10-30")), ("丙局", row())]
    board = office.board(office.table("任务", rows))
    assert office.points(board, "要点一") == {"甲局": "2.00", "乙局": "1.00", "丙局": "0.00"}


RANKED = """
- {名称: 要点一, 取值: {任务: {表: 任务, 条款: "1", 截止: 2022-10-20, 逾期完成: 不计完成}}, 计分: 仅状态}
- {名称: 要点二, 取值: {任务: {表: 任务, 条款: "2"}}, 计分: 仅状态, 对象: {包括: [甲局]}, 不适用: 剔除}
- {名称: 目标, 取值: {公式: "[表.a]"}, 计分: {达标: {比较: ">=", 目标: 5}}}
"""
RATE = '汇总: 任务完成率\n得分名称: 任务完成率\n得分单位: "%"\n取整: {位置: 总分, 位数: 1}'


def test_r23_units_are_ranked_by_the_share_of_tasks_done_where_the_definition_says_so(office: Office) -> None:
    office.system(RANKED, full="100", more=RATE)
    rows = [
        ("甲局", row("已完成", "2022-10-01")), ("甲局", row("未完成", clause="2")),
        ("乙局", row("已完成", "2022-10-30")), ("丙局", row("已完成", "2022-10-20")),
    ]  # fmt: skip
    board = office.board(office.table("任务", rows), office.figures(甲局={"a": 5}, 乙局={"a": 5}, 丙局={"a": 9}))
    assert not board.findings
    # 甲局 2 of 3 = 66.67, 乙局 1 of 2 (late does not count), 丙局 2 of 2
    assert [(each.unit, each.total, each.rank) for each in board.standings] == [
        ("丙局", Decimal("100.0"), 1), ("甲局", Decimal("66.7"), 2), ("乙局", Decimal("50.0"), 3),
    ]  # fmt: skip
    assert "任务：2/3（已完成2项、未完成1项）" in explain(board, "甲局")


def test_r23_without_full_marks_nobody_is_ranked_but_everybody_is_counted(office: Office) -> None:
    office.system(RANKED, full=None)
    rows = [("甲局", row("已完成", "2022-10-01")), ("甲局", row(clause="2")), ("乙局", row()), ("丙局", row())]
    board = office.board(office.table("任务", rows), office.figures(甲局={"a": 5}, 乙局={"a": 1}, 丙局={"a": 9}))
    assert {each.unit: (each.rank, each.progress.tally if each.progress else "") for each in board.standings} == {
        "甲局": (None, "2/3（已完成2项、未完成1项）"),
        "乙局": (None, "0/2（未完成1项、逾期1项）"),
        "丙局": (None, "1/2（已完成1项、逾期1项）"),
    }


def test_rows_of_units_that_nobody_evaluates_are_told(office: Office) -> None:
    office.system(ALL.format(scoring="仅状态", more=""), full=None)
    rows = [(unit, row("已完成", "2022-10-02", 截止日期=date(2022, 10, 3))) for unit in (*UNITS, "丁镇")]
    board = office.board(office.table("任务", rows))
    assert codes(board, Severity.WARNING) == [(Code.VALUE_INVALID, "B5")]
    assert "丁镇的1行" in board.findings[0].message


@pytest.mark.parametrize(
    ("indicators", "full", "more", "code", "words"),
    [
        (POINT.format(more=", 截止: 2022-10-20", rule=""), None, "", Code.KEY_MISSING, "没有写逾期完成"),
        (POINT.format(more=", 逾期完成: 计为完成", rule=""), None, "", Code.KEY_MISSING, "没有写 截止"),
        (POINT.format(more=", 截止: 十月", rule=""), None, "", Code.VALUE_INVALID, "“十月”应写成"),
        (POINT.format(more="", rule=", 角色: {牵头: {包括: [市甲局]}}"), None, "", Code.REFERENCE_UNKNOWN, "市甲局"),
        (POINT.format(more="", rule=", 角色: {协办: {包括: [甲局]}}"), None, "", Code.VALUE_INVALID, "牵头"),
        (POINT.format(more="", rule="").replace("仅状态", "直接, 分值: 3"), "3", "", Code.VALUE_INVALID, "不能直接"),
        (POINT.format(more="", rule="").replace("表: 任务", "表: 评审"), None, "", Code.REFERENCE_UNKNOWN, "状态"),
        (POINT.format(more=DUE, rule="").replace("表: 任务", "表: 务"), None, "", Code.REFERENCE_UNKNOWN, "没有表"),
        (RANKED, None, RATE, Code.KEY_MISSING, "没有写 满分"),
        (RANKED.replace("计分: 仅状态}", "计分: 按比例, 分值: 1}", 1), "100", RATE, Code.WEIGHTS, "不能有分值"),
    ],
)
def test_mistakes_in_the_definition_of_tasks(
    office: Office, indicators: str, full: str | None, more: str, code: Code, words: str
) -> None:
    office.system(indicators, full=full, more=more)
    with pytest.raises(InvalidError) as caught:
        office.load()
    assert any(found.code is code and words in found.message for found in caught.value.findings)


def test_examples_of_tasks(office: Office) -> None:
    examples = """
    算例:
      - {指标: 要点一, 记录: {任务: [{状态: 已完成, 完成日期: 2022-10-19}]}, 状态: 已完成}
      - {指标: 要点一, 期间: 2022-09, 记录: {任务: [{状态: 未完成}]}, 状态: 未到期}
      - {指标: 要点一, 记录: {任务: [{状态: 未完成}]}, 状态: 未完成}
      - {指标: 要点一, 记录: {任务: [{状况: 未完成}]}, 状态: 未完成}
      - {指标: 要点一, 记录: {任务: [{状态: 已完成, 完成日期: 十月}]}, 状态: 未完成}
    """
    office.system(POINT.format(more=DUE, rule=""), full=None, more=examples)
    with pytest.raises(InvalidError) as caught:
        office.load()
    assert [(found.code, found.place.line) for found in caught.value.findings] == [
        (Code.EXAMPLE_FAILED, line) for line in (7, 8, 9)
    ]
    assert "应为“未完成”，算得的结果是“逾期”" in caught.value.findings[0].message
