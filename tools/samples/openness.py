"""昌吉市 政务公开: the panels' points for 附件3, one row a unit and indicator, “—” where there is nothing to judge."""

from __future__ import annotations

from collections.abc import Iterator

from samples import story
from samples.chance import choice, draw, part
from samples.sheet import SAMPLE, Content, Sheet, write_xlsx

MONTH = "2022-11"
PANELS = ("第一评审组", "第二评审组")
NOTES = (
    f"注：1.本表为{SAMPLE}，由程序生成，不反映任何单位的真实情况。",
    "注：2.“—”表示本单位当期没有这项内容；不满分的须写理由。",
)
NONE = "—"

# Only in 附件1, with how well they do; 市政办 is scored on its own eight indicators.
OTHERS = {"市项目代建局": 0.78, "市林业和草原综合行政执法大队": 0.74, "市融媒体中心": 0.9}
ABSENT = ("市自然资源局", "市消防救援大队", "国网昌吉供电公司城区供电中心", "昌吉州烟草专卖局昌吉市分局")
OFFICE = "市政办"
OFFICE_LEVEL = 0.93

# Indicator: full marks, who it is for (部 departments, 镇 towns, 办 市政办), and what panels found wrong.
GENERAL: dict[str, tuple[float, str, str]] = {
    "政府信息公开平台建设": (6, "部镇", "平台栏目设置不全"),
    "政策文件": (2, "部镇", "规范性文件未集中公开"),
    "机构职能信息": (2, "部镇", "负责人信息未及时更新"),
    "规划信息": (1.5, "部", "专项规划未公开"),
    "权责清单": (1.5, "部", "权责清单未更新"),
    "行政许可和其他对外管理服务信息": (3, "部", "许可办理结果公示不及时"),
    "处罚强制信息": (1.5, "部", "行政处罚依据、程序公开不全"),
    "财政信息": (2.5, "部镇", "部门预决算公开不完整"),
    "人大代表建议、政协委员提案办理情况": (2, "部镇办", "建议提案答复未公开"),
    "公务员招录": (2, "部镇办", "录用结果未及时公开"),
    "重大会议信息": (2, "办", "个别常务会议内容公开不及时"),
    "重大决策预公开": (2, "办", "意见征集结果未反馈"),
    "疫情防控信息公开": (2, "部镇", "疫情防控专栏更新不及时"),
    "乡村振兴": (2, "部镇", "帮扶政策公开不及时"),
    "养老服务": (2, "部镇", "养老服务政策公开不全"),
    "基层政务公开事项标准化": (1, "部", "标准目录未公开"),
    "申请接受渠道指引规范性": (3, "部镇", "公开指南联系电话无人接听"),
    "申请回复质量": (6, "部镇", "答复书未告知救济途径"),
    "解读内容": (6, "部镇", "重要文件未配发解读"),
    "解读质量": (4, "部镇", "解读照搬文件原文"),
    "功能方式": (2, "部镇", "解读形式单一"),
    "回应与否": (2, "部镇", "涉及本单位的舆情未回应"),
    "回应时限": (2, "部镇", "超过48小时回应"),
    "回应效果": (2, "部镇", "回应缺少针对性"),
    "互动功能": (1, "部镇", "咨询入口不易查找"),
    "互动质量": (2, "部镇", "咨询答复不及时"),
    "渠道覆盖": (1, "部镇", "线下查阅点未公布"),
    "信息维护": (2, "办", "个别栏目超期未更新"),
    "搜索功能": (2, "办", "搜索结果不能按时间排序"),
    "网站标识": (1, "办", "网站标识缺失"),
    "IPV6建设": (1, "办", "未支持IPv6访问"),
    "更新保障": (2, "部镇", "政务新媒体超过10天未更新"),
    "内容质量": (2, "部镇", "政策发布解读类内容偏少"),
    "年报格式": (2, "部镇", "年报未按统一格式发布"),
    "年报质量": (3, "部镇", "年报数据前后不一致"),
    "公开机制建设": (2, "部镇", "未明确公开工作机构"),
    "动态调整评价事项": (3, "部镇", "稳经济一揽子政策专栏未及时更新"),
}
OF_ITS_OWN: dict[str, tuple[float, tuple[str, ...], str]] = {
    "生态环境": (1, ("州生态环境局昌吉市分局",), "监督检查信息更新不及时"),
    "食品药品监管": (2, ("市市场监督管理局",), "抽检结果公开不及时"),
    "稳岗就业": (2, ("市人社局",), "就业帮扶信息更新不及时"),
    "义务教育": (1.5, ("市教育局",), "招生范围公开不细"),
    "涉农补贴": (2, ("市农业农村局", "市发改委", "市财政局"), "补贴发放结果未公开"),
    "公共文化服务": (2, ("市文旅局",), "公共服务信息更新不及时"),
    "医疗卫生": (1.5, ("市卫健委",), "监督检查情况公开不全"),
}
RELIEF = (2, "社会救助", "救助对象名单未更新")  # 乡镇（街道） and 市民政局

PLANNERS = ("市发改委", "市住建局", "市交通运输局", "市水利局", "市农业农村局", "市教育局")
NO_POWERS = ("市供销社", "市残联", "市融媒体中心", "市项目代建局")
NOT_FOR = {"市林业和草原综合行政执法大队": ("行政许可和其他对外管理服务信息",)}
OPINIONS = ("回应与否", "回应时限", "回应效果")
SHARE_WITHOUT = {"乡村振兴": 0.5, "养老服务": 0.75, "基层政务公开事项标准化": 0.4, "公务员招录": 0.4}
SHARE_WITHOUT |= {"人大代表建议、政协委员提案办理情况": 0.25, "申请回复质量": 0.5}


def departments() -> dict[str, float]:
    """The 30 departments of 附件1 with their level."""
    known = {unit: levels[-1] for unit, levels in story.LEVELS.items() if unit not in ABSENT}
    return known | OTHERS


def nothing_there(unit: str, clause: str) -> bool:
    """Whether the unit has nothing of the kind this month."""
    town = unit in story.TOWNS
    if clause == "规划信息":
        return unit not in PLANNERS
    if clause in {"权责清单", "行政许可和其他对外管理服务信息", "处罚强制信息"}:
        return unit in NO_POWERS or clause in NOT_FOR.get(unit, ())
    if clause in OPINIONS:
        return draw(unit, "舆情") > 0.35  # noqa: PLR2004
    if clause in {"更新保障", "内容质量"}:
        return draw(unit, "新媒体") < 0.15  # noqa: PLR2004
    if town and clause in {"乡村振兴", "养老服务"}:
        return False
    return unit != OFFICE and draw(unit, clause, "有无") < SHARE_WITHOUT.get(clause, 0)


def points(unit: str, level: float, clause: str, full: float, panel: str, found: str) -> list[Content]:
    """得分 and 理由."""
    lost = part(int(full * 10), (1 - level) * 0.8 * (0.2 + 1.6 * draw(MONTH, unit, clause, panel))) / 10
    reason = choice((found, f"{found}，已责成整改"), MONTH, unit, clause, panel) if lost else None
    got = round(full - lost, 1)
    return [int(got) if got == int(got) else got, reason]


def rows() -> Iterator[list[Content]]:
    """Every judged row, units in official order."""
    levels = [("镇", unit, each[-1]) for unit, each in story.TOWNS.items()]
    levels += [("部", unit, level) for unit, level in departments().items()]
    for kind, unit, level in (*levels, ("办", OFFICE, OFFICE_LEVEL)):
        for clause, (full, whom, found) in GENERAL.items():
            if kind in whom:
                yield from _judged(unit, level, clause, full, found)
        for clause, (full, units, found) in OF_ITS_OWN.items():
            if unit in units:
                yield from _judged(unit, level, clause, full, found)
        if kind == "镇" or unit == "市民政局":
            yield from _judged(unit, level, RELIEF[1], RELIEF[0], RELIEF[2])


def _judged(unit: str, level: float, clause: str, full: float, found: str) -> Iterator[list[Content]]:
    if nothing_there(unit, clause):
        yield [unit, clause, PANELS[0], NONE, None]
        return
    for panel in PANELS if clause == "解读质量" else PANELS[:1]:
        yield [unit, clause, panel, *points(unit, level, clause, full, panel, found)]


def files() -> Iterator[tuple[str, bytes]]:
    """Name and content of the month's file."""
    title = (f"昌吉市2022年11月政务公开评分表（{SAMPLE}）", f"登记单位：市政务公开办　　{SAMPLE}，仅供演示")
    headers = [("单位名称",), ("条款",), ("评委",), ("得分",), ("理由",)]
    yield "政务公开评分表.xlsx", write_xlsx([Sheet("政务公开", title, headers, list(rows()), None, NOTES)])
