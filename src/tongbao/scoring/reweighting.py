"""What if the weights were others: the same rules and figures, with every 分值 and all that depends on it scaled.

An indicator keeps the share of its 分值 that each unit reached; deductions, bands, floors and caps count for as much
more or less as the 分值 does. So a 分值 of 4 instead of 2 doubles what the indicator gives and what it can cost,
whatever its way of scoring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tongbao.errors import UsageError
from tongbao.scoring.aggregate import Part
from tongbao.scoring.decimals import exact_arithmetic, round_half_up, show, tidy
from tongbao.scoring.definition import Indicator, IndicatorGroup, Leaf, System
from tongbao.scoring.outline import Outline
from tongbao.scoring.scoreboard import Key

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True)
class Weight:
    """One thing that has 分值 of its own: a leaf, or a group that is scored as a whole.

    Attributes:
        indicator: the leaf, or a group by 基础分扣减 or 全部达标, or a group of 加分 with its limit.
        bonus: its points come on top of 满分.
    """

    key: Key
    indicator: Indicator
    points: Decimal
    bonus: bool


@dataclass(frozen=True)
class Reweighting:
    """A system under other weights.

    Attributes:
        base: the definition in force; other revisions of it keep their weights.
        system: the definition with its new 分值, caps and floors.
        factors: new 分值 by old, for each weight.
        weights: what has a weight, as the definition has it.
        points: the new 分值 of each weight.
    """

    base: System
    system: System
    factors: Mapping[Key, Decimal]
    weights: Mapping[Key, Weight] = field(repr=False)
    points: Mapping[Key, Decimal] = field(repr=False)

    def outline(self, outline: Outline) -> Outline:
        """The same system laid out, with the new bounds of its groups."""
        return replace(outline, loaded=replace(outline.loaded, value=self.system))

    def part(self, key: Key, part: Part) -> Part:
        """What a leaf brings under the new weights; the figure and the share reached stay as they are."""
        factor = self.factor(key)
        if factor == ONE:
            return part
        exact = None if part.exact is None else tidy(part.exact * factor)
        rounding = self.system.rounding
        points = exact
        if exact is not None and rounding.place == "指标":
            points = round_half_up(exact, rounding.digits)
        step = f"试算：分值按{show(factor)}倍计"
        score = replace(
            part.score,
            points=points,
            full=None if part.score.full is None else part.score.full * factor,
            trace=replace(part.score.trace, steps=(*part.score.trace.steps, step)),
        )
        return Part(points, exact, part.base * factor, score)

    def factor(self, key: Key) -> Decimal:
        """New 分值 by old, of the weight that an indicator belongs to."""
        return next((self.factors[key[:end]] for end in range(len(key), 0, -1) if key[:end] in self.factors), ONE)


def weights(system: System) -> dict[Key, Weight]:
    """Everything that has 分值 of its own, in the order of the definition."""

    def walk(indicators: tuple[Indicator, ...], above: Key, *, bonus: bool) -> Iterator[Weight]:
        for indicator in indicators:
            key = (*above, indicator.name)
            extra = bonus or (isinstance(indicator, IndicatorGroup) and indicator.bonus)
            if isinstance(indicator, IndicatorGroup) and indicator.aggregate == "求和" and not extra:
                yield from walk(indicator.indicators, key, bonus=extra)
            elif indicator.points is not None:
                yield Weight(key, indicator, indicator.points, extra)

    return {weight.key: weight for weight in walk(system.indicators, (), bonus=False)}


def reweight(system: System, wishes: Mapping[Key, Decimal], *, keep_full: bool = True) -> Reweighting:
    """Give some indicators another 分值.

    Args:
        system: the definition in force.
        wishes: indicator or group to its new 分值; of a group that adds up, what is below shares the new 分值 in the
            old proportions, but for what has a wish of its own.
        keep_full: scale all others so that 满分 stays as it is; else they keep their 分值 and 满分 changes.

    Raises:
        UsageError: an indicator without 分值, a negative 分值, or wishes that cannot all be met.
    """
    known = weights(system)
    with exact_arithmetic():
        new = _wished(system, known, wishes)
        regular = [key for key, weight in known.items() if not weight.bonus]
        rest = [key for key in regular if key not in new]
        full = sum((known[key].points for key in regular), ZERO)
        if keep_full:
            _share(new, rest, known, full - sum((new[key] for key in regular if key in new), ZERO), "其余指标")
        points = {key: new.get(key, weight.points) for key, weight in known.items()}
        factors = {key: points[key] / weight.points if weight.points else ONE for key, weight in known.items()}
        indicators = tuple(_reweighted(each, (each.name,), factors) for each in system.indicators)
        whole = tidy(sum((points[key] for key in regular), ZERO))
        told = {key: tidy(number) for key, number in points.items()}
    update = {"indicators": indicators, "full": None if system.full is None else whole}
    return Reweighting(system, system.model_copy(update=update), factors, known, told)


def _wished(system: System, known: Mapping[Key, Weight], wishes: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """The weights that are settled by wishes, those of groups after those of what is below them."""
    new: dict[Key, Decimal] = {}
    for key, wish in sorted(wishes.items(), key=lambda each: -len(each[0])):
        if wish < 0:
            raise UsageError(f"“{key[-1]}”的分值{show(wish)}为负，应不小于0")
        below = [each for each in known if each[: len(key)] == key]
        if not below:
            holder = next((key[:end] for end in range(len(key), 0, -1) if key[:end] in known), None)
            hint = f"它随“{holder[-1]}”一起计分，请改“{holder[-1]}”的分值" if holder else "请改有分值的指标"
            raise UsageError(f"“{system.name}”的“{key[-1]}”没有自己的分值，不能改。{hint}")
        settled = sum((new[each] for each in below if each in new), ZERO)
        _share(new, [each for each in below if each not in new], known, wish - settled, f"“{key[-1]}”")
    return new


def _share(new: dict[Key, Decimal], keys: list[Key], known: Mapping[Key, Weight], points: Decimal, whose: str) -> None:
    """Share points out in the old proportions."""
    old = sum((known[key].points for key in keys), ZERO)
    if points < 0 or (points and not old):
        words = f"超出{show(-points)}分" if points < 0 else f"还有{show(points)}分没有指标可加"
        raise UsageError(f"{whose}的分值凑不拢：{words}。请改正 --weight，或加 --others-fixed 让满分随之改变")
    for key in keys:
        new[key] = known[key].points * points / old if old else ZERO


def _reweighted(indicator: Indicator, key: Key, factors: Mapping[Key, Decimal]) -> Indicator:
    """An indicator with its new 分值; a group's own bounds move with what is below it."""
    if key in factors:
        return _scaled(indicator, factors[key])
    if isinstance(indicator, Leaf):
        return indicator
    below = tuple(_reweighted(each, (*key, each.name), factors) for each in indicator.indicators)
    old, new = (sum(_own(each), ZERO) for each in (indicator, indicator.model_copy(update={"indicators": below})))
    update = {"indicators": below, **_bounds(indicator, new / old if old else ONE)}
    return indicator.model_copy(update=update)


def _own(group: IndicatorGroup) -> Iterator[Decimal]:
    """The weights below a group, one by one."""
    for each in group.indicators:
        if isinstance(each, IndicatorGroup) and each.aggregate == "求和":
            yield from _own(each)
        elif each.points is not None:
            yield each.points


def _scaled(indicator: Indicator, factor: Decimal) -> Indicator:
    """Everything inside something that is scored as a whole, scaled alike."""
    update = _bounds(indicator, factor)
    if isinstance(indicator, Leaf):
        return indicator.model_copy(update={"points": update["points"]})  # its bounds are held before it is scaled
    below = tuple(_scaled(each, factor) for each in indicator.indicators)
    return indicator.model_copy(update={"indicators": below, **update})


def _bounds(indicator: Indicator, factor: Decimal) -> dict[str, Decimal | None]:
    given = {"points": indicator.points, "cap": indicator.cap, "floor": indicator.floor}
    return {name: None if number is None else tidy(number * factor) for name, number in given.items()}
