"""修饰: what a missing figure is worth, and what the figures of a unit must fulfil."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tongbao.definitions import Number, Strict


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
