"""The sections of a Word file: paper, margins, the grid of lines and characters, and the footers they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from tongbao.lint.measured import Folio, Sheet
from tongbao.lint.word.cascade import flat
from tongbao.lint.word.package import Package, R, W
from tongbao.lint.word.paragraphs import measure
from tongbao.lint.word.setting import MM_A_TWIP, Section
from tongbao.lint.word.walk import Walk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_A4: Final = {"w": 11906, "h": 16838}
_SIDES: Final[dict[str, Literal["odd", "even", "all", "first"]]] = {"default": "odd", "even": "even", "first": "first"}


def section_elements(body: Element) -> list[Element]:
    """Every w:sectPr in the order of the pages."""
    return list(body.iter(f"{W}sectPr"))


def sections(elements: list[Element]) -> list[Section]:
    """Measure every section; a file without any has Word's default page."""
    return [_section(number, flat(element)) for number, element in enumerate(elements, 1)] or [_section(1, {})]


def _section(number: int, own: dict[str, str]) -> Section:
    def value(key: str, default: int) -> int:
        text = own.get(key, "")
        return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default

    left = value("pgMar/left", 1800) + value("pgMar/gutter", 0)
    bottom = abs(value("pgMar/bottom", 1440))
    kind = own.get("docGrid/type", "default")
    grid = value("docGrid/linePitch", 0) if kind != "default" else 0
    sheet = Sheet(
        number,
        value("pgSz/w", _A4["w"]) * MM_A_TWIP,
        value("pgSz/h", _A4["h"]) * MM_A_TWIP,
        left * MM_A_TWIP,
        abs(value("pgMar/top", 1440)) * MM_A_TWIP,
        value("pgMar/right", 1800) * MM_A_TWIP,
        bottom * MM_A_TWIP,
    )
    return Section(sheet, grid, value("pgMar/footer", 720), bottom)


def folios(package: Package, elements: list[Element], walk: Walk) -> Iterator[Folio]:
    """The page numbers that the footers (and the headers of turned pages) print, section by section."""
    settings = package.beside("settings.xml")
    two_sided = settings is not None and settings.find(f"{W}evenAndOddHeaders") is not None
    shown: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for index, element in enumerate(elements):
        walk.section = index
        first = element.find(f"{W}titlePg") is not None
        for kind in ("footer", "header"):
            for reference in element.iterfind(f"{W}{kind}Reference"):
                shown[f"{kind}/{reference.get(f'{W}type', 'default')}"] = reference.get(f"{R}id", "")
        for key, identifier in shown.items():
            kind, _, side = key.partition("/")
            if (side == "even" and not two_sided) or (side == "first" and not first) or (key, identifier) in seen:
                continue
            seen.add((key, identifier))
            root = package.part(package.targets.get(identifier, ""))
            if root is not None:
                yield from _numbers(
                    root, walk, "all" if side == "default" and not two_sided else _SIDES.get(side, "all"), kind
                )


def _numbers(root: Element, walk: Walk, side: Literal["odd", "even", "all", "first"], kind: str) -> Iterator[Folio]:
    section = walk.here
    for paragraph in root.iter(f"{W}p"):
        measured = measure(walk, paragraph, section.width)
        if not measured.inline.has_page_field or paragraph.getparent() is None:
            continue
        turned = any(ancestor.tag == f"{W}tc" for ancestor in paragraph.iterancestors()) and section.sheet.landscape
        align = measured.setting.align
        frame = measured.properties.get("framePr/xAlign", "")
        if frame:
            sides = {
                "right": "right",
                "left": "left",
                "center": "center",
                "outside": "left" if side == "even" else "right",
            }
            align = sides.get(frame, align)  # type: ignore[assignment]  # the four words of xAlign
        edge = measured.setting.right if align == "right" else measured.indent
        drop = (section.bottom - section.footer) * MM_A_TWIP - measured.setting.pitch / 2
        if turned or kind == "header":
            drop = None  # type: ignore[assignment]  # not below the text
        text = "".join(piece.text for piece in measured.pieces)
        runs = tuple(piece.run for piece in measured.pieces)
        yield Folio(None, side, None, text, runs, "left" if align == "justify" else align, edge, drop, turned=turned)
