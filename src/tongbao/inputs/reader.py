"""Reads all tables of one jurisdiction and period; whatever is wrong with them becomes a finding, never an exception.

The public face of the package: `read_tables`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.contract import Shape, TableContract
from tongbao.inputs.files import Folder
from tongbao.inputs.formats import open_workbook
from tongbao.inputs.grid import Workbook
from tongbao.inputs.roster import Roster
from tongbao.inputs.rows import read_rows
from tongbao.inputs.sheet_choice import choose_sheet
from tongbao.inputs.table import SourceFile, Table
from tongbao.inputs.table_checks import by_unit, check_table
from tongbao.inputs.unit_names import UnitNames
from tongbao.ooxml.archive import RESAVE, Refused
from tongbao.period import Period

_MOST_ALIKE = 100  # a column filled in wrongly from top to bottom is told so many times, then counted


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one table.

    Attributes:
        table: None where it could not be read; with errors it holds what could be.
        source: the file that was opened for it; None where there is none.
        findings: everything there is to say, in the order of rows.
    """

    table: Table | None
    source: SourceFile | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class TableSet:
    """What a jurisdiction sent for one period.

    Attributes:
        readings: one for each contract, by its name, in their order.
        danger: why its folder may not be looked into, where that is so.
    """

    readings: Mapping[str, Reading]
    danger: tuple[Finding, ...] = ()

    @property
    def tables(self) -> Mapping[str, Table]:
        """By the name of their contract; a table with errors is left out or holds what could be read."""
        return {name: reading.table for name, reading in self.readings.items() if reading.table is not None}

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """Every file that was read, with its digest, in the order of the contracts."""
        return tuple(dict.fromkeys(reading.source for reading in self.readings.values() if reading.source is not None))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything there is to say, in the order of contracts and rows."""
        told = (found for reading in self.readings.values() for found in reading.findings)
        return tuple(dict.fromkeys((*self.danger, *told)))


def read_tables(
    workspace: Path,
    period: Period,
    jurisdiction: str,
    contracts: Sequence[TableContract],
    roster: Roster,
    evaluated: Mapping[str, Collection[str]] | None = None,
) -> TableSet:
    """Read the tables of one jurisdiction.

    Args:
        workspace: the folder that holds inputs/.
        period: the month.
        jurisdiction: the folder's name below the month.
        contracts: which tables there must be.
        roster: the units that may appear.
        evaluated: by table the units that are scored with it: of 填报组 only they must have a row; default: all.

    Returns:
        Tables, sources and findings; bad data never raises.
    """
    folder = Folder.of(workspace, period, jurisdiction)
    danger = folder.unsafe()
    if danger is not None:
        return TableSet({contract.name: Reading(None, None, (danger,)) for contract in contracts}, (danger,))
    session = _Session(folder, UnitNames.of(roster), roster, evaluated or {})
    return TableSet({contract.name: session.read(contract) for contract in contracts})


@dataclass
class _Session:
    """Opens each file once, however many tables are in it."""

    folder: Folder
    names: UnitNames
    roster: Roster
    evaluated: Mapping[str, Collection[str]]
    _sources: dict[str, SourceFile] = field(default_factory=dict)
    _books: dict[str, Workbook | Refused] = field(default_factory=dict)

    def read(self, contract: TableContract) -> Reading:
        path, finding = self.folder.find(contract.file)
        findings = [] if finding is None else [finding]
        if path is None:
            return Reading(None, None, tuple(findings))
        file = self.folder.relative(path)
        table: Table | None = None
        try:
            table = self._read(contract, self._book(path, file), file, findings)
        except Refused as refused:
            place = Place(file, refused.sheet, refused.cell)
            findings.append(Finding(refused.code, refused.message, place, refused.remedy))
        return Reading(table, self._sources.get(file), tuple(findings))

    def _due(self, contract: TableContract) -> Mapping[str, tuple[str, ...]]:
        """By group of 填报组 the units that must have a row."""
        wanted = self.evaluated.get(contract.name)
        return {
            group.name: tuple(unit.name for unit in group.units if wanted is None or unit.name in wanted)
            for group in self.roster.groups
            if group.name in contract.units
        }

    def _book(self, path: Path, file: str) -> Workbook:
        if file not in self._books:
            try:
                content = path.read_bytes()
                self._sources[file] = SourceFile(file, hashlib.sha256(content).hexdigest())
                self._books[file] = open_workbook(content, path.suffix)
            except OSError as error:
                words = f"文件无法读取（{error.strerror or error}）"
                self._books[file] = Refused(Code.FILE_DAMAGED, words, "请检查文件权限和磁盘后重试")
            except Refused as refused:
                self._books[file] = refused
        book = self._books[file]
        if isinstance(book, Refused):
            raise book
        return book

    def _read(self, contract: TableContract, book: Workbook, file: str, findings: list[Finding]) -> Table | None:
        if book.disguise:
            findings.append(Finding(Code.FILE_DISGUISED, book.disguise, Place(file), RESAVE, Severity.WARNING))
        choice = choose_sheet(book, contract, file)
        findings.extend(choice.findings)
        sheet, header = choice.sheet, choice.header
        if sheet is None or header is None or not header.columns:
            return None
        if contract.shape is not Shape.SINGLE and contract.unit_header not in header.columns:
            return None
        read = read_rows(sheet, header, contract, self.names, file)
        findings.extend(_condensed(read.findings))
        findings.extend(check_table(sheet, header, contract, read, self._due(contract), file))
        units = by_unit(read.rows) if contract.shape is Shape.SUMMARY else {}
        return Table(contract.name, tuple(read.rows), self._sources[file], units)


def _condensed(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Tell the first hundred of a kind in a column, then how many more there are and where the last one is."""
    counts: dict[tuple[Code, str], int] = {}
    last: dict[tuple[Code, str], Finding] = {}
    for finding in findings:
        key = finding.code, re.sub(r"\d+", "", finding.place.cell or "")
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= _MOST_ALIKE:
            yield finding
        else:
            last[key] = finding
    for key, finding in last.items():
        yield Finding(
            finding.code,
            f"该列另有{counts[key] - _MOST_ALIKE}处同样的问题，最后一处：{finding.message}",
            finding.place,
            finding.remedy,
            finding.severity,
        )
