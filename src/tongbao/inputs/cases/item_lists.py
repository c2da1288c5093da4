"""A plain list of items (事项清单) as the population of a 抽查: an ordinary 台账 of the 数据表, one row an item."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from tongbao.errors import Code, Finding, InvalidError, Place, Severity, has_errors
from tongbao.inputs.cases.database import Params, open_database, private_folder
from tongbao.inputs.cases.definition import SampleTable
from tongbao.inputs.cases.sampling import Draw, Population, draw_from
from tongbao.inputs.cases.session import Office
from tongbao.inputs.contract import TableContract
from tongbao.inputs.reader import read_tables
from tongbao.inputs.table import Cell, Table
from tongbao.inputs.text import shown

Items = dict[tuple[str, str], tuple[str, ...]]
"""By unit and item what the sheet shows of it."""


def draw_from_list(sample: SampleTable, contract: TableContract, office: Office) -> tuple[Draw, tuple[Finding, ...]]:
    """Draw from the rows of a list; an item that stands twice for a unit counts once.

    Returns:
        The draw, and warnings: of the list itself, items that stand twice, units without or with too few items.

    Raises:
        InvalidError: the list is not as its contract says; with all findings.
    """
    assert sample.item is not None  # noqa: S101  # the static checks demand it
    jurisdiction = office.folder.name.rpartition("/")[2]
    read = read_tables(office.folder.workspace, office.period, jurisdiction, [contract], office.roster)
    table = read.tables.get(contract.name)
    if table is None or has_errors(read.findings):
        raise InvalidError(read.findings)
    items, findings = _items(sample, sample.item, table)
    findings += _without(sample, items, table, office)
    keys = sorted(items)
    params = Params()
    lists = [[unit for unit, _ in keys], [item for _, item in keys]]
    lists += [[items[key][index] for key in keys] for index in range(len(sample.shown))]
    names = ["unit", "item", *(f"s{index}" for index in range(len(sample.shown)))]
    columns = ", ".join(
        f"unnest(CAST({params.bind(values)} AS VARCHAR[])) {name}" for values, name in zip(lists, names, strict=True)
    )
    with private_folder() as private, open_database(private, [], secrets.token_hex(32)) as database:
        population = Population(database, f"SELECT {columns}", params, table.files, table.source.path)
        drawn, short = draw_from(population, sample, office)
    return drawn, (*read.findings, *findings, *short)


def _items(sample: SampleTable, column: str, table: Table) -> tuple[Items, list[Finding]]:
    """The items, each once; of rows that differ the same one is shown in whatever order they stand."""
    items: Items = {}
    findings: list[Finding] = []
    for row in table.rows:
        cell = row.cells[column]
        if row.unit is None or cell.value is None:
            continue  # told by the reader as an error before
        key = row.unit, _text(cell)
        texts = tuple(_text(row.cells[name]) for name in sample.shown)
        if key in items:
            words = f"抽查表“{sample.name}”：{row.unit}的“{shown(key[1])}”在清单中不止一行，按一项抽取"
            remedy = "请删去多余的行；确为两项的，请用能区分的列（如事项编码）作抽取项"
            findings.append(Finding(Code.ROW_REPEATED, words, cell.origin.place, remedy, Severity.WARNING))
        items[key] = min(items.get(key, texts), texts)
    return items, findings


def _without(sample: SampleTable, items: Items, table: Table, office: Office) -> Sequence[Finding]:
    """Units that the list does not name; nothing can be drawn for them."""
    named = {unit for unit, _ in items}
    absent = [unit for unit in office.roster.units if unit not in named]
    if not absent:
        return ()
    words = f"抽查表“{sample.name}”：清单中没有{len(absent)}个单位的事项，不抽取：{'、'.join(absent)}"
    remedy = "确无事项的无须改动；漏报的请补入清单后再抽取"
    return (Finding(Code.SAMPLE_SHORT, words, Place(table.source.path), remedy, Severity.WARNING),)


def _text(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)
