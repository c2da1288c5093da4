"""A PDF notice typeset by hand that breaks no rule, and how to put one fault into it.

It shares nothing with our own engines: its source is notice.typ, and a fault is another word in it.
"""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from pathlib import Path

import typst

from tongbao.outputs.fonts import resolve

SOURCE = (Path(__file__).parent / "notice.typ").read_text(encoding="utf-8")
LETTER = (Path(__file__).parent / "letter.typ").read_text(encoding="utf-8")
DAY = datetime(2022, 12, 9, tzinfo=UTC)


@functools.cache
def fonts() -> typst.Fonts:
    faces = resolve(Path(__file__).parents[2], []).faces
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=sorted({str(face.path.parent) for face in faces}),
    )


def typeset(source: str, *changes: tuple[str, str], tags: bool = True) -> bytes:
    """A source as PDF, with other words in it."""
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new)
    return typst.compile(source.encode(), font_paths=fonts(), ignore_system_fonts=True, timestamp=DAY, pdf_tags=tags)
