"""The definitions that ship with the office's data say what their sources print, and score as worked by hand."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from shipped import ROOT, groups, leaves, points, roster, system

from tongbao.errors import Code, InvalidError
from tongbao.period import Period
from tongbao.scoring.definition import IndicatorGroup, Leaf
from tongbao.scoring.outline import units_in
from tongbao.scoring.scheme import load_scheme

JURISDICTIONS = ("昌吉市", "嘉峪关市", "盘锦市", "新疆维吾尔自治区", "喀什地区")
ONLINE = "市直部门线上政务服务能力"
OFFLINE = "市直部门线下政务服务能力"
TOWNS = "乡镇街道线下服务能力"
TASKS = "一体化政务服务能力提升任务"
SANHUA = "政务服务三化目标"


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_the_definitions_hold_together_and_their_examples_work_out(jurisdiction: str) -> None:
    scheme = load_scheme(ROOT, jurisdiction)
    assert scheme.jurisdiction == jurisdiction
    assert scheme.at(Period(2022, 11)).remarks(), "every source has its inconsistencies; say them"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "scoring", tmp_path / "scoring")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("            分值: 2\n", "            分值: 4\n", Code.WEIGHTS),
        ("得分: 2.74", "得分: 2.73", Code.EXAMPLE_FAILED),  # what floats would give
        ("[好差评.办件总量]", "[好差评.办件总数]", Code.REFERENCE_UNKNOWN),
        ("排名依据: 公布得分", "排名方法: 公布得分", Code.KEY_UNKNOWN),
    ],
)
def test_a_slip_in_a_shipped_definition_is_found(workspace: Path, old: str, new: str, code: Code) -> None:
    path = workspace / "scoring" / "昌吉市" / f"{ONLINE}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InvalidError) as caught:
        load_scheme(workspace, "昌吉市")
    assert code in {finding.code for finding in caught.value.findings}


# --- 单位名录 ------------------------------------------------------------------------------------------------


def test_changji_has_the_47_units_of_annex_2_in_their_order_then_those_of_annex_1_alone() -> None:
    towns, departments, office = roster("昌吉市").groups
    assert (towns.name, towns.short, len(towns.units)) == ("乡镇街道", "乡镇（街道）", 16)
    assert (departments.name, len(departments.units)) == ("市直部门", 31 + 3)
    assert [towns.units[0].name, towns.units[-1].name] == ["延安北路街道", "庙尔沟乡"]
    names = [unit.name for unit in departments.units]
    assert [names[0], names[30]] == ["市行政审批局", "昌吉州烟草专卖局昌吉市分局"]
    assert names[31:] == ["市项目代建局", "市林业和草原综合行政执法大队", "市融媒体中心"]
    assert [unit.name for unit in office.units] == ["市政办"]


@pytest.mark.parametrize("name", [ONLINE, OFFLINE, "市直部门政务服务能力"])
def test_what_annex_1_adds_is_not_scored_by_annex_5(name: str) -> None:
    units = units_in(system("昌吉市", name).objects, roster("昌吉市"))
    assert len(units) == 31
    assert not {"市项目代建局", "市融媒体中心", "市政办"} & set(units)


def test_aliases_are_told_apart() -> None:
    names = roster("昌吉市").names
    assert names["市人力资源和社会保障局"] == "市人社局"
    assert names["国家税务总局昌吉市税务局"] == "市税务局"
    assert "税市务局" not in names
    for jurisdiction in JURISDICTIONS:
        units = [unit for group in roster(jurisdiction).groups for unit in group.units]
        spellings = Counter(
            spelling for unit in units for spelling in {unit.name, unit.full_name, *unit.aliases} if spelling
        )
        assert {spelling for spelling, times in spellings.items() if times > 1} == set(), jurisdiction


# --- 昌吉市 --------------------------------------------------------------------------------------------------


def test_online_has_52_leaves_and_100_points() -> None:
    online = system("昌吉市", ONLINE)
    assert len(leaves(online)) == 52
    assert [points(group) for group in groups(online)] == [36, Decimal("31.5"), 1, Decimal("10.5"), 21]
    assert online.full == 100
    for path, leaf in online.leaves():
        assert len(path) == 3, path
        assert leaf.basis, path
        assert leaf.choice, path


def test_every_online_ratio_says_what_happens_without_a_denominator() -> None:
    for leaf in leaves(system("昌吉市", ONLINE)):
        assert leaf.missing == "待核", leaf.name
        if leaf.value.formula and "/" in leaf.value.formula:
            assert leaf.zero_denominator is not None, leaf.name
            assert leaf.not_applicable is not None, leaf.name


def test_nothing_to_do_across_provinces_or_on_mobiles_gives_80_percent_as_printed() -> None:
    found = {leaf.name: leaf for leaf in leaves(system("昌吉市", ONLINE))}
    for name in ("区域通办", "移动端应用接入情况"):
        outcome = found[name].not_applicable
        assert outcome is not None
        assert not isinstance(outcome, str)
        assert outcome.rate == Decimal("0.8")


def test_the_three_hotline_rates_lose_a_tenth_for_each_percent_behind_the_best() -> None:
    gaps = [leaf for leaf in leaves(system("昌吉市", ONLINE)) if leaf.scoring.gap]
    assert [leaf.points for leaf in gaps] == [3, 3, 3]
    for leaf in gaps:
        gap = leaf.scoring.gap
        assert gap is not None
        assert (gap.step, gap.off, gap.stepping) == (Decimal("0.01"), Decimal("0.1"), "连续")


def test_offline_has_24_deductions_and_6_bonuses() -> None:
    offline = system("昌吉市", OFFLINE)
    events = [leaf.scoring.per_event for leaf in leaves(offline)]
    assert len(events) == 30
    assert sum(event is not None and event.off is not None for event in events) == 24
    assert sum(event is not None and event.on is not None for event in events) == 6
    base = [group for group in groups(offline) if group.aggregate == "基础分扣减"]
    assert [group.points for group in base] == [30, 30, 40]


def test_offline_points_are_the_printed_ones() -> None:
    printed = {}
    for leaf in leaves(system("昌吉市", OFFLINE)):
        event = leaf.scoring.per_event
        assert event is not None
        printed[leaf.code] = event.off if event.off is not None else -(event.on or 0)
    assert printed == {
        "1": 10, "2": 5, "3": 5,
        "4": 10, "5-1": 5, "5-2": 5, "5-3": 5, "6": 2, "7": 5, "8": 3,
        "9": 2, "10-1": 3, "10-2": 5, "11": 2, "12": 5, "13": 5, "14": 2, "15": 2,
        "16-1": 1, "16-2": 20, "17": 2, "18": 2,
        "19-1": -1, "19-2": -2, "20-1": -1, "20-2": -3, "20-3": -5, "21": -2, "22-1": 3, "22-2": 5,
    }  # fmt: skip


def test_media_bonuses_wait_for_the_end_of_the_year_and_need_proof() -> None:
    for name in (OFFLINE, TOWNS):
        media = [leaf for leaf in leaves(system("昌吉市", name)) if "媒体" in leaf.name]
        assert [leaf.period for leaf in media] == ["年终"] * 3
        for leaf in media:
            event = leaf.scoring.per_event
            assert event is not None
            assert event.proof
        assert [leaf.scoring.per_event.once for leaf in media if leaf.scoring.per_event] == [False, False, True]


def test_towns_have_40_40_20_points_in_12_clauses() -> None:
    towns = system("昌吉市", TOWNS)
    base = [group for group in groups(towns) if not group.bonus]
    assert [(group.points, points(group), len(group.indicators)) for group in base] == [
        (40, 40, 7), (40, 40, 4), (20, 20, 1),
    ]  # fmt: skip
    assert [group.cap for group in groups(towns) if group.bonus] == [10]


# --- 嘉峪关市 ------------------------------------------------------------------------------------------------


def kind(leaf: Leaf) -> str:
    target = leaf.scoring.target
    if target is None:
        return "无目标"
    if target.target.startswith("["):
        if "分解目标" in target.target:
            return "绝对数≥"
        return "等于另一列" if target.comparison == "=" else "全量"
    return {">=": "百分比≥", "<=": "≤"}[target.comparison]


def first_leaf(indicator: Leaf | IndicatorGroup) -> Leaf:
    return indicator if isinstance(indicator, Leaf) else first_leaf(indicator.indicators[0])


def test_the_26_tasks_have_the_printed_kinds_of_target() -> None:
    tasks = [first_leaf(indicator) for indicator in system("嘉峪关市", TASKS).indicators]
    assert Counter(map(kind, tasks)) == {
        "百分比≥": 16, "绝对数≥": 5, "≤": 2, "等于另一列": 1, "全量": 1, "无目标": 1,
    }  # fmt: skip


def test_the_26_tasks_have_the_printed_deadlines() -> None:
    tasks = [first_leaf(indicator) for indicator in system("嘉峪关市", TASKS).indicators]
    deadlines = Counter(leaf.scoring.target.deadline for leaf in tasks if leaf.scoring.target)
    assert deadlines == {date(2022, 10, 20): 1, date(2022, 10, 25): 24}
    passing = [leaf.name for leaf in tasks if leaf.scoring.target and not leaf.scoring.target.lasting]
    assert passing == [
        "证照汇聚类型", "证照汇聚数量", "加盖电子印章电子证照种类情况", "电子印章备案率", "办件信息与事项关联程度",
    ]  # fmt: skip
    assert 26 - len(passing) == 21  # 长期坚持, task 26 among them


def test_task_13_is_done_when_both_targets_are_met() -> None:
    thirteenth = system("嘉峪关市", TASKS).indicators[12]
    assert isinstance(thirteenth, IndicatorGroup)
    assert (thirteenth.aggregate, thirteenth.points) == ("全部达标", 4)
    targets = [
        leaf.scoring.target.target for leaf in thirteenth.indicators if isinstance(leaf, Leaf) and leaf.scoring.target
    ]
    assert targets == ["30%", "100%"]


def test_the_five_city_totals_are_checked_against_what_was_shared_out() -> None:
    sums = [
        re.search(r"=(\d+)$", check.condition) for leaf in leaves(system("嘉峪关市", TASKS)) for check in leaf.checks
    ]
    assert [found[1] for found in sums if found] == ["157500", "252000", "191", "630000", "253000"]


def test_tasks_go_to_those_that_the_plan_names() -> None:
    tasks = [first_leaf(indicator) for indicator in system("嘉峪关市", TASKS).indicators]
    everyone = ("街道和郊区", "市政府部门", "在嘉单位")
    named = {
        number: (leaf.objects.groups, leaf.objects.include)
        for number, leaf in enumerate(tasks, start=1)
        if leaf.objects
    }
    assert {number for number, objects in named.items() if objects[0] == everyone} == {1, 2, 3, 4, 5, 6, 7, 23, 24}
    assert {number for number, objects in named.items() if objects[1]} == {8, 9}
    assert named[8] == ((), ("市市场监管局",))
    assert sum(objects[0] == everyone[1:] for objects in named.values()) == 15


# --- 新疆维吾尔自治区 -----------------------------------------------------------------------------------------


def test_the_region_has_14_prefectures_and_37_departments() -> None:
    prefectures, departments = roster("新疆维吾尔自治区").groups
    assert [len(prefectures.units), len(departments.units)] == [14, 37]
    assert [prefectures.units[0].full_name, prefectures.units[-1].name] == ["伊犁哈萨克自治州", "和田地区"]
    printed = [  # the 厅局 sample table, without 自治区政府 and with 应急管理厅 for its 应急管理部
        "公安厅", "司法厅", "财政厅", "人力资源和社会保障厅", "住房和城乡建设厅", "商务厅", "文化和旅游厅",
        "卫生健康委员会", "退役军人事务厅", "信访局", "审计厅", "市场监督管理局", "生态环境厅", "应急管理厅", "能源局",
    ]  # fmt: skip
    names = roster("新疆维吾尔自治区").names
    assert [name for name in printed if f"自治区{name}" not in names] == []


def test_the_16_targets_of_2022_count_alike_and_those_of_2025_are_only_shown() -> None:
    targets = leaves(system("新疆维吾尔自治区", SANHUA))
    due = [leaf for leaf in targets if leaf.points is not None]
    assert [leaf.points for leaf in due] == [Decimal("6.25")] * 16
    deadlines = Counter(leaf.scoring.target.deadline for leaf in due if leaf.scoring.target)
    assert deadlines == {date(2022, 12, 31): 14, None: 2}
    assert all(
        leaf.scoring.target.early == "计入" for leaf in due if leaf.scoring.target and leaf.scoring.target.deadline
    )
    later = {leaf.name: leaf.scoring.target for leaf in targets if leaf.points is None}
    assert [name for name, target in later.items() if target and target.deadline == date(2025, 12, 31)] == [
        "实体材料免提交率", "告知承诺制实行率",
    ]  # fmt: skip
    assert sum(target is None for target in later.values()) == 7


def test_the_targets_are_the_printed_ones() -> None:
    targets = {
        leaf.name: (target.comparison, target.target)
        for leaf in leaves(system("新疆维吾尔自治区", SANHUA))
        if (target := leaf.scoring.target)
    }
    assert targets["“一件事”落地运行"] == (">=", "18")
    assert targets["全程网办事项覆盖率"] == (">=", "80%")
    assert targets["进驻事项办理授权率"] == (">=", "95%")
    assert targets["审批环节"] == ("<=", "3")
    assert targets["联合审批环节"] == ("<=", "5")
    rest = [
        target for name, target in targets.items() if name.endswith(("标准化率", "统一率", "对接率", "完成率", "编制"))
    ]
    assert rest == [(">=", "100%")] * 6


def test_the_18_matters_are_shared_out_among_the_departments() -> None:
    [check] = [check for leaf in leaves(system("新疆维吾尔自治区", SANHUA)) for check in leaf.checks]
    assert check.condition == "合计([部门.一件事牵头])=18"


def test_the_monthly_assessment_has_two_contents_and_two_figures_that_are_only_shown() -> None:
    for kind in ("地州市", "厅局"):
        for revision in ("", "@2022-07"):
            found = system("新疆维吾尔自治区", f"在线政务服务能力（{kind}）{revision}")
            [group] = groups(found)
            assert (group.aggregate, group.points) == ("全部达标", 100)
            assert [leaf.name for leaf in leaves(found) if leaf.scoring.status is None] == [
                "政务服务事项覆盖率", "网上办事事项覆盖率",
            ]  # fmt: skip
            assert [leaf.name for leaf in leaves(found) if leaf.scoring.status is not None] == [
                "平台服务能力得分", "平台平均办结率",
            ]  # fmt: skip
            targets = [leaf.scoring.target for leaf in leaves(found) if leaf.scoring.target]
            assert [(each.target, each.unmet) for each in targets] == [("100%", "按完成比例"), ("80%", "按完成比例")]


def test_the_year_weighs_as_printed() -> None:
    for kind in ("地州市", "厅局"):
        online, offline = leaves(system("新疆维吾尔自治区", f"一体化政务服务能力考核（{kind}）"))
        assert [online.points, offline.points] == [60, 40]
        assert online.value.system is not None
        lines = [(line.weight, [str(month) for month in line.months.months()]) for line in online.value.system.weighted]
        assert [(weight, len(months), months[0], months[-1]) for weight, months in lines] == [
            (Decimal("0.5"), 11, "2021-12", "2022-10"), (Decimal("0.5"), 1, "2022-11", "2022-11"),
        ]  # fmt: skip
