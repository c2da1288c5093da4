"""What a clerk may write for a number, a yes or no, a day or a month: every scalar comes as text and is read here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated

from pydantic import BeforeValidator

from tongbao.period import Period


def _number(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    try:
        number = Decimal(text[:-1]).scaleb(-2) if text.endswith("%") else Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{value}”不是数字") from None
    if not number.is_finite():
        raise ValueError(f"“{value}”不是数字")
    return number


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    try:
        return {"是": True, "否": False}[str(value)]
    except KeyError:
        raise ValueError(f"“{value}”应为 是 或 否") from None


def read_day(value: object) -> date:
    """Read “2022-10-20”, for fields that take other words as well.

    Raises:
        ValueError: it is no day.
    """
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"“{value}”应写成 2022-10-20 的形式") from None


Number = Annotated[Decimal, BeforeValidator(_number)]
"""A decimal; “98%” is 0.98."""
Flag = Annotated[bool, BeforeValidator(_flag)]
"""是 or 否."""
Day = Annotated[date, BeforeValidator(read_day)]
"""A date such as 2022-10-20."""
Month = Annotated[
    Period, BeforeValidator(lambda value: value if isinstance(value, Period) else Period.parse(str(value)))
]
"""A month such as 2022-11."""
