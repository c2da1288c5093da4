"""排名稳定性: how often a unit keeps its place when every weight is a little different.

Weights are judgements. A place that turns with a tenth more or less on some of them should not be made much of; a
place that stays says something. Every 分值 is drawn anew within ±10% of itself, independently and evenly; then all
are scaled so that 满分 stays; points of 加分 stay as they are. Parts of a composite are drawn too. The draws are
those of a seed made from the definitions and the month, so that the same month always gives the same shares.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tongbao.scoring.definition import IndicatorGroup, Leaf
from tongbao.scoring.reweighting import Weight, weights
from tongbao.scoring.scoreboard import Key, Scoreboard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

DRAWS = 1000
SPREAD = Decimal("0.1")
_DUST = 1e-9  # what floats leave of a half that has to be rounded up, and of equal scores
_EXACT_DIGITS = 8


@dataclass(frozen=True, slots=True)
class UnitStability:
    """One unit's place over all draws.

    Attributes:
        rank: its published place.
        kept: share of the draws in which it has just this place.
        best: its best place in any draw.
        worst: its worst.
    """

    unit: str
    group: str
    rank: int
    kept: Decimal
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Stability:
    """How stable the places of one system are.

    Attributes:
        spread: how far each weight moves, up and down, as a share of itself.
        seed: what the draws can be repeated with.
        units: those that are ranked, in the order of the board.
    """

    system: str
    draws: int
    spread: Decimal
    seed: int
    units: tuple[UnitStability, ...]


def stability(
    board: Scoreboard, parts: Mapping[str, Scoreboard], *, draws: int = DRAWS, spread: Decimal = SPREAD
) -> Stability | None:
    """Draw other weights and see which places stay.

    Args:
        board: the published result.
        parts: the boards that it may build on (取值: 体系), by name.
        draws: how many times.
        spread: ±0.1 by default; 0 leaves every place as it is.

    Returns:
        The shares; None where nobody is ranked, where nothing has a weight (任务完成率), or where the published
        places cannot be worked out again from the published points, so that a share would say nothing about them.
    """
    import numpy as np

    seed = _seed(board, parts)
    generator = np.random.Generator(np.random.PCG64(seed))
    units = [standing for standing in board.standings if standing.rank is not None]
    still = _Draws(1, 0.0, generator, parts)
    if (
        not units
        or not weights(board.system)
        or not np.array_equal(_places(board, still.totals(board)), np.array([[s.rank for s in units]]))
    ):
        return None
    places = _places(board, _Draws(draws, float(spread), generator, parts).totals(board))
    published = np.array([standing.rank for standing in units])
    kept = (places == published).sum(axis=0)
    best, worst = places.min(axis=0), places.max(axis=0)
    return Stability(
        board.system.name,
        draws,
        spread,
        seed,
        tuple(
            UnitStability(s.unit, s.group, s.rank or 0, Decimal(int(kept[i])) / draws, int(best[i]), int(worst[i]))
            for i, s in enumerate(units)
        ),
    )


def _seed(board: Scoreboard, parts: Mapping[str, Scoreboard]) -> int:
    """From the definitions and the month alone: neither a clock nor a process decides about a share."""
    words = [str(board.period)]
    waiting, seen = [board], {board.system.name}
    while waiting:
        each = waiting.pop(0)
        words += [each.system.name, each.digest]
        below = {leaf.value.same_month for _, leaf in each.system.leaves() if leaf.value.same_month in parts} - seen
        waiting += [parts[name] for name in sorted(filter(None, below))]
        seen |= {name for name in below if name}
    return int.from_bytes(hashlib.sha256("|".join(words).encode()).digest()[:8], "big")


def _places(board: Scoreboard, totals: Points) -> NDArray[np.int64]:
    """Places within each group, one row a draw, one column a ranked unit."""
    import numpy as np

    published = board.system.rank_by == "公布得分"
    scores = _rounded(totals, board.system.rounding.digits if published else _EXACT_DIGITS)
    ranked = [(place, s) for place, s in enumerate(board.standings) if s.rank is not None]
    groups = np.array([s.group for _, s in ranked])
    scores = scores[:, [place for place, _ in ranked]]
    places = np.empty(scores.shape, dtype=np.int64)
    for group in dict.fromkeys(groups.tolist()):
        own = scores[:, groups == group]
        ahead = own[:, None, :] > own[:, :, None] + _DUST
        places[:, groups == group] = 1 + ahead.sum(axis=2)
    return places


def _rounded(points: Points, digits: int) -> Points:
    import numpy as np

    scale = 10.0**digits
    return np.asarray(np.floor(points * scale + 0.5 + _DUST) / scale)


class _Draws:
    """Totals under drawn weights: arrays of draws × units, units in the order of each board's standings."""

    def __init__(
        self, draws: int, spread: float, generator: np.random.Generator, parts: Mapping[str, Scoreboard]
    ) -> None:
        self.draws = draws
        self.spread = spread
        self.generator = generator
        self.parts = parts
        self.known: dict[str, Points] = {}

    def totals(self, board: Scoreboard) -> Points:
        """Published totals of every unit in every draw; a system is drawn once, however many build on it."""
        if board.system.name not in self.known:
            self.known[board.system.name] = _Totals(self, board).totals()
        return self.known[board.system.name]

    def factors(self, points: Points) -> Points:
        """New weights by old, one row a draw, scaled so that 满分 stays."""
        import numpy as np

        moved = 1 + self.spread * (2 * self.generator.random((self.draws, len(points))) - 1)
        whole = (moved * points).sum(axis=1, keepdims=True)
        return np.asarray(moved * points.sum() / whole) if points.sum() else np.ones_like(moved)


class _Totals:
    """One system under drawn weights; adds up as `aggregate` does, for all draws and units at once."""

    def __init__(self, draws: _Draws, board: Scoreboard) -> None:
        import numpy as np

        self.draws = draws
        self.board = board
        self.units = [standing.unit for standing in board.standings]
        self.weights = weights(board.system)
        regular = [key for key, weight in self.weights.items() if not weight.bonus]
        points = np.array([float(self.weights[key].points) for key in regular])
        drawn = draws.factors(points)
        self.factor = {key: drawn[:, [place]] for place, key in enumerate(regular)}

    def totals(self) -> Points:
        import numpy as np

        system = self.board.system
        tops = [(indicator.name,) for indicator in system.indicators]
        bonus = {key for key in tops if _is_bonus(self.board, key)}
        regular = self._sum([self._points(key) for key in tops if key not in bonus])
        if system.aggregate == "按适用分值折算" and system.full is not None:
            base = self._sum([self._base(key) for key in self.factor])
            with np.errstate(divide="ignore", invalid="ignore"):
                regular = np.where(base > 0, regular / base * float(system.full), 0.0)
        total = regular + self._sum([self._column(key) for key in bonus])
        return _rounded(total, system.rounding.digits) if system.rank_by == "公布得分" else total

    def _points(self, key: Key) -> Points:
        indicator = self.board.indicator_of[key]
        if key in self.factor:
            points = self._share(self.weights[key])
        elif isinstance(indicator, IndicatorGroup):
            below = [(*key, each.name) for each in indicator.indicators]
            points = self._sum([self._points(each) for each in below])
            scale = self._scale(key)
            cap = indicator.cap if indicator.cap is not None else indicator.points
            if cap is not None:
                points = points.clip(max=float(cap) * scale)
            if indicator.floor is not None:
                points = points.clip(min=float(indicator.floor) * scale)
        else:
            points = self._column(key)
        rounding = self.board.system.rounding
        return _rounded(points, rounding.digits) if rounding.place == "指标" else points

    def _share(self, weight: Weight) -> Points:
        """What a weight gives; a share of another system is worked out from that system's own draws."""
        import numpy as np

        key, leaf, factor = weight.key, weight.indicator, self.factor[weight.key]
        points = self._column(key) * factor
        part = self.draws.parts.get(leaf.value.same_month or "") if isinstance(leaf, Leaf) else None
        rule = leaf.scoring.proportional if isinstance(leaf, Leaf) else None
        if part is None or part.system.full is None or rule is None or rule.reference is not None:
            return points
        totals = self.draws.totals(part)
        place = {s.unit: index for index, s in enumerate(part.standings) if s.total is not None}
        own = [index for index, unit in enumerate(self.units) if unit in place and self._has_value(unit, key)]
        rates = totals[:, [place[self.units[index]] for index in own]] / float(part.system.full)
        low, high = (float(bound) if bound is not None else end for bound, end in ((leaf.floor, 0.0), (leaf.cap, 1.0)))
        points = np.broadcast_to(points, (self.draws.draws, len(self.units))).copy()
        points[:, own] = rates.clip(low, high) * float(weight.points) * factor
        return np.asarray(points)

    def _has_value(self, unit: str, key: Key) -> bool:
        return isinstance(self.board.scores[unit][key].value, Decimal)

    def _base(self, key: Key) -> Points:
        """What each unit could have had from a weight."""
        import numpy as np

        weight = self.weights[key]
        scores = [self.board.scores[unit][key] for unit in self.units]
        group = isinstance(weight.indicator, IndicatorGroup)
        counts = [score.applicable if group else score.points is not None for score in scores]
        return np.asarray(np.array(counts, dtype=float)[None, :] * float(weight.points) * self.factor[key])

    def _scale(self, key: Key) -> Points:
        """How much a group's bounds move with what is below it."""
        import numpy as np

        below = [each for each in self.factor if each[: len(key)] == key]
        old = sum(float(self.weights[each].points) for each in below)
        new = self._sum([self.factor[each] * float(self.weights[each].points) for each in below], units=1)
        return new / old if old else np.ones_like(new)

    def _column(self, key: Key) -> Points:
        """Published points of every unit; nothing where nothing is scored."""
        import numpy as np

        found = (self.board.scores[unit][key].points for unit in self.units)
        return np.array([[float(points) if points is not None else 0.0 for points in found]])

    def _sum(self, arrays: Sequence[Points], units: int | None = None) -> Points:
        import numpy as np

        total = np.zeros((self.draws.draws, len(self.units) if units is None else units))
        for array in arrays:
            total = total + array
        return total


def _is_bonus(board: Scoreboard, key: Key) -> bool:
    indicator = board.indicator_of[key]
    return isinstance(indicator, IndicatorGroup) and indicator.bonus
