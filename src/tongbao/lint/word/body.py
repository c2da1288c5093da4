"""Walks through the body of a Word file from top to bottom and measures every paragraph where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tongbao.lint.measured import BODY_SIZE, MM_A_POINT, Grid, Line, Passage, Room, Run, Stroke
from tongbao.lint.word.cascade import Properties, Styles, flat, laid_over
from tongbao.lint.word.inline import Inline, Piece, inline_of
from tongbao.lint.word.numbering import Numbering
from tongbao.lint.word.package import W
from tongbao.lint.word.setting import Section, Setting, after_leading_tabs, setting_of, tab_stops, without_small_tabs
from tongbao.lint.word.tables import borders, grid_of, is_layout, placed, row_passage, row_texts, rows_of, table_rules

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLANKS: Final = " \u3000\xa0"
_EIGHTH: Final = 25.4 / 72 / 8
_WRAPPERS: Final = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"})


@dataclass(slots=True)
class Walk:
    """What was met so far."""

    styles: Styles
    numbering: Numbering
    sections: list[Section]
    passages: list[Passage] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    framed: list[str] = field(default_factory=list)
    themed: list[int] = field(default_factory=list)
    section: int = 0
    white: float = 0  # since the last text, in mm
    opens: bool = True
    y: float | None = None  # down from the top of the page, as long as that is known

    @property
    def here(self) -> Section:
        """The section that is being walked through."""
        return self.sections[min(self.section, len(self.sections) - 1)]

    def new_page(self) -> None:
        """The next paragraph begins a page."""
        self.opens, self.white, self.y = True, 0, self.here.sheet.top


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


@dataclass(frozen=True, slots=True)
class Measure:
    """A paragraph measured by itself: its text, runs and setting."""

    text: str
    pieces: tuple[Piece, ...]
    setting: Setting
    indent: float
    inset: float
    hang: float | None
    style: str
    properties: Properties
    inline: Inline


def measure(walk: Walk, paragraph: Element, width: float, defaults: Properties | None = None) -> Measure:
    """Measure one paragraph in a column of `width` mm."""
    direct = flat(paragraph.find(f"{W}pPr"))
    identifier = direct.get("pStyle/val", walk.styles.default)
    style_p, style_r = walk.styles.resolved(identifier)
    below = laid_over(laid_over(walk.styles.paragraph_defaults, defaults or {}), style_p)
    label, level = walk.numbering.label({**style_p, **direct})
    properties = {**below, **level, **direct}
    base = laid_over(walk.styles.character_defaults, style_r)
    inline = inline_of(paragraph, base, walk.styles)
    pieces = inline.pieces
    if label:
        model = pieces[0] if pieces else Piece("", Run("", "", "其他", BODY_SIZE))
        run = Run(label, model.run.font, model.run.role, model.run.size, model.run.colour, model.run.bold)
        pieces = [Piece(label, run, model.spacing), *pieces]
    blank, pieces = _stripped(pieces)
    size = max((piece.run.size for piece in pieces if piece.text.strip()), default=_mark_size(paragraph, base))
    one = next((piece.run.size + piece.spacing for piece in pieces if piece.text.strip()), size)
    setting = setting_of(properties, size, walk.here, one)
    stops = tab_stops(paragraph, setting.left if setting.first < 0 else None)
    start = setting.left + setting.first + blank
    jump, pieces = after_leading_tabs(pieces, start, stops)
    blank += jump
    kept, extent = without_small_tabs(pieces, start + jump, stops)
    indent, inset, hang = _edges(setting, kept, extent, width, blank)
    text = "".join(piece.text for piece in kept)
    return Measure(text, tuple(kept), setting, indent, inset, hang, walk.styles.name(identifier), properties, inline)


def _mark_size(paragraph: Element, base: Properties) -> float:
    """The size of an empty paragraph is that of its end mark."""
    mark = laid_over(base, flat(paragraph.find(f"{W}pPr/{W}rPr")))
    value = mark.get("sz/val", "20")
    return int(value) / 2 if value.isdecimal() else BODY_SIZE


def _stripped(pieces: list[Piece]) -> tuple[float, list[Piece]]:
    """Leave blanks at both ends out; those at the beginning count as indent."""
    blank = 0.0
    left = list(pieces)
    while left and left[0].text and not left[0].text.strip(_BLANKS):
        blank += left.pop(0).width
    if left and (bare := left[0].text.lstrip(_BLANKS)) != left[0].text:
        head = left[0].text[: len(left[0].text) - len(bare)]
        blank += Piece(head, left[0].run, left[0].spacing).width
        left[0] = Piece(bare, _with(left[0].run, bare), left[0].spacing, left[0].themed)
    while left and not left[-1].text.strip():
        left.pop()
    if left and (bare := left[-1].text.rstrip()) != left[-1].text:
        left[-1] = Piece(bare, _with(left[-1].run, bare), left[-1].spacing, left[-1].themed)
    return blank, left


def _with(run: Run, text: str) -> Run:
    return Run(text, run.font, run.role, run.size, run.colour, run.bold)


def _edges(
    setting: Setting, pieces: list[Piece], extent: float, width: float, blank: float
) -> tuple[float, float, float | None]:
    """Indent of the first line, white after a single line, and indent of further lines where there are any."""
    room = width - setting.left - setting.right
    if any(piece.text == "\n" for piece in pieces):
        lines = _broken(pieces)
        extent = max(sum(piece.width for piece in line) for line in lines)
    start = setting.left + setting.first + blank
    match setting.align:
        case "center":
            if extent > room + 0.5:
                return setting.left, setting.right, setting.left
            start = setting.left + (room - extent) / 2 + (setting.first + blank) / 2
            return start, max(0.0, width - start - extent), None
        case "right":
            return max(0.0, width - setting.right - extent), setting.right, None
    wraps = extent > width - start - setting.right + 0.5
    return start, setting.right if wraps else width - start - extent, setting.left if wraps else None


def _broken(pieces: Iterable[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if "\n" in piece.text:
            lines.append([])
        else:
            lines[-1].append(piece)
    return lines


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
    texts = ["".join(piece.text for piece in line) for line in _broken(measured.pieces)]
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
            _advance(measured.pieces),
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


def _advance(pieces: tuple[Piece, ...]) -> float | None:
    """From Hanzi to Hanzi in most of a text, in mm."""
    widest = max(
        (piece for piece in pieces if piece.text[:1] >= "\u3400"), key=lambda each: len(each.text), default=None
    )
    return (widest.run.size + widest.spacing) * MM_A_POINT if widest else None


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
