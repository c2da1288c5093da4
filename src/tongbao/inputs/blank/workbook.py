"""The empty workbooks of a jurisdiction and month: one a file of the contracts, with a sheet for each table in it."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.inputs.blank.naming import file_name
from tongbao.inputs.blank.sheet import BlankSheet, write_sheet
from tongbao.inputs.contract import Shape, TableContract
from tongbao.inputs.roster import Roster
from tongbao.ooxml.cells import sheet_name
from tongbao.ooxml.package import dated
from tongbao.ooxml.pens import PLAIN, Pens
from tongbao.period import Period

_UNITS_SHEET = "单位名录"


@dataclass(frozen=True, slots=True)
class BlankFile:
    """An empty workbook.

    Attributes:
        name: where it belongs, once filled in, inside inputs/<期间>/<辖区>/.
        content: all of it; the same contracts give the same bytes.
        tables: the tables that it is for.
    """

    name: str
    content: bytes
    tables: tuple[str, ...]


def blank_files(
    contracts: Sequence[TableContract],
    roster: Roster,
    period: Period,
    evaluated: Mapping[str, Collection[str]] | None = None,
) -> tuple[tuple[BlankFile, ...], tuple[Finding, ...]]:
    """Make the empty workbooks of one jurisdiction and month.

    Args:
        contracts: the tables in force in the month.
        roster: the units, in official order.
        period: the month, for titles.
        evaluated: by table the units that are scored with it: of 填报组 only they get a row; default: all.

    Returns:
        The workbooks in the order of the contracts, and what there is to say about them.
    """
    together: dict[str, list[TableContract]] = {}
    for contract in contracts:
        together.setdefault(file_name(contract), []).append(contract)
    files = []
    findings = []
    for name, tables in together.items():
        blanks = [_blank(contract, roster, period, (evaluated or {}).get(contract.name)) for contract in tables]
        files.append(BlankFile(name, _workbook(blanks, roster, period), tuple(table.name for table in tables)))
        said = tables[0].file
        if not said.casefold().endswith((".xlsx", ".xlsm", "*")):
            message = f"约定的文件是 {said}，空表是 {name}：只有 .xlsx 能放下拉选项和保护；填好照样能读"
            remedy = "填好后放入 inputs/，文件名不必改"
            findings.append(Finding(Code.FILE_DISGUISED, message, Place(name), remedy, Severity.REMARK))
    return tuple(files), tuple(findings)


def _blank(contract: TableContract, roster: Roster, period: Period, evaluated: Collection[str] | None) -> BlankSheet:
    due = tuple(
        unit.name
        for name in contract.units
        for group in roster.groups
        if group.name == name
        for unit in group.units
        if evaluated is None or unit.name in evaluated
    )
    title = f"{contract.name}（{period.words}）"
    return BlankSheet(contract, title, due if contract.shape is Shape.SUMMARY else (), roster.units)


def _workbook(blanks: Iterable[BlankSheet], roster: Roster, period: Period) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    first = workbook.active
    if first is not None:
        workbook.remove(first)
    pens = Pens(workbook)
    names: set[str] = set()
    made = [
        (blank, workbook.create_sheet(sheet_name(blank.contract.sheet or blank.contract.name, names)))
        for blank in blanks
    ]
    needed = [blank for blank, _ in made if blank.has_units and not blank.units]
    cells = None
    if needed:
        listing = workbook.create_sheet(sheet_name(_UNITS_SHEET, names))
        for row, unit in enumerate(roster.units, 1):
            pens.put(listing, row, 1, unit, PLAIN)
        listing.column_dimensions["A"].width = 40
        listing.protection.sheet = True
        cells = f"'{listing.title}'!$A$1:$A${len(roster.units)}"
    for blank, sheet in made:
        write_sheet(sheet, blank, pens, cells)
    workbook.properties.title = made[0][0].title
    workbook.properties.creator = "tongbao"
    workbook.properties.created = datetime.combine(period.first_day, time())
    stream = io.BytesIO()
    workbook.save(stream)
    return dated(stream.getvalue(), period.first_day)
