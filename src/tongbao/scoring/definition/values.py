"""取值: the closed list of ways to get the figure of an indicator."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from tongbao.definitions import OneOf, Strict, read_day


class LedgerValue(Strict):
    """Rows of a ledger that name this clause; columns 条款, 日期, 次数, 事由 (事项, 佐证 for bonuses)."""

    table: str = Field(alias="表")
    clause: str = Field(alias="条款")


class JudgedValue(Strict):
    """Points entered by judges. The table has columns 条款, 评委, 得分, 理由; below full marks a reason is required."""

    table: str = Field(alias="表")
    clause: str = Field(alias="条款")
    judges: Literal["平均", "最低", "唯一"] = Field(default="平均", alias="多评委")


OWN_DEADLINE: Literal["按表"] = "按表"
"""A deadline that stands in the table, in the column 截止日期."""


def _deadline(value: Any) -> Any:
    return value if value == OWN_DEADLINE else read_day(value)


class TaskValue(Strict):
    """Tasks and how far they are (R23): the row of one task (条款), or all rows of the unit.

    Columns 条款, 状态 and / or 完成日期; 截止日期 with 截止: 按表; 角色 and 事项 where one task has several rows.
    A table of tasks is the state at the end of its month: every task, done or not, is in it every month.
    """

    table: str = Field(alias="表")
    clause: str | None = Field(
        default=None, alias="条款", description="none: every task that the unit has in the table"
    )
    deadline: Annotated[date | Literal["按表"], BeforeValidator(_deadline)] | None = Field(
        default=None, alias="截止", description="none: 长期, it is open until it is done and never late"
    )
    late: Literal["计为完成", "不计完成", "不区分"] | None = Field(
        default=None,
        alias="逾期完成",
        description="what a task done after its 截止 is; 不区分: nobody looks at when it was done",
    )
    pending: Literal["不计", "计入"] = Field(
        default="不计", alias="到期前", description="whether what is open and not yet due counts as not done"
    )
    words: dict[str, Literal["已完成", "未完成"]] = Field(
        default_factory=dict, alias="写法", description="what else may stand in 状态, and what it means"
    )


class Value(OneOf):
    """How the figure of an indicator is obtained; exactly one way."""

    called: ClassVar[str] = "取值"

    formula: str | None = Field(default=None, alias="公式")
    ledger: LedgerValue | None = Field(default=None, alias="台账")
    judged: JudgedValue | None = Field(default=None, alias="人工")
    task: TaskValue | None = Field(default=None, alias="任务")
    system: str | None = Field(
        default=None, alias="体系", description="share of full marks that the unit has in another system (R21)"
    )

    @property
    def clause(self) -> tuple[str, str] | None:
        """The table and the 条款 whose rows this value alone may claim; None where it claims no single clause."""
        asked = self.ledger or self.judged or self.task
        return None if asked is None or asked.clause is None else (asked.table, asked.clause)

    @property
    def tables(self) -> tuple[str, ...]:
        """Ledgers that it reads; tables inside formulas are not among them."""
        asked = self.ledger or self.judged or self.task
        return () if asked is None else (asked.table,)
