"""Tables as HTML that stays within the page: fixed widths, and letters small enough that no number is broken."""

from __future__ import annotations

import re
from html import escape

from tongbao.reports.document import Table, TableCell

_PADDING = 0.4  # em, both sides of a cell
_RULES = 0.6  # pt
_SMALLEST = 5.0
_WIDTHS = {".": 0.28, ",": 0.28, "%": 0.84}  # em, of the characters of numbers that are not half a Hanzi wide
_SANS = 1.13  # how much wider the digits of 黑体 are
_UNBROKEN = re.compile(r"[0-9A-Za-z.,%+−\-]+")


def table(block: Table, size: float, width: float, *, name: str) -> str:
    """Write a table with its caption above and its notes below.

    Args:
        block: the table.
        size: pt, of its text where that fits.
        width: pt, of the type area.
        name: an id, of which the caption's is made.
    """
    total = sum(block.widths)
    columns = "".join(f'<col style="width:{share / total:.4%}">' for share in block.widths)
    head = "".join(_row(row, "th") for row in block.head)
    held = block.held
    body = "".join(_row(row, "td", held=place in held) for place, row in enumerate(block.body))
    caption = f'<p class="caption" id="{name}">{escape(block.caption)}</p>' if block.caption else ""
    label = f' aria-labelledby="{name}"' if block.caption else ""
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in block.notes)
    return (
        f'<div class="table">{caption}<div class="scroll" role="group"{label} tabindex="0">'
        f'<table{label} style="--columns:{len(block.widths)};font-size:{text_size(block, size, width):.4g}pt">'
        f"<colgroup>{columns}</colgroup>{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody>"
        f"</table></div>{notes}</div>"
    )


def text_size(block: Table, size: float, width: float) -> float:
    """The size in pt, at most the style's, at which the longest number of every column stands on one line."""
    total = sum(block.widths)
    fits = size
    for cell, column in columns(block):
        room = width * sum(block.widths[column : column + cell.colspan]) / total - _RULES
        longest = max((_wide(part) for part in _UNBROKEN.findall(cell.text + cell.tail)), default=0.0)
        need = longest * (_SANS if cell.strong else 1) + _PADDING
        if longest and need * fits > room:
            fits = room / need
    return max(_SMALLEST, fits)


def _wide(text: str) -> float:
    return sum(0.75 if character.isalpha() else _WIDTHS.get(character, 0.5) for character in text)


def columns(block: Table) -> list[tuple[TableCell, int]]:
    """Every cell with the column it starts in; spans from rows above are stepped over."""
    placed = []
    for part in (block.head, block.body):
        open_rows = [0] * len(block.widths)  # how many rows, this one included, a cell from above still covers
        for row in part:
            column = 0
            taken = [max(0, rows - 1) for rows in open_rows]
            for cell in row:
                while column < len(open_rows) and open_rows[column]:
                    column += 1
                placed.append((cell, column))
                for covered in range(column, min(column + cell.colspan, len(taken))):
                    taken[covered] = cell.rowspan - 1
                column += cell.colspan
            open_rows = taken
    return placed


def _row(row: tuple[TableCell, ...], tag: str, *, held: bool = False) -> str:
    opening = '<tr class="held">' if held else "<tr>"
    return f"{opening}{''.join(_cell(cell, tag) for cell in row)}</tr>"


def _cell(cell: TableCell, tag: str) -> str:
    names: str = cell.align if cell.align != "center" else ""
    if tag == "th" and not cell.strong:
        names = f"{names} plain".strip()
    attributes = f' class="{names}"' if names else ""
    if tag == "th":
        attributes += f' scope="{"colgroup" if cell.colspan > 1 else "col"}"'
    if cell.colspan > 1:
        attributes += f' colspan="{cell.colspan}"'
    if cell.rowspan > 1:
        attributes += f' rowspan="{cell.rowspan}"'
    if cell.tail:  # its width stays free after the figure, so that the points stand one below another
        attributes += f' data-tail="{escape(cell.tail)}"'
    text = escape(cell.text)
    if tag == "td" and cell.strong:
        text = f"<b>{text}</b>"
    return f"<{tag}{attributes}>{text}</{tag}>"
