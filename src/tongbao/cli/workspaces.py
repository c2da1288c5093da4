"""Commands about the place itself: a first workspace, and whether this machine can work on it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tongbao.cli.options import workspace_option
from tongbao.cli.shown import emit, json_option
from tongbao.errors import ExitCode


@click.command()
@click.argument("directory", metavar="文件夹", type=click.Path(path_type=Path))
@json_option
def init(directory: Path, *, as_json: bool) -> None:
    """新建工作区：复制示例定义、模板和数据，供修改。"""
    from tongbao.starter import copy_starter

    written = copy_starter(directory)
    if as_json:
        emit({"workspace": directory, "files": written})
        return
    click.echo(
        f"已在 {directory} 建立工作区，共 {len(written)} 个文件。下一步：cd {directory}，然后 tongbao run 2022-11"
    )


@click.command()
@workspace_option
@json_option
def doctor(workspace: Path, *, as_json: bool) -> None:
    """检查本机：版本、各字体角色用的文件和覆盖的通用规范汉字数、PDF 引擎能否载入。"""
    from tongbao.run.health import examine

    report = examine(workspace.resolve())
    if as_json:
        emit(report)
    else:
        for line in report.lines:
            click.echo(line)
    sys.exit(ExitCode.OK if report.healthy else ExitCode.FAILED)
