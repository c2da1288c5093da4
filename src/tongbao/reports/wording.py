"""Figures in words: rates with two decimals, changes as 提高 / 下降 / 持平, places as 上升n位 / 位次不变."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tongbao.scoring.decimals import round_half_up, with_minus


def percent(rate: Decimal) -> str:
    """0.9735 → 97.35%."""
    return f"{round_half_up(rate * 100, 2)}%"


def figure(value: Decimal | str | None, unit: str | None) -> str:
    """A value as tables and sentences show it: 97.35%, 3次, 2.5; — where there is none."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    if unit == "%":
        return with_minus(percent(value))
    if unit == "分":
        return with_minus(f"{points(value)}分")
    shown = round_half_up(value, 2 if abs(value) >= 1 else 4).normalize()
    return with_minus(f"{shown:f}{unit or ''}")


def points(number: Decimal) -> Decimal:
    """Points as printed: two decimals."""
    return round_half_up(number, 2)


def day_words(day: date) -> str:
    """2022年12月9日 (GB/T 9704 §7.3.5.4: no leading zeros)."""
    return f"{day.year}年{day.month}月{day.day}日"


def change_words(change: Decimal | None, measure: str, since: str) -> str:
    """较10月提高1.35分 / 较10月下降0.42分 / 与10月持平; "" without anything to compare with."""
    if change is None or not since:
        return ""
    if change == 0:
        return f"与{since}持平"
    measure = "个百分点" if measure == "%" else measure
    return f"较{since}{moved_words(change, measure)}"


def moved_words(change: Decimal, measure: str = "") -> str:
    """提高1.35分 / 下降0.42分 / 持平."""
    return f"{'提高' if change > 0 else '下降'}{abs(change)}{measure}" if change else "持平"


def arrow(change: Decimal | int | None) -> str:
    """↑ ↓ →; "" without anything to compare with."""
    if change is None:
        return ""
    return "↑" if change > 0 else "↓" if change < 0 else "→"


def place_words(change: int | None) -> str:
    """上升9位 / 下降2位 / 位次不变; — for a unit that had no place last time."""
    if change is None:
        return "—"
    if change == 0:
        return "位次不变"
    return f"{'上升' if change > 0 else '下降'}{abs(change)}位"
