"""A measure on what a 台账 holds: read, proposed, put before whoever decides; slips in the rule are told with place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import workspaces
from openpyxl import Workbook

from tongbao.errors import Code, Finding
from tongbao.reports.definition import load_reports
from tongbao.reports.edition import Edition
from tongbao.run.batch import check
from tongbao.run.outcomes import State
from tongbao.run.plan import make_plan
from tongbao.run.prepare import prepare

LEDGER = """\
  - 名称: 曝光
    文件: 曝光.xlsx
    形式: 台账
    单位列: 单位
    列:
      - {名称: 条款, 类型: 文本, 可选值: [媒体曝光, 上级通报]}
      - {名称: 次数, 下限: 0}
"""
RULES = "拟议: [{措施: 通报批评, 得分低于: 6}]"
REPORT = "reports/甲县通报.yaml"


@pytest.fixture
def exposed(tmp_path: Path) -> Path:
    """A ledger that no indicator scores: 县公安局 was exposed twice, 县税务局 once and named once."""
    workspace = workspaces.county(tmp_path)
    workspaces.write(workspace / "scoring/甲县/数据表.yaml", workspaces.TABLES + LEDGER)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "十一月"
    for row in (
        ("单位", "条款", "次数"),
        ("县公安", "媒体曝光", 1),
        ("县税务局", "媒体曝光", 1),
        ("县公安局", "媒体曝光", 1),
        ("县税务局", "上级通报", 1),
    ):
        sheet.append(row)
    book.save(workspace / "inputs/2022-11/甲县/曝光.xlsx")
    return workspace


def wrong(workspace: Path, condition: str) -> Finding:
    workspaces.replaced(workspace, REPORT, RULES, f"拟议:\n  - {{措施: 约谈, 台账: {condition}}}")
    [outcome] = check(workspace, workspaces.NOVEMBER)
    assert outcome.state is State.INVALID
    [finding] = outcome.findings
    return finding


def test_the_reason_names_the_cells_until_the_notice_is_signed(exposed: Path) -> None:
    workspaces.replaced(
        exposed,
        REPORT,
        RULES,
        "拟议: [{措施: 约谈, 台账: {表: 曝光, 条款: 媒体曝光, 次数不少于: 2, 说法: 被媒体曝光}}]",
    )
    [report], _ = load_reports(exposed)
    draft = prepare(make_plan(exposed, workspaces.NOVEMBER, report))
    located = "被媒体曝光2次（曝光.xlsx，十一月，B2、B4）"
    assert [(each.measure, each.unit, each.reasons) for each in draft.proposals] == [("约谈", "县公安局", (located,))]
    assert f"县公安局{located}，拟对其主要负责人进行约谈。" in _texts(draft.documents["通报"])
    signed = prepare(make_plan(exposed, workspaces.NOVEMBER, report, Edition(signed_on=date(2022, 12, 9))))
    assert "县公安局被媒体曝光2次，对其主要负责人进行约谈。" in _texts(signed.documents["通报"])


def test_a_unit_is_criticised_in_the_words_of_the_ledger(exposed: Path) -> None:
    condition = "台账: {表: 曝光, 条款: 媒体曝光, 次数不少于: 2, 说法: 被媒体曝光}"
    workspaces.replaced(exposed, REPORT, RULES, f"拟议: [{{措施: 通报批评, {condition}}}]")
    located = "被媒体曝光2次（曝光.xlsx，十一月，B2、B4）"
    [report], _ = load_reports(exposed)
    made = prepare(make_plan(exposed, workspaces.NOVEMBER, report)).documents
    assert f"县公安局{located}，拟予以通报批评。" in _texts(made["通报"])
    assert any(f"因{located}，拟对你单位予以通报批评。" in text for text in _texts(made["整改通知书-县公安局"]))
    workspaces.replaced(exposed, REPORT, "通报批评, 台账", "通报批评, 得分低于: 10, 台账")
    [report], _ = load_reports(exposed)
    [told] = [
        text
        for text in _texts(prepare(make_plan(exposed, workspaces.NOVEMBER, report)).documents["通报"])
        if "拟予以通报批评" in text
    ]
    # 95 of 100 rated: 4 × 0.95 = 3.80, and 6 × 0.98 = 5.88
    assert told.startswith("县公安局得分9.68分，位列部门第1位（共3个单位参评）")
    assert told.endswith(f"，{located}，拟予以通报批评。")


def test_a_unit_is_praised_in_the_words_of_the_ledger(exposed: Path) -> None:
    rule = "{措施: 通报表扬, 前: 1, 台账: {表: 曝光, 条款: 媒体曝光, 说法: 受媒体报道}}"
    workspaces.replaced(exposed, REPORT, RULES, f"拟议: [{rule}]")
    [report], _ = load_reports(exposed)
    texts = _texts(prepare(make_plan(exposed, workspaces.NOVEMBER, report)).documents["通报"])
    assert any("其中，县公安局受媒体报道2次（曝光.xlsx，十一月，B2、B4）" in text for text in texts)


def test_a_ledger_that_is_not_there_is_told_like_any_other_table(exposed: Path) -> None:
    (exposed / "inputs/2022-11/甲县/曝光.xlsx").unlink()
    finding = wrong(exposed, "{表: 曝光}")
    assert (finding.code, finding.place.file) == (Code.FILE_MISSING, "inputs/2022-11/甲县")


@pytest.mark.parametrize(
    ("condition", "code", "words", "column"),
    [
        ("{表: 曝广}", Code.REFERENCE_UNKNOWN, "没有名为“曝广”的台账", 19),
        ("{表: 办件}", Code.VALUE_INVALID, "数据表“办件”不是台账", 19),
        ("{表: 曝光, 条款: 媒体暴光}", Code.REFERENCE_UNKNOWN, "台账“曝光”没有条款“媒体暴光”", 26),
        ("{表: 曝光, 条款: [媒体曝光, 内参]}", Code.REFERENCE_UNKNOWN, "台账“曝光”没有条款“内参”", 37),
    ],
)
def test_slips_are_told_with_their_line(exposed: Path, condition: str, code: Code, words: str, column: int) -> None:
    finding = wrong(exposed, condition)
    assert (finding.code, finding.place.file, finding.place.column) == (code, REPORT, column)
    assert words in finding.message


def test_a_near_miss_gets_its_suggestion(exposed: Path) -> None:
    assert "媒体曝光" in wrong(exposed, "{表: 曝光, 条款: 媒体暴光}").remedy


def test_a_ledger_without_clauses_cannot_be_asked_for_one(exposed: Path) -> None:
    text = workspaces.TABLES + LEDGER.replace("条款, 类型: 文本, 可选值: [媒体曝光, 上级通报]", "事由, 类型: 文本")
    workspaces.write(exposed / "scoring/甲县/数据表.yaml", text)
    assert "台账“曝光”没有“条款”列" in wrong(exposed, "{表: 曝光, 条款: 媒体曝光}").message


def _texts(document: object) -> list[str]:
    return [text for block in document.blocks if (text := getattr(block, "text", ""))]  # type: ignore[attr-defined]
