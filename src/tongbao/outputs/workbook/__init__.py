"""得分明细.xlsx: the sheet that answers the unit that asks “为什么扣了我的分”, down to the cell of its own table."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time

from tongbao.outputs.package import repack
from tongbao.outputs.workbook.sheets import events, evidence, points, ranking, sources
from tongbao.outputs.workbook.statistics import statistics_sheet
from tongbao.scoring.scoreboard import Scoreboard

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def write(
    boards: Sequence[Scoreboard], previous: Sequence[Scoreboard] = (), title: str = "", created: date | None = None
) -> bytes:
    """Write every result with everything that explains it; the same boards give the same bytes.

    Args:
        boards: the systems that the notice reports on, in its order.
        previous: the month before, for changes of points and places; matched by the system's name.
        title: the notice's title, for the file's properties.
        created: the day that the file claims to be from; default: the last day of the latest period.

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
    )
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        sheet.write(workbook)
    day = created or max((board.period.last_day for board in boards), default=date(2000, 1, 1))
    moment = datetime.combine(day, time())
    workbook.properties.title = title or None
    workbook.properties.creator = "tongbao"
    workbook.properties.created = moment
    stream = io.BytesIO()
    workbook.save(stream)
    return _without_clock(stream.getvalue(), moment)


def _without_clock(content: bytes, moment: datetime) -> bytes:
    """Put the period's last day where openpyxl insists on writing the time of saving."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return repack(content, lambda name, part: _MODIFIED.sub(rb"\g<1>" + stamp, part) if name == _CORE else part)
