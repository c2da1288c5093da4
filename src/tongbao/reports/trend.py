"""The last twelve months of a group and of a unit, a month without a score left open."""

from __future__ import annotations

from collections.abc import Sequence

from tongbao.period import Period
from tongbao.reports.context_views import 单位趋势视图, 组趋势视图
from tongbao.scoring.comparison import group_mean
from tongbao.scoring.scoreboard import Scoreboard

MONTHS = 12
FEWEST = 3
"""Two points are no trend: 环比 says the same in fewer words."""


def months(board: Scoreboard, past: Sequence[Scoreboard]) -> tuple[tuple[Period, Scoreboard | None], ...]:
    """Every month from the earliest board to the latest, twelve at most; None where a month has no board.

    Args:
        board: of the month itself.
        past: boards of the same system in earlier months, in any order.
    """
    boards = {each.period: each for each in (board, *past)}
    shown: list[tuple[Period, Scoreboard | None]] = []
    period = board.period
    while len(shown) < MONTHS and any(known <= period for known in boards):
        shown.append((period, boards.get(period)))
        period = period.shift(-1)
    return tuple(reversed(shown))


def group_trend(group: str, board: Scoreboard, past: Sequence[Scoreboard]) -> tuple[组趋势视图, ...]:
    """Mean, best and worst of a group, month by month; empty with less than three months."""
    found = []
    for period, each in months(board, past):
        totals = [s.total for s in each.standings if s.group == group and s.total is not None] if each else []
        mean = group_mean(each, group) if each else None
        found.append(组趋势视图(period.words, mean, max(totals, default=None), min(totals, default=None)))
    return tuple(found) if sum(point.平均分 is not None for point in found) >= FEWEST else ()


def unit_trend(unit: str, board: Scoreboard, past: Sequence[Scoreboard]) -> tuple[单位趋势视图, ...]:
    """A unit's score and place beside its group's mean, month by month; empty with less than three scores."""
    found = []
    for period, each in months(board, past):
        standing = each.standing_of.get(unit) if each else None
        mean = group_mean(each, standing.group) if each and standing else None
        total, rank = (standing.total, standing.rank) if standing else (None, None)
        found.append(单位趋势视图(period.words, total, mean, rank))
    return tuple(found) if sum(point.得分 is not None for point in found) >= FEWEST else ()
