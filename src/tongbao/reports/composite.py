"""A total made of other systems' totals: its parts, and the months that a part is weighted over, unit by unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tongbao.reports import wording
from tongbao.scoring.definition import Leaf
from tongbao.scoring.scoreboard import Key, Score, Scoreboard


@dataclass(frozen=True)
class Composite:
    """The board of a system that builds on others; of any other board it knows neither parts nor months."""

    board: Scoreboard

    @cached_property
    def parts(self) -> tuple[tuple[Key, Leaf], ...]:
        """The indicators that stand for other systems, in the order of the definition."""
        return tuple((key, leaf) for key, leaf in self.board.system.leaves() if leaf.value.system is not None)

    @cached_property
    def part_names(self) -> tuple[str, ...]:
        """线上（60分）."""
        return tuple(with_points(leaf.short or leaf.name, leaf.points) for _, leaf in self.parts)

    def part_points(self, unit: str) -> tuple[str, ...]:
        """What the unit has of each part; — where there is nothing yet."""
        return tuple(points_text(self.board.scores[unit].get(key)) for key, _ in self.parts)

    @cached_property
    def months(self) -> tuple[tuple[Key, str, str], ...]:
        """The months of the first part that is weighted over several: its key, the input's name, the month in words."""
        for key, leaf in self.parts:
            system = leaf.value.system
            months = [] if system is None else list(system.months(self.board.period))
            if system is not None and len(months) > 1:
                return tuple((key, f"{system.name}@{month}", month.words) for month in sorted(months))
        return ()

    def month_totals(self, unit: str) -> tuple[str, ...]:
        """The unit's published total of each of those months; — where there was none."""
        return tuple(self._total(unit, key, name) for key, name, _ in self.months)

    def _total(self, unit: str, key: Key, name: str) -> str:
        inputs = self.board.scores[unit][key].trace.inputs
        values = [each.value for each in inputs if each.name == name and isinstance(each.value, Decimal)]
        return f"{values[0]:f}" if values else "—"


def with_points(name: str, points: Decimal | None) -> str:
    """市容（20分）; the name alone without points."""
    return f"{name}（{points.normalize():f}分）" if points is not None else name


def points_text(score: Score | None) -> str:
    """Points as a table prints them; — where nothing was scored."""
    return "—" if score is None or score.points is None else f"{wording.points(score.points):f}"
