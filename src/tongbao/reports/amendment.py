"""更正: what granted appeals changed in an issued notice, unit by unit and indicator by indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tongbao.inputs.corrections import Correction
from tongbao.reports import wording
from tongbao.reports.amendment_views import 得分更正视图, 指标更正视图, 数据更正视图
from tongbao.reports.evaluation import GroupResult
from tongbao.reports.variables import 通报变量


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a 更正 is about, besides the scores as they are now.

    Attributes:
        original: the issued notice's 发文字号.
        before: the groups as they were issued.
        corrections: the figures that were put right since.
        lapsed: measures that were issued and no longer have grounds, as (measure, unit).
    """

    original: str
    before: Sequence[GroupResult]
    corrections: Sequence[Correction]
    lapsed: Sequence[tuple[str, str]]

    def told(self, variables: 通报变量, after: Sequence[GroupResult]) -> 通报变量:
        """The variables of the notice, with what is to be said of the change."""
        pairs = list(zip(self.before, after, strict=True))
        return replace(
            variables,
            原文号=self.original,
            更正数据=tuple(
                数据更正视图(each.unit, each.table, each.field, each.before, each.after, each.basis.partition("（")[0])
                for each in self.corrections
            ),
            更正得分=tuple(view for before, now in pairs for view in _scores(before, now)),
            更正指标=tuple(view for before, now in pairs for view in _indicators(before, now)),
            更正措施=tuple(self.lapsed),
        )


def _scores(before: GroupResult, after: GroupResult) -> Iterator[得分更正视图]:
    was = before.board.standing_of
    for now in after.board.standings:
        old = was.get(now.unit)
        if now.group == after.group.name and old is not None and (old.total, old.rank) != (now.total, now.rank):
            yield 得分更正视图(now.unit, after.short, old.total, now.total, old.rank, now.rank)


def _indicators(before: GroupResult, after: GroupResult) -> Iterator[指标更正视图]:
    columns = {(column.board.system.name, column.key): column for column in before.columns}
    for column in after.columns:
        old = columns[column.board.system.name, column.key]
        for unit in (each.name for each in after.group.units):
            then, now = old.of(unit), column.of(unit)
            if then is None or now is None or (then.points, then.value) == (now.points, now.value):
                continue
            figures = old.figure(unit), column.figure(unit)
            yield 指标更正视图(unit, column.name, *figures, _points(then.points), _points(now.points))


def _points(points: Decimal | None) -> str:
    return "—" if points is None else f"{wording.points(points):f}"
