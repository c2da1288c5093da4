"""What every piece of a Word file is made of: escaped text, runs, paragraphs in named styles.

Text is put together instead of nodes: a table of 480 cells takes a millisecond this way and seconds the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape as escape_markup
from typing import Final

from tongbao.reports.document import Run

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Where Chinese meets letters or digits.
_MEETINGS = re.compile("(?<=[0-9A-Za-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])")
_PLAIN = re.compile("[^\x00-\x1f<>&\"'\ud800-\udfff\ufffe\uffff]+")
_BREAKS = re.compile("(\r\n|\r|\n|\t)")
# Word ends a line behind a hyphen: within -1.5 and 2022-11 too.
_IN_NUMBERS = re.compile("(?<![0-9A-Za-z])-(?=[0-9])|(?<=[0-9])-(?=[0-9])")
_CONTEXT = 12

# Ambiguous marks such as “ ” … — take the Chinese face only when the run itself says so.
_HINT = '<w:rFonts w:hint="eastAsia"/>'


NO_MARGINS: Final = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
"""Of a table's cells: LibreOffice takes its own ones otherwise."""


class ForbiddenCharacterError(ValueError):
    """A text holds a character that no Word file can hold; nothing is dropped in silence, so it is refused."""

    def __init__(self, text: str, position: int) -> None:
        self.character = text[position]
        self.context = "".join(
            character if character.isprintable() else "□"
            for character in text[max(0, position - _CONTEXT) : position + _CONTEXT]
        )
        super().__init__(f"U+{ord(self.character):04X}")


def escape(text: str) -> str:
    """Make a text safe as XML content and in attributes, so that hostile names stand there literally.

    Raises:
        ForbiddenCharacterError: the text has a character that XML 1.0 does not allow.
    """
    if found := _FORBIDDEN.search(text):
        raise ForbiddenCharacterError(text, found.start())
    return escape_markup(text)


def content(text: str) -> str:
    """Write the inside of a run; line breaks and tabs stay what they are."""
    if _PLAIN.fullmatch(text):
        return f'<w:t xml:space="preserve">{text}</w:t>'
    if not _BREAKS.search(text):
        return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""
    pieces = []
    for piece in _BREAKS.split(text):
        if piece == "\t":
            pieces.append("<w:tab/>")
        elif _BREAKS.fullmatch(piece):
            pieces.append("<w:br/>")
        elif piece:
            pieces.append(content(piece))
    return "".join(pieces)


def run(text: str, *, strong: bool = False, style: str = "", spacing: int = 0) -> str:
    """Write one run; `style` is the id of a character style, `spacing` tightens or widens it, in twips."""
    if not text:
        return ""
    properties = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + ("" if text.isascii() else _HINT)
        + ("<w:b/><w:bCs/>" if strong else "")
        + (f'<w:spacing w:val="{spacing}"/>' if spacing else "")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{_whole_numbers(text)}</w:r>"


def _whole_numbers(text: str) -> str:
    if "-" not in text:
        return content(text)
    return "<w:noBreakHyphen/>".join(content(piece) for piece in _IN_NUMBERS.split(text))


def runs(items: Iterable[Run]) -> str:
    """Write the runs of the model; a font role becomes a character style that people can edit."""
    return "".join(
        run(item.text, strong=item.strong, style=ROLE_STYLES[item.role] if item.role else "") for item in items
    )


def paragraph(style: str, inside: str, properties: str = "") -> str:
    """Write a paragraph in a named style.

    Args:
        style: the id of the paragraph style.
        inside: runs, already written.
        properties: further paragraph properties in the order of the schema; only what differs from place to place.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


def tab_stops(kind: str, places: Iterable[int]) -> str:
    """Write the tab stops of a paragraph, in twips from its left edge, from left to right."""
    stops = "".join(f'<w:tab w:val="{kind}" w:pos="{place}"/>' for place in places)
    return f"<w:tabs>{stops}</w:tabs>"


def borderless(cells: Sequence[tuple[int, str]], above: int) -> str:
    """Write things that stand side by side, each in the middle of the height, as a table that nobody sees.

    Args:
        cells: width in twips and paragraphs of each, from the left.
        above: white space above them in twips, which a table has no property for.
    """
    width = sum(each for each, _ in cells)
    columns = "".join(f'<w:gridCol w:w="{each}"/>' for each, _ in cells)
    blank = (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{above}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{len(cells)}"/></w:tcPr>'
        f"{paragraph('Anchor', '')}</w:tc></w:tr>"
    )
    shown = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{each}" w:type="dxa"/><w:noWrap/><w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
        for each, inside in cells
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"{NO_MARGINS}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{blank}<w:tr><w:trPr><w:cantSplit/></w:trPr>{shown}</w:tr></w:tbl>"
    )


def with_keep_next(piece: str) -> str:
    """Keep a paragraph (or the last row of a table) on the page of what follows it."""
    head, mark, tail = piece.rpartition("<w:tr>") if piece.startswith("<w:tbl>") else ("", "", piece)
    return head + mark + _STYLE_MARK.sub(r"\g<0><w:keepNext/>", tail)


def with_line(piece: str, height: int) -> str:
    """Set the lines of a paragraph so high, in twips; it has no spacing of its own yet."""
    spacing = f'<w:spacing w:line="{height}" w:lineRule="exact"/>'
    return _ANY_STYLE.sub(lambda found: found[0] + spacing, piece, count=1)


def restyled(piece: str, style: str, other: str) -> str:
    """Put a paragraph of one style into another."""
    return piece.replace(f'<w:pStyle w:val="{style}"/>', f'<w:pStyle w:val="{other}"/>', 1)


def with_section(piece: str, section: str) -> str:
    """Let a paragraph end a section."""
    return piece.replace("</w:pPr>", f"{section}</w:pPr>", 1)


def em_width(text: str) -> float:
    """Measure a text in characters: half-width ones count half, as the fonts of official documents have them."""
    return len(text) / 2 if text.isascii() else len(text) - len(text.encode("ascii", "ignore")) / 2


def roomy_width(text: str) -> float:
    """Measure a text, in characters, as wide as it may get on another machine.

    Spare fonts have wider digits than official ones, and some programs set Chinese apart from digits in any style.
    """
    digits = sum(character.isdecimal() and character.isascii() for character in text)
    return em_width(text) + 0.1 * digits + 0.25 * len(_MEETINGS.findall(text))


ROLE_STYLES: Final = {
    "仿宋": "RoleFang",
    "楷体": "RoleKai",
    "黑体": "RoleHei",
    "宋体": "RoleSong",
    "小标宋": "RoleTitle",
}
_STYLE_MARK = re.compile(r'<w:pStyle w:val="\w+"/>(?!<w:keepNext/>)')
_ANY_STYLE = re.compile(r'<w:pStyle w:val="\w+"/>')
