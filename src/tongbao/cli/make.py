"""Commands that go through a whole month: look at everything, or make everything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tongbao.cli.options import PERIOD, jobs_option, latest_period, reports_option, strict_option, workspace_option
from tongbao.cli.shown import console, emit, json_option, leave, show_outcomes
from tongbao.errors import ExitCode
from tongbao.period import Period


@click.command()
@click.argument("period", metavar="[期间]", type=PERIOD, required=False)
@reports_option
@workspace_option
@strict_option
@json_option
def check(period: Period | None, names: tuple[str, ...], workspace: Path, *, strict: bool, as_json: bool) -> None:
    """检查定义、数据和模板，列出全部问题；不写任何文件。不写期间时检查最近一期。"""
    from tongbao.run.batch import check as check_all
    from tongbao.run.outcomes import exit_code

    period = period or latest_period(workspace)
    outcomes = check_all(workspace.resolve(), period, names)
    if as_json:
        emit({"period": period, "reports": outcomes})
    else:
        show_outcomes(outcomes, strict=strict, made="可以生成")
    sys.exit(ExitCode.OK if exit_code(outcomes) is ExitCode.OK else ExitCode.FAILED)


@click.command()
@click.argument("period", metavar="期间", type=PERIOD)
@reports_option
@workspace_option
@jobs_option
@click.option("--force", is_flag=True, help="未变的也重新生成；已签发的除外。")
@click.option("--by", default="", envvar="TONGBAO_BY", help="起草人姓名，记入登记簿；默认为本机用户名。")
@strict_option
@json_option
def run(
    period: Period,
    names: tuple[str, ...],
    workspace: Path,
    jobs: int,
    by: str,
    *,
    force: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """生成一期的全部通报、整改通知书和得分明细，放入 outputs/。未变的不重做。"""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from tongbao.run import batch
    from tongbao.run.outcomes import State

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True, disable=as_json) as progress:
        tasks: dict[str, Any] = {}

        def watch(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name)
            progress.update(tasks[name], completed=done, total=total)

        waiting = progress.add_task("读取数据、计算得分", total=None)
        outcomes = batch.run(workspace.resolve(), period, names=names, jobs=jobs, force=force, by=by, watch=watch)
        progress.remove_task(waiting)
    folder = workspace / "outputs" / str(period)
    if as_json:
        emit({"period": period, "folder": folder, "reports": outcomes})
        leave(outcomes)
    show_outcomes(outcomes, strict=strict, made="已生成")
    if any(outcome.state is State.MADE for outcome in outcomes):
        click.echo(f"文件在 {folder}")
    leave(outcomes)
