"""Tells a unit how it lost its points: figures, rules, ledger rows, and the cells that they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.reports import wording
from tongbao.reports.column import Column
from tongbao.reports.unit_views import 失分视图
from tongbao.scoring.decimals import with_minus
from tongbao.scoring.scoreboard import Score


def loss_view(column: Column, score: Score) -> 失分视图:
    """One lost indicator as a unit has to see it to check it."""
    return 失分视图(
        指标=column.name,
        上级="·".join(score.key[:-1]),
        体系=column.board.system.short or column.board.system.name,
        类型=column.kind,
        数值=wording.figure(score.value, column.leaf.shown_unit),
        组均="" if column.kind == "台账" else column.mean_text,
        满分=score.full,
        得分=None if score.points is None else wording.points(score.points),
        失分=wording.points(score.lost),
        评分标准=column.leaf.basis or "",
        依据=tuple(_reasons(column, score)),
        来源=_sources(score),
    )


def _reasons(column: Column, score: Score) -> Iterator[str]:
    """What a unit has to know to check the loss; every further step of the reckoning is in the score sheet."""
    trace = score.trace
    if trace.formula and trace.substituted != trace.formula:
        yield with_minus(trace.substituted)
    if trace.reference:
        yield f"组内最高{wording.figure(trace.reference.value, column.leaf.shown_unit)}（{trace.reference.unit}）"
    for event in trace.events:
        when = f"{event.day.month}月{event.day.day}日" if event.day else ""
        points = f"得{event.points:f}分" if column.kind == "评分" else f"扣{abs(event.points):f}分"
        yield f"{when}{event.matter}（{event.outcome or event.note or points}）"
    if column.kind == "达标" or not (trace.formula or trace.events):
        yield from trace.steps


def _sources(score: Score) -> tuple[str, ...]:
    """File, sheet and cells, each file and sheet named once."""
    origins = [each.origin for each in score.trace.inputs if each.origin]
    origins += [event.origin for event in score.trace.events]
    cells: dict[tuple[str, str], dict[str, None]] = {}
    for origin in origins:
        cells.setdefault((origin.file.rsplit("/", 1)[-1], origin.sheet), {})[origin.cell] = None
    return tuple(" ".join(filter(None, (*where, "、".join(found)))) for where, found in cells.items())
