"""How one style is written: a named set of properties that people find in Word's list and can change there."""

from __future__ import annotations

from tongbao.outputs.word.faces import fonts
from tongbao.outputs.word.page import character
from tongbao.reports.document import Style


def paragraph_style(  # noqa: PLR0913 - each is one element of w:style
    identifier: str,
    name: str,
    properties: str,
    characters: str = "",
    *,
    alias: str = "",
    based: str = "Normal",
    after: str = "",
    link: str = "",
    outline: int | None = None,
) -> str:
    """Write a paragraph style; a Chinese name is ours, an English one Word's own, shown by its alias.

    Args:
        identifier: what paragraphs refer to.
        name: what Word lists.
        properties: of the paragraph, in the order of the schema.
        characters: properties of its runs.
        alias: the Chinese name of a built-in style.
        based: the style that it refines.
        after: the style of the paragraph that one typed behind it gets.
        link: the character style that goes with it.
        outline: its level in the outline, from 0.
    """
    built_in = ' w:customStyle="1"' if name[0] > "\x7f" else ""
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:style w:type="paragraph"{built_in} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        + (f'<w:aliases w:val="{alias}"/>' if alias else "")
        + f'<w:basedOn w:val="{based}"/>'
        + (f'<w:next w:val="{after}"/>' if after else "")
        + (f'<w:link w:val="{link}"/>' if link else "")
        + f"<w:qFormat/><w:pPr>{properties}{level}</w:pPr><w:rPr>{characters}</w:rPr></w:style>"
    )


def character_style(identifier: str, name: str, properties: str, *, link: str = "") -> str:
    """Write a character style, for a few words inside a paragraph."""
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/>'
        + (f'<w:link w:val="{link}"/>' if link else "")
        + f"<w:qFormat/><w:rPr>{properties}</w:rPr></w:style>"
    )


def indented(style: Style) -> str:
    """Indent the first line by two characters."""
    return f'<w:ind w:firstLineChars="200" w:firstLine="{2 * character(style)}"/>'


def spacing(*, line: int, before: int = 0, after: int = 0) -> str:
    """Write an exact line and the white around a paragraph, in twips."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def aligned(side: str) -> str:
    """Align a paragraph."""
    return f'<w:jc w:val="{side}"/>'


def sized(points: float) -> str:
    """Write a size of letters, to the half point."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def face(font: str, size: float) -> str:
    """A font at its natural spacing: the tightening belongs to the 28 characters of body text only."""
    return f'{fonts(font)}<w:spacing w:val="0"/>{sized(size)}'
