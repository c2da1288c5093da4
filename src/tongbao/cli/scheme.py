"""Commands for those who keep definitions in Excel: out of the YAML, and back into it."""

from __future__ import annotations

from pathlib import Path

import click

from tongbao.cli.options import workspace_option
from tongbao.cli.shown import emit, json_option, show_findings
from tongbao.errors import UsageError

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_TARGET = click.Path(path_type=Path, dir_okay=False)
force_option = click.option("--force", is_flag=True, help="目标文件已经存在时覆盖它。")


@click.group()
def scheme() -> None:
    """指标体系、单位名录、数据表、通报定义：导出为 Excel，或从 Excel 导回。"""


@scheme.command("export")
@click.argument("source", metavar="定义.yaml", type=_FILE)
@click.argument("target", metavar="表格.xlsx", type=_TARGET)
@force_option
@json_option
def export(source: Path, target: Path, *, force: bool, as_json: bool) -> None:
    """把一个定义文件导出为 Excel 工作簿，内容、次序、注释一样不少。"""
    from tongbao.run.exchange import export_file

    done = export_file(source, target, force=force)
    if as_json:
        emit(done)
        return
    click.echo(f"{done.kind}已导出到 {done.file}。改完后运行 tongbao scheme import {done.file} {source} --force 导回")


@scheme.command("import")
@click.argument("source", metavar="表格.xlsx", type=_FILE)
@click.argument("target", metavar="定义.yaml", type=_TARGET)
@force_option
@json_option
def import_(source: Path, target: Path, *, force: bool, as_json: bool) -> None:
    """把 Excel 工作簿导回为定义文件；有错时列出工作表和单元格，什么也不写。"""
    from tongbao.run.exchange import import_file

    done = import_file(source, target, force=force)
    if as_json:
        emit(done)
        return
    show_findings(done.findings, strict=True)
    click.echo(f"{done.kind}已写入 {done.file}")


@scheme.command("new")
@click.argument("name", metavar="名称")
@click.option("-o", "--output", "target", type=_TARGET, help="写到这个文件，默认为当前文件夹中的 <名称>.yaml。")
@click.option("--jurisdiction", metavar="辖区", help="新建 scoring/<辖区>/，连同单位名录和数据表。")
@click.option("--xlsx", is_flag=True, help="写成 Excel 工作簿。")
@workspace_option
@json_option
def new(
    name: str, target: Path | None, jurisdiction: str | None, workspace: Path, *, xlsx: bool, as_json: bool
) -> None:
    """新建一个带说明的指标体系：取值、计分的每一种写法各举一例，照着改。"""
    from tongbao.run.exchange import new_jurisdiction, new_system

    if jurisdiction is not None:
        if xlsx or target is not None:
            raise UsageError(
                "--jurisdiction 新建的是 scoring/ 下的 YAML，不能与 --xlsx、-o 同用；新建后可用 scheme export 导出"
            )
        made = new_jurisdiction(workspace.resolve(), jurisdiction, name)
    elif xlsx and target is not None and target.suffix.lower() != ".xlsx":
        raise UsageError(f"写了 --xlsx，目标文件“{target}”却不以 .xlsx 结尾")
    else:
        made = (new_system(name, target or Path(f"{name}{'.xlsx' if xlsx else '.yaml'}")),)
    if as_json:
        emit({"files": made})
        return
    for done in made:
        click.echo(f"{done.kind}已写入 {done.file}")
