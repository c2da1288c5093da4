"""A 案卷表 of one period opened: its records loaded, its words and deadlines known, ready to be counted or listed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from tongbao.errors import Code, Finding, InvalidError, Place, has_errors
from tongbao.inputs.calendar import WorkCalendar
from tongbao.inputs.cases.conditions import Compiler, Spellings, own_name
from tongbao.inputs.cases.database import Database, open_database, private_folder
from tongbao.inputs.cases.deadlines import LAST_MICROSECOND, joins, lay_deadlines
from tongbao.inputs.cases.definition import CaseTable, RecordKind
from tongbao.inputs.cases.files import Prepared, prepare
from tongbao.inputs.cases.language import Among, Comparison, fields, parse_condition, walk
from tongbao.inputs.cases.loading import load_records
from tongbao.inputs.corrections import TAKEN_OUT, Correction
from tongbao.inputs.durations import LAST_MOMENT
from tongbao.inputs.files import Folder
from tongbao.inputs.roster import Roster
from tongbao.inputs.table import SourceFile
from tongbao.inputs.text import normal, shown
from tongbao.inputs.unit_names import UnitNames
from tongbao.ooxml.archive import Refused
from tongbao.period import Period

if TYPE_CHECKING:
    from tongbao.inputs.cases.corrections import CorrectedCase

_MOST_WORDS = 10_000


@dataclass(frozen=True)
class Office:
    """Where and for whom records are counted: the same for every 案卷表 of a period.

    Attributes:
        corrections: of single cases of this period, of any 案卷表, in the order in which they were decided.
    """

    folder: Folder
    period: Period
    roster: Roster
    calendar: WorkCalendar
    corrections: tuple[Correction, ...] = ()


@dataclass
class Session:
    """One opened 案卷表.

    Attributes:
        table: its definition.
        office: period, units and calendar.
        database: holds `records`; closed and gone when the session is over.
        prepared: the files.
        findings: what was wrong with files and records so far.
        condition: one that is asked besides those of the definition.
        corrected: the cases that granted appeals put right.
    """

    table: CaseTable
    office: Office
    database: Database
    prepared: Prepared
    findings: list[Finding] = field(default_factory=list)
    condition: str | None = None
    corrected: tuple[CorrectedCase, ...] = ()

    @property
    def label(self) -> str:
        """The files as traces name them."""
        return "、".join(f"{self.office.folder.name}/{pattern}" for pattern in self.table.files)

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """Every file with its digest."""
        return tuple(SourceFile(file.name, file.sha256, self.label) for file in self.prepared.files)

    @cached_property
    def names(self) -> UnitNames:
        """The roster's spellings."""
        return UnitNames.of(self.office.roster)

    @cached_property
    def spellings(self) -> Mapping[str, Spellings]:
        """How the words of every text column that is compared, chosen from or grouped by are written in the files."""
        return {name: self._spelt(name) for name in sorted(self._worded)}

    @cached_property
    def _worded(self) -> set[str]:
        table = self.table
        names = {column.name for column in self.prepared.needed if column.choices}
        names |= {deadline.category for deadline in table.deadlines if deadline.category}
        texts = [self.condition, *(each.condition for each in table.exclusions)]
        texts += [each.condition for each in table.columns]
        for text in texts:
            for part in walk(parse_condition(text)) if text is not None else ():
                if isinstance(part, Comparison):
                    names.add(part.left.name)
                elif isinstance(part, Among):
                    names.add(part.field.name)
        plain = {RecordKind.TEXT, RecordKind.YES_NO}
        return {name for name in names if table.record_by_name[name].kind in plain}

    def _spelt(self, name: str) -> Spellings:
        column = own_name(self.prepared.needed, name)
        sql = f"SELECT DISTINCT {column} FROM records r WHERE {column} IS NOT NULL ORDER BY 1 LIMIT {_MOST_WORDS + 1}"
        found = self.database.rows(sql)
        if len(found) > _MOST_WORDS:
            words = f"“{name}”有{_MOST_WORDS}种以上的写法，不能用作条件"
            raise Refused(Code.VALUE_INVALID, words, "请核对该列，或改用取值有限的列")
        spelt: dict[str, list[str]] = {}
        for (word,) in found:
            spelt.setdefault(normal(word), []).append(word)
        return spelt

    def compiler(self) -> Compiler:
        """A compiler for one statement."""
        return Compiler(self.table, self.prepared.needed, self.spellings, self.close)

    @property
    def close(self) -> datetime:
        """The last moment of the period: open cases are late if their limit ran out by then."""
        return datetime.combine(self.office.period.last_day, LAST_MOMENT.replace(microsecond=LAST_MICROSECOND))

    def within(self, compiler: Compiler) -> str:
        """The records of the period."""
        dated = compiler.column(self.table.dated_by)
        first = compiler.params.bind(self.office.period.first_day)
        after = compiler.params.bind(self.office.period.last_day + timedelta(days=1))
        return f"({dated} >= {first} AND {dated} < {after})"

    def excluded(self, compiler: Compiler) -> str:
        """The number of the first exclusion that holds; −1 for cases that count; what appeals took out comes first."""
        cases = [f"WHEN r.taken_out THEN {self.taken_out}"] if self.corrected else []
        cases += [
            f"WHEN {compiler.condition(parse_condition(exclusion.condition))} THEN {index}"
            for index, exclusion in enumerate(self.table.exclusions)
        ]
        return f"CASE {' '.join(cases)} ELSE -1 END" if cases else "-1"

    def corrected_of(self, unit: str) -> tuple[CorrectedCase, ...]:
        """The corrected cases that a unit has or had."""
        return tuple(case for case in self.corrected if unit in case.units)

    @property
    def exclusions(self) -> tuple[str, ...]:
        """The names of all exclusions by their number; the last may be that of cases which an appeal took out."""
        names = tuple(exclusion.name for exclusion in self.table.exclusions)
        return names if TAKEN_OUT in names or not self.corrected else (*names, TAKEN_OUT)

    @property
    def taken_out(self) -> int:
        """The number of the exclusion of cases which an appeal took out."""
        return self.exclusions.index(TAKEN_OUT)

    def source(self, compiler: Compiler) -> str:
        """`records` with the look-ups of deadlines and of units."""
        return f"records r {joins(compiler)} LEFT JOIN units u ON u.written = r.unit"

    def lay_deadlines(self) -> None:
        """Make the deadline tables.

        Raises:
            InvalidError: the calendar lacks a year.
        """
        for_days = self.compiler()
        within = self.within(for_days)
        lay_deadlines(self.database, for_days, self.spellings, self.office.calendar, within)

    def lay_units(self) -> list[tuple[str | None, int]]:
        """Make the table that leads from written to canonical unit names.

        Returns:
            Written names that the roster does not have, None for blank, with the number of records in the period.
        """
        compiler = self.compiler()
        sql = f"SELECT unit, count(*) FILTER (WHERE {self.within(compiler)}) FROM records r GROUP BY 1 ORDER BY 1"
        found = self.database.rows(sql, compiler.params)
        known = {written: unit for written, _ in found if written and (unit := self.names.find(written))}
        self.database.rows("CREATE TABLE units (written VARCHAR, unit VARCHAR)")
        if known:
            values = {"written": list(known), "unit": list(known.values())}
            self.database.rows("INSERT INTO units SELECT unnest($written), unnest($unit)", values)
        return [(written, count) for written, count in found if count and written not in known]


@contextmanager
def open_session(
    table: CaseTable, office: Office, columns: Iterable[str] = (), condition: str | None = None
) -> Iterator[Session]:
    """Load the records of a table; nothing is left on the disk afterwards.

    Raises:
        InvalidError: a file is missing, damaged or not what the definition says; with all findings.
    """
    key = secrets.token_hex(32)
    with private_folder() as private:
        asked = {field.name for field in fields(parse_condition(condition))} if condition is not None else set()
        prepared = prepare(office.folder, table, private, key, asked.union(columns))
        if not prepared.files or has_errors(prepared.findings):
            raise InvalidError(prepared.findings)
        with open_database(private, [file.readable for file in prepared.files], key) as database:
            session = Session(table, office, database, prepared, list(prepared.findings), condition)
            try:
                session.findings += load_records(database, table, prepared)
                if has_errors(session.findings):
                    raise InvalidError(session.findings)
                yield session
            except Refused as refused:
                place = Place(shown(session.label))
                finding = Finding(refused.code, refused.message, place, refused.remedy)
                raise InvalidError([*session.findings, finding]) from None
