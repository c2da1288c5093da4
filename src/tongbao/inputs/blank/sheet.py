"""One sheet to fill in: title, how to say that there is nothing, the merged head, a row a unit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tongbao.inputs.blank.cells import FORMATS, help_on, rule_for, unit_rule
from tongbao.inputs.contract import Column, Kind, Shape, TableContract
from tongbao.inputs.rows import header_of
from tongbao.ooxml.cells import A4
from tongbao.ooxml.pens import Look, Pens

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LEDGER_ROWS = 300
_ABOVE = 2  # title and note
_HEAD = Look(bold=True, fill="DDE6F0", centred=True)
_UNIT = Look(fill="F2F2F2")
_TITLE = Look(bold=True, size=16, centred=True)
_NOTE = Look(size=10)
_NARROWEST, _WIDEST, _UNIT_WIDTH = 10, 22, 26
_TEXT_WIDTH = 30
_LINE, _ROW = 16, 20  # points


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """What a sheet is made from.

    Attributes:
        contract: the table.
        title: the line above the head.
        units: names that are filled in already, in official order.
        known: all units that may be chosen where none is filled in.
    """

    contract: TableContract
    title: str
    units: Sequence[str]
    known: Sequence[str]

    @property
    def headers(self) -> tuple[tuple[str, ...], ...]:
        """The levels above each column, from the top down; the unit column first."""
        unit = (self.contract.unit_header,) if self.has_units and self.contract.unit_header else ()
        return tuple(
            tuple(part.strip() for part in header.split("/")) for header in (*unit, *map(header_of, self.columns))
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns beside that of the unit."""
        return self.contract.columns

    @property
    def has_units(self) -> bool:
        """Whether there is a column of units."""
        return self.contract.shape is not Shape.SINGLE

    @property
    def rows(self) -> int:
        """How many rows there are to fill in."""
        if self.contract.shape is Shape.SINGLE:
            return 1
        return len(self.units) or (_LEDGER_ROWS if self.contract.shape is Shape.LEDGER else len(self.known))


def write_sheet(sheet: Worksheet, blank: BlankSheet, pens: Pens, unit_cells: str | None) -> None:
    """Write one sheet.

    Args:
        sheet: an empty sheet.
        blank: what it is made from.
        pens: of the workbook.
        unit_cells: where the units are listed, for choices that are too many for a rule.
    """
    depth = max(map(len, blank.headers))
    first = _ABOVE + depth + 1
    width = len(blank.headers)
    _write_above(sheet, blank, pens, width)
    for top, bottom, left, right, text in spans(blank.headers, depth):
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                pens.put(sheet, row + _ABOVE, column, text if (row, column) == (top, left) else "", _HEAD)
        if (top, left) != (bottom, right):
            sheet.merge_cells(start_row=top + _ABOVE, end_row=bottom + _ABOVE, start_column=left, end_column=right)
    _write_rows(sheet, blank, pens, first)
    _offer(sheet, blank, first, unit_cells)
    for column, wide in enumerate(_widths(blank), 1):
        sheet.column_dimensions[_letter(column)].width = wide
    sheet.freeze_panes = f"{'B' if blank.has_units else 'A'}{first}"
    _protect(sheet)
    _print(sheet, first - 1)


def _widths(blank: BlankSheet) -> Iterator[float]:
    """How wide each column is: as its lowest head asks for, and room for words where words are wanted."""
    if blank.has_units:
        yield _UNIT_WIDTH
    for column, header in zip(blank.columns, blank.headers[-len(blank.columns) :], strict=True):
        wordy = column.kind is Kind.TEXT and not column.choices
        yield _TEXT_WIDTH if wordy else min(max(_columns(header[-1]) + 3, _NARROWEST), _WIDEST)


def spans(headers: Sequence[tuple[str, ...]], depth: int) -> Iterator[tuple[int, int, int, int, str]]:
    """Header cells as (first row, last row, first column, last column, text), counted from 1.

    Neighbours under the same heads are one cell; the lowest level of a column reaches down to the last row.
    """
    for level in range(depth):
        column = 0
        while column < len(headers):
            header = headers[column]
            last = column
            if level < len(header) - 1:
                while (
                    last + 1 < len(headers)
                    and headers[last + 1][: level + 1] == header[: level + 1]
                    and (level < len(headers[last + 1]) - 1)
                ):
                    last += 1
                yield level + 1, level + 1, column + 1, last + 1, header[level]
            elif level == len(header) - 1:
                yield level + 1, depth, column + 1, column + 1, header[level]
            column = last + 1


def _write_above(sheet: Worksheet, blank: BlankSheet, pens: Pens, width: int) -> None:
    for row, (text, look) in enumerate(((blank.title, _TITLE), (_note(blank), _NOTE)), 1):
        for column in range(1, width + 1):
            pens.put(sheet, row, column, text if column == 1 else "", look)
        if width > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    sheet.row_dimensions[1].height = 30
    across = _UNIT_WIDTH + (width - 1) * _NARROWEST
    sheet.row_dimensions[2].height = _LINE * max(1, -(-_columns(_note(blank)) // across))


def _note(blank: BlankSheet) -> str:
    """How to say that there is nothing, and what is what."""
    contract = blank.contract
    meanings: dict[str, list[str]] = {}
    for text, meaning in contract.markers.items():
        meanings.setdefault(str(meaning), []).append(f"“{text}”")
    words = [f"填{'或'.join(texts)}表示{meaning}" for meaning, texts in meanings.items()]
    words.append("空白算没有填")
    if any(column.kind is Kind.PERCENT for column in blank.columns):
        words.append("百分数写成 75%")
    if contract.shape is Shape.LEDGER:
        words.append("一行一件，没有的不填")
    return f"填法：{'；'.join(words)}。只能填写白色的格；表头、单位请勿改动。"


def _write_rows(sheet: Worksheet, blank: BlankSheet, pens: Pens, first: int) -> None:
    start = 2 if blank.has_units else 1
    looks = [Look(FORMATS[column.kind], framed=True, locked=False) for column in blank.columns]
    for index in range(blank.rows):
        row = first + index
        sheet.row_dimensions[row].height = _ROW
        if blank.has_units:
            named = index < len(blank.units)
            pens.put(
                sheet, row, 1, blank.units[index] if named else "", _UNIT if named else Look(framed=True, locked=False)
            )
        for column, look in enumerate(looks, start):
            pens.put(sheet, row, column, "", look)


def _offer(sheet: Worksheet, blank: BlankSheet, first: int, unit_cells: str | None) -> None:
    last = first + blank.rows - 1
    start = 2 if blank.has_units else 1
    for index, column in enumerate(blank.columns, start):
        cell = f"{_letter(index)}{first}"
        rule = rule_for(column, blank.contract, cell)
        if rule is not None:
            rule.showInputMessage = True
            rule.promptTitle, rule.prompt = column.name[:32], help_on(column, blank.contract)
            rule.errorTitle, rule.error = "填得不对", help_on(column, blank.contract)
            rule.add(f"{cell}:{_letter(index)}{last}")
            sheet.add_data_validation(rule)
    if blank.has_units and not blank.units:
        rule = unit_rule(blank.known, unit_cells)
        if rule is not None:
            rule.errorTitle, rule.error = "单位不在名录中", "请从单位名录中选"
            rule.add(f"A{first}:A{last}")
            sheet.add_data_validation(rule)


def _protect(sheet: Worksheet) -> None:
    """Only the cells to fill can be changed; no password, since it guards against slips and not against people."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _print(sheet: Worksheet, heads: int) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{heads}"
    sheet.print_options.horizontalCentered = True


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
