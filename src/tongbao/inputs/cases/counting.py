"""Counts the cases into one row a unit, in one pass; every figure keeps in words how it came about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

from tongbao.inputs.cases.checks import MONTH
from tongbao.inputs.cases.conditions import Compiler
from tongbao.inputs.cases.definition import Breakdown, ComputedColumn, RecordKind
from tongbao.inputs.cases.language import Measure, parse_condition, parse_measure
from tongbao.inputs.cases.session import Session
from tongbao.inputs.table import Cell, Missing, Origin, Row, SourceFile, Table

_COUNTED = -1
_DIGITS = 60  # as scoring computes


@dataclass(frozen=True, slots=True)
class Figure:
    """One computed column of one unit.

    Attributes:
        value: the figure; None: nothing to take the mean of.
        cases: how many cases it rests on.
        left_out: for each exclusion by name how many cases would have counted without it.
    """

    value: Decimal | None
    cases: int
    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a breakdown: the unit, the person or channel, and the figures by column."""

    unit: str
    by: tuple[str, ...]
    figures: dict[str, Figure]


def count(session: Session) -> Table:
    """The table that formulas name: one row a unit, in the order of the roster.

    Units of the 填报组 (of all groups where none is named) have a row even without a case: they had none.
    """
    lines = {line.unit: line.figures for line in _lines(session, session.table.columns, ())}
    rows = []
    for number, unit in enumerate(_units(session, lines), start=1):
        figures = lines.get(unit) or {column.name: _nothing(column) for column in session.table.columns}
        cells = {column.name: _cell(session, unit, column, figures[column.name]) for column in session.table.columns}
        rows.append(Row(unit, cells, number))
    sources = session.sources
    digest = hashlib.sha256("".join(source.sha256 for source in sources).encode()).hexdigest()
    by_unit = {row.unit: row for row in rows if row.unit is not None}
    return Table(session.table.name, tuple(rows), SourceFile(session.label, digest), by_unit, sources)


def break_down(session: Session, breakdown: Breakdown) -> tuple[Line, ...]:
    """The same figures by person, channel or month, in the order of the roster."""
    names = breakdown.columns or tuple(column.name for column in session.table.columns)
    columns = tuple(column for column in session.table.columns if column.name in names)
    order = {unit: number for number, unit in enumerate(session.office.roster.units)}
    return tuple(sorted(_lines(session, columns, breakdown.by), key=lambda line: (order[line.unit], line.by)))


def words(column: ComputedColumn) -> str:
    """What a column counts: “计数：[评价等级]在(“不满意”)之中”."""
    measure = str(parse_measure(column.measure))
    return measure if column.condition is None else f"{measure}，条件：{parse_condition(column.condition)}"


def _units(session: Session, found: dict[str, dict[str, Figure]]) -> Iterator[str]:
    groups = set(session.table.groups)
    for group in session.office.roster.groups:
        for unit in group.units:
            if not groups or group.name in groups or unit.name in found:
                yield unit.name


def _nothing(column: ComputedColumn) -> Figure:
    return Figure(None if parse_measure(column.measure).function == "平均" else Decimal(0), 0, ())


def _cell(session: Session, unit: str, column: ComputedColumn, figure: Figure) -> Cell:
    total = sum(count for _, count in figure.left_out)
    left_out = "、".join(f"{name}{count}件" for name, count in figure.left_out if count)
    note = words(column)
    note += f"，计入{figure.cases}件"
    if session.exclusions:
        note += f"；符合条件而排除{total}件" + (f"（{left_out}）" if left_out else "")
    note += "".join(
        f"；{each.note}" for case in session.corrected_of(unit) for each in case.touching(session.table, column)
    )
    missing = Missing.ZERO_DENOMINATOR if figure.value is None else None
    return Cell(figure.value, missing, Origin(session.label, "", "", ""), note)


def _lines(session: Session, columns: Sequence[ComputedColumn], by: Sequence[str]) -> Iterator[Line]:
    compiler = session.compiler()
    within = session.within(compiler)
    keys = [_dimension(session, compiler, name) for name in by]
    measures = [_measured(session, compiler, column) for column in columns]
    flat = [expression for expressions in measures for expression in expressions]
    groups = ["u.unit", *keys, session.excluded(compiler)]
    by_position = ", ".join(str(number) for number in range(1, len(groups) + 1))
    sql = (
        f"SELECT {', '.join([*groups, *flat])} FROM {session.source(compiler)} "
        f"WHERE {within} AND u.unit IS NOT NULL GROUP BY {by_position} ORDER BY ALL"
    )
    found: dict[tuple[str, ...], dict[int, list[tuple[Any, ...]]]] = {}
    for row in session.database.rows(sql, compiler.params):
        key = tuple("" if part is None else str(part) for part in row[: len(groups) - 1])
        figures = iter(row[len(groups) :])
        found.setdefault(key, {})[row[len(groups) - 1]] = [
            tuple(next(figures) for _ in expressions) for expressions in measures
        ]
    for (unit, *rest), parts in found.items():
        yield Line(
            unit,
            tuple(rest),
            {column.name: _figure(session, column, index, parts) for index, column in enumerate(columns)},
        )


def _dimension(session: Session, compiler: Compiler, name: str) -> str:
    if name == MONTH and name not in session.table.record_by_name:
        return f"strftime({compiler.column(session.table.dated_by)}, '%Y-%m')"
    return compiler.canonical(name)


def _measured(session: Session, compiler: Compiler, column: ComputedColumn) -> tuple[str, ...]:
    """The figure and the number of cases that it rests on."""
    measure = parse_measure(column.measure)
    condition = "TRUE" if column.condition is None else compiler.condition(parse_condition(column.condition))
    where = f"FILTER (WHERE {condition})"
    if measure.field is None:
        return (f"count(*) {where}",)
    source = _source(session, compiler, measure)
    if measure.function == "去重计数":
        return f"count(DISTINCT {source}) {where}", f"count({source}) {where}"
    return f"sum({source}) {where}", f"count({source}) {where}"


def _source(session: Session, compiler: Compiler, measure: Measure) -> str:
    assert measure.field is not None  # noqa: S101  # 计数 has been dealt with
    column = session.table.record_by_name[measure.field.name]
    is_word = column.kind is RecordKind.TEXT and not column.personal
    return compiler.canonical(column.name) if is_word else compiler.column(column.name)


def _figure(session: Session, column: ComputedColumn, index: int, parts: dict[int, list[tuple[Any, ...]]]) -> Figure:
    function = parse_measure(column.measure).function
    counted = parts.get(_COUNTED)
    left_out = tuple(
        (name, int(parts[number][index][-1])) for number, name in enumerate(session.exclusions) if number in parts
    )
    if counted is None:
        nothing = _nothing(column)
        return Figure(nothing.value, 0, left_out)
    value, cases = counted[index][0], int(counted[index][-1])
    number = Decimal(0) if value is None else Decimal(value)
    if function != "平均":
        return Figure(number, cases, left_out)
    with localcontext(Context(prec=_DIGITS, rounding=ROUND_HALF_UP)):
        return Figure(number / cases if cases else None, cases, left_out)
