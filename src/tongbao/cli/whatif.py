"""试算: the ranking under other weights, or how much it depends on them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tongbao.cli.compare import group_table
from tongbao.cli.options import PERIOD, workspace_option
from tongbao.cli.shown import console, emit, json_option
from tongbao.errors import UsageError
from tongbao.period import Period

if TYPE_CHECKING:
    from rich.table import Table

    from tongbao.run.insight import Difference
    from tongbao.run.whatif import Trial
    from tongbao.scoring.stability import Stability


class _WeightType(click.ParamType[tuple[str, Decimal]]):
    name = "指标=分值"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Decimal]:
        if isinstance(value, tuple):
            return value
        name, _, number = str(value).rpartition("=")
        try:
            points = Decimal(number)
        except InvalidOperation:
            points = Decimal("NaN")
        if not name or not points.is_finite():
            self.fail(f"“{value}”应写成 指标=分值，如 评价办件覆盖度=4", param, ctx)
        return name, points


@click.command()
@click.argument("period", metavar="期间", type=PERIOD)
@click.argument("jurisdiction", metavar="辖区")
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="指标=分值",
    type=_WeightType(),
    help="改一个指标或一组指标的分值，可写多次；不写时列出现行分值下的排名稳定性。",
)
@click.option(
    "--others-fixed", is_flag=True, help="其余指标的分值不变，满分随之改变；默认按比例缩放其余指标，满分不变。"
)
@click.option("--system", "systems", multiple=True, metavar="体系", help="只在这个体系中找指标，可写多次。")
@workspace_option
@json_option
def whatif(
    period: Period,
    jurisdiction: str,
    weights: tuple[tuple[str, Decimal], ...],
    systems: tuple[str, ...],
    workspace: Path,
    *,
    others_fixed: bool,
    as_json: bool,
) -> None:
    """试算：分值改了，名次会怎样；不改时看名次稳不稳（各项分值上下浮动10%）。不写任何文件。"""
    from tongbao.run.whatif import try_stability, try_weights

    if not weights:
        found = try_stability(workspace.resolve(), period, jurisdiction, systems)
        if as_json:
            emit({"period": period, "jurisdiction": jurisdiction, "stability": found})
            return
        for each in found:
            console().print(_stability(each))
        return
    wishes = dict(weights)
    if len(wishes) < len(weights):
        raise UsageError("同一个指标的 --weight 写了两次")
    trial = try_weights(workspace.resolve(), period, jurisdiction, wishes, systems, keep_full=not others_fixed)
    if as_json:
        differences = [each.data() for each in trial.found]
        emit({"period": period, "weights": trial.weights, "full": trial.full, "differences": differences})
        return
    console().print(_weights(trial))
    for line in _scaled(trial):
        click.echo(line)
    for each_found in trial.found:
        for group in each_found.comparison.groups:
            console().print(group_table(each_found, group))
        click.echo(_movers(each_found))


def _weights(trial: Trial) -> Table:
    from rich.table import Table

    table = Table("指标", "体系", "现行分值", "试算分值", title="改动的分值")
    for change in trial.weights:
        if change.asked:
            table.add_row(change.key[-1], change.system, _number(change.before), _number(change.after))
    return table


def _scaled(trial: Trial) -> Sequence[str]:
    """What happened to the indicators that nobody named, and to 满分."""
    lines = []
    for system, (before, after) in trial.full.items():
        others = [each for each in trial.weights if each.system == system and not each.asked]
        if others:
            share = others[0].after / others[0].before * 100
            lines.append(
                f"{system}：其余{len(others)}项分值按比例调为原来的{_number(share)}%，满分仍为{_number(after)}分。"
            )
        elif before != after:
            lines.append(f"{system}：其余分值不变，满分由{_number(before)}分变为{_number(after)}分。")
    return lines


def _movers(difference: Difference) -> str:
    moved = [change for change in difference.comparison.units.values() if change.rank_change]
    name = difference.comparison.latest.system.name
    if not moved:
        return f"{name}：没有单位的名次改变。"
    told = "，".join(f"{change.unit}{change.rank_before}→{change.rank}" for change in moved)
    return f"{name}：{len(moved)}个单位的名次改变：{told}。"


def _stability(found: Stability) -> Table:
    from rich.table import Table

    from tongbao.scoring.decimals import show_percent

    table = Table(
        "组", "名次", "单位", "保持名次的比例", "最好", "最差",
        title=f"{found.system} 排名稳定性",
        caption=f"各项分值独立在±{show_percent(found.spread)}内浮动（满分不变），抽{found.draws}次，种子{found.seed}",
    )  # fmt: skip
    for unit in found.units:
        table.add_row(unit.group, str(unit.rank), unit.unit, f"{unit.kept * 100:.1f}%", str(unit.best), str(unit.worst))
    return table


def _number(number: Decimal | None) -> str:
    from tongbao.scoring.decimals import round_half_up

    return "—" if number is None else f"{round_half_up(number, 2).normalize():f}"
