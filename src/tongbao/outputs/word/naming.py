"""Names, run by run, a font that has the characters: where the role's own lacks one, Word would take any font.

It works on finished parts, so that whatever writes a run need not think of fonts: the standard's names give way to the
office's own, and a rare character gets a run of its own that names a font for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Final

from tongbao.outputs.fonts import Role
from tongbao.outputs.fonts.characters import clusters
from tongbao.outputs.fonts.office import STANDARD, Faces
from tongbao.outputs.word.faces import fonts
from tongbao.outputs.word.xml import escape

_NAMED: Final = re.compile(
    r'((?:w:(?:ascii|hAnsi|eastAsia|cs)|typeface)="|style="font-family:&quot;)('
    + "|".join(map(re.escape, (font.name for font in STANDARD.values())))
    + ')(?=&quot;|")'
)
_STYLE: Final = re.compile(r'<w:style [^>]*w:styleId="(\w+)".*?</w:style>', re.DOTALL)
_BASED: Final = re.compile(r'<w:basedOn w:val="(\w+)"/>')
_ASCII: Final = re.compile(r'<w:rFonts [^>]*?w:ascii="([^"]+)"')
_RUN_STYLE: Final = re.compile(r'<w:rStyle w:val="(\w+)"/>')
_FONTS: Final = re.compile(r"<w:rFonts [^>]*/>")
_PIECE: Final = re.compile(
    r'<w:p[ >]|<w:pStyle w:val="(?P<style>\w+)"/>'
    r"|<w:r>(?:<w:rPr>(?P<properties>(?:(?!</w:rPr>).)*)</w:rPr>)?(?P<content>.*?)</w:r>",
    re.DOTALL,
)
_TEXT: Final = re.compile(r"(<w:t(?: [^>]*)?>)(.*?)</w:t>", re.DOTALL)
_TYPEFACE: Final = re.compile(r'(typeface="|style="font-family:&quot;)([^"&]+)')
_WORDS: Final = re.compile(">([^<]+)<")


def renamed(xml: str, faces: Faces) -> str:
    """Let the office's own fonts take the place of the standard's names."""
    if not faces.own:
        return xml
    names = {STANDARD[role].name: escape(font.name) for role, font in faces.own}
    return _NAMED.sub(lambda match: match[1] + names.get(match[2], match[2]), xml)


def named(xml: str, styles: str, faces: Faces) -> str:
    """Give every rare character in the runs of a part a run of its own that names a font for it.

    Args:
        xml: the text, a header or a footer, its fonts renamed already.
        styles: styles.xml, which says what font a paragraph is set in.
        faces: the fonts of this county.
    """
    rare = _rare(_WORDS.findall(xml), faces)
    return _set_apart(xml, rare, faces, roles_of_styles(styles, faces)) if rare else xml


def named_whole(xml: str, faces: Faces) -> str:
    """The same for text that cannot be divided, on the axes of a chart or in a watermark: all in one font.

    Args:
        xml: a chart or a header, its fonts renamed already.
        faces: the fonts of this county.
    """
    rare = _rare([xml], faces)
    return _set_whole(xml, rare, faces) if rare else xml


def _rare(texts: list[str], faces: Faces) -> set[str]:
    return {character for character in set("".join(texts)) - faces.usual if character.isprintable()}


@lru_cache(maxsize=8)
def roles_of_styles(styles: str, faces: Faces) -> Mapping[str, Role]:
    """The role of each style by the font that it names or inherits; "" is what stands in none.

    Args:
        styles: styles.xml.
        faces: the fonts that it names.
    """
    defaults = _ASCII.search(styles)
    own: dict[str, str] = {"": defaults[1] if defaults else ""}
    based: dict[str, str] = {}
    for match in _STYLE.finditer(styles):
        if direct := _ASCII.search(match[0]):
            own[match[1]] = direct[1]
        if base := _BASED.search(match[0]):
            based[match[1]] = base[1]

    def font_of(style: str) -> str:
        while style not in own and style in based:
            style = based[style]
        return own.get(style, own[""])

    names = {escape(name): role for name, role in faces.by_name.items()}
    return {style: names[font] for style in {*own, *based} if (font := font_of(style)) in names}


def _set_apart(xml: str, rare: set[str], faces: Faces, roles: Mapping[str, Role]) -> str:
    """Divide the runs of a part at its rare characters."""
    standing = ""
    find = re.compile(f"[{re.escape(''.join(sorted(rare)))}]")

    def piece(match: re.Match[str]) -> str:
        nonlocal standing
        content = match["content"]
        if content is None:
            standing = match["style"] or ""
            return match[0]
        if not find.search(content):
            return match[0]
        properties = match["properties"] or ""
        style = _RUN_STYLE.search(properties)
        role = roles.get(style[1] if style else standing) or roles.get(standing) or roles[""]
        return "".join(
            f"<w:r>{_properties(properties, font)}{''.join(each for _, each in pieces)}</w:r>"
            for font, pieces in groupby(_pieces(content, role, faces), key=lambda each: each[0])
        )

    return _PIECE.sub(piece, xml)


def _pieces(content: str, role: Role, faces: Faces) -> Iterator[tuple[str, str]]:
    """The inside of a run as font ("" for the role's own) and XML."""
    last = 0
    for match in _TEXT.finditer(content):
        if match.start() > last:
            yield "", content[last : match.start()]
        last = match.end()
        for font, found in groupby(clusters(match[2]), key=lambda each: _spare(each[0], role, faces)):
            yield font, f'<w:t xml:space="preserve">{"".join(found)}</w:t>'
    if last < len(content):
        yield "", content[last:]


def _spare(character: str, role: Role, faces: Faces) -> str:
    if character in faces.usual:
        return ""
    spare = faces.spare(role, character)
    return spare.name if spare else ""


def _properties(properties: str, font: str) -> str:
    if font:
        style = _RUN_STYLE.match(properties)
        head = style[0] if style else ""
        properties = head + fonts(font) + _FONTS.sub("", properties.removeprefix(head))
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def _set_whole(xml: str, rare: set[str], faces: Faces) -> str:
    """Set all of a part's text in the font that shows most of it."""

    def spare(match: re.Match[str]) -> str:
        role = next((role for name, role in faces.by_name.items() if escape(name) == match[2]), None)
        fitting = [font for each in sorted(rare) if role and (font := faces.spare(role, each))]
        best = max(dict.fromkeys(fitting), key=lambda font: sum(map(font.covers, rare)), default=None)
        return match[1] + (escape(best.name) if best else match[2])

    return _TYPEFACE.sub(spare, xml)
