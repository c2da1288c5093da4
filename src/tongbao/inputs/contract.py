"""What a table must look like: the contract that a jurisdiction writes once for each kind of workbook it receives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from pydantic import Field, model_validator

from tongbao.definitions import Flag, Number, Strict
from tongbao.effective import Effective, Timeline
from tongbao.inputs.cases.definition import CaseTable, SampleTable
from tongbao.inputs.cases.language import parse_measure
from tongbao.inputs.table import Missing
from tongbao.language import FormulaError
from tongbao.period import Period


class Shape(StrEnum):
    """How rows relate to units."""

    SUMMARY = "汇总"  # one row a unit
    LEDGER = "台账"  # any number of rows a unit
    SINGLE = "单值"  # one row for all units, without a unit column


class Kind(StrEnum):
    """What a column holds; the unit of a figure is declared here, never guessed cell by cell."""

    INTEGER = "整数"
    DECIMAL = "小数"
    PERCENT = "百分数"  # “75%” as text, or a number that Excel shows as a percentage; 75 alone is an error
    RATIO = "比率"  # 0.75
    PERCENTAGE_POINTS = "百分点"  # 75 means 75%
    YES_NO = "是否"
    TEXT = "文本"
    DATE = "日期"
    MOMENT = "时刻"  # a day with a time, for limits in hours


class Column(Strict):
    """One column that formulas may name."""

    name: str = Field(alias="名称")
    header: str | None = Field(
        default=None,
        alias="表头",
        description="the header text; levels of a merged header joined by /; default: the name",
    )
    kind: Kind = Field(default=Kind.INTEGER, alias="类型")
    required: Flag = Field(default=True, alias="必填")
    minimum: Number | None = Field(default=None, alias="下限")
    maximum: Number | None = Field(default=None, alias="上限")
    choices: tuple[str, ...] = Field(default=(), alias="可选值")


class TableContract(Effective):
    """One table, or one revision of it: its file and sheet, the column naming the unit, the columns it must have."""

    name: str = Field(alias="名称")
    file: str = Field(alias="文件", description="file name or glob inside inputs/<期间>/<辖区>/")
    sheet: str | None = Field(
        default=None, alias="工作表", description="default: the first visible sheet that has the headers"
    )
    shape: Shape = Field(default=Shape.SUMMARY, alias="形式")
    unit_header: str | None = Field(
        default=None, alias="单位列", description="header of the unit column; needed unless 形式 is 单值"
    )
    units: tuple[str, ...] = Field(
        default=(), alias="填报组", description="groups whose every unit must have a row (汇总 only)"
    )
    columns: tuple[Column, ...] = Field(alias="列")
    markers: dict[str, Missing] = Field(
        default_factory=lambda: {"—": Missing.NOT_APPLICABLE},
        alias="空值",
        description="cell texts that mean a missing value, and which",
    )
    skip_rows: tuple[str, ...] = Field(
        default=("合计", "总计", "小计", "平均"),
        alias="略去行",
        description="rows whose first or unit cell is (or for 注 starts with) one of these are no units",
    )

    @model_validator(mode="after")
    def _consistent(self) -> TableContract:
        if self.unit_header is None and self.shape is not Shape.SINGLE:
            raise ValueError(f"数据表“{self.name}”须写明 单位列（形式为 单值 的除外）")
        repeated = {
            column.name for column in self.columns if sum(other.name == column.name for other in self.columns) > 1
        }
        if repeated:
            raise ValueError(f"数据表“{self.name}”的列“{'”“'.join(sorted(repeated))}”写了两次")
        return self


class Tables(Strict):
    """All tables of a jurisdiction: scoring/<辖区>/数据表.yaml."""

    tables: tuple[TableContract, ...] = Field(default=(), alias="数据表")
    cases: tuple[CaseTable, ...] = Field(default=(), alias="案卷表")
    samples: tuple[SampleTable, ...] = Field(default=(), alias="抽查表")

    @model_validator(mode="after")
    def _something(self) -> Tables:
        if not self.tables and not self.cases:
            raise ValueError("须写 数据表 或 案卷表")
        return self

    @cached_property
    def timelines(self) -> dict[str, Timeline[TableContract]]:
        """By name, all revisions of each table."""
        return _timelines(self.all)

    @property
    def changes(self) -> Iterator[Period]:
        """Every month from which a table looks different."""
        return (month for timeline in self.timelines.values() for month in timeline.changes)

    def at(self, period: Period) -> Tables:
        """The tables as they have to look in a month."""
        tables = tuple(found for each in _timelines(self.tables).values() if (found := each.at(period)))
        cases = tuple(case for series in _timelines(self.cases).values() if (case := series.at(period)))
        samples = tuple(sample for drawn in _timelines(self.samples).values() if (sample := drawn.at(period)))
        same = (tables, cases, samples) == (self.tables, self.cases, self.samples)
        return self if same else Tables.model_construct(tables=tables, cases=cases, samples=samples)

    @cached_property
    def all(self) -> tuple[TableContract, ...]:
        """Every table that formulas may name; one counted from cases looks like any other with a row a unit."""
        return (*self.tables, *map(_counted, self.cases), *map(_checked, self.samples))


Item = TypeVar("Item", TableContract, CaseTable, SampleTable)


def _timelines(tables: Iterable[Item]) -> dict[str, Timeline[Item]]:
    by_name: dict[str, list[Item]] = {}
    for table in tables:
        by_name.setdefault(table.name, []).append(table)
    return {name: Timeline.of(revisions, lambda table: table) for name, revisions in by_name.items()}


def _counted(table: CaseTable) -> TableContract:
    columns = tuple(
        Column.model_construct(name=column.name, kind=_kind(column.measure), required=True) for column in table.columns
    )
    return TableContract.model_construct(
        name=table.name,
        file=table.files[0] if table.files else "",
        unit_header=table.unit,
        columns=columns,
        effective=table.effective,
        until=table.until,
    )


def _checked(sample: SampleTable) -> TableContract:
    columns = tuple(Column.model_construct(name=name, kind=Kind.INTEGER, required=True) for name in sample.columns)
    return TableContract.model_construct(
        name=sample.name,
        file=f"{sample.name}.xlsx",
        unit_header="单位",
        columns=columns,
        effective=sample.effective,
        until=sample.until,
    )


def _kind(measure: str) -> Kind:
    try:
        function = parse_measure(measure).function
    except FormulaError:
        return Kind.DECIMAL  # told with its line by the checks
    return Kind.INTEGER if function in {"计数", "去重计数"} else Kind.DECIMAL
