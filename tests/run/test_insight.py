"""Comparing months, definitions and weights, as a clerk asks for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import workspaces
from click.testing import CliRunner, Result

from tongbao.cli import main
from tongbao.reports.definition import load_reports
from tongbao.reports.document import Figure, LineChart, Paragraph, Table
from tongbao.run.outcomes import State
from tongbao.run.plan import make_plan
from tongbao.run.prepare import Prepared, prepare
from tongbao.run.scores import score_reports
from tongbao.scoring.stability import stability


def tongbao(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def data(*words: str | Path) -> dict[str, Any]:
    result = tongbao(*words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def two_months(workspace: Path) -> Path:
    """October as the county's November, but 县公安局 had rated only half of its cases."""
    workspaces.fill(workspace, month="2022-10", rows=(("县公安", 100, 50, "98.00%"), *workspaces.ROWS[1:]))
    return workspace


def test_diff_tells_who_moved_and_by_what(workspace: Path) -> None:
    two_months(workspace)
    found = data("diff", "2022-10", "2022-11", "-C", workspace)["differences"][0]
    units = {unit["unit"]: unit for unit in found["units"]}
    # 评价率: 4 × 95/100 = 3.80 after 4 × 50/100 = 2.00; 满意率 6 × 98% = 5.88 both times.
    police = units["县公安局"]
    assert (police["total_before"], police["total"], police["change"]) == ("7.88", "9.68", "1.80")
    assert (police["rank_before"], police["rank"], police["rank_change"]) == (2, 1, 1)
    assert [(cause["key"], cause["change"]) for cause in police["causes"]] == [(["评价率"], "1.8000")]
    assert units["县税务局"]["causes"] == []
    assert units["县税务局"]["rank_change"] == -1
    screen = tongbao("diff", "2022-10", "2022-11", "-C", workspace).output
    assert "评价率+1.8" in screen
    assert "↑1" in screen
    detail = tongbao("diff", "2022-10", "2022-11", "--unit", "县公安", "-C", workspace).output
    assert "50.00%" in detail
    assert "95.00%" in detail


def test_diff_between_two_definitions(workspace: Path, tmp_path: Path) -> None:
    changed = tmp_path / "改后.yaml"
    changed.write_text(workspaces.SYSTEM.replace("分值: 4", "分值: 8").replace("分值: 6", "分值: 2"), encoding="utf-8")
    found = data("diff", "2022-11", "--definition", changed, "-C", workspace)["differences"][0]
    assert (found["before"], found["after"]) == ("现行定义", "改后定义")
    assert found["redefined_indicators"] == ["评价率", "满意率"]
    tax = next(unit for unit in found["units"] if unit["unit"] == "县税务局")
    # 4×0.75 + 6×0.9 = 8.40; 8×0.75 + 2×0.9 = 7.80
    assert (tax["total_before"], tax["total"]) == ("8.40", "7.80")
    assert {cause["key"][0]: cause["change"] for cause in tax["causes"]} == {"评价率": "3.0000", "满意率": "-3.6000"}


def test_a_changed_definition_is_checked_like_any_other(workspace: Path, tmp_path: Path) -> None:
    changed = tmp_path / "改后.yaml"
    changed.write_text(workspaces.SYSTEM.replace("分值: 4", "分值: 5"), encoding="utf-8")
    result = tongbao("diff", "2022-11", "--definition", changed, "-C", workspace)
    assert result.exit_code == 3
    assert "各指标分值合计11" in result.output
    changed.write_text(workspaces.SYSTEM.replace("名称: 办件评价", "名称: 别的"), encoding="utf-8")
    result = tongbao("diff", "2022-11", "--definition", changed, "-C", workspace)
    assert result.exit_code == 2
    assert "没有一个辖区有体系“别的”" in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["2022-11"], "请写两个期间"),
        (["2022-09", "2022-11"], "甲县没有2022年9月的数据"),
        (["2022-11", "2022-11", "--jurisdiction", "乙县"], "没有辖区“乙县”"),
        (["2022-11", "2022-11", "--jurisdiction", "甲县", "--system", "办件"], "是不是“办件评价”"),
        (["2022-11", "2022-11", "--unit", "县法院"], "没有可以比较的单位“县法院”"),
        (["2022-11", "2022-11", "--report", "乙县通报"], "没有名为“乙县通报”的通报"),
    ],
)
def test_slips_are_told(workspace: Path, words: list[str], told: str) -> None:
    result = tongbao("diff", *words, "-C", workspace)
    assert result.exit_code == 2
    assert told in result.output


def test_every_part_of_the_sample_month_sums_to_the_change() -> None:
    found = data("diff", "2022-10", "2022-11", "--jurisdiction", "昌吉市", "-C", workspaces.REPOSITORY)
    units = [unit for each in found["differences"] for unit in each["units"]]
    assert len(units) == 94  # 31 departments and 16 towns, and all of them once more for their tasks
    assert (
        sum(cause["kind"] == "取整" and abs(Decimal(cause["change"])) > 1 for unit in units for cause in unit["causes"])
        == 0
    )
    for unit in units:
        assert sum(Decimal(cause["change"]) for cause in unit["causes"]) == Decimal(unit["change"] or 0), unit["unit"]


def test_whatif_shows_both_rankings_and_who_changes_places(workspace: Path) -> None:
    workspaces.fill(workspace, rows=(("县公安", 100, 50, "98.00%"), *workspaces.ROWS[1:]))
    found = data("whatif", "2022-11", "甲县", "--weight", "满意率=9", "-C", workspace)
    # 评价率 keeps 1 of 10. 公安: 0.5 + 8.82 = 9.32 after 2 + 5.88 = 7.88; 税务: 0.75 + 8.1 = 8.85 after 3 + 5.4 = 8.4.
    assert [(weight["key"], weight["before"], weight["after"], weight["asked"]) for weight in found["weights"]] == [
        (["评价率"], "4", "1", False), (["满意率"], "6", "9", True),
    ]  # fmt: skip
    units = {unit["unit"]: unit for unit in found["differences"][0]["units"]}
    assert [(units[name]["total_before"], units[name]["total"]) for name in ("县公安局", "县税务局")] == [
        ("7.88", "9.32"), ("8.40", "8.85"),
    ]  # fmt: skip
    assert (units["县公安局"]["rank_before"], units["县公安局"]["rank"]) == (2, 1)
    screen = tongbao("whatif", "2022-11", "甲县", "--weight", "满意率=9", "-C", workspace).output
    assert "其余1项分值按比例调为原来的25%，满分仍为10分" in screen
    assert "2个单位的名次改变：县公安局2→1，县税务局1→2" in screen
    fixed = tongbao("whatif", "2022-11", "甲县", "--weight", "满意率=9", "--others-fixed", "-C", workspace).output
    assert "满分由10分变为13分" in fixed


def test_whatif_without_weights_tells_how_stable_the_places_are(workspace: Path) -> None:
    found = data("whatif", "2022-11", "甲县", "-C", workspace)["stability"][0]
    assert [(unit["unit"], unit["kept"]) for unit in found["units"]] == [
        ("县公安局", "1"), ("县税务局", "1"), ("县退役军人事务局", "1"),
    ]  # fmt: skip
    assert "100.0%" in tongbao("whatif", "2022-11", "甲县", "-C", workspace).output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["甲县", "--weight", "满意率"], "应写成 指标=分值"),
        (["甲县", "--weight", "满意率=很多"], "应写成 指标=分值"),
        (["甲县", "--weight", "满意=4"], "是不是“满意率”"),
        (["甲县", "--weight", "满意率=4", "--weight", "满意率=5"], "写了两次"),
        (["甲县", "--weight", "满意率=4", "--system", "办件"], "是不是“办件评价”"),
        (["乙县"], "没有辖区“乙县”"),
    ],
)
def test_slips_of_whatif_are_told(workspace: Path, words: list[str], told: str) -> None:
    result = tongbao("whatif", "2022-11", *words, "-C", workspace)
    assert result.exit_code == 2
    assert told in result.output


def test_the_office_finds_the_stability_of_its_ranking_in_the_score_sheet(workspace: Path) -> None:
    assert tongbao("run", "2022-11", "-C", workspace, "--jobs", "1").exit_code == 0
    book = openpyxl.load_workbook(workspace / "outputs/2022-11/甲县通报/得分明细.xlsx")
    table = list(book["排名稳定性"].iter_rows(values_only=True))
    assert [row[3] for row in table] == ["单位", "县公安局", "县税务局", "县退役军人事务局"]
    workspaces.replaced(workspace, "reports/甲县通报.yaml", "成文日期", "产品: [得分明细]\n成文日期")
    assert tongbao("run", "2022-11", "-C", workspace, "--jobs", "1").exit_code == 0
    book = openpyxl.load_workbook(workspace / "outputs/2022-11/甲县通报/得分明细.xlsx")
    assert "排名稳定性" not in book.sheetnames


def test_every_ranking_of_the_sample_month_can_be_worked_out_again(prepared: Mapping[str, Prepared]) -> None:
    for each in prepared.values():
        boards = {board.system.name: board for board in each.boards}
        for board in boards.values():
            found = stability(board, boards, draws=2, spread=Decimal(0))
            assert found is not None or board.counts_tasks
            assert found is None or {unit.kept for unit in found.units} == {Decimal(1)}


def test_the_notice_shows_twelve_months_and_leaves_a_missing_one_open(workspace: Path) -> None:
    report = "reports/甲县通报.yaml"
    workspaces.replaced(workspace, report, "成文日期", "历史: 11\n成文日期")
    for month in (1, 2, 3, 4, 5, 6, 8, 9, 10):  # nothing from December 2021 and July
        workspaces.fill(
            workspace, month=f"2022-{month:02d}", rows=(("县公安", 100, month * 5, "100%"), *workspaces.ROWS[1:])
        )
    [loaded], _ = load_reports(workspace)
    made = prepare(make_plan(workspace, workspaces.NOVEMBER, loaded))
    [figure] = [
        block for block in made.documents["通报"].attachments[0].blocks
        if isinstance(block, Figure) and isinstance(block.chart, LineChart)
    ]  # fmt: skip
    assert figure.caption == "图2 部门近11个月得分"
    assert isinstance(figure.chart, LineChart)
    mean, best, _ = figure.chart.lines
    assert figure.chart.periods[6:8] == ("2022年7月", "2022年8月")
    assert mean.values[6] is None
    # January: 4×5% + 6 = 6.20, 8.40 and 4.40: mean 6.33; from July on there is no 环比 behind the gap but a picture.
    assert (mean.values[0], best.values[0]) == (6.33, 8.4)
    letter = made.documents["整改通知书-县退役军人事务局"]
    [own] = [block for block in letter.attachments[0].blocks if isinstance(block, Figure)]
    assert isinstance(own.chart, LineChart)
    assert [line.name for line in own.chart.lines] == ["县退役军人事务局", "部门平均"]
    assert set(own.chart.lines[0].values) == {4.4, None}


def test_a_letter_names_where_the_unit_stands_apart_from_its_group(workspace: Path) -> None:
    [loaded], _ = load_reports(workspace)
    letter = prepare(make_plan(workspace, workspaces.NOVEMBER, loaded)).documents["整改通知书-县退役军人事务局"]
    words = "".join(block.text for block in letter.blocks if isinstance(block, Paragraph))
    # 评价率: 3.80, 3.00 and 0.80, mean 2.53; 满意率: 5.88, 5.40 and 3.60, mean 4.96.
    assert "与部门平均水平相比，得分差距最大的是评价率（低1.73分）、满意率（低1.36分）。" in words
    [table] = [block for block in letter.attachments[0].blocks if isinstance(block, Table) and block.caption]
    assert [[cell.text for cell in row] for row in table.body] == [
        ["评价率", "20.00%", "63.33%", "0.80", "2.53", "低1.73分"],
        ["满意率", "60.00%", "82.67%", "3.60", "4.96", "低1.36分"],
    ]


def test_two_processes_score_the_same_and_tell_the_same_mistakes(workspace: Path) -> None:
    text = (workspace / "reports/甲县通报.yaml").read_text("utf-8")
    workspaces.write(workspace / "reports/乙县通报.yaml", text.replace("名称: 甲县通报", "名称: 乙县通报"))
    workspaces.write(
        workspace / "reports/丙县通报.yaml",
        text.replace("名称: 甲县通报", "名称: 丙县通报").replace("办件评价}", "无}"),
    )
    one, two = (score_reports(workspace, workspaces.NOVEMBER, jobs=jobs) for jobs in (1, 2))
    assert one == two
    outcomes, rankings = one
    assert {outcome.name: outcome.state for outcome in outcomes} == {
        "丙县通报": State.INVALID, "乙县通报": State.MADE, "甲县通报": State.MADE,
    }  # fmt: skip
    assert [[str(each.total) for each in ranking.standings] for ranking in rankings] == [["9.68", "8.40", "4.40"]] * 2


def test_praise_names_the_figures_that_put_a_unit_ahead_where_nothing_else_speaks_for_it(workspace: Path) -> None:
    rules = "拟议: [{措施: 通报批评, 得分低于: 6}]"
    workspaces.replaced(workspace, "reports/甲县通报.yaml", rules, "拟议: [{措施: 通报表扬, 前: 1}]")
    [loaded], _ = load_reports(workspace)
    notice = prepare(make_plan(workspace, workspaces.NOVEMBER, loaded)).documents["通报"]
    words = "".join(block.text for block in notice.blocks if isinstance(block, Paragraph))
    # 评价率: 95%, 75%, 20%, mean 63.33%; 满意率: 98%, 90%, 60%, mean 82.67%.
    assert (
        "其中，县公安局评价率为95.00%、高于部门平均水平31.67个百分点，"
        "满意率为98.00%、高于部门平均水平15.33个百分点。" in words
    )
