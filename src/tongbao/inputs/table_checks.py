"""Holds a whole table against its contract: units that stand twice or not at all, too many rows, hidden ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.contract import Shape, TableContract
from tongbao.inputs.grid import Sheet, letters
from tongbao.inputs.header import Header
from tongbao.inputs.rows import RowsRead, row_list
from tongbao.inputs.table import Row
from tongbao.inputs.text import shown

_ONE = 1


def check_table(
    sheet: Sheet, header: Header, contract: TableContract, read: RowsRead, due: Mapping[str, Sequence[str]], file: str
) -> Iterator[Finding]:
    """Say everything that only the whole table shows.

    Args:
        sheet: the grid.
        header: where the columns are.
        contract: what the table must hold.
        read: its rows.
        due: by group of 填报组 the units that must have a row.
        file: path for the findings.
    """
    place = Place(file, sheet.name or None)
    unit_column = header.columns.get(contract.unit_header) if contract.unit_header else None
    yield from _hidden(sheet, header, read, place)
    if contract.shape is Shape.SINGLE:
        if len(read.taken) > _ONE:
            yield Finding(
                Code.ROW_REPEATED,
                f"单值表只应有一行数据，{row_list(sheet, read.taken)}都有",
                place,
                "请只保留一行",
            )
    elif contract.shape is Shape.SUMMARY and unit_column is not None:
        yield from _repeated(sheet, unit_column, read.rows, place)
        if read.taken:
            yield from _absent(contract, read.rows, due, place)
    if not read.taken and contract.shape is not Shape.LEDGER:
        yield Finding(Code.TABLE_EMPTY, "表头之下没有数据", place, "请填写数据后重新报送")


def by_unit(rows: Sequence[Row]) -> Mapping[str, Row]:
    """Rows by unit; a unit that stands twice has none, so that nobody scores one of them by chance."""
    single: dict[str, Row] = {}
    repeated: set[str] = set()
    for row in rows:
        if row.unit is None:
            continue
        if row.unit in single:
            repeated.add(row.unit)
        single[row.unit] = row
    return {unit: row for unit, row in single.items() if unit not in repeated}


def _repeated(sheet: Sheet, column: int, rows: Sequence[Row], place: Place) -> Iterator[Finding]:
    standing: dict[str, list[Row]] = {}
    for row in rows:
        if row.unit is not None:
            standing.setdefault(row.unit, []).append(row)
    indices = {sheet.number(index): index for index in range(len(sheet.rows))}
    for unit, several in standing.items():
        if len(several) > _ONE:
            words = [str(sheet.at(indices[row.number], column)) for row in several]
            spelt = "、".join(f"第{row.number}行“{shown(word)}”" for row, word in zip(several, words, strict=True))
            yield Finding(
                Code.UNIT_REPEATED,
                f"单位“{unit}”出现{len(several)}次：{spelt}",
                Place(place.file, place.sheet, f"{letters(column)}{several[0].number}"),
                "请核对后每个单位只保留一行，写错单位的请改正",
            )


def _absent(
    contract: TableContract, rows: Sequence[Row], due: Mapping[str, Sequence[str]], place: Place
) -> Iterator[Finding]:
    reported = {row.unit for row in rows}
    for name in contract.units:
        if name not in due:
            yield Finding(
                Code.REFERENCE_UNKNOWN,
                f"数据表“{contract.name}”的填报组“{name}”不在单位名录中",
                place,
                "请改正数据表定义中的“填报组”",
            )
            continue
        absent = [unit for unit in due[name] if unit not in reported]
        if absent:
            yield Finding(
                Code.UNIT_ABSENT,
                f"{name}中有{len(absent)}个单位没有填报：{'、'.join(absent)}",
                place,
                "请补报；不适用的单位也要有一行，按“空值”写法填写",
            )


def _hidden(sheet: Sheet, header: Header, read: RowsRead, place: Place) -> Iterator[Finding]:
    rows = [row for row in read.taken if row in sheet.hidden_rows]
    columns = sorted(column for column in header.columns.values() if column in sheet.hidden_columns)
    for found, words in (
        (rows, row_list(sheet, rows)),
        (columns, "、".join(f"{letters(column)}列" for column in columns)),
    ):
        if found:
            yield Finding(
                Code.HIDDEN,
                f"{words}是隐藏的，已照常读取",
                place,
                "请取消隐藏并核对；不应计入的请删除",
                Severity.WARNING,
            )
