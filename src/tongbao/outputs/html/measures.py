"""The measures of 版心 (GB/T 9704 §5) that several parts of a page are laid out by."""

from __future__ import annotations

LINE = 225 / 22
"""mm: from line to line."""
CHARACTER = 156 / 28
"""mm: from character to character."""
TYPE_AREA = 156 / 25.4 * 72
"""pt: the width of 版心."""
WIDE_TYPE_AREA = 225 / 25.4 * 72
"""pt: the width of 版心 of a landscape page."""
MM_A_POINT = 25.4 / 72
