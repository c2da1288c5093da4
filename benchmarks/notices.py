"""Distinct notices to measure with: the same size every time, another number and other figures each."""

from __future__ import annotations

import sys
from pathlib import Path

from tongbao.reports.document import Document, Heading, Paragraph, Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "outputs"))  # the documents that the writers' tests hold every element in

from documents import notice  # noqa: E402  # found through the line above

__all__ = ["ROOT", "lines", "notice", "tables"]


def lines(document: Document) -> list[str]:
    """The text of the body, paragraph by paragraph."""
    found = []
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(f"{block.number}{block.text}{''.join(run.text for run in block.tail)}")
        elif isinstance(block, Paragraph):
            found.append(block.text)
    return found


def tables(document: Document) -> list[tuple[str, list[list[str]]]]:
    """The tables of the attachments as plain rows, each with its attachment's title."""
    return [
        (attachment.title, [[cell.text for cell in row] for row in (*block.head, *block.body)])
        for attachment in document.attachments
        for block in attachment.blocks
        if isinstance(block, Table)
    ]
