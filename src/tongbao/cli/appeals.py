"""Commands for 申诉: take one in, decide it, list them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tongbao.cli.options import PERIOD, by_option, workspace_option
from tongbao.cli.shown import console, emit, json_option, show_outcomes
from tongbao.period import Period

if TYPE_CHECKING:
    from tongbao.register.appeals import Appeal


@click.group()
def appeal() -> None:
    """申诉：受理，维持或撤销（更正数据、重算得分），列出。"""


@appeal.command("file")
@click.argument("report", metavar="通报")
@click.argument("period", metavar="期间", type=PERIOD)
@click.argument("unit", metavar="单位")
@click.argument("indicator", metavar="指标")
@click.option("--reason", required=True, help="申诉理由。")
@click.option(
    "--evidence", multiple=True, type=click.Path(path_type=Path), help="佐证文件，须在工作区内，可写多次；记下其摘要。"
)
@by_option
@workspace_option
@json_option
def file(
    report: str, period: Period, unit: str, indicator: str, workspace: Path, by: str, *, as_json: bool, **more: Any
) -> None:
    """受理一个单位对一项指标的申诉。"""
    from tongbao.register.life import Act
    from tongbao.run.appeals import Contested
    from tongbao.run.appeals import file as take_in

    contested = Contested(report, period, unit, indicator)
    found = take_in(workspace.resolve(), contested, more["reason"], more["evidence"], Act.now(by))
    if as_json:
        emit(found)
        return
    click.echo(
        f"已受理申诉第{found.number}号：{found.claim.unit}“{found.claim.indicator}”，佐证{len(found.evidence)}件"
    )


@appeal.command("decide")
@click.argument("number", metavar="编号", type=int)
@click.option("--ruling", type=click.Choice(("维持", "撤销")), required=True, help="维持原得分，或撤销并更正。")
@click.option(
    "--correct",
    "changes",
    multiple=True,
    metavar="表.列=新值",
    help="更正哪一格，可写多次；单位有几行的写 表.列@行号=新值，单件案卷写 案卷表.列@案卷号=新值。",
)
@click.option(
    "--exclude", "excluded", multiple=True, metavar="案卷表@案卷号", help="哪一件案卷不再计入（申诉撤销），可写多次。"
)
@click.option("--reason", default="", help="决定的理由，必写。")
@by_option
@workspace_option
@json_option
def decide(number: int, ruling: str, by: str, workspace: Path, *, as_json: bool, **more: Any) -> None:
    """维持或撤销一件申诉；撤销时更正数据，重算所涉全部单位的得分和名次。"""
    from rich.table import Table

    from tongbao.register.life import Act
    from tongbao.run.appeals import Verdict
    from tongbao.run.appeals import decide as settle

    verdict = Verdict(ruling, more["changes"], more["excluded"])
    found = settle(workspace.resolve(), number, verdict, Act.now(by, more["reason"]))
    if as_json:
        emit(found)
        return
    click.echo(f"申诉第{number}号：{ruling}（{by}）")
    for each in found.appeal.corrections:
        click.echo(f"  {each.table}.{each.field}：原值{each.before}，现值{each.after}")
    if found.shifts:
        table = Table("体系", "单位", "原得分", "现得分", "原名次", "现名次")
        for shift in found.shifts:
            values = (shift.total_before, shift.total, shift.rank_before, shift.rank)
            table.add_row(shift.system, shift.unit, *("—" if value is None else str(value) for value in values))
        console().print(table)
    if found.amended:
        show_outcomes([found.amended], strict=False, made="更正通知（草稿）已生成")


@appeal.command("notice")
@click.argument("report", metavar="通报")
@click.argument("period", metavar="期间", type=PERIOD)
@by_option
@workspace_option
@json_option
def notice(report: str, period: Period, by: str, workspace: Path, *, as_json: bool) -> None:
    """（重新）生成已签发通报的更正通知；撤销申诉时会自动生成，一般不必用。"""
    from tongbao.register.life import Act
    from tongbao.run.amend import amend, next_edition

    root = workspace.resolve()
    outcome = amend(root, next_edition(root, report, period), Act.now(by))
    if as_json:
        emit(outcome)
        return
    show_outcomes([outcome], strict=False, made="已生成")


@appeal.command("list")
@click.argument("period", metavar="[期间]", type=PERIOD, required=False)
@workspace_option
@json_option
def list_(period: Period | None, workspace: Path, *, as_json: bool) -> None:
    """列出申诉及其结果；不写期间时列出全部。"""
    from tongbao.run.appeals import listed

    found = listed(workspace.resolve(), period)
    if as_json:
        emit({"appeals": found})
        return
    show_appeals(found)


def show_appeals(found: Sequence[Appeal]) -> None:
    """Appeals as a table; nothing where there are none."""
    from rich.table import Column, Table

    if not found:
        click.echo("没有申诉")
        return
    table = Table("编号", "期间", "单位", "指标", Column("理由", overflow="fold"), "结果")
    for each in found:
        claim = each.claim
        ruling = f"{each.ruling}（{each.decided_by}，{each.finding}）" if each.decided_by else each.ruling.value
        table.add_row(str(each.number), str(claim.period), claim.unit, claim.indicator, claim.reason, ruling)
    console().print(table)
