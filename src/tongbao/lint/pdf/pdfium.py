"""Reads glyphs and shapes from the pages of a PDF with PDFium, as positions in millimetres from the top left corner."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from tongbao.lint.measured import MM_A_POINT
from tongbao.lint.refusal import damaged, encrypted, oversized

MOST_PAGES: Final = 500
MOST_GLYPHS: Final = 400_000
_MOST_SHAPES: Final = 100_000
_PASSWORD: Final = 4
_TEXT, _PATH, _FORM = 1, 2, 5
_FULL_TURN: Final = 4
_ASCENT, _DESCENT = 0.88, 0.12
_NAME: Final = 256


@dataclass(frozen=True, slots=True)
class Face:
    """A font of the file."""

    name: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character; `turn` is the number of quarter turns clockwise, None for any other slant.

    Attributes:
        base: baseline, from the top.
        ink: top and bottom of what is printed.
        hollow: the font has no picture for it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    face: Face
    colour: str
    turn: int | None = 0
    ink: tuple[float, float] = (0, 0)
    hollow: bool = False

    @property
    def top(self) -> float:
        """Top of the em box."""
        return self.base - _ASCENT * self.size * MM_A_POINT

    @property
    def bottom(self) -> float:
        """Bottom of the em box."""
        return self.base + _DESCENT * self.size * MM_A_POINT


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn thing: its bounding box, its colour, and how thick its line is (0: it is filled)."""

    left: float
    top: float
    right: float
    bottom: float
    colour: str
    line: float = 0

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on one page."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Pdf:
    """What is printed on all pages, and what the file says of itself."""

    pages: tuple[Page, ...]
    title: str
    language: str
    tagged: bool


def read(content: bytes) -> Pdf:
    """Read a whole PDF.

    Raises:
        Refused: it is damaged, has a password, or is far too big.
    """
    with _opened(content) as (raw, document):
        count = raw.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            raise oversized(f"有{count}页")
        pages = []
        left = MOST_GLYPHS
        for index in range(count):
            page = raw.FPDF_LoadPage(document, index)
            if not page:
                raise damaged(f"第{index + 1}页无法读取")
            try:
                pages.append(_PageReader(raw, page, index + 1).read())
            finally:
                raw.FPDF_ClosePage(page)
            left -= len(pages[-1].glyphs)
            if left < 0:
                raise oversized(f"超过{MOST_GLYPHS}个字")
        return Pdf(
            tuple(pages),
            _text(lambda buffer, size: raw.FPDF_GetMetaText(document, b"Title", buffer, size)),
            _text(
                lambda buffer, size: raw.FPDFCatalog_GetLanguage(
                    document, buffer and ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
                )
            ),
            bool(raw.FPDFCatalog_IsTagged(document)),
        )


@contextmanager
def _opened(content: bytes) -> Iterator[tuple[Any, Any]]:
    import pypdfium2_raw as raw

    raw.FPDF_InitLibrary()
    document = raw.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        raise encrypted() if raw.FPDF_GetLastError() == _PASSWORD else damaged("读不出页面")
    try:
        yield raw, document
    finally:
        raw.FPDF_CloseDocument(document)


def _text(call: Any) -> str:
    size = call(None, 0)
    if size <= 2 or size > 1 << 20:  # noqa: PLR2004 - two bytes are the end mark
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")


class _PageReader:
    """Reads one page; one buffer of each kind is used for all characters, which are many."""

    def __init__(self, raw: Any, page: Any, number: int) -> None:
        self._raw, self._page, self._number = raw, page, number
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        self._box = box
        self._rotation = raw.FPDFPage_GetRotation(page) % _FULL_TURN
        self._width = raw.FPDF_GetPageWidthF(page) * MM_A_POINT
        self._height = raw.FPDF_GetPageHeightF(page) * MM_A_POINT
        self._looks: dict[int, tuple[Face, float, str, int | None, bool]] = {}
        self._faces: dict[int, Face] = {}
        self._blank: dict[int, tuple[float, float] | None] = {}
        self._seen: dict[tuple[Face, str], bool] = {}

    def read(self) -> Page:
        return Page(self._number, self._width, self._height, tuple(self._glyphs()), tuple(self._shapes(None)))

    def _place(self, x: float, y: float) -> tuple[float, float]:
        """Points of the page's own system as mm from the top left corner of the page as it is shown."""
        left, bottom = x - self._box.left, y - self._box.bottom
        across, up = self._box.right - self._box.left, self._box.top - self._box.bottom
        x, y = (
            (left, up - bottom),
            (bottom, left),
            (across - left, bottom),
            (up - bottom, across - left),
        )[self._rotation]
        return x * MM_A_POINT, y * MM_A_POINT

    def _area(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        (x0, y0), (x1, y1) = self._place(left, top), self._place(right, bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _glyphs(self) -> Iterator[Glyph]:
        raw = self._raw
        text = raw.FPDFText_LoadPage(self._page)
        if not text:
            return
        try:
            count = raw.FPDFText_CountChars(text)
            if count > MOST_GLYPHS:
                raise oversized(f"第{self._number}页有{count}个字")
            high = 0
            for index in range(count):
                thing = raw.FPDFText_GetTextObject(text, index)
                if not thing:  # a blank that PDFium put between lines
                    continue
                code = raw.FPDFText_GetUnicode(text, index)
                if 0xD800 <= code < 0xDC00:  # noqa: PLR2004 - the first half of a rare character
                    high = code
                    continue
                if 0xDC00 <= code < 0xE000 and high:  # noqa: PLR2004
                    code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
                high = 0
                yield self._glyph(text, index, thing, code)
        finally:
            raw.FPDFText_ClosePage(text)

    def _glyph(self, text: Any, index: int, thing: Any, code: int) -> Glyph:
        raw = self._raw
        key = ctypes.cast(thing, ctypes.c_void_p).value or 0
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._look(text, index, thing)
        face, size, colour, turn, shown = look
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        left, top, right, bottom = self._area(box.left, box.bottom, box.right, box.top)
        _, base = self._place(x.value, y.value)
        character = chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd"  # noqa: PLR2004
        hollow, ink = False, (top, bottom)
        if not character.isspace():
            known = self._seen.get((face, character))
            if known is None or size >= 20 or character in "—-–":  # noqa: PLR2004 - whose ink is measured
                ink, empty = self._ink(text, index)
                known = self._seen[face, character] = (
                    empty or character == "\ufffd" or bool(raw.FPDFText_HasUnicodeMapError(text, index) == 1)
                )
            hollow = known and shown
        if turn != 0:
            return Glyph(character, left, right, bottom, size, face, colour, turn, (top, bottom), hollow)
        return Glyph(character, left, right, base, size, face, colour, turn, ink, hollow)

    def _look(self, text: Any, index: int, thing: Any) -> tuple[Face, float, str, int | None, bool]:
        raw = self._raw
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * (matrix.c**2 + matrix.d**2) ** 0.5
        colours = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFText_GetFillColor(text, index, *colours)
        turn = None
        if abs(matrix.b) < 1e-3 * abs(matrix.a):
            turn = (0 if matrix.a > 0 else 2) + self._rotation
        elif abs(matrix.a) < 1e-3 * abs(matrix.b):
            turn = (3 if matrix.b > 0 else 1) + self._rotation
        if turn is not None:
            turn %= _FULL_TURN
        mode = raw.FPDFTextObj_GetTextRenderMode(thing)
        return self._face(thing), round(size, 2), _hex(colours), turn, mode not in (3, 7)

    def _face(self, thing: Any) -> Face:
        raw = self._raw
        font = raw.FPDFTextObj_GetFont(thing)
        if not font:
            return Face("", embedded=False)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._faces:
            buffer = ctypes.create_string_buffer(_NAME)
            raw.FPDFFont_GetBaseFontName(font, buffer, _NAME)
            name = buffer.value.decode("utf-8", errors="replace")
            self._faces[key] = Face(name, bool(raw.FPDFFont_GetIsEmbedded(font)))
        return self._faces[key]

    def _ink(self, text: Any, index: int) -> tuple[tuple[float, float], bool]:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        self._raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        area = self._area(left.value, bottom.value, right.value, top.value)
        return (area[1], area[3]), top.value - bottom.value <= 0

    def _shapes(self, form: Any) -> Iterator[Shape]:
        raw = self._raw
        count = raw.FPDFFormObj_CountObjects(form) if form else raw.FPDFPage_CountObjects(self._page)
        if count > _MOST_SHAPES:
            raise oversized(f"第{self._number}页有{count}个图形")
        edges = [ctypes.c_float() for _ in range(4)]
        for index in range(count):
            thing = raw.FPDFPage_GetObject(self._page, index)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind not in (_PATH, _FORM):
                continue
            raw.FPDFPageObj_GetBounds(thing, *edges)
            area = self._clipped(thing, self._area(*(edge.value for edge in edges)))
            if kind == _FORM:
                yield Shape(*area, "000000")
            elif shape := self._path(thing, area):
                yield shape

    def _clipped(self, thing: Any, area: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """What the clip leaves of a box: borders are often drawn as a whole box of which one side is let through."""
        raw = self._raw
        clip = raw.FPDFPageObj_GetClipPath(thing)
        x, y = ctypes.c_float(), ctypes.c_float()
        for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
            corners = []
            for point in range(min(raw.FPDFClipPath_CountPathSegments(clip, path), 50)):
                raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, point), x, y)
                corners.append(self._place(x.value, y.value))
            if corners:
                across, down = [x for x, _ in corners], [y for _, y in corners]
                area = (
                    max(area[0], min(across)),
                    max(area[1], min(down)),
                    min(area[2], max(across)),
                    min(area[3], max(down)),
                )
        return area

    def _path(self, thing: Any, area: tuple[float, float, float, float]) -> Shape | None:
        raw = self._raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, fill, stroke)
        colours = [ctypes.c_uint() for _ in range(4)]
        if stroke.value:
            width, matrix = ctypes.c_float(), raw.FS_MATRIX()
            raw.FPDFPageObj_GetStrokeWidth(thing, width)
            raw.FPDFPageObj_GetMatrix(thing, matrix)
            raw.FPDFPageObj_GetStrokeColor(thing, *colours)
            scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
            return Shape(*area, _hex(colours), max(width.value * scale, 0.1) * MM_A_POINT)
        if not fill.value:  # a clip
            return None
        raw.FPDFPageObj_GetFillColor(thing, *colours)
        return Shape(*area, _hex(colours))


def _hex(colours: list[ctypes.c_uint]) -> str:
    return "".join(f"{colour.value & 0xFF:02X}" for colour in colours[:3])
