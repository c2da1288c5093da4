"""Pages of one orientation, filled piece by piece: what stands on them, and how much room it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from tongbao.outputs.word.chart import ChartPart, chart_part, drawing
from tongbao.outputs.word.margins import section
from tongbao.outputs.word.page import Page
from tongbao.outputs.word.paging import Box, row_boxes
from tongbao.outputs.word.table import held_rows, table
from tongbao.outputs.word.xml import paragraph, run, runs, with_keep_next, with_line, with_section
from tongbao.reports.document import Block, Figure, Heading, Paragraph, Style, Table

ANCHOR: Final = paragraph("Anchor", "")
"""A paragraph of one point; a table can neither end a file nor a section, nor be alone in one."""


@dataclass(slots=True)
class Section:
    """Pages of one orientation.

    Attributes:
        page: their size and margins.
        pieces: paragraphs and tables, as written.
        rows: what the rows of each data table take, by its place among the pieces.
        begins: the page on which it begins.
        numbered: whether its pages bear numbers.
        letter: whether it begins with page 1 of 信函.
    """

    page: Page
    pieces: list[str] = field(default_factory=list)
    rows: dict[int, Sequence[Box]] = field(default_factory=dict)
    begins: Literal["nextPage", "evenPage"] = "nextPage"
    numbered: bool = True
    letter: bool = False

    def add(self, pieces: Iterable[str]) -> None:
        """Write pieces below what is there."""
        for piece in pieces:
            # Two tables that touch become one in Word.
            if self.pieces and self.pieces[-1].startswith("<w:tbl>") and piece.startswith("<w:tbl>"):
                self.pieces.append(ANCHOR)
            self.pieces.append(piece)

    def add_blocks(self, blocks: Iterable[Block], style: Style, charts: list[ChartPart]) -> None:
        """Write headings, text, tables and figures; each chart joins those of the file."""
        for block in blocks:
            match block:
                case Heading():
                    self.add([_heading(block)])
                case Paragraph():
                    align = "" if block.align == "justify" else f'<w:jc w:val="{block.align}"/>'
                    self.add([paragraph("NoticeFlush" if block.flush else "NoticeBody", runs(block.runs), align)])
                case Table():
                    self._add_table(block, style)
                case Figure():
                    charts.append(chart_part(block.chart, style))
                    self.add([paragraph("Figure", drawing(block, len(charts), self.page.text_width))])
                    self.add([paragraph("FigureCaption", run(block.caption))])

    def keep_with_next(self, place: int) -> None:
        """Let a piece stay on the page of what follows."""
        self.pieces[place] = with_keep_next(self.pieces[place])

    def set_line(self, place: int, height: int) -> None:
        """Set the lines of a paragraph so high, in twips."""
        self.pieces[place] = with_line(self.pieces[place], height)

    def written(self, *, last: bool) -> list[str]:
        """The pieces, ending with a paragraph; of all sections but the last it holds their properties."""
        pieces = [*self.pieces, ANCHOR] if self.pieces[-1].startswith("<w:tbl>") else self.pieces
        properties = section(self.page, begins=self.begins, numbered=self.numbered, letter=self.letter)
        return [*pieces, properties] if last else [*pieces[:-1], with_section(pieces[-1], properties)]

    def _add_table(self, model: Table, style: Style) -> None:
        written = table(model, self.page.text_width, style)
        self.add([*written.caption, written.rows])
        place = len(self.pieces) - 1
        self.rows[place] = row_boxes(written.head, written.body, held_rows(model), place)
        self.add(written.notes)


def _heading(heading: Heading) -> str:
    text = heading.number + heading.text
    if heading.tail:
        lead = run(text, style=f"Heading{heading.level}Char")
        return paragraph(f"RunIn{heading.level}", lead + runs(heading.tail))
    return paragraph(f"Heading{heading.level}", run(text))
