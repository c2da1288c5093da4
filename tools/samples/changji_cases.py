"""昌吉市: ratings and hotline tickets one by one, as the systems export them; nobody in them exists."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta

from samples import story
from samples.chance import choice, draw, whole
from samples.sheet import SAMPLE, Sheet, write_xlsx

MONTH = "2022-11"
WINDOWS = (
    "市行政审批局", "市公安局", "市司法局", "市发改委", "市商务和工信局", "市税务局", "市市场监督管理局",
    "市交通运输局", "市自然资源局", "市住建局", "市城市管理局", "市人社局", "市民政局", "市卫健委", "市医保局",
    "市教育局",
)  # fmt: skip
ALIASES = {
    "市人社局": "昌吉市人力资源和社会保障局",
    "市城市管理局": "市城管局",
    "市税务局": "国家税务总局昌吉市税务局",
}
CHANNELS = (
    "窗口评价器", "窗口评价器", "窗口评价器", "评价二维码", "评价二维码", "新疆政务服务网", "新疆政务服务APP", "小程序",
    "自助终端", "短信", "12345热线",
)  # fmt: skip
HEAD = (
    "评价编号", "办理部门", "事项名称", "窗口人员工号", "评价方式", "评价等级", "评价渠道", "办结时间", "评价时间",
    "评价人姓名", "评价人手机号", "处理方式", "反馈时间", "回访日期", "核实结果", "申诉结果",
)  # fmt: skip
TICKET_HEAD = (
    "工单编号", "承办单位", "工单类型", "转派时间", "签收时间", "反馈时间", "难易", "回访结果", "来电号码",
)  # fmt: skip
LIST = f"昌吉市政务服务事项清单（{SAMPLE}，由程序生成，事项均为虚构）"
LIST_HEAD = ("单位", "事项编码", "事项名称")
TITLE = f"昌吉市政务服务“好差评”评价明细（{SAMPLE}，由程序生成，人名号码均为虚构）"
TICKETS = f"12345热线工单明细（{SAMPLE}，由程序生成，号码均为虚构）"
ITEMS = 8  # matters a department is rated for
STAFF = 4
MIDDLE = 15  # the export of the first half of the month is a workbook, the second a text
SLACK = 0.35  # how much of what a department lacks shows in its ratings


def files() -> Iterator[tuple[str, bytes]]:
    """The exports of the month."""
    ratings = [row for unit in WINDOWS for row in _ratings(unit, MONTH)]
    ratings.sort(key=lambda row: (row[HEAD.index("评价时间")], row[0]))
    early = [row for row in ratings if int(row[HEAD.index("评价时间")][8:10]) <= MIDDLE]
    late = ratings[len(early) :]
    sheet = Sheet("评价明细", (TITLE,), [(name,) for name in HEAD], early)
    yield "案卷/好差评评价明细（上半月）.xlsx", write_xlsx([sheet])
    yield "案卷/好差评评价明细（下半月）.csv", _text(TITLE, HEAD, late, "gb18030")
    tickets = [row for unit in WINDOWS for row in _tickets(unit, MONTH)]
    yield "案卷/12345热线工单明细.csv", _text(TICKETS, TICKET_HEAD, sorted(tickets), "utf-8-sig")
    items = [row for unit in WINDOWS for row in _items(unit)]
    yield "事项清单.csv", _text(LIST, LIST_HEAD, items, "utf-8-sig")


def _text(title: str, head: tuple[str, ...], rows: list[list[str]], encoding: str) -> bytes:
    stream = io.StringIO()
    stream.write(title + "\r\n")
    csv.writer(stream, lineterminator="\r\n").writerows([head, *rows])
    return stream.getvalue().encode(encoding)


def _items(unit: str) -> Iterator[list[str]]:
    """What a department offers; some offer fewer than the ten that are drawn."""
    number = WINDOWS.index(unit) + 1
    for index in range(1, whole(8, 26, unit, "事项清单") + 1):
        yield [unit, f"SX{number:02}{index:03}", f"{unit}事项{index}"]


def _gap(unit: str, month: str) -> float:
    """How far the department is from perfect that month."""
    return 1 - story.LEVELS[unit][story.MONTHS.index(month)]


def _moment(day: datetime, *name: object) -> datetime:
    """Some minute of the office hours of a day, or of the next working day."""
    while day.weekday() > 4:  # noqa: PLR2004  # Saturday and Sunday
        day += timedelta(days=1)
    return day.replace(
        hour=whole(10, 18, *name, "时"), minute=whole(0, 59, *name, "分"), second=whole(0, 59, *name, "秒")
    )


def _ratings(unit: str, month: str) -> Iterator[list[str]]:
    first = datetime.fromisoformat(f"{month}-01")
    number = WINDOWS.index(unit) + 1
    for index in range(whole(20, 34, unit, month, "办件")):
        name = (unit, month, "评价", index)
        done = _moment(first + timedelta(days=whole(0, 27, *name, "日")), *name, "办结")
        row = dict.fromkeys(HEAD, "")
        row["评价编号"] = f"HCP{month.replace('-', '')}{number:02}{index:03}"
        row["办理部门"] = ALIASES.get(unit, unit) if index % 2 else unit
        row["事项名称"] = f"{unit}事项{whole(1, ITEMS, *name, '事项')}"
        row["窗口人员工号"] = f"{number:02}{whole(1, STAFF, *name, '人员'):02}"
        row["办结时间"] = str(done)
        own = draw(*name, "方式") > 0.06 + _gap(unit, month) * 1.2
        row["评价方式"] = "主动评价" if own else "默认评价"
        row["评价渠道"] = choice(CHANNELS, *name, "渠道") if own else "新疆政务服务网"
        row["评价等级"] = "满意"
        rated = done + timedelta(minutes=whole(1, 30, *name, "现场"))
        if own:
            late = draw(*name, "补评")
            if late > 0.8:  # noqa: PLR2004  # one in five rates later, a few of them too late
                rated = done + timedelta(days=whole(1, 6, *name, "几天") if late < 0.97 else 9)  # noqa: PLR2004
            _own(row, unit, month, rated, name)
        row["评价时间"] = str(rated)
        if f"{rated:%Y-%m}" == month:
            yield list(row.values())


def _own(row: dict[str, str], unit: str, month: str, rated: datetime, name: tuple[object, ...]) -> None:
    """What the rater said, and what the department did about it."""
    gap = _gap(unit, month)
    bad = draw(*name, "差评") < 0.06 + gap * SLACK
    row["评价等级"] = choice(
        ("不满意", "非常不满意") if bad else ("非常满意", "非常满意", "满意", "基本满意"), *name, "等级"
    )
    if draw(*name, "实名") < 0.5:  # noqa: PLR2004  # one in two gives a name
        row["评价人姓名"] = f"示例{choice('甲乙丙丁戊己庚辛', *name, '姓名')}"
        row["评价人手机号"] = f"000{whole(0, 99_999_999, *name, '号码'):08}"
    if not bad:
        return
    verdict = draw(*name, "核实")
    row["核实结果"] = "误评" if verdict < 0.08 else "恶意差评" if verdict < 0.12 else "属实"  # noqa: PLR2004
    if draw(*name, "申诉") < 0.12:  # noqa: PLR2004
        row["申诉结果"] = choice(("撤销", "维持", "申诉中"), *name, "申诉结果")
    if draw(*name, "搁置") < gap * 0.6:
        return  # nobody has done anything about it
    complex_one = draw(*name, "复杂") < 0.3  # noqa: PLR2004
    row["处理方式"] = "建立台账" if complex_one else choice(("立行立改", "立行立改", "解释说明"), *name, "方式")
    days = whole(8, 19, *name, "反馈") if complex_one else whole(1, 5 + round(gap * 20), *name, "反馈")
    back = _moment(rated + timedelta(days=days), *name, "反馈")
    row["反馈时间"] = str(back)
    if row["评价人姓名"] and draw(*name, "回访") > gap:
        row["回访日期"] = str((back + timedelta(days=1)).date())


def _tickets(unit: str, month: str) -> Iterator[list[str]]:
    first = datetime.fromisoformat(f"{month}-01")
    number = WINDOWS.index(unit) + 1
    for index in range(whole(5, 11, unit, month, "工单")):
        name = (unit, month, "工单", index)
        sent = _moment(first + timedelta(days=whole(0, 28, *name, "日")), *name)
        kind = choice(("投诉", "投诉", "咨询", "求助", "建议"), *name, "类型")
        hard = draw(*name, "难易") < 0.3  # noqa: PLR2004
        days = whole(5, 18, *name, "反馈") if hard else whole(1, 6 + round(_gap(unit, month) * 12), *name, "反馈")
        back = (
            "" if draw(*name, "未反馈") < _gap(unit, month) * 0.4 else str(_moment(sent + timedelta(days=days), *name))
        )
        yield [
            f"RX{month.replace('-', '')}{number:02}{index:03}",
            unit,
            kind,
            str(sent),
            str(sent + timedelta(hours=whole(1, 20, *name, "签收"))),
            back,
            "复杂" if hard else "简单",
            choice(("满意", "满意", "基本满意", "不满意"), *name, "回访") if back else "",
            f"000{whole(0, 99_999_999, *name, '号码'):08}",
        ]
