"""A definition as sheets of texts: what stands between the YAML and the workbook, in both directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.errors import Place
from tongbao.scoring.exchange.parts import LEVEL, ORDER, REMARK, Cell, Form, Head, Layout, Table, owner_head

HEAD_SHEET = "基本情况"
"""The sheet that lists the keys of the definition itself, one a line."""
ITEM: Head = ("", "项目")
CONTENT: Head = ("", "内容")
EXPLANATION: Head = ("", "说明")
"""Its columns, beside 批注; 说明 is for reading only."""
END_ITEM = "文末"
"""Its line for comments at the end of the file."""
JOINT = "/"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its texts by column, and how deep it stands in a tree."""

    cells: Mapping[Head, str]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Filled:
    """One sheet with its rows; `table` is None for 基本情况."""

    name: str
    table: Table | None
    columns: tuple[Cell, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was read.

    Attributes:
        texts: what the known columns hold, empty ones left out.
        places: where every known column of the row stands, filled or not.
        place: the row itself, for what is about all of it.
    """

    texts: Mapping[Head, str]
    places: Mapping[Head, Place]
    place: Place


def table_columns(table: Table) -> tuple[Cell, ...]:
    """All columns of a sheet, those beside the models' included."""
    own = [_own(LEVEL, needed=True)] if table.tree else []
    own += [_own(owner_head(table), needed=True)] if table.owner is not None else []
    return (*own, *table.columns, _own(REMARK), _own(ORDER))


def head_columns() -> tuple[Cell, ...]:
    """The columns of 基本情况."""
    return (_own(ITEM, needed=True), _own(CONTENT), _own(EXPLANATION), _own(REMARK))


def head_items(layout: Layout) -> tuple[Cell, ...]:
    """The lines of 基本情况: the keys of the definition, its lists, and ours."""
    return (*layout.columns, *(_own(("", name)) for name in layout.lists), _own(("", END_ITEM)), _own(ORDER))


def _own(head: Head, *, needed: bool = False) -> Cell:
    return Cell(head[1], head, Form.LIST if head == ORDER else Form.TEXT, needed=needed)


class Labels:
    """How rows of one sheet are called by the rows of another: by name, with as many names above as it takes.

    Rows of the very same names (revisions of a table) are called 名称（第2个）, as they follow each other.
    """

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        paths = [tuple(path) for path in names]
        times, met = Counter(paths), Counter[tuple[str, ...]]()
        for row, path in enumerate(paths):
            met[path] += 1
            if times[path] > 1:
                paths[row] = (*path[:-1], f"{path[-1]}（第{met[path]}个）")
        self._forms = [[JOINT.join(path[start:]) for start in reversed(range(len(path)))] for path in paths]
        self._bearers = Counter(form for forms in self._forms for form in forms)
        self._rows = {form: row for row, forms in enumerate(self._forms) for form in forms}

    def of(self, row: int) -> str | None:
        """The shortest call that means this row only; None where there is none."""
        return next((form for form in self._forms[row] if form and self._bearers[form] == 1), None)

    def find(self, call: str) -> int | None:
        """The one row that is called so; None where there is none, or several."""
        return self._rows[call] if self._bearers[call] == 1 else None

    def __iter__(self) -> Iterator[str]:
        """What the rows are called, those without a call left out."""
        return (call for row in range(len(self._forms)) if (call := self.of(row)) is not None)
