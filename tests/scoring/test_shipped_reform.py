"""System C, 放管服 (附件4 of 昌吉市): 57 tasks without points; the sample month counted by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shipped import ROOT, groups, leaf, leaves, outline, system

from tongbao.period import Period
from tongbao.scoring.engine import Scored, score
from tongbao.scoring.progress import Progress
from tongbao.scoring.scheme import load_scheme

REFORM = "放管服改革重点任务落实"


def test_57_tasks_in_four_chapters_and_no_points() -> None:
    reform = system("昌吉市", REFORM)
    assert [leaf.code for leaf in leaves(reform)] == [str(number) for number in range(1, 58)]
    per_chapter = [sum(path[0] == group.name for path, _ in reform.leaves()) for group in groups(reform)]
    assert per_chapter == [12, 32, 7, 6]
    assert len({path[:2] for path, _ in reform.leaves()}) == 19  # 二级指标
    for number, each in enumerate(leaves(reform), start=1):
        assert each.points is None
        assert each.value.task is not None
        assert each.value.task.clause == f"要点{number}"
        assert (each.missing, each.value.task.deadline, each.value.task.late) == ("待核", "按表", "计为完成")
        assert each.basis


def test_the_units_that_the_source_names() -> None:
    of = outline("昌吉市", REFORM)
    meant = {of.leaves[key].code: units for key, units in of.leaf_units.items()}
    towns = {unit for unit in of.units if of.roster.group_of[unit] == "乡镇街道"}
    assert len(of.units) == 47
    assert {code for code, units in meant.items() if units == set(of.units)} == {"12", "45"}  # 市直各部门，各乡镇、街道
    with_towns = {code for code, units in meant.items() if towns <= units}
    assert with_towns == set(
        "1 3 8 9 10 12 36 39 40 41 43 45 46 47 48 49 50".split()  # noqa: SIM905 - seventeen numbers read better so
    )
    assert meant["9"] - towns == {"市人社局"}  # printed 市人社会局
    assert meant["56"] == {"市财政局", "市税务局"}  # printed 税市务局
    assert meant["36"] - towns == {
        "市行政审批局",
        "市公安局",
        "市人社局",
        "市市场监督管理局",
        "市医保局",
    }  # no 市电政办
    assert meant["20"] == {"市住建局", "市自然资源局", "市行政审批局", "市城市管理局"}  # 及相关部门: nobody is named
    assert meant["32"] == {"市应急管理局", "市消防救援大队"}
    # 442 rows in every month's ledger: 17 × 16 towns, 2 × 31 departments, 108 names
    assert sum(len(units) for units in meant.values()) == 17 * 16 + 2 * 31 + 108


def test_what_is_printed_wrongly_is_told_with_its_words() -> None:
    quotes = [remark.quote for remark in system("昌吉市", REFORM).remarks]
    for words in ("市人社会局", "税市务局", "市电政办", "及相关部门", "各乡镇人、街道", "（再和相关部门对接看是否有）"):
        assert any(words in quote for quote in quotes), words


@pytest.fixture(scope="module")
def november() -> Scored:
    return score(ROOT, load_scheme(ROOT, "昌吉市"), Period(2022, 11), [REFORM])


def progress(scored: Scored, unit: str) -> tuple[str, Decimal | None]:
    standing = scored.boards[REFORM].standing_of[unit]
    assert isinstance(standing.progress, Progress)
    return standing.progress.tally, standing.total


def test_done_late_overdue_open_and_not_yet_due(november: Scored) -> None:
    assert progress(november, "市税务局") == ("7/7（已完成7项）", Decimal("100.00"))  # 出口退税 is none of its tasks: —
    # 7 tasks, one due at the end of the year: 5 of 6, one of them 18 days late (March), one not done since September
    tally = "5/6（已完成4项、逾期完成1项、逾期1项、未到期1项）"
    assert progress(november, "市医保局") == (tally, Decimal("83.33"))
    # 1 of 3 = 33.333…
    assert progress(november, "市水利局") == ("1/3（已完成1项、未完成1项、逾期1项）", Decimal("33.33"))
    # 17 tasks, 4 not yet due: 7 of 13 = 53.846…
    tally = "7/13（已完成7项、未完成1项、逾期5项、未到期4项）"
    assert progress(november, "榆树沟镇") == (tally, Decimal("53.85"))
    assert (
        leaf(november.boards[REFORM], "市医保局", "异地就医结算").status == "逾期完成"
    )  # 2022年3月前, done on 18 April


def test_the_sample_needs_no_correction(november: Scored) -> None:
    assert {finding.code.name for finding in november.findings} == {"ROW_SKIPPED"}
    assert not any(standing.provisional for standing in november.boards[REFORM].standings)
