"""The public face: case records become tables, or the cases behind a figure are named; bad data never raises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tongbao.errors import Finding, InvalidError, has_errors
from tongbao.inputs.cases.corrections import corrected_columns, lay_corrections, stands
from tongbao.inputs.cases.counting import Line, break_down, count
from tongbao.inputs.cases.definition import Breakdown, CaseTable
from tongbao.inputs.cases.faults import faults
from tongbao.inputs.cases.listing import Listed, list_cases
from tongbao.inputs.cases.session import Office, Session, open_session
from tongbao.inputs.corrections import Correction
from tongbao.inputs.table import Table

Result = TypeVar("Result")


@dataclass(frozen=True)
class Counted:
    """A counted table, or none where there are errors."""

    table: Table | None
    findings: tuple[Finding, ...]


def read_case_table(table: CaseTable, office: Office) -> Counted:
    """Count the cases of a period into one row a unit.

    Args:
        table: the 案卷表.
        office: where, when and for which units.

    Returns:
        The table and what there is to say; with an error there is no table.
    """
    try:
        counted, findings = with_session(table, office, count)
    except InvalidError as error:
        return Counted(None, error.findings)
    return Counted(counted, findings)


def read_breakdown(table: CaseTable, breakdown: Breakdown, office: Office) -> tuple[Line, ...]:
    """The figures by person, channel or month.

    Raises:
        InvalidError: the records cannot be counted.
    """
    return with_session(table, office, lambda session: break_down(session, breakdown))[0]


def read_cases(table: CaseTable, columns: Sequence[str], unit: str, office: Office, limit: int) -> tuple[Listed, ...]:
    """The cases behind some computed columns of a unit.

    Raises:
        InvalidError: the records cannot be counted.
    """
    asked = dict.fromkeys(columns)
    return with_session(table, office, lambda session: tuple(list_cases(session, name, unit, limit) for name in asked))[
        0
    ]


def complete(table: CaseTable, office: Office, correction: Correction) -> Correction:
    """A correction of one case with what the register keeps of it: the unit and the old value as they stand now.

    Raises:
        InvalidError: no such case, or several; no such column, or a personal one; a value that it does not take.
    """
    columns = corrected_columns(table, replace(office, corrections=(*office.corrections, correction)))
    with open_session(table, office, columns) as session:
        session.findings += lay_corrections(session)
        completed, finding = stands(session, correction)
        session.findings += [finding] if finding else []
        if completed is None or has_errors(session.findings):
            raise InvalidError(session.findings)
        return completed


def with_session(
    table: CaseTable,
    office: Office,
    work: Callable[[Session], Result],
    columns: Iterable[str] = (),
    condition: str | None = None,
) -> tuple[Result, tuple[Finding, ...]]:
    """Open a table's records, hold them against the definition, and do something with them while they are open.

    Args:
        table: the definition.
        office: where, when and for which units.
        work: what to do.
        columns: record columns that are needed besides.
        condition: one that is asked besides.

    Returns:
        What the work came to, and warnings.

    Raises:
        InvalidError: with everything that is wrong with files and records.
    """
    danger = office.folder.unsafe()
    if danger is not None:
        raise InvalidError([danger])
    with open_session(table, office, corrected_columns(table, office).union(columns), condition) as session:
        session.findings += lay_corrections(session)
        if has_errors(session.findings):
            raise InvalidError(session.findings)
        try:
            unknown = session.lay_units()
            session.lay_deadlines()
        except InvalidError as error:
            raise InvalidError([*session.findings, *error.findings]) from None
        session.findings += faults(session, unknown)
        if has_errors(session.findings):
            raise InvalidError(session.findings)
        return work(session), tuple(session.findings)
