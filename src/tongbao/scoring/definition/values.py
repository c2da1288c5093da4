"""取值: the closed list of ways to get the figure of an indicator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from tongbao.definitions import Abbreviated, Number, OneOf, Strict, read_day
from tongbao.effective import Span
from tongbao.period import Period


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


Months = Annotated[Span, BeforeValidator(lambda value: Span.parse(value) if isinstance(value, str) else value)]
"""Months such as 2021-12至2022-10, or a single one."""


class WeightedMonths(Strict):
    """One line of 时间加权: the mean of these months, and how much it weighs."""

    months: Months = Field(alias="期间")
    weight: Number = Field(alias="权重")


class SystemValue(Abbreviated):
    """Share of full marks that the unit has in another system (R21): in the month, or weighted over several (R20)."""

    short_for: ClassVar[str] = "名称"

    name: str = Field(alias="名称")
    weighted: tuple[WeightedMonths, ...] = Field(
        default=(), alias="时间加权", description="each month scored by the revision in force then"
    )
    lacking: Literal["错误", "按实有月数平均"] = Field(
        default="错误", alias="缺月", description="what a month without data does to the mean"
    )

    @model_validator(mode="after")
    def _whole(self) -> SystemValue:
        total = sum((line.weight for line in self.weighted), Decimal(0))
        if self.weighted and (total != 1 or any(line.weight <= 0 for line in self.weighted)):
            raise ValueError("时间加权 的各项权重要大于0，合计为100%")
        months = list(self.months())
        if len(set(months)) < len(months):
            raise ValueError("时间加权 的各项期间有重复的月份")
        return self

    def months(self, until: Period | None = None) -> Iterator[Period]:
        """The months of 时间加权 that have come by a month; all of them without one."""
        return (month for line in self.weighted for month in line.months.months() if until is None or month <= until)


class Value(OneOf):
    """How the figure of an indicator is obtained; exactly one way."""

    called: ClassVar[str] = "取值"

    formula: str | None = Field(default=None, alias="公式")
    ledger: LedgerValue | None = Field(default=None, alias="台账")
    judged: JudgedValue | None = Field(default=None, alias="人工")
    task: TaskValue | None = Field(default=None, alias="任务")
    system: SystemValue | None = Field(default=None, alias="体系")

    @property
    def same_month(self) -> str | None:
        """The system whose result of the same month is the figure; None for any other figure, 时间加权 included."""
        return self.system.name if self.system is not None and not self.system.weighted else None

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
