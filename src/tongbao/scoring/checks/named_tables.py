"""The tables that a definition may name in one month, and what to say about those that there are not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tongbao.definitions import Loaded
from tongbao.errors import Code, Finding, Place
from tongbao.inputs.contract import TableContract, Tables
from tongbao.period import Period
from tongbao.scoring.definition import System
from tongbao.scoring.suggestions import did_you_mean


@dataclass(frozen=True)
class NamedTables:
    """One revision of a system before the tables of a month in which it is in force."""

    loaded: Loaded[System]
    contracts: Tables
    period: Period

    @cached_property
    def tables(self) -> dict[str, TableContract]:
        """The tables of the month, by name."""
        return {table.name: table for table in self.contracts.at(self.period).all}

    def no_table(self, name: str, prefix: str, place: Place) -> Finding:
        """That there is no such table, or none for all months of the revision."""
        timeline = self.contracts.timelines.get(name)
        if timeline is None:
            remedy = f"请改正表名。{did_you_mean(name, self.contracts.timelines)}"
            return Finding(Code.REFERENCE_UNKNOWN, f"{prefix}没有表“{name}”", place, remedy)
        spans = "、".join(span.words for span, _ in timeline.revisions)
        message = f"{prefix}数据表“{name}”只约定了{spans}的样子，用不到本体系生效的全部月份"
        return Finding(Code.REFERENCE_UNKNOWN, message, place, "请补上其余月份的约定，或改正 生效、截止")
