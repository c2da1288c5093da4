"""How a Word file names fonts: in its styles and runs, and in its table of what stands in for each."""

from __future__ import annotations

from typing import Final

from tongbao.outputs.fonts.office import FANG, HEI, KAI, SONG, TITLE, Faces, OfficeFont
from tongbao.outputs.word.xml import escape

__all__ = ["DECLARATION", "FANG", "HEI", "KAI", "NAMESPACE", "SONG", "TITLE", "font_table", "fonts"]

NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def fonts(name: str) -> str:
    """Name a font for every script, without theme fonts, which would win over it."""
    name = escape(name)
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'


def font_table(faces: Faces) -> str:
    """Write fontTable.xml: an office without the named font gets its nearest relative instead of any font."""
    listed = dict.fromkeys((*faces.roles.values(), *faces.spares))
    return f"{DECLARATION}<w:fonts {NAMESPACE}>{''.join(map(_entry, listed))}</w:fonts>"


def _entry(font: OfficeFont) -> str:
    family, pitch = font.kind
    names = ("usb0", "usb1", "usb2", "usb3", "csb0", "csb1")
    signature = "".join(f' w:{name}="{value}"' for name, value in zip(names, font.signature, strict=False))
    return (
        f'<w:font w:name="{escape(font.name)}"><w:altName w:val="{escape(",".join(font.alternates))}"/>'
        + (f'<w:panose1 w:val="{font.panose}"/>' if font.panose else "")
        + f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/>'
        + (f"<w:sig{signature}/>" if signature else "")
        + "</w:font>"
    )
