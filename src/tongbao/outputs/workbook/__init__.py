"""得分明细.xlsx: the sheet that answers the unit that asks “为什么扣了我的分”, down to the cell of its own table."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time

from tongbao.ooxml.package import dated
from tongbao.outputs.workbook.places import stability_sheet
from tongbao.outputs.workbook.sheets import events, evidence, points, ranking, sources
from tongbao.outputs.workbook.statistics import statistics_sheet
from tongbao.outputs.workbook.trend import trend_sheet
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.stability import Stability


def write(
    boards: Sequence[Scoreboard],
    previous: Sequence[Scoreboard] = (),
    title: str = "",
    created: date | None = None,
    stability: Sequence[Stability] = (),
    past: Sequence[Scoreboard] = (),
) -> bytes:
    """Write every result with everything that explains it; the same boards give the same bytes.

    Args:
        boards: the systems that the notice reports on, in its order.
        previous: the month before, for changes of points and places; matched by the system's name.
        title: the notice's title, for the file's properties.
        created: the day that the file claims to be from; default: the last day of the latest period.
        stability: how much each ranking depends on its weights; for the office's own eyes, never in a notice.
        past: boards of all earlier months, for the sheet of the last twelve.

    Returns:
        The workbook.

    Raises:
        OutputError: a text cannot stand in a workbook.
    """
    from openpyxl import Workbook

    sheets = (
        ranking(boards, previous),
        *points(boards),
        evidence(boards),
        sources(boards),
        events(boards),
        statistics_sheet(boards),
        *([trend] if (trend := trend_sheet(boards, past)) else ()),
        *([stability_sheet(stability)] if stability else ()),
    )
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        sheet.write(workbook)
    day = created or max((board.period.last_day for board in boards), default=date(2000, 1, 1))
    workbook.properties.title = title or None
    workbook.properties.creator = "tongbao"
    workbook.properties.created = datetime.combine(day, time())
    stream = io.BytesIO()
    workbook.save(stream)
    return dated(stream.getvalue(), day)
