"""Scans the XML of a sheet for what fast readers lose: error cells, formulas without a result, percent formats, hiding.

calamine gives "" for #DIV/0! and for a formula that was never calculated: silently a missing score. The scan also
learns how far the sheet reaches before anything is allocated for it. It goes over the bytes piece by piece (one piece a
cell), so time and memory stay linear whatever the file holds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from tongbao.inputs.grid import MOST_COLUMNS, Position, ensure_size, letters
from tongbao.ooxml.archive import damaged

_LONGEST_PIECE = 4 << 20  # Excel allows 32,767 characters in a cell
_SHEET_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\b[^<>]*?(/?)>")
_COLUMN = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?col\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""([A-Za-z:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")

_ERROR, _PERCENT, _TEXT, _EMPTY, _TYPED = 1, 2, 4, 8, 16
_MOST_DIGITS = 7


@dataclass
class Marks:
    """What the scan found; positions count from 0."""

    errors: dict[Position, str] = field(default_factory=dict)
    uncalculated: set[Position] = field(default_factory=set)
    percents: set[Position] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def scan(chunks: Iterable[bytes], percent_styles: Collection[int], sheet: str) -> Marks:
    """Scan one sheet.

    Args:
        chunks: the bytes of its XML part.
        percent_styles: indices of the cell formats that show a percentage.
        sheet: its name, for the verdict.

    Raises:
        Refused: it reaches too far or is no sheet.
    """
    stream = iter(chunks)
    head, prefix, rest = _head(stream)
    scanner = _Scanner(prefix, percent_styles, sheet)
    scanner.hide_columns(head)
    if rest is not None:
        close = b"</" + prefix + b"sheetData"
        for chunk in chain([b""], stream):
            buffer = rest + chunk
            end = buffer.find(close)
            if end >= 0:
                scanner.read(buffer, end, whole=True)
                return scanner.marks
            rest = buffer[scanner.read(buffer, len(buffer), whole=False) :]
            if len(rest) > _LONGEST_PIECE:
                raise damaged("工作表内有过长的单元格")
        raise damaged("工作表的数据区没有结束")
    return scanner.marks


def _head(stream: Iterator[bytes]) -> tuple[bytes, bytes, bytes | None]:
    """What stands before the rows, the namespace prefix, and the bytes after (None: there are no rows)."""
    head = b""
    for chunk in stream:
        head += chunk
        if match := _SHEET_DATA.search(head):
            return head[: match.start()], match[1], None if match[2] else head[match.end() :]
        if len(head) > _LONGEST_PIECE:
            break
    raise damaged("工作表内找不到数据区")


class _Scanner:
    """Goes from tag to tag; keeps count where a producer leaves addresses out."""

    def __init__(self, prefix: bytes, percent_styles: Collection[int], sheet: str) -> None:
        self.marks = Marks()
        self._sheet = sheet
        self._styles = percent_styles
        self._flags: dict[bytes, int] = {}
        self._columns: dict[bytes, int] = {}
        self._row_digits = b""
        self._row = self._column = self._last_row = self._last_column = -1
        tag = b"<" + re.escape(prefix)
        self._token = re.compile(  # no part runs over the next <, so that no input makes it slow
            tag + rb'(?:c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*)>(' + tag + rb"(?:v>[^<]|is>))?"
            rb"|c((?:\s[^<>]*)?)>"
            rb"|row((?:\s[^<>]*)?)>)"
        )
        self._cell_start = b"<" + prefix + b"c "
        self._cell_starts = [b"<" + prefix + b"c" + after for after in (b" ", b">", b"/", b"\t", b"\r", b"\n")]
        self._any_hidden_row = re.compile(tag + rb"row\s[^<>]*\bhidden\b")
        start = tag + rb'c r="'
        self._usual = re.compile(start + rb'[A-Z]{1,3}[0-9]{1,7}"([^<>]*)>' + tag + rb"(?:v>[^<]|is>)")
        self._usual_column = re.compile(start + rb"([A-Z]{1,3})[0-9]")
        self._usual_row = re.compile(start + rb'[A-Z]{1,3}([0-9]{1,7})"')
        self._formula = re.compile(tag + rb"f[\s>/]")
        self._filled = re.compile(tag + rb"v(?:\s[^<>]*)?>([^<]+)<")
        self._has_value = re.compile(tag + rb"v[\s>/]")
        self._child = re.compile(tag + rb"(?:v|f|is)[\s>/]")

    def hide_columns(self, head: bytes) -> None:
        """Note the hidden columns."""
        for match in _COLUMN.finditer(head):
            attributes = _attributes(match[1])
            if _is_true(attributes.get(b"hidden")):
                first, last = int(attributes.get(b"min", b"1")), int(attributes.get(b"max", b"1"))
                self.marks.hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))

    def read(self, buffer: bytes, end: int, *, whole: bool) -> int:
        """Read the cells of a buffer; the last tag waits for the next one unless the buffer is whole.

        Returns:
            Where the part begins that has to be read again with what follows.
        """
        cut = end if whole else buffer.rfind(self._cell_start, 0, end)
        if cut > 0 and self._read_usual(buffer[:cut]):
            return cut
        return self._read_tags(buffer, end, whole=whole)

    def _read_usual(self, buffer: bytes) -> bool:
        """Read a buffer at once when every cell has an address and a value; False: it needs a look at every tag."""
        kinds = self._usual.findall(buffer)
        if not kinds or len(kinds) != sum(map(buffer.count, self._cell_starts)) or self._any_hidden_row.search(buffer):
            return False
        flags = {kind: self._judge(kind) for kind in set(kinds)}
        if any(flag & _ERROR for flag in flags.values()):
            return False
        self._row = max(map(int, set(self._usual_row.findall(buffer)))) - 1
        columns = {name: _column(name) for name in set(self._usual_column.findall(buffer))}
        self._reach(self._row, max(columns.values()))
        percents = [re.escape(kind) for kind, flag in flags.items() if flag & _PERCENT]
        if percents:
            pattern = re.escape(self._cell_start) + rb'r="([A-Z]+)([0-9]+)"(?:' + b"|".join(percents) + rb")>"
            found = re.findall(pattern, buffer)
            self.marks.percents.update((int(digits) - 1, columns[name]) for name, digits in found)
        return True

    def _read_tags(self, buffer: bytes, end: int, *, whole: bool) -> int:
        previous = None
        for match in self._token.finditer(buffer, 0, end):
            if previous is not None:
                self._read_tag(previous, buffer, match.start())
            previous = match
        if previous is None:
            return 0
        if whole:
            self._read_tag(previous, buffer, end)
        return previous.start()

    def _read_tag(self, match: re.Match[bytes], buffer: bytes, end: int) -> None:
        """Read one tag and what stands up to the next."""
        name, digits, attributes, value, odd, row = match.groups()
        if row is not None:
            self._begin_row(_attributes(row))
            return
        if name is not None:
            if digits != self._row_digits:
                self._row_digits, self._row = digits, int(digits) - 1
            self._column = self._columns.get(name, -1)
            if self._column < 0:
                self._column = self._columns[name] = _column(name)
        else:
            attributes = odd
            self._find_place(_attributes(odd).get(b"r", b""))
        flags = self._flags.get(attributes)
        if flags is None:
            flags = self._judge(attributes)
        if value is not None and not flags:
            self._reach(self._row, self._column)
        else:
            self._read_odd(buffer, match.end() if name is None else match.end(3) + 1, end, flags)

    def _find_place(self, address: bytes) -> None:
        """Of a cell whose address stands elsewhere in the tag, or not at all: then it is the next one."""
        reference = _REFERENCE.fullmatch(address)
        self._column += 1
        if reference:
            self._row_digits, self._row = reference[2], int(reference[2]) - 1
            self._column = _column(reference[1].upper())

    def _read_odd(self, buffer: bytes, start: int, end: int, flags: int) -> None:
        """Read a cell that may be blank, a formula, an error or a percentage."""
        if not flags & _EMPTY and self._child.search(buffer, start, end):
            self._reach(self._row, self._column)
            if flags & _PERCENT:
                self.marks.percents.add((self._row, self._column))
            self._look(buffer, start, end, flags)
        elif flags & _TYPED:
            self._reach(self._row, self._column)

    def _begin_row(self, attributes: dict[bytes, bytes]) -> None:
        number = attributes.get(b"r", b"")
        self._row = int(number) - 1 if number.isdigit() and len(number) <= _MOST_DIGITS else self._row + 1
        self._row_digits = b""
        self._column = -1
        if _is_true(attributes.get(b"hidden")):
            self.marks.hidden_rows.add(self._row)

    def _look(self, buffer: bytes, start: int, end: int, flags: int) -> None:
        position = (self._row, self._column)
        filled = self._filled.search(buffer, start, end)
        if flags & _ERROR:
            self.marks.errors[position] = filled[1].decode("utf-8", "replace") if filled else "#ERROR"
        elif not filled and self._formula.search(buffer, start, end):
            empty_text = flags & _TEXT and self._has_value.search(buffer, start, end)  # ="" has the result ""
            if not empty_text:
                self.marks.uncalculated.add(position)

    def _judge(self, attributes: bytes) -> int:
        values = _attributes(attributes)
        kind = values.get(b"t", b"n")
        style = values.get(b"s", b"0")
        flags = _EMPTY if attributes.endswith(b"/") else 0
        flags |= {b"e": _ERROR, b"str": _TEXT}.get(kind, 0)
        flags |= _TYPED if kind not in {b"n", b"s"} else 0
        if kind == b"n" and style.isdigit() and int(style) in self._styles:
            flags |= _PERCENT
        self._flags[attributes] = flags
        return flags

    def _reach(self, row: int, column: int) -> None:
        if row > self._last_row or column > self._last_column:
            self._last_row = max(row, self._last_row)
            self._last_column = max(column, self._last_column)
            cell = f"{letters(max(column, 0))}{row + 1}"
            ensure_size(self._last_row + 1, self._last_column + 1, sheet=self._sheet, cell=cell)


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(text)}


def _is_true(value: bytes | None) -> bool:
    return value in {b"1", b"true"}


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
