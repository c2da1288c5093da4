"""Which columns of an export something asks for; nothing else of it is read."""

from __future__ import annotations

from collections.abc import Iterable

from tongbao.inputs.cases.definition import CaseTable, ComputedColumn, RecordColumn
from tongbao.inputs.cases.language import Timely, fields, parse_condition, parse_measure, walk


def needed_columns(table: CaseTable, also: Iterable[str] = ()) -> tuple[RecordColumn, ...]:
    """Columns that something asks for; personal data that nothing asks for are never read."""
    named = {table.dated_by, *also}
    for deadline in table.deadlines:
        named |= {deadline.start, deadline.end, *([deadline.category] if deadline.category else [])}
    for text in (*(each.condition for each in table.exclusions), *(each.condition for each in table.columns)):
        named |= {asked.name for asked in fields(parse_condition(text))} if text is not None else set()
    for column in table.columns:
        measure = parse_measure(column.measure)
        named |= {measure.field.name} if measure.field else set()
    for breakdown in table.breakdowns:
        named |= set(breakdown.by)
    return tuple(
        column
        for column in table.record
        if column.name in named or (not column.personal and (column.choices or column.required))
    )


def columns_read(table: CaseTable, column: ComputedColumn) -> set[str]:
    """The record columns that decide which cases a computed column counts, and what it makes of them."""
    texts = (*(each.condition for each in table.exclusions), column.condition)
    conditions = [parse_condition(text) for text in texts if text is not None]
    named = {asked.name for condition in conditions for asked in fields(condition)}
    timely = {part.deadline for each in conditions for part in walk(each) if isinstance(part, Timely)}
    for deadline in (each for each in table.deadlines if each.name in timely):
        named |= {deadline.start, deadline.end, *([deadline.category] if deadline.category else [])}
    measured = parse_measure(column.measure).field
    return named | ({measured.name} if measured else set())
