"""The numbers that Word itself puts before paragraphs (“一、”, “1.”), which stand nowhere in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tongbao.lint.word.cascade import Properties, flat
from tongbao.lint.word.package import Package, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DIGITS: Final = "〇一二三四五六七八九"
_CHINESE: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCountingThousand"}
)
_BULLETS: Final = frozenset({"bullet", "none"})


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, package: Package) -> None:
        root = package.beside("numbering.xml")
        self._levels: dict[tuple[str, int], Element] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}
        if root is None:
            return
        for abstract in root.iterfind(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            for level in abstract.iterfind(f"{W}lvl"):
                self._levels[key, int(level.get(f"{W}ilvl", "0"))] = level
        for number in root.iterfind(f"{W}num"):
            reference = number.find(f"{W}abstractNumId")
            if reference is not None:
                self._abstract[number.get(f"{W}numId", "")] = reference.get(f"{W}val", "")

    def label(self, properties: Properties) -> tuple[str, dict[str, str]]:
        """The number before a paragraph with these properties, and the level's own paragraph properties."""
        identifier = properties.get("numPr/numId/val", "0")
        depth = properties.get("numPr/ilvl/val", "0")
        depth_number = int(depth) if depth.isdecimal() else 0
        key = self._abstract.get(identifier, "")
        level = self._levels.get((key, depth_number))
        if level is None:
            return "", {}
        counter = self._counters.setdefault(key, {})
        counter[depth_number] = counter.get(depth_number, self._start(key, depth_number) - 1) + 1
        for deeper in [each for each in counter if each > depth_number]:
            del counter[deeper]
        text = level.find(f"{W}lvlText")
        pattern = text.get(f"{W}val", "") if text is not None else ""
        if self._form(key, depth_number) in _BULLETS:
            return "", flat(level.find(f"{W}pPr"))
        label = re.sub(r"%(\d)", lambda found: self._shown(key, int(found[1]) - 1, counter), pattern)
        return label, flat(level.find(f"{W}pPr"))

    def _shown(self, key: str, depth: int, counter: dict[int, int]) -> str:
        return counted(counter.get(depth, self._start(key, depth)), self._form(key, depth))

    def _form(self, key: str, depth: int) -> str:
        return self._value(key, depth, "numFmt", "decimal")

    def _start(self, key: str, depth: int) -> int:
        start = self._value(key, depth, "start", "1")
        return int(start) if start.isdecimal() else 1

    def _value(self, key: str, depth: int, name: str, default: str) -> str:
        level = self._levels.get((key, depth))
        element = level.find(f"{W}{name}") if level is not None else None
        return element.get(f"{W}val", default) if element is not None else default


def counted(number: int, form: str) -> str:
    """A number as Word writes it in a format of counting; up to 99 in Chinese."""
    if form not in _CHINESE:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    if tens > len(_DIGITS) - 1:
        return str(number)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
