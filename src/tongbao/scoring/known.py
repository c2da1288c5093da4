"""What is already known of a jurisdiction's figures, so that several reports read no table and score no board twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tongbao.errors import Finding
from tongbao.inputs.cases.definition import CaseTable, SampleTable
from tongbao.inputs.contract import Column, TableContract
from tongbao.inputs.corrections import Correction
from tongbao.inputs.files import Folder
from tongbao.inputs.table import SourceFile, Table
from tongbao.period import Period
from tongbao.scoring.corrections import correct
from tongbao.scoring.scheme_model import Scheme
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.tables import Board, TableKey

if TYPE_CHECKING:
    from tongbao.inputs.cases.reader import Counted
    from tongbao.inputs.cases.session import Office

_Asked = TypeVar("_Asked", CaseTable, SampleTable)
Basis = Table | Scoreboard | None
"""What a board rests on; None for a table that is not there."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One table of one month, with what granted appeals put right.

    Attributes:
        table: None where it could not be read.
        findings: what reading it brought to light.
        misfits: corrections that do not fit it.
        sources: every file that was read for it.
    """

    table: Table | None
    findings: tuple[Finding, ...]
    misfits: tuple[Finding, ...]
    sources: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class _Scored:
    """A board, and the very tables and boards that it rests on."""

    basis: tuple[Basis, ...]
    board: Scoreboard


class Known:
    """Tables as they were asked for, and boards as they came of these tables; it lives as long as one command asks.

    The same question gets the same answer: a table that is asked for with other units is read anew, since other
    rows may be missing, and a board is only taken again where it rests on the very same tables and boards.

    Args:
        workspace: the folder that holds inputs/.
        scheme: the jurisdiction's definitions with the corrections that hold.
    """

    def __init__(self, workspace: Path, scheme: Scheme) -> None:
        self.workspace = workspace
        self.scheme = scheme
        self._tables: dict[tuple[Period, str, frozenset[str], bool], Taken] = {}
        self._counted: dict[TableKey, Taken] = {}
        self._boards: dict[Board, list[_Scored]] = {}

    def tables(
        self, month: Period, contracts: Sequence[TableContract], units: Mapping[str, frozenset[str]], *, base: bool
    ) -> Mapping[str, Taken]:
        """Tables of a month, in the order of their contracts.

        Args:
            month: the month.
            contracts: as they are in force then.
            units: by table, the units that must have a row.
            base: whether formulas only look back at the month.
        """
        keys = {contract.name: (month, contract.name, units[contract.name], base) for contract in contracts}
        fresh = [contract for contract in contracts if keys[contract.name] not in self._tables]
        if fresh:
            from tongbao.inputs.reader import read_tables  # workbooks are only needed here; tests bring tables

            roster = self.scheme.at(month).roster
            read = read_tables(self.workspace, month, self.scheme.jurisdiction, fresh, roster, units)
            for contract in fresh:
                reading = read.readings[contract.name]
                sources = (reading.source,) if reading.source else ()
                taken = self._corrected(month, reading.table, contract.columns, reading.findings, sources)
                self._tables[keys[contract.name]] = taken
        return {name: self._tables[key] for name, key in keys.items()}

    def cases(self, month: Period, asked: Sequence[CaseTable]) -> Mapping[str, Taken]:
        """Tables that are counted from case records; DuckDB is only loaded where there is one."""
        from tongbao.inputs.cases.reader import read_case_table

        return self._count(month, asked, read_case_table)

    def samples(self, month: Period, asked: Sequence[SampleTable]) -> Mapping[str, Taken]:
        """Check sheets that were filled in."""
        from tongbao.inputs.cases.samples import read_sample_table

        return self._count(month, asked, read_sample_table)

    def board(self, key: Board, basis: Iterable[Basis], score: Callable[[], Scoreboard]) -> Scoreboard:
        """A board, scored only where none is known that rests on the same.

        Args:
            key: the system and the month.
            basis: every table and board that it rests on, always in the same order.
            score: works it out.
        """
        known = self._boards.setdefault(key, [])
        rests_on = tuple(basis)
        for scored in known:
            if all(one is other for one, other in zip(scored.basis, rests_on, strict=True)):
                return scored.board
        known.append(_Scored(rests_on, score()))
        return known[-1].board

    def _count(
        self, month: Period, asked: Sequence[_Asked], read: Callable[[_Asked, Office], Counted]
    ) -> Mapping[str, Taken]:
        office = case_office(self.workspace, self.scheme, month)
        for each in asked:
            if (month, each.name) not in self._counted:
                counted = read(each, office)
                sources = counted.table.files if counted.table else ()
                taken = self._corrected(month, counted.table, (), counted.findings, sources)
                self._counted[month, each.name] = taken
        return {each.name: self._counted[month, each.name] for each in asked}

    def _corrected(
        self,
        month: Period,
        table: Table | None,
        columns: Sequence[Column],
        findings: Iterable[Finding],
        sources: Iterable[SourceFile],
    ) -> Taken:
        """Lay what granted appeals put right over a table that was just read."""
        misfits: tuple[Finding, ...] = ()
        if table is not None:
            wanted = [each for each in self.scheme.corrections if _is_of(each, month, table.name)]
            table, misfits = correct(table, columns, wanted)
        return Taken(table, tuple(findings), misfits, tuple(sources))


def case_office(workspace: Path, scheme: Scheme, month: Period) -> Office:
    """Where, when and for whom cases are counted, with what appeals put right in single ones."""
    from tongbao.inputs.cases.session import Office

    folder = Folder.of(workspace, month, scheme.jurisdiction)
    corrections = tuple(each for each in scheme.corrections if each.case and each.period == month)
    return Office(folder, month, scheme.at(month).roster, scheme.calendar, corrections)


def _is_of(correction: Correction, month: Period, table: str) -> bool:
    """Cells of the table; what is about single cases has been laid over the records."""
    return not correction.case and (correction.period, correction.table) == (month, table)
