"""Paragraphs, tables and pictures in the order of the document, and attachments, which hold the same."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import ceil

from tongbao.outputs.html import chart
from tongbao.outputs.html.measures import LINE, TYPE_AREA, WIDE_TYPE_AREA
from tongbao.outputs.html.table import table
from tongbao.outputs.html.text import heading, runs, title
from tongbao.reports.document import Attachment, Block, Figure, Heading, Paragraph, Style, Table


class BlockWriter:
    """Writes blocks with the tokens of one document; tables and attachments are counted for their ids."""

    def __init__(self, style: Style, family: str) -> None:
        """Prepare for one document.

        Args:
            style: the pack's tokens.
            family: CSS font-family list for the labels of pictures.
        """
        self._style, self._family = style, family
        self._tables = 0
        self._attachments = 0

    def blocks(self, blocks: Iterable[Block], width: float, *, deeper: int = 0) -> str:
        """Write blocks one below another.

        Args:
            blocks: the blocks.
            width: pt, of the type area.
            deeper: 1 inside an attachment, whose title is a heading itself.
        """
        return "".join(self._block(block, width, deeper) for block in blocks)

    def attachment(self, attachment: Attachment) -> str:
        """Write an attachment, which starts a page."""
        self._attachments += 1
        width = WIDE_TYPE_AREA if attachment.landscape else TYPE_AREA
        shape = "wide" if attachment.landscape else "upright"
        name = f"annex-{self._attachments}"
        return (
            f'<section class="attachment {shape}" aria-labelledby="{name}"><p class="label">{escape(attachment.label)}'
            f"</p>{title(attachment.title_lines, self._style.title_size, width, tag='h2', name=name)}"
            f"{self.blocks(attachment.blocks, width, deeper=1)}</section>"
        )

    def _block(self, block: Block, width: float, deeper: int) -> str:
        if isinstance(block, Heading):
            return heading(block, deeper=deeper)
        if isinstance(block, Paragraph):
            names = ["text", *(["flush"] if block.flush else []), *([block.align] if block.align != "justify" else [])]
            return f'<p class="{" ".join(names)}">{runs(block.runs)}</p>'
        if isinstance(block, Table):
            self._tables += 1
            return table(block, self._style.table_size, width, name=f"table-{self._tables}")
        return self._figure(block)

    def _figure(self, figure: Figure) -> str:
        # A whole number of lines keeps the lines after the figure where the other pages have theirs.
        lines = ceil((chart.height(figure.chart) + 3) / LINE)
        drawing = chart.svg(figure, fill=self._style.bar, family=self._family)
        return (
            f'<figure><div tabindex="0" style="height:{lines * LINE:.4f}mm">{drawing}</div>'
            f"<figcaption>{escape(figure.caption)}</figcaption></figure>"
        )
