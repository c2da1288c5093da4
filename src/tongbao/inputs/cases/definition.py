"""案卷表: what a clerk writes once to have a table counted from case records instead of typed in."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from tongbao.definitions import Flag, Number, Strict
from tongbao.effective import Effective
from tongbao.inputs.durations import TimeLimit


class RecordKind(StrEnum):
    """What a column of the records holds."""

    TEXT = "文本"
    DATE = "日期"
    MOMENT = "时刻"
    INTEGER = "整数"
    DECIMAL = "小数"
    YES_NO = "是否"


TIMES = frozenset({RecordKind.DATE, RecordKind.MOMENT})
FIGURES = frozenset({RecordKind.INTEGER, RecordKind.DECIMAL})


class RecordColumn(Strict):
    """One column of the export that conditions and computations may name."""

    name: str = Field(alias="名称")
    header: str | None = Field(default=None, alias="表头", description="default: the name")
    kind: RecordKind = Field(default=RecordKind.TEXT, alias="类型")
    required: Flag = Field(default=True, alias="必填")
    choices: tuple[str, ...] = Field(default=(), alias="可选值")
    personal: Flag = Field(
        default=False,
        alias="个人信息",
        description="hashed while reading; may only be asked for being blank, or counted without repetition",
    )

    @property
    def title(self) -> str:
        """The header that the column bears in the file."""
        return self.header or self.name


class Deadline(TimeLimit):
    """A named time limit of the cases, so that conditions can say 按期(…), 逾期(…), 未到期(…)."""

    name: str = Field(alias="名称")


class Exclusion(Strict):
    """Cases that do not count at all, and why; each case is left out for the first reason that holds."""

    name: str = Field(alias="名称")
    condition: str = Field(alias="条件")


class ComputedColumn(Strict):
    """One column that formulas name: what is computed over which cases."""

    name: str = Field(alias="名称")
    measure: str = Field(default="计数", alias="计算", description="计数, 求和([列]), 平均([列]), 去重计数([列])")
    condition: str | None = Field(default=None, alias="条件")


class Breakdown(Strict):
    """The same columns by more than the unit: by person, channel or month; for the office, not for formulas."""

    name: str = Field(alias="名称")
    by: tuple[str, ...] = Field(alias="按", description="record columns; 月 is the month of the 归期")
    columns: tuple[str, ...] = Field(default=(), alias="列", description="default: all computed columns")


class CaseTable(Effective):
    """A table that is counted from case records: one row a unit."""

    name: str = Field(alias="名称")
    files: tuple[str, ...] = Field(alias="文件", description="names or globs inside inputs/<期间>/<辖区>/")
    sheet: str | None = Field(default=None, alias="工作表")
    unit: str = Field(alias="单位列", description="header of the unit column")
    number: str = Field(alias="编号列", description="header of the case number, unique over all files")
    dated_by: str = Field(alias="归期", description="the record column whose month decides")
    groups: tuple[str, ...] = Field(default=(), alias="填报组", description="groups that get a row each; default: all")
    record: tuple[RecordColumn, ...] = Field(alias="案卷列")
    blanks: tuple[str, ...] = Field(default=(), alias="空值", description="texts that stand for an empty cell")
    deadlines: tuple[Deadline, ...] = Field(default=(), alias="期限")
    exclusions: tuple[Exclusion, ...] = Field(default=(), alias="排除")
    columns: tuple[ComputedColumn, ...] = Field(alias="列")
    breakdowns: tuple[Breakdown, ...] = Field(default=(), alias="分表")

    @field_validator("files", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @property
    def record_by_name(self) -> dict[str, RecordColumn]:
        """Record columns by the name that conditions use."""
        return {column.name: column for column in self.record}

    def named(self, column: str) -> ComputedColumn:
        """A computed column."""
        return next(known for known in self.columns if known.name == column)


class SampleTable(Effective):
    """A 抽查表: items drawn at random for every unit, checked by hand, and counted (R6)."""

    name: str = Field(alias="名称")
    population: str = Field(
        alias="总体", description="the 案卷表 whose counted cases are drawn from, or a 台账 whose rows are"
    )
    condition: str | None = Field(default=None, alias="条件")
    item: str | None = Field(
        default=None, alias="抽取项", description="column whose different values are drawn; default: cases"
    )
    each: int | None = Field(default=None, alias="每单位", ge=1)
    share: Number | None = Field(default=None, alias="比例", gt=0, le=1)
    seed: str = Field(alias="种子", min_length=1)
    shown: tuple[str, ...] = Field(default=(), alias="列出", description="record columns shown on the sheet")
    checks: tuple[str, ...] = Field(alias="核查项", min_length=1, description="what to answer with 是 or 否")
    not_applicable: tuple[str, ...] = Field(
        default=(), alias="可填不涉及", description="核查项 that may also be answered with 不涉及, which does not count"
    )

    @model_validator(mode="after")
    def _consistent(self) -> SampleTable:
        if (self.each is None) == (self.share is None):
            raise ValueError(f"抽查表“{self.name}”须写且只写 每单位 或 比例 中的一个")
        if strangers := [check for check in self.not_applicable if check not in self.checks]:
            raise ValueError(f"抽查表“{self.name}”的可填不涉及有“{'、'.join(strangers)}”，核查项中没有")
        reserved = (POPULATION, DRAWN, *map(asked_of, self.not_applicable))
        if set(reserved) & set(self.checks) or len(set(self.checks)) < len(self.checks):
            raise ValueError(f"抽查表“{self.name}”的核查项不能重复，也不能叫 {'、'.join(reserved)}")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """What formulas may name: 总体数, 抽查数, how many 是 for each 核查项, and of how many where not of all."""
        return (POPULATION, DRAWN, *self.checks, *map(asked_of, self.not_applicable))


POPULATION, DRAWN = "总体数", "抽查数"
"""Columns that every 抽查表 has besides one for each 核查项 (how many were answered 是)."""


def asked_of(check: str) -> str:
    """The column that says of how many items a 核查项 was answered with 是 or 否: 办理时间准确核查数."""
    return f"{check}核查数"
