"""Time limits run out when the law and the State Council's calendar say so."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tongbao.errors import InvalidError
from tongbao.inputs.calendar import WorkCalendar
from tongbao.inputs.durations import Duration

CALENDAR = WorkCalendar()


@pytest.mark.parametrize(
    ("limit", "start", "end"),
    [
        ("5工作日", date(2022, 9, 28), datetime(2022, 10, 10, 23, 59, 59)),  # noqa: DTZ001  # 8 and 9 October work
        ("5个工作日", date(2022, 9, 30), datetime(2022, 10, 12, 23, 59, 59)),  # noqa: DTZ001
        ("15天", date(2022, 11, 1), datetime(2022, 11, 16, 23, 59, 59)),  # noqa: DTZ001  # the first day is no day
        ("1日", date(2022, 11, 30), datetime(2022, 12, 1, 23, 59, 59)),  # noqa: DTZ001
        ("0工作日", date(2022, 11, 5), datetime(2022, 11, 5, 23, 59, 59)),  # noqa: DTZ001  # the same day, a Saturday
        ("48小时", datetime(2022, 11, 1, 9, 30), datetime(2022, 11, 3, 9, 30)),  # noqa: DTZ001  # from the minute on
        ("5工作日", datetime(2022, 9, 28, 17, 0), datetime(2022, 10, 10, 23, 59, 59)),  # noqa: DTZ001
    ],
)
def test_a_limit_runs_out(limit: str, start: date, end: datetime) -> None:
    assert Duration.parse(limit).runs_out(start, CALENDAR) == end


def test_a_limit_in_days_may_be_put_off_over_a_holiday() -> None:
    limit = Duration.parse("15天")
    start = date(2022, 9, 18)  # the fifteenth day is 3 October, in the National Day holiday
    assert limit.runs_out(start, CALENDAR).date() == date(2022, 10, 3)
    assert limit.runs_out(start, CALENDAR, extend=True).date() == date(2022, 10, 8)


@pytest.mark.parametrize("text", ["", "五工作日", "5", "5周", "-5天", "5.5天", "5工作日内"])
def test_another_way_of_writing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="应写成 5工作日、15天 或 48小时"):
        Duration.parse(text)


def test_hours_need_a_moment_and_years_a_calendar() -> None:
    with pytest.raises(ValueError, match="须从时刻起算"):
        Duration.parse("48小时").runs_out(date(2022, 11, 1), CALENDAR)
    with pytest.raises(InvalidError, match="2031年"):
        Duration.parse("5工作日").runs_out(date(2031, 1, 2), CALENDAR)
