"""Puts the glyphs of a page together to printed lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tongbao.lint.faces import role_of_font
from tongbao.lint.measured import MM_A_POINT, Line, Run
from tongbao.lint.pdf.printed import Glyph, Page

_SAME_LINE: Final = 0.3  # of the larger character
_APART: Final = 1.3  # characters between two pieces of one line that do not belong together


@dataclass(frozen=True)
class Printed:
    """One printed line with its glyphs from left to right, blanks at both ends left out."""

    page: int
    number: int
    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """Its text; pieces that stand far apart are parted by a tab."""
        pieces = []
        for before, glyph in zip((None, *self.glyphs), self.glyphs, strict=False):
            if before and glyph.left - before.right > _APART * glyph.size * MM_A_POINT:
                pieces.append("\t")
            pieces.append(glyph.text)
        return "".join(pieces)

    @property
    def left(self) -> float:
        """To the first character."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """To the end of the last character."""
        return self.glyphs[-1].right

    @cached_property
    def size(self) -> float:
        """The size of most of its characters."""
        sizes = [glyph.size for glyph in self.glyphs]
        return max(set(sizes), key=sizes.count)

    @cached_property
    def base(self) -> float:
        """Its baseline."""
        return next(glyph.base for glyph in self.glyphs if glyph.size == self.size)

    @property
    def top(self) -> float:
        """Top of the em box."""
        return self.base - 0.88 * self.size * MM_A_POINT

    @property
    def bottom(self) -> float:
        """Bottom of the em box."""
        return self.base + 0.12 * self.size * MM_A_POINT

    @property
    def line(self) -> Line:
        """It as the model has it."""
        ink = min(glyph.ink[0] for glyph in self.glyphs), max(glyph.ink[1] for glyph in self.glyphs)
        return Line(self.text, self.page, self.number, self.left, self.right, self.top, self.bottom, ink)

    def runs(self) -> Iterator[Run]:
        """Its stretches of one look."""
        return runs_of(self.glyphs)


def runs_of(glyphs: Iterable[Glyph]) -> Iterator[Run]:
    """Join neighbours of one font, size and colour."""
    held: list[Glyph] = []
    for glyph in glyphs:
        if held and not _alike(held[-1], glyph):
            yield _run(held)
            held = []
        held.append(glyph)
    if held:
        yield _run(held)


def _alike(one: Glyph, other: Glyph) -> bool:
    return one.face is other.face and one.size == other.size and one.colour == other.colour


def _run(glyphs: list[Glyph]) -> Run:
    first = glyphs[0]
    name = first.face.name
    text = "".join(glyph.text for glyph in glyphs)
    return Run(text, name, role_of_font(name), round(first.size, 1), first.colour, "bold" in name.casefold())


def printed_lines(page: Page) -> list[Printed]:
    """All upright lines of a page from the top."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((glyph for glyph in page.glyphs if glyph.turn == 0), key=lambda each: each.base):
        if rows:
            last = rows[-1][-1]
            if glyph.base - last.base <= _SAME_LINE * min(glyph.size, last.size) * MM_A_POINT:
                rows[-1].append(glyph)
                continue
        rows.append([glyph])
    lines: list[Printed] = []
    for row in rows:
        row.sort(key=lambda each: each.left)
        inked = [index for index, glyph in enumerate(row) if not glyph.text.isspace()]
        if inked:
            lines.append(Printed(page.number, len(lines) + 1, tuple(row[inked[0] : inked[-1] + 1])))
    return lines
