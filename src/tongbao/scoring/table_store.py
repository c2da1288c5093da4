"""The tables of a jurisdiction, read when they are first asked for and kept while its months are scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tongbao.errors import Finding
from tongbao.inputs.cases.definition import CaseTable, SampleTable
from tongbao.inputs.contract import Column
from tongbao.inputs.corrections import Correction
from tongbao.inputs.files import Folder
from tongbao.inputs.table import SourceFile, Table
from tongbao.period import Period
from tongbao.scoring.corrections import correct
from tongbao.scoring.scheme_model import Scheme
from tongbao.scoring.tables import Needs, TableKey, case_tables_for, contracts_for, samples_for

if TYPE_CHECKING:
    from tongbao.inputs.cases.session import Office


class TableStore:
    """Reads each table of each month once, by the contract that was in force then.

    Attributes:
        tables: all that has been read; a table with errors is left out or holds what could be read.
    """

    def __init__(self, workspace: Path, scheme: Scheme) -> None:
        self.workspace = workspace
        self.scheme = scheme
        self.tables: dict[TableKey, Table] = {}
        self._own: dict[TableKey, frozenset[str]] = {}
        self._base: set[TableKey] = set()
        self._counted: set[TableKey] = set()  # cases are counted for all units at once, so never twice
        self._findings: dict[Period, list[Finding]] = {}
        self._sources: dict[Period, dict[str, SourceFile]] = {}

    def has_data(self, period: Period) -> bool:
        """Whether anything at all came in for a month."""
        return Folder.of(self.workspace, period, self.scheme.jurisdiction).path.is_dir()

    def take(self, needed: Needs) -> None:
        """Read what has not been read yet.

        A table known as a base period, or for fewer units, is read again, since more has to be in it.
        """
        own = {key: units for key, units in needed.own.items() if key not in self._own or not units <= self._own[key]}
        base = needed.base - self._own.keys() - self._base
        for month in needed.months:
            self._read(month, {name: units for (at, name), units in own.items() if at == month}, base=False)
            self._read(month, {name: frozenset() for at, name in base if at == month}, base=True)
        self._own.update({key: units | self._own.get(key, frozenset()) for key, units in own.items()})
        self._base |= base

    def findings(self, period: Period) -> tuple[Finding, ...]:
        """What reading a month brought to light."""
        return tuple(self._findings.get(period, ()))

    def sources(self, months: Iterable[Period]) -> tuple[SourceFile, ...]:
        """The files read of some months, in the order of their names."""
        found = {path: source for month in months for path, source in self._sources.get(month, {}).items()}
        return tuple(found[path] for path in sorted(found))

    def _read(self, month: Period, evaluated: Mapping[str, frozenset[str]], *, base: bool) -> None:
        from tongbao.inputs.reader import read_tables  # workbooks are only needed here; examples and tests bring tables

        now = self.scheme.at(month)
        contracts = contracts_for(now, evaluated, base=base)
        cases = [case for case in case_tables_for(now, evaluated) if (month, case.name) not in self._counted]
        if contracts:
            read = read_tables(self.workspace, month, self.scheme.jurisdiction, contracts, now.roster, evaluated)
            self.tables.update({(month, name): table for name, table in read.tables.items()})
            self._keep(month, read.findings, read.sources)
            self._correct(month, read.tables, {contract.name: contract.columns for contract in contracts})
        if cases:
            self._count(month, cases)
        if samples := samples_for(now, evaluated):
            self._check(month, samples)

    def _count(self, month: Period, cases: Sequence[CaseTable]) -> None:
        """Tables that are counted from case records; DuckDB is only loaded where there is one."""
        from tongbao.inputs.cases.reader import read_case_table

        office = case_office(self.workspace, self.scheme, month)
        for case_table in cases:
            self._counted.add((month, case_table.name))
            counted = read_case_table(case_table, office)
            if counted.table is not None:
                self.tables[month, case_table.name] = counted.table
                self._correct(month, (case_table.name,), {})
            self._keep(month, counted.findings, counted.table.files if counted.table else ())

    def _check(self, month: Period, samples: Sequence[SampleTable]) -> None:
        """Check sheets that were filled in."""
        from tongbao.inputs.cases.samples import read_sample_table

        office = case_office(self.workspace, self.scheme, month)
        for sample in samples:
            counted = read_sample_table(sample, office)
            if counted.table is not None:
                self.tables[month, sample.name] = counted.table
                self._correct(month, (sample.name,), {})
            self._keep(month, counted.findings, counted.table.files if counted.table else ())

    def _correct(self, month: Period, names: Iterable[str], columns: Mapping[str, Sequence[Column]]) -> None:
        """Lay what granted appeals put right over tables that were just read."""
        for name in names:
            wanted = [each for each in self.scheme.corrections if _is_of(each, month, name)]
            if wanted:
                fixed, findings = correct(self.tables[month, name], columns.get(name, ()), wanted)
                self.tables[month, name] = fixed
                self._keep(month, findings, ())

    def _keep(self, month: Period, findings: Iterable[Finding], sources: Iterable[SourceFile]) -> None:
        self._findings.setdefault(month, []).extend(findings)
        self._sources.setdefault(month, {}).update({source.path: source for source in sources})


def case_office(workspace: Path, scheme: Scheme, month: Period) -> Office:
    """Where, when and for whom cases are counted, with what appeals put right in single ones."""
    from tongbao.inputs.cases.session import Office

    folder = Folder.of(workspace, month, scheme.jurisdiction)
    corrections = tuple(each for each in scheme.corrections if each.case and each.period == month)
    return Office(folder, month, scheme.at(month).roster, scheme.calendar, corrections)


def _is_of(correction: Correction, month: Period, table: str) -> bool:
    """Cells of the table; what is about single cases has been laid over the records."""
    return not correction.case and (correction.period, correction.table) == (month, table)
