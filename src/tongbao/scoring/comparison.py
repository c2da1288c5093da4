"""What changed between two boards of a system, unit by unit and group by group, and which indicators moved it.

The boards may be those of two months (环比) or those of one month under two definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from tongbao.scoring.causes import Cause, Pair, causes
from tongbao.scoring.decimals import exact_arithmetic, round_half_up
from tongbao.scoring.scoreboard import Scoreboard, Standing

_DIGITS = 2
_Test = Callable[[Decimal], bool]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One unit now and the month before.

    Attributes:
        rank_change: places gained (positive) or lost (negative); None where one of the months has no rank.
        change: published points gained or lost; None where one of the months has no score.
    """

    unit: str
    group: str
    total: Decimal | None
    total_before: Decimal | None
    rank: int | None
    rank_before: int | None

    @property
    def change(self) -> Decimal | None:
        """Points gained."""
        if self.total is None or self.total_before is None:
            return None
        return self.total - self.total_before

    @property
    def rank_change(self) -> int | None:
        """Places gained: from 9th to 2nd is 7."""
        if self.rank is None or self.rank_before is None:
            return None
        return self.rank_before - self.rank


@dataclass(frozen=True, slots=True)
class GroupChange:
    """One group now and the month before; the mean is that of the published totals, half up to two digits."""

    group: str
    ranked: int
    mean: Decimal | None
    mean_before: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """Points that the mean went up, as the difference of the two published means."""
        if self.mean is None or self.mean_before is None:
            return None
        return self.mean - self.mean_before


@dataclass(frozen=True, slots=True)
class Count:
    """How many units, now and before; before is None without a month to compare with."""

    now: int
    before: int | None

    @property
    def change(self) -> int | None:
        """How many more."""
        return None if self.before is None else self.now - self.before


@dataclass(frozen=True)
class Comparison:
    """A scoreboard against that of the month before, or on its own where there is none.

    Attributes:
        units: every unit that the latest board has.
        parts: both boards of each system that the latest builds on, so that a change is told down to its indicators.
    """

    latest: Scoreboard
    previous: Scoreboard | None
    units: Mapping[str, UnitChange]
    groups: Mapping[str, GroupChange]
    parts: Mapping[str, Pair] = field(default_factory=dict)

    @cached_property
    def pair(self) -> Pair | None:
        """Both boards; None where there is only one."""
        return None if self.previous is None else Pair(self.latest, self.previous)

    @property
    def new_units(self) -> tuple[str, ...]:
        """Units that the board before did not have."""
        return tuple(unit for unit in self.units if self.previous and unit not in self.previous.standing_of)

    @property
    def gone_units(self) -> tuple[str, ...]:
        """Units that only the board before had."""
        return tuple(unit for unit in self.previous.standing_of if unit not in self.units) if self.previous else ()

    def causes(self, unit: str) -> tuple[Cause, ...]:
        """What moved the unit's total, the largest first; the parts sum to its change. Empty without two totals."""
        return () if self.pair is None else causes(self.pair, unit, self.parts)

    def at_least(self, points: Decimal, group: str | None = None) -> Count:
        """How many units have at least so many points."""
        return self._count(group, lambda total: total >= points)

    def below(self, points: Decimal, group: str | None = None) -> Count:
        """How many units have less."""
        return self._count(group, lambda total: total < points)

    def _count(self, group: str | None, holds: _Test) -> Count:
        boards = (self.latest, self.previous)
        now, before = (
            None
            if board is None
            else sum(
                1
                for standing in board.standings
                if standing.total is not None and group in {None, standing.group} and holds(standing.total)
            )
            for board in boards
        )
        return Count(now or 0, before)


def compare_boards(
    latest: Scoreboard, previous: Scoreboard | None, parts: Mapping[str, Pair] | None = None
) -> Comparison:
    """Compare two boards of the same system; the board before may be missing."""
    before = previous.standing_of if previous is not None else {}
    units = {standing.unit: _unit(standing, before.get(standing.unit)) for standing in latest.standings}
    groups = {
        group: GroupChange(
            group,
            sum(1 for standing in latest.standings if standing.group == group and standing.rank is not None),
            group_mean(latest, group),
            group_mean(previous, group) if previous is not None else None,
        )
        for group in dict.fromkeys(standing.group for standing in latest.standings)
    }
    return Comparison(latest, previous, units, groups, parts or {})


def group_mean(board: Scoreboard, group: str) -> Decimal | None:
    """Mean of the published totals of a group, half up to two digits; None where nobody has one."""
    totals = [standing.total for standing in board.standings if standing.group == group and standing.total is not None]
    if not totals:
        return None
    with exact_arithmetic():
        return round_half_up(sum(totals, Decimal(0)) / len(totals), _DIGITS)


def _unit(now: Standing, before: Standing | None) -> UnitChange:
    return UnitChange(
        now.unit,
        now.group,
        now.total,
        before.total if before else None,
        now.rank,
        before.rank if before and before.group == now.group else None,
    )
