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
    """One case that counted."""

    number: str
    place: Place


@dataclass(frozen=True, slots=True)
class Listed:
    """The cases behind one computed column of one unit.

    Attributes:
        column: [表.列] without brackets.
        words: what the column counts.
        total: how many cases there are.
        cases: the first of them, by case number.
    """

    column: str
    words: str
    total: int
    cases: tuple[Case, ...]


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
    sql = (
        f'SELECT count(*) OVER (), number, "file", pos FROM {session.source(compiler)} WHERE {where} '
        f"ORDER BY 2, 3, 4 LIMIT {int(limit)}"
    )
    found = session.database.rows(sql, compiler.params)
    places = places_of(session, [(file, at) for _, _, file, at in found])
    cases = tuple(Case(number, place) for (_, number, _, _), place in zip(found, places, strict=True))
    return Listed(f"{session.table.name}.{column.name}", words(column), found[0][0] if found else 0, cases)
