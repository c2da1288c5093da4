"""计分: the closed list of ways in which a figure becomes points."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from tongbao.definitions import Day, Flag, Number, OneOf, Strict


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
    early: Literal["不计", "计入"] = Field(
        default="不计",
        alias="到期前",
        description="unmet before the deadline: left out of what is due, or counted as not done yet; never a loss",
    )


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


class Scoring(OneOf):
    """How a figure becomes points; exactly one way. “按比例” alone is short for {按比例: {}}."""

    called: ClassVar[str] = "计分"
    bare: ClassVar[bool] = True

    proportional: Proportional | None = Field(default=None, alias="按比例")
    target: Target | None = Field(default=None, alias="达标")
    gap: Gap | None = Field(default=None, alias="差距扣分")
    bands: tuple[Band, ...] | None = Field(default=None, alias="分档")
    per_event: PerEvent | None = Field(default=None, alias="逐次")
    direct: Strict | None = Field(default=None, alias="直接")
    status: Strict | None = Field(
        default=None, alias="仅状态", description="no target and no points: the figure is shown, nothing is scored"
    )
