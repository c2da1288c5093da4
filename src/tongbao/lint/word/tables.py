"""Tables of a Word file: their grid, their repeated head, and the rules of tables that only place text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tongbao.lint.measured import Grid, Line, Passage, Stroke
from tongbao.lint.word.cascade import Properties, Styles, flat
from tongbao.lint.word.package import W
from tongbao.lint.word.setting import MM_A_TWIP, Section

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NO_LINE: Final = frozenset({"nil", "none", ""})
_EIGHTH: Final = 25.4 / 72 / 8
_MANY_ROWS: Final = 2


def borders(properties: Properties, prefix: str) -> tuple[int, str, int] | None:
    """A border as (eighths of a point, colour, space in points); None where nothing is drawn."""
    if properties.get(f"{prefix}/val", "") in _NO_LINE:
        return None
    size, space = properties.get(f"{prefix}/sz", "4"), properties.get(f"{prefix}/space", "0")
    colour = properties.get(f"{prefix}/color", "000000").upper()
    return (
        int(size) if size.isdecimal() else 4,
        "000000" if colour == "AUTO" or len(colour) != 6 else colour,  # noqa: PLR2004 - RRGGBB
        int(space) if space.isdecimal() else 0,
    )


def _own(table: Element, styles: Styles) -> Properties:
    direct = flat(table.find(f"{W}tblPr"))
    return {**styles.table(direct.get("tblStyle/val", "")), **direct}


def is_layout(table: Element, styles: Styles) -> bool:
    """Whether a table shows no upright line: it places text, it is none to the reader."""
    own = _own(table, styles)
    if any(borders(own, f"tblBorders/{side}") for side in ("insideV", "left", "start")):
        return False
    for cell in table.iterfind(f"{W}tr/{W}tc/{W}tcPr"):
        properties = flat(cell)
        if any(borders(properties, f"tcBorders/{side}") for side in ("left", "right", "start", "end")):
            return False
    return True


def grid_of(table: Element, number: int) -> Grid:
    """What a reader and other programs need of a table."""
    rows = table.findall(f"{W}tr")
    columns = table.findall(f"{W}tblGrid/{W}gridCol")
    widths = bool(columns) and all(column.get(f"{W}w", "0") not in ("", "0") for column in columns)
    head = rows[0].find(f"{W}trPr/{W}tblHeader") if rows else None
    repeats = head is not None and head.get(f"{W}val", "1") not in ("0", "false", "off")
    words = "".join(text.text or "" for text in rows[0].iter(f"{W}t")) if rows else ""
    return Grid(number, len(columns), len(rows), words[:20], widths, repeats or len(rows) <= _MANY_ROWS)


def row_texts(table: Element) -> Iterator[str]:
    """The text of every row, its cells parted by tabs: all that rules ask of a table, and fast for a thousand rows."""
    text = f"{W}t"
    for row in table.iterfind(f"{W}tr"):
        words = "\t".join("".join(each.text or "" for each in cell.iter(text)) for cell in row.iterfind(f"{W}tc"))
        if words.strip():
            yield words


def row_passage(number: int, text: str, box: int) -> Passage:
    """A row of a table as the model has it."""
    return Passage(number, text, (), (Line(text),), "left", 0, 0, room="table", box=box)


def rows_of(table: Element) -> Iterator[tuple[list[tuple[Element, float, float]], float]]:
    """Each row as its cells with their left edge from the table's and their width, and its stated height, in mm."""
    grid = [_twips(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    for row in table.iterfind(f"{W}tr"):
        cells: list[tuple[Element, float, float]] = []
        column, left = 0, 0.0
        for cell in row.iterfind(f"{W}tc"):
            properties = flat(cell.find(f"{W}tcPr"))
            span = int(properties.get("gridSpan/val", "1"))
            width = sum(grid[column : column + span]) or _twips(properties.get("tcW/w"))
            column += span
            if properties.get("vMerge/val", "none") not in ("1", "continue"):
                cells.append((cell, left, width))
            left += width
        height = row.find(f"{W}trPr/{W}trHeight")
        yield cells, _twips(height.get(f"{W}val")) if height is not None else 0.0


def table_rules(table: Element, styles: Styles, section: Section) -> dict[int, list[Stroke]]:
    """The level lines of a table, by the row above which they lie; -1 is below the last."""
    own = _own(table, styles)
    rows = table.findall(f"{W}tr")
    width = sum(_twips(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
    left = _left(own, section)
    found: dict[int, list[Stroke]] = {}

    def lay(place: int, line: tuple[int, str, int] | None) -> None:
        if line and place not in found:
            found[place] = [Stroke(None, left, left + width, None, line[0] * _EIGHTH, line[1], 0)]

    for index, row in enumerate(rows):
        cells = [flat(cell) for cell in row.iterfind(f"{W}tc/{W}tcPr")]
        for cell in cells:
            lay(index, borders(cell, "tcBorders/top"))
            lay(index + 1 if index + 1 < len(rows) else -1, borders(cell, "tcBorders/bottom"))
        if not any(cell.get("tcBorders/top/val", "") in ("nil", "none") for cell in cells):
            lay(index, borders(own, f"tblBorders/{'insideH' if index else 'top'}"))
    last = [flat(cell) for cell in rows[-1].iterfind(f"{W}tc/{W}tcPr")] if rows else []
    if not any(cell.get("tcBorders/bottom/val", "") in ("nil", "none") for cell in last):
        lay(-1, borders(own, "tblBorders/bottom"))
    return found


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table stands: its left edge from that of 版心, and, when it floats, its top from the page's."""

    left: float
    floats: bool
    top: float | None = None


def placed(table: Element, styles: Styles, section: Section) -> Placed:
    """Tell where a table stands."""
    own = _own(table, styles)
    floats = any(key.startswith("tblpPr/") for key in own)
    top = _twips(own["tblpPr/tblpY"]) if own.get("tblpPr/vertAnchor") == "page" and "tblpPr/tblpY" in own else None
    return Placed(_left(own, section) - (section.sheet.left or 0), floats, top)


def _left(own: Properties, section: Section) -> float:
    margin = section.sheet.left or 0
    if own.get("tblpPr/horzAnchor") == "page" and "tblpPr/tblpX" in own:
        return _twips(own["tblpPr/tblpX"])
    return margin + (_twips(own.get("tblInd/w")) if own.get("jc/val", "left") != "center" else 0)


def _twips(value: str | None) -> float:
    text = value or "0"
    return int(text) * MM_A_TWIP if text.lstrip("-").isdecimal() else 0.0
