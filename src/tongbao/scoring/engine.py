"""Scores a period: reads the tables that the systems ask for and turns them into scoreboards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tongbao.errors import Code, Finding, InvalidError, Severity, UsageError, has_errors
from tongbao.inputs.calendar import CALENDAR_FILE, WorkCalendar
from tongbao.inputs.files import Folder
from tongbao.inputs.table import SourceFile, Table
from tongbao.period import Period
from tongbao.scoring.decimals import exact_arithmetic
from tongbao.scoring.outline import Outline
from tongbao.scoring.scheme_model import Scheme
from tongbao.scoring.scope import Scope
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.suggestions import did_you_mean
from tongbao.scoring.system_scoring import SystemScoring
from tongbao.scoring.tables import case_tables_for, contracts_for, needed_tables

if TYPE_CHECKING:
    from tongbao.inputs.cases.reader import Counted
    from tongbao.inputs.cases.session import Office

TableMap = Mapping[tuple[Period, str], Table]


@dataclass(frozen=True)
class Scored:
    """A month of a jurisdiction: scoreboards, everything found on the way, and the files it rests on.

    Attributes:
        left_out: of `score_each`: why a system has no board, a warning for each.
    """

    boards: Mapping[str, Scoreboard]
    findings: tuple[Finding, ...]
    sources: tuple[SourceFile, ...]
    left_out: tuple[Finding, ...] = ()


def score(workspace: Path, scheme: Scheme, period: Period, systems: Sequence[str] | None = None) -> Scored:
    """Read the tables of the period (and of base periods that formulas name) and score them.

    Args:
        workspace: the folder that holds inputs/.
        scheme: the jurisdiction's definitions.
        period: the month to score.
        systems: names of systems; all that are in force where left out.

    Returns:
        Scoreboards even where there are errors: the caller decides by `findings` whether they may be used.

    Raises:
        UsageError: a system is named that the jurisdiction does not have.
    """
    from tongbao.inputs.reader import read_tables  # workbooks are only needed here; examples and tests bring tables

    names = _known(scheme, period, systems)
    tables: dict[tuple[Period, str], Table] = {}
    findings: list[Finding] = []
    sources: dict[str, SourceFile] = {}
    needed = needed_tables(scheme, period, names)
    for month in sorted({month for month, _ in needed}):
        contracts = contracts_for(scheme.at(month), {name for at, name in needed if at == month}, base=month != period)
        evaluated = {name: units for (at, name), units in needed.items() if at == month}
        read = read_tables(workspace, month, scheme.jurisdiction, contracts, scheme.roster.value, evaluated)
        tables.update({(month, name): table for name, table in read.tables.items()})
        sources.update({source.path: source for source in read.sources})
        findings.extend(read.findings)
        counted = _counted(workspace, scheme, month, {name for at, name in needed if at == month})
        tables.update({(month, name): result.table for name, result in counted.items() if result.table is not None})
        sources.update({file.path: file for result in counted.values() if result.table for file in result.table.files})
        findings.extend(finding for result in counted.values() for finding in result.findings)
    boards = score_tables(scheme, period, tables, names)
    found = [finding for board in boards.values() for finding in board.findings]
    findings.extend(_news(findings, found))
    return Scored(boards, tuple(dict.fromkeys(findings)), tuple(sources[path] for path in sorted(sources)))


def score_each(workspace: Path, scheme: Scheme, period: Period) -> Scored:
    """Score every system in force; one whose tables are wrong or not there does not hide the scores of the others.

    Returns:
        The boards that may be used, without any error, and a warning for every system that was left out.

    Raises:
        InvalidError: none can be used.
    """
    whole = score(workspace, scheme, period)
    if not has_errors(whole.findings):
        return whole
    names = scheme.at(period).names
    single = {name: score(workspace, scheme, period, [name]) for name in names}
    usable = {name: each for name, each in single.items() if not has_errors(each.findings)}
    if not usable:
        raise InvalidError(whole.findings)
    boards = {name: board for each in usable.values() for name, board in each.boards.items()}
    findings = dict.fromkeys(finding for each in usable.values() for finding in each.findings)
    left_out = tuple(_left_out(name, single[name].findings) for name in names if name not in usable)
    return Scored(boards, (*findings, *left_out), whole.sources, left_out)


def _left_out(name: str, findings: Sequence[Finding]) -> Finding:
    first = next(finding for finding in findings if finding.severity is Severity.ERROR)
    return replace(first, message=f"体系“{name}”不能计分，已略去：{first.message}", severity=Severity.WARNING)


def score_tables(
    scheme: Scheme, period: Period, tables: TableMap, systems: Sequence[str] | None = None
) -> Mapping[str, Scoreboard]:
    """Score tables that have been read; nothing is read or written here.

    Args:
        scheme: the jurisdiction's definitions.
        period: the month to score.
        tables: by period and name; a table that is absent counts as not reported.
        systems: names of systems; all that are in force where left out.

    Returns:
        The scoreboards asked for, then those that they build on (取值: 体系).

    Raises:
        UsageError: a system is named that the jurisdiction does not have.
    """
    names = _known(scheme, period, systems)
    scoring = _Scoring(scheme, period, tables)
    with exact_arithmetic():
        asked = {name: scoring.board(name) for name in names}
    return asked | {name: board for name, board in scoring.boards.items() if name not in asked}


class _Scoring:
    """One period of one jurisdiction; a system is scored once, however many others build on it."""

    def __init__(self, scheme: Scheme, period: Period, tables: TableMap) -> None:
        self.scheme = scheme
        self.in_force = scheme.at(period)
        self.period = period
        self.tables = tables
        self.boards: dict[str, Scoreboard] = {}

    def board(self, name: str) -> Scoreboard:
        if name not in self.boards:
            outline = Outline(self.in_force.systems[name], self.in_force.roster)
            scope = Scope(self.tables, self.period, outline.units)
            parts = {leaf.value.system for leaf in outline.leaves.values() if leaf.value.system}
            below = {part: self.board(part) for part in sorted(parts)}
            scoring = SystemScoring(outline, scope, below, self.scheme.reweightings.get(name))
            self.boards[name] = scoring.board(self._sources(name), self.in_force)
        return self.boards[name]

    def _sources(self, name: str) -> tuple[SourceFile, ...]:
        wanted = needed_tables(self.scheme, self.period, [name])
        found = {file for key in wanted if key in self.tables for file in self.tables[key].files}
        return tuple(sorted(found, key=lambda source: source.path))


def _counted(workspace: Path, scheme: Scheme, month: Period, names: set[str]) -> Mapping[str, Counted]:
    """Tables that are counted from case records; DuckDB is only loaded where there is one."""
    cases = case_tables_for(scheme.at(month), names)
    if not cases:
        return {}
    from tongbao.inputs.cases.reader import read_case_table

    office = case_office(workspace, scheme, month)
    return {table.name: read_case_table(table, office) for table in cases}


def case_office(workspace: Path, scheme: Scheme, month: Period) -> Office:
    """Where, when and for whom cases are counted.

    Raises:
        InvalidError: the workspace's calendar is wrong.
    """
    from tongbao.inputs.cases.session import Office

    own = workspace / CALENDAR_FILE
    calendar = WorkCalendar.load(own if own.is_file() else None)
    return Office(Folder.of(workspace, month, scheme.jurisdiction), month, scheme.roster.value, calendar)


def _known(scheme: Scheme, period: Period, systems: Sequence[str] | None) -> tuple[str, ...]:
    names = scheme.at(period).names if systems is None else tuple(systems)
    for name in names:
        if name not in scheme.systems:
            raise UsageError(f"{scheme.jurisdiction}没有体系“{name}”。{did_you_mean(name, scheme.systems)}")
    return names


def _news(told: Sequence[Finding], found: Sequence[Finding]) -> list[Finding]:
    """What scoring found that reading has not told: a cell is reported once, an unread table not once per unit."""
    cells = {(finding.place.file, finding.place.sheet, finding.place.cell) for finding in told if finding.place.cell}
    broken = has_errors(told)
    news = []
    for finding in found:
        place = finding.place
        if place.cell and (place.file, place.sheet, place.cell) in cells:
            continue
        if broken and place.cell is None and finding.code in {Code.VALUE_MISSING, Code.PROVISIONAL}:
            continue
        news.append(finding)
    return news
