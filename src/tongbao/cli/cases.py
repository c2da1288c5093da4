"""Commands about case records: the same figures by person, channel or month."""

from __future__ import annotations

from pathlib import Path

import click

from tongbao.cli.options import PERIOD, workspace_option
from tongbao.cli.shown import console, emit, json_option
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
