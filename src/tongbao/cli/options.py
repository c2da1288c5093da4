"""Words that several commands understand: the month, the workspace, the reports."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from tongbao.cli.words import speak_chinese
from tongbao.errors import UsageError
from tongbao.period import Period

speak_chinese()  # before any option is made: a path takes its word for “directory” then


MOST_JOBS = 64


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
"""A month such as 2022-11."""

workspace_option = click.option(
    "-C",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="工作区文件夹，默认当前文件夹。",
)
reports_option = click.option("--report", "names", multiple=True, metavar="名称", help="只处理这个通报，可写多次。")
by_option = click.option("--by", required=True, envvar="TONGBAO_BY", help="办理人姓名；也可用环境变量 TONGBAO_BY。")
"""Acts need a person's name: the login of a shared office computer signs nothing."""
strict_option = click.option("--strict", is_flag=True, help="提示也列出（源文件存疑、略去的行、备用字体）。")


jobs_option = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, MOST_JOBS),
    default=min(os.cpu_count() or 1, MOST_JOBS),
    show_default="处理器数",
    help="同时工作的进程数。",
)


def latest_period(workspace: Path) -> Period:
    """The last month that there are inputs for.

    Raises:
        UsageError: there is none.
    """
    periods = []
    for folder in (workspace / "inputs").glob("*-*"):
        try:
            periods.append(Period.parse(folder.name))
        except ValueError:
            continue
    if not periods:
        raise UsageError("inputs/ 下没有任何期间的数据，请写明期间，如 tongbao check 2022-11")
    return max(periods)
