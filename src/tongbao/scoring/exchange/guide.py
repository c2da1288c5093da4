"""The first sheet of every exchanged workbook: how to fill it in, in the words of the office."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.scoring.exchange.book import HEAD_SHEET
from tongbao.scoring.exchange.kinds import DefinitionKind
from tongbao.scoring.exchange.layout import layout
from tongbao.scoring.exchange.reading import KIND_ITEM


def guide(kind: DefinitionKind, title: str) -> Iterator[tuple[str, str]]:
    """The lines of the sheet: a word or two, and what is to be said about it."""
    plan = layout(kind.model)
    yield f"{title} {kind.name}", ""
    yield KIND_ITEM, kind.name
    yield "怎么改", "直接改单元格里的文字，增加或删去整行；改完保存，运行 tongbao scheme import 本文件.xlsx 定义.yaml。"
    yield "怎么查", "导入时逐格检查，有错的单元格全部列出（工作表、单元格、怎么改），一处有错就不写文件。"
    yield HEAD_SHEET, "一行一项；空着的项目就是不写，用默认的规定。"
    for table in plan.tables.values():
        yield table.name, _about(table.name, table.owner, tree=table.tree)
    yield "橙色表头", "必填。指着表头可以看到这一栏的说明；能选的栏点开可以选。"
    yield "折叠的栏", "全表都没有用到的栏已折叠，点表头上方的加号展开。折叠和隐藏不影响导入。"
    yield (
        "几项",
        "一格里写几项，用顿号隔开：甲、乙、丙；项里本来有顿号的，用英文双引号括起来。一项也没有而要写明，写（无）。",
    )
    yield "对照", "写成 键=值，几项之间用分号隔开：好差评.办件总量=100；好差评.主动评价办件数=95。"
    yield "公式", "照写文字，如 [好差评.主动评价办件数]/[好差评.办件总量]，不要以等号开头，也不要用 Excel 的公式。"
    yield "数和日期", "所有单元格都是文本格式：98%、010、2022-10-20 写成什么样就是什么样。"
    yield "批注", "最后一栏随意写，导回去成为 YAML 里以 # 开头的注释。"


def _about(name: str, owner: str | None, *, tree: bool) -> str:
    words = f"一行一个{name}。"
    if tree:
        words += "级次写1、2、3：下级紧跟在上级下面，有下级的一行就是组。"
    if owner is not None:
        words += f"“所属{owner}”写它属于工作表“{owner}”里的哪一行。"
    return words
