"""Scores months: reads the tables that the systems ask for and turns them into scoreboards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tongbao.errors import Code, Finding, InvalidError, Severity, UsageError, has_errors
from tongbao.inputs.roster import Roster
from tongbao.inputs.table import SourceFile, Table
from tongbao.period import Period
from tongbao.scoring.decimals import exact_arithmetic
from tongbao.scoring.history import under_names_of
from tongbao.scoring.known import Known
from tongbao.scoring.outline import Outline
from tongbao.scoring.scheme_model import Scheme
from tongbao.scoring.scope import Scope
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.suggestions import did_you_mean
from tongbao.scoring.system_scoring import SystemScoring
from tongbao.scoring.table_store import TableStore
from tongbao.scoring.tables import Board, Needs, TableKey, needed_tables, needs

TableMap = Mapping[TableKey, Table]


@dataclass(frozen=True)
class Scored:
    """A month of a jurisdiction: scoreboards, everything found on the way, and the files it rests on.

    Attributes:
        boards: of the month, by system.
        parts: every board that those rest on, of other months too (时间加权), with the units' names of this month.
        left_out: of `score_each`: why a system has no board, a warning for each.
    """

    boards: Mapping[str, Scoreboard]
    parts: Mapping[Board, Scoreboard]
    findings: tuple[Finding, ...]
    sources: tuple[SourceFile, ...]
    left_out: tuple[Finding, ...] = ()

    def under_names_of(self, period: Period, roster: Roster) -> Scored:
        """The boards of an earlier month with the units' names of a later one; the roster is that of all times."""
        boards = {name: under_names_of(period, board, roster) for name, board in self.boards.items()}
        return replace(self, boards=boards)


def score(workspace: Path, scheme: Scheme, period: Period, systems: Sequence[str] | None = None) -> Scored:
    """Read the tables of the period (and of the other months that definitions name) and score them.

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
    return Scorer(workspace, scheme).score(period, systems)


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
    parts = {key: board for each in usable.values() for key, board in each.parts.items()}
    findings = dict.fromkeys(finding for each in usable.values() for finding in each.findings)
    left_out = tuple(_left_out(name, single[name].findings) for name in names if name not in usable)
    return Scored(boards, parts, (*findings, *left_out), whole.sources, left_out)


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
        The scoreboards of the month that were asked for, then those that they build on (取值: 体系).

    Raises:
        UsageError: a system is named that the jurisdiction does not have.
    """
    return _Scoring(scheme, tables).month(period, _known(scheme, period, systems))


class Scorer:
    """Scores one jurisdiction month after month: a table is read once, a month scored once, however many ask.

    Args:
        workspace: the folder that holds inputs/.
        scheme: the jurisdiction's definitions.
        known: what other scorings by the same definitions have read and scored.
    """

    def __init__(self, workspace: Path, scheme: Scheme, known: Known | None = None) -> None:
        known = known or Known(workspace, scheme)
        self.scheme = scheme
        self.store = TableStore(known)
        self._scoring = _Scoring(scheme, self.store.tables, known)

    def score(self, period: Period, systems: Sequence[str] | None = None) -> Scored:
        """Score one month, as `score` does."""
        names = _known(self.scheme, period, systems)
        needed = needs(self.scheme, period, names, self.store.has_data)
        self.store.take(needed)
        boards = self._scoring.month(period, names)
        averaged = {month for _, month in needed.boards} - {period}
        findings = [
            finding
            for month in needed.months
            for finding in self.store.findings(month)
            if month not in averaged or finding.severity is Severity.ERROR
        ]
        found = [finding for board in boards.values() for finding in board.findings]
        findings.extend(_news(findings, found))
        roster = self.scheme.roster.value
        parts = {
            board: under_names_of(period, self._scoring.boards[board], roster)
            for board in needed.boards
            if board in self._scoring.boards
        }
        return Scored(boards, parts, tuple(dict.fromkeys(findings)), self.store.sources(needed.months))

    def ledger(self, period: Period, name: str) -> tuple[Table | None, tuple[Finding, ...]]:
        """A 台账 by itself, whether a system scores it or not, and all that reading its month brought to light."""
        self.store.take(Needs((), {}, frozenset({(period, name)})))
        return self.store.tables.get((period, name)), self.store.findings(period)


class _Scoring:
    """The boards of one jurisdiction; a system is scored once a month, however many others build on it."""

    def __init__(self, scheme: Scheme, tables: TableMap, known: Known | None = None) -> None:
        self.scheme = scheme
        self.tables = tables
        self.known = known
        self.boards: dict[Board, Scoreboard] = {}

    def month(self, period: Period, names: Sequence[str]) -> Mapping[str, Scoreboard]:
        """The boards of a month that are asked for, then those of the same month that they build on."""
        with exact_arithmetic():
            asked = {name: self.board((name, period)) for name in names}
        below = {name for name, month in needs(self.scheme, period, names).boards if month == period}
        return asked | {name: self.boards[name, period] for name in sorted(below - asked.keys())}

    def board(self, key: Board) -> Scoreboard:
        if key not in self.boards:
            name, period = key
            outline = Outline(self.scheme.at(period).systems[name], self.scheme.at(period).roster)
            parts = sorted({part for leaf in outline.leaves.values() for part in leaf.parts(period)})
            below = {part: self.board(part) for part in parts if part[1] == period or self._has_data(part)}
            score = partial(self._scored, key, outline, below)
            basis = (*map(self.tables.get, self._needed(key)), *map(below.get, parts))
            self.boards[key] = self.known.board(key, basis, score) if self.known else score()
        return self.boards[key]

    def _scored(self, key: Board, outline: Outline, parts: Mapping[Board, Scoreboard]) -> Scoreboard:
        name, period = key
        roster = self.scheme.roster.value
        below = {part: under_names_of(period, board, roster) for part, board in parts.items()}
        scope = Scope(self.tables, period, outline.units, self.scheme.calendar, roster.successor)
        tried = self.scheme.reweightings.get(name)
        weights = tried if tried is not None and tried.base is outline.system else None  # of this revision only
        scoring = SystemScoring(outline, scope, below, weights)
        return scoring.board(self._sources(key), self.scheme.at(period))

    def _needed(self, board: Board) -> tuple[TableKey, ...]:
        """Every table that the system and those it builds on refer to, in a lasting order."""
        name, period = board
        return tuple(sorted(needed_tables(self.scheme, period, [name])))

    def _has_data(self, board: Board) -> bool:
        """Whether a month of 时间加权 has any table of the system or of those it builds on."""
        name, period = board
        own = needs(self.scheme, period, [name]).own
        return any(key in self.tables for key in own if key[0] == period)

    def _sources(self, board: Board) -> tuple[SourceFile, ...]:
        found = {file for key in self._needed(board) if key in self.tables for file in self.tables[key].files}
        return tuple(sorted(found, key=lambda source: source.path))


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
