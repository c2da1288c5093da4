"""Commands that compare: one month with another, one definition with another, one set of weights with another."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tongbao.cli.options import PERIOD, reports_option, workspace_option
from tongbao.cli.shown import console, emit, json_option, show_findings
from tongbao.errors import ExitCode, UsageError, has_errors
from tongbao.period import Period
from tongbao.reports import wording

if TYPE_CHECKING:
    from rich.table import Table

    from tongbao.run.insight import Difference
    from tongbao.scoring.scoreboard import Standing

CAUSES_SHOWN = 3
CAUSES_WIDTH = 40
jurisdictions_option = click.option(
    "--jurisdiction", "jurisdictions", multiple=True, metavar="辖区", help="只看这个辖区，可写多次。"
)
systems_option = click.option(
    "--system", "systems", multiple=True, metavar="体系", help="只看这个体系，可写多次；默认为各辖区的总体系。"
)


@click.command()
@click.argument("periods", metavar="期间 [期间]", type=PERIOD, nargs=-1, required=True)
@click.option(
    "--definition",
    "definitions",
    multiple=True,
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="改动过的体系定义：用它代替现行的同名体系重算同一期，可写多次。",
)
@jurisdictions_option
@reports_option
@systems_option
@click.option("--unit", metavar="单位", help="只看这个单位，并列出变动的全部原因。")
@workspace_option
@json_option
def diff(
    periods: tuple[Period, ...],
    definitions: tuple[Path, ...],
    jurisdictions: tuple[str, ...],
    names: tuple[str, ...],
    systems: tuple[str, ...],
    unit: str | None,
    workspace: Path,
    *,
    as_json: bool,
) -> None:
    """比较两期，或同一期按两种定义：哪些单位变了、被哪些指标推动、各多少分。"""
    from tongbao.run.insight import Wanted, compare_definitions, compare_periods

    wanted = Wanted(jurisdictions, names, systems, unit)
    if definitions and len(periods) == 1:
        result = compare_definitions(workspace.resolve(), periods[0], definitions, wanted)
    elif len(periods) == len(("before", "after")) and not definitions:
        before, after = periods
        result = compare_periods(workspace.resolve(), before, after, wanted)
    else:
        raise UsageError(
            "请写两个期间（tongbao diff 2022-10 2022-11），"
            "或一个期间和改后的定义（tongbao diff 2022-11 --definition 改后.yaml）"
        )
    if as_json:
        emit(
            {"differences": [each.data() for each in result.found], "notes": result.notes, "findings": result.findings}
        )
    else:
        for each in result.found:
            for table in _tables(each):
                console().print(table)
            for line in _lines(each):
                click.echo(line)
        for note in result.notes:
            click.echo(note)
        show_findings(result.findings, strict=False)
    sys.exit(ExitCode.FAILED if has_errors(result.findings) else ExitCode.OK)


def _tables(difference: Difference) -> Iterator[Table]:
    if difference.unit is not None:
        yield _causes(difference, difference.unit)
        return
    for group in difference.comparison.groups:
        yield group_table(difference, group)


def group_table(difference: Difference, group: str) -> Table:
    """One group before and after, in the order of the latest places, with what moved each unit."""
    from rich.table import Column, Table

    comparison = difference.comparison
    system = comparison.latest.system
    means = comparison.groups[group]
    caption = f"平均{_shown(means.mean_before)} → {_shown(means.mean)}" + (
        f"（{_signed(means.change)}）" if means.change is not None else ""
    )
    table = Table(
        Column("单位", overflow="fold"), "前", "后", "增减", "名次", "升降",
        Column("主要原因（对总分的影响）", overflow="fold", min_width=CAUSES_WIDTH),
        title=f"{difference.jurisdiction} {system.name} {group}：{difference.before} → {difference.after}",
        caption=caption,
    )  # fmt: skip
    for unit in difference.units:
        change = comparison.units[unit]
        if change.group != group:
            continue
        causes = [f"{cause.label}{_part(cause.change)}" for cause in comparison.causes(unit)]
        more = f" 等{len(causes)}项" if len(causes) > CAUSES_SHOWN else ""
        table.add_row(
            unit, _shown(change.total_before), _shown(change.total), _signed(change.change),
            f"{_shown(change.rank_before)} → {_shown(change.rank)}", _places(change.rank_change),
            "，".join(causes[:CAUSES_SHOWN]) + more,
        )  # fmt: skip
    return table


def _causes(difference: Difference, unit: str) -> Table:
    """One unit, down to every indicator; the last column sums to the change."""
    from rich.table import Column, Table

    comparison = difference.comparison
    change = comparison.units[unit]
    label = comparison.latest.system.label
    table = Table(
        Column("指标", overflow="fold", ratio=1), Column("体系", overflow="fold"),
        "数值前", "数值后", "得分前", "得分后", "影响",
        title=f"{unit} {comparison.latest.system.name}：{difference.before} {_shown(change.total_before)} → "
        f"{difference.after} {_shown(change.total)}，名次 {_shown(change.rank_before)} → {_shown(change.rank)}",
        caption=f"影响：对总分的影响，各项之和等于{label}的增减",
        show_footer=True, expand=True,
    )  # fmt: skip
    table.columns[0].footer = "合计"
    table.columns[-1].footer = _signed(change.change)
    boards = (comparison.latest, *(pair.now for pair in comparison.parts.values()))
    shorts = {board.system.name: board.system.short or board.system.name for board in boards}
    for cause in comparison.causes(unit):
        table.add_row(
            cause.label + ("（规则有改动）" if cause.redefined else ""), shorts.get(cause.system, cause.system),
            _figure(cause.value_before, cause.unit), _figure(cause.value, cause.unit), _shown(cause.points_before),
            _shown(cause.points), _part(cause.change),
        )  # fmt: skip
    return table


def _lines(difference: Difference) -> Iterator[str]:
    """What stands on one side only, and who has no total."""
    comparison, pair = difference.comparison, difference.comparison.pair
    told = {
        "新增单位": comparison.new_units,
        "不再评价的单位": comparison.gone_units,
        "新增指标": [key[-1] for key in pair.added] if pair else (),
        "取消指标": [key[-1] for key in pair.dropped] if pair else (),
        "规则有改动的指标": [key[-1] for key in pair.redefined] if pair else (),
    }
    for words, names in told.items():
        if names:
            yield f"{words}：{'、'.join(names)}"
    for board, label in ((comparison.previous, difference.before), (comparison.latest, difference.after)):
        for standing in board.standings if board else ():
            if standing.total is None and (difference.unit is None or standing.unit == difference.unit):
                yield f"{standing.unit}{label}没有得分{_because(standing)}"


def _because(standing: Standing) -> str:
    return f"（{standing.reason}）" if standing.reason else ""


def _shown(number: Decimal | int | None) -> str:
    return "—" if number is None else f"{number:f}" if isinstance(number, Decimal) else str(number)


def _signed(number: Decimal | None) -> str:
    if number is None:
        return "—"
    return f"{number:+f}" if number else "0"


def _part(number: Decimal) -> str:
    """A part of a change without the zeros that only its rounding left."""
    return _signed(number.normalize())


def _figure(value: Decimal | str | None, unit: str) -> str:
    return "—" if value is None else wording.figure(value, unit)


def _places(change: int | None) -> str:
    if change is None:
        return "—"
    return f"↑{change}" if change > 0 else f"↓{-change}" if change else "→"
