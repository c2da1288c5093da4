"""A 抽查表 held against what it draws from before anything is drawn: a 案卷表, or a 台账 with one row an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongbao.definitions import KeyPath, Positions
from tongbao.errors import Code, Finding
from tongbao.file_names import problem
from tongbao.inputs.cases.checks import check_drawn
from tongbao.inputs.cases.definition import CaseTable, SampleTable
from tongbao.inputs.contract import Kind, Shape, TableContract


def check_samples(
    samples: Sequence[SampleTable],
    tables: Sequence[CaseTable],
    lists: Sequence[TableContract],
    positions: Positions,
) -> Iterator[Finding]:
    """Everything that is wrong with the 抽查表 of a 数据表.yaml.

    Args:
        samples: what is drawn.
        tables: the 案卷表, all revisions.
        lists: the 数据表, all revisions.
        positions: lines of the definition.
    """
    for index, sample in enumerate(samples):
        path: KeyPath = ("抽查表", index)
        if reason := problem(sample.name):
            message = f"抽查表“{sample.name}”的名称要用作文件名：{reason}"
            yield Finding(Code.VALUE_INVALID, message, positions.place(*path, "名称"), "请改名")
        cases = [table for table in tables if table.name == sample.population]
        items = [] if cases else [table for table in lists if table.name == sample.population]
        for case_table in cases:
            yield from check_drawn(sample, case_table, positions, path)
        for item_list in items:
            yield from _check_list(sample, item_list, positions, path)
        if not cases and not items:
            message = f"抽查表“{sample.name}”的总体“{sample.population}”不是案卷表，也不是数据表"
            ledgers = dict.fromkeys(table.name for table in lists if table.shape is Shape.LEDGER)
            known = (
                f"案卷表有：{'、'.join(dict.fromkeys(table.name for table in tables)) or '无'}；"
                f"形式为台账的数据表有：{'、'.join(ledgers) or '无'}"
            )
            yield Finding(Code.REFERENCE_UNKNOWN, message, positions.place(*path, "总体"), known)


def _check_list(sample: SampleTable, table: TableContract, positions: Positions, path: KeyPath) -> Iterator[Finding]:
    """What a 抽查表 asks of the list that it draws from."""

    def wrong(code: Code, key: str, message: str, remedy: str) -> Finding:
        return Finding(code, f"抽查表“{sample.name}”：{message}", positions.place(*path, key), remedy)

    if table.shape is not Shape.LEDGER:
        message = f"总体“{table.name}”的形式是{table.shape}，只有台账才能一行一项地抽取"
        yield wrong(Code.VALUE_INVALID, "总体", message, "请改用形式为台账的数据表，或改用案卷表")
        return
    if sample.condition is not None:
        message = f"总体“{table.name}”是台账，条件只用于案卷表"
        yield wrong(Code.VALUE_INVALID, "条件", message, "请删去条件，只把可抽的事项列入清单")
    columns = {column.name: column for column in table.columns}
    known = f"列有：{'、'.join(columns)}"
    if sample.item is None:
        message = f"总体“{table.name}”是台账，须写明 抽取项：哪一列称呼各项"
        yield wrong(Code.VALUE_INVALID, "总体", message, known)
    for key, names in (("抽取项", (sample.item,) if sample.item else ()), ("列出", sample.shown)):
        for name in names:
            column = columns.get(name)
            if column is None:
                yield wrong(Code.REFERENCE_UNKNOWN, key, f"“{table.name}”没有列“{name}”", known)
            elif key == "抽取项" and (column.kind is not Kind.TEXT or not column.required):
                message = f"抽取项“{name}”须是必填的文本列"
                yield wrong(Code.VALUE_INVALID, key, message, "请把该列的类型写作 文本，并删去 必填: 否")
