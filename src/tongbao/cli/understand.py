"""Commands that explain: places on the screen, and where a score comes from."""

from __future__ import annotations

from pathlib import Path

import click

from tongbao.cli.options import PERIOD, reports_option, workspace_option
from tongbao.cli.shown import console, emit, json_option, leave, show_outcomes
from tongbao.period import Period


@click.command()
@click.argument("period", metavar="期间", type=PERIOD)
@reports_option
@workspace_option
@json_option
def score(period: Period, names: tuple[str, ...], workspace: Path, *, as_json: bool) -> None:
    """计算得分和名次，在屏幕上列出；不写任何文件。"""
    from tongbao.run.scores import ranking_tables, score_reports

    outcomes, boards = score_reports(workspace.resolve(), period, names)
    if as_json:
        rankings = [{"system": board.system.name, "standings": board.standings} for board in boards]
        emit({"period": period, "reports": outcomes, "rankings": rankings})
        leave(outcomes)
    for board in boards:
        for table in ranking_tables(board):
            console().print(table)
    show_outcomes(outcomes, strict=False, made="已计算")
    leave(outcomes)


@click.command()
@click.argument("period", metavar="期间", type=PERIOD)
@click.argument("jurisdiction", metavar="辖区")
@click.argument("unit", metavar="单位")
@click.argument("indicator", metavar="[指标]", required=False)
@workspace_option
@json_option
def explain(
    period: Period, jurisdiction: str, unit: str, indicator: str | None, workspace: Path, *, as_json: bool
) -> None:
    """说明一个单位的得分：公式、代入的数字、数字所在的文件和单元格、扣分的台账行。"""
    from tongbao.run.scores import explain_unit, unit_scores

    if as_json:
        emit(unit_scores(workspace.resolve(), period, jurisdiction, unit, indicator))
        return
    for line in explain_unit(workspace.resolve(), period, jurisdiction, unit, indicator):
        click.echo(line)
