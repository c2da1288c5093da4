"""The answer to “why did we lose these points?”, line by line."""

from __future__ import annotations

import pytest
from offices import Office

from tongbao.errors import UsageError
from tongbao.scoring.explain import explain
from tongbao.scoring.scoreboard import Scoreboard


@pytest.fixture
def board(office: Office) -> Scoreboard:
    office.system(
        """
        - 名称: 热线
          编号: "1"
          分值: 3
          指标:
            - 名称: 签收率
              编号: "1.1"
              分值: 3
              评分标准: 高分原则横向对比，每低1%扣0.1分
              取法: 按比例连续扣分
              取值: {公式: "[表.a]/[表.b]"}
              计分: {差距扣分: {每: 1%, 扣: 0.1, 步进: 连续}}
        - 名称: 秩序
          分值: 10
          汇总: 基础分扣减
          指标:
            - {名称: 空岗, 取值: {台账: {表: 台账, 条款: 第1条}}, 计分: {逐次: {扣: 2}}}
        """,
        full="13",
    )
    return office.board(
        office.figures(甲局={"a": 9735, "b": 10000}, 乙局={"a": 5, "b": 5}, 丙局={"a": 1, "b": 2}),
        office.ledger(("甲局", "第1条", "7", 2, "")),
    )


def test_an_indicator_is_explained_down_to_the_cell(board: Scoreboard) -> None:
    lines = explain(board, "甲局", "签收率")
    assert lines[:11] == [
        "甲局　2022年11月　热线 / 签收率",
        lines[1],
        "数值：97.35%",
        "公式：[表.a]/[表.b]",
        "代入：9735÷10000",
        "数据：表.a＝9735，原文“9735”，见 inputs/2022-11/示范市/表.xlsx 工作表“表” B2",
        "数据：表.b＝10000，原文“10000”，见 inputs/2022-11/示范市/表.xlsx 工作表“表” C2",
        "参照：组内最高乙局，100%",
        "步骤：参照组内最高乙局100%，低2.65%，每1%扣0.1（连续），扣0.1×2.65＝0.265",
        "步骤：2.735四舍五入到2位为2.74",
        "评分标准：高分原则横向对比，每低1%扣0.1分",
    ]
    assert lines[1].startswith("得分：2.74，分值3，得分率")
    assert lines[11] == "取法：按比例连续扣分"
    assert board.digest in lines[12]


def test_deductions_show_their_rows(board: Scoreboard) -> None:
    assert "记录：2022-11-07，第1条，第0件，2次，-4分，见 inputs/2022-11/示范市/台账.xlsx 工作表“台账” B2" in explain(
        board, "甲局", "空岗"
    )


def test_a_group_shows_what_it_is_made_of(board: Scoreboard) -> None:
    lines = explain(board, "甲局", "秩序")
    assert "步骤：基础分10，扣4" in lines
    assert "其中：空岗，-4" in lines


def test_indicators_are_found_by_code_and_path(board: Scoreboard) -> None:
    assert explain(board, "甲局", "1.1") == explain(board, "甲局", "热线/签收率") == explain(board, "甲局", "签收率")


def test_the_whole_tree(board: Scoreboard) -> None:
    assert explain(board, "甲局") == [
        "甲局　2022年11月　体系",
        "得分：8.74分（取整前8.735）",
        "位次：部门第3位，共3个单位参加排名",
        "　1 热线：2.74／3",
        "　　1.1 签收率：2.74／3（97.35%）",
        "　秩序：6／10",
        "　　空岗：-4",
    ]


@pytest.mark.parametrize(
    ("unit", "indicator", "hint"),
    [("甲居", None, "是不是“甲局”？"), ("甲局", "签受率", "是不是“签收率”？")],
)
def test_unknown_names_are_suggested(board: Scoreboard, unit: str, indicator: str | None, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        explain(board, unit, indicator)


def test_judges_are_named_with_their_reasons(office: Office) -> None:
    office.system("- {名称: 评审, 分值: 6, 取值: {人工: {表: 评审, 条款: 第1条}}, 计分: 直接}", full="6")
    rows = [(unit, {"条款": "第1条", "评委": "一组", "得分": 5, "理由": "缺座牌"}) for unit in ("甲局", "乙局", "丙局")]
    lines = explain(office.board(office.table("评审", rows)), "甲局", "评审")
    assert "记录：第1条，一组，给5分，缺座牌，见 inputs/2022-11/示范市/评审.xlsx 工作表“评审” D2" in lines
