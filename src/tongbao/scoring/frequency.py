"""取值: 频次 — what should be done so often in every week, month or quarter, and how often it was not (R13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from tongbao.errors import Code, Finding
from tongbao.inputs.table import Missing, Origin, Row
from tongbao.period import MONTHS, Period
from tongbao.scoring import entries
from tongbao.scoring.decimals import show
from tongbao.scoring.definition import FrequencyValue, Leaf
from tongbao.scoring.figures import Figure
from tongbao.scoring.scope import Scope
from tongbao.scoring.scoreboard import Event, Trace

WEEK = 7
_LENGTHS = {"月": 1, "2月": 2, "季": 3, "半年": 6, "年": 12}


@dataclass(frozen=True, slots=True)
class Window:
    """One stretch of time in which something is to be done so often."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """2022-09-01至2022-10-31."""
        return f"{self.first}至{self.last}"


def windows(frequency: FrequencyValue, period: Period) -> tuple[Window, ...]:
    """The windows that end in the month; one that began before 起算 only where 不足一期 says 按整期."""
    found = _weeks(period) if frequency.window == "周" else _months(frequency, period)
    begin = frequency.anchor.first_day if frequency.anchor is not None else None
    kept = []
    for window in found:
        if begin is None or window.first >= begin:
            kept.append(window)
        elif window.last >= begin and frequency.partial == "按整期":
            kept.append(Window(begin, window.last))
    return tuple(kept)


def months_needed(frequency: FrequencyValue, period: Period) -> tuple[Period, ...]:
    """Every month whose table the windows of this month look into; the month itself always."""
    first = min((window.first for window in windows(frequency, period)), default=period.first_day)
    month = Period(first.year, first.month)
    found = []
    while month < period:
        found.append(month)
        month = month.shift(1)
    return (*found, period)


def by_frequency(leaf: Leaf, frequency: FrequencyValue, unit: str, scope: Scope) -> Figure:
    """How many times are missing, over all windows that end in the month."""
    months = months_needed(frequency, scope.period)
    absent = [month for month in months if not scope.has(frequency.table, month)]
    if absent:
        words = f"没有{'、'.join(month.words for month in absent)}的台账“{frequency.table}”"
        return Figure(None, Missing.NOT_REPORTED, words=words)
    reading = _Reading(leaf, frequency)
    for month in months:
        for row in scope.entries(frequency.table, frequency.clause, month).get(unit, ()):
            reading.take(row, month)
    return reading.figure(windows(frequency, scope.period), scope.period)


@dataclass
class _Reading:
    leaf: Leaf
    frequency: FrequencyValue
    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unknown: tuple[Missing, Origin, str] | None = None
    seen: dict[tuple[object, ...], Row] = field(default_factory=dict)

    def figure(self, spans: tuple[Window, ...], period: Period) -> Figure:
        """The times that are missing."""
        if self.findings:
            trace = Trace(events=tuple(self.events))
            return Figure(None, Missing.UNVERIFIED, trace, words="台账有误", told=True, findings=tuple(self.findings))
        if self.unknown is not None:
            reason, place, words = self.unknown
            return Figure(None, reason, Trace(events=tuple(self.events)), place, words)
        short, steps = Decimal(0), []
        for window in spans:
            done = sum((event.count for event in self.events if _within(event, window)), Decimal(0))
            missing = max(self.frequency.least - done, Decimal(0))
            short += missing
            tail = f"，少{show(missing)}次" if missing else ""
            steps.append(f"{window.words}应有{self.frequency.least}次，实有{show(done)}次{tail}")
        if not spans:
            steps.append(f"{period.words}没有到期的期次（每{self.frequency.window}{self.frequency.least}次）")
        events = tuple(event for event in self.events if not spans or any(_within(event, window) for window in spans))
        origin = events[0].origin if events else None
        return Figure(short, None, Trace(events=events, steps=tuple(steps)), origin)

    def take(self, row: Row, month: Period) -> None:
        """Take up one row of the table of a month."""
        day = self._day(row, month)
        count = self._count(row)
        matter = entries.text(row, "事项") or entries.text(row, "事由")
        content = (day, count, matter)
        if day is not None and content in self.seen:
            message = f"与第{self.seen[content].number}行完全相同"
            self._wrong(row, "条款", Code.ROW_REPEATED, message, "请删去一行；确属两次的请写明不同事由，或填次数")
        self.seen.setdefault(content, row)
        if day is not None and count is not None:
            outcome = f"{show(count)}次"
            origin = row.cells["日期"].origin
            self.events.append(Event(origin, self.frequency.clause, day, count, Decimal(0), matter, outcome=outcome))

    def _day(self, row: Row, month: Period) -> date | None:
        day = entries.day(row, "日期")
        if day is None:
            cell = row.cells.get("日期")
            if cell is not None and cell.missing not in {None, Missing.BLANK}:
                self._unsure(row, "日期")
            else:
                self._wrong(row, "日期", Code.CELL_EMPTY, "没有日期", "请填写日期")
            return None
        if not month.first_day <= day <= month.last_day:
            message = f"日期为{day}，不在{month.words}内"
            self._wrong(row, "日期", Code.DATE_OUTSIDE_PERIOD, message, "请核对日期，或把该行移到相应月份的台账")
        return day

    def _count(self, row: Row) -> Decimal | None:
        cell = row.cells.get("次数")
        if cell is None:
            return Decimal(1)  # the ledger has no such column: one row is one time
        if not isinstance(cell.value, Decimal):
            if cell.missing in {None, Missing.BLANK}:
                self._wrong(row, "次数", Code.CELL_EMPTY, "没有次数", "请填写次数")
            else:
                self._unsure(row, "次数")
            return None
        if cell.value < 0:
            self._wrong(row, "次数", Code.CELL_OUT_OF_BOUNDS, f"次数为{show(cell.value)}", "次数不能是负数，请改正")
            return None
        return cell.value

    def _unsure(self, row: Row, column: str) -> None:
        cell = row.cells[column]
        self.unknown = self.unknown or (cell.missing or Missing.BLANK, cell.origin, f"“{column}”为{cell.missing}")

    def _wrong(self, row: Row, column: str, code: Code, message: str, remedy: str) -> None:
        words = f"{row.unit}的“{self.frequency.clause}”{message}"
        self.findings.append(Finding(code, words, entries.place(row, column), remedy))


def _weeks(period: Period) -> Iterator[Window]:
    """Weeks from Monday to Sunday, by the month in which the Sunday falls."""
    sunday = period.first_day + timedelta(days=WEEK - period.first_day.isoweekday())
    while sunday <= period.last_day:
        yield Window(sunday - timedelta(days=WEEK - 1), sunday)
        sunday += timedelta(days=WEEK)


def _months(frequency: FrequencyValue, period: Period) -> Iterator[Window]:
    """Stretches of months counted from 起算, else from January."""
    length = _LENGTHS[frequency.window]
    anchor = frequency.anchor or Period(period.year, 1)
    elapsed = (period.year - anchor.year) * MONTHS + period.month - anchor.month
    if elapsed >= 0 and (elapsed + 1) % length == 0:
        yield Window(period.shift(1 - length).first_day, period.last_day)


def _within(event: Event, window: Window) -> bool:
    return event.day is not None and window.first <= event.day <= window.last
