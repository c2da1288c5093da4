"""指标体系 as a clerk writes it: a closed kernel of ways to get a value, to score it, and to add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from tongbao.definitions import Day, Flag, Month, Number, Strict
from tongbao.inputs.table import Missing


class Objects(Strict):
    """Which units something applies to: groups, then single units added or left out."""

    groups: tuple[str, ...] = Field(default=(), alias="组")
    include: tuple[str, ...] = Field(default=(), alias="包括")
    exclude: tuple[str, ...] = Field(default=(), alias="不包括")


# --- 取值 ---------------------------------------------------------------------------------------------------


class LedgerValue(Strict):
    """Rows of a ledger that name this clause; columns 条款, 日期, 次数, 事由 (事项, 佐证 for bonuses)."""

    table: str = Field(alias="表")
    clause: str = Field(alias="条款")


class JudgedValue(Strict):
    """Points entered by judges. The table has columns 条款, 评委, 得分, 理由; below full marks a reason is required."""

    table: str = Field(alias="表")
    clause: str = Field(alias="条款")
    judges: Literal["平均", "最低", "唯一"] = Field(default="平均", alias="多评委")


class Value(Strict):
    """How the figure of an indicator is obtained; exactly one way."""

    formula: str | None = Field(default=None, alias="公式")
    ledger: LedgerValue | None = Field(default=None, alias="台账")
    judged: JudgedValue | None = Field(default=None, alias="人工")
    system: str | None = Field(
        default=None, alias="体系", description="share of full marks that the unit has in another system (R21)"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Value:
        if sum(way is not None for way in (self.formula, self.ledger, self.judged, self.system)) != 1:
            raise ValueError("取值须且只须写 公式、台账、人工、体系 中的一种")
        return self


# --- 计分 ---------------------------------------------------------------------------------------------------


class Proportional(Strict):
    """按比例: weight × value; with 参照 组内最高, weight × value / best of the group (R1–R6)."""

    reference: Literal["组内最高"] | None = Field(default=None, alias="参照")


class Target(Strict):
    """达标: full marks when the value meets the target, else none or by share (R15)."""

    comparison: Literal[">=", "<=", ">", "<", "="] = Field(alias="比较")
    target: str = Field(alias="目标", description="a number such as 98% or a formula such as [证照.认领种类]")
    deadline: Day | None = Field(default=None, alias="截止")
    lasting: Flag = Field(default=False, alias="长期坚持", description="checked again every month after the deadline")
    unmet: Literal["零分", "按完成比例"] = Field(default="零分", alias="未达")


class Gap(Strict):
    """差距扣分: points off for every step below the best of the group (R7)."""

    reference: Literal["组内最高"] = Field(default="组内最高", alias="参照")
    step: Number = Field(alias="每")
    off: Number = Field(alias="扣")
    stepping: Literal["连续", "满步", "不足一步按一步"] = Field(alias="步进")


class Band(Strict):
    """One line of 分档: an exact text (R8, R9) or a lower bound, and the points for it."""

    text: str | None = Field(default=None, alias="值")
    at_least: Number | None = Field(default=None, alias="不低于")
    points: Number | None = Field(default=None, alias="得分")
    not_applicable: Flag = Field(default=False, alias="不适用")

    @model_validator(mode="after")
    def _whole(self) -> Band:
        if (self.text is None) == (self.at_least is None):
            raise ValueError("分档的每一档须且只须写 值、不低于 中的一种")
        if (self.points is None) != self.not_applicable:
            raise ValueError("分档的每一档须写 得分，或写 不适用: 是")
        return self


class PerEvent(Strict):
    """逐次: so many points off or on for each event of the ledger (R11, R12)."""

    off: Number | None = Field(default=None, alias="扣")
    on: Number | None = Field(default=None, alias="加")
    once: Flag = Field(default=False, alias="一次性")
    proof: Flag = Field(default=False, alias="须佐证")

    @model_validator(mode="after")
    def _one_sign(self) -> PerEvent:
        if (self.off is None) == (self.on is None):
            raise ValueError("逐次须且只须写 扣、加 中的一种")
        return self


def _bare_scoring(value: object) -> object:
    return {value: {}} if isinstance(value, str) else value


class Scoring(Strict):
    """How a figure becomes points; exactly one way. “按比例” alone is short for {按比例: {}}."""

    proportional: Proportional | None = Field(default=None, alias="按比例")
    target: Target | None = Field(default=None, alias="达标")
    gap: Gap | None = Field(default=None, alias="差距扣分")
    bands: tuple[Band, ...] | None = Field(default=None, alias="分档")
    per_event: PerEvent | None = Field(default=None, alias="逐次")
    direct: Strict | None = Field(default=None, alias="直接")
    status: Strict | None = Field(
        default=None, alias="仅状态", description="no target and no points: the figure is shown, nothing is scored"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Scoring:
        ways = (self.proportional, self.target, self.gap, self.bands, self.per_event, self.direct, self.status)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("计分须且只须写一种")
        return self


# --- 修饰 ---------------------------------------------------------------------------------------------------


class RateOutcome(Strict):
    """A fixed share of the weight, as in 无跨省通办事项得80%权重分 (R17)."""

    rate: Number = Field(alias="得分率")


Outcome = Literal["不适用", "剔除", "零分", "满分", "待核"] | RateOutcome
"""What a missing value is worth. 不适用 hands on to the leaf's own 不适用 rule; 剔除 leaves it out of the base."""


class Check(Strict):
    """A condition that the figures of a unit must fulfil; otherwise a finding."""

    condition: str = Field(alias="条件")
    severity: Literal["错误", "警告", "提示"] = Field(default="错误", alias="不符")
    message: str = Field(alias="说明")


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
    value: Value = Field(alias="取值")
    unit: str | None = Field(
        default=None,
        alias="单位",
        description="how the value is shown: % (default for formulas with /), 分, 次, 万人 …",
    )
    scoring: Annotated[Scoring, BeforeValidator(_bare_scoring)] = Field(alias="计分")
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

    @property
    def shown_unit(self) -> str:
        """How the value is shown: the stated 单位, or % for a formula that divides, 分 for judges' points."""
        if self.unit is None and self.value.judged is not None:
            return "分"
        divides = self.value.formula is not None and any(sign in self.value.formula for sign in "/÷")
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


class Rounding(Strict):
    """Where points are rounded, once, half up."""

    place: Literal["指标", "总分"] = Field(default="指标", alias="位置")
    digits: int = Field(default=2, alias="位数", ge=0, le=6)


class Remark(Strict):
    """An inconsistency printed in the source, and what this definition made of it."""

    where: str = Field(alias="处")
    quote: str = Field(alias="原文")
    choice: str = Field(alias="取法")


class Example(Strict):
    """算例: figures in, points out; `check` works it through."""

    indicator: str = Field(alias="指标")
    inputs: dict[str, str] = Field(alias="输入", description="[表.列] without brackets to the figure")
    peers: tuple[dict[str, str], ...] = Field(
        default=(), alias="同组", description="figures of the other units of the group"
    )
    points: Number = Field(alias="得分")


class System(Strict):
    """One 指标体系: scoring/<辖区>/<名称>.yaml."""

    name: str = Field(alias="名称")
    short: str | None = Field(default=None, alias="简称")
    source: str = Field(alias="来源")
    effective: Month | None = Field(default=None, alias="生效")
    objects: Objects = Field(alias="对象")
    full: Number | None = Field(default=None, alias="满分", description="none: status only")
    aggregate: Literal["求和", "按适用分值折算"] = Field(
        default="求和", alias="汇总", description="按适用分值折算: points / points that apply × 满分 (R18)"
    )
    rounding: Rounding = Field(default_factory=Rounding, alias="取整")
    rank_by: Literal["公布得分", "精确得分"] = Field(default="公布得分", alias="排名依据")
    label: str = Field(default="得分", alias="得分名称")
    measure: str = Field(default="分", alias="得分单位")
    remarks: tuple[Remark, ...] = Field(default=(), alias="源文存疑")
    indicators: tuple[Indicator, ...] = Field(alias="指标")
    examples: tuple[Example, ...] = Field(default=(), alias="算例")

    def leaves(self) -> Iterator[tuple[tuple[str, ...], Leaf]]:
        """Every leaf with the names on the way to it, in the order of the definition."""

        def walk(indicators: tuple[Indicator, ...], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Leaf]]:
            for indicator in indicators:
                if isinstance(indicator, Leaf):
                    yield (*path, indicator.name), indicator
                else:
                    yield from walk(indicator.indicators, (*path, indicator.name))

        return walk(self.indicators, ())


ZERO = Decimal(0)

__all__ = [
    "Band",
    "Check",
    "Example",
    "Gap",
    "Indicator",
    "IndicatorGroup",
    "JudgedValue",
    "Leaf",
    "LedgerValue",
    "Missing",
    "Objects",
    "Outcome",
    "PerEvent",
    "Proportional",
    "RateOutcome",
    "Remark",
    "Rounding",
    "Scoring",
    "System",
    "Target",
    "Value",
]
