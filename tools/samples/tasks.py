"""How tasks go in the samples: by when each is due and when, if at all, a unit does it; every month says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from samples.chance import draw, whole
from samples.sheet import Content
from tongbao.definitions import load
from tongbao.inputs.roster import Roster
from tongbao.scoring.definition import System
from tongbao.scoring.outline import Outline

SCORING = Path(__file__).parents[2] / "scoring"
NEVER = date.max


def outline(jurisdiction: str, system: str) -> Outline:
    """The system and its units, so that no sample names a unit that a task is not for."""
    folder = SCORING / jurisdiction
    return Outline(
        load(folder / f"{system}.yaml", System, system), load(folder / "单位名录.yaml", Roster, "名录").value
    )


def units_by_task(of: Outline) -> Iterator[tuple[str, str]]:
    """条款 and unit of every task, tasks in the order of the definition, units in official order."""
    for key, leaf in of.leaves.items():
        if leaf.value.task is not None and leaf.value.task.clause is not None:
            for unit in of.units:
                if unit in of.leaf_units[key]:
                    yield leaf.value.task.clause, unit


def done_on(level: float, due: date | None, *name: object) -> date:
    """The day on which the unit has done the task; NEVER in this year for one that has not."""
    limit = due or date(2022, 11, 30)
    luck = draw(*name, "完成")
    if luck < level:
        return limit - timedelta(days=whole(0, 45, *name, "提前"))
    if luck < level + (1 - level) * 0.35:
        return limit + timedelta(days=whole(1, 40, *name, "推迟"))
    return NEVER


def state(finished: date, close: date, open_word: Callable[[], str]) -> tuple[str, Content]:
    """状态 and 完成日期 as they stand at the end of the month."""
    return ("已完成", finished) if finished <= close else (open_word(), None)
