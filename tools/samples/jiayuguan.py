"""嘉峪关市: figures for the 26 tasks, unit by unit; city-wide targets are shared out to the last person and record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samples.chance import draw, part, whole
from samples.sheet import SAMPLE, Content, Sheet, totals, write_csv, write_xlsx

STREETS = ("雄关街道", "钢城街道", "郊区工作办公室")
DEPARTMENTS = (
    "市发展改革委", "市教育局", "市工信局", "市公安局", "市民政局", "市司法局", "市人社局", "市自然资源局",
    "市生态环境局",
    "市住建局", "市交通运输局", "市农业农村局", "市卫生健康委", "市应急管理局", "市市场监管局", "市医保局",
    "市税务局", "市气象局", "市烟草专卖局",
)  # fmt: skip
UNITS = STREETS + DEPARTMENTS
NOTES = (f"注：1.本表为{SAMPLE}，由程序生成，不反映任何单位的真实情况。", "注：2.“—”表示本单位没有这项业务。")
NONE = "—"

# Subjects in which a unit fell short; all else is met.
SHORT: dict[str, tuple[str, ...]] = {
    "雄关街道": ("年度注册",),
    "钢城街道": ("评价",),
    "郊区工作办公室": ("年度注册", "活跃", "入库", "关联度"),
    "市发展改革委": ("压缩",),
    "市教育局": ("评价", "指南关联"),
    "市工信局": ("接口申请", "接口调用", "编目"),
    "市民政局": ("差评",),
    "市自然资源局": ("跑动", "投诉"),
    "市生态环境局": ("即办", "证照关联", "汇聚类型"),
    "市住建局": ("评价", "压缩", "差评", "精细化", "接口调用"),
    "市交通运输局": ("印章", "加盖"),
    "市农业农村局": ("评价", "编目", "公共编目", "完备", "证照关联", "入库", "精细化", "即办"),
    "市卫生健康委": ("证照数量", "接口调用"),
    "市应急管理局": ("年度注册", "评价"),
    "市市场监管局": ("企业完备",),
    "市气象局": ("年度注册", "注册总数", "活跃", "评价", "接口申请"),
    "市烟草专卖局": ("评价",),
}
NO_LICENSING = ("市气象局", "市医保局")
NO_CERTIFICATES = ("市发展改革委", "市气象局", "市医保局")
BIG = {
    "市公安局": 9,
    "市人社局": 7,
    "市卫生健康委": 6,
    "市市场监管局": 6,
    "雄关街道": 8,
    "钢城街道": 8,
    "市教育局": 5,
    "市医保局": 5,
}


def short(unit: str, subject: str) -> bool:
    """Whether the unit missed its target there."""
    return subject in SHORT.get(unit, ())


def reach(unit: str, subject: str) -> float:
    """Actual over assigned: a little above 1, or clearly below."""
    return 0.78 + 0.16 * draw(unit, subject) if short(unit, subject) else 1.01 + 0.12 * draw(unit, subject)


def shared_out(target: int, units: Sequence[str], subject: str) -> dict[str, int]:
    """The city's target split by size; the parts add up to it exactly."""
    weights = {unit: BIG.get(unit, 2) + draw(unit, subject) for unit in units}
    rest, result = target, {}
    for unit in units[1:]:
        result[unit] = int(target * weights[unit] / sum(weights.values()))
        rest -= result[unit]
    return {units[0]: rest, **result}


def titles(subject: str) -> tuple[str, str]:
    """Title and sub-title."""
    return f"嘉峪关市2022年11月{subject}（{SAMPLE}）", f"汇总单位：市政管局　　{SAMPLE}，仅供演示"


def sheet(name: str, subject: str, headers: Sequence[tuple[str, ...]], rows: Sequence[Sequence[Content]]) -> Sheet:
    """A sheet with 序号, a 合计 row and notes."""
    lines = [[number, *row] for number, row in enumerate(rows, start=1)]
    return Sheet(name, titles(subject), [("序号",), ("责任单位",), *headers], lines, totals(lines), NOTES)


def _missed(total: int, missing: bool, *name: object) -> int:
    """All of it, or all but a few."""
    return total - max(1, part(total, 0.05 + 0.1 * draw(*name))) if missing and total else total


def ratings() -> bytes:
    """Tasks 1 to 3."""
    rows: list[list[Content]] = []
    for unit in UNITS:
        offline, online = whole(60, 480, unit, "线下"), whole(20, 300, unit, "线上")
        due = offline * 2 + online * 3
        poor = whole(3, 9, unit, "差评") if short(unit, "差评") else whole(0, 4, unit, "差评")
        asked = whole(4, 20, unit, "投诉") if short(unit, "投诉") else whole(0, 15, unit, "投诉")
        rows.append([
            unit, offline, online, _missed(due, short(unit, "评价"), unit, "评价"),
            poor, _missed(poor, short(unit, "差评"), unit, "整改"),
            asked, _missed(asked, short(unit, "投诉"), unit, "办结"),
        ])  # fmt: skip
    headers = [
        ("办件数", "线下"), ("办件数", "线上"), ("主动评价数",), ("差评整改", "差评数"), ("差评整改", "已整改"),
        ("投诉建议", "收到"), ("投诉建议", "办结"),
    ]  # fmt: skip
    return write_xlsx([sheet("评价", "好差评与投诉建议办理情况", headers, rows)])


def users() -> bytes:
    """Tasks 4 to 9; firms are one department's task alone."""
    new, all_ = shared_out(157_500, UNITS, "年度注册"), shared_out(252_000, UNITS, "注册总数")
    rows: list[list[Content]] = []
    for unit in UNITS:
        joined, known = round(new[unit] * reach(unit, "年度注册")), round(all_[unit] * reach(unit, "注册总数"))
        complete = 0.7 + 0.08 * draw(unit, "完备") if short(unit, "完备") else 0.81 + 0.15 * draw(unit, "完备")
        active = 0.06 + 0.03 * draw(unit, "活跃") if short(unit, "活跃") else 0.105 + 0.12 * draw(unit, "活跃")
        rows.append([
            unit, new[unit], joined, all_[unit], known, part(joined, complete), part(known, active),
        ])  # fmt: skip
    headers = [
        ("年度注册（人）", "分解目标"), ("年度注册（人）", "实绩"),
        ("注册总数（人）", "分解目标"), ("注册总数（人）", "实绩"),
        ("本年度信息\n完备用户数",), ("本月活跃\n用户数",),
    ]  # fmt: skip
    firms: list[list[Content]] = [["市市场监督管理局", 18_642, 18_642, 18_391]]
    return write_xlsx(
        [
            sheet("个人用户", "个人用户注册情况", headers, rows),
            sheet("法人用户", "法人用户注册情况", [("企业总数",), ("已注册\n企业数",), ("信息完备\n企业数",)], firms),
        ]
    )


def services() -> bytes:
    """Tasks 10 to 16, 25 and 26."""
    rows: list[list[Content]] = []
    lists: list[list[Content]] = []
    for unit in DEPARTMENTS:
        total = whole(36, 120, unit, "事项") + 40 * (unit in BIG)
        permits = part(total, 0.3 + 0.2 * draw(unit, "许可"))
        legal = permits * whole(12, 22, unit, "法定")
        kept = 0.3 + 0.06 * draw(unit, "承诺") if short(unit, "压缩") else 0.12 + 0.15 * draw(unit, "承诺")
        trips = max(2, part(permits, 0.08)) if short(unit, "跑动") else part(permits, 0.03 * draw(unit, "跑动"))
        at_once = 0.3 + 0.12 * draw(unit, "即办") if short(unit, "即办") else 0.5 + 0.35 * draw(unit, "即办")
        licensing: list[Content] = [NONE] * 5
        if unit not in NO_LICENSING:
            licensing = [
                permits,
                legal,
                part(legal, kept),
                min(trips, int(permits * 0.03) + 9 * short(unit, "跑动")),
                part(permits, at_once),
            ]
        linked = part(
            total, 0.2 + 0.08 * draw(unit, "关联") if short(unit, "证照关联") else 0.33 + 0.3 * draw(unit, "关联")
        )
        fine = part(
            total, 0.18 + 0.1 * draw(unit, "精细") if short(unit, "精细化") else 0.34 + 0.4 * draw(unit, "精细")
        )
        forms = part(total, 0.6)
        rows.append([
            unit, total, *licensing, linked, _missed(linked, short(unit, "指南关联"), unit, "指南"), fine,
            forms, part(forms, 0.82 + 0.18 * draw(unit, "样表")),
        ])  # fmt: skip
        public = max(2, total // 6)
        due = total - total // 5
        lists.append([
            unit, due, _missed(due, short(unit, "编目"), unit, "编目"), total - public, total - public,
            public, _missed(public, short(unit, "公共编目"), unit, "公共"),
        ])  # fmt: skip
    headers = [
        ("事项总数",),
        ("行政许可", "事项数"), ("行政许可", "法定时限\n（工作日）"), ("行政许可", "承诺时限\n（工作日）"),
        ("行政许可", "跑动次数\n合计"), ("行政许可", "即办事项数"),
        ("电子证照关联", "已关联事项"), ("电子证照关联", "办事指南\n已关联"),
        ("精细化梳理\n事项数",), ("空表样表", "需填表事项"), ("空表样表", "空表样表齐全"),
    ]  # fmt: skip
    list_headers = [
        ("依申请和公共服务", "应编目"), ("依申请和公共服务", "已编目"), ("行政权力", "事项数"), ("行政权力", "已编目"),
        ("公共服务", "事项数"), ("公共服务", "已编目"),
    ]  # fmt: skip
    return write_xlsx([
        sheet("事项", "政务服务事项情况", headers, rows), sheet("编目", "数据编目情况", list_headers, lists),
    ])  # fmt: skip


def interfaces() -> bytes:
    """Tasks 17 to 22."""
    holders = [unit for unit in DEPARTMENTS if unit not in NO_CERTIFICATES]
    kinds, records = shared_out(191, holders, "类型"), shared_out(630_000, holders, "数量")
    calls: list[list[Content]] = []
    papers: list[list[Content]] = []
    seals: list[list[Content]] = []
    for unit in DEPARTMENTS:
        due = whole(4, 14, unit, "接口")
        asked = due - 2 if short(unit, "接口申请") else due
        calls.append([unit, due, asked, whole(1, 2, unit, "未调用") if short(unit, "接口调用") else 0])
        if unit in NO_CERTIFICATES:
            papers.append([unit, *([NONE] * 6)])
        else:
            claimed = kinds[unit] + whole(0, 3, unit, "认领")
            gathered = kinds[unit] - 2 if short(unit, "汇聚类型") else kinds[unit] + whole(0, 2, unit, "类型")
            papers.append([
                unit, claimed, claimed - 1 if short(unit, "加盖") else claimed,
                kinds[unit], gathered, records[unit], round(records[unit] * reach(unit, "证照数量")),
            ])  # fmt: skip
        needed = whole(6, 30, unit, "印章")
        seals.append([unit, needed, needed - 2 if short(unit, "印章") else needed])
    paper_headers = [
        ("认领种类",), ("加盖电子\n印章种类",), ("汇聚类型（类）", "分解目标"), ("汇聚类型（类）", "实绩"),
        ("汇聚数量（条）", "分解目标"), ("汇聚数量（条）", "实绩"),
    ]  # fmt: skip
    return write_xlsx(
        [
            sheet("接口", "国家数据接口申请调用情况", [("应申请接口数",), ("已申请接口数",), ("未调用接口数",)], calls),
            sheet("证照", "电子证照汇聚情况", paper_headers, papers),
            sheet("印章", "电子印章备案情况", [("应备案",), ("已备案",)], seals),
        ]
    )


def cases() -> bytes:
    """Tasks 23 and 24, as CSV in UTF-8 with a byte order mark."""
    stored = shared_out(253_000, UNITS, "入库")
    rows: list[list[Content]] = []
    for unit in UNITS:
        listed = whole(20, 80, unit, "依申请")
        used = 0.75 + 0.1 * draw(unit, "关联度") if short(unit, "关联度") else 0.92 + 0.08 * draw(unit, "关联度")
        rows.append([unit, stored[unit], round(stored[unit] * reach(unit, "入库")), listed, part(listed, used)])
    headers = [("责任单位",), ("入库量分解目标",), ("入库量",), ("依申请事项数",), ("已产生办件事项数",)]
    total = totals(rows, label=0)
    return write_csv(Sheet("", titles("办件归集情况")[:1], headers, rows, total, NOTES[:1]), "utf-8-sig")


def files() -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of the month."""
    yield "好差评与投诉建议.xlsx", ratings()
    yield "用户注册情况.xlsx", users()
    yield "政务服务事项情况.xlsx", services()
    yield "接口证照印章.xlsx", interfaces()
    yield "办件归集.csv", cases()
