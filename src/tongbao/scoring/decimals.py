"""Decimal arithmetic that a clerk can repeat by hand: half up, rounded once, never 2.73 where the rule gives 2.74."""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

PRECISION = 60
"""Significant digits while computing."""

_CONTEXT = Context(prec=PRECISION, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])
_ONE = Decimal(1)
_SETTLED = Decimal(1).scaleb(-30)
_SHOWN = Decimal(1).scaleb(-6)


def exact_arithmetic() -> AbstractContextManager[Context]:
    """The context that everything in scoring is computed in: 60 digits, half up, no quiet infinities."""
    return localcontext(_CONTEXT)


def settle(number: Decimal) -> Decimal:
    """Take off the dust of division (1/3 × 3 is 1), so that thresholds and halves fall on the right side."""
    return number.quantize(_SETTLED)


def tidy(number: Decimal) -> Decimal:
    """Settle and take off trailing zeros, for figures that are kept unrounded."""
    plain = settle(number).normalize()
    return plain.quantize(_ONE) if plain.as_tuple().exponent > 0 else plain  # type: ignore[operator]  # always finite


def round_half_up(number: Decimal, digits: int) -> Decimal:
    """Round for publication: 2.735 to two digits is 2.74."""
    return number.quantize(_SETTLED, context=_CONTEXT).quantize(Decimal(1).scaleb(-digits), context=_CONTEXT)


def show(number: Decimal) -> str:
    """A number as people write it, without exponent or trailing zeros; “约” where digits had to be left out."""
    shown = number.quantize(_SHOWN, context=_CONTEXT) if number.adjusted() < PRECISION // 2 else number
    text = f"{shown:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return text if shown == number else f"约{text}"


def with_minus(text: str) -> str:
    """A printed minus sign for the hyphen of a negative figure: unlike a hyphen it never ends a line."""
    return text.replace("-", "−")


def show_percent(number: Decimal) -> str:
    """A rate as people write it: 97.35%."""
    with exact_arithmetic():
        return f"{show(number * 100)}%"
