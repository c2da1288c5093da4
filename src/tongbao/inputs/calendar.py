"""Working days with 调休, so that a deadline of five working days is the same for everybody.

The library knows the State Council's notices up to the year it was published in. A workspace adds later years, or its
own, in scoring/工作日历.yaml; a year that neither knows is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from tongbao.definitions import Day, Strict, load
from tongbao.errors import Code, Finding, InvalidError, Place

CALENDAR_FILE = "scoring/工作日历.yaml"
"""Where a workspace states its own years."""
_SATURDAY = 5
_YEARS = range(1949, 2200)


def _year(value: object) -> object:
    text = str(value)
    if not text.isdigit() or int(text) not in _YEARS:
        raise ValueError(f"“{value}”不是年份，应写成 2027 的形式")
    return int(text)


class YearDays(Strict):
    """The days of one year that break the weekly rule."""

    holidays: tuple[Day, ...] = Field(default=(), alias="放假")
    workdays: tuple[Day, ...] = Field(default=(), alias="调休上班")


class CalendarFile(Strict):
    """scoring/工作日历.yaml: a year given here replaces what the library says about it."""

    years: dict[Annotated[int, BeforeValidator(_year)], YearDays] = Field(alias="年份")


@dataclass(frozen=True)
class WorkCalendar:
    """Tells working days and counts them.

    Attributes:
        years: years that the workspace has stated itself.
        file: where to state more, as messages name it.
    """

    years: Mapping[int, YearDays] = field(default_factory=dict)
    file: str = CALENDAR_FILE

    @classmethod
    def load(cls, path: Path | None) -> WorkCalendar:
        """Read the calendar of a workspace; None: the library's years only.

        Raises:
            InvalidError: the file is missing or wrong, with lines.
        """
        if path is None:
            return cls()
        file = f"{path.parent.name}/{path.name}"
        loaded = load(path, CalendarFile, file)
        findings = [
            Finding(Code.VALUE_INVALID, words, loaded.positions.place("年份", str(year), key, index), "请改正日期")
            for year, days in loaded.value.years.items()
            for key, listed in (("放假", days.holidays), ("调休上班", days.workdays))
            for index, day in enumerate(listed)
            for words in _objections(year, day, key, days)
        ]
        if findings:
            raise InvalidError(findings)
        return cls(loaded.value.years, file)

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day.

        Raises:
            InvalidError: neither the file nor the library knows the year.
        """
        stated = self.years.get(day.year)
        if stated is not None:
            return day in stated.workdays or (day.weekday() < _SATURDAY and day not in stated.holidays)
        import chinese_calendar

        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            raise InvalidError(
                [
                    Finding(
                        Code.CALENDAR_MISSING,
                        f"没有{day.year}年的放假和调休安排，无法计算工作日",
                        Place(self.file),
                        f"请按国务院办公厅通知，在 {self.file} 的“年份”下补上 {day.year} 年的“放假”和“调休上班”",
                    )
                ]
            ) from None

    def add(self, day: date, n: int) -> date:
        """The n-th working day after a day (which itself does not count); n below nought counts back, 0 is the day.

        Raises:
            InvalidError: a year on the way is not known.
        """
        step = timedelta(days=1 if n > 0 else -1)
        for _ in range(abs(n)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after the start up to and with the end; below nought when the end comes first.

        Raises:
            InvalidError: a year on the way is not known.
        """
        if end < start:
            return -self.between(end, start)
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(map(self.is_working, days))


def _objections(year: int, day: date, key: str, days: YearDays) -> list[str]:
    objections = []
    if day.year != year:
        objections.append(f"{day} 不在 {year} 年")
    if key == "放假" and day in days.workdays:
        objections.append(f"{day} 既是放假又是调休上班")
    if key == "调休上班" and day.weekday() < _SATURDAY:
        objections.append(f"{day} 不是周末，无须调休上班")
    return objections
