"""Reads a group's scoreboards for the text: problems by points lost, strengths, weaknesses, changes.

A reason given for 表扬 or 批评 is always a figure of an indicator that stands in the annex.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from tongbao.inputs.roster import Group
from tongbao.reports import wording
from tongbao.reports.column import Column
from tongbao.reports.composite import Composite, points_text, with_points
from tongbao.reports.definition import Report
from tongbao.reports.group_views import 指标视图, 组视图, 问题视图
from tongbao.reports.losses import loss_view
from tongbao.reports.shares import share_views
from tongbao.reports.standouts import strengths, weaknesses
from tongbao.reports.task_views import progress_view
from tongbao.reports.trend import group_trend, unit_trend
from tongbao.reports.unit_views import 单位视图, 失分视图
from tongbao.scoring.comparison import Comparison, compare_boards
from tongbao.scoring.scoreboard import Key, Score, Scoreboard, Standing

PARTS_SHOWN = 12
KEYS_SHOWN = 10
HIGHLIGHTS_SHOWN = 3
SHORTFALLS_SHOWN = 2
LEADS_SHOWN = 2
LAST_YEAR = "上年同期"


@dataclass(frozen=True)
class GroupResult:
    """A group with its board, the boards that the board is composed of, and the boards of earlier months.

    Attributes:
        earlier: boards of the months before without a gap, latest first, for 环比 and 连续.
        past: boards of all earlier months, for the picture of the last twelve.
        year_ago: board of the same month of last year, for 同比; None without one.
    """

    group: Group
    board: Scoreboard
    parts: tuple[Scoreboard, ...]
    earlier: tuple[Scoreboard, ...]
    past: tuple[Scoreboard, ...]
    report: Report
    year_ago: Scoreboard | None = None

    @cached_property
    def short(self) -> str:
        """What running text calls the group."""
        return self.group.short or self.group.name

    @property
    def prorated(self) -> bool:
        """Whether totals are scaled to what applies to each unit."""
        return self.board.system.aggregate == "按适用分值折算"

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The group's ranked units, best first."""
        return tuple(each for each in self.board.standings if each.group == self.group.name and each.rank is not None)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every leaf of every part, in the order of the definitions."""
        units = [unit.name for unit in self.group.units]
        return tuple(
            Column(part, key, leaf, tuple(part.scores[unit][key] for unit in units if key in part.scores.get(unit, {})))
            for part in self.parts
            for key, leaf in part.system.leaves()
        )

    @cached_property
    def problems(self) -> tuple[Column, ...]:
        """The indicators that cost the group most, each part of a composite giving its share of them.

        Points of a part are not points of another, so that they are compared only within their part.
        """
        share = -(-self.report.problems // len(self.parts))
        chosen: list[Column] = []
        for part in self.parts:
            losing = [column for column in self.columns if column.board is part and column.lost > 0]
            chosen += sorted(losing, key=lambda column: -column.lost)[:share]
        return tuple(chosen)

    @cached_property
    def key_columns(self) -> tuple[Column, ...]:
        """The indicators whose figures stand in the annex: the report's own choice and the problems."""
        chosen = [column for column in self.columns if column.leaf.name in self.report.key_indicators]
        chosen += [column for column in self.problems if column not in chosen and column.kind != "台账"]
        return tuple(column for column in self.columns if column in chosen[:KEYS_SHOWN])

    @cached_property
    def part_keys(self) -> tuple[tuple[Scoreboard, Key, str], ...]:
        """Columns of the score table: totals of the parts of a composite, and first-level indicators."""
        keys: list[tuple[Scoreboard, Key, str]] = []
        if self.parts != (self.board,):
            keys += [
                (self.board, key, with_points(leaf.short or leaf.name, leaf.points))
                for key, leaf in self.board.system.leaves()
            ]
        for part in self.parts:
            keys += [
                (part, (each.name,), with_points(each.short or each.name, each.points))
                for each in part.system.indicators
            ]
        return tuple(keys) if len(keys) <= PARTS_SHOWN else ()

    @cached_property
    def composite(self) -> Composite:
        """What the total is made of, where it builds on other systems."""
        return Composite(self.board)

    @cached_property
    def comparison(self) -> Comparison:
        """This month's board against the last one's."""
        return compare_boards(self.board, self.earlier[0] if self.earlier else None)

    @cached_property
    def year_on_year(self) -> Comparison:
        """This month's board against that of the same month of last year."""
        return compare_boards(self.board, self.year_ago)

    @cached_property
    def problem_views(self) -> tuple[问题视图, ...]:
        """The problems as templates see them."""
        return tuple(column.problem(self.short) for column in self.problems)

    @cached_property
    def overview(self) -> tuple[指标视图, ...]:
        """Every indicator as templates see it."""
        return tuple(column.overview() for column in self.columns)

    def view(self) -> 组视图:
        """The group as templates see it."""
        system = self.board.system
        change = self.comparison.groups[self.group.name]
        yearly = self.year_on_year.groups[self.group.name]
        since = f"{self.earlier[0].period.month}月" if self.earlier else ""
        return 组视图(
            名称=self.group.name,
            简称=self.short,
            得分名称=system.label,
            得分单位=system.measure,
            满分=system.full,
            折算=self.prorated,
            单位=tuple(self._unit(standing) for standing in self.standings),
            未排名=tuple(e.unit for e in self.board.standings if e.group == self.group.name and e.rank is None),
            平均分=change.mean,
            上期平均分=change.mean_before,
            环比=wording.change_words(change.change, system.measure, since),
            上年平均分=yearly.mean_before,
            同比=wording.change_words(yearly.change, system.measure, LAST_YEAR),
            构成=self.composite.part_names,
            各月=tuple(words for _, _, words in self.composite.months),
            分项=tuple(name for _, _, name in self.part_keys),
            重点指标=tuple(column.name for column in self.key_columns),
            指标=self.overview,
            问题=self.problem_views,
            进展=progress_view((each.unit, each.progress) for each in self._counted),
            趋势=group_trend(self.group.name, self.board, self.past),
            占比图=tuple(share_views(self.report.share_pictures, self.columns, [each.unit for each in self.standings])),
        )

    def _unit(self, standing: Standing) -> 单位视图:
        unit = standing.unit
        change, yearly = self.comparison.units[unit], self.year_on_year.units[unit]
        rank, total = standing.rank, standing.total
        assert rank is not None and total is not None  # noqa: S101, PT018  # standings holds ranked units only
        return 单位视图(
            名称=unit,
            组=self.short,
            得分=total,
            得分文字=f"{self.board.system.label}{total}{self.board.system.measure}",
            得分名称=self.board.system.label,
            得分单位=self.board.system.measure,
            名次=rank,
            参评数=standing.peers,
            上期得分=change.total_before,
            上期名次=change.rank_before,
            上年得分=yearly.total_before,
            上年名次=yearly.rank_before,
            同比=wording.change_words(yearly.change, self.board.system.measure, LAST_YEAR),
            适用分值=standing.base,
            分项得分=tuple(self._part_points(board.scores.get(unit, {}).get(key)) for board, key, _ in self.part_keys),
            构成得分=self.composite.part_points(unit),
            各月得分=self.composite.month_totals(unit),
            重点数值=tuple(column.figure(unit) for column in self.key_columns),
            指标状态=tuple(column.status(unit) for column in self.columns),
            亮点=self._highlights(standing),
            短板=self._shortfalls(unit),
            失分=self._losses(unit),
            进展=progress_view([(unit, standing.progress)]) if self.board.counts_tasks else None,
            任务=tuple(task for column in self.columns for task in column.tasks(unit)),
            优势=strengths(unit, self.columns, self.board, self.key_columns),
            劣势=weaknesses(unit, self.columns, self.board, self.key_columns),
            趋势=unit_trend(unit, self.board, self.past),
        )

    @property
    def _counted(self) -> tuple[Standing, ...]:
        """The group's units where the system counts tasks."""
        group = self.group.name
        return tuple(each for each in self.board.standings if each.group == group and self.board.counts_tasks)

    def _part_points(self, score: Score | None) -> str:
        """Points of a part; of how many that apply where units do not all have the same indicators."""
        if not self.prorated or score is None or score.points is None or score.full is None:
            return points_text(score)
        return f"{points_text(score)}/{score.full.normalize():f}"

    def _highlights(self, standing: Standing) -> tuple[str, ...]:
        phrases: list[str] = []
        scores = [score for column in self.columns if (score := column.of(standing.unit))]
        met = [score.met for score in scores if score.met is not None or (score.pending and score.full)]
        boards = (self.board, *self.earlier)
        first = list(takewhile(lambda b: (s := b.standing_of.get(standing.unit)) is not None and s.rank == 1, boards))
        if len(first) > 1:
            phrases.append(f"连续{len(first)}个月位列{self.short}第1位")
        if len(met) > 1 and all(met):
            phrases.append(f"承担的{len(met)}项任务全部达标")
        chosen = [column for column in self.key_columns if column.leaf.name in self.report.key_indicators]
        full = [column.name for column in chosen if column.perfect(standing.unit)][:HIGHLIGHTS_SHOWN]
        if full:
            phrases.append(f"{'、'.join(full)}{'均' if len(full) > 1 else ''}为100%")
        return tuple(phrases or self._leads(standing.unit))

    def _leads(self, unit: str) -> list[str]:
        """Where nothing else speaks for a unit: the figures of the annex that put it furthest ahead of its group."""
        ahead = [(points, column) for column in self.key_columns if (points := column.ahead(unit) or 0) > 0]
        ahead.sort(key=lambda each: -each[0])
        phrases = (column.lead(score, self.short) for _, column in ahead if (score := column.of(unit)) is not None)
        return [phrase for phrase in phrases if phrase][:LEADS_SHOWN]

    def _shortfalls(self, unit: str) -> tuple[str, ...]:
        losing = [(column, score) for column in self.key_columns if (score := column.of(unit)) and score.lost > 0]
        losing.sort(key=lambda each: -each[1].lost)
        phrases = (column.shortfall(score, self.short) for column, score in losing)
        return tuple([phrase for phrase in phrases if phrase][:SHORTFALLS_SHOWN])

    def _losses(self, unit: str) -> tuple[失分视图, ...]:
        losses = [
            loss_view(column, score)
            for column in self.columns
            if (score := column.of(unit)) is not None and score.lost > 0
        ]
        return tuple(sorted(losses, key=lambda loss: -loss.失分))


def overall(results: Sequence[GroupResult]) -> tuple[GroupResult, ...]:
    """Bring groups together that one system scores, so that a problem of the whole city is told once."""
    merged: dict[str, list[GroupResult]] = {}
    for result in results:
        merged.setdefault(result.board.system.name, []).append(result)
    return tuple(same[0] if len(same) == 1 else replace(same[0], group=_all_together(same)) for same in merged.values())


def _all_together(results: Sequence[GroupResult]) -> Group:
    units = tuple(unit for result in results for unit in result.group.units)
    return Group.model_validate({"名称": results[0].report.whole, "单位": units})
