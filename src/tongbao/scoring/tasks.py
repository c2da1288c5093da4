"""取值: 任务 — every task of a unit with its status: done, done late, open, overdue, not yet due (R23)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tongbao.errors import Code, Finding
from tongbao.inputs.table import Cell, Missing, Origin, Row
from tongbao.scoring import entries
from tongbao.scoring.definition import Leaf, Role, TaskValue
from tongbao.scoring.definition.row_values import OWN_DEADLINE
from tongbao.scoring.figures import Figure
from tongbao.scoring.progress import Progress, TaskStatus
from tongbao.scoring.scope import Scope
from tongbao.scoring.scoreboard import Event, Trace

STATUS, DONE_ON, DEADLINE, ROLE, MATTER = "状态", "完成日期", "截止日期", "角色", "事项"
WORDS = {"已完成": "已完成", "未完成": "未完成"}
_DONE = {TaskStatus.DONE, TaskStatus.LATE}


def by_task(leaf: Leaf, task: TaskValue, unit: str, scope: Scope, roles: Sequence[Role]) -> Figure:
    """The unit's tasks: how many of those that are due are done, and the status of each."""
    if not scope.has(task.table):
        return Figure(None, Missing.NOT_REPORTED, words=f"没有{scope.period.words}的任务表“{task.table}”")
    rows = scope.entries(task.table, task.clause).get(unit, ())
    named = f"“{task.clause}”" if task.clause is not None else ""
    if not rows:
        return Figure(None, Missing.NOT_REPORTED, words=f"任务表“{task.table}”中没有{unit}的任务{named}")
    reading = _Reading(leaf, task, scope.period.last_day, tuple(roles))
    reading.repeated(rows)
    for row in rows:
        reading.take(row)
    return reading.figure()


class _Wrong(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass
class _Reading:
    leaf: Leaf
    task: TaskValue
    close: date
    roles: tuple[Role, ...]
    statuses: list[TaskStatus] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    missing: tuple[Missing, Origin, str] | None = None

    def figure(self) -> Figure:
        steps = (f"角色：{'、'.join(self.roles)}",) if self.roles else ()
        trace = Trace(events=tuple(self.events), steps=steps)
        findings = tuple(self.findings)
        if findings:
            return Figure(None, Missing.UNVERIFIED, trace, words="任务表有误", told=True, findings=findings)
        if self.missing is not None:
            reason, origin, words = self.missing
            return Figure(None, reason, trace, origin, words)
        origin = self.events[0].origin
        if not self.statuses:
            return Figure(None, Missing.NOT_APPLICABLE, trace, origin, "任务不适用")
        progress = self._progress()
        if not progress.due:
            return Figure(None, None, trace, origin, progress=progress)
        if len(self.statuses) > 1:
            trace = Trace("已完成÷应完成", f"{progress.done}÷{progress.due}", events=trace.events, steps=steps)
        return Figure(Decimal(progress.done) / progress.due, None, trace, origin, progress=progress)

    def _progress(self) -> Progress:
        counted = _DONE if self.task.late != "不计完成" else {TaskStatus.DONE}
        waiting = 0 if self.task.pending == "计入" else self.statuses.count(TaskStatus.WAITING)
        done = sum(status in counted for status in self.statuses)
        ordered = sorted(self.statuses, key=list(TaskStatus).index)
        return Progress(tuple(ordered), done, len(self.statuses) - waiting)

    def take(self, row: Row) -> None:
        """Find out what the row says and remember it."""
        due, done_on = self._deadline(row), entries.day(row, DONE_ON)
        told = _first(row, STATUS, DONE_ON, "条款")
        try:
            found = self._status(row, due, done_on)
            self._check_role(row)
        except _Wrong as wrong:
            self.findings.append(wrong.finding)
            return
        applies = found is not Missing.NOT_APPLICABLE
        if isinstance(found, TaskStatus):
            self.statuses.append(found)
        elif applies:
            self.missing = self.missing or (found, told.origin, f"{entries.text(row, '条款')}的状态为{found}")
        self.events.append(
            Event(
                told.origin,
                entries.text(row, "条款"),
                done_on,
                Decimal(1),
                Decimal(0),
                entries.text(row, MATTER),
                counted=applies,
                note=entries.text(row, ROLE),
                due=due,
                outcome=str(found),
            )
        )

    def _deadline(self, row: Row) -> date | None:
        if self.task.deadline == OWN_DEADLINE:
            return entries.day(row, DEADLINE)
        return self.task.deadline if isinstance(self.task.deadline, date) else None

    def _status(self, row: Row, due: date | None, done_on: date | None) -> TaskStatus | Missing:
        deadline = row.cells.get(DEADLINE) if self.task.deadline == OWN_DEADLINE else None
        if deadline is not None and deadline.missing not in {None, Missing.BLANK}:
            return deadline.missing or Missing.BLANK
        done = self._done(row, done_on)
        if isinstance(done, Missing):
            return done
        if done_on is not None and done_on > self.close:
            raise self._wrong(row, DONE_ON, Code.DATE_OUTSIDE_PERIOD, f"完成日期{done_on}在期末之后", "请核对日期")
        if not done:
            if due is None:
                return TaskStatus.OPEN
            return TaskStatus.WAITING if self.close < due else TaskStatus.OVERDUE
        if due is not None and self.task.late != "不区分":
            if done_on is None:
                message = "已完成，没有写完成日期，看不出是否逾期"
                raise self._wrong(row, DONE_ON, Code.CELL_EMPTY, message, "请填写完成日期")
            if done_on > due:
                return TaskStatus.LATE
        return TaskStatus.DONE

    def _done(self, row: Row, done_on: date | None) -> bool | Missing:
        """状态 says so; without that column, a task with a 完成日期 is done and one without is not."""
        finished, status = row.cells.get(DONE_ON), row.cells.get(STATUS)
        told = status if status is not None else finished
        if told is not None and told.missing is not None and (told is status or told.missing is not Missing.BLANK):
            return told.missing
        if status is None:
            return done_on is not None
        word = str(status.value)
        done = {**WORDS, **self.task.words}.get(word)
        if done is None:
            remedy = f"请写{'、'.join((*WORDS, *self.task.words))}之一，或在定义的 写法 中说明"
            raise self._wrong(row, STATUS, Code.CELL_NOT_CHOICE, f"状态“{word}”不认识", remedy)
        if done != "已完成" and done_on is not None:
            message = f"状态为“{word}”，却有完成日期"
            raise self._wrong(row, DONE_ON, Code.VALUE_INVALID, message, "请改正状态，或删去完成日期")
        return done == "已完成"

    def _check_role(self, row: Row) -> None:
        role = entries.text(row, ROLE)
        if role and self.roles and role not in self.roles:
            message = f"角色“{role}”与定义的“{'、'.join(self.roles)}”不符"
            raise self._wrong(row, ROLE, Code.REFERENCE_UNKNOWN, message, "请改正角色")

    def _wrong(self, row: Row, column: str, code: Code, message: str, remedy: str) -> _Wrong:
        return _Wrong(Finding(code, f"{row.unit}“{self.leaf.name}”{message}", entries.place(row, column), remedy))

    def repeated(self, rows: Iterable[Row]) -> None:
        """The same task twice, not told apart by 角色 or 事项."""
        seen: dict[tuple[str, ...], Row] = {}
        for row in rows:
            content = tuple(entries.text(row, column) for column in ("条款", ROLE, MATTER))
            if content in seen:
                message = f"的任务“{content[0]}”在第{seen[content].number}行已有"
                remedy = "请只保留一行；分属几个角色或事项的请写明"
                self.findings.append(self._wrong(row, "条款", Code.ROW_REPEATED, message, remedy).finding)
            seen.setdefault(content, row)


def _first(row: Row, *columns: str) -> Cell:
    return next((row.cells[column] for column in columns if column in row.cells), next(iter(row.cells.values())))
