"""Chance without a clock: every figure is drawn from a seed made of its own name, so one more unit moves no other."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")
_SEED = "通报示例2022"


def draw(*name: object) -> float:
    """A number from 0 to 1 that belongs to this name for ever."""
    return random.Random("/".join((_SEED, *map(str, name)))).random()  # noqa: S311  # sample figures, no secrets


def whole(low: int, high: int, *name: object) -> int:
    """A whole number from low to high."""
    return low + int(draw(*name) * (high - low + 1))


def choice(items: Sequence[Item], *name: object) -> Item:
    """One of the items."""
    return items[int(draw(*name) * len(items))]


def share(level: float, weight: float, *name: object) -> float:
    """The rate that a unit of this level reaches in an indicator: near 1 for a good one, never below 0.05."""
    gap = (1 - level) * weight * (0.5 + draw(*name[1:])) * (0.85 + 0.3 * draw(*name))
    return max(0.05, 1 - gap)


def part(total: int, rate: float) -> int:
    """That share of a total, as a count."""
    return min(total, max(0, round(total * rate)))
