"""What the text says, and what it leaves out when there is nothing to say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import workspaces
from workspaces import NOVEMBER, Row

from tongbao.errors import InvalidError
from tongbao.reports.definition import load_reports
from tongbao.reports.document import Document, Heading, Paragraph
from tongbao.run.plan import make_plan
from tongbao.run.prepare import Prepared, prepare

RULES = "拟议: [{措施: 通报批评, 得分低于: 6}]"
REPORT = "reports/甲县通报.yaml"


def made(workspace: Path) -> Prepared:
    [report], _ = load_reports(workspace)
    return prepare(make_plan(workspace, NOVEMBER, report))


def text(document: Document) -> str:
    lines = []
    for block in document.blocks:
        if isinstance(block, Heading):
            lines.append(block.number + block.text + "".join(run.text for run in block.tail))
        elif isinstance(block, Paragraph):
            lines.append(block.text)
    return "\n".join(lines)


def notice(workspace: Path) -> str:
    return text(made(workspace).documents["通报"])


def month(workspace: Path, name: str, rows: Sequence[Row]) -> None:
    workspaces.fill(workspace, rows=rows, month=name)


def test_without_a_month_before_nothing_is_compared(workspace: Path) -> None:
    words = notice(workspace)
    assert "较" not in words
    assert "上升" not in words
    assert "部门平均得分7.49分。" in words  # (9.68 + 8.40 + 4.40) / 3 = 7.4933


def test_changes_against_the_month_before(workspace: Path) -> None:
    workspaces.replaced(workspace, REPORT, "重点指标", "历史: 1\n重点指标")
    before = (("县公安", 100, 50, "80.00%"), ("县税务局", 200, 190, "95.00%"), ("县退役军人事务局", 50, 10, "60.00%"))
    month(workspace, "2022-10", before)
    # October: 6.80, 9.50, 4.40 (mean 6.90); November: 9.68, 8.40, 4.40 (mean 7.49)
    words = notice(workspace)
    assert "部门平均得分7.49分，较10月提高0.59分。" in words
    assert "较10月位次上升最多的是县公安局，上升1位；下降最多的是县税务局，下降1位。" in words


def test_an_even_month_is_called_so(workspace: Path) -> None:
    workspaces.replaced(workspace, REPORT, "重点指标", "历史: 1\n重点指标")
    month(workspace, "2022-10", workspaces.ROWS)
    words = notice(workspace)
    assert "与10月持平" in words
    assert "位次上升" not in words


def test_sections_without_content_are_left_out_and_numbers_close_up(workspace: Path) -> None:
    workspaces.replaced(workspace, REPORT, RULES, "拟议: []")
    words = notice(workspace)
    assert "表扬" not in words
    assert "批评" not in words
    assert "二、主要问题" in words
    assert "三、下一步工作要求" in words
    assert "0个" not in words


def test_when_nobody_loses_there_are_no_problems(workspace: Path) -> None:
    month(workspace, "2022-11", [(unit, 10, 10, "100.00%") for unit, *_ in workspaces.ROWS])
    words = notice(workspace)
    assert "主要问题" not in words
    assert "排名依次为县公安局（10.00分）、县税务局（10.00分）、县退役军人事务局（10.00分）。" in words


def test_criticism_names_figures_that_stand_in_the_annex(workspace: Path) -> None:
    prepared = made(workspace)
    words = text(prepared.documents["通报"])
    assert "县退役军人事务局得分4.40分，位列部门第3位（共3个单位参评）" in words
    # mean of 98, 90 and 60 is 82.67; 82.67 − 60.00 = 22.67
    assert "满意率仅60.00%、低于部门平均水平22.67个百分点" in words
    assert "拟予以通报批评" in words
    annex = prepared.documents["通报"].attachments[-1]
    assert "60.00%" in str(annex)


def test_the_letter_tells_the_unit_what_it_lost_and_where_it_stands(workspace: Path) -> None:
    letter = made(workspace).documents["整改通知书-县退役军人事务局"]
    words = text(letter)
    assert letter.recipients == "县退役军人事务局"
    assert "因得分4.40分，低于6分，拟对你单位予以通报批评。" in words
    assert "评价率。你单位为20.00%，部门平均为63.33%，失3.20分（满分4分）。" in words
    assert "于2022年12月16日前" in words  # five working days after 2022-12-09
    assert "于2022年12月14日前" in words
    assert "10÷50（办件.xlsx 办件 C4、B4）" in str(letter.attachments[0])


def test_a_tie_is_never_cut(workspace: Path) -> None:
    rows = [("县公安", 10, 10, "90.00%"), ("县税务局", 10, 10, "90.00%"), ("县退役军人事务局", 10, 10, "90.00%")]
    month(workspace, "2022-11", rows)
    words = notice(workspace)
    assert all(f"{unit}（90.00%，扣0.60分）" in words for unit in ("县公安局", "县税务局", "县退役军人事务局"))


def test_values_to_be_verified_make_the_notice_provisional(workspace: Path) -> None:
    workspaces.replaced(workspace, "scoring/甲县/数据表.yaml", "    列:", "    空值: {待查: 待核}\n    列:")
    workspaces.replaced(workspace, "scoring/甲县/办件评价.yaml", '单位: "%"', '单位: "%", 缺失: 待核')
    month(workspace, "2022-11", [("县公安", 100, 95, "待查"), *workspaces.ROWS[1:]])
    prepared = made(workspace)
    assert prepared.documents["通报"].watermark == "初步"
    assert any(finding.code == "含待核数据" for finding in prepared.findings)


def test_a_letterhead_that_lacks_something_is_told(workspace: Path) -> None:
    (workspace / "templates/甲县/版式.yaml").write_text("版头: {署名: 甲县人民政府办公室}\n", encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        made(workspace)
    assert {finding.message for finding in caught.value.findings} == {"版头缺少“发文机关标志”", "版头缺少“机关代字”"}


def test_a_draft_says_so_and_leaves_room_for_the_number(workspace: Path) -> None:
    workspaces.replaced(workspace, REPORT, "重点指标", '序号: {2022-11: "7"}\n重点指标')
    for document in made(workspace).documents.values():
        assert document.letterhead.number == "甲政办发〔2022〕　　号"  # also where 序号 states it: 签发 gives it
        assert document.watermark == "征求意见稿"


@pytest.mark.parametrize("number", ["0", "07", "八", "7.5", "-1", "123456"])
def test_a_stated_number_is_a_plain_one(workspace: Path, number: str) -> None:
    workspaces.replaced(workspace, REPORT, "重点指标", f'序号: {{2022-11: "{number}"}}\n重点指标')
    _, [finding] = load_reports(workspace)
    assert f"序号“{number}”应为不带前导零的正整数" in finding.message


def test_other_measures_stand_under_their_own_heading_where_nobody_is_criticised(workspace: Path) -> None:
    workspaces.replaced(workspace, REPORT, RULES, "拟议: [{措施: 专门督导, 得分低于: 6}]")
    words = notice(workspace)
    assert "其他措施\n县退役军人事务局得分4.40分，低于6分，拟予以专门督导。" in words
    assert "通报批评" not in words
