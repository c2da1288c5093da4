"""Opens a workbook that a clerk has filled in, with the guards of every table from outside, and finds its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tongbao.errors import Code, Finding, InvalidError, Place
from tongbao.inputs.formats import open_workbook
from tongbao.inputs.grid import Sheet, Workbook
from tongbao.inputs.text import normal, shown
from tongbao.inputs.values import raw_text
from tongbao.ooxml.archive import Refused
from tongbao.scoring.exchange.book import HEAD_SHEET, ITEM, Row, head_columns, head_items, table_columns
from tongbao.scoring.exchange.kinds import DefinitionKind
from tongbao.scoring.exchange.layout import layout
from tongbao.scoring.exchange.parts import Cell, Head, label
from tongbao.scoring.suggestions import did_you_mean

GUIDE_SHEET = "说明"
KIND_ITEM = "种类"
"""The line of 说明 that says which kind of definition the workbook describes."""
_HEAD_ROWS = 2
_GUIDE_ROWS = 20


@dataclass(frozen=True)
class Book:
    """The rows of a workbook as they were read; what could not be read is among the findings."""

    kind: DefinitionKind
    items: Mapping[str, Row]
    tables: Mapping[str, Sequence[Row]]
    findings: tuple[Finding, ...]


def read_book(content: bytes, suffix: str, kinds: Sequence[DefinitionKind], file: str) -> Book:
    """Read every sheet.

    Raises:
        InvalidError: it is no workbook, or none of ours.
    """
    try:
        workbook = open_workbook(content, suffix)
        return _Reader(workbook, file).read(_kind(workbook, kinds, file))
    except Refused as refused:
        place = Place(file, refused.sheet, refused.cell)
        raise InvalidError([Finding(refused.code, refused.message, place, refused.remedy)]) from None


def _kind(workbook: Workbook, kinds: Sequence[DefinitionKind], file: str) -> DefinitionKind:
    name = _sheet_called(workbook, GUIDE_SHEET)
    names = "、".join(kind.name for kind in kinds)
    remedy = f"请从 tongbao scheme export 或 scheme new --xlsx 得到的工作簿改起，{KIND_ITEM}写 {names} 之一"
    if name is None:
        raise InvalidError([Finding(Code.SHEET_MISSING, f"没有工作表“{GUIDE_SHEET}”", Place(file), remedy)])
    sheet = workbook.load(name)
    for row in range(_GUIDE_ROWS):
        if normal(raw_text(sheet.at(row, 0))) == KIND_ITEM:
            said = normal(raw_text(sheet.at(row, 1)))
            for kind in kinds:
                if kind.name == said:
                    return kind
            place = Place(file, name, sheet.address(row, 1))
            raise InvalidError([Finding(Code.VALUE_INVALID, f"不认识种类“{shown(said)}”", place, remedy)])
    place = Place(file, name)
    raise InvalidError([Finding(Code.KEY_MISSING, f"没有写明“{KIND_ITEM}”", place, remedy)])


def _sheet_called(workbook: Workbook, wanted: str) -> str | None:
    return next((name for name in workbook.names if normal(name) == normal(wanted)), None)


class _Reader:
    def __init__(self, workbook: Workbook, file: str) -> None:
        self._workbook = workbook
        self._file = file
        self._findings: list[Finding] = []

    def read(self, kind: DefinitionKind) -> Book:
        plan = layout(kind.model)
        known = {GUIDE_SHEET, HEAD_SHEET, *plan.tables}
        for name in self._workbook.names:
            if normal(name) not in known and name not in self._workbook.hidden:
                message = f"不认识工作表“{shown(name)}”"
                self._wrong(Code.KEY_UNKNOWN, message, Place(self._file, name), did_you_mean(name, known))
        items: dict[str, Row] = {}
        rows = self._rows(HEAD_SHEET, head_columns(), rows_of_head=1)
        if rows is not None:
            items = self._items(rows, {label(cell.head) for cell in head_items(plan)})
        tables = {}
        for table in plan.tables.values():
            tables[table.name] = self._rows(table.name, table_columns(table), rows_of_head=_HEAD_ROWS) or ()
        return Book(kind, items, tables, tuple(self._findings))

    def _items(self, rows: Sequence[Row], known: set[str]) -> dict[str, Row]:
        items: dict[str, Row] = {}
        for row in rows:
            name = normal(row.texts.get(ITEM, ""))
            if name in items:
                self._wrong(Code.KEY_UNKNOWN, f"项目“{shown(name)}”写了两次", row.places[ITEM], "请删去一行")
            elif name not in known:
                message = f"不认识项目“{shown(name)}”" if name else "没有写项目"
                self._wrong(Code.KEY_UNKNOWN, message, row.places[ITEM], did_you_mean(name, known))
            items.setdefault(name, row)
        return items

    def _rows(self, wanted: str, columns: Sequence[Cell], *, rows_of_head: int) -> list[Row] | None:
        """The rows of one sheet; None where there is no such sheet or its head cannot be understood."""
        name = _sheet_called(self._workbook, wanted)
        if name is None:
            self._wrong(
                Code.SHEET_MISSING, f"没有工作表“{wanted}”", Place(self._file), "请补上该工作表，没有内容也要留着表头"
            )
            return None
        sheet = self._workbook.load(name)
        heads = self._heads(sheet, columns, rows_of_head)
        missing = [cell for cell in columns if cell.needed and cell.head not in heads]
        for cell in missing:
            message = f"缺少列“{label(cell.head)}”"
            self._wrong(Code.COLUMN_MISSING, message, Place(self._file, name), f"请在第{rows_of_head}行补上该列的表头")
        if missing:
            return None
        found = [self._row(sheet, index, heads) for index in range(rows_of_head, len(sheet.rows))]
        return [row for row in found if row.texts]

    def _heads(self, sheet: Sheet, columns: Sequence[Cell], rows_of_head: int) -> dict[Head, int]:
        known = {(normal(cell.head[0]), normal(cell.head[1])): cell.head for cell in columns}
        heads: dict[Head, int] = {}
        for column, (group, name) in enumerate(_written_heads(sheet, rows_of_head)):
            if not group and not name:
                if any(raw_text(sheet.at(row, column)).strip() for row in range(rows_of_head, len(sheet.rows))):
                    place = Place(self._file, sheet.name, sheet.address(rows_of_head - 1, column))
                    self._wrong(Code.KEY_UNKNOWN, "这一列有内容，却没有表头", place, "请补上表头，或清空这一列")
                continue
            place = Place(self._file, sheet.name, sheet.address(rows_of_head - 1, column))
            head = known.get((group, name))
            if head is None:
                message = f"不认识表头“{shown(label((group, name)))}”"
                self._wrong(Code.KEY_UNKNOWN, message, place, did_you_mean(label((group, name)), map(label, known)))
            elif head in heads:
                self._wrong(Code.COLUMN_AMBIGUOUS, f"表头“{label(head)}”写了两次", place, "请删去一列")
            else:
                heads[head] = column
        return heads

    def _row(self, sheet: Sheet, row: int, heads: Mapping[Head, int]) -> Row:
        texts: dict[Head, str] = {}
        places: dict[Head, Place] = {}
        for head, column in heads.items():
            places[head] = Place(self._file, sheet.name, sheet.address(row, column))
            at = (row, column)
            if at in sheet.errors or at in sheet.uncalculated:
                words = sheet.errors.get(at, "没有存下结果")
                self._wrong(Code.CELL_ERROR, f"单元格是公式，{shown(words)}", places[head], "请直接填写文字")
                continue
            text = raw_text(sheet.at(row, column), is_percent=at in sheet.percents)
            if text.strip():
                texts[head] = text.replace("\r\n", "\n")
        first = min(heads.values(), default=0)
        return Row(texts, places, Place(self._file, sheet.name, sheet.address(row, first)))

    def _wrong(self, code: Code, message: str, place: Place, remedy: str) -> None:
        self._findings.append(Finding(code, message, place, remedy))


def _written_heads(sheet: Sheet, rows_of_head: int) -> list[Head]:
    """The words above every column, groups in the first row, merged or not."""
    lines = [[normal(raw_text(sheet.at(row, column))) for column in range(sheet.width)] for row in range(rows_of_head)]
    for span in sheet.merged:
        if span.top < rows_of_head:
            word = lines[span.top][span.left] if span.left < sheet.width else ""
            for row in range(span.top, min(span.bottom + 1, rows_of_head)):
                for column in range(span.left, min(span.right + 1, sheet.width)):
                    lines[row][column] = word
    if rows_of_head == 1:
        return [("", word) for word in lines[0]]
    return [("" if upper == lower or not lower else upper, lower or upper) for upper, lower in zip(*lines, strict=True)]
