"""Reads the printed characters of one page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tongbao.lint.pdf.frame import Frame, colour
from tongbao.lint.pdf.printed import Face, Glyph
from tongbao.lint.refusal import oversized

MOST_GLYPHS: Final = 400_000
_NAME: Final = 256
_LARGE: Final = 20.0
_DASHES: Final = "—-–"  # whose height on the page is measured
_HIDDEN: Final = frozenset({3, 7})  # text that is not painted
_SLANT: Final = 1e-3
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000  # halves of rare characters


@dataclass(frozen=True, slots=True)
class _Look:
    face: Face
    size: float
    colour: str
    turn: int | None
    shown: bool
    hollow: dict[str, bool]  # what is known of the characters of its font


class GlyphReader:
    """Reads a page's characters; one buffer of each kind serves them all, for they are many."""

    def __init__(self, raw: Any, page: Any, frame: Frame) -> None:
        self._raw, self._page, self._frame = raw, page, frame
        self._looks: dict[int, _Look] = {}
        self._faces: dict[int, Face] = {}
        self._nameless = Face("", embedded=False)
        self._hollow: dict[int, dict[str, bool]] = {}
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._sides = [ctypes.c_double() for _ in range(4)]
        self._colours = [ctypes.c_uint() for _ in range(4)]

    def read(self) -> Iterator[Glyph]:
        """Every character with a place; blanks that PDFium puts between lines are none.

        Raises:
            Refused: there are far too many.
        """
        raw = self._raw
        text = raw.FPDFText_LoadPage(self._page)
        if not text:
            return
        try:
            count = raw.FPDFText_CountChars(text)
            if count > MOST_GLYPHS:
                raise oversized(f"一页有{count}个字")
            high = 0
            for index in range(count):
                thing = raw.FPDFText_GetTextObject(text, index)
                if not thing:
                    continue
                code = raw.FPDFText_GetUnicode(text, index)
                if _HIGH <= code < _LOW:
                    high = code
                    continue
                if _LOW <= code < _END and high:
                    code = 0x10000 + ((high - _HIGH) << 10) + (code - _LOW)
                high = 0
                yield self._glyph(text, index, thing, code)
        finally:
            raw.FPDFText_ClosePage(text)

    def _glyph(self, text: Any, index: int, thing: Any, code: int) -> Glyph:
        raw, box, frame = self._raw, self._box, self._frame
        key = ctypes.addressof(thing.contents)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._look(text, index, thing)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, self._x, self._y)
        left, top, right, bottom = frame.area(box.left, box.bottom, box.right, box.top)
        base = frame.place(self._x.value, self._y.value)[1] if look.turn == 0 else bottom
        character = chr(code) if code and not _HIGH <= code < _END else "\ufffd"
        ink, hollow = (top, bottom), False
        if not character.isspace():
            known = look.hollow.get(character)
            if known is None or look.size >= _LARGE or character in _DASHES:
                ink, known = self._ink(text, index, character, ink)
                look.hollow[character] = known
            hollow = known and look.shown
        if look.turn != 0:
            ink = top, bottom
        return Glyph(character, left, right, base, look.size, look.face, look.colour, look.turn, ink, hollow)

    def _look(self, text: Any, index: int, thing: Any) -> _Look:
        raw, matrix = self._raw, self._matrix
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * (matrix.c**2 + matrix.d**2) ** 0.5
        raw.FPDFText_GetFillColor(text, index, *self._colours)
        turn: int | None = None
        if abs(matrix.b) < _SLANT * abs(matrix.a):
            turn = 0 if matrix.a > 0 else 2
        elif abs(matrix.a) < _SLANT * abs(matrix.b):
            turn = 3 if matrix.b > 0 else 1
        if turn is not None:
            turn = (turn + self._frame.rotation) % 4
        shown = raw.FPDFTextObj_GetTextRenderMode(thing) not in _HIDDEN
        face = self._face(thing)
        known = self._hollow.setdefault(id(face), {})
        return _Look(face, round(size, 2), colour(self._colours), turn, shown, known)

    def _face(self, thing: Any) -> Face:
        raw = self._raw
        font = raw.FPDFTextObj_GetFont(thing)
        if not font:
            return self._nameless
        key = ctypes.addressof(font.contents)
        if key not in self._faces:
            buffer = ctypes.create_string_buffer(_NAME)
            raw.FPDFFont_GetBaseFontName(font, buffer, _NAME)
            name = buffer.value.decode("utf-8", errors="replace")
            self._faces[key] = Face(name, bool(raw.FPDFFont_GetIsEmbedded(font)))
        return self._faces[key]

    def _ink(
        self, text: Any, index: int, character: str, nothing: tuple[float, float]
    ) -> tuple[tuple[float, float], bool]:
        """Top and bottom of what is printed, and whether that is nothing or nobody knows which character it is."""
        left, right, bottom, top = self._sides
        self._raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        unknown = character == "\ufffd" or self._raw.FPDFText_HasUnicodeMapError(text, index) == 1
        if top.value - bottom.value <= 0:
            return nothing, True
        area = self._frame.area(left.value, bottom.value, right.value, top.value)
        return (area[1], area[3]), unknown
