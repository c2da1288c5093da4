"""How far tasks are: each with its status, and how many are done of those that are due (R23)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class TaskStatus(StrEnum):
    """What a task is at the end of the month."""

    DONE = "已完成"
    LATE = "逾期完成"  # done, after its deadline
    OPEN = "未完成"  # not done, and there is no deadline
    OVERDUE = "逾期"  # not done, and the deadline is over
    WAITING = "未到期"  # not done, and the deadline is still to come


@dataclass(frozen=True, slots=True)
class Progress:
    """Tasks of one unit, under one indicator or in a whole system.

    Attributes:
        statuses: one a task; under one indicator in the order of `TaskStatus`, whatever the order of the rows.
        done: how many count as done.
        due: how many count at all; what is not yet due is left out unless the definition says otherwise.
    """

    statuses: tuple[TaskStatus, ...]
    done: int
    due: int

    @classmethod
    def one(cls, status: TaskStatus) -> Progress:
        """A single task that is done or not."""
        return cls((status,), int(status is TaskStatus.DONE), int(status is not TaskStatus.WAITING))

    @property
    def met(self) -> bool | None:
        """Whether everything that is due is done; None where nothing is due."""
        return self.done == self.due if self.due else None

    @property
    def counts(self) -> dict[TaskStatus, int]:
        """How many tasks there are of each status, those without any left out."""
        return {status: number for status in TaskStatus if (number := self.statuses.count(status))}

    @property
    def words(self) -> str:
        """Of one task its status, of several their tally."""
        return str(self.statuses[0]) if len(self.statuses) == 1 else self.tally

    @property
    def tally(self) -> str:
        """3/4（已完成3项、逾期1项、未到期2项）: done, due, and how many of each status."""
        each = "、".join(f"{status}{number}项" for status, number in self.counts.items())
        return f"{self.done}/{self.due}（{each}）"


def together(parts: Iterable[Progress | None]) -> Progress | None:
    """All tasks of several indicators; None where there is no task at all."""
    found = [part for part in parts if part is not None]
    if not found:
        return None
    statuses = tuple(status for part in found for status in part.statuses)
    return Progress(statuses, sum(part.done for part in found), sum(part.due for part in found))
