"""Figures of a column one above the other on their decimal point, whatever stands behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIGURE = re.compile(r"[+−-]?\d[\d,]*(?:\.(?P<digits>\d+))?(?P<unit>[^\d.]{0,4})")
_NONE = "—"


def tails(texts: Sequence[str]) -> tuple[str, ...]:
    """What each figure of a column lacks behind it to stand on the decimal point of the others.

    Args:
        texts: the column's cells: 97.25, 98, 100%, 3次, or — where there is no figure.

    Returns:
        ".00" for 98 above 97.25, "" for what lacks nothing and for words; — stands where an integer would.
    """
    figures = [_FIGURE.fullmatch(text) for text in texts]
    digits = max((len(match["digits"] or "") for match in figures if match), default=0)
    units = {match["unit"] for match in figures if match} - {""}
    unit = units.pop() if len(units) == 1 else ""  # with several there is none to leave room for
    return tuple(
        _tail(match["digits"] or "", match["unit"], digits, unit)
        if match
        else _tail("", "", digits, unit)
        if text == _NONE
        else ""
        for text, match in zip(texts, figures, strict=True)
    )


def _tail(own: str, own_unit: str, digits: int, unit: str) -> str:
    point = "." if digits and not own else ""
    return point + "0" * (digits - len(own)) + ("" if own_unit else unit)
