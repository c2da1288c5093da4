"""Measures a Word file: what it says, with styles resolved, since nobody has laid it out on pages yet."""

from __future__ import annotations

from tongbao.lint.measured import Facts, Format, Measured
from tongbao.lint.refusal import damaged
from tongbao.lint.word.body import walk_body
from tongbao.lint.word.cascade import Styles
from tongbao.lint.word.numbering import Numbering
from tongbao.lint.word.package import Package, W, open_package
from tongbao.lint.word.sections import folios, section_elements, sections
from tongbao.lint.word.walk import Walk

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def measure(content: bytes) -> Measured:
    """Measure the bytes of a .docx.

    Raises:
        Refused: it cannot be read.
    """
    package = open_package(content)
    root = package.part(package.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise damaged("没有正文")
    elements = section_elements(body)
    styles = Styles(package)
    walk = Walk(styles, Numbering(package), sections(elements))
    walk_body(walk, body)
    found = tuple(walk.passages)
    numbers = tuple(folios(package, elements, walk))
    return Measured(
        Format.WORD,
        tuple(section.sheet for section in walk.sections),
        found,
        tuple(walk.strokes),
        numbers,
        tuple(walk.grids),
        Facts(_title(package), _language(styles), True, (), tuple(walk.themed), tuple(walk.framed)),
    )


def _title(package: Package) -> str:
    core = package.part("docProps/core.xml")
    found = core.find(_TITLE) if core is not None else None
    return (found.text or "").strip() if found is not None else ""


def _language(styles: Styles) -> str:
    return styles.character_defaults.get("lang/eastAsia", "")
