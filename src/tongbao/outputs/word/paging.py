"""Where things come to stand on the pages of a Word file, counted from what was written into it.

Word knows its pages only when it opens the file. 版记 must stand on an even page all the same, and 署名 must never
stand alone, so the lines are counted here: exact line heights and square characters make that possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import groupby
from typing import Final

from tongbao.outputs.word.fitting import line_count
from tongbao.outputs.word.page import PORTRAIT, TIGHTENING, Page, twips
from tongbao.outputs.word.styles import styles
from tongbao.reports.document import Style

_EMU_A_TWIP: Final = 635
_RULE: Final = 10

_STYLES = re.compile(r'<w:style w:type="paragraph".*?w:styleId="(\w+)">(.*?)</w:style>')
_NAMED = re.compile(r'<w:pStyle w:val="(\w+)"/>')
_SPACING = re.compile(r'<w:spacing ((?:w:(?:before|after|line|lineRule)="\w+" ?)+)/>')
_INDENT = re.compile(r"<w:ind ([^/]*)/>")
_ATTRIBUTE = re.compile(r'w:(\w+)="(-?\w+)"')
_SIZE = re.compile(r'<w:sz w:val="(\d+)"/>')
_CLOSER = re.compile(r'<w:spacing w:val="(-?\d+)"/>')
_TEXT = re.compile(r"<w:t [^>]*>([^<]*)</w:t>|(<w:br/>)|(<w:noBreakHyphen/>)|<w:tab/>")
_PICTURE = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"/>')
_CELL = re.compile(r'<w:tcW w:w="(\d+)"')
_BORDER = re.compile(r'<w:bottom w:val="single" w:sz="(\d+)" w:space="(\d+)"')
_ROW_HEIGHT = re.compile(r'<w:trHeight w:val="(\d+)"')


@dataclass(frozen=True, slots=True)
class Box:
    """What a paragraph or some table rows take.

    Attributes:
        lines: of equal height; 1 of what cannot be parted.
        line: their height in twips.
        before: white above in twips; none at the top of a page.
        after: white below in twips.
        keep_next: whether it stays on the page of the next.
        whole: whether its lines stay together.
        breaks: whether it begins a page.
        again: what is repeated above it when a page begins with it: the head of its table.
        piece: place of the piece that it belongs to.
    """

    lines: int
    line: int
    before: int = 0
    after: int = 0
    keep_next: bool = False
    whole: bool = False
    breaks: bool = False
    again: int = 0
    piece: int = 0

    @property
    def height(self) -> int:
        """All of it."""
        return self.before + self.lines * self.line + self.after


@dataclass(slots=True)
class Flow:
    """A position on the pages: `page` from 1, `used` twips of it."""

    room: int
    page: int = 1
    used: int = 0
    below: int = 0  # white below the last box, of which that above the next is a part
    carried: bool = False  # whether the page was turned for the box that comes next

    @property
    def free(self) -> int:
        """What is left of the page."""
        return self.room - self.used

    def turn(self) -> None:
        """Go on at the top of the next page."""
        self.page += 1
        self.used = self.below = 0

    def put(self, boxes: Sequence[Box]) -> list[tuple[int, int]]:
        """Put boxes below each other; tells on which page each begins and ends."""
        places: list[tuple[int, int]] = []
        first = 0
        while first < len(boxes):
            last = first
            while boxes[last].keep_next and last + 1 < len(boxes) and not boxes[last + 1].breaks:
                last += 1
            self._keep(boxes[first : last + 1])
            places += [self._place(box) for box in boxes[first : last + 1]]
            first = last + 1
        return places

    def _keep(self, chain: Sequence[Box]) -> None:
        """Turn the page before boxes that stay together, unless no page could hold them."""
        *kept, end = chain
        needed = sum(box.height for box in kept) + end.before + (end.lines if end.whole else 1) * end.line
        if self.used and needed > self.free and needed - chain[0].before + chain[0].again <= self.room:
            self._carry_over(chain[0])

    def _place(self, box: Box) -> tuple[int, int]:
        if box.breaks and self.used:
            self.turn()
        elif self.used and not self._fits(box):
            self._carry_over(box)
        begin = self.page
        self.used += self._white(box)
        if box.whole:
            self.used += box.lines * box.line
        else:
            left = box.lines
            while (fitting := self.free // box.line if box.line else left) < left:
                left -= fitting if self.used > box.again else max(1, fitting)
                self.turn()
                self.used = box.again
            self.used += left * box.line
        self.used += box.after
        self.below, self.carried = box.after, False
        return begin, self.page

    def _fits(self, box: Box) -> bool:
        return self.carried or self._white(box) + (box.lines if box.whole else 1) * box.line <= self.free

    def _carry_over(self, box: Box) -> None:
        """Turn the page because a box does not fit; its white stays behind, the head of its table is repeated."""
        self.turn()
        self.used, self.carried = box.again, True

    def _white(self, box: Box) -> int:
        return 0 if self.carried else max(0, box.before - self.below)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a paragraph style says about room."""

    before: int
    after: int
    line: int
    indent: Mapping[str, int]
    character: int
    keep_next: bool
    whole: bool
    breaks: bool


def boxes(
    pieces: Iterable[str], rows: Mapping[int, Sequence[Box]], page: Page, style: Style, mark_size: float
) -> list[Box]:
    """Measure written paragraphs and tables.

    Args:
        pieces: as they follow each other in a section.
        rows: of the tables that hold data, by their place among the pieces.
        page: the section's page.
        style: the county's style.
        mark_size: of 发文机关标志 in pt.
    """
    looks = _looks(style, mark_size)
    found: list[Box] = []
    for place, piece in enumerate(pieces):
        if place in rows:
            found += rows[place]
        elif piece.startswith("<w:tbl>"):
            found += _plain_table(piece, place, looks)
        else:
            found.append(_paragraph(piece, place, page.text_width, looks))
    return found


def placed_height(piece: str, style: Style, mark_size: float) -> int:
    """Measure a table that is placed on the page, such as 版记."""
    return sum(box.height for box in _rows(piece, 0, _looks(style, mark_size)))


def row_boxes(head: int, body: Sequence[int], held: Sequence[int], piece: int) -> list[Box]:
    """What the rows of a table take; the head is repeated on every page.

    Args:
        head: height of all head rows in twips.
        body: of each other row.
        held: places of the rows that stay on the page of the next.
        piece: place of the table among the pieces.
    """
    kept = set(held)
    found = [Box(1, head, keep_next=True, whole=True, piece=piece)] if head else []
    # Rows of one height are to the page what lines are: thousands of them make one box.
    for height, places in groupby(range(len(body)), lambda place: -1 if place in kept else body[place]):
        if height < 0:
            found += [Box(1, body[place], keep_next=True, again=head, piece=piece) for place in places]
        else:
            found.append(Box(sum(1 for _ in places), height, again=head, piece=piece))
    return found


def _plain_table(piece: str, place: int, looks: Mapping[str, _Look]) -> list[Box]:
    """A table that stands around the text: of the marks, or one that is placed on the page and takes no room."""
    return [] if "<w:tblpPr" in piece else _rows(piece, place, looks)


def _rows(piece: str, place: int, looks: Mapping[str, _Look]) -> list[Box]:
    found = []
    for row in piece.split("<w:tr>")[1:]:
        least = _ROW_HEIGHT.search(row)
        cells = [_cell_height(cell, looks) for cell in row.split("<w:tc>")[1:]]
        exact = bool(least) and 'w:hRule="exact"' in row
        height = int(least[1]) if least else 0
        found.append(Box(1, height if exact else max(height, *cells) + _RULE, whole=True, piece=place))
    return found


def _cell_height(cell: str, looks: Mapping[str, _Look]) -> int:
    width = _CELL.search(cell)
    room = int(width[1]) if width else PORTRAIT.text_width
    return sum(_paragraph("<w:p>" + part, 0, room, looks).height for part in cell.split("<w:p>")[1:])


def _paragraph(piece: str, place: int, room: int, looks: Mapping[str, _Look]) -> Box:
    head, _, inside = piece.partition("</w:pPr>")
    named = _NAMED.search(head)
    look = looks[named[1] if named else "Normal"]
    direct = _attributes(_SPACING, head)
    before, after = direct.get("before", look.before), direct.get("after", look.after)
    line = direct.get("line", look.line)
    keep = look.keep_next or "<w:keepNext/>" in head
    breaks = look.breaks and 'pageBreakBefore w:val="0"' not in head
    if picture := _PICTURE.search(inside):
        return Box(1, int(picture[1]) // _EMU_A_TWIP, before, after, keep, whole=True, piece=place)
    indent = {**look.indent, **_attributes(_INDENT, head)}
    width = room - indent.get("left", 0) - indent.get("right", 0)
    first = indent.get("firstLine", 0) - indent.get("hanging", 0)
    tighter = _CLOSER.search(inside)
    size = look.character + (min(0, int(tighter[1])) if tighter else 0)
    lines = line_count(text_of(inside), width / size, first / size)
    return Box(lines, line, before, after, keep, look.whole, breaks, piece=place)


def text_of(piece: str) -> str:
    """The text of written runs."""
    found = "".join(text or ("\n" if line else "-" if hyphen else "  ") for text, line, hyphen in _TEXT.findall(piece))
    return unescape(found) if "&" in found else found


def _attributes(pattern: re.Pattern[str], text: str) -> dict[str, int]:
    found = pattern.search(text)
    if not found:
        return {}
    return {name: int(value) for name, value in _ATTRIBUTE.findall(found[1]) if value.lstrip("-").isdigit()}


@lru_cache(maxsize=32)
def _looks(style: Style, mark_size: float) -> Mapping[str, _Look]:
    found = dict(_STYLES.findall(styles(style, mark_size)))
    normal = _attributes(_SPACING, found["Normal"])
    size = twips(style.body_size)
    looks = {}
    for name, inside in found.items():
        spacing = {**normal, **_attributes(_SPACING, inside)}
        own = _SIZE.search(inside)
        tighter = _CLOSER.search(inside)
        rule = _BORDER.search(inside)
        character = (int(own[1]) * 10 if own else size) + (int(tighter[1]) if tighter else TIGHTENING)
        looks[name] = _Look(
            spacing.get("before", 0),
            spacing.get("after", 0),
            spacing.get("line", 0) + (int(rule[2]) * 20 + int(rule[1]) * 20 // 8 if rule else 0),
            indent=_attributes(_INDENT, inside),
            character=character,
            keep_next="<w:keepNext/>" in inside,
            whole="<w:keepLines/>" in inside,
            breaks="<w:pageBreakBefore/>" in inside,
        )
    return looks
