"""取值: 时限 — which rows of a 台账 were dealt with in time, by working days with 调休, days or hours (R14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from tongbao.errors import Code, Finding, InvalidError
from tongbao.inputs.durations import LAST_MOMENT, OTHERWISE, Duration
from tongbao.inputs.table import Cell, Missing, Origin, Row
from tongbao.scoring import entries
from tongbao.scoring.definition import Leaf, TimelyValue
from tongbao.scoring.figures import Figure
from tongbao.scoring.scope import Scope
from tongbao.scoring.scoreboard import Event, Trace

MATTERS = ("事项", "事由", "编号")
"""Columns that say which row it is, where the table has one of them."""


class Outcome(StrEnum):
    """What became of one row."""

    IN_TIME = "按期"
    LATE = "超期"
    OVERDUE = "超期未办结"
    OPEN = "未到期"


def by_limit(leaf: Leaf, timely: TimelyValue, unit: str, scope: Scope) -> Figure:
    """The unit's rows of the month held against their limits."""
    if not scope.has(timely.table):
        return Figure(None, Missing.NOT_REPORTED, words=f"没有{scope.period.words}的台账“{timely.table}”")
    reading = _Reading(leaf, timely, scope)
    for row in scope.entries(timely.table).get(unit, ()):
        reading.take(row)
    return reading.figure()


class _Wrong(Exception):
    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = findings


class _Unknown(Exception):
    def __init__(self, missing: Missing, origin: Origin, words: str) -> None:
        super().__init__(words)
        self.missing, self.origin, self.words = missing, origin, words


@dataclass
class _Reading:
    leaf: Leaf
    timely: TimelyValue
    scope: Scope
    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unknown: _Unknown | None = None
    elsewhere: int = 0

    def figure(self) -> Figure:
        """The share in time, or how many were late."""
        counted = [event for event in self.events if event.counted]
        in_time = sum(event.outcome == Outcome.IN_TIME for event in counted)
        steps = [f"另有{self.elsewhere}行不属{self.scope.period.words}（归期按{self.timely.belongs}）"] * bool(
            self.elsewhere
        )
        if left_out := len(self.events) - len(counted):
            steps.append(f"另有{left_out}行不计")
        trace = Trace(events=tuple(self.events), steps=tuple(steps))
        origin = self.events[0].origin if self.events else None
        if self.findings:
            findings = tuple(dict.fromkeys(self.findings))
            return Figure(None, Missing.UNVERIFIED, trace, words="台账有误", told=True, findings=findings)
        if self.unknown is not None:
            return Figure(None, self.unknown.missing, trace, self.unknown.origin, self.unknown.words)
        if self.timely.measure == "超期数":
            return Figure(Decimal(len(counted) - in_time), None, trace, origin)
        trace = Trace("按期÷应办结", f"{in_time}÷{len(counted)}", events=trace.events, steps=trace.steps)
        if not counted:
            words = f"{self.scope.period.words}没有应办结的"
            return Figure(None, Missing.ZERO_DENOMINATOR, trace, origin, words)
        return Figure(Decimal(in_time) / len(counted), None, trace, origin)

    def take(self, row: Row) -> None:
        """Judge one row and remember it."""
        try:
            event = self._judged(row)
        except _Wrong as wrong:
            self.findings.extend(wrong.findings)
        except _Unknown as unknown:
            self.unknown = self.unknown or unknown
        else:
            if event is None:
                self.elsewhere += 1
            else:
                self.events.append(event)

    def _judged(self, row: Row) -> Event | None:
        """None: it does not belong to the month."""
        if (why := self._excluded(row)) is not None:
            return self._event(row, None, None, why, counted=False)
        start, end = self._time(row, self.timely.start), self._time(row, self.timely.end)
        if start is Missing.NOT_APPLICABLE or end is Missing.NOT_APPLICABLE:
            return self._event(row, None, None, "不适用", counted=False)
        if start is None:
            message, remedy = f"没有{self.timely.start}", f"请填写{self.timely.start}；不应计入的请删去该行"
            raise self._wrong(row, self.timely.start, Code.CELL_EMPTY, message, remedy)
        assert isinstance(start, date) and not isinstance(end, Missing)  # noqa: S101, PT018  # all else is told above
        if end is not None and _before(end, start):
            message = f"{self.timely.end}{_shown(end)}早于{self.timely.start}{_shown(start)}"
            raise self._wrong(row, self.timely.end, Code.VALUE_INVALID, message, "请核对这两个日期")
        try:
            due = self._limit(row).runs_out(start, self.scope.calendar, extend=self.timely.extend)
        except InvalidError as error:
            raise _Wrong(error.findings) from None
        if not self._belongs(start, due, end):
            return None
        outcome = self._outcome(due, end)
        return self._event(row, due, end, str(outcome), counted=outcome is not Outcome.OPEN)

    def _excluded(self, row: Row) -> str | None:
        exclusion = self.timely.exclusion
        if exclusion is None:
            return None
        cell = row.cells.get(exclusion.column)
        if cell is not None and cell.missing not in {None, Missing.BLANK, Missing.NOT_APPLICABLE}:
            raise _unknown(cell, exclusion.column)
        text = entries.text(row, exclusion.column)
        return text if text in exclusion.texts else None

    def _time(self, row: Row, column: str) -> date | Missing | None:
        """The day or moment; None where the cell is blank."""
        cell = row.cells.get(column)
        if cell is None:
            raise _Unknown(Missing.NO_COLUMN, next(iter(row.cells.values())).origin, f"没有“{column}”列")
        if isinstance(cell.value, date):
            return cell.value
        if cell.missing in {None, Missing.BLANK}:
            return None
        if cell.missing is not Missing.NOT_APPLICABLE:
            raise _unknown(cell, column)
        return cell.missing

    def _limit(self, row: Row) -> Duration:
        limits, column = self.timely.limits, self.timely.category
        category = entries.text(row, column) if column is not None else OTHERWISE
        found = limits.get(category, limits.get(OTHERWISE))
        if found is None:
            assert column is not None  # noqa: S101  # without 类别 there is one limit for all
            code = Code.CELL_NOT_CHOICE if category else Code.CELL_EMPTY
            message = f"{column}“{category}”没有写限" if category else f"没有{column}，不知道限多久"
            raise self._wrong(row, column, code, message, f"请填{'、'.join(limits)}之一，或在定义中写 {OTHERWISE} 的限")
        return found

    def _belongs(self, start: date, due: datetime, end: date | None) -> bool:
        day = {"起": start, "到期": due, "止": end}[self.timely.belongs]
        period = self.scope.period
        return day is not None and period.first_day <= _day(day) <= period.last_day

    def _outcome(self, due: datetime, end: date | None) -> Outcome:
        if end is not None:
            in_time = end <= due if isinstance(end, datetime) else end <= due.date()
            return Outcome.IN_TIME if in_time else Outcome.LATE
        if self.timely.open == "计为超期" or due.date() <= self.scope.period.last_day:
            return Outcome.OVERDUE
        return Outcome.OPEN

    def _event(self, row: Row, due: datetime | None, end: date | None, outcome: str, *, counted: bool) -> Event:
        start = row.cells[self.timely.start]
        matter = next((text for column in MATTERS if (text := entries.text(row, column))), "")
        category = entries.text(row, self.timely.category) if self.timely.category is not None else ""
        ended = f"{self.timely.end}{_shown(end)}" if end is not None else ""
        last = due.date() if due is not None and due.time() == LAST_MOMENT else due
        day = start.value if isinstance(start.value, date) else None
        return Event(start.origin, category, day, Decimal(1), Decimal(0), matter, counted, ended, last, outcome)

    def _wrong(self, row: Row, column: str, code: Code, message: str, remedy: str) -> _Wrong:
        place = entries.place(row, column, self.timely.start)
        return _Wrong([Finding(code, f"{row.unit}“{self.leaf.name}”{message}", place, remedy)])


def _unknown(cell: Cell, column: str) -> _Unknown:
    return _Unknown(cell.missing or Missing.BLANK, cell.origin, f"“{column}”为{cell.missing}")


def _before(end: date, start: date) -> bool:
    """Whether the end is the earlier one; where one has no time, only days are compared."""
    if isinstance(end, datetime) and isinstance(start, datetime):
        return end < start
    return _day(end) < _day(start)


def _day(time: date) -> date:
    return time.date() if isinstance(time, datetime) else time


def _shown(time: date) -> str:
    return f"{time:%Y-%m-%d %H:%M}" if isinstance(time, datetime) else f"{time}"
