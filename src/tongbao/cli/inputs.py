"""Commands about what the units send in: the empty workbooks that they fill in."""

from __future__ import annotations

from pathlib import Path

import click

from tongbao.cli.options import PERIOD, workspace_option
from tongbao.cli.shown import emit, json_option, show_findings
from tongbao.period import Period


@click.group()
def inputs() -> None:
    """各单位填报的表：生成空表。"""


@inputs.command("template")
@click.argument("period", metavar="期间", type=PERIOD)
@click.option("--jurisdiction", "jurisdictions", multiple=True, metavar="辖区", help="只做这个辖区，可写多次。")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    help="写到这个文件夹，默认 outputs/<期间>/空表/。",
)
@click.option("--force", is_flag=True, help="已有而内容不同的空表也覆盖。")
@workspace_option
@json_option
def template(
    period: Period, jurisdictions: tuple[str, ...], target: Path | None, workspace: Path, *, force: bool, as_json: bool
) -> None:
    """按数据表的约定生成供各单位填报的空表：表头、单位、下拉选项、数值限制都已设好。"""
    from tongbao.run.blanks import write_blanks

    done = write_blanks(workspace.resolve(), period, jurisdictions, target, force=force)
    if as_json:
        emit({"period": period, "jurisdictions": done})
        return
    for blanks in done:
        show_findings(blanks.findings, strict=True)
        click.echo(f"{blanks.jurisdiction}：{len(blanks.files)} 个空表在 {blanks.folder}")
        for name in blanks.files:
            click.echo(f"  {name}")
    click.echo(f"填好后放入 inputs/{period}/<辖区>/，再运行 tongbao check {period}")
