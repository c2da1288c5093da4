"""The command for whoever writes templates: the documents in a browser, a second after a change."""

from __future__ import annotations

from pathlib import Path

import click

from tongbao.cli.options import PERIOD, strict_option, workspace_option
from tongbao.cli.shown import emit, json_option, show_findings
from tongbao.period import Period


@click.command()
@click.argument("period", metavar="期间", type=PERIOD)
@click.argument("report", metavar="通报")
@workspace_option
@strict_option
@json_option
def preview(period: Period, report: str, workspace: Path, *, strict: bool, as_json: bool) -> None:
    """把一份通报和它的整改通知书做成网页，在浏览器中看模板改得怎样；不生成公文，不动登记簿。"""
    from tongbao.run.preview import preview as write_pages

    done = write_pages(workspace.resolve(), period, report)
    if as_json:
        emit(done)
        return
    show_findings(done.findings, strict=strict)
    click.echo(f"已生成 {len(done.pages)} 个网页，在 {done.folder}（改过模板后再运行一次，刷新浏览器即可）")
