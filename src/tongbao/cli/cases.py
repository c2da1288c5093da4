"""Commands about case records: the same figures by person, channel or month, and random checks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tongbao.cli.options import PERIOD, workspace_option
from tongbao.cli.shown import console, emit, json_option, show_findings
from tongbao.errors import ExitCode
from tongbao.period import Period


@click.command()
@click.argument("period", metavar="期间", type=PERIOD)
@click.argument("jurisdiction", metavar="辖区")
@click.argument("name", metavar="分表")
@click.argument("unit", metavar="[单位]", required=False)
@workspace_option
@json_option
def breakdown(
    period: Period, jurisdiction: str, name: str, unit: str | None, workspace: Path, *, as_json: bool
) -> None:
    """把案卷计数再按人员、渠道或月份分开列出；只供内部查看，不写文件、不进通报。"""
    from rich.table import Table

    from tongbao.run.breakdowns import break_down

    found = break_down(workspace.resolve(), period, jurisdiction, name, unit)
    if as_json:
        emit({"period": period, "breakdown": found})
        return
    title = f"{period.words} {jurisdiction} {name}（内部资料）"
    table = Table("单位", *found.by, *found.columns, title=title)
    for row in found.rows():
        table.add_row(*row)
    console().print(table)


@click.command()
@click.argument("period", metavar="期间", type=PERIOD)
@click.option("--jurisdiction", "jurisdictions", multiple=True, metavar="辖区", help="只抽这个辖区，可写多次。")
@workspace_option
@json_option
def sample(period: Period, jurisdictions: tuple[str, ...], workspace: Path, *, as_json: bool) -> None:
    """随机抽查：按定义抽取各单位的项目，生成待填的抽查表和抽取记录，放入 inputs/<期间>/<辖区>/抽查/。"""
    from tongbao.run.samples import sample_period

    sampled = sample_period(workspace.resolve(), period, jurisdictions)
    if as_json:
        emit({"period": period, "samples": sampled})
    for found in () if as_json else sampled:
        show_findings(found.findings, strict=False)
        if found.laid is not None:
            units = found.laid.drawn.units
            items = sum(len(unit.items) for unit in units)
            state = "已在，未改动" if found.laid.kept else "已生成"
            click.echo(
                f"{found.jurisdiction} {found.name}：{len(units)}个单位共抽取{items}项，{found.laid.sheet} {state}"
            )
    sys.exit(ExitCode.OK if all(found.laid for found in sampled) else ExitCode.INVALID)
