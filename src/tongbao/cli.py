"""The commands; thin: they read words, call one stage, print what came of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tongbao.cli_words import speak_chinese
from tongbao.errors import ExitCode, TongbaoError, UsageError
from tongbao.period import Period

if TYPE_CHECKING:
    from rich.console import Console

    from tongbao.run.batch import Outcome

speak_chinese()


class _PeriodType(click.ParamType[Period]):
    name = "期间"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


PERIOD = _PeriodType()
MOST_JOBS = 64
_workspace = click.option(
    "-C",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="工作区文件夹，默认当前文件夹。",
)
_reports = click.option("--report", "names", multiple=True, metavar="名称", help="只处理这个通报，可写多次。")


class _Commands(click.Group):
    """Shows errors as sentences and leaves with the exit code that they carry."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TongbaoError as error:
            click.echo(str(error), err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("已中断。已完成的通报完好，再次运行会从未完成处继续。", err=True)
            ctx.exit(ExitCode.INTERRUPTED)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("TONGBAO_DEBUG"):
                raise
            click.echo(
                f"程序出现意外（{type(error).__name__}：{error}）。请把这条信息和所用文件交给维护人员。", err=True
            )
            ctx.exit(ExitCode.FAILED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tongbao", prog_name="tongbao", message="%(prog)s %(version)s", help="显示版本。")
def main() -> None:
    """通报：从每月表格到可解释的得分、公文格式的 Word 与 PDF。

    \b
    常用：
      tongbao init 我的工作区        新建工作区（含示例数据）
      tongbao check 2022-11          只检查，不生成
      tongbao run 2022-11            生成该月全部通报
      tongbao explain 2022-11 昌吉市 市公安局   说明一个得分从哪里来
    """  # noqa: D301  # click reads \b as “keep these lines”


@main.command()
@click.argument("directory", metavar="文件夹", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """新建工作区：复制示例定义、模板和数据，供修改。"""
    from tongbao.starter import copy_starter

    written = copy_starter(directory)
    click.echo(
        f"已在 {directory} 建立工作区，共 {len(written)} 个文件。下一步：cd {directory}，然后 tongbao run 2022-11"
    )


@main.command()
@click.argument("period", metavar="[期间]", type=PERIOD, required=False)
@_reports
@_workspace
@click.option("--strict", is_flag=True, help="提示也列出（源文件存疑、略去的行、备用字体）。")
def check(period: Period | None, names: tuple[str, ...], workspace: Path, *, strict: bool) -> None:
    """检查定义、数据和模板，列出全部问题；不写任何文件。不写期间时检查最近一期。"""
    from tongbao.run.batch import check as check_all
    from tongbao.run.batch import exit_code

    period = period or _latest(workspace)
    outcomes = check_all(workspace.resolve(), period, names)
    _show(outcomes, strict=strict, made="可以生成")
    sys.exit(ExitCode.OK if exit_code(outcomes) is ExitCode.OK else ExitCode.FAILED)


@main.command()
@click.argument("period", metavar="期间", type=PERIOD)
@_reports
@_workspace
def score(period: Period, names: tuple[str, ...], workspace: Path) -> None:
    """计算得分和名次，在屏幕上列出；不写任何文件。"""
    from tongbao.run.scores import score_tables

    console = _console()
    outcomes, tables = score_tables(workspace.resolve(), period, names)
    for table in tables:
        console.print(table)
    _show(outcomes, strict=False, made="已计算")
    _leave(outcomes)


@main.command()
@click.argument("period", metavar="期间", type=PERIOD)
@_reports
@_workspace
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, MOST_JOBS),
    default=min(os.cpu_count() or 1, MOST_JOBS),
    show_default="处理器数",
    help="同时工作的进程数。",
)
@click.option("--force", is_flag=True, help="未变的也重新生成。")
@click.option("--strict", is_flag=True, help="提示也列出（源文件存疑、略去的行、备用字体）。")
def run(period: Period, names: tuple[str, ...], workspace: Path, jobs: int, *, force: bool, strict: bool) -> None:
    """生成一期的全部通报、整改通知书和得分明细，放入 outputs/。未变的不重做。"""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from tongbao.run import batch

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_console(stderr=True), transient=True) as progress:
        tasks: dict[str, Any] = {}

        def watch(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name)
            progress.update(tasks[name], completed=done, total=total)

        waiting = progress.add_task("读取数据、计算得分", total=None)
        outcomes = batch.run(workspace.resolve(), period, names=names, jobs=jobs, force=force, watch=watch)
        progress.remove_task(waiting)
    _show(outcomes, strict=strict, made="已生成")
    if any(outcome.state is batch.State.MADE for outcome in outcomes):
        click.echo(f"文件在 {workspace / 'outputs' / str(period)}")
    _leave(outcomes)


@main.command()
@click.argument("period", metavar="期间", type=PERIOD)
@click.argument("jurisdiction", metavar="辖区")
@click.argument("unit", metavar="单位")
@click.argument("indicator", metavar="[指标]", required=False)
@_workspace
def explain(period: Period, jurisdiction: str, unit: str, indicator: str | None, workspace: Path) -> None:
    """说明一个单位的得分：公式、代入的数字、数字所在的文件和单元格、扣分的台账行。"""
    from tongbao.run.scores import explain_unit

    for line in explain_unit(workspace.resolve(), period, jurisdiction, unit, indicator):
        click.echo(line)


@main.command()
@_workspace
def doctor(workspace: Path) -> None:
    """检查本机：版本、各字体角色用的文件和覆盖的通用规范汉字数、PDF 引擎能否载入。"""
    from tongbao.run.health import examine

    report = examine(workspace.resolve())
    for line in report.lines:
        click.echo(line)
    sys.exit(ExitCode.OK if report.healthy else ExitCode.FAILED)


def _latest(workspace: Path) -> Period:
    """The last month that there are inputs for."""
    periods = []
    for folder in (workspace / "inputs").glob("*-*"):
        try:
            periods.append(Period.parse(folder.name))
        except ValueError:
            continue
    if not periods:
        raise UsageError("inputs/ 下没有任何期间的数据，请写明期间，如 tongbao check 2022-11")
    return max(periods)


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def _show(outcomes: Sequence[Outcome], *, strict: bool, made: str) -> None:
    """Findings first, then one table that says how each report ended."""
    from rich.table import Column, Table

    from tongbao.errors import Severity
    from tongbao.run.batch import State

    for finding in dict.fromkeys(finding for outcome in outcomes for finding in outcome.findings):
        if strict or finding.severity is not Severity.REMARK:
            click.echo(str(finding), err=finding.severity is Severity.ERROR)
    table = Table(Column("通报", overflow="fold"), "结果", "文件数", "错误", "警告", "提示")
    for outcome in outcomes:
        counts = [str(sum(f.severity is severity for f in outcome.findings)) for severity in Severity]
        state = made if outcome.state is State.MADE else outcome.state.value
        table.add_row(outcome.name, state, str(len(outcome.files)), *counts)
    _console().print(table)


def _leave(outcomes: Sequence[Outcome]) -> None:
    from tongbao.run.batch import exit_code

    sys.exit(exit_code(outcomes))
