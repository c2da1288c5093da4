"""Scores without documents: ranking tables for the screen, and the explanation of a single score."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tongbao.errors import InvalidError, UsageError, has_errors
from tongbao.period import Period
from tongbao.reports.definition import load_reports
from tongbao.run.batch import Outcome, State, broken_reports
from tongbao.run.plan import make_plan
from tongbao.scoring.engine import score
from tongbao.scoring.explain import explain
from tongbao.scoring.scheme import Scheme, load_scheme
from tongbao.scoring.scoreboard import Scoreboard
from tongbao.scoring.suggestions import did_you_mean

if TYPE_CHECKING:
    from rich.table import Table


def score_tables(
    workspace: Path, period: Period, names: tuple[str, ...] = ()
) -> tuple[tuple[Outcome, ...], list[Table]]:
    """Score every report of a period and lay its rankings out as tables.

    Returns:
        How each report ended, and one table a system and group.
    """
    reports, broken = load_reports(workspace, names)
    outcomes = broken_reports(broken)
    tables: list[Table] = []
    for report in reports:
        try:
            plan = make_plan(workspace, period, report)
            scored = score(workspace, plan.scheme, period, plan.systems)
        except InvalidError as error:
            outcomes.append(Outcome(report.value.name, State.INVALID, findings=error.findings))
            continue
        outcomes.append(
            Outcome(
                report.value.name,
                State.INVALID if has_errors(scored.findings) else State.MADE,
                findings=scored.findings,
            )
        )
        if not has_errors(scored.findings):
            tables += [table for name in plan.systems for table in _tables(scored.boards[name])]
    return tuple(outcomes), tables


def _tables(board: Scoreboard) -> Iterator[Table]:
    from rich.table import Table

    for group in dict.fromkeys(standing.group for standing in board.standings):
        table = Table("名次", "单位", board.system.label, title=f"{board.period.words} {board.system.name} {group}")
        for standing in board.standings:
            if standing.group == group:
                total = "—" if standing.total is None else f"{standing.total}"
                table.add_row("—" if standing.rank is None else str(standing.rank), standing.unit, total)
        yield table


def explain_unit(workspace: Path, period: Period, jurisdiction: str, unit: str, indicator: str | None) -> Iterator[str]:
    """Explain a unit's scores in all systems of its jurisdiction, or one indicator of them.

    Raises:
        InvalidError: the figures cannot be scored.
        UsageError: no such jurisdiction, unit or indicator.
    """
    known = sorted(path.name for path in (workspace / "scoring").glob("*") if path.is_dir())
    if jurisdiction not in known:
        raise UsageError(f"没有辖区“{jurisdiction}”，现有：{'、'.join(known) or '无'}")
    scheme = load_scheme(workspace, jurisdiction)
    canonical = _canonical(scheme, unit)
    scored = score(workspace, scheme, period)
    if has_errors(scored.findings):
        raise InvalidError(scored.findings)
    boards = [board for board in scored.boards.values() if canonical in board.scores]
    told = [lines for board in boards if (lines := _explained(board, canonical, indicator))]
    if not told:
        names = {key[-1] for board in boards for key in board.order}
        raise UsageError(f"{canonical}的各体系中没有指标“{indicator}”。{did_you_mean(indicator or '', names)}")
    for lines in told:
        yield from lines


def _explained(board: Scoreboard, unit: str, indicator: str | None) -> list[str]:
    """The lines of one system; none where it does not have the indicator."""
    names = {name for key in board.order for name in (key[-1], "/".join(key))}
    codes = {leaf.code for _, leaf in board.system.leaves()}
    return explain(board, unit, indicator) if indicator is None or indicator in names | codes else []


def _canonical(scheme: Scheme, unit: str) -> str:
    names = scheme.roster.value.names
    if unit not in names:
        raise UsageError(f"单位名录中没有“{unit}”。{did_you_mean(unit, names)}")
    return names[unit]
