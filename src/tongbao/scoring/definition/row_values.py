"""取值 from single rows of a 台账: tasks and their status, time limits kept, things done often enough."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from tongbao.definitions import Flag, Month, Strict, read_day
from tongbao.inputs.durations import TimeLimit

OWN_DEADLINE: Literal["按表"] = "按表"
"""A deadline that stands in the table, in the column 截止日期."""


def _deadline(value: Any) -> Any:
    return value if value == OWN_DEADLINE else read_day(value)


class TaskValue(Strict):
    """Tasks and how far they are (R23): the row of one task (条款), or all rows of the unit.

    Columns 条款, 状态 and / or 完成日期; 截止日期 with 截止: 按表; 角色 and 事项 where one task has several rows.
    A table of tasks is the state at the end of its month: every task, done or not, is in it every month.
    """

    table: str = Field(alias="表")
    clause: str | None = Field(
        default=None, alias="条款", description="none: every task that the unit has in the table"
    )
    deadline: Annotated[date | Literal["按表"], BeforeValidator(_deadline)] | None = Field(
        default=None, alias="截止", description="none: 长期, it is open until it is done and never late"
    )
    late: Literal["计为完成", "不计完成", "不区分"] | None = Field(
        default=None,
        alias="逾期完成",
        description="what a task done after its 截止 is; 不区分: nobody looks at when it was done",
    )
    pending: Literal["不计", "计入"] = Field(
        default="不计", alias="到期前", description="whether what is open and not yet due counts as not done"
    )
    words: dict[str, Literal["已完成", "未完成"]] = Field(
        default_factory=dict, alias="写法", description="what else may stand in 状态, and what it means"
    )


class Exclusion(Strict):
    """Rows that do not count, by what stands in one of their columns (误评, 恶意差评)."""

    column: str = Field(alias="列")
    texts: tuple[str, ...] = Field(alias="值")


class TimelyValue(TimeLimit):
    """Rows with a start, an end and a limit: the share that was in time, or how many were late (R14)."""

    table: str = Field(alias="表")
    belongs: Literal["起", "到期", "止"] = Field(
        default="起", alias="归期", description="rows of the month are those that start, fall due or end in it"
    )
    exclusion: Exclusion | None = Field(default=None, alias="排除")
    open: Literal["未到期不计", "计为超期"] = Field(
        default="未到期不计", alias="未办结", description="what is open at the end of the month though not yet due"
    )
    extend: Flag = Field(
        default=False, alias="节假日顺延", description="a limit in days that ends on a day off runs on to a working day"
    )
    measure: Literal["按期率", "超期数"] = Field(default="按期率", alias="计")


class FrequencyValue(Strict):
    """How often something was done, window by window: the times that are missing (R13).

    The windows of the month are those that end in it; a ledger row has 条款, 日期 and, where one row may stand for
    several times, 次数.
    """

    table: str = Field(alias="表")
    clause: str = Field(alias="条款")
    window: Literal["周", "月", "2月", "季", "半年", "年"] = Field(alias="每")
    least: int = Field(alias="至少", ge=1)
    anchor: Month | None = Field(
        default=None, alias="起算", description="month in which windows begin; default: January, weeks on Monday"
    )
    partial: Literal["不计", "按整期"] | None = Field(
        default=None, alias="不足一期", description="a window that began before 起算; needed with 起算"
    )
