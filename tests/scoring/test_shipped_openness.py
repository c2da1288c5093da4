"""System B, 政务公开 (附件3 of 昌吉市): what the source prints, and the sample month worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shipped import ROOT, groups, leaf, leaves, outline, points, roster, system

from tongbao.inputs.table import Missing
from tongbao.period import Period
from tongbao.scoring.engine import Scored, score
from tongbao.scoring.outline import units_in
from tongbao.scoring.scheme import load_scheme

OPENNESS = "政务公开评价"
ONLY_ANNEX_1 = {"市项目代建局", "市林业和草原综合行政执法大队", "市融媒体中心"}
ONLY_ANNEX_2 = {"市自然资源局", "市消防救援大队", "国网昌吉供电公司城区供电中心", "昌吉州烟草专卖局昌吉市分局"}


def test_45_indicators_of_100_points_as_printed() -> None:
    openness = system("昌吉市", OPENNESS)
    assert len(leaves(openness)) == 45
    assert [points(group) for group in groups(openness)] == [49, 9, 21, 11, 7, 3]
    assert [leaf.code for leaf in leaves(openness)] == [str(number) for number in range(1, 46)]
    assert [leaf.points for leaf in leaves(openness)] == [
        6, 2, 2, Decimal("1.5"), Decimal("1.5"), 3, Decimal("1.5"), Decimal("2.5"), 2, 2, 2, 2,
        2, 2, 1, 2, 2, 2, Decimal("1.5"), 2, 2, 2, Decimal("1.5"), 1,
        3, 6, 6, 4, 2, 2, 2, 2, 1, 2, 1, 2, 2, 1, 1, 2, 2, 2, 3, 2, 3,
    ]  # fmt: skip


def test_every_indicator_is_judged_and_blank_is_not_zero() -> None:
    for each in leaves(system("昌吉市", OPENNESS)):
        assert each.value.judged is not None, each.name
        assert each.value.judged.clause == each.name
        assert (each.missing, each.not_applicable) == ("待核", "剔除")
        assert each.basis, each.name
        assert each.choice, each.name


def test_the_46_units_of_annex_1_and_市政办_are_scored() -> None:
    units = units_in(system("昌吉市", OPENNESS).objects, roster("昌吉市"))
    assert len(units) == 46 + 1
    assert set(units) > ONLY_ANNEX_1
    assert not ONLY_ANNEX_2 & set(units)
    group_of = roster("昌吉市").group_of
    assert [unit for unit in units if group_of[unit] == "市政府办公室"] == ["市政办"]


def reach(unit: str) -> Decimal:
    """Points of the indicators that are for the unit."""
    of = outline("昌吉市", OPENNESS)
    return sum((each.points or Decimal(0) for key, each in of.leaves.items() if unit in of.leaf_units[key]), Decimal(0))


def test_what_a_town_and_市政办_alone_can_reach() -> None:
    assert all(each.objects or each.roles for each in leaves(system("昌吉市", OPENNESS)))
    assert reach("庙尔沟乡") == Decimal("69.5")  # 66.5 and the 3 dynamic points
    assert reach("市政办") == 14
    of = outline("昌吉市", OPENNESS)
    alone = [each for key, each in of.leaves.items() if of.leaf_units[key] == {"市政办"}]
    assert sum((each.points or 0 for each in alone), Decimal(0)) == 10
    assert [each.name for each in alone] == [
        "重大会议信息", "重大决策预公开", "信息维护", "搜索功能", "网站标识", "IPV6建设",
    ]  # fmt: skip


def test_who_answers_and_who_helps() -> None:
    of = outline("昌吉市", OPENNESS)
    told = [key for key, each in of.leaves.items() if each.roles]
    assert [key[-1] for key in told] == [
        "规划信息", "权责清单", "行政许可和其他对外管理服务信息", "处罚强制信息", "财政信息",
        "人大代表建议、政协委员提案办理情况", "公务员招录", "疫情防控信息公开", "乡村振兴", "养老服务", "社会救助",
    ]  # fmt: skip
    assert all(set(of.leaves[key].roles) == {"责任", "配合"} for key in told)
    relief = next(key for key in told if key[-1] == "社会救助")
    assert (of.roles_of(relief, "市民政局"), of.roles_of(relief, "佃坝镇")) == (("责任",), ("配合",))
    assert of.roles_of(relief, "市教育局") == ()


def test_the_row_by_which_the_contents_are_shifted_is_told_for_all_nine() -> None:
    remarks = {remark.where: remark for remark in system("昌吉市", OPENNESS).remarks}
    shifted = [
        "回应时限", "回应效果", "互动功能", "互动质量", "渠道覆盖", "信息维护", "搜索功能", "网站标识", "IPV6建设",
    ]  # fmt: skip
    for name in shifted:
        assert "上移了一行" in remarks[f"附件3 {name}"].choice
    # the row 回应时限 prints what 回应效果 is about; the definition gives 回应效果 its own words
    assert remarks["附件3 回应时限"].quote.startswith("政务舆情回应效果情况")
    found = {each.name: each for each in leaves(system("昌吉市", OPENNESS))}
    assert (found["回应效果"].basis or "").startswith("政务舆情回应效果情况")
    assert (found["IPV6建设"].basis or "") == "政府门户网站IPV6的建设改造实现情况。"


@pytest.fixture(scope="module")
def november() -> Scored:
    return score(ROOT, load_scheme(ROOT, "昌吉市"), Period(2022, 11), [OPENNESS])


def test_units_that_are_judged_on_different_things_are_scaled_to_100(november: Scored) -> None:
    standing = november.boards[OPENNESS].standing_of
    # 市政办: 1.8+1.9+1.9+1.9 of 8, 1.9+1.9+0.9+0.9 of 6: 13.1 of 14
    assert (standing["市政办"].total, standing["市政办"].base) == (Decimal("93.57"), 14)
    # 滨湖镇 has something to judge in all its 27: 65.6 of 69.5
    assert (standing["滨湖镇"].total, standing["滨湖镇"].base) == (Decimal("94.39"), Decimal("69.5"))
    # 市残联: nothing to judge in 权责清单, 行政许可 …: 35.65 of 52.5
    assert (standing["市残联"].total, standing["市残联"].base) == (Decimal("67.90"), Decimal("52.5"))
    assert (standing["市公安局"].rank, standing["市供销社"].rank, standing["市供销社"].peers) == (1, 30, 30)


def test_two_panels_are_averaged_and_a_dash_is_left_out(november: Scored) -> None:
    board = november.boards[OPENNESS]
    quality = leaf(board, "市残联", "解读质量")
    assert [event.points for event in quality.trace.events] == [Decimal("2.4"), Decimal("3.1")]
    assert quality.points == Decimal("2.75")
    permits = leaf(board, "市残联", "行政许可和其他对外管理服务信息")
    assert (permits.points, permits.reason, permits.applicable) == (None, Missing.NOT_APPLICABLE, False)


def test_the_sample_needs_no_correction(november: Scored) -> None:
    assert {finding.code.name for finding in november.findings} == {"ROW_SKIPPED"}
    assert not any(standing.provisional for standing in november.boards[OPENNESS].standings)
