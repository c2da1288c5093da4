"""Documents as PDF, with exactly the fonts that were chosen and the same bytes every time."""

from __future__ import annotations

from typing import Protocol

from tongbao.outputs.pdf.layout import Box, Layout, Signed
from tongbao.reports.document import Document

__all__ = ["Box", "Layout", "PdfEngine", "Signed"]


class PdfEngine(Protocol):
    """Whatever turns a document into the bytes of a PDF file."""

    def render(self, document: Document) -> bytes:
        """Make the PDF.

        Raises:
            OutputError: the document cannot be shown as it should be.
        """
        ...
