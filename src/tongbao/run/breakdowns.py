"""Figures counted from cases by person, channel or month: for the office's own eyes, never part of a notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tongbao.errors import UsageError
from tongbao.period import Period
from tongbao.run.corrected import load_corrected
from tongbao.run.scores import canonical_unit
from tongbao.scoring.decimals import show
from tongbao.scoring.known import case_office
from tongbao.scoring.suggestions import did_you_mean

if TYPE_CHECKING:
    from tongbao.inputs.cases.counting import Line


@dataclass(frozen=True)
class BrokenDown:
    """A 分表 worked out.

    Attributes:
        name: of the 分表.
        by: what the figures are split by, after the unit.
        columns: the figures' names.
        lines: one row a unit and person, channel or month, in the order of the roster.
    """

    name: str
    by: tuple[str, ...]
    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    def rows(self) -> Sequence[tuple[str, ...]]:
        """As text, unit first; “—” where there is nothing to take the mean of."""
        return [
            (
                line.unit,
                *line.by,
                *("—" if (value := line.figures[name].value) is None else show(value) for name in self.columns),
            )
            for line in self.lines
        ]


def break_down(workspace: Path, period: Period, jurisdiction: str, name: str, unit: str | None) -> BrokenDown:
    """Work a 分表 out for all units, or for one.

    Raises:
        InvalidError: the definitions or the records are wrong.
        UsageError: no such jurisdiction, 分表 or unit.
    """
    from tongbao.inputs.cases.reader import read_breakdown

    scheme = load_corrected(workspace, jurisdiction)
    now = scheme.at(period)
    found = {each.name: (table, each) for table in now.contracts.cases for each in table.breakdowns}
    if name not in found:
        raise UsageError(f"{jurisdiction}的案卷表没有分表“{name}”。{did_you_mean(name, found)}")
    table, breakdown = found[name]
    wanted = None if unit is None else canonical_unit(now, unit)
    lines = read_breakdown(table, breakdown, case_office(workspace, scheme, period))
    columns = breakdown.columns or tuple(column.name for column in table.columns)
    kept = tuple(line for line in lines if wanted in {None, line.unit})
    return BrokenDown(name, breakdown.by, columns, kept)
