"""趋势: every unit's total month by month, with a picture of each group's mean that Excel can go on with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tongbao.outputs.workbook.cells import Column, Picture, Sheet, Shown
from tongbao.outputs.workbook.sheets import point_format
from tongbao.reports.trend import months
from tongbao.scoring.comparison import group_mean
from tongbao.scoring.scoreboard import Scoreboard

_NAMES = 3  # columns before the months


def trend_sheet(boards: Sequence[Scoreboard], past: Sequence[Scoreboard]) -> Sheet | None:
    """One row a unit, below the mean of its group; a month without a total stays empty. None without a past."""
    stretches = {
        board.system.name: dict(months(board, [each for each in past if each.system.name == board.system.name]))
        for board in boards
    }
    periods = sorted({period for stretch in stretches.values() for period in stretch})
    if len(periods) <= 1:
        return None
    columns = (
        Column("体系", 28), Column("组", 14), Column("单位", 24), *(Column(str(period), 10) for period in periods),
    )  # fmt: skip
    sheet = Sheet("趋势", columns, freeze="D2")
    means: dict[int, str] = {}
    for board in boards:
        shown = [stretches[board.system.name].get(period) for period in periods]
        form = point_format(board)
        for group in dict.fromkeys(standing.group for standing in board.standings):
            found = (None if each is None else group_mean(each, group) for each in shown)
            row = sheet.row((board.system.name, group, "平均", *(Shown(mean, form) for mean in found)))
            means[row] = f"{board.system.short or board.system.name} {group}"
            for unit in (standing.unit for standing in board.standings if standing.group == group):
                totals = (Shown(_total(each, unit), form) for each in shown)
                sheet.row((board.system.name, group, unit, *totals))
    sheet.picture = Picture("各组平均", means, _NAMES + 1, len(periods))
    return sheet


def _total(board: Scoreboard | None, unit: str) -> Decimal | None:
    standing = board.standing_of.get(unit) if board else None
    return standing.total if standing else None
