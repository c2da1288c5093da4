"""What formulas do with two figures: calculate, compare, and choose which missing one is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tongbao.inputs.table import Missing
from tongbao.scoring.decimals import settle, show

Content = Decimal | str | date | bool | None
"""What a part of a formula can come to."""

_GRAVITY = (
    Missing.FORMULA_ERROR,
    Missing.NO_COLUMN,
    Missing.BLANK,
    Missing.NOT_REPORTED,
    Missing.UNVERIFIED,
    Missing.NOT_APPLICABLE,
    Missing.ZERO_DENOMINATOR,
)
"""When several figures of a formula are missing, the first of these is told."""


def compare(operator: str, left: Content, right: Content) -> bool | None:  # noqa: PLR0911 - one line an operator
    """Whether a comparison holds; None where the two cannot be compared."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        left, right = settle(left), settle(right)
    elif type(left) is not type(right) or (isinstance(left, str | bool) and operator not in {"=", "!="}):
        return None
    match operator:
        case "=":
            return left == right
        case "!=":
            return left != right
        case ">=":
            return left >= right  # type: ignore[operator]  # both of one type that has an order
        case "<=":
            return left <= right  # type: ignore[operator]
        case ">":
            return left > right  # type: ignore[operator]
        case _:
            return left < right  # type: ignore[operator]


def show_content(value: Content, raw: str = "") -> str:
    """A cell's content inside a substituted formula: percentages stay as they were sent, text is quoted."""
    if isinstance(value, Decimal):
        return raw.strip() if raw.strip().endswith("%") else show(value)
    return f"“{value}”"


def calculate(operator: str, left: Decimal, right: Decimal) -> Decimal:
    """X + y and the like.

    Raises:
        DecimalException: the figure is too large to be compared or rounded.
    """
    if operator == "+":
        number = left + right
    elif operator == "-":
        number = left - right
    elif operator == "*":
        number = left * right
    else:
        number = left / right
    settle(number)  # raises where the figure is too large
    return number


def graver(left: Missing | None, right: Missing | None) -> Missing | None:
    """Of two reasons the one that is told."""
    found = [missing for missing in (left, right) if missing is not None]
    return min(found, key=_GRAVITY.index) if found else None
