"""Time limits as definitions write them — 5工作日, 15天, 48小时 — and the moment at which each runs out.

The day on which a limit starts does not count, hours count from the moment itself (民法典 第二百零一条).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from tongbao.definitions import Strict
from tongbao.inputs.calendar import WorkCalendar

_FORM = re.compile(r"(\d{1,4})\s*个?\s*(工作日|天|日|小时)")
LAST_MOMENT = time(23, 59, 59)
"""At which a limit in days runs out."""


class TimeUnit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAYS = "工作日"
    DAYS = "天"
    HOURS = "小时"


@dataclass(frozen=True, slots=True)
class Duration:
    """A time limit."""

    amount: int
    unit: TimeUnit

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read 5工作日, 5个工作日, 15天, 15日 or 48小时.

        Raises:
            ValueError: it is written otherwise.
        """
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(f"期限“{text}”应写成 5工作日、15天 或 48小时 的形式")
        return cls(int(match[1]), TimeUnit.DAYS if match[2] == "日" else TimeUnit(match[2]))

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    def runs_out(self, start: date, calendar: WorkCalendar, *, extend: bool = False) -> datetime:
        """The last moment that is still in time.

        Args:
            start: the day or, for hours, the moment at which the limit starts.
            calendar: tells working days.
            extend: a limit in days that ends on a day off runs to the next working day (民法典 第二百零三条).

        Raises:
            InvalidError: the calendar does not know the year.
            ValueError: hours are counted from a day without a time.
        """
        if self.unit is TimeUnit.HOURS:
            if not isinstance(start, datetime):
                raise ValueError(f"期限{self}须从时刻起算，{start}只有日期")
            return start + timedelta(hours=self.amount)
        day = start.date() if isinstance(start, datetime) else start
        if self.unit is TimeUnit.WORKING_DAYS:
            last = calendar.add(day, self.amount)
        else:
            last = day + timedelta(days=self.amount)
            while extend and not calendar.is_working(last):
                last += timedelta(days=1)
        return datetime.combine(last, LAST_MOMENT)


def _duration(value: Any) -> Any:
    return value if isinstance(value, Duration) else Duration.parse(str(value))


Limit = Annotated[Duration, BeforeValidator(_duration)]
"""A time limit in a definition."""

OTHERWISE = "其他"
"""The category of a limit for rows whose own category is not listed or blank."""


class TimeLimit(Strict):
    """A limit from one column to another, the same for all or by category."""

    start: str = Field(alias="起")
    end: str = Field(alias="止")
    category: str | None = Field(default=None, alias="类别", description="column that decides which limit holds")
    limits: dict[str, Limit] = Field(alias="限", description="one limit, or a limit by category")

    @field_validator("limits", mode="before")
    @classmethod
    def _one_for_all(cls, value: object) -> object:
        return {OTHERWISE: value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.category is None and set(self.limits) != {OTHERWISE}:
            raise ValueError("限 按类别写了几个，须写明 类别 是哪一列")
        if not self.limits:
            raise ValueError("限 是空的")
        return self

    @property
    def in_hours(self) -> bool:
        """Whether any limit counts hours, which takes moments rather than days."""
        return any(limit.unit is TimeUnit.HOURS for limit in self.limits.values())
