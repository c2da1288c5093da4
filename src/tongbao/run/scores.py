"""Scores without documents: ranking tables for the screen, and the explanation of a single score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tongbao.definitions import Loaded
from tongbao.errors import UsageError, has_errors
from tongbao.period import Period
from tongbao.reports.definition import Report, load_reports
from tongbao.reports.edition import Edition
from tongbao.run.batch import Together
from tongbao.run.corrected import corrections, load_corrected
from tongbao.run.jurisdiction import Jurisdiction, by_jurisdiction
from tongbao.run.outcomes import Outcome, State, broken_reports, guarded
from tongbao.run.plan import make_plan
from tongbao.run.workers import Task, prefetch, workers
from tongbao.scoring.engine import score_each
from tongbao.scoring.explain import explain, find_key, has_indicator
from tongbao.scoring.scheme import InForce
from tongbao.scoring.scoreboard import Scoreboard, Standing
from tongbao.scoring.suggestions import did_you_mean

if TYPE_CHECKING:
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who stands where in one system: of a whole board only what travels lightly between processes."""

    system: str
    label: str
    period: Period
    standings: tuple[Standing, ...]
    counts_tasks: bool


_Ended = tuple[Outcome, tuple[Ranking, ...]]


def score_reports(
    workspace: Path, period: Period, names: tuple[str, ...] = (), *, jobs: int = 1
) -> tuple[tuple[Outcome, ...], tuple[Ranking, ...]]:
    """Score every report of a period, on one core or several.

    Returns:
        How each report ended, and the rankings of those that could be scored.
    """
    reports, broken = load_reports(workspace, names)
    together = tuple(by_jurisdiction(reports))
    jobs = min(jobs, len(together))
    ended: list[_Ended] = []
    with workers(jobs) as submit:

        def start(reports: Together) -> tuple[Together, Task]:
            return reports, submit(_all_scored, workspace, period, reports)

        for begun, task in prefetch(together, start, 2 * jobs if jobs > 1 else 0):
            found = guarded(begun[0].value.name, task.result)  # the worker itself may have died
            if isinstance(found, Outcome):
                ended += [(replace(found, name=report.value.name), ()) for report in begun]
            else:
                ended += found
    ended.sort(key=lambda one: one[0].name)
    outcomes = (*broken_reports(broken), *(outcome for outcome, _ in ended))
    return outcomes, tuple(ranking for _, rankings in ended for ranking in rankings)


def _all_scored(workspace: Path, period: Period, reports: Together) -> list[_Ended]:
    """The reports of one jurisdiction, one after the other."""
    jurisdiction = Jurisdiction(workspace, reports[0].value.jurisdiction)
    ended = ((report.value.name, partial(_scored, workspace, period, report, jurisdiction)) for report in reports)
    found = [guarded(name, scored) for name, scored in ended]
    return [(each, ()) if isinstance(each, Outcome) else each for each in found]


def _scored(workspace: Path, period: Period, report: Loaded[Report], jurisdiction: Jurisdiction) -> _Ended:
    corrected = Edition(corrections=corrections(workspace, report.value.jurisdiction))
    plan = make_plan(workspace, period, report, corrected, jurisdiction)
    scored = plan.scorer.score(period, plan.systems)
    if has_errors(scored.findings):
        return Outcome(report.value.name, State.INVALID, findings=scored.findings), ()
    boards = (scored.boards[name] for name in plan.systems)
    rankings = tuple(
        Ranking(board.system.name, board.system.label, period, board.standings, board.counts_tasks) for board in boards
    )
    return Outcome(report.value.name, State.MADE, findings=scored.findings), rankings


def ranking_tables(ranking: Ranking) -> Iterator[Table]:
    """Rankings laid out for the screen, one table a group."""
    from rich.table import Table

    for group in dict.fromkeys(standing.group for standing in ranking.standings):
        heads = ("名次", "单位", ranking.label, *(("任务",) if ranking.counts_tasks else ()))
        table = Table(*heads, title=f"{ranking.period.words} {ranking.system} {group}")
        for standing in ranking.standings:
            if standing.group == group:
                total = "—" if standing.total is None else f"{standing.total}"
                tasks = (standing.progress.tally if standing.progress else "—",) if ranking.counts_tasks else ()
                table.add_row("—" if standing.rank is None else str(standing.rank), standing.unit, total, *tasks)
        yield table


def explain_unit(workspace: Path, period: Period, jurisdiction: str, unit: str, indicator: str | None) -> Iterator[str]:
    """Explain a unit's scores in all systems of its jurisdiction, or one indicator of them.

    Raises:
        InvalidError: the figures cannot be scored.
        UsageError: no such jurisdiction, unit or indicator.
    """
    canonical, boards = _boards_with(workspace, period, jurisdiction, unit, indicator)
    for board in boards:
        yield from explain(board, canonical, indicator)


def unit_scores(
    workspace: Path, period: Period, jurisdiction: str, unit: str, indicator: str | None
) -> Mapping[str, object]:
    """The same with every figure, cell and step as data.

    Raises:
        InvalidError: the figures cannot be scored.
        UsageError: no such jurisdiction, unit or indicator.
    """
    canonical, boards = _boards_with(workspace, period, jurisdiction, unit, indicator)
    systems = []
    for board in boards:
        keys = board.order if indicator is None else (find_key(board, indicator),)
        systems.append(
            {
                "system": board.system.name,
                "definition_sha256": board.digest,
                "standing": board.standing_of[canonical],
                "scores": [board.scores[canonical][key] for key in keys],
            }
        )
    return {"period": period, "unit": canonical, "systems": systems}


def _boards_with(
    workspace: Path, period: Period, jurisdiction: str, unit: str, indicator: str | None
) -> tuple[str, list[Scoreboard]]:
    """The unit's canonical name and the boards that have it and the indicator."""
    known = sorted(path.name for path in (workspace / "scoring").glob("*") if path.is_dir())
    if jurisdiction not in known:
        raise UsageError(f"没有辖区“{jurisdiction}”，现有：{'、'.join(known) or '无'}")
    scheme = load_corrected(workspace, jurisdiction)
    canonical = canonical_unit(scheme.at(period), unit)
    boards = [board for board in score_each(workspace, scheme, period).boards.values() if canonical in board.scores]
    having = [board for board in boards if indicator is None or has_indicator(board, indicator)]
    if not having:
        names = {key[-1] for board in boards for key in board.order}
        raise UsageError(f"{canonical}的各体系中没有指标“{indicator}”。{did_you_mean(indicator or '', names)}")
    return canonical, having


def canonical_unit(scheme: InForce, unit: str) -> str:
    """The name in the roster of a unit that is called by any of its names.

    Raises:
        UsageError: the roster has none of that name; the message suggests the likely one.
    """
    names = scheme.roster.names
    if (absent := scheme.roster.elsewhen.get(unit)) is not None:
        raise UsageError(f"{scheme.period.words}没有“{unit}”：{absent.words}。{absent.remedy}")
    if unit not in names:
        raise UsageError(f"单位名录中没有“{unit}”。{did_you_mean(unit, names)}")
    return names[unit]
