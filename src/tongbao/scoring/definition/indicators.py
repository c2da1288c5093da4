"""指标: leaves with one figure each, and groups that add up what is below them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from tongbao.definitions import Flag, Number, Strict
from tongbao.period import MONTHS, Period
from tongbao.scoring.definition.modifiers import Check, Outcome
from tongbao.scoring.definition.objects import Objects, Role
from tongbao.scoring.definition.scorings import Scoring
from tongbao.scoring.definition.values import Value


class Leaf(Strict):
    """三级指标 or clause: one figure, one way to score it."""

    name: str = Field(alias="名称")
    short: str | None = Field(default=None, alias="简称", description="what running text and table heads call it")
    code: str | None = Field(default=None, alias="编号")
    points: Number | None = Field(
        default=None, alias="分值", description="none: not scored, or a ledger clause inside 基础分扣减 / 加分"
    )
    basis: str | None = Field(default=None, alias="评分标准", description="the source's own words")
    choice: str | None = Field(
        default=None, alias="取法", description="what this definition chose where the source is silent or inconsistent"
    )
    objects: Objects | None = Field(default=None, alias="对象", description="for others the indicator does not apply")
    roles: dict[Role, Objects] = Field(
        default_factory=dict, alias="角色", description="who leads, answers, helps; without 对象 these are the objects"
    )
    value: Value = Field(alias="取值")
    unit: str | None = Field(
        default=None,
        alias="单位",
        description="how the value is shown: % (default for formulas with /), 分, 次, 万人 …",
    )
    scoring: Scoring = Field(alias="计分")
    applies: str | None = Field(
        default=None, alias="适用", description="a condition; where it is false the indicator does not apply"
    )
    not_applicable: Outcome | None = Field(default=None, alias="不适用")
    zero_denominator: Outcome | None = Field(default=None, alias="分母为零")
    missing: Outcome | None = Field(default=None, alias="缺失")
    cap: Number | None = Field(default=None, alias="上限", description="of the rate for 按比例, else of the points")
    floor: Number | None = Field(default=None, alias="下限")
    period: Literal["月", "年终"] = Field(default="月", alias="期间")
    checks: tuple[Check, ...] = Field(default=(), alias="核验")

    def waits(self, period: Period) -> bool:
        """Whether its time has not come: 年终 before December, or a part that is scored in later months only."""
        if self.period == "年终" and period.month != MONTHS:
            return True
        system = self.value.system
        return system is not None and bool(system.weighted) and not any(system.months(period))

    def parts(self, period: Period) -> tuple[tuple[str, Period], ...]:
        """The systems that it builds on, with the months of each."""
        system = self.value.system
        if system is None or self.waits(period):
            return ()
        return tuple((system.name, month) for month in (system.months(period) if system.weighted else (period,)))

    @property
    def shown_unit(self) -> str:
        """How the value is shown: the stated 单位, % for shares, 分 for judges' points, 次 or 件 for counts."""
        if self.unit is None and self.value.judged is not None:
            return "分"
        if self.unit is None and self.value.counts:
            return "件" if self.value.timely is not None else "次"
        divides = (self.value.task or self.value.timely) is not None or (
            self.value.formula is not None and any(sign in self.value.formula for sign in "/÷")
        )
        return self.unit if self.unit is not None else "%" if divides else ""


class IndicatorGroup(Strict):
    """一级 or 二级指标: adds up what is below it, within its bounds (R19)."""

    name: str = Field(alias="名称")
    short: str | None = Field(default=None, alias="简称", description="what running text and table heads call it")
    code: str | None = Field(default=None, alias="编号")
    points: Number | None = Field(default=None, alias="分值")
    basis: str | None = Field(default=None, alias="评分标准")
    choice: str | None = Field(default=None, alias="取法")
    aggregate: Literal["求和", "基础分扣减", "全部达标"] = Field(
        default="求和",
        alias="汇总",
        description="基础分扣减: 分值 plus the (negative) points below, never under 下限 (default 0)",
    )
    bonus: Flag = Field(default=False, alias="加分", description="its points come on top of 满分")
    cap: Number | None = Field(default=None, alias="上限", description="default: 分值")
    floor: Number | None = Field(default=None, alias="下限")
    same_matter: Literal["取最高"] | None = Field(
        default=None,
        alias="同一事项",
        description="of ledger rows with the same 事项 only the one with most points counts",
    )
    indicators: tuple[Indicator, ...] = Field(alias="指标")


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "group" if "指标" in value else "leaf"
    return "group" if isinstance(value, IndicatorGroup) else "leaf"


Indicator = Annotated[Annotated[Leaf, Tag("leaf")] | Annotated[IndicatorGroup, Tag("group")], Discriminator(_kind)]
