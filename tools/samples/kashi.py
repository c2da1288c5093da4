"""喀什地区: the ledger of the 19 tasks, and how often each unit looked at ratings and complaints week by week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from samples.chance import draw, whole
from samples.sheet import SAMPLE, Content, Sheet, write_xlsx
from samples.tasks import done_on, outline, state
from tongbao.scoring.definition import Role

MONTH = "2022-11"
CLOSE = date(2022, 11, 30)
LOOKED = {"2022-10": (date(2022, 10, 1), date(2022, 10, 31)), "2022-11": (date(2022, 11, 1), CLOSE)}
NOTE = f"注：1.本表为{SAMPLE}，由程序生成，不反映任何单位的真实情况。"
WEEKLY = "任务十二"
NONE = "—"

LEVELS = {
    "喀什市": 0.9, "疏附县": 0.8, "疏勒县": 0.82, "英吉沙县": 0.7, "岳普湖县": 0.78, "伽师县": 0.72, "莎车县": 0.86,
    "泽普县": 0.94, "叶城县": 0.75, "麦盖提县": 0.8, "巴楚县": 0.77, "塔什库尔干塔吉克自治县": 0.55,
    "喀什经济开发区管委会": 0.84,
    "地区公安局": 0.97, "地区人社局": 0.94, "地区市场监管局": 0.92, "地区医保局": 0.9,
    "地区应急管理局": 0.62, "地区文旅局": 0.58,
}  # fmt: skip
WITHOUT = {  # who has nothing of the kind
    "任务六": 0.2,
    "任务八": 0.6,
    "任务九": 0.2,
    "任务十五": 0.7,
    "任务十六": 0.3,
}
SLACK_WEEKS = {"塔什库尔干塔吉克自治县": (45, 46), "地区文旅局": (46,), "英吉沙县": (47,), "地区应急管理局": (44, 45)}
"""ISO weeks of 2022 in which a unit looked less than twice."""


def level(unit: str) -> float:
    """How well the unit does; a centre does about as well as its county."""
    return LEVELS.get(unit) or LEVELS.get(unit.removesuffix("政务服务中心")) or 0.72 + 0.2 * draw(unit, "水平")


def tasks() -> Iterator[list[Content]]:
    """Every task of every unit, one row a role."""
    of = outline("喀什地区", "一体化政务服务能力提升任务")
    for key, leaf in of.leaves.items():
        task = leaf.value.task
        if task is None or task.clause is None:
            continue
        due = task.deadline if isinstance(task.deadline, date) else None
        for unit in of.units:
            for role in of.roles_of(key, unit):
                yield [unit, task.clause, role, *_standing(unit, task.clause, role, due)]


def _standing(unit: str, clause: str, role: Role, due: date | None) -> tuple[Content, Content]:
    """完成情况 and 完成日期; most of what is due at the end of the year is done before."""
    if role == "责任" and draw(unit, clause, "有无") < WITHOUT.get(clause, 0):
        return NONE, None
    limit = date(2022, 11, 20) if due is None or due > CLOSE else due
    return state(done_on(level(unit), limit, unit, clause, role), CLOSE, lambda: "推进中")


def looks(first: date, last: date) -> Iterator[list[Content]]:
    """A row a unit and week: the day of entry and how often it looked."""
    of = outline("喀什地区", "一体化政务服务能力提升任务")
    group_of = of.roster.group_of
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        for unit in of.units:
            day = monday + timedelta(days=whole(1, 4, unit, monday, "日"))
            if group_of[unit] != "政务服务中心" and first <= day <= last:
                slack = monday.isocalendar().week in SLACK_WEEKS.get(unit, ())
                yield [unit, WEEKLY, day, 1 if slack else whole(2, 4, unit, monday, "次")]
        monday += timedelta(days=7)


def files(month: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of the month's files."""
    words = f"{month[:4]}年{int(month[-2:])}月"
    sender = f"汇总单位：地区政务服务中心　　{SAMPLE}，仅供演示"
    if month == MONTH:
        title = (f"喀什地区一体化政务服务能力提升任务进展台账（截至{words}底，{SAMPLE}）", sender)
        headers = [("责任单位",), ("任务",), ("角色",), ("完成情况",), ("完成日期",)]
        notes = (NOTE, "注：2.“—”表示本单位没有这项任务；牵头、责任分别填写。")
        yield "任务进展台账.xlsx", write_xlsx([Sheet("任务进展", title, headers, list(tasks()), None, notes)])
    title = (f"喀什地区“好差评”和咨询投诉查看登记（{words}，{SAMPLE}）", sender)
    headers = [("责任单位",), ("任务",), ("日期",), ("次数",)]
    rows = list(looks(*LOOKED[month]))
    yield "好差评和咨询投诉查看登记.xlsx", write_xlsx([Sheet("查看登记", title, headers, rows, None, (NOTE,))])
