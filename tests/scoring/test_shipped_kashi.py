"""System H, the 19 tasks of 喀什地区: who leads, who answers, by when; the sample month counted by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from shipped import ROOT, groups, leaf, leaves, outline, roster, system

from tongbao.period import Period
from tongbao.scoring.engine import Scored, score
from tongbao.scoring.progress import Progress
from tongbao.scoring.scheme import load_scheme

KASHI = "喀什地区"
TASKS = "一体化政务服务能力提升任务"
COUNTIES, DEPARTMENTS, CENTRES = "县市", "地直部门", "政务服务中心"


def test_19_tasks_in_eight_chapters_and_no_points() -> None:
    tasks = system(KASHI, TASKS)
    assert [len(group.indicators) for group in groups(tasks)] == [2, 3, 2, 6, 2, 1, 1, 2]
    assert [each.code for each in leaves(tasks)] == [
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
        "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九",
    ]  # fmt: skip
    assert not any(each.points for each in leaves(tasks))


def test_twelve_counties_the_development_zone_and_a_centre_for_each() -> None:
    counties, departments, centres = roster(KASHI).groups
    assert [len(counties.units), len(centres.units)] == [12 + 1, 1 + 12]
    assert counties.units[-1].name == "喀什经济开发区管委会"
    assert departments.name == DEPARTMENTS
    assert roster(KASHI).names["塔县"] == "塔什库尔干塔吉克自治县"


def test_who_leads_and_who_answers_as_printed() -> None:
    everyone = (COUNTIES, DEPARTMENTS)
    told = {
        each.code: {role: objects.groups for role, objects in each.roles.items()}
        for each in leaves(system(KASHI, TASKS))
    }
    leads = {code: roles["牵头"] for code, roles in told.items() if "牵头" in roles}
    assert leads == {"三": (DEPARTMENTS,), "五": (DEPARTMENTS,), "十四": (CENTRES,), "十六": (CENTRES,)}
    answers = {code: roles["责任"] for code, roles in told.items()}
    assert {code for code, who in answers.items() if who == (COUNTIES,)} == {"一", "十七", "十九"}
    assert {code for code, who in answers.items() if who == (CENTRES,)} == {"十三", "十八"}
    assert {code for code, who in answers.items() if who == (DEPARTMENTS,)} == {"六"}
    assert sum(who == everyone for who in answers.values()) == 13


def test_the_deadlines_and_the_two_looks_a_week() -> None:
    values = {each.code: each.value for each in leaves(system(KASHI, TASKS))}
    weekly = values.pop("十二").frequency
    assert weekly is not None
    assert (weekly.window, weekly.least) == ("周", 2)
    deadlines = {code: value.task.deadline if value.task else None for code, value in values.items()}
    assert deadlines.pop("十四") == date(2022, 7, 31)
    lasting = {code for code, deadline in deadlines.items() if deadline is None}
    assert lasting == {"十", "十一", "十三", "十五"}
    assert {deadline for code, deadline in deadlines.items() if code not in lasting} == {date(2022, 12, 31)}


def test_what_is_printed_wrongly_is_told_with_its_words() -> None:
    quotes = [remark.quote for remark in system(KASHI, TASKS).remarks]
    for words in ("各州市人民政府", "管委员会", "地、县政务服务中心", "也可申请"):
        assert any(words in quote for quote in quotes), words


@pytest.fixture(scope="module")
def november() -> Scored:
    return score(ROOT, load_scheme(ROOT, KASHI), Period(2022, 11))


def progress(scored: Scored, unit: str) -> tuple[str, Decimal | None]:
    standing = scored.boards[TASKS].standing_of[unit]
    assert isinstance(standing.progress, Progress)
    return standing.progress.tally, standing.total


def test_done_late_overdue_open_and_not_yet_due(november: Scored) -> None:
    # 14 tasks, two due at the end of the year: 9 of 12; the ledger of task 14 overdue since July
    assert progress(november, "英吉沙县") == ("9/12（已完成9项、未完成2项、逾期1项、未到期2项）", Decimal("75.00"))
    # 11 of 14 = 78.571…
    assert progress(november, "塔什库尔干塔吉克自治县") == ("11/14（已完成11项、未完成3项）", Decimal("78.57"))
    # the ledger of task 14 on 30 August instead of 31 July: late, but done
    assert progress(november, "地区财政局") == ("13/13（已完成12项、逾期完成1项、未到期1项）", Decimal("100.00"))
    # 2 of 3 = 66.666…
    assert progress(november, "岳普湖县政务服务中心") == ("2/3（已完成2项、未完成1项、未到期1项）", Decimal("66.67"))


def test_leading_and_answering_are_two_tasks(november: Scored) -> None:
    found = leaf(november.boards[TASKS], "地区财政局", "事项认领发布")
    assert [(event.note, event.outcome) for event in found.trace.events] == [("牵头", "已完成"), ("责任", "已完成")]
    assert found.status == "2/2（已完成2项）"
    key = next(key for key in outline(KASHI, TASKS).leaves if key[-1] == "事项认领发布")
    assert outline(KASHI, TASKS).roles_of(key, "英吉沙县") == ("责任",)


def test_a_week_with_one_look_is_one_too_few(november: Scored) -> None:
    board = november.boards[TASKS]
    # weeks that end in November: 31 Oct–6 Nov, 7–13, 14–20, 21–27
    one_short = leaf(board, "英吉沙县", "好差评和咨询投诉查看")
    assert (one_short.value, one_short.met) == (1, False)
    assert one_short.trace.steps[3] == "2022-11-21至2022-11-27应有2次，实有1次，少1次"
    assert leaf(board, "地区应急管理局", "好差评和咨询投诉查看").value == 2  # one look in each of two weeks
    assert leaf(board, "泽普县", "好差评和咨询投诉查看").met is True


def test_the_sample_needs_no_correction(november: Scored) -> None:
    assert {finding.code.name for finding in november.findings} == {"ROW_SKIPPED"}
    assert not any(standing.provisional for standing in november.boards[TASKS].standings)
