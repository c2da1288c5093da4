"""The command that measures documents, ours or anybody's, against GB/T 9704-2012."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tongbao.cli.shown import console, emit, json_option, show_findings
from tongbao.cli.words import speak_chinese
from tongbao.errors import ExitCode, Finding, Place, UsageError

if TYPE_CHECKING:
    from tongbao.lint import Report
    from tongbao.lint.report import Observation

speak_chinese()
_PLACES = 3


@click.command()
@click.argument("files", metavar="文件...", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--rules", "list_rules", is_flag=True, help="只列出全部规则，不检查文件。")
@json_option
def lint(files: tuple[Path, ...], *, list_rules: bool, as_json: bool) -> None:
    """按 GB/T 9704-2012 检查 .docx、.pdf 公文的格式，不论由谁、用什么软件制作。

    没有不合规的，退出码为0；有不合规的为1；用法有误为2；有文件读不出来为3。
    """
    if list_rules:
        _show_rules(as_json=as_json)
        return
    if not files:
        raise UsageError("请写出要检查的文件，如 tongbao lint 通报.docx 通报.pdf；--rules 列出全部规则")
    reports, unreadable = _measured(files)
    if as_json:
        emit({"files": [_data(report) for report in reports], "findings": unreadable})
    else:
        for report in reports:
            _show(report)
        show_findings(unreadable, strict=False)
    if unreadable:
        sys.exit(ExitCode.INVALID)
    sys.exit(ExitCode.FAILED if any(report.fails for report in reports) else ExitCode.OK)


def _measured(files: Sequence[Path]) -> tuple[list[Report], list[Finding]]:
    from tongbao.lint import MOST_BYTES, lint
    from tongbao.lint.refusal import oversized
    from tongbao.ooxml.archive import Refused

    reports, unreadable = [], []
    for path in files:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise oversized(f"{path.stat().st_size // 1_000_000}MB")
            reports.append(lint(path.read_bytes(), str(path)))
        except Refused as verdict:
            unreadable.append(Finding(verdict.code, verdict.message, Place(str(path)), verdict.remedy))
    return reports, unreadable


def _data(report: Report) -> dict[str, Any]:
    return {
        "file": report.file,
        "format": report.format,
        "kind": report.kind,
        "pages": report.pages,
        "checked": report.checked,
        "fails": report.fails,
        "warnings": report.warnings,
        "observations": report.observations,
    }


def _show(report: Report) -> None:
    from rich.table import Column, Table

    total = f"{report.pages}页，" if report.pages else ""
    heading = f"{report.file}（{report.kind}，{total}检查了{report.checked}条规则）"
    if not report.observations:
        click.echo(f"{heading}：符合")
        return
    table = Table(
        Column("结论", no_wrap=True), Column("规则", no_wrap=True), Column("实际", overflow="fold", ratio=2),
        Column("应为", overflow="fold", ratio=3), Column("位置", overflow="fold", ratio=3),
        title=f"{heading}：{report.fails}条不合规，{report.warnings}条建议", title_justify="left", expand=True,
    )  # fmt: skip
    for each in report.observations:
        table.add_row(
            each.severity.shown,
            f"{each.rule}\n{each.clause}",
            each.measured,
            f"{each.right}\n{each.remedy}",
            _places(each),
        )
    console().print(table)


def _places(observation: Observation) -> str:
    shown = [str(place) for place in observation.places[:_PLACES]]
    more = len(observation.places) - len(shown)
    return "\n".join([*shown, *([f"另有{more}处"] if more else [])])


def _show_rules(*, as_json: bool) -> None:
    from tongbao.lint.checks import RULES

    if as_json:
        emit(
            [
                {
                    "id": rule.id,
                    "clause": rule.clause,
                    "severity": rule.weight,
                    "right": rule.title,
                    "remedy": rule.remedy,
                    "formats": sorted(rule.formats),
                }
                for rule in RULES
            ]
        )
        return
    for rule in RULES:
        click.echo(f"{rule.id}\t{rule.clause}\t{rule.weight.shown}\t{'、'.join(sorted(rule.formats))}\t{rule.title}")
