"""Reads the drawn lines and boxes of one page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final

from tongbao.lint.measured import MM_A_POINT
from tongbao.lint.pdf.frame import Area, Frame, colour
from tongbao.lint.pdf.printed import Shape
from tongbao.lint.refusal import oversized

_MOST_SHAPES: Final = 100_000
_PATH, _FORM = 2, 5


class ShapeReader:
    """Reads a page's shapes."""

    def __init__(self, raw: Any, page: Any, frame: Frame) -> None:
        self._raw, self._page, self._frame = raw, page, frame

    def read(self) -> Iterator[Shape]:
        """Every path that is painted, and every form as one box.

        Raises:
            Refused: there are far too many.
        """
        raw = self._raw
        count = raw.FPDFPage_CountObjects(self._page)
        if count > _MOST_SHAPES:
            raise oversized(f"一页有{count}个图形")
        edges = [ctypes.c_float() for _ in range(4)]
        for index in range(count):
            thing = raw.FPDFPage_GetObject(self._page, index)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind not in (_PATH, _FORM):
                continue
            raw.FPDFPageObj_GetBounds(thing, *edges)
            area = self._clipped(thing, self._frame.area(*(edge.value for edge in edges)))
            if kind == _FORM:
                yield Shape(*area, "000000")
            elif shape := self._path(thing, area):
                yield shape

    def _clipped(self, thing: Any, area: Area) -> Area:
        """What the clip leaves of a box: borders are often drawn as a whole box of which one side is let through."""
        raw = self._raw
        clip = raw.FPDFPageObj_GetClipPath(thing)
        x, y = ctypes.c_float(), ctypes.c_float()
        for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
            corners = []
            for point in range(min(raw.FPDFClipPath_CountPathSegments(clip, path), 50)):
                raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, point), x, y)
                corners.append(self._frame.place(x.value, y.value))
            if corners:
                across, down = [x for x, _ in corners], [y for _, y in corners]
                area = (
                    max(area[0], min(across)),
                    max(area[1], min(down)),
                    min(area[2], max(across)),
                    min(area[3], max(down)),
                )
        return area

    def _path(self, thing: Any, area: Area) -> Shape | None:
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
            return Shape(*area, colour(colours), max(width.value * scale, 0.1) * MM_A_POINT)
        if not fill.value:  # a clip
            return None
        raw.FPDFPageObj_GetFillColor(thing, *colours)
        return Shape(*area, colour(colours))
