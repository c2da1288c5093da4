"""What a paragraph and its runs really look like: defaults, styles and direct formatting laid over each other.

Properties are kept flat, as `element/attribute` → value (`ind/left`, `rFonts/eastAsia`, `pBdr/bottom/sz`), so that
each layer overrides attribute by attribute, as Word does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tongbao.lint.word.package import A, Package, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Properties = Mapping[str, str]
_SKIPPED: Final = frozenset({"rPr", "sectPr", "tabs", "pPrChange", "rPrChange"})
_DEEP: Final = 20  # styles based on styles
_OFF: Final = frozenset({"0", "false", "off", "none"})
_THEMED: Final = {"ascii": "asciiTheme", "eastAsia": "eastAsiaTheme", "hAnsi": "hAnsiTheme", "cs": "cstheme"}


def flat(element: Element | None, prefix: str = "") -> dict[str, str]:
    """The properties of a w:pPr or w:rPr."""
    found: dict[str, str] = {}
    for child in element if element is not None else ():
        tag = child.tag
        if not isinstance(tag, str) or not tag.startswith(W):
            continue
        name = tag[len(W) :]
        if name in _SKIPPED:
            continue
        key = prefix + name
        if len(child):
            found |= flat(child, f"{key}/")
        elif not child.attrib:
            found[f"{key}/val"] = "1"
        for attribute, value in child.attrib.items():
            found[f"{key}/{str(attribute).rpartition('}')[2]}"] = str(value)
    return found


def laid_over(lower: Properties, upper: Properties) -> dict[str, str]:
    """One layer over another; a font named above ends a theme font below."""
    merged = {**lower, **upper}
    for plain, theme in _THEMED.items():
        if f"rFonts/{plain}" in upper and f"rFonts/{theme}" not in upper:
            merged.pop(f"rFonts/{theme}", None)
    return merged


def is_on(properties: Properties, name: str) -> bool:
    """Whether a switch such as w:b is set."""
    return properties.get(f"{name}/val", "0") not in _OFF


class Styles:
    """The styles of a file, each with everything that it inherits."""

    def __init__(self, package: Package) -> None:
        root = package.beside("styles.xml")
        self._styles: dict[str, Element] = {}
        self._resolved: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
        self.default = ""
        self.paragraph_defaults: dict[str, str] = {}
        self.character_defaults: dict[str, str] = {"sz/val": "20"}
        self._theme = _theme_fonts(package)
        if root is None:
            return
        for style in root.iterfind(f"{W}style"):
            identifier = style.get(f"{W}styleId", "")
            self._styles[identifier] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self.default = identifier
        defaults = root.find(f"{W}docDefaults")
        if defaults is not None:
            self.paragraph_defaults = flat(defaults.find(f"{W}pPrDefault/{W}pPr"))
            self.character_defaults |= flat(defaults.find(f"{W}rPrDefault/{W}rPr"))

    def name(self, identifier: str) -> str:
        """The name by which people know a style."""
        style = self._styles.get(identifier)
        name = style.find(f"{W}name") if style is not None else None
        return name.get(f"{W}val", "") if name is not None else ""

    def resolved(self, identifier: str, depth: int = 0) -> tuple[dict[str, str], dict[str, str]]:
        """Paragraph and character properties of a style with those of the styles below it."""
        if identifier in self._resolved:
            return self._resolved[identifier]
        style = self._styles.get(identifier)
        if style is None or depth > _DEEP:
            return {}, {}
        based = style.find(f"{W}basedOn")
        lower = self.resolved(based.get(f"{W}val", ""), depth + 1) if based is not None else ({}, {})
        merged = (
            laid_over(lower[0], flat(style.find(f"{W}pPr"))),
            laid_over(lower[1], flat(style.find(f"{W}rPr"))),
        )
        self._resolved[identifier] = merged
        return merged

    def table(self, identifier: str) -> dict[str, str]:
        """The borders of a table style, by `tblBorders/…`."""
        style = self._styles.get(identifier)
        found: dict[str, str] = {}
        for _ in range(_DEEP):
            if style is None:
                break
            found = {**flat(style.find(f"{W}tblPr")), **found}
            based = style.find(f"{W}basedOn")
            style = self._styles.get(based.get(f"{W}val", "")) if based is not None else None
        return found

    def font(self, properties: Properties, script: str) -> tuple[str, bool]:
        """The font for a script (`eastAsia` or `ascii`) and whether the theme gives it."""
        theme = properties.get(f"rFonts/{_THEMED[script]}")
        if theme and (named := self._theme.get(theme)):
            return named, True
        return properties.get(f"rFonts/{script}", "Times New Roman" if script == "ascii" else ""), bool(theme)


def _theme_fonts(package: Package) -> dict[str, str]:
    root = package.beside("theme/theme1.xml")
    found: dict[str, str] = {}
    if root is None:
        return found
    for kind in ("major", "minor"):
        fonts = root.find(f".//{A}{kind}Font")
        if fonts is None:
            continue
        latin, east = fonts.find(f"{A}latin"), fonts.find(f"{A}ea")
        chinese = next((each for each in fonts.iterfind(f"{A}font") if each.get("script") == "Hans"), None)
        western = latin.get("typeface", "") if latin is not None else ""
        eastern = east.get("typeface", "") if east is not None else ""
        eastern = eastern or (chinese.get("typeface", "") if chinese is not None else "")
        found |= {f"{kind}Ascii": western, f"{kind}HAnsi": western, f"{kind}EastAsia": eastern}
    return found
