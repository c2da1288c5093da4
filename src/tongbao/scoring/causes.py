"""Why a total moved: the change of a unit's score taken apart into indicators, bounds and rounding, to the last point.

The parts always sum to the whole. What an indicator brought is its own change of points; where a group's cap, floor
or base let more or less of that through, the difference is told under the group's name; what scaling (折算) and
rounding did is told on its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from tongbao.scoring.decimals import exact_arithmetic, round_half_up
from tongbao.scoring.definition import IndicatorGroup, Leaf
from tongbao.scoring.scoreboard import Key, Score, Scoreboard, Standing

ZERO = Decimal(0)
ONE = Decimal(1)
DIGITS = 4
"""Digits that a part of a change is told with; what they leave is part of 取整."""

CauseKind = Literal["指标", "新增指标", "取消指标", "限额", "折算", "取整"]
_LAST = frozenset({"折算", "取整"})


@dataclass(frozen=True, slots=True)
class Cause:
    """One part of the change of a unit's total.

    Attributes:
        system: the system that the indicator belongs to; a part of a composite total is a system of its own.
        key: names down to the indicator or group; () for 折算 and 取整, which concern the whole.
        kind: an indicator (in both, only now, only before), the bounds or base of a group (限额), scaling to what
            applies (折算), or rounding (取整).
        change: points that it moved the total by.
        points: own points now, in its own system; None where nothing is scored.
        points_before: own points before.
        value: the figure now; None without one.
        value_before: the figure before.
        unit: how the figure is shown (%, 次); "" for a bare number.
        redefined: its definition is not the same on both sides.
    """

    system: str
    key: Key
    kind: CauseKind
    change: Decimal
    points: Decimal | None = None
    points_before: Decimal | None = None
    value: Decimal | str | None = None
    value_before: Decimal | str | None = None
    unit: str = ""
    redefined: bool = False

    @property
    def label(self) -> str:
        """What a table calls it: 评价办件覆盖度, 日常管理（限额）, 取整."""
        if not self.key:
            return self.kind
        return self.key[-1] if self.kind == "指标" else f"{self.key[-1]}（{self.kind}）"


@dataclass(frozen=True)
class Pair:
    """The same system on two boards: now and before, or under one definition and another."""

    now: Scoreboard
    before: Scoreboard

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Every indicator of either board, those of now first."""
        return tuple(dict.fromkeys((*self.now.order, *self.before.order)))

    @cached_property
    def added(self) -> tuple[Key, ...]:
        """Leaves that only the board of now has."""
        known = set(self.before.leaf_keys)
        return tuple(key for key in self.now.leaf_keys if key not in known)

    @cached_property
    def dropped(self) -> tuple[Key, ...]:
        """Leaves that only the board before had."""
        known = set(self.now.leaf_keys)
        return tuple(key for key in self.before.leaf_keys if key not in known)

    @cached_property
    def redefined(self) -> tuple[Key, ...]:
        """Leaves that both have, under different rules."""
        new, old = self.now.indicator_of, self.before.indicator_of
        return tuple(key for key in self.now.leaf_keys if key in old and old[key] != new[key])

    @cached_property
    def children(self) -> Mapping[Key, tuple[Key, ...]]:
        """What stands right below each group; below () the first level."""
        found: dict[Key, list[Key]] = {}
        for key in self.keys:
            found.setdefault(key[:-1], []).append(key)
        return {key: tuple(below) for key, below in found.items()}

    def kind(self, key: Key) -> CauseKind:
        """Whether an indicator stands on both boards or on one."""
        return "新增指标" if key in self.added else "取消指标" if key in self.dropped else "指标"

    @cached_property
    def bonus(self) -> frozenset[Key]:
        """First-level indicators whose points come on top of 满分."""
        boards = (self.now, self.before)
        found = (board.indicator_of.get(key) for board in boards for key in self.children.get((), ()))
        return frozenset((each.name,) for each in found if isinstance(each, IndicatorGroup) and each.bonus)

    def share(self, key: Key, parts: Mapping[str, Pair]) -> tuple[Pair, Decimal] | None:
        """The part that a leaf takes its points from, and how many of the leaf's points one of the part's is.

        None where the leaf is no plain share of a known part, or not the same one on both sides.
        """
        found = {_plain_share(board.indicator_of.get(key)) for board in (self.now, self.before)}
        if len(found) != 1 or (plain := found.pop()) is None or plain[0] not in parts:
            return None
        part = parts[plain[0]]
        full = {part.now.system.full, part.before.system.full}
        return (part, plain[1] / whole) if len(full) == 1 and (whole := full.pop()) else None


def _plain_share(leaf: object) -> tuple[str, Decimal] | None:
    if not isinstance(leaf, Leaf) or leaf.value.same_month is None or leaf.points is None:
        return None
    rule = leaf.scoring.proportional
    return (leaf.value.same_month, leaf.points) if rule is not None and rule.reference is None else None


def causes(pair: Pair, unit: str, parts: Mapping[str, Pair]) -> tuple[Cause, ...]:
    """Take the change of a unit's published total apart.

    Args:
        pair: the boards that rank the unit.
        unit: its name.
        parts: the systems that a composite builds on, by name; without one its share is told as a whole.

    Returns:
        The parts, the largest first, 折算 and 取整 last; their changes sum to the total's. Empty where one of the
        boards has no total for the unit.
    """
    with exact_arithmetic():
        found = _Reckoning(unit, parts).whole(pair)
    return tuple(sorted(found, key=lambda cause: (cause.kind in _LAST, -abs(cause.change))))


@dataclass(frozen=True, slots=True)
class _Reckoning:
    unit: str
    parts: Mapping[str, Pair]

    def whole(self, pair: Pair) -> list[Cause]:
        """All parts of one system's total, rounding included."""
        after, earlier = (board.standing_of.get(self.unit) for board in (pair.now, pair.before))
        if after is None or earlier is None or after.total is None or earlier.total is None:
            return []
        tops = pair.children.get((), ())
        scale, scale_before = self.scale(pair, pair.now), self.scale(pair, pair.before)
        found = list(self.tasks(pair, after, earlier))
        for key in tops:
            factor = ONE if key in pair.bonus else scale_before
            found += (replace(cause, change=cause.change * factor) for cause in self.below(pair, key))
        if scale != scale_before:
            regular = sum((self.points(pair.now, key) for key in tops if key not in pair.bonus), ZERO)
            found.append(Cause(pair.now.system.name, (), "折算", regular * (scale - scale_before)))
        rounded = (replace(cause, change=round_half_up(cause.change, DIGITS)) for cause in found)
        told = [cause for cause in rounded if cause.change and cause != self.rounding(pair, cause.change)]
        rest = after.total - earlier.total - sum((cause.change for cause in told), ZERO)
        if abs(rest) > Decimal(len(tops) + 1).scaleb(-pair.now.system.rounding.digits):  # two ways of adding up
            return [*told, replace(self.rounding(pair, rest), kind="折算")]
        return [*told, self.rounding(pair, rest)] if rest else told

    def tasks(self, pair: Pair, after: Standing, earlier: Standing) -> Iterator[Cause]:
        """任务完成率 by its tasks: each with what it moved the share of tasks done that are due.

        A task is worth what it brings beyond the share itself, against the tasks due on average of both sides; so a
        task that is newly due and not done costs something, and all of them sum exactly to the change.
        """
        now, before = after.progress, earlier.progress
        both = pair.now.system.aggregate == pair.before.system.aggregate == "任务完成率"
        if not both or now is None or before is None or not now.due or not before.due:
            return
        share = (Decimal(now.done) / now.due + Decimal(before.done) / before.due) / 2
        worth = (pair.now.system.full or ZERO) * 2 / (now.due + before.due)
        for key in (key for key in pair.keys if key not in pair.children):
            new, old = (score.progress if score else None for score in self.scores(pair, key))
            done = (new.done if new else 0) - (old.done if old else 0)
            due = (new.due if new else 0) - (old.due if old else 0)
            words = [None if progress is None else progress.words for progress in (new, old)]
            for cause in self.told(pair, key, pair.kind(key), (done - share * due) * worth):
                yield replace(cause, value=words[0], value_before=words[1])

    @staticmethod
    def rounding(pair: Pair, change: Decimal) -> Cause:
        """What rounding did to the total; told once."""
        return Cause(pair.now.system.name, (), "取整", change)

    def scale(self, pair: Pair, board: Scoreboard) -> Decimal:
        """How many points of the total a point of an indicator is: 1, or 满分 by what applies (R18)."""
        exact = board.standing_of[self.unit].exact
        if board.system.aggregate != "按适用分值折算" or exact is None:
            return ONE
        points = {key: self.points(board, key) for key in pair.children[()]}
        extra = sum((found for key, found in points.items() if key in pair.bonus), ZERO)
        regular = sum(points.values(), ZERO) - extra
        return (exact - extra) / regular if regular else ONE

    def below(self, pair: Pair, key: Key) -> Iterator[Cause]:
        """The parts of one indicator's change: of a group, its children's and what its bounds kept or gave."""
        change = self.points(pair.now, key) - self.points(pair.before, key)
        if key not in pair.children:
            yield from self.leaf(pair, key, change)
            return
        for child in pair.children[key]:
            yield from self.below(pair, child)
            change -= self.points(pair.now, child) - self.points(pair.before, child)
        yield from self.told(pair, key, "限额", change)

    def leaf(self, pair: Pair, key: Key, change: Decimal) -> Iterator[Cause]:
        share = pair.share(key, self.parts)
        if share is not None and (inner := self.whole(share[0])):
            for cause in inner:
                part = replace(cause, change=cause.change * share[1])
                yield part
                change -= part.change
            dust = Decimal(1).scaleb(-pair.now.system.rounding.digits)
            if abs(change) > dust:
                yield from self.told(pair, key, "限额", change)
            elif change:
                yield self.rounding(pair, change)
        else:
            yield from self.told(pair, key, pair.kind(key), change)

    def told(self, pair: Pair, key: Key, kind: CauseKind, change: Decimal) -> Iterator[Cause]:
        if not change:
            return
        new, old = self.scores(pair, key)
        leaf = pair.now.indicator_of.get(key) or pair.before.indicator_of.get(key)
        yield Cause(
            system=pair.now.system.name,
            key=key,
            kind=kind,
            change=change,
            points=new.points if new else None,
            points_before=old.points if old else None,
            value=new.value if new else None,
            value_before=old.value if old else None,
            unit=leaf.shown_unit if isinstance(leaf, Leaf) else "",
            redefined=key in pair.redefined,
        )

    def scores(self, pair: Pair, key: Key) -> tuple[Score | None, Score | None]:
        return self.score(pair.now, key), self.score(pair.before, key)

    def score(self, board: Scoreboard, key: Key) -> Score | None:
        return board.scores.get(self.unit, {}).get(key)

    def points(self, board: Scoreboard, key: Key) -> Decimal:
        score = self.score(board, key)
        return ZERO if score is None or score.points is None else score.points
