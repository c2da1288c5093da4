"""昌吉市 放管服: the ledger of the 57 tasks of 附件4, every task of every unit in every month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from samples import story
from samples.chance import choice
from samples.sheet import SAMPLE, Content, Sheet, write_xlsx
from samples.tasks import done_on, outline, state, units_by_task

MONTHS = story.MONTHS[1:]
CLOSE = {"2022-10": date(2022, 10, 31), "2022-11": date(2022, 11, 30)}
DAYS = (date(2022, 9, 30), date(2022, 10, 31), date(2022, 11, 30), date(2022, 12, 31), None)
PRINTED = {"要点20": date(2022, 12, 31), "要点44": date(2022, 3, 31)}  # the only two that the source dates
NOTES = (
    f"注：1.本表为{SAMPLE}，由程序生成，不反映任何单位的真实情况。",
    "注：2.没有截止日期的为长期任务；完成情况写 已完成、推进中、未完成，没有这项业务的写“—”。",
)
NOT_THEIRS = (("要点53", "市税务局"),)  # （再和相关部门对接看是否有）
SETTLED = {
    ("要点44", "市医保局"): date(2022, 4, 18),  # late, but done
    ("要点45", "市供销社"): date.max,
}


def due(clause: str) -> date | None:
    """The task's deadline."""
    return PRINTED[clause] if clause in PRINTED else choice(DAYS, clause, "截止")


def rows(month: str) -> Iterator[list[Content]]:
    """Every task of every unit as it stands at the end of the month."""
    levels = {unit: each[-1] for unit, each in (story.LEVELS | story.TOWNS).items()}
    for clause, unit in units_by_task(outline("昌吉市", "放管服改革重点任务落实")):
        limit = due(clause)
        if (clause, unit) in NOT_THEIRS:
            yield [unit, clause, "—", limit, None]
            continue
        finished = SETTLED.get((clause, unit)) or done_on(levels[unit], limit, unit, clause)
        word, day = state(finished, CLOSE[month], lambda: "推进中")
        yield [unit, clause, word, limit, day]


def files(month: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of the month's file."""
    words = f"{month[:4]}年{int(month[-2:])}月"
    title = (
        f"昌吉市“放管服”改革重点任务台账（截至{words}底，{SAMPLE}）",
        f"登记单位：市“放管服”改革协调办　　{SAMPLE}，仅供演示",
    )
    headers = [("单位名称",), ("评价要点",), ("完成情况",), ("截止日期",), ("完成日期",)]
    yield "放管服重点任务台账.xlsx", write_xlsx([Sheet("任务台账", title, headers, list(rows(month)), None, NOTES)])
