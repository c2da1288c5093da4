"""Measures a PDF: glyphs to lines, lines to paragraphs, drawn lines to rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongbao.lint.measured import Facts, Format, Grid, Measured, Passage, Stroke
from tongbao.lint.pdf.drawn import Rule, rules_and_bands
from tongbao.lint.pdf.folios import folio
from tongbao.lint.pdf.lines import printed_lines
from tongbao.lint.pdf.paper import Leaf, areas, body_size, sheet
from tongbao.lint.pdf.passages import passages
from tongbao.lint.pdf.pdfium import read
from tongbao.lint.pdf.printed import Pdf

_FULL = 0.83  # of a page's height: a table that ends below may go on


def measure(content: bytes) -> Measured:
    """Measure the bytes of a PDF.

    Raises:
        Refused: it cannot be read.
    """
    pdf = read(content)
    drawn = [rules_and_bands(page) for page in pdf.pages]
    leaves = [Leaf(page, tuple(printed_lines(page)), bands) for page, (_, bands) in zip(pdf.pages, drawn, strict=True)]
    size = body_size(leaves)
    edges = areas(leaves, size)
    found = passages(leaves, edges)
    return Measured(
        Format.PDF,
        tuple(sheet(leaf, area, size) for leaf, area in zip(leaves, edges, strict=True)),
        found,
        tuple(
            _stroke(leaf.page.number, rule, found)
            for leaf, (rules, _) in zip(leaves, drawn, strict=True)
            for rule in rules
        ),
        tuple(number for leaf, area in zip(leaves, edges, strict=True) if (number := folio(leaf, area))),
        tuple(_grids(leaves, found)),
        _facts(pdf),
        len(leaves),
        tuple(_hollow(leaves, found)),
    )


def _stroke(page: int, rule: Rule, found: Sequence[Passage]) -> Stroke:
    """A rule with the passage above it."""
    above = 0
    gap = None
    for passage in found:
        for line in passage.lines:
            if line.page == page and line.bottom is not None and line.bottom <= rule.middle + 1:
                above, gap = passage.number, rule.middle - rule.thickness / 2 - line.bottom
            elif line.page is not None and line.page < page:
                above = passage.number
    return Stroke(page, rule.left, rule.right, rule.middle, rule.thickness, rule.colour, above, gap)


def _grids(leaves: Sequence[Leaf], found: Sequence[Passage]) -> Iterator[Grid]:
    """The tables; one that fills a page and goes on at the top of the next is looked at for its head."""
    heads: dict[int, str] = {}
    for passage in found:
        if passage.box is not None:
            heads.setdefault(passage.box, passage.text)
    box = 0
    before: tuple[int, str] | None = None
    for leaf in leaves:
        for index, band in enumerate(leaf.bands):
            head = heads.get(box, "")
            if band.kind == "table" and head:
                first = all(line.top >= band.top for line in leaf.lines)
                goes_on = index == 0 and first and before is not None and before[0] == leaf.page.number - 1
                repeats = not goes_on or (before is not None and before[1] == head)
                yield Grid(box + 1, head.count("\t") + 1, 0, head, repeats_head=repeats, page=leaf.page.number)
                to_the_end = band.bottom > _FULL * leaf.page.height
                before = (leaf.page.number, before[1] if goes_on and before else head) if to_the_end else None
            box += 1


def _facts(pdf: Pdf) -> Facts:
    faces = {id(glyph.face): glyph.face for page in pdf.pages for glyph in page.glyphs if not glyph.text.isspace()}
    missing = sorted({face.name for face in faces.values() if not face.embedded})
    return Facts(pdf.title, pdf.language, pdf.tagged, tuple(missing))


def _hollow(leaves: Sequence[Leaf], found: Sequence[Passage]) -> Iterator[tuple[str, Passage]]:
    """Every character without a picture, once."""
    bad = {
        (line.page, line.number): [glyph.text for glyph in line.glyphs if glyph.hollow]
        for leaf in leaves
        for line in leaf.lines
    }
    seen: set[str] = set()
    for passage in found:
        for line in passage.lines:
            for character in bad.get((line.page or 0, line.number), ()):
                if character not in seen:
                    seen.add(character)
                    yield character, passage
