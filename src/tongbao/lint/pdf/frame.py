"""From PDFium's points to millimetres from the top left corner of a page as it is shown."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from tongbao.lint.measured import MM_A_POINT

Area = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Frame:
    """One page's box and rotation."""

    def __init__(self, raw: Any, page: Any) -> None:
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        self.rotation = raw.FPDFPage_GetRotation(page) % 4
        self.width = raw.FPDF_GetPageWidthF(page) * MM_A_POINT
        self.height = raw.FPDF_GetPageHeightF(page) * MM_A_POINT
        self._left, self._bottom = box.left, box.bottom
        self._across, self._up = box.right - box.left, box.top - box.bottom

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page's own system is shown."""
        left, bottom = x - self._left, y - self._bottom
        match self.rotation:
            case 0:
                return left * MM_A_POINT, (self._up - bottom) * MM_A_POINT
            case 1:
                return bottom * MM_A_POINT, left * MM_A_POINT
            case 2:
                return (self._across - left) * MM_A_POINT, bottom * MM_A_POINT
            case _:
                return (self._up - bottom) * MM_A_POINT, (self._across - left) * MM_A_POINT

    def area(self, left: float, bottom: float, right: float, top: float) -> Area:
        """Where a box is shown."""
        x0, y0 = self.place(left, top)
        x1, y1 = self.place(right, bottom)
        if self.rotation == 0:
            return x0, y0, x1, y1
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def colour(parts: Sequence[ctypes.c_uint]) -> str:
    """RRGGBB."""
    return _hex(parts[0].value, parts[1].value, parts[2].value)


@lru_cache(maxsize=256)
def _hex(red: int, green: int, blue: int) -> str:
    return f"{red & 0xFF:02X}{green & 0xFF:02X}{blue & 0xFF:02X}"
