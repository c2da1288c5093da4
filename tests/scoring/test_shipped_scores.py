"""The sample month scores as worked by hand from its workbooks, and the published table comes out right."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from shipped import ROOT, leaf

from tongbao.errors import Severity
from tongbao.inputs.table import Missing
from tongbao.period import Period
from tongbao.scoring.engine import Scored, score
from tongbao.scoring.scheme import load_scheme

ONLINE = "市直部门线上政务服务能力"
OFFLINE = "市直部门线下政务服务能力"
TOTAL = "市直部门政务服务能力"
TOWNS = "乡镇街道线下服务能力"
TASKS = "一体化政务服务能力提升任务"
NOVEMBER = Period(2022, 11)


@pytest.fixture(scope="module")
def changji() -> Mapping[Period, Scored]:
    scheme = load_scheme(ROOT, "昌吉市")
    return {
        period: score(ROOT, scheme, period, [TOTAL, TOWNS])
        for period in (NOVEMBER.shift(-2), NOVEMBER.shift(-1), NOVEMBER)
    }


@pytest.fixture(scope="module")
def jiayuguan() -> Scored:
    return score(ROOT, load_scheme(ROOT, "嘉峪关市"), NOVEMBER)


def test_the_samples_can_be_used_as_they_are(changji: Mapping[Period, Scored], jiayuguan: Scored) -> None:
    for scored in (*changji.values(), jiayuguan):
        assert [str(finding) for finding in scored.findings if finding.severity is Severity.ERROR] == []
        for board in scored.boards.values():
            assert not any(standing.provisional for standing in board.standings)
            assert all(standing.rank is not None for standing in board.standings)


@pytest.mark.parametrize(
    ("unit", "indicator", "points"),
    [
        ("市供销社", "差评按期整改率", "1.88"),  # 3 × 5/8 = 1.875
        ("市供销社", "国家平台投诉处理", "3"),  # none sent down: full marks
        ("市供销社", "主题集成服务", "1"),  # no task: 50 % of 2
        ("市供销社", "区域通办", "1.6"),  # nothing across provinces: 80 % of 2, as printed
        ("市供销社", "移动端应用接入情况", "0.8"),  # no app: 80 % of 1, as printed
        ("市供销社", "12345政务服务便民热线知识库的维护更新及黄页编辑", "0"),  # not done: one point off
        ("市供销社", "12345政务服务便民热线工单按期签收率考核", "1.2"),  # 205/250 = 82 %: 3 − 0.1 × 18
        ("市供销社", "12345政务服务便民热线工单限时办结率考核", "1.12"),  # 203/250 = 81.2 %: 3 − 0.1 × 18.8
        ("市供销社", "12345政务服务便民热线工单合理诉求满意度考核", "0"),  # more than 30 points behind
        ("市供销社", "法定办结时限", "0.38"),  # 1.5 × 2/8 = 0.375
        ("市供销社", "减证便民", "0.7"),  # judges: 0.5 and 0.9
        ("市公安局", "差评占比率", "1.99"),  # 2 × (199 − 1)/199 = 1.98995
        ("市公安局", "差评按期整改率", "3"),
        ("市公安局", "主题集成服务", "2"),  # both roles
        ("市公安局", "评价办件覆盖度", "1.84"),  # 2 × 1719/1869 = 1.8395
        ("市公安局", "12345政务服务便民热线工单限时办结率考核", "3"),  # the best itself
        ("市公安局", "空表下载服务", "1.31"),  # 1.5 × 7/8 = 1.3125
        ("市审计局", "事项材料精简比例", "0"),  # more papers than in the base period
        ("市审计局", "12345政务服务便民热线工单按期签收率考核", "2.4"),  # no tickets: 80 % of 3
        ("市消防救援大队", "事项材料精简比例", "1.6"),  # not there in the base period: 80 % of 2
        ("市消防救援大队", "12345政务服务便民热线工单限时办结率考核", "2.54"),  # 103/108: 3 − 0.46296
    ],
)
def test_online_indicators(changji: Mapping[Period, Scored], unit: str, indicator: str, points: str) -> None:
    assert leaf(changji[NOVEMBER].boards[ONLINE], unit, indicator).points == Decimal(points)


def test_units_without_tickets_stay_out_of_the_comparison(changji: Mapping[Period, Scored]) -> None:
    found = leaf(changji[NOVEMBER].boards[ONLINE], "市审计局", "12345政务服务便民热线工单按期签收率考核")
    assert (found.value, found.reason) == (None, Missing.NOT_APPLICABLE)
    assert found.trace.reference is None


def test_offline_totals(changji: Mapping[Period, Scored]) -> None:
    standing = changji[NOVEMBER].boards[OFFLINE].standing_of
    # 30−5, 30−5−2−5−3, 40−2−2−2−4, and 3 off for the inspection
    assert standing["市供销社"].total == Decimal(67)
    # 100 − 1 − 2, then 锦旗 +2 and 优质服务窗口 +2
    assert standing["市公安局"].total == Decimal(101)


def test_praise_for_one_matter_counts_once(changji: Mapping[Period, Scored]) -> None:
    board = changji[NOVEMBER].boards[OFFLINE]
    assert leaf(board, "市住建局", "锦旗表扬").points == 2
    letter = leaf(board, "市住建局", "书面表扬")
    assert letter.points == 0
    assert [event.counted for event in letter.trace.events] == [False]


def test_media_reports_wait_for_december(changji: Mapping[Period, Scored]) -> None:
    found = leaf(changji[NOVEMBER].boards[OFFLINE], "市行政审批局", "自治区级媒体报道")
    assert found.points is None
    assert len(found.trace.events) == 1


def test_the_total_is_60_percent_online_and_40_percent_offline(changji: Mapping[Period, Scored]) -> None:
    boards = changji[NOVEMBER].boards
    online = boards[ONLINE].standing_of["市供销社"].total
    assert online is not None
    # offline 67: 26.80 of 40
    expected = (online * Decimal("0.6")).quantize(Decimal("0.01")) + Decimal("26.80")
    assert boards[TOTAL].standing_of["市供销社"].total == expected


def test_the_story_of_the_three_months(changji: Mapping[Period, Scored]) -> None:
    months = [scored.boards[TOTAL] for _, scored in sorted(changji.items())]
    assert [board.standings[0].unit for board in months] == ["市公安局"] * 3
    assert [board.standings[-1].unit for board in months] == ["市供销社"] * 3
    always_low = set.intersection(*({standing.unit for standing in board.standings[-3:]} for board in months))
    assert always_low == {"市供销社"}
    november = [standing.total for standing in months[-1].standings if standing.total is not None]
    assert 96 < november[0] < 98
    assert 57 < november[-1] < 59
    assert sum(total >= 90 for total in november) == 13
    assert [standing.unit for standing in months[-1].standings if (standing.total or 0) < 60] == [
        "州生态环境局昌吉市分局", "市供销社",
    ]  # fmt: skip
    ranks = [board.standing_of["市住建局"].rank for board in months]
    assert (ranks[1] or 0) - (ranks[2] or 0) >= 9
    towns = [standing.rank for standing in changji[NOVEMBER].boards[TOWNS].standings]
    assert len(set(towns)) < len(towns), "a tie somewhere"


def test_five_departments_have_not_mended_every_poor_rating(changji: Mapping[Period, Scored]) -> None:
    board = changji[NOVEMBER].boards[ONLINE]
    behind = {unit: leaf(board, unit, "差评按期整改率").value for unit in board.scores}
    assert sum(isinstance(value, Decimal) and value < 1 for value in behind.values()) == 5
    assert behind["市供销社"] == Decimal("0.625")


def test_the_published_hotline_scores_of_panjin_are_reproduced() -> None:
    board = score(ROOT, load_scheme(ROOT, "盘锦市"), NOVEMBER).boards["12345热线"]
    assert [(standing.unit, standing.total) for standing in board.standings] == [
        ("高新技术开发区", Decimal("100.0")), ("大洼区", Decimal("99.3")), ("盘山县", Decimal("99.2")),
        ("兴隆台区", Decimal("99.1")), ("辽滨沿海经济技术开发区", Decimal("99.0")), ("双台子区", Decimal("97.4")),
    ]  # fmt: skip


def test_tasks_of_jiayuguan(jiayuguan: Scored) -> None:
    board = jiayuguan.boards[TASKS]
    standing = board.standing_of
    assert standing["市公安局"].total == 100
    # nine tasks are the office's, four missed: 5/9
    assert standing["郊区工作办公室"].total == Decimal("55.56")
    missed = {found.name for found in board.leaf_scores("郊区工作办公室") if found.met is False}
    assert missed == {"个人用户年度注册用户数", "个人用户活跃度", "办件数据上报国办入库量", "办件信息与事项关联程度"}
    assert leaf(board, "市教育局", "关联事项占比").met is True
    assert leaf(board, "市教育局", "已关联办事指南占比").met is False
    thirteenth = board.scores["市教育局"]["关联电子证照的事项占比",]
    assert (thirteenth.points, thirteenth.full) == (0, 4)
    assert leaf(board, "市市场监管局", "法人用户企业注册率").applicable
    assert not leaf(board, "市公安局", "法人用户企业注册率").applicable
    status = leaf(board, "市公安局", "指南准确度")
    assert status.points is None
    assert status.value is not None
