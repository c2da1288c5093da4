"""One indicator over the units of a group: its mean, who lost on it, and how the text speaks of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from tongbao.reports import wording
from tongbao.reports.group_views import 指标视图, 问题单位视图, 问题视图
from tongbao.reports.task_views import progress_view, tasks_of, 任务视图
from tongbao.scoring.decimals import round_half_up
from tongbao.scoring.definition import Leaf
from tongbao.scoring.scoreboard import Key, Score, Scoreboard

WORST_SHOWN = 3
TIED_SHOWN = 10
_COMPARISONS = {">=": "不低于", "<=": "不高于", ">": "高于", "<": "低于", "=": "等于"}
_REFERENCE = re.compile(r"\[[^.\]]*\.([^\]]*)\]")


@dataclass(frozen=True)
class Column:
    """One indicator of one of the group's systems, with every unit's score on it."""

    board: Scoreboard
    key: Key
    leaf: Leaf
    scores: tuple[Score, ...]

    @cached_property
    def mean(self) -> Decimal | None:
        """Mean of the figures of the units that it applies to; None where values are no figures."""
        values = [score.value for score in self.scores if score.applicable and isinstance(score.value, Decimal)]
        return sum(values, Decimal(0)) / len(values) if values else None

    @cached_property
    def mean_text(self) -> str:
        """The mean as printed; "" without one."""
        return "" if self.mean is None else wording.figure(self.mean, self.leaf.shown_unit)

    @cached_property
    def lost(self) -> Decimal:
        """Points that the whole group lost here."""
        return sum((score.lost for score in self.scores), Decimal(0))

    @cached_property
    def mean_points(self) -> Decimal | None:
        """Mean of the points of those who are scored here; None where nobody is."""
        points = [score.points for score in self.scores if score.applicable and score.points is not None]
        return sum(points, Decimal(0)) / len(points) if points else None

    def ahead(self, unit: str) -> Decimal | None:
        """Points that the unit has above the group's mean (negative: below), as printed; None where not scored."""
        score = self.of(unit)
        if score is None or not score.applicable or score.points is None or self.mean_points is None:
            return None
        return wording.points(score.points) - wording.points(self.mean_points)

    @property
    def name(self) -> str:
        """What running text and table heads call it."""
        return self.leaf.short or self.leaf.name

    @property
    def only_deducts(self) -> bool:
        """Whether it is a clause of a ledger that takes points and gives none."""
        return self.leaf.scoring.per_event is not None and self.leaf.scoring.per_event.off is not None

    @property
    def kind(self) -> str:
        """How the text speaks of it."""
        if self.leaf.scoring.per_event:
            return "台账"
        if self.leaf.scoring.target:
            return "达标"
        if self.leaf.value.task:
            return "任务"
        return "比率" if self.leaf.shown_unit == "%" else "评分"

    @property
    def target(self) -> str:
        """不低于98%, 不高于3个; "" where there is no target."""
        if not self.leaf.scoring.target:
            return ""
        target = self.leaf.scoring.target
        measure = (self.leaf.unit or "") if target.target[-1].isdigit() else ""
        return _COMPARISONS[target.comparison] + _REFERENCE.sub(r"\1", target.target) + measure

    @property
    def deadline(self) -> date | None:
        """By when the target or task is due; None where nobody sets a date, or units have dates of their own."""
        if self.leaf.value.task is not None:
            days = {event.due for score in self.scores for event in score.trace.events if event.counted}
            return days.pop() if len(days) == 1 else None
        return self.leaf.scoring.target.deadline if self.leaf.scoring.target else None

    def perfect(self, unit: str) -> bool:
        """Whether the unit reached 100% where not everybody did."""
        score = self.of(unit)
        return (
            self.leaf.shown_unit == "%"
            and self.mean != 1
            and score is not None
            and score.applicable
            and score.value == 1
        )

    def shortfall(self, score: Score, group: str) -> str:
        """How far a unit is behind, in words; "" where the figure is no worse than the group's mean."""
        name, unit = self.name, self.leaf.shown_unit
        if self.kind == "达标":
            return f"{name}为{wording.figure(score.value, unit)}（目标{self.target}）"
        gap = self._above(score)
        if not gap or gap > 0:
            return ""
        return f"{name}仅{wording.figure(score.value, unit or '分')}、低于{group}平均水平{-gap}{self._measure}"

    def lead(self, score: Score, group: str) -> str:
        """How far a unit is ahead, in words; "" where the figure is no better than the group's mean."""
        gap = self._above(score)
        if not gap or gap < 0 or self.leaf.value.ledger:
            return ""
        figure = wording.figure(score.value, self.leaf.shown_unit or "分")
        return f"{self.name}为{figure}、高于{group}平均水平{gap}{self._measure}"

    def _above(self, score: Score) -> Decimal | None:
        """The figure less the group's mean, as printed; None where there is nothing to compare."""
        if not score.applicable or not isinstance(score.value, Decimal) or self.mean is None:
            return None
        scale = 100 if self.leaf.shown_unit == "%" else 1
        return round_half_up(score.value * scale, 2) - round_half_up(self.mean * scale, 2)

    @property
    def _measure(self) -> str:
        """What a difference of figures is measured in."""
        return "个百分点" if self.leaf.shown_unit == "%" else self.leaf.shown_unit or "分"

    def of(self, unit: str) -> Score | None:
        """The unit's score; None where the system does not know the unit."""
        return self._by_unit.get(unit)

    @cached_property
    def _by_unit(self) -> dict[str, Score]:
        return {score.unit: score for score in self.scores}

    def figure(self, unit: str) -> str:
        """The unit's figure as the annex prints it."""
        score = self.of(unit)
        if score is None or not score.applicable:
            return "—"
        return score.status or wording.figure(score.value, self.leaf.shown_unit)

    def status(self, unit: str) -> str:
        """√ met, × not met, ○ not met and not due yet, — no target for this unit."""
        score = self.of(unit)
        if score is not None and score.pending:
            return "○"
        if score is None or not score.applicable or score.met is None:
            return "—"
        return "√" if score.met else "×"

    def tasks(self, unit: str) -> tuple[任务视图, ...]:
        """The unit's tasks under this indicator."""
        score = self.of(unit)
        if score is None or score.progress is None:
            return ()
        return tuple(tasks_of(score, self.leaf.code or "", self.name, self.leaf.basis or "", self.deadline))

    def overview(self) -> 指标视图:
        """The indicator over all units."""
        due = [score for score in self.scores if score.applicable and score.met is not None]
        return 指标视图(
            编号=self.leaf.code or "",
            名称=self.name,
            目标=self.target,
            平均=self.mean_text or "—",
            应达标数=len(due),
            达标数=sum(score.met is True for score in due),
            未达标=tuple(score.unit for score in due if not score.met),
            未到期=tuple(score.unit for score in self.scores if score.pending),
            截止=wording.day_words(deadline) if (deadline := self.deadline) else "",
            进展=progress_view((score.unit, score.progress) for score in self.scores)
            if self.board.counts_tasks
            else None,
        )

    def problem(self, group: str) -> 问题视图:
        """The indicator as a problem of a group."""
        losers = sorted((score for score in self.scores if score.lost > 0), key=lambda score: -score.lost)
        return 问题视图(
            指标=self.name,
            组=group,
            平均=self.mean_text,
            类型=self.kind,
            失分单位数=len(losers),
            失分合计=wording.points(self.lost),
            失分最多=tuple(
                问题单位视图(score.unit, wording.points(score.lost), wording.figure(score.value, self.leaf.shown_unit))
                for score in _worst(losers)
            ),
            目标=self.target,
        )


def _worst(losers: Sequence[Score]) -> Sequence[Score]:
    """Those who lost most, never cutting through a tie: units that lost the same are named together or not at all."""
    if len(losers) <= WORST_SHOWN:
        return losers
    bar = losers[WORST_SHOWN - 1].lost
    tied = [score for score in losers if score.lost >= bar]
    return tied if len(tied) <= TIED_SHOWN else [score for score in losers if score.lost > bar]
