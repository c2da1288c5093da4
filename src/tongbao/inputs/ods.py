"""Reads .ods: its XML states the type of every value, so errors and percentages need no second look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from tongbao.inputs.grid import MOST_COLUMNS, MOST_ROWS, Position, Raw, Sheet, Span, Workbook, ensure_size
from tongbao.ooxml.archive import Archive, damaged, encrypted, open_archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ERROR_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_HIDDEN = frozenset({"collapse", "filter"})
_MOST_DIGITS = 8
_NUMBERS = frozenset({"float", "percentage", "currency"})


def open_ods(content: bytes) -> Workbook:
    """Open an OpenDocument spreadsheet.

    Raises:
        Refused: it is damaged, encrypted or too big.
    """
    archive = open_archive(content)
    if "META-INF/manifest.xml" in archive and any(
        element.tag.endswith("}encryption-data") for element in archive.xml("META-INF/manifest.xml").iter()
    ):
        raise encrypted()
    sheets, hidden = _read(archive)
    return Workbook(tuple(sheets), sheets.__getitem__, hidden)


def _read(archive: Archive) -> tuple[dict[str, Sheet], frozenset[str]]:
    """Go through the content once, row by row, so that memory holds the values and not the XML."""
    from defusedxml import ElementTree

    sheets: dict[str, Sheet] = {}
    hidden: set[str] = set()
    hidden_styles: set[str] = set()
    grid = _Grid("")
    with archive.open("content.xml") as stream:
        for event, element in ElementTree.iterparse(stream, events=("start", "end"), forbid_dtd=True):
            if element.tag == f"{_TABLE}table":
                name = element.get(f"{_TABLE}name", "")
                if event == "start":
                    grid = _Grid(name)
                    if element.get(f"{_TABLE}style-name") in hidden_styles:
                        hidden.add(name)
                else:
                    sheets[name] = grid.sheet()
                    element.clear()
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                grid.add_rows(element)
                element.clear()
            elif event == "end" and element.tag == f"{_TABLE}table-column":
                grid.add_columns(element)
            elif event == "end" and _hides(element):
                hidden_styles.add(element.get(f"{_STYLE}name", ""))
    return sheets, frozenset(hidden)


def _hides(element: Element) -> bool:
    return element.tag == f"{_STYLE}style" and any(child.get(f"{_TABLE}display") == "false" for child in element)


@dataclass
class _Grid:
    """A sheet while it is read."""

    name: str
    rows: list[list[Raw]] = field(default_factory=list)
    errors: dict[Position, str] = field(default_factory=dict)
    uncalculated: set[Position] = field(default_factory=set)
    percents: set[Position] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    row: int = 0
    column: int = 0
    widest: int = 0

    def add_columns(self, element: Element) -> None:
        """Note hidden columns."""
        count = _count(element, "number-columns-repeated")
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            self.hidden_columns.update(range(self.column, min(self.column + count, MOST_COLUMNS)))
        self.column += count

    def add_rows(self, element: Element) -> None:
        """Add a row as often as it is repeated; empty ones only count."""
        first, count = self.row, _count(element, "number-rows-repeated")
        self.row += count
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            self.hidden_rows.update(range(first, min(first + count, MOST_ROWS)))
        cells = [cell for cell in element if cell.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}]
        while cells and _is_blank(cells[-1]):
            cells.pop()
        if not cells:
            return
        self.widest = max(self.widest, sum(_count(cell, "number-columns-repeated") for cell in cells))
        ensure_size(first + count, self.widest, sheet=self.name)
        self.rows.extend([] for _ in range(first - len(self.rows)))
        for row in range(first, first + count):
            values: list[Raw] = []
            for cell in cells:
                for _ in range(_count(cell, "number-columns-repeated")):
                    values.append(self._value(cell, (row, len(values))))
            self.rows.append(values)

    def sheet(self) -> Sheet:
        """The sheet as it was read."""
        return Sheet(
            name=self.name,
            rows=self.rows,
            errors=self.errors,
            uncalculated=self.uncalculated,
            percents=self.percents,
            merged=tuple(self.merged),
            hidden_rows=self.hidden_rows,
            hidden_columns=self.hidden_columns,
        )

    def _value(self, cell: Element, position: Position) -> Raw:
        kind = cell.get(f"{_OFFICE}value-type")
        text = _words(cell)
        row, column = position
        bottom, right = _count(cell, "number-rows-spanned") - 1, _count(cell, "number-columns-spanned") - 1
        if bottom or right:
            self.merged.append(Span(row, column, row + bottom, column + right))
        if cell.get(_ERROR_TYPE) == "error":
            self.errors[position] = text or "#ERROR"
            return ""
        if kind is None and not text and cell.get(f"{_TABLE}formula"):
            self.uncalculated.add(position)
        if kind == "percentage":
            self.percents.add(position)
        if kind in _NUMBERS:
            return float(cell.get(f"{_OFFICE}value", "nan"))
        if kind == "date":
            return _moment(cell.get(f"{_OFFICE}date-value", ""))
        return cell.get(f"{_OFFICE}boolean-value") == "true" if kind == "boolean" else text


def _moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _words(cell: Element) -> str:
    return "\n".join("".join(_pieces(part)) for part in cell if part.tag == f"{_TEXT}p")


def _pieces(element: Element) -> Iterator[str]:
    """The text of a paragraph; ODF writes runs of spaces, tabs and breaks as elements."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1")), 1000)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        else:
            yield from _pieces(child)
        yield child.tail or ""


def _is_blank(cell: Element) -> bool:
    spans = cell.get(f"{_TABLE}number-columns-spanned") or cell.get(f"{_TABLE}number-rows-spanned")
    return (
        not spans
        and cell.get(f"{_OFFICE}value-type") is None
        and cell.get(f"{_TABLE}formula") is None
        and not _words(cell)
    )


def _count(element: Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    if not text.isdigit() or len(text) > _MOST_DIGITS:
        raise damaged(f"重复次数“{text[:20]}”无效")
    return max(int(text), 1)
