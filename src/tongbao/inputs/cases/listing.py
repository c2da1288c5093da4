"""Names the cases behind a figure: numbers, files and rows, and nothing about the people in them."""

from __future__ import annotations

from dataclasses import dataclass

from tongbao.errors import Place
from tongbao.inputs.cases.counting import words
from tongbao.inputs.cases.language import parse_condition, parse_measure
from tongbao.inputs.cases.places import places_of
from tongbao.inputs.cases.session import Session


@dataclass(frozen=True, slots=True)
class Case:
    """One case, with what appeals put right in it."""

    number: str
    place: Place
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The cases behind one computed column of one unit.

    Attributes:
        column: [表.列] without brackets.
        words: what the column counts.
        total: how many cases there are.
        cases: the first of them, by case number.
        left_out: cases that appeals put right and that the column does not count now.
    """

    column: str
    words: str
    total: int
    cases: tuple[Case, ...]
    left_out: tuple[Case, ...] = ()


def list_cases(session: Session, column_name: str, unit: str, limit: int) -> Listed:
    """The cases that a column counted for a unit, by case number.

    Args:
        session: deadlines and units laid.
        column_name: a computed column.
        unit: canonical name.
        limit: how many to name.
    """
    column = session.table.named(column_name)
    compiler = session.compiler()
    conditions = [session.within(compiler), f"({session.excluded(compiler)}) = -1"]
    conditions.append(f"u.unit = {compiler.params.bind(unit)}")
    if column.condition is not None:
        conditions.append(compiler.condition(parse_condition(column.condition)))
    measure = parse_measure(column.measure)
    if measure.field is not None:
        conditions.append(f"{compiler.column(measure.field.name)} IS NOT NULL")
    where = " AND ".join(conditions)
    corrected = {
        case.number: (case, "；".join(each.note for each in touching))
        for case in session.corrected_of(unit)
        if (touching := case.touching(session.table, column))
    }
    asked = compiler.params.bind(list(corrected))
    sql = (
        'WITH counted AS (SELECT number, "file", pos, count(*) OVER () AS total '
        f"FROM {session.source(compiler)} WHERE {where}), "
        f'first AS (SELECT *, FALSE AS mine FROM counted ORDER BY number, "file", pos LIMIT {int(limit)}), '
        f"mine AS (SELECT *, TRUE AS mine FROM counted WHERE number IN (SELECT unnest({asked}::VARCHAR[]))) "
        'SELECT * FROM first UNION ALL SELECT * FROM mine ORDER BY mine, number, "file", pos'
    )
    found = session.database.rows(sql, compiler.params)
    counted = [row for row in found if not row[4]]
    still = {row[0] for row in found if row[4]}
    gone = [(number, case.at) for number, (case, _) in corrected.items() if number not in still]
    places = places_of(session, [*((file, at) for _, file, at, *_ in counted), *(at for _, at in gone)])
    numbers = [*(row[0] for row in counted), *(number for number, _ in gone)]
    notes = {number: note for number, (_, note) in corrected.items()}
    cases = [Case(number, place, notes.get(number, "")) for number, place in zip(numbers, places, strict=True)]
    total = counted[0][3] if counted else 0
    shown = len(counted)
    name = f"{session.table.name}.{column.name}"
    return Listed(name, words(column), total, tuple(cases[:shown]), tuple(cases[shown:]))
