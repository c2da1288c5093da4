"""What templates may name of tasks: how far a unit, a group or a task is, and every task of a unit by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tongbao.reports.wording import day_words
from tongbao.scoring.progress import Progress, TaskStatus
from tongbao.scoring.scoreboard import Event, Score

_STATUSES = {str(status) for status in TaskStatus}


@dataclass(frozen=True, slots=True)
class 任务视图:
    """One task of one unit as it stands at the end of the period.

    Attributes:
        编号: its number in the source; "" where there is none.
        名称: its name.
        要求: the source's own words; "" where there are none.
        角色: what the unit is in it (牵头、责任); "" where the source tells no roles.
        截止: the day by which it is due; "" for a lasting task.
        完成: the day on which it was done; "" where it is not, or where nobody wrote the day down.
        状态: 已完成, 逾期完成, 未完成, 逾期 or 未到期.
        说明: how a target or a frequency was judged (应有2次，实有1次，少1次); "" for rows of a task table.
        来源: file, sheet and cell that say so.
    """

    编号: str
    名称: str
    要求: str
    角色: str
    截止: str
    完成: str
    状态: str
    说明: str
    来源: str


@dataclass(frozen=True, slots=True)
class 进展视图:
    """Tasks counted by status: of a unit, of a group (unit by unit), or of one task over all its units.

    Attributes:
        承担: how many there are.
        应完成: how many of them count: those not done and not yet due may be left out.
        完成: how many count as done.
        按期完成: how many were done in time.
        逾期完成: how many were done after their day.
        未完成: how many are not done and have no day.
        逾期: how many are not done and are over their day.
        未到期: how many are not done and have time left.
        未完成单位: of one task: the units that have not done it and have no day.
        逾期单位: of one task: the units that are over their day.
        未到期单位: of one task: the units that have time left.
    """

    承担: int
    应完成: int
    完成: int
    按期完成: int
    逾期完成: int
    未完成: int
    逾期: int
    未到期: int
    未完成单位: tuple[str, ...] = ()
    逾期单位: tuple[str, ...] = ()
    未到期单位: tuple[str, ...] = ()

    @property
    def 滞后(self) -> int:
        """How many should be done and are not."""
        return self.未完成 + self.逾期

    @property
    def 滞后单位(self) -> tuple[str, ...]:
        """Of one task: the units that should have done it and have not, those over their day first."""
        return (*self.逾期单位, *self.未完成单位)


def progress_view(parts: Iterable[tuple[str, Progress | None]]) -> 进展视图 | None:
    """Add up; each part with the name of its unit. None where there is no task at all."""
    found = [(name, part) for name, part in parts if part is not None]
    if not found:
        return None
    statuses = [status for _, part in found for status in part.statuses]

    def units(wanted: TaskStatus) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name, part in found if wanted in part.statuses))

    return 进展视图(
        承担=len(statuses),
        应完成=sum(part.due for _, part in found),
        完成=sum(part.done for _, part in found),
        按期完成=statuses.count(TaskStatus.DONE),
        逾期完成=statuses.count(TaskStatus.LATE),
        未完成=statuses.count(TaskStatus.OPEN),
        逾期=statuses.count(TaskStatus.OVERDUE),
        未到期=statuses.count(TaskStatus.WAITING),
        未完成单位=units(TaskStatus.OPEN),
        逾期单位=units(TaskStatus.OVERDUE),
        未到期单位=units(TaskStatus.WAITING),
    )


def tasks_of(score: Score, code: str, name: str, basis: str, deadline: date | None) -> Iterator[任务视图]:
    """Every task of a unit under one indicator: a row of the task table each, or the one target that it is."""
    rows = [event for event in score.trace.events if event.counted and event.outcome in _STATUSES]
    for event in rows:
        yield 任务视图(
            编号=code,
            名称=f"{name}（{event.matter}）" if event.matter else name,
            要求=basis,
            角色=event.note,
            截止=day_words(event.due) if event.due else "",
            完成=day_words(event.day) if event.day else "",
            状态=event.outcome,
            说明="",
            来源=" ".join(_places([event])),
        )
    if not rows and score.progress is not None:
        yield 任务视图(
            编号=code,
            名称=name,
            要求=basis,
            角色="",
            截止=day_words(deadline) if deadline else "",
            完成="",
            状态=score.progress.words,
            说明="；".join(score.trace.steps),
            来源="；".join(_places(score.trace.events)),
        )


def _places(events: Sequence[Event]) -> Iterator[str]:
    """File, sheet and cells, each file and sheet named once."""
    cells: dict[tuple[str, str], list[str]] = {}
    for event in events:
        origin = event.origin
        cells.setdefault((origin.file.rsplit("/", 1)[-1], origin.sheet), []).append(origin.cell)
    return (" ".join(filter(None, (*where, "、".join(found)))) for where, found in cells.items())
