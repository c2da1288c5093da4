"""One 指标体系 whole: its indicators, how they are added up, what its source leaves in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from tongbao.definitions import Month, Number, Strict
from tongbao.effective import Effective
from tongbao.scoring.definition.indicators import Indicator, Leaf
from tongbao.scoring.definition.objects import Objects


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
    period: Month | None = Field(default=None, alias="期间", description="default: December of the year of 生效")
    inputs: dict[str, str] = Field(
        default_factory=dict, alias="输入", description="[表.列] without brackets to the figure"
    )
    rows: dict[str, tuple[dict[str, str], ...]] = Field(
        default_factory=dict, alias="记录", description="rows of a 台账, by table, each column to its cell"
    )
    peers: tuple[dict[str, str], ...] = Field(
        default=(), alias="同组", description="figures of the other units of the group"
    )
    points: Number | None = Field(default=None, alias="得分")
    status: str | None = Field(default=None, alias="状态", description="for what is not scored: 已完成, 逾期, 3/4 …")

    @model_validator(mode="after")
    def _something_to_hold(self) -> Example:
        if self.points is None and self.status is None:
            raise ValueError("算例须写 得分 或 状态")
        return self


class System(Effective):
    """One 指标体系, or one revision of it: scoring/<辖区>/<名称>.yaml, scoring/<辖区>/<名称>@2022-07.yaml."""

    name: str = Field(alias="名称")
    short: str | None = Field(default=None, alias="简称")
    source: str = Field(alias="来源")
    objects: Objects = Field(alias="对象")
    full: Number | None = Field(default=None, alias="满分", description="none: status only")
    aggregate: Literal["求和", "按适用分值折算", "任务完成率"] = Field(
        default="求和",
        alias="汇总",
        description="× 满分 — 按适用分值折算: points / points that apply (R18); 任务完成率: tasks done / due (R23)",
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
