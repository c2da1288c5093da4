"""Works out once for each day and category when a 期限 runs out, so that DuckDB only has to look it up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tongbao.inputs.cases.database import Database, Params
from tongbao.inputs.cases.definition import Deadline
from tongbao.inputs.durations import OTHERWISE, TimeUnit
from tongbao.inputs.text import normal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tongbao.inputs.calendar import WorkCalendar
    from tongbao.inputs.cases.conditions import Compiler, Spellings


def lay_deadlines(
    database: Database, compiler: Compiler, spellings: Mapping[str, Spellings], calendar: WorkCalendar, within: str
) -> None:
    """Make the tables due0, due1 … of all deadlines.

    Args:
        database: holds `records`.
        compiler: names the columns.
        spellings: how categories are written.
        calendar: tells working days.
        within: which records matter; its values are bound in the compiler.

    Raises:
        InvalidError: a case starts in a year whose working days nobody has stated.
    """
    for index, deadline in enumerate(compiler.table.deadlines):
        start = compiler.column(deadline.start)
        found = database.rows(
            f"SELECT DISTINCT CAST({start} AS DATE) FROM records r WHERE {within} AND {start} IS NOT NULL ORDER BY 1",
            compiler.params,
        )
        rows = _due(deadline, [day for (day,) in found], spellings, calendar)
        database.rows(f"CREATE TABLE due{index} (day DATE, category VARCHAR, due TIMESTAMP, hours INTEGER)")
        if rows:
            params = Params()
            lists = ", ".join(f"unnest({params.bind(list(column))}::{kind}[])" for column, kind in _columns(rows))
            database.rows(f"INSERT INTO due{index} SELECT {lists}", params)


def joins(compiler: Compiler) -> str:
    """The look-ups that conditions with deadlines need."""
    found = []
    for index, deadline in enumerate(compiler.table.deadlines):
        on = f"d{index}.day = CAST({compiler.column(deadline.start)} AS DATE)"
        if deadline.category is not None:
            on += f" AND d{index}.category IS NOT DISTINCT FROM {compiler.column(deadline.category)}"
        found.append(f"LEFT JOIN due{index} d{index} ON {on}")
    return " ".join(found)


LAST_MICROSECOND = 999_999
"""Exports may hold fractions of the last second of a day; they still belong to it."""
_Row = tuple[date, str | None, object, int | None]


def _columns(rows: list[_Row]) -> list[tuple[list[object], str]]:
    kinds = ("DATE", "VARCHAR", "TIMESTAMP", "INTEGER")
    return [(list(column), kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)]


def _due(
    deadline: Deadline, days: list[date], spellings: Mapping[str, Spellings], calendar: WorkCalendar
) -> list[_Row]:
    limits = {normal(category): limit for category, limit in deadline.limits.items()}
    otherwise = deadline.limits.get(OTHERWISE)
    written: list[tuple[str | None, str]] = [(None, "")]
    if deadline.category is not None:
        known = spellings[deadline.category]
        written += [(spelling, word) for word, several in known.items() for spelling in several]
    rows: list[_Row] = []
    for spelling, word in written:
        limit = limits.get(word, otherwise)
        if limit is None:
            continue  # such a case has no limit; where that matters it is told
        for day in days:
            hours = limit.amount if limit.unit is TimeUnit.HOURS else None
            due = None if hours is not None else limit.runs_out(day, calendar).replace(microsecond=LAST_MICROSECOND)
            rows.append((day, spelling, due, hours))
    return rows
