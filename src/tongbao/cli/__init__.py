"""The commands; thin: they read words, call one stage, and show what came of it as sentences or as JSON."""

from __future__ import annotations

import click

from tongbao.cli import appeals, cases, compare, office, understand, whatif, workspaces
from tongbao.cli.group import Commands
from tongbao.cli.inputs import inputs
from tongbao.cli.lint import lint
from tongbao.cli.make import check, run
from tongbao.cli.preview import preview
from tongbao.cli.scheme import scheme


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tongbao", prog_name="tongbao", message="%(prog)s %(version)s", help="显示版本。")
def main() -> None:
    """通报：从每月表格到可解释的得分、公文格式的 Word 与 PDF。

    \b
    常用：
      tongbao init 我的工作区        新建工作区（含示例数据）
      tongbao check 2022-11          只检查，不生成
      tongbao run 2022-11            生成该月全部通报
      tongbao explain 2022-11 昌吉市 市公安局   说明一个得分从哪里来
    """  # noqa: D301  # click reads \b as “keep these lines”


for command in (
    workspaces.init,
    check,
    preview,
    understand.score,
    run,
    understand.explain,
    cases.breakdown,
    cases.sample,
    compare.diff,
    whatif.whatif,
    scheme,
    inputs,
    office.status,
    office.approve,
    office.decide,
    office.history,
    appeals.appeal,
    lint,
    workspaces.doctor,
):
    main.add_command(command)
