"""汇总: adds points up the tree within the bounds of each group, exact and published alike (R16, R18, R19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tongbao.scoring.decimals import round_half_up, show, tidy
from tongbao.scoring.definition import IndicatorGroup
from tongbao.scoring.outline import Outline
from tongbao.scoring.progress import Progress, together
from tongbao.scoring.scoreboard import Key, Score, Trace

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """What one indicator brings into the sum above it.

    Attributes:
        points: as published; None: nothing to add.
        exact: before rounding.
        base: what the unit could have had.
        score: as the scoreboard shows it.
    """

    points: Decimal | None
    exact: Decimal | None
    base: Decimal
    score: Score


@dataclass(frozen=True, slots=True)
class Sum:
    """A unit's total over the whole system, why there is none, and what the unit could have had."""

    total: Decimal | None
    exact: Decimal | None
    reason: str
    progress: Progress | None = None
    base: Decimal = ZERO


def group_parts(outline: Outline, unit: str, leaves: Mapping[Key, Part]) -> dict[Key, Part]:
    """Every indicator of one unit, groups worked out from the leaves below them."""
    parts: dict[Key, Part] = dict(leaves)
    for key, group in reversed(list(outline.groups.items())):
        children = [parts[(*key, child.name)] for child in group.indicators]
        parts[key] = _group_part(outline, unit, key, group, children)
    return parts


def total(outline: Outline, parts: Mapping[Key, Part]) -> Sum:
    """Add the top level up: 求和, 按适用分值折算 or 任务完成率, bonus on top."""
    progress = together(parts[key].score.progress for key in outline.leaves)
    found = _done(outline, parts, progress) if outline.by_tasks else _added(outline, parts)
    return replace(found, progress=progress)


def _added(outline: Outline, parts: Mapping[Key, Part]) -> Sum:
    system = outline.system
    if system.full is None:
        return Sum(None, None, "本体系只列状态，不计分")
    scored = [(key in outline.bonus_keys, part) for key, part in parts.items() if len(key) == 1]
    regular = [part for bonus, part in scored if not bonus and part.points is not None]
    extra = [part for bonus, part in scored if bonus and part.points is not None]
    base = sum((part.base for part in regular), ZERO)
    if not regular or base == 0:
        return Sum(None, None, "没有适用的计分指标")
    published = sum((part.points or ZERO for part in regular), ZERO)
    exact = sum((part.exact or ZERO for part in regular), ZERO)
    if outline.prorated:
        published, exact = published / base * system.full, exact / base * system.full
    return _with_bonus(outline, published, exact, extra, base)


def _done(outline: Outline, parts: Mapping[Key, Part], progress: Progress | None) -> Sum:
    """任务完成率: the share of tasks done of those that are due."""
    if progress is None or not progress.due:
        return Sum(None, None, "没有应完成的任务")
    share = Decimal(progress.done) / progress.due * (outline.system.full or ZERO)
    extra = [part for key, part in parts.items() if len(key) == 1 and key in outline.bonus_keys]
    return _with_bonus(outline, share, share, extra)


def _with_bonus(
    outline: Outline, published: Decimal, exact: Decimal, extra: Sequence[Part], base: Decimal = ZERO
) -> Sum:
    published += sum((part.points or ZERO for part in extra), ZERO)
    exact += sum((part.exact or ZERO for part in extra), ZERO)
    return Sum(round_half_up(published, outline.system.rounding.digits), tidy(exact), "", base=base)


def _group_part(outline: Outline, unit: str, key: Key, group: IndicatorGroup, children: Sequence[Part]) -> Part:
    bonus = key in outline.bonus_keys
    applicable = any(child.score.applicable for child in children)
    base = _base(group, children)
    score = Score(
        unit=unit, key=key, points=None, full=None if bonus else base, value=None, reason=None, rate=None, met=None,
        applicable=applicable, trace=Trace(),
    )  # fmt: skip
    if group.aggregate == "全部达标":
        return _all_met(outline, group, children, score, base)
    scored = [child for child in children if child.points is not None]
    deducting = group.aggregate == "基础分扣减" and applicable
    if not scored and not deducting:
        return Part(None, None, ZERO, replace(score, full=None if bonus else group.points))
    start = (group.points or ZERO) if deducting else ZERO
    published = start + sum((child.points or ZERO for child in scored), ZERO)
    exact = start + sum((child.exact or ZERO for child in scored), ZERO)
    if deducting:
        steps = [f"基础分{show(start)}，{'扣' if published <= start else '加'}{show(abs(published - start))}"]
    else:
        steps = [f"各项合计{show(published)}"]
    published = _bounded(group, published, steps)
    return _finished(outline, score, published, _bounded(group, exact, []), base, steps)


def _base(group: IndicatorGroup, children: Sequence[Part]) -> Decimal:
    """What the unit could have had: what applies below, or the group's own weight where clauses only take from it."""
    if group.bonus or not any(child.score.applicable for child in children):
        return ZERO
    if group.aggregate == "求和":
        return sum((child.base for child in children), ZERO)
    return group.points or ZERO


def _all_met(outline: Outline, group: IndicatorGroup, children: Sequence[Part], score: Score, base: Decimal) -> Part:
    judged = [child for child in children if child.score.applicable]
    if not judged:
        return Part(None, None, ZERO, score)
    if any(child.score.pending for child in judged) and not any(child.score.met is False for child in judged):
        return Part(None, None, ZERO, replace(score, pending=True, trace=Trace(steps=("有的目标未到期，暂不计分",))))
    met = all(child.score.met for child in judged)
    unmet = [child.score.name for child in judged if not child.score.met]
    if met:
        points = exact = group.points or ZERO
        steps = ["各项均达标，按满分计"]
    else:
        scored = [child for child in judged if child.points is not None]
        points = sum((child.points or ZERO for child in scored), ZERO)
        exact = sum((child.exact or ZERO for child in scored), ZERO)
        rest = f"按各项得分之和{show(points)}计" if scored else "不得分"
        steps = [f"{'、'.join(unmet)}未达标，{rest}"]
    if group.points is None:
        return Part(None, None, ZERO, replace(score, met=met, trace=Trace(steps=tuple(steps[:1]))))
    part = _finished(outline, score, _bounded(group, points, steps), _bounded(group, exact, []), base, steps)
    return replace(part, score=replace(part.score, met=met))


def _bounded(group: IndicatorGroup, points: Decimal, steps: list[str]) -> Decimal:
    cap = group.cap if group.cap is not None else group.points
    floor = group.floor
    limited = group.bonus and group.points is not None  # 加分 without 分值 has no bounds of its own: 扣分 gets through
    if floor is None and (limited or group.aggregate == "基础分扣减"):
        floor = ZERO
    if cap is not None and points > cap:
        steps.append(f"{show(points)}分超过上限{show(cap)}分，按{show(cap)}分计")
        return cap
    if floor is not None and points < floor:
        steps.append(f"{show(points)}分低于下限{show(floor)}分，按{show(floor)}分计")
        return floor
    return points


def _finished(outline: Outline, score: Score, points: Decimal, exact: Decimal, base: Decimal, steps: list[str]) -> Part:
    rounding = outline.system.rounding
    points = round_half_up(points, rounding.digits) if rounding.place == "指标" else tidy(points)
    rate = points / score.full if score.full else None
    return Part(points, exact, base, replace(score, points=points, rate=rate, trace=Trace(steps=tuple(steps))))
