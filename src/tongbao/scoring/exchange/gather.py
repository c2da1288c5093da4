"""Reads a definition back out of its sheets; whatever does not fit is told with sheet and cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongbao.definitions import KeyPath
from tongbao.errors import Code, Finding, Place
from tongbao.inputs.text import normal
from tongbao.scoring.exchange.book import CONTENT, END_ITEM, HEAD_SHEET, JOINT, Labels, Row
from tongbao.scoring.exchange.cell_text import CellTextError, read_cell
from tongbao.scoring.exchange.comments import END, Comment
from tongbao.scoring.exchange.order import Steps, abbreviated, restored, usual
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
    RowKind,
    Rows,
    Table,
    Ways,
    label,
    owner_head,
)
from tongbao.scoring.exchange.settled_remarks import Remarked, settled
from tongbao.scoring.suggestions import did_you_mean

_ABSENT = object()
_CLEAR = "请清空这一格，或改正这一行的方式、级次"


@dataclass(frozen=True)
class Gathered:
    """What the sheets of a workbook come to.

    Attributes:
        data: the definition as the YAML would have it.
        comments: what is remarked about which key or item.
        places: where every key stands, also those that were left empty.
        findings: what does not fit.
    """

    data: dict[str, Any]
    comments: Mapping[KeyPath, Comment]
    places: Mapping[KeyPath, Place]
    findings: tuple[Finding, ...]


@dataclass
class _Entry:
    """A row that has become a piece of the definition, and where rows of other sheets may be added to it."""

    data: dict[str, Any]
    path: KeyPath
    parts: tuple[Part, ...]
    names: tuple[str, ...] = ()
    lists: dict[str, tuple[dict[str, Any], str, KeyPath]] = field(default_factory=dict)


def gather(items: Mapping[str, Row], tables: Mapping[str, Sequence[Row]], layout: Layout) -> Gathered:
    """Read a definition out of its sheets.

    Args:
        items: the lines of 基本情况 by item.
        tables: the rows of every other sheet.
        layout: which sheets and columns there are.
    """
    gatherer = _Gatherer(layout)
    root = gatherer.root(items)
    for table in layout.tables.values():
        gatherer.table(table, tables.get(table.name, ()), root)
    comments = settled(gatherer.remarks)
    data = gatherer.finished(root)
    return Gathered(data, comments, gatherer.places, tuple(gatherer.findings))


class _Gatherer:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._entries: dict[str, list[_Entry]] = {name: [] for name in layout.tables}
        self._orders: dict[KeyPath, tuple[Steps, ...]] = {}
        self.remarks: list[Remarked] = []
        self.places: dict[KeyPath, Place] = {}
        self.findings: list[Finding] = []

    def root(self, items: Mapping[str, Row]) -> _Entry:
        """The definition itself, out of 基本情况."""
        sheet = next(iter(items.values())).place if items else Place(HEAD_SHEET)
        heads = {label(cell.head): cell.head for cell in self._layout.columns}
        texts = {head: text for name, head in heads.items() if name in items and (text := _content(items[name]))}
        places = {head: items[name].places[CONTENT] for name, head in heads.items() if name in items}
        row = Row(texts, places, Place(sheet.file, sheet.sheet))
        root = _Entry({}, (), self._layout.parts)
        self.places[()] = row.place
        paths = self._fill(row, root)
        paths |= {("", name): path for name, (_, _, path) in root.lists.items()}
        for head, path in paths.items():
            if label(head) in items:
                self.places.setdefault(path, items[label(head)].place)
        if order := items.get(label(ORDER)):
            self._orders[()] = _order(_content(order))
        for name, line in items.items():
            own = END if name == END_ITEM else paths.get(heads.get(name, ("", name)), ())
            self.remarks.append(Remarked(line.texts.get(REMARK, ""), own, root.path, root.data))
        return root

    def table(self, table: Table, rows: Sequence[Row], root: _Entry) -> None:
        """One sheet of rows, each put where its owner and level say."""
        owners = self._entries[table.owner] if table.owner is not None else [root]
        labels = Labels(entry.names for entry in owners)
        levels = [self._level(row) if table.tree else 1 for row in rows]
        above: list[_Entry] = []
        for index, (row, level) in enumerate(zip(rows, levels, strict=True)):
            owner = root if table.owner is None else self._owner(table, row, owners, labels)
            if owner is None:
                continue
            deeper = index + 1 < len(rows) and levels[index + 1] > level
            kind = table.kinds[-1] if deeper else table.kinds[0]
            if level > len(above) + 1:
                words = f"级次从{len(above)}跳到{level}，缺少上级" if above else f"第一行的级次是{level}，应为1"
                self._wrong(Code.VALUE_INVALID, words, row.places[LEVEL], "请改正级次，或补上上级")
            above = above[: level - 1]
            parent = above[-1] if above else owner
            entry = self._entry(table, row, kind, parent)
            if entry is not None:
                self._entries[table.name].append(entry)
                above.append(entry)

    def finished(self, root: _Entry) -> dict[str, Any]:
        """The whole definition, every row in the order of its model or, where the file had one, in its own."""
        for entry in (root, *(entry for entries in self._entries.values() for entry in entries)):
            ordered = abbreviated(usual(entry.data, entry.parts), entry.parts)
            entry.data.clear()
            entry.data.update(ordered)
        return restored(root.data, self._orders)

    def _entry(self, table: Table, row: Row, kind: RowKind, parent: _Entry) -> _Entry | None:
        slot = parent.lists.get(table.name)
        if slot is None:
            words = f"“{parent.names[-1] if parent.names else ''}”的写法里没有“{table.name}”"
            self._wrong(Code.VALUE_INVALID, words, row.place, "请改正所属的那一行（如计分的方式），或删去这一行")
            return None
        container, key, path = slot
        items = container.setdefault(key, [])
        entry = _Entry({}, (*path, len(items)), kind.parts)
        items.append(entry.data)
        self.places[entry.path] = row.place
        paths = self._fill(row, entry)
        entry.names = (*parent.names, str(entry.data.get(NAME) or ""))
        if kind.below is not None:
            entry.data[kind.below] = []
            entry.lists[table.name] = (entry.data, kind.below, (*entry.path, kind.below))
            self.places[(*entry.path, kind.below)] = row.place
        for head, text in row.texts.items():
            if head not in paths and head not in {LEVEL, REMARK, ORDER} and head != owner_head(table):
                words = f"这一行不用“{label(head)}”一栏，却写着“{text}”"
                self._wrong(Code.KEY_UNKNOWN, words, row.places[head], _CLEAR)
        if ORDER in row.texts:
            self._orders[entry.path] = _order(row.texts[ORDER])
        self.remarks.append(Remarked(row.texts.get(REMARK, ""), entry.path, entry.path, entry.data))
        return entry

    def _fill(self, row: Row, entry: _Entry) -> dict[Head, KeyPath]:
        """Put what the row holds into the entry.

        Returns:
            The path of every column that the row uses.
        """
        used: dict[Head, KeyPath] = {}
        self._parts(entry.parts, row, entry.data, entry.path, entry, used)
        return used

    def _parts(
        self,
        parts: tuple[Part, ...],
        row: Row,
        data: dict[str, Any],
        path: KeyPath,
        entry: _Entry,
        used: dict[Head, KeyPath],
    ) -> None:
        for part in sorted(parts, key=lambda part: isinstance(part, Rows)):
            value = self._part(part, row, data, (*path, part.key), entry, used)
            if value is not _ABSENT:
                data[part.key] = value

    def _part(
        self, part: Part, row: Row, data: dict[str, Any], path: KeyPath, entry: _Entry, used: dict[Head, KeyPath]
    ) -> Any:
        if isinstance(part, Cell):
            return self._cell(part, row, path, used)
        if isinstance(part, Ways):
            return self._ways(part, row, path, entry, used)
        if isinstance(part, Nested):
            inner: dict[str, Any] = {}
            self._parts(part.parts, row, inner, path, entry, used)
            places = [
                row.places[cell.head] for cell in part.parts if isinstance(cell, Cell) and cell.head in row.places
            ]
            self.places.setdefault(path, places[0] if places else row.place)
            return inner if inner or part.needed else _ABSENT
        entry.lists[part.table] = (data, part.key, path)
        self.places.setdefault(path, row.place)
        return [] if part.needed else _ABSENT

    def _cell(self, cell: Cell, row: Row, path: KeyPath, used: dict[Head, KeyPath]) -> Any:
        used[cell.head] = path
        if cell.head in row.places:
            self.places[path] = row.places[cell.head]
        text = row.texts.get(cell.head)
        if text is None:
            return _ABSENT
        try:
            return read_cell(text, cell.form)
        except CellTextError as error:
            self._wrong(Code.VALUE_INVALID, str(error), row.places[cell.head], "请改正写法")
            return _ABSENT

    def _ways(self, part: Ways, row: Row, path: KeyPath, entry: _Entry, used: dict[Head, KeyPath]) -> Any:
        way = self._cell(part.way, row, path, used)
        if way is _ABSENT:
            return _ABSENT
        if way not in part.ways:
            remedy = did_you_mean(way, part.ways)
            words = f"“{label(part.way.head)}”写着“{way}”，可选的有 {'、'.join(part.ways)}"
            self._wrong(Code.VALUE_INVALID, words, row.places[part.way.head], remedy)
            return _ABSENT
        taken = part.ways[way]
        inner: dict[str, Any] = {}
        value = self._part(taken, row, inner, (*path, way), entry, used)
        if value is _ABSENT:
            if isinstance(taken, Cell):
                place = row.places.get(taken.head, row.place)
                words = f"“{label(part.way.head)}”是“{way}”，“{label(taken.head)}”一栏却没有填"
                self._wrong(Code.KEY_MISSING, words, place, "请填写，或改正方式")
                return _ABSENT
            value = []
        if isinstance(taken, Rows):
            inner[way] = value
            return inner
        return {way: value}

    def _level(self, row: Row) -> int:
        text = normal(row.texts.get(LEVEL, ""))
        if text.isascii() and text.isdigit() and int(text) > 0:
            return int(text)
        words = f"级次“{text}”应为1、2、3……" if text else "没有写级次"
        self._wrong(Code.VALUE_INVALID, words, row.places[LEVEL], "请写这一行是第几级")
        return 1

    def _owner(self, table: Table, row: Row, owners: Sequence[_Entry], labels: Labels) -> _Entry | None:
        head = owner_head(table)
        call = row.texts.get(head, "").strip()
        found = labels.find(call) if call else None
        if found is not None:
            return owners[found]
        same = [entry for entry in owners if call and JOINT.join(entry.names).endswith(call)]
        if not call:
            self._wrong(Code.KEY_MISSING, f"没有写“{head[1]}”", row.places[head], f"请写工作表“{table.owner}”里的名称")
        elif len(same) > 1:
            words = f"“{call}”在工作表“{table.owner}”里不止一个"
            remedy = f"请连上级名称一起写，如 {JOINT.join(same[0].names)}"
            self._wrong(Code.VALUE_INVALID, words, row.places[head], remedy)
        else:
            words = f"工作表“{table.owner}”里没有“{call}”"
            self._wrong(Code.REFERENCE_UNKNOWN, words, row.places[head], did_you_mean(call, list(labels)))
        return None

    def _wrong(self, code: Code, message: str, place: Place, remedy: str) -> None:
        self.findings.append(Finding(code, message, place, remedy))


def _content(row: Row) -> str:
    return row.texts.get(CONTENT, "")


def _order(text: str) -> tuple[Steps, ...]:
    try:
        words = read_cell(text, Form.LIST)
    except CellTextError:
        return ()
    return tuple(tuple(word.split(JOINT)) for word in words) if isinstance(words, list) else ()
