"""Lays the rows of a workbook down as plain text for DuckDB: only the columns that are needed, personal data hashed."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.errors import Code, Finding, Place
from tongbao.inputs.cases.definition import CaseTable, RecordColumn
from tongbao.inputs.cases.identity import identity
from tongbao.inputs.contract import Column, Kind, Shape, TableContract
from tongbao.inputs.formats import open_workbook
from tongbao.inputs.grid import Position, Sheet
from tongbao.inputs.sheet_choice import choose_sheet
from tongbao.inputs.text import shown
from tongbao.inputs.values import raw_text


@dataclass(frozen=True)
class Laid:
    """What came of a workbook: the sheet that was read and what there is to say."""

    sheet: str
    findings: tuple[Finding, ...]


def write_rows(
    content: bytes,
    suffix: str,
    table: CaseTable,
    needed: Sequence[RecordColumn],
    target: Path,
    key: str,
    name: str,
) -> Laid:
    """Write row number, unit, case number and the needed columns of a workbook into a private text file.

    Args:
        content: the workbook.
        suffix: its ending.
        table: the definition.
        needed: columns to write.
        target: the file to make.
        key: of the hashes of personal data.
        name: of the workbook, for findings.

    Raises:
        Refused: the workbook cannot be read.
    """
    titles = (table.unit, table.number, *(column.title for column in needed))
    contract = TableContract.model_construct(
        name=table.name,
        file=name,
        sheet=table.sheet,
        shape=Shape.LEDGER,
        unit_header=table.unit,
        columns=tuple(
            Column.model_construct(name=title, header=title, kind=Kind.TEXT, required=True) for title in titles[1:]
        ),
    )
    choice = choose_sheet(open_workbook(content, suffix), contract, name)
    sheet, header = choice.sheet, choice.header
    if sheet is None or header is None or any(title not in header.columns for title in titles):
        return Laid(sheet.name if sheet else "", choice.findings)
    places = [header.columns[title] for title in titles]
    personal = {index for index, column in enumerate(needed, start=2) if column.personal}
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for row in range(header.data, len(sheet.rows)):
            texts = [raw_text(sheet.at(row, place)).strip() for place in places]
            if any(texts):
                told = ["" if text in table.blanks else text for text in texts]  # a hash would hide the word
                people = {index: identity(told[index]) for index in personal}
                kept = [
                    text if index not in people else "" if people[index] in table.blanks else _hash(people[index], key)
                    for index, text in enumerate(told)
                ]
                writer.writerow([sheet.number(row), *kept])
    return Laid(sheet.name, (*choice.findings, *_faulty(sheet, header.data, places, titles, name)))


def _hash(text: str, key: str) -> str:
    """As DuckDB hashes it, so that the same person is the same in every file."""
    return hashlib.sha256((key + text).encode()).hexdigest()[:32] if text else ""


def _faulty(sheet: Sheet, first: int, places: Sequence[int], titles: Sequence[str], name: str) -> list[Finding]:
    """Cells without a value of their own: errors, and formulas without a stored result."""
    wanted = dict(zip(places, titles, strict=True))
    found: list[tuple[Position, Code, str]] = [
        *((at, Code.CELL_ERROR, f"的公式结果是 {shown(text)}") for at, text in sheet.errors.items()),
        *((at, Code.CELL_UNCALCULATED, "是公式，但文件里没有存下计算结果") for at in sorted(sheet.uncalculated)),
    ]
    return [
        Finding(
            code,
            f"“{shown(wanted[column])}”{words}",
            Place(name, sheet.name or None, sheet.address(row, column)),
            "请改正后重新计算并保存",
        )
        for (row, column), code, words in found
        if row >= first and column in wanted
    ]
