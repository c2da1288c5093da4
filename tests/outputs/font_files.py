"""Font files for tests: small ones drawn here, and free ones under other names and with other permissions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from tongbao.outputs.fonts.find import own_folders

ROOT = Path(__file__).parents[2]
FANDOL = own_folders(ROOT)[-1] / "fandol"


def drawn(
    target: Path,
    name: str,
    characters: str,
    *,
    chinese: str = "",
    variants: Mapping[tuple[str, str], str] | None = None,
) -> Path:
    """A font of black squares for these characters.

    Args:
        target: the file.
        name: its family, full and PostScript name.
        characters: what it has a shape for.
        chinese: its Chinese family name.
        variants: base and variation selector → the character whose shape stands for that form.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    glyphs = {character: f"u{ord(character):04X}" for character in characters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *glyphs.values()])
    sequences = [(ord(base), ord(mark), glyphs[shape]) for (base, mark), shape in (variants or {}).items()]
    builder.setupCharacterMap({ord(each): glyph for each, glyph in glyphs.items()}, uvs=sequences or None)
    pen = TTGlyphPen(None)
    for place, point in enumerate(((100, 0), (900, 0), (900, 800), (100, 800))):
        (pen.lineTo if place else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **dict.fromkeys(glyphs.values(), square)})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *glyphs.values()], (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "fullName": name, "psName": name})
    if chinese:
        builder.font["name"].setName(chinese, 1, 3, 1, 0x804)
        builder.font["name"].setName(chinese, 4, 3, 1, 0x804)
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120, fsType=0)
    builder.setupPost()
    builder.save(target)
    return target


def renamed(source: Path, target: Path, name: str, *, chinese: str = "", permission: int | None = None) -> Path:
    """A font with another name, as a licensed one of the office would have, and another OS/2 fsType."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TTFont(source, lazy=True) as font:
        names = font["name"]
        for record in names.names:
            if record.nameID in (1, 4, 6):
                record.string = name
        names.names = [record for record in names.names if record.nameID not in (16, 17)]
        if chinese:
            names.setName(chinese, 1, 3, 1, 0x804)
            names.setName(chinese, 4, 3, 1, 0x804)
        if permission is not None:
            font["OS/2"].fsType = permission
        font.save(target)
    return target
