"""优势和劣势: the indicators that set a unit apart from its group, by the points they give or cost it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from tongbao.reports import wording
from tongbao.reports.column import Column
from tongbao.reports.context_views import 对比视图
from tongbao.scoring.scoreboard import Scoreboard

SHOWN = 3


def strengths(
    unit: str, columns: Sequence[Column], board: Scoreboard, in_annex: Collection[Column]
) -> tuple[对比视图, ...]:
    """Where a unit is furthest above the group's mean; a clause that only deducts is no merit of those it spares."""
    chosen = [column for column in columns if not column.only_deducts]
    return _standouts(unit, chosen, board, in_annex, sign=1)


def weaknesses(
    unit: str, columns: Sequence[Column], board: Scoreboard, in_annex: Collection[Column]
) -> tuple[对比视图, ...]:
    """Where a unit is furthest below the group's mean."""
    return _standouts(unit, columns, board, in_annex, sign=-1)


def _standouts(
    unit: str, columns: Sequence[Column], board: Scoreboard, in_annex: Collection[Column], *, sign: int
) -> tuple[对比视图, ...]:
    """Sorted by what they weigh in the total that ranks the unit: a point of a part may be less than one of it."""
    worth = {part.system.name: _worth(board, part) for part in (column.board for column in columns)}
    apart = [(column, ahead) for column in columns if (ahead := column.ahead(unit)) is not None and ahead * sign > 0]
    apart.sort(key=lambda each: -sign * each[1] * worth[each[0].board.system.name])
    return tuple(_view(unit, column, ahead, in_annex) for column, ahead in apart[:SHOWN])


def _view(unit: str, column: Column, ahead: Decimal, in_annex: Collection[Column]) -> 对比视图:
    score, mean = column.of(unit), column.mean_points
    points = score.points if score is not None else None
    return 对比视图(
        指标=column.name,
        体系=column.board.system.short or column.board.system.name,
        数值="—" if score is None else wording.figure(score.value, column.leaf.shown_unit),
        组均="" if column.kind == "台账" else column.mean_text,
        得分=wording.points(points or Decimal(0)),
        组均得分=wording.points(mean or Decimal(0)),
        差=ahead,
        在附件=column in in_annex,
    )


def _worth(board: Scoreboard, part: Scoreboard) -> Decimal:
    """Points of the board for one point of a part."""
    for _, leaf in board.system.leaves():
        composed = leaf.value.system is not None and leaf.value.system.name == part.system.name
        if composed and leaf.points is not None and part.system.full:
            return leaf.points / part.system.full
    return Decimal(1)
