"""统计: where a group stands on an indicator, so that a unit sees at a glance whether it was hard for all."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from tongbao.outputs.workbook.cells import Column, Sheet
from tongbao.outputs.workbook.sheets import scored_keys
from tongbao.scoring.decimals import round_half_up
from tongbao.scoring.scoreboard import Key, Scoreboard

if TYPE_CHECKING:
    import pandas as pd

_TOTAL = "总分"
_DIGITS = 4


def statistics_sheet(boards: Sequence[Scoreboard]) -> Sheet:
    """统计: mean, median, highest and lowest points by group and indicator; who got none is not counted as 0."""
    figure = "0.00##"
    columns = (
        Column("体系", 28), Column("组", 16), Column("指标", 36), Column("上级指标", 36), Column("单位数", 8),
        Column("满分", 8, "0.####"), Column("平均分", 10, figure), Column("中位数", 10, figure),
        Column("最高分", 10, figure), Column("最低分", 10, figure), Column("平均得分率", 11, "0.00%"),
    )  # fmt: skip
    sheet = Sheet("统计", columns, freeze="D2")
    for board in boards:
        full = {key: indicator.points for key, indicator in board.indicator_of.items()}
        full[_TOTAL,] = board.system.full
        groups = list(dict.fromkeys(standing.group for standing in board.standings))
        found = summary(board)
        for group in groups:
            for key in ((_TOTAL,), *scored_keys(board)):
                if (group, key) not in found.index:
                    continue
                line = found.loc[[(group, key)]].iloc[0]
                mean = round_half_up(line["mean"], _DIGITS)
                points = full.get(key)
                sheet.row(
                    (
                        board.system.name, group, key[-1], " / ".join(key[:-1]), int(line["count"]), points, mean,
                        round_half_up(line["median"], _DIGITS), line["max"], line["min"],
                        round_half_up(line["mean"] / points, _DIGITS) if points else None,
                    )
                )  # fmt: skip
    return sheet


def frame(board: Scoreboard) -> pd.DataFrame:
    """All points in long form, for a clerk's own evaluations: columns group, unit, key, points (decimals)."""
    import pandas as pd

    rows: list[tuple[str, str, Key, Decimal | None]] = [
        (standing.group, standing.unit, (_TOTAL,), standing.total) for standing in board.standings
    ]
    rows += [
        (standing.group, standing.unit, score.key, score.points)
        for standing in board.standings
        if standing.unit in board.scores
        for score in board.scores[standing.unit].values()
    ]
    table = pd.DataFrame(rows, columns=["group", "unit", "key", "points"]).astype({"points": object, "key": object})
    return table[table["points"].map(lambda points: isinstance(points, Decimal))]


def summary(board: Scoreboard) -> pd.DataFrame:
    """Count, mean, median, max and min of the points by group and indicator, computed on decimals, not floats."""
    grouped = frame(board).groupby(["group", "key"], sort=False)["points"]
    return grouped.agg(["count", statistics.mean, statistics.median, "max", "min"])
