"""Commands that explain: places on the screen, and where a score comes from."""

from __future__ import annotations

from pathlib import Path

import click

from tongbao.cli.options import PERIOD, jobs_option, reports_option, workspace_option
from tongbao.cli.shown import console, emit, json_option, leave, show_outcomes
from tongbao.errors import UsageError
from tongbao.period import Period


@click.command()
@click.argument("period", metavar="期间", type=PERIOD)
@reports_option
@workspace_option
@jobs_option
@json_option
def score(period: Period, names: tuple[str, ...], workspace: Path, jobs: int, *, as_json: bool) -> None:
    """计算得分和名次，在屏幕上列出；不写任何文件。"""
    from tongbao.run.scores import ranking_tables, score_reports

    outcomes, rankings = score_reports(workspace.resolve(), period, names, jobs=jobs)
    if as_json:
        shown = [{"system": ranking.system, "standings": ranking.standings} for ranking in rankings]
        emit({"period": period, "reports": outcomes, "rankings": shown})
        leave(outcomes)
    for ranking in rankings:
        for table in ranking_tables(ranking):
            console().print(table)
    show_outcomes(outcomes, strict=False, made="已计算")
    leave(outcomes)


@click.command()
@click.argument("period", metavar="期间", type=PERIOD)
@click.argument("jurisdiction", metavar="辖区")
@click.argument("unit", metavar="单位")
@click.argument("indicator", metavar="[指标]", required=False)
@click.option("--rows", is_flag=True, help="由案卷计数而来的，逐件列出编号、文件和行；须写明指标。")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="每个数最多列出几件。")
@workspace_option
@json_option
def explain(
    period: Period,
    jurisdiction: str,
    unit: str,
    indicator: str | None,
    workspace: Path,
    *,
    rows: bool,
    limit: int,
    as_json: bool,
) -> None:
    """说明一个单位的得分：公式、代入的数字、数字所在的文件和单元格、扣分的台账行、案卷的件数和编号。"""
    from tongbao.run.case_rows import case_lines, case_rows
    from tongbao.run.scores import explain_unit, unit_scores

    if rows and indicator is None:
        raise UsageError("--rows 要写明指标，如 tongbao explain 2022-11 昌吉市 市公安局 满意率 --rows")
    place = workspace.resolve()
    if as_json:
        found = unit_scores(place, period, jurisdiction, unit, indicator)
        cases = case_rows(place, period, jurisdiction, unit, indicator, limit) if rows and indicator else None
        emit(found if cases is None else {**found, "cases": cases})
        return
    for line in explain_unit(place, period, jurisdiction, unit, indicator):
        click.echo(line)
    if rows and indicator:  # the indicator is there: it was asked for above
        for line in case_lines(case_rows(place, period, jurisdiction, unit, indicator, limit)):
            click.echo(line)
