"""新疆维吾尔自治区: how far the targets of the 三化 plan are met, month by month; what was done stays done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samples.chance import draw, part, whole
from samples.sheet import Content, Sheet, totals, write_xlsx
from samples.xinjiang import DEPARTMENTS, LEVELS, NONE, NOTES, PREFECTURES, UNITS, titles

MONTHS = ("2022-10", "2022-11")
PACE = {"2022-10": 0.78, "2022-11": 0.96}
COUNTIES = {
    "伊犁州": 11, "塔城地区": 7, "阿勒泰地区": 7, "克拉玛依市": 4, "博州": 4, "昌吉州": 7, "乌鲁木齐市": 8, "哈密市": 3,
    "吐鲁番市": 3, "巴州": 9, "阿克苏地区": 9, "克州": 4, "喀什地区": 12, "和田地区": 8,
}  # fmt: skip
LED = {
    "自治区教育厅": 1, "自治区公安厅": 2, "自治区民政厅": 2, "自治区司法厅": 1, "自治区人力资源社会保障厅": 2,
    "自治区自然资源厅": 2, "自治区住房城乡建设厅": 2, "自治区卫生健康委": 2, "自治区退役军人厅": 1,
    "自治区市场监管局": 2, "自治区医保局": 1,
}  # fmt: skip
"""Who leads how many of the 18 一件事; the source names four of them and no department."""
NO_SYSTEM = ("自治区民委", "自治区外办", "自治区审计厅", "自治区信访局", "自治区乡村振兴局", "克州")
NO_JOINT_APPROVAL = ("自治区审计厅", "自治区统计局", "自治区信访局", "自治区外办", "自治区民委", "自治区退役军人厅")
NO_EXCEPTIONS = ("自治区科技厅", "自治区体育局", "自治区统计局", "自治区广电局")
MATTERS = 18


def done(unit: str, subject: str, month: str, easy: float = 0.0) -> bool:
    """Whether the unit has met that target by that month; the better and the later, the likelier."""
    return draw(unit, subject) < PACE[month] * float(LEVELS[unit] ** 1.5) + easy


def reached(total: int, unit: str, subject: str, month: str) -> int:
    """All of it, or short by a few."""
    if done(unit, subject, month):
        return total
    return total - max(1, part(total, (0.04 + 0.2 * draw(unit, subject, "缺")) * (1.9 - PACE[month])))


def share_of(total: int, met: float, unit: str, subject: str, month: str) -> int:
    """At or above the target share once it is met, and below it before."""
    over = met + (1 - met) * 0.8 * draw(unit, subject, "超")
    short = met * (0.72 + 0.22 * draw(unit, subject, "缺")) * (0.9 + 0.1 * PACE[month])
    if done(unit, subject, month):
        return next(count for count in range(part(total, over), total + 1) if count >= total * met)
    return part(total, short)


def steps(most: int, unit: str, subject: str, month: str) -> int:
    """Steps of the longest approval: within the bound, or one or two more."""
    if done(unit, subject, month, easy=0.1):
        return most - whole(0, 1, unit, subject)
    return most + whole(1, 2, unit, subject)


def _yes(unit: str, subject: str, month: str) -> str:
    return "是" if done(unit, subject, month) else "否"


def _sheet(
    name: str, month: str, subject: str, headers: Sequence[tuple[str, ...]], rows: Sequence[Sequence[Content]]
) -> Sheet:
    lines = [[number, *row] for number, row in enumerate(rows, start=1)]
    return Sheet(name, titles(month, subject), [("序号",), ("单位",), *headers], lines, totals(lines), NOTES)


def shared(month: str) -> Sheet:
    """Targets of prefectures and departments alike."""
    rows: list[list[Content]] = []
    for unit in UNITS:
        scale = 4 if unit in PREFECTURES else 1
        permits, services = scale * whole(12, 60, unit, "许可"), scale * whole(40, 130, unit, "依申请")
        seated, frequent = part(services, 0.7 + 0.25 * draw(unit, "进驻")), part(services, 0.2)
        papers, data = whole(4, 18, unit, "证照"), scale * whole(20, 90, unit, "数据")
        systems: list[Content] = [NONE, NONE]
        if unit not in NO_SYSTEM:
            number = whole(1, 5, unit, "系统")
            systems = [number, reached(number, unit, "系统", month)]
        joint = NONE if unit in NO_JOINT_APPROVAL else steps(5, unit, "联合", month)
        exceptions = NONE if unit in NO_EXCEPTIONS else _yes(unit, "负面", month)
        rows.append([
            unit, permits, reached(permits, unit, "标准化", month),
            steps(3, unit, "环节", month), joint,
            seated, share_of(seated, 0.95, unit, "授权", month),
            frequent, reached(frequent, unit, "入口", month),
            part(frequent, 0.55 + 0.4 * draw(unit, "统一受理") * PACE[month]),
            part(frequent, 0.4 + 0.5 * draw(unit, "跨省") * PACE[month]),
            services, share_of(services, 0.8, unit, "全程", month),
            exceptions, _yes(unit, "共享清单", month),
            papers, part(papers, 0.5 + 0.45 * LEVELS[unit] * PACE[month]), *systems,
            data, reached(data, unit, "目录", month),
        ])  # fmt: skip
    headers = [
        ("行政许可事项", "依法实施"), ("行政许可事项", "已标准化"),
        ("审批环节（个）", "一般事项最多"), ("审批环节（个）", "联合审批最多"),
        ("进驻事项", "进驻数"), ("进驻事项", "已授权"),
        ("高频事项", "事项数"), ("高频事项", "入口已统一"), ("高频事项", "已统一受理"), ("高频事项", "已跨省通办"),
        ("全程网办", "依申请\n事项数"), ("全程网办", "已全程网办"),
        ("负面清单\n已编制",), ("证照共享清单\n已编制",), ("高频证照", "种类数"), ("高频证照", "已电子化"),
        ("业务系统", "应对接"), ("业务系统", "已对接"), ("数据目录", "应编"), ("数据目录", "已编"),
    ]  # fmt: skip
    return _sheet("共性目标", month, "“三化”共性目标完成情况", headers, rows)


def prefectures(month: str) -> Sheet:
    """Targets that only prefectures have."""
    rows: list[list[Content]] = []
    for unit, counties in COUNTIES.items():
        lists, centres = 1 + counties, counties * whole(60, 140, unit, "中心")
        built = reached(centres, unit, "中心", month)
        landed = MATTERS if done(unit, "落地", month) else MATTERS - whole(1, 6, unit, "落地")
        rows.append([
            unit, lists, reached(lists, unit, "清单", month),
            centres, built, reached(built, unit, "综窗", month), landed,
        ])  # fmt: skip
    headers = [
        ("许可事项清单", "应公布"), ("许可事项清单", "已公布"), ("中心（站）", "应建"), ("中心（站）", "已建"),
        ("中心（站）", "已设\n综合窗口"), ("“一件事”\n落地运行数",),
    ]  # fmt: skip
    return _sheet("地州市目标", month, "“三化”地州市目标完成情况", headers, rows)


def departments(month: str) -> Sheet:
    """Targets that only departments have."""
    rows: list[list[Content]] = []
    for unit in DEPARTMENTS:
        led: list[Content] = [NONE, NONE]
        if unit in LED:
            led = [LED[unit], LED[unit] - (0 if done(unit, "一件事", month, easy=0.05) else 1)]
        rows.append([unit, *led, 2, 2 if done(unit, "清单发布", month) else whole(0, 1, unit, "清单发布")])
    headers = [("“一件事”", "牵头数"), ("“一件事”", "已完成"), ("清单发布", "应发布"), ("清单发布", "已发布")]
    return _sheet("部门目标", month, "“三化”部门目标完成情况", headers, rows)


def later(month: str) -> Sheet:
    """Targets of 2025, far from met."""
    rows: list[list[Content]] = []
    for unit in UNITS:
        papers, promises, data = (whole(40, 160, unit, subject) for subject in ("材料", "承诺", "归集"))
        pace = PACE[month] * LEVELS[unit]
        rows.append([
            unit, papers, part(papers, pace * (0.3 + 0.3 * draw(unit, "材料率"))),
            promises, part(promises, pace * (0.4 + 0.3 * draw(unit, "承诺率"))),
            whole(5, 24, unit, "容缺"), whole(0, 3, unit, "秒批"),
            data, part(data, pace * (0.5 + 0.3 * draw(unit, "归集率"))),
            data, part(data, pace * (0.35 + 0.3 * draw(unit, "共享率"))),
        ])  # fmt: skip
    headers = [
        ("材料免提交", "可免提交"), ("材料免提交", "已免提交"), ("告知承诺制", "应实行"), ("告知承诺制", "已实行"),
        ("容缺受理\n事项数",), ("秒批秒办\n事项数",), ("数据归集", "应归集"), ("数据归集", "已归集"),
        ("数据共享", "应共享"), ("数据共享", "已共享"),
    ]  # fmt: skip
    return _sheet("2025年目标", month, "“三化”2025年目标推进情况", headers, rows)


def files(month: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of the month."""
    yield "三化目标完成情况.xlsx", write_xlsx([shared(month), prefectures(month), departments(month), later(month)])
