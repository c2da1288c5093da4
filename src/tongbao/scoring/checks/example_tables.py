"""The figures of an 算例 as tables, so that examples and real months go through the same engine."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from tongbao.inputs.contract import Kind, Shape, TableContract, Tables
from tongbao.inputs.moments import parse_day, parse_moment
from tongbao.inputs.table import Cell, Missing, Origin, Row, SourceFile, Table
from tongbao.language import FormulaError
from tongbao.period import Period
from tongbao.scoring.definition import Leaf
from tongbao.scoring.formula import parse
from tongbao.scoring.formula_nodes import Column
from tongbao.scoring.suggestions import did_you_mean

_TEXTS = {Kind.TEXT, Kind.YES_NO}


class UnusableExampleError(ValueError):
    """An example that cannot be worked through; the message says why."""


class ExampleTables:
    """Collects “表.列: 数” of the units of one example.

    For a 台账 the name is “表.次数”, “表.得分” (of the indicator's own clause) or “表.<条款>”.
    """

    def __init__(self, contracts: Tables, leaf: Leaf | None, period: Period, file: str) -> None:
        self._contracts = {table.name: table for table in contracts.all}
        self._leaf = leaf
        self._period = period
        self._source = SourceFile(file, "")
        self._rows: dict[tuple[Period, str], dict[tuple[str | None, str], dict[str, Cell]]] = {}
        self._added = 0

    def put(self, unit: str, name: str, text: str) -> None:
        """Take up one figure.

        Raises:
            UnusableExampleError: there is no such table or column, or the figure is none.
        """
        column = _named(name)
        contract = self._contracts.get(column.table)
        if contract is None:
            raise UnusableExampleError(f"：没有表“{column.table}”。{did_you_mean(column.table, self._contracts)}")
        rows = self._rows.setdefault((column.period(self._period), column.table), {})
        if contract.shape is Shape.LEDGER:
            self._put_entry(rows, contract, unit, column.column, text)
            return
        kinds = {known.name: known.kind for known in contract.columns}
        if column.column not in kinds:
            raise UnusableExampleError(
                f"：表“{column.table}”没有列“{column.column}”。{did_you_mean(column.column, kinds)}"
            )
        owner = None if contract.shape is Shape.SINGLE else unit
        rows.setdefault((owner, ""), {})[column.column] = self._cell(contract, kinds[column.column], text)

    def add(self, unit: str, name: str, figures: Mapping[str, str]) -> None:
        """Take up one row of a 台账; columns that it does not name are blank, 条款 is the indicator's own.

        Raises:
            UnusableExampleError: there is no such ledger or column, or a figure is none.
        """
        contract = self._contracts.get(name)
        if contract is None or contract.shape is not Shape.LEDGER:
            raise UnusableExampleError(f"：没有台账“{name}”。{did_you_mean(name, self._contracts)}")
        asked = self._leaf.value.clause if self._leaf else None
        given = {"条款": asked[1], **figures} if asked is not None else dict(figures)
        kinds = {known.name: known.kind for known in contract.columns}
        for column in given:
            if column not in kinds:
                raise UnusableExampleError(f"：表“{name}”没有列“{column}”。{did_you_mean(column, kinds)}")
        self._added += 1
        cells = {column: self._cell(contract, kind, given.get(column, "")) for column, kind in kinds.items()}
        self._rows.setdefault((self._period, name), {})[unit, f"第{self._added}行"] = cells

    def built(self) -> Mapping[tuple[Period, str], Table]:
        """All that was put in, and empty ledgers for the rest: an example without a row has none."""
        tables = {
            (period, name): Table(
                name,
                tuple(Row(unit, cells, number) for number, ((unit, _), cells) in enumerate(rows.items(), start=1)),
                self._source,
                {unit: Row(unit, cells, 1) for (unit, _), cells in rows.items() if unit is not None},
            )
            for (period, name), rows in self._rows.items()
        }
        for name, contract in self._contracts.items():
            if contract.shape is Shape.LEDGER:
                tables.setdefault((self._period, name), Table(name, (), self._source))
        return tables

    def _put_entry(
        self,
        rows: dict[tuple[str | None, str], dict[str, Cell]],
        contract: TableContract,
        unit: str,
        name: str,
        text: str,
    ) -> None:
        asked = self._leaf.value.clause if self._leaf else None
        kinds = {known.name: known.kind for known in contract.columns}
        judged = "得分" in kinds
        column = name if name in kinds else "得分" if judged else "次数"
        clause = name if name not in kinds else asked[1] if asked else ""
        if not clause:
            raise UnusableExampleError(f"：请写 {contract.name}.<条款>，如 {contract.name}.第1条")
        cells = rows.setdefault((unit, clause), self._entry(clause, kinds))
        cells[column] = self._cell(contract, kinds.get(column, Kind.INTEGER), text)

    def _entry(self, clause: str, kinds: Mapping[str, Kind]) -> dict[str, Cell]:
        filled: dict[str, Cell] = {}
        for name, kind in kinds.items():
            if kind is Kind.DATE:
                filled[name] = Cell(self._period.last_day, None, self._origin(""))
            elif kind is Kind.TEXT:
                filled[name] = Cell("算例" + clause, None, self._origin("算例"))
            elif name == "次数":
                filled[name] = Cell(Decimal(1), None, self._origin("1"))
        filled["条款"] = Cell(clause, None, self._origin(clause))
        return filled

    def _cell(self, contract: TableContract, kind: Kind, text: str) -> Cell:
        origin = self._origin(text)
        if text in contract.markers:
            return Cell(None, contract.markers[text], origin)
        if not text:
            return Cell(None, Missing.BLANK, origin)
        if kind is Kind.DATE:
            if (day := parse_day(text)) is None:
                raise UnusableExampleError(f"：“{text}”应写成 2022-10-20 的形式")
            return Cell(day, None, origin)
        if kind is Kind.MOMENT:
            if (moment := parse_moment(text)) is None:
                raise UnusableExampleError(f"：“{text}”应写成 2022-10-20 09:30 的形式")
            return Cell(moment, None, origin)
        if kind in _TEXTS:
            return Cell(text, None, origin)
        try:
            number = Decimal(text.removesuffix("%"))
        except InvalidOperation:
            raise UnusableExampleError(f"：“{text}”不是数字") from None
        scaled = text.endswith("%") or kind is Kind.PERCENTAGE_POINTS
        return Cell(number.scaleb(-2) if scaled else number, None, origin)

    def _origin(self, text: str) -> Origin:
        return Origin(self._source.path, "算例", "", text)


def _named(name: str) -> Column:
    try:
        root = parse(f"[{name}]").root
    except FormulaError as error:
        raise UnusableExampleError(f"：{error}") from None
    if not isinstance(root, Column):
        raise UnusableExampleError(f"：“{name}”应写成 表.列")
    return root
