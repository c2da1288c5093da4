"""Days and moments as people write them in tables: 2022年11月3日, 2022-11-03 09:30, 2022年11月3日9时30分."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_DAY = (
    r"(\d{4})(?:年(\d{1,2})月(\d{1,2})日|-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|(\d{2})(\d{2}))"
)
_DATE = re.compile(_DAY + r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_TIME = r"(?:(\d{1,2}):(\d{2})(?::(\d{2}))?|(\d{1,2})[时点](?:(\d{1,2})分(?:(\d{1,2})秒)?|整)?)"
_MOMENT = re.compile(_DAY + "(?:[ T]|(?<=日))" + _TIME)
_SERIALS = range(18264, 73051)  # 1950 to 2099 as Excel counts days
_DAY_ZERO = date(1899, 12, 30)


def parse_day(text: str) -> date | None:
    """The day that a text names; a time behind it is left out. None: it names none."""
    match = _DATE.fullmatch(text)
    try:
        return date(*[int(part) for part in match.groups() if part]) if match else None
    except ValueError:
        return None


def parse_moment(text: str) -> datetime | None:
    """The day and time that a text names, to the minute or second; None: it names none, or a day without a time."""
    match = _MOMENT.fullmatch(text)
    try:
        return datetime(*[int(part) for part in match.groups() if part]) if match else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def serial_day(text: str) -> date | None:
    """The day that a bare number would be if it were Excel's count of days; None: it cannot be one."""
    whole, _, fraction = text.partition(".")
    if not whole.isdigit() or (fraction and not fraction.isdigit()) or int(whole) not in _SERIALS:
        return None
    return _DAY_ZERO + timedelta(int(whole))
