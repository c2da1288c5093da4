"""A Word notice that breaks no rule, and how to put one fault into it."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import documents

from tongbao.outputs import word
from tongbao.reports.document import Document

Fault = Callable[[bytes], bytes]
BODY = "word/document.xml"
STYLES = "word/styles.xml"


def model(**changes: object) -> Document:
    """The sample notice, short; `changes` replace fields of the model."""
    return replace(documents.notice(rows=3, paragraphs=2), **changes)  # type: ignore[arg-type]


@functools.cache
def sound() -> bytes:
    """The sample notice as written."""
    return word.write(model())


def changed(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The same package with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                after = change(text.decode())
                assert after != text.decode(), f"nothing changed in {part}"
                text = after.encode()
            new.writestr(name, text)
    return buffer.getvalue()


def added(content: bytes, part: str, xml: str) -> bytes:
    """The same package with one more part."""
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(part, xml)
    return buffer.getvalue()


def text(old: str, new: str, part: str = BODY) -> Fault:
    """Put other words where `old` stands."""
    return lambda content: changed(content, part, lambda xml: xml.replace(old, new))


def style(identifier: str, old: str, new: str) -> Fault:
    """Change one style; `old` is a pattern inside it."""

    def change(xml: str) -> str:
        start = xml.index(f'w:styleId="{identifier}"')
        end = xml.index("</w:style>", start)
        return xml[:start] + re.sub(old, new, xml[start:end], count=1) + xml[end:]

    return lambda content: changed(content, STYLES, change)


def paragraph(identifier: str, old: str, new: str, at: int = 0) -> Fault:
    """Change the `at`-th paragraph of a style; `old` is a pattern inside it."""

    def change(xml: str) -> str:
        places = [found.start() for found in re.finditer(f'<w:pStyle w:val="{identifier}"/>', xml)]
        end = xml.index("</w:p>", places[at])
        return xml[: places[at]] + re.sub(old, new, xml[places[at] : end], count=1) + xml[end:]

    return lambda content: changed(content, BODY, change)


def without(identifier: str) -> Fault:
    """Take the paragraphs of a style out."""
    pattern = rf'<w:p><w:pPr><w:pStyle w:val="{identifier}"/>.*?</w:p>'
    return lambda content: changed(content, BODY, lambda xml: re.sub(pattern, "", xml))
