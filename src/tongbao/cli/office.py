"""Commands of the 办文登记簿: what stands where, who approves what, what is decided, how a unit has fared."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tongbao.cli.appeals import show_appeals
from tongbao.cli.options import PERIOD, by_option, workspace_option
from tongbao.cli.shown import console, emit, json_option, plain, show_findings
from tongbao.errors import ExitCode, UsageError
from tongbao.period import Period

if TYPE_CHECKING:
    from tongbao.register.consequences import Consequence
    from tongbao.run.standing import History

_STEPS = ("核稿", "签发", "用印", "归档", "退回")
_VERDICTS = ("确认", "不采纳")


def _day(_: click.Context, __: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


@click.command()
@click.argument("period", metavar="[期间]", type=PERIOD, required=False)
@workspace_option
@json_option
def status(period: Period | None, workspace: Path, *, as_json: bool) -> None:
    """各期通报办到哪一步、下一步办什么；不写期间时列出全部。"""
    from rich.table import Column, Table

    from tongbao.run.appeals import listed
    from tongbao.run.standing import status as look

    found = look(workspace.resolve(), period)
    pending = [each for each in listed(workspace.resolve(), period) if each.ruling == "申诉中"]
    if as_json:
        notices = [{"notice": each.notice, "next": each.next_words} for each in found]
        emit({"notices": notices, "pending_appeals": pending})
        return
    if not found:
        click.echo("登记簿里还没有通报，请先运行 tongbao run 期间")
        return
    table = Table("期间", Column("通报", overflow="fold"), "办到", "经办", "文号", "待定措施")
    for each in found:
        notice = each.notice
        last = notice.entries[-1]
        number = next(iter(notice.numbers.values()), None)
        table.add_row(
            str(notice.key.period),
            notice.key.report + (f"（更正{notice.key.edition}）" if notice.key.edition else ""),
            f"{notice.step}（退回）" if last.act == "退回" else notice.step.value,
            f"{last.by} {last.at[:10]}",
            "—" if number is None else f"{number}号",
            str(len(each.undecided) or "—"),
        )
    console().print(table)
    for each in found:
        click.echo(f"{each.notice.key}　下一步：{each.next_words}")
    for appeal in pending:
        click.echo(f"申诉第{appeal.number}号 {appeal.claim.unit}“{appeal.claim.indicator}”待定：tongbao appeal decide")


@click.command()
@click.argument("report", metavar="通报")
@click.argument("period", metavar="期间", type=PERIOD)
@click.option("--step", type=click.Choice(_STEPS), required=True, help="办哪一步；只能办下一步。")
@by_option
@click.option("--comment", default="", help="意见；退回时必写原因。")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), callback=_day, help="签发日期，即成文日期；默认为今天。")
@click.option("--first", type=click.IntRange(1), help="起始号：某代字当年第一次编号时从几号起（默认 1）。")
@click.option("--correction", type=click.IntRange(0), default=0, help="办第几次更正通知；不写则办通报本身。")
@workspace_option
@json_option
def approve(
    report: str, period: Period, workspace: Path, step: str, by: str, comment: str, *, as_json: bool, **more: Any
) -> None:
    """办理一步：核稿、签发（编文号、定日期、生成印发件）、用印、归档，或退回起草。"""
    from tongbao.register.life import Act, NoticeKey, Step
    from tongbao.run import approve as acts

    if step != "签发" and (more["day"] or more["first"]):
        raise UsageError("--day、--first 只用于 --step 签发")
    key, act, root = NoticeKey(report, period, more.pop("correction")), Act.now(by, comment), workspace.resolve()
    if step == "核稿":
        done = acts.review(root, key, act)
    elif step == "签发":
        done = acts.sign(root, key, act, **more)
    else:
        done = acts.move(root, key, None if step == "退回" else Step(step), act)
    made = done.outcome is None or done.outcome.files
    if as_json:
        emit({"notice": done.notice, "made": done.outcome})
        sys.exit(ExitCode.OK if made else ExitCode.FAILED)
    click.echo(f"{key}：已{step}（{act.by}）")
    for paper, number in done.notice.numbers.items() if step == "签发" else ():
        click.echo(f"  {paper}：{number}号")
    if done.outcome is not None:
        show_findings(done.outcome.findings, strict=False)
        folder = workspace / "outputs" / str(period) / done.outcome.name
        click.echo(f"印发件在 {folder}" if made else "已编号，但印发件没有生成；解决上面的问题后再运行 tongbao run")
    if not made:
        sys.exit(ExitCode.FAILED)


@click.command()
@click.argument("numbers", metavar="[编号]...", type=int, nargs=-1)
@click.option("--verdict", type=click.Choice(_VERDICTS), help="确认或不采纳。")
@click.option("--by", default="", envvar="TONGBAO_BY", help="决定人姓名；也可用环境变量 TONGBAO_BY。")
@click.option("--reason", default="", help="理由；不采纳、更改决定时必写。")
@click.option("--revise", is_flag=True, help="更改已有的决定（签发以前）。")
@click.option("--period", type=PERIOD, help="只列这一期。")
@workspace_option
@json_option
def decide(
    numbers: tuple[int, ...], period: Period | None, workspace: Path, by: str, *, as_json: bool, **more: Any
) -> None:
    """确认或不采纳拟议的表扬、批评、约谈；不写编号时列出各项及其编号。"""
    from tongbao.run.decisions import decide as settle
    from tongbao.run.decisions import proposals

    root = workspace.resolve()
    if numbers and not more["verdict"]:
        raise UsageError("请写 --verdict 确认 或 --verdict 不采纳")
    if more["verdict"] and not numbers:
        raise UsageError("请写明编号；不带参数运行 tongbao decide 可看各项的编号")
    if numbers:
        found = settle(root, numbers, more["verdict"], by, more["reason"], revise=more["revise"])
    else:
        found = proposals(root, period)
    if as_json:
        emit({"consequences": found})
        return
    _show(found)


@click.command()
@click.argument("unit", metavar="单位")
@click.option("--jurisdiction", metavar="辖区", help="几个辖区都有同名单位时，写明哪一个。")
@workspace_option
@json_option
def history(unit: str, jurisdiction: str | None, workspace: Path, *, as_json: bool) -> None:
    """一个单位历期的得分、名次、环比、同比、连续、表扬批评、申诉，取自登记簿；更名前后连在一起。"""
    from rich.table import Column, Table

    from tongbao.run.standing import history as look

    found = look(workspace.resolve(), unit, jurisdiction)
    if as_json:
        emit(_as_data(found))
        return
    heads = ("期间", Column("体系", overflow="fold"), "当时名称", "得分", "名次")
    folded = (Column(head, overflow="fold") for head in ("环比", "同比", "连续"))
    table = Table(*heads, *folded, title=f"{unit} 历期得分")
    for month in found.months:
        each = month.standing
        total = "—" if each.total is None else f"{each.total}{'（初步）' if each.provisional else ''}"
        place = "—" if each.place is None else f"{each.place}/{each.peers}"
        changes = ("—" if change is None else change.words for change in (month.month_on_month, month.year_on_year))
        table.add_row(str(each.period), each.system, each.unit, total, place, *changes, month.spell_words)
    console().print(table)
    for month in found.months:
        if month.since_issued:
            click.echo(f"{month.standing.period} {month.standing.system}：{month.since_issued}")
    show_findings(found.findings, strict=False)
    _show(found.consequences)
    if found.appeals:
        show_appeals(found.appeals)


def _as_data(found: History) -> dict[str, object]:
    """A standing with its comparisons in one object, the runs by the number that a standing names."""
    compared = ("month_on_month", "year_on_year", "spells", "since_issued")
    return {
        "unit": found.unit,
        "standings": [
            {**plain(month.standing), **{name: getattr(month, name) for name in compared}} for month in found.months
        ],
        "runs": found.bases,
        "consequences": found.consequences,
        "appeals": found.appeals,
        "findings": found.findings,
    }


def _show(found: Sequence[Consequence]) -> None:
    from rich.table import Column, Table

    if not found:
        click.echo("没有拟议的措施")
        return
    for report, period in dict.fromkeys((each.report, each.period) for each in found):
        table = Table("编号", "单位", "措施", Column("事由", overflow="fold"), "决定", title=f"{report} {period}")
        for each in found:
            if (each.report, each.period) == (report, period):
                table.add_row(str(each.number), each.unit, each.measure, "，".join(each.facts), _verdict(each))
        console().print(table)


def _verdict(consequence: Consequence) -> str:
    if consequence.verdict == "拟":
        return "待定"
    last = consequence.entries[-1]
    return f"{consequence.verdict}（{last.by}{'，' + last.comment if last.comment else ''}）"
