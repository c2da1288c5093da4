"""Walks through the body of a Word file from top to bottom and measures every paragraph where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tongbao.lint.measured import MM_A_POINT, Line, Passage, Room, Run, Stroke
from tongbao.lint.word.inline import Piece
from tongbao.lint.word.package import W
from tongbao.lint.word.paragraphs import Measure, advance, broken, measure
from tongbao.lint.word.tables import borders, grid_of, is_layout, placed, row_passage, row_texts, rows_of, table_rules
from tongbao.lint.word.walk import Walk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_EIGHTH: Final = 25.4 / 72 / 8
_WRAPPERS: Final = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"})


def walk_body(walk: Walk, body: Element) -> None:
    """Measure every block of a body."""
    walk.new_page()
    for block in _blocks(body):
        if block.tag == f"{W}p":
            _paragraph(walk, block)
            if block.find(f"{W}pPr/{W}sectPr") is not None:
                kind = block.find(f"{W}pPr/{W}sectPr/{W}type")
                walk.section += 1
                if kind is None or kind.get(f"{W}val") != "continuous":
                    walk.new_page()
        else:
            _table(walk, block)


def _blocks(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def add(walk: Walk, measured: Measure, room: Room = "text", box: int | None = None) -> None:
    """Take a measured paragraph into the document."""
    setting = measured.setting
    if not measured.text.strip():
        walk.white += setting.before + setting.pitch + setting.after
        return
    top = None
    before = walk.white + setting.before + setting.half_leading
    if room == "text":
        first = not any(passage.room == "text" for passage in walk.passages)
        gap = None if walk.opens and not first else before
        if walk.y is not None:
            top = walk.y + before
    else:
        gap = None
    number = len(walk.passages) + 1
    texts = ["".join(piece.text for piece in line) for line in broken(measured.pieces)]
    height = setting.size * MM_A_POINT
    walk.passages.append(
        Passage(
            number,
            measured.text.replace("\n", ""),
            tuple(piece.run for piece in measured.pieces if piece.text != "\n"),
            tuple(
                Line(
                    text,
                    number=index,
                    top=None if top is None else top + (index - 1) * setting.pitch,
                    bottom=None if top is None else top + (index - 1) * setting.pitch + height,
                )
                for index, text in enumerate(texts, 1)
            ),
            setting.align,
            measured.indent,
            measured.inset,
            measured.hang,
            gap,
            walk.opens,
            room,
            measured.style,
            box,
            setting.pitch,
            advance(measured.pieces),
        )
    )
    if any(piece.themed for piece in measured.pieces):
        walk.themed.append(number)
    if room != "text":
        return
    lines = len(texts)
    if measured.hang is not None:
        wide = max(1.0, walk.here.width - measured.hang - setting.right)
        lines = int(sum(piece.width for piece in measured.pieces) / wide) + 1
    if top is not None:
        walk.y = top + height + (lines - 1) * setting.pitch
        limit = walk.here.sheet.height - (walk.here.sheet.bottom or 0)
        if walk.y > limit:
            walk.y = None
    walk.white = setting.half_leading + setting.after
    walk.opens = False


def _paragraph(walk: Walk, paragraph: Element) -> None:
    measured = measure(walk, paragraph, walk.here.width)
    properties, inline = measured.properties, measured.inline
    if inline.page_break == "before" or properties.get("pageBreakBefore/val", "0") not in ("0", "false", "off"):
        walk.new_page()
    for box in inline.boxes:
        _box(walk, box)
    walk.framed += [text for text in inline.word_art if text]
    _border(walk, measured, "top")
    add(walk, measured)
    _border(walk, measured, "bottom")
    for line in inline.drawn:
        left = walk.here.sheet.left or 0
        after = len(walk.passages)
        walk.strokes.append(Stroke(None, left, left + line.width, None, line.thickness, line.colour, after, drawn=True))
    if inline.pictured and not measured.text:
        walk.y = None
    if inline.page_break == "after":
        walk.new_page()


def _border(walk: Walk, measured: Measure, side: str) -> None:
    found = borders(measured.properties, f"pBdr/{side}")
    if found is None:
        return
    size, colour, space = found
    setting = measured.setting
    left = (walk.here.sheet.left or 0) + setting.left
    right = walk.here.sheet.width - (walk.here.sheet.right or 0) - setting.right
    gap = None
    if side == "bottom":
        gap = space * MM_A_POINT + (setting.half_leading if measured.text.strip() else walk.white)
    walk.strokes.append(Stroke(None, left, right, None, size * _EIGHTH, colour, len(walk.passages), gap))
    walk.white += space * MM_A_POINT + size * _EIGHTH


def _box(walk: Walk, box: Element) -> None:
    """What stands in a text box is read, but stands outside the flow."""
    for block in _blocks(box):
        for paragraph in block.iter(f"{W}p") if block.tag == f"{W}tbl" else (block,):
            measured = measure(walk, paragraph, walk.here.width)
            if measured.text.strip():
                add(walk, measured, "frame")
                walk.framed.append(measured.text)


def _table(walk: Walk, table: Element) -> None:
    """Tables without upright lines only place text: their rows are read as lines of text, cells parted by tabs."""
    number = len(walk.grids) + 1
    layout = is_layout(table, walk.styles)
    if not layout:
        walk.grids.append(grid_of(table, number))
        for text in row_texts(table):
            walk.passages.append(row_passage(len(walk.passages) + 1, text, number - 1))
        walk.white, walk.opens = 0, False
        walk.y = None
        return
    rules = table_rules(table, walk.styles, walk.here)
    place = placed(table, walk.styles, walk.here)
    if place.floats:
        walk.y, walk.white = place.top, 0
    for index, (row, height) in enumerate(rows_of(table)):
        for rule in rules.get(index, ()):
            walk.strokes.append(_with_after(rule, len(walk.passages)))
        _row(walk, row, height, place.left)
    if place.floats:
        walk.y = None
    for rule in rules.get(-1, ()):
        walk.strokes.append(_with_after(rule, len(walk.passages)))


def _with_after(rule: Stroke, after: int) -> Stroke:
    return Stroke(None, rule.left, rule.right, None, rule.thickness, rule.colour, after)


def _row(walk: Walk, row: list[tuple[Element, float, float]], height: float, edge: float) -> None:
    """One row: a cell of one paragraph each joins the others with a tab, longer cells stand below each other."""
    columns = [
        [(measure(walk, paragraph, width), left, width) for paragraph in cell.iterfind(f"{W}p")]
        for cell, left, width in row
    ]
    filled = [[each for each in column if each[0].text.strip()] for column in columns]
    filled = [column for column in filled if column]
    if not filled:
        walk.white += height or max((each.setting.pitch for column in columns for each, _, _ in column), default=0.0)
    for line in range(max((len(column) for column in filled), default=0)):
        parts = [column[line] for column in filled if line < len(column)]
        first, left, _ = parts[0]
        last, last_left, last_width = parts[-1]
        tab = Piece("\t", Run("\t", "", "其他", first.setting.size))
        pieces: list[Piece] = []
        for part, _, _ in parts:
            pieces += [tab, *part.pieces] if pieces else part.pieces
        add(
            walk,
            Measure(
                "\t".join(part.text for part, _, _ in parts),
                tuple(pieces),
                first.setting,
                edge + left + first.indent,
                walk.here.width - edge - last_left - last_width + last.inset,
                edge + left + first.hang if first.hang is not None else None,
                first.style,
                first.properties,
                first.inline,
            ),
        )
