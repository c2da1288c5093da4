"""昌吉市: nine workbooks a month for 31 departments and 16 towns, and one for the base period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samples import story
from samples.chance import choice, draw, part, share, whole
from samples.ledgers import judged_sheets, ledger_sheets
from samples.sheet import SAMPLE, Content, Rate, Sheet, totals, write_csv, write_xls, write_xlsx

DEPARTMENTS = tuple(story.LEVELS)
NOTES = (f"注：1.本表为{SAMPLE}，由程序生成，不反映任何单位的真实情况。", "注：2.“—”表示本单位没有这项业务。")
ELEMENTS = {
    "基本信息": ("法定办结时限", "承诺办结时限", "办理地点", "办理时间", "咨询方式", "特殊环节", "材料来源或出具单位"),
    "申请材料": ("材料名称", "数量要求", "类型和形式"),
    "办理流程": ("流程内容详实性", "到办事现场次数"),
    "表格及样表下载": ("空表下载服务", "样表下载服务"),
}
NONE = "—"


def level(unit: str, month: str) -> float:
    """How well the unit does that month; the base period is not scored."""
    months = story.MONTHS
    return story.LEVELS[unit][months.index(month)] if month in months else 0.8


def items(unit: str) -> int:
    """事项总数; the same in every month."""
    return story.ITEMS.get(unit) or whole(22, 58, unit, "事项")


def month_words(month: str) -> str:
    """2022年9月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def above(month: str, subject: str) -> tuple[str, str]:
    """Title and the line below it."""
    return f"昌吉市{month_words(month)}{subject}（{SAMPLE}）", f"汇总单位：市行政审批局　　{SAMPLE}，仅供演示"


def numbered(rows: Sequence[Sequence[Content]]) -> list[list[Content]]:
    """Rows with 序号 before them."""
    return [[number, *row] for number, row in enumerate(rows, start=1)]


def ratings(month: str) -> bytes:
    """好差评: ratings, 差评 mended, complaints."""
    rows: list[list[Content]] = []
    for unit in DEPARTMENTS:
        q = level(unit, month)
        cases = items(unit) * whole(9, 40, unit, "办件") + whole(0, 60, unit, month, "办件")
        rated = part(cases, share(q, 1.1, month, unit, "评价"))
        poor, mended = story.POOR_RATINGS[month].get(unit, (whole(0, 3, unit, month, "差评"),) * 2)
        national = whole(0, 6, unit, month, "国家投诉")
        asked = whole(2, 40, unit, month, "咨询")
        rows.append([
            story.BROKEN.get(unit, unit), cases, rated, Rate(rated / cases, as_text=True), poor, mended,
            part(items(unit), share(q, 1.0, month, unit, "评价事项")),
            national, part(national, share(q, 0.9, month, unit, "国家投诉")),
            asked, part(asked, share(q, 0.8, month, unit, "咨询")),
        ])  # fmt: skip
    rows = numbered(rows)
    headers = [
        ("序号",), ("单位名称",),
        ("办件评价", "办件总量"), ("办件评价", "主动评价\n办件数"), ("办件评价", "主动评价率"),
        ("差评整改", "差评总量\n（非恶意）"), ("差评整改", "按期整改量"), ("主动评价\n覆盖事项数",),
        ("国家平台投诉", "下放数"), ("国家平台投诉", "按期审核\n通过数"),
        ("自治区咨询投诉", "总量"), ("自治区咨询投诉", "及时处理量"),
    ]  # fmt: skip
    title = above(month, "政务服务“好差评”情况汇总表")
    return write_xlsx([Sheet("好差评", title, headers, rows, totals(rows), NOTES)])


def services(month: str) -> bytes:
    """事项: numbers, time limits, materials; a header of three rows."""
    rows = numbered([_service_row(unit, month) for unit in DEPARTMENTS])
    count = "事项数量"
    handy = "便利化"
    headers = [
        ("序号",), ("单位名称",), (count, "总数"), (count, "已发布"), (count, "已产生办件"),
        (count, "基本目录", "应认领"), (count, "基本目录", "已认领\n发布"),
        ("办理时限（工作日）", "法定办结\n总时长"), ("办理时限（工作日）", "承诺办结\n总时长"), ("平均材料数\n（份）",),
        (handy, "零跑动"), (handy, "即办"), (handy, "全程网办\n（IV级）"),
        (handy, "已编制\n数据目录"), (handy, "证照免提交"),
        ("跨省通办", "应发布"), ("跨省通办", "已发布"),
    ]  # fmt: skip
    title = above(month, "政务服务事项情况表")
    return write_xlsx([Sheet("事项", title, headers, rows, totals(rows), NOTES)])


def _service_row(unit: str, month: str) -> list[Content]:
    q, n = level(unit, month), items(unit)
    published = part(n, 0.97 + 0.03 * draw(unit, "发布"))
    base = round(3.2 + 3.6 * draw(unit, "材料"), 2)
    slimmed = (0.14 + 0.5 * q) * (0.92 + 0.16 * draw(unit, "精简"))
    materials: Content = base if month == story.BASE else round(base * (1 - slimmed), 2)
    if unit == "市审计局" and month != story.BASE:
        materials = round(base + 0.2, 2)  # more than before: R5 below zero
    if unit in story.NEW_SINCE_BASE and month == story.BASE:
        materials = NONE
    legal = n * whole(9, 18, unit, "法定时长")
    cross = whole(3, 14, unit, "跨省")
    across: tuple[Content, Content] = (cross, part(cross, share(q, 0.8, month, unit, "跨省")))
    if unit in story.NO_CROSS_PROVINCE:
        across = (NONE, NONE)
    listed = max(3, n - whole(0, 6, unit, "目录"))
    return [
        story.ALIASES.get(unit, unit), n, published, part(published, share(q, 1.1, month, unit, "产生办件")),
        listed, part(listed, share(q, 0.5, month, unit, "认领")),
        legal, part(legal, 1 - min(0.96, (0.36 + 0.58 * q) * (0.95 + 0.1 * draw(unit, "承诺")))), materials,
        part(n, share(q, 0.9, month, unit, "跑动")), part(n, share(q, 1.5, month, unit, "即办")),
        part(n, share(q, 1.1, month, unit, "网办")), part(n, share(q, 0.6, month, unit, "编目")),
        part(n, share(q, 1.4, month, unit, "免提交")),
        *across,
    ]  # fmt: skip


def hotline(month: str) -> bytes:
    """12345 as the platform exports it: .xls, full names, no numbering of rows."""
    rows: list[list[Content]] = []
    for unit in DEPARTMENTS:
        q = 1.0 if unit in story.PERFECT_HOTLINE else level(unit, month)
        known = "是" if q > 0.55 + 0.15 * draw(unit, month, "知识库") else "否"
        if unit in story.NO_TICKETS:
            rows.append([_full(unit), *([NONE] * 6), known])
            continue
        told = story.HOTLINE_SETTLED.get(month, {}).get(unit)
        sent = told[0] if told else whole(24, 90, unit, "工单") + items(unit) * 3 + whole(0, 25, unit, month, "工单")
        settled = told[1] if told else part(sent, share(q, 0.45, month, unit, "办结"))
        rated = part(sent, 0.5 + 0.3 * draw(unit, month, "评价"))
        happy = part(rated, share(q, 0.55, month, unit, "满意"))
        rows.append([
            _full(unit), sent, part(sent, share(q, 0.3, month, unit, "签收")), sent, settled, rated, happy, known,
        ])  # fmt: skip
    headers = [
        ("承办单位",), ("签收", "转派工单总数"), ("签收", "按期签收"), ("办结", "转办工单总量"), ("办结", "限时办结"),
        ("回访", "工单评价数"), ("回访", "非常满意"), ("知识库及黄页\n是否完成",),
    ]  # fmt: skip
    total = totals(rows, label=0)
    title = (f"12345政务服务便民热线工单统计（{month_words(month)}）　{SAMPLE}",)
    return write_xls(Sheet("Sheet1", title, headers, rows, total, NOTES))


def _full(unit: str) -> str:
    named = {"市税务局": "国家税务总局昌吉市税务局"}
    spelt = named.get(unit) or story.ALIASES.get(unit, unit)
    return f"昌吉{spelt}" if spelt.startswith("市") and unit not in PLAIN else spelt


PLAIN = ("市供销社", "市残联", "市商务和工信局", "市文旅局", "市卫健委", "市医保局", "市科技局")


def certificates(month: str) -> bytes:
    """电子证照, 数据共享 and the figures of the whole region, on three sheets."""
    papers: list[list[Content]] = []
    calls: list[list[Content]] = []
    for unit in DEPARTMENTS:
        q = level(unit, month)
        kinds, used = whole(6, 24, unit, "证照"), whole(2600, 4200, month, unit, "调用证照")
        gathered = part(kinds, share(q, 0.8, month, unit, "汇聚证照"))
        issued = whole(4, kinds, unit, "签发")
        row: list[Content] = [NONE] * 5
        if unit not in story.NO_CERTIFICATES:
            row = [
                kinds, gathered, issued, part(issued, share(q, 0.9, month, unit, "印章")),
                part(gathered, share(q, 0.7, month, unit, "标准")),
            ]  # fmt: skip
        seal = NONE if unit in story.NO_CERTIFICATES else ("是" if q > 0.6 else "否")  # noqa: PLR2004
        papers.append([story.ALIASES.get(unit, unit), *row, round(used * (0.1 + 0.9 * q)), seal])
        sent = items(unit) * whole(8, 30, unit, "汇聚办件")
        passed = Rate(share(q, 0.6, month, unit, "质检"), as_text=draw(unit, "文本") < 0.5)  # noqa: PLR2004
        region, nation = whole(5200, 7600, month, unit, "共享"), whole(1900, 2900, month, unit, "国家")
        calls.append([
            story.BROKEN.get(unit, unit),
            round(region * (0.1 + 0.9 * q)), round(nation * (0.1 + 0.9 * q)), sent, passed,
        ])  # fmt: skip
    papers, calls = numbered(papers), numbered(calls)
    kind = "证照种类"
    paper_headers = [
        ("序号",), ("单位名称",), (kind, "国家证照\n目录"), (kind, "已汇聚"), (kind, "本单位签发"),
        (kind, "加盖电子印章\n或加签"),
        (kind, "符合国家\n标准"), ("调用电子\n证照次数",), ("电子印章\n是否汇聚",),
    ]  # fmt: skip
    call_headers = [
        ("序号",), ("单位名称",), ("调用次数", "自治区发布\n数据"), ("调用次数", "国家发布\n数据"),
        ("汇聚办件", "总量"), ("汇聚办件", "质检通过率"),
    ]  # fmt: skip
    base_headers = [
        ("自治州差评\n总量",),
        ("自治区共享\n调用总次数",),
        ("自治区国家数据\n调用总次数",),
        ("各部门电子证照\n调用总次数",),
    ]
    base: list[list[Content]] = [[
        whole(190, 240, month, "州差评"), whole(2_400_000, 2_700_000, month, "区共享"),
        whole(880_000, 960_000, month, "区国家"), whole(1_300_000, 1_500_000, month, "区证照"),
    ]]  # fmt: skip
    return write_xlsx(
        [
            Sheet("电子证照", above(month, "电子证照情况表"), paper_headers, papers, totals(papers), NOTES),
            Sheet("数据共享", above(month, "数据共享和办件汇聚情况表"), call_headers, calls, totals(calls), NOTES),
            Sheet("全区基数", above(month, "全州、全区基数"), base_headers, base, None, NOTES[:1]),
        ]
    )


def applications(month: str) -> bytes:
    """应用, 移动端, roles in 主题集成服务; one column is hidden, as the sender left it."""
    rows: list[list[Content]] = []
    for unit in DEPARTMENTS:
        q = level(unit, month)
        total, mobile = whole(4, 16, unit, "应用"), whole(1, 4, unit, "移动端")
        moving: tuple[Content, Content] = (mobile, part(mobile, share(q, 0.8, month, unit, "移动端")))
        if unit in story.NO_MOBILE:
            moving = (NONE, NONE)
        role = "牵头和配合" if unit in story.BOTH_ROLES else choice(("牵头", "配合"), unit, "角色")
        if unit in story.NO_THEME_ROLE:
            role = NONE
        elif q < 0.65:  # noqa: PLR2004
            role = "未完成"
        linked = NONE if unit in story.NO_LICENSING else ("是" if q > 0.7 else "否")  # noqa: PLR2004
        rows.append([
            story.BROKEN.get(unit, unit), total, part(total, share(q, 0.9, month, unit, "应用")),
            *moving, role, linked, "已核",
        ])  # fmt: skip
    rows = numbered(rows)
    headers = [
        ("序号",), ("单位名称",), ("查询办理类应用", "总量"), ("查询办理类应用", "已接入"), ("移动端应用", "现有"),
        ("移动端应用", "已接入"), ("主题集成服务", "角色"), ("办事指南与权力清单\n是否关联",), ("内部核对",),
    ]  # fmt: skip
    title = above(month, "应用接入和主题集成情况表")
    return write_xlsx([Sheet("应用", title, headers, rows, totals(rows), NOTES, hidden=("内部核对",))])


def spot_checks(month: str) -> bytes:
    """业务抽查 as CSV in GB18030, with a title above and notes below."""
    rows: list[list[Content]] = []
    for unit in DEPARTMENTS:
        q = level(unit, month)
        row: list[Content] = [unit]
        for subject, weight in (("模拟申报", 0.9), ("一致性", 0.7), ("十二同", 0.8)):
            row += [10, part(10, share(q, weight, month, unit, subject))]
        rows.append(row)
    headers = [
        ("单位",),
        ("模拟申报抽查数",),
        ("可正常申报数",),
        ("一致性抽查数",),
        ("一致事项数",),
        ("三级十二同抽查数",),
        ("符合三级十二同数",),
    ]
    note = f"注：本表为{SAMPLE}，不反映任何单位的真实情况；模拟申报地点含“㐂来里”便民服务点。"
    sheet = Sheet(
        "", (f"昌吉市{month_words(month)}业务抽查结果（{SAMPLE}）",), headers, rows, totals(rows, label=0), (note,)
    )
    return write_csv(sheet, "gb18030")


def guides(month: str) -> bytes:
    """办事指南抽查: 14 elements, checked and right, under a header of three rows."""
    rows: list[list[Content]] = []
    for unit in DEPARTMENTS:
        q = level(unit, month)
        sampled = story.FEWER_SAMPLED.get(unit, 10)
        row: list[Content] = [unit, sampled]
        for element in (name for names in ELEMENTS.values() for name in names):
            checked = sampled
            if element == "特殊环节":
                checked = whole(0, 5, unit, month, element)
            elif element.endswith("下载服务"):
                checked = sampled - whole(0, 3, unit, element)
            row += [checked, part(checked, share(q, 0.9, month, unit, element))] if checked else [NONE, NONE]
        rows.append(row)
    rows = numbered(rows)
    headers: list[tuple[str, ...]] = [("序号",), ("单位名称",), ("抽查事项数",)]
    for group, names in ELEMENTS.items():
        for name in names:
            headers += [(group, name, "抽查"), (group, name, "准确")]
    title = above(month, "办事指南抽查情况表")
    return write_xlsx([Sheet("办事指南", title, headers, rows, totals(rows), NOTES)])


def files(month: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of the month."""
    yield "政务服务事项表.xlsx", services(month)
    if month == story.BASE:
        return
    yield "好差评汇总表.xlsx", ratings(month)
    yield f"12345热线工单统计（{int(month[-2:])}月）.xls", hotline(month)
    yield "证照与数据共享.xlsx", certificates(month)
    yield "应用与移动端.xlsx", applications(month)
    yield "业务抽查.csv", spot_checks(month)
    yield "办事指南抽查.xlsx", guides(month)
    yield "评审打分表.xlsx", write_xlsx(judged_sheets(month))
    yield "线下服务台账.xlsx", write_xlsx(ledger_sheets(month))
