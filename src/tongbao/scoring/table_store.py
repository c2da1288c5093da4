"""The tables that one scoring of a jurisdiction draws on, taken up when they are first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tongbao.errors import Finding
from tongbao.inputs.files import Folder
from tongbao.inputs.table import SourceFile, Table
from tongbao.period import Period
from tongbao.scoring.known import Known, Taken
from tongbao.scoring.tables import Needs, TableKey, case_tables_for, contracts_for, samples_for

if TYPE_CHECKING:
    pass


class TableStore:
    """Takes each table of each month once, by the contract that was in force then.

    Attributes:
        tables: all that has been taken; a table with errors is left out or holds what could be read.

    Args:
        known: what is already known of the jurisdiction's figures.
    """

    def __init__(self, known: Known) -> None:
        self.workspace = known.workspace
        self.scheme = known.scheme
        self._known = known
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
        now = self.scheme.at(month)
        contracts = contracts_for(now, evaluated, base=base)
        cases = [case for case in case_tables_for(now, evaluated) if (month, case.name) not in self._counted]
        if contracts:
            self._take(month, self._known.tables(month, contracts, evaluated, base=base))
        if cases:
            self._counted.update((month, case.name) for case in cases)
            self._take(month, self._known.cases(month, cases))
        if samples := samples_for(now, evaluated):
            self._take(month, self._known.samples(month, samples))

    def _take(self, month: Period, taken: Mapping[str, Taken]) -> None:
        """What was read first, then the corrections that do not fit it."""
        for name, each in taken.items():
            if each.table is not None:
                self.tables[month, name] = each.table
            self._findings.setdefault(month, []).extend(each.findings)
            self._sources.setdefault(month, {}).update({source.path: source for source in each.sources})
        self._findings[month].extend(misfit for each in taken.values() for misfit in each.misfits)
