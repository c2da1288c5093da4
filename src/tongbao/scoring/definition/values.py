"""取值: the closed list of ways to get the figure of an indicator."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from tongbao.definitions import Abbreviated, Number, OneOf, Strict
from tongbao.effective import Span
from tongbao.period import Period
from tongbao.scoring.definition.row_values import FrequencyValue, TaskValue, TimelyValue


class LedgerValue(Strict):
    """Rows of a ledger that name this clause; columns 条款, 日期, 次数, 事由 (事项, 佐证 for bonuses)."""

    table: str = Field(alias="表")
    clause: str = Field(alias="条款")


class JudgedValue(Strict):
    """Points entered by judges. The table has columns 条款, 评委, 得分, 理由; below full marks a reason is required."""

    table: str = Field(alias="表")
    clause: str = Field(alias="条款")
    judges: Literal["平均", "最低", "唯一"] = Field(default="平均", alias="多评委")


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
    timely: TimelyValue | None = Field(default=None, alias="时限")
    frequency: FrequencyValue | None = Field(default=None, alias="频次")
    task: TaskValue | None = Field(default=None, alias="任务")
    system: SystemValue | None = Field(default=None, alias="体系")

    @property
    def same_month(self) -> str | None:
        """The system whose result of the same month is the figure; None for any other figure, 时间加权 included."""
        return self.system.name if self.system is not None and not self.system.weighted else None

    @property
    def clause(self) -> tuple[str, str] | None:
        """The table and the 条款 whose rows this value alone may claim; None where it claims no single clause."""
        asked = self.ledger or self.judged or self.task or self.frequency
        return None if asked is None or asked.clause is None else (asked.table, asked.clause)

    @property
    def tables(self) -> tuple[str, ...]:
        """Ledgers that it reads; tables inside formulas are not among them."""
        asked = self.ledger or self.judged or self.task or self.frequency or self.timely
        return () if asked is None else (asked.table,)

    @property
    def counts(self) -> bool:
        """Whether the figure is how often something happened or failed to happen."""
        late = self.timely is not None and self.timely.measure == "超期数"
        return late or self.ledger is not None or self.frequency is not None
