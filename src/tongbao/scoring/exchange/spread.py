"""Lays a definition out over sheets: rows, columns, and every comment beside what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tongbao.definitions import KeyPath, Positions
from tongbao.errors import Code, Finding, InvalidError
from tongbao.ooxml.cells import ILLEGAL, LONGEST
from tongbao.scoring.exchange.book import (
    CONTENT,
    END_ITEM,
    HEAD_SHEET,
    ITEM,
    JOINT,
    Filled,
    Labels,
    Line,
    head_columns,
    head_items,
    table_columns,
)
from tongbao.scoring.exchange.cell_text import CellTextError, write_cell
from tongbao.scoring.exchange.comments import END, Comment
from tongbao.scoring.exchange.order import steps, usual
from tongbao.scoring.exchange.parts import (
    LEVEL,
    NAME,
    ORDER,
    REMARK,
    Cell,
    Form,
    Head,
    Layout,
    Nested,
    Part,
    Table,
    Ways,
    label,
    owner_head,
)
from tongbao.scoring.exchange.remarks import Remark, write_remark

_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_|\r")  # programs read these as characters of another kind
_SEE = "（见工作表“{name}”）"


@dataclass
class _Row:
    """A row on its way into a sheet; of the definition itself, the lines of 基本情况."""

    path: KeyPath = ()
    owner: int | None = None
    names: tuple[str, ...] = ()
    level: int = 1
    cells: dict[Head, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def spread(
    data: Mapping[str, Any], comments: Mapping[KeyPath, Comment], layout: Layout, positions: Positions
) -> tuple[Filled, ...]:
    """Lay a definition out.

    Args:
        data: mappings, lists and texts that the model has accepted.
        comments: what is remarked about which key or item.
        layout: which sheets and columns there are.
        positions: where everything stands in the YAML, for messages.

    Raises:
        InvalidError: something cannot stand in a workbook; nothing is left out in silence.
    """
    return _Spreader(layout, positions).spread(data, comments)


class _Spreader:
    def __init__(self, layout: Layout, positions: Positions) -> None:
        self._layout = layout
        self._positions = positions
        self._root = _Row()
        self._rows: dict[str, list[_Row]] = {name: [] for name in layout.tables}
        self._homes: dict[KeyPath, tuple[list[Remark], str]] = {}  # where comments go, and what they are called there
        self._lines: dict[str, list[Remark]] = {}  # 批注 of 基本情况, by item
        self._findings: list[Finding] = []

    def spread(self, data: Mapping[str, Any], comments: Mapping[KeyPath, Comment]) -> tuple[Filled, ...]:
        self._lines[END_ITEM] = []
        self._homes[()] = self._homes[END] = (self._lines[END_ITEM], "")
        self._row(self._layout.parts, data, self._root, None)
        for path, comment in comments.items():
            home = path
            while home not in self._homes:
                home = home[:-1]
            remarks, where = self._homes[home]
            remarks.append(Remark(where, comment))
        sheets = (self._head_sheet(), *map(self._sheet, self._layout.tables.values()))
        if self._findings:
            raise InvalidError(self._findings)
        return sheets

    def _row(self, parts: tuple[Part, ...], value: Mapping[str, Any], row: _Row, place: int | None) -> None:
        present = {key: inner for key, inner in value.items() if inner is not None}
        order = list(steps(present, parts))
        if order != list(steps(usual(present, parts), parts)):
            row.cells[ORDER] = write_cell([JOINT.join(path) for path in order], Form.LIST)
        if row is not self._root:
            self._homes[row.path] = (row.remarks, "")
            self._homes |= {(*row.path, *path): (row.remarks, JOINT.join(path)) for path in order}
        self._parts(parts, present, row.path, row, place)

    def _parts(
        self, parts: tuple[Part, ...], value: Mapping[str, Any], path: KeyPath, row: _Row, place: int | None
    ) -> None:
        for part in parts:
            if value.get(part.key) is not None:
                self._part(part, value[part.key], (*path, part.key), row, place)

    def _part(self, part: Part, value: Any, path: KeyPath, row: _Row, place: int | None) -> None:
        if isinstance(part, Cell):
            row.cells[part.head] = self._legal(part, value, path)
            self._at_item(part.head, path, row)
        elif isinstance(part, Nested):
            inner = {part.short: value} if isinstance(value, str) and part.short is not None else value
            if isinstance(inner, Mapping):
                self._parts(part.parts, inner, path, row, place)
            else:
                self._wrong("这种简写没有对应的表格栏", path, "请写成“键: 值”的形式后再导出")
        elif isinstance(part, Ways):
            way, inner = (value, {}) if isinstance(value, str) else next(iter(value.items()))
            row.cells[part.way.head] = way
            self._at_item(part.way.head, path, row)
            self._part(part.ways[way], {} if inner is None else inner, (*path, way), row, place)
        else:
            self._at_item(("", part.table), path, row)
            self._items(self._layout.tables[part.table], value, path, _Row(owner=place, names=row.names))

    def _at_item(self, head: Head, path: KeyPath, row: _Row) -> None:
        """Comments about a key of the definition itself stand in its line of 基本情况."""
        if row is self._root:
            remarks = self._lines.setdefault(label(head), [])
            self._homes[path] = (remarks, "")
            for length in range(1, len(path)):
                self._homes.setdefault(path[:length], (remarks, JOINT.join(map(str, path[:length]))))

    def _items(self, table: Table, items: Any, path: KeyPath, above: _Row) -> None:
        """Rows of a sheet; `above` says whose they are, and what stands above them in a tree."""
        rows = self._rows[table.name]
        for index, item in enumerate(items):
            names = (*above.names, str(item.get(NAME) or ""))
            row = _Row((*path, index), above.owner, names, above.level)
            rows.append(row)
            kind = next((kind for kind in table.kinds if kind.below in item), table.kinds[0])
            self._row(kind.parts, item, row, len(rows) - 1)
            if kind.below is not None:
                deeper = _Row(owner=above.owner, names=names, level=above.level + 1)
                self._items(table, item[kind.below] or (), (*row.path, kind.below), deeper)

    def _head_sheet(self) -> Filled:
        cells = {label(head): text for head, text in self._root.cells.items()}
        cells |= {name: _SEE.format(name=name) for name in self._layout.lists}
        lines = []
        for item in head_items(self._layout):
            name = label(item.head)
            remark = self._checked(write_remark(self._lines.get(name, ())), ())
            if item.head != ORDER or name in cells:
                lines.append(Line({ITEM: name, CONTENT: cells.get(name, ""), REMARK: remark}))
        return Filled(HEAD_SHEET, None, head_columns(), tuple(lines))

    def _sheet(self, table: Table) -> Filled:
        labels = Labels(row.names for row in self._rows[table.owner]) if table.owner is not None else None
        lines = []
        for row in self._rows[table.name]:
            own = {REMARK: self._checked(write_remark(row.remarks), row.path)}
            if table.tree:
                own[LEVEL] = str(row.level)
            if labels is not None and row.owner is not None:
                call = labels.of(row.owner)
                if call is None:
                    self._wrong(
                        "同名的不止一个，表格里分不清这些行属于哪一个", row.path[:-2], "请先改名，使名称各不相同"
                    )
                own[owner_head(table)] = call or ""
            lines.append(Line({**row.cells, **own}, row.level))
        return Filled(table.name, table, table_columns(table), tuple(lines))

    def _legal(self, part: Cell, value: Any, path: KeyPath) -> str:
        try:
            return self._checked(write_cell(value, part.form), path)
        except CellTextError as error:
            self._wrong(str(error), path, "请改正后再导出")
            return ""

    def _checked(self, text: str, path: KeyPath) -> str:
        bad = ILLEGAL.search(text) or _ESCAPE.search(text)
        if bad:
            self._wrong(f"含有表格不能容纳的字符（U+{ord(bad[0][0]):04X}）", path, "请删去该字符后再导出")
        if len(text) > LONGEST:
            self._wrong(f"有{len(text)}字，一个单元格最多{LONGEST}字", path, "请缩短后再导出")
        return text

    def _wrong(self, message: str, path: KeyPath, remedy: str) -> None:
        self._findings.append(Finding(Code.VALUE_INVALID, message, self._positions.place(*path), remedy))
