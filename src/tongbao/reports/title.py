"""Breaks a title between words into a 梯形 or 菱形, never inside a word (GB/T 9704 §7.3.1)."""

from __future__ import annotations

from itertools import combinations, pairwise

LINE_CAPACITY = 20
"""Characters of 2号 that fit the 156 mm of 版心."""

WIDE_CAPACITY = 28
"""Characters of 2号 that fit a landscape page."""


def break_title(words: tuple[str, ...], capacity: int = LINE_CAPACITY) -> tuple[str, ...]:
    """Choose the lines of a title, so that Word and PDF break it at the same words.

    Args:
        words: pieces that must stay whole, in order.
        capacity: characters that a line holds.

    Returns:
        As few lines as possible, as even as possible; an hour-glass (a middle line shorter than both its
        neighbours) only when nothing else fits.

    Raises:
        ValueError: one word alone is longer than a line.
    """
    if longest := next((word for word in words if _width(word) > capacity), None):
        raise ValueError(f"“{longest}”超过一行{capacity}字")
    for count in range(1, len(words) + 1):
        choices = [_lines(words, breaks) for breaks in combinations(range(1, len(words)), count - 1)]
        fitting = [lines for lines in choices if all(_width(line) <= capacity for line in lines)]
        if fitting:
            return min(fitting, key=_unevenness)
    return ()


def _lines(words: tuple[str, ...], breaks: tuple[int, ...]) -> tuple[str, ...]:
    edges = (0, *breaks, len(words))
    return tuple("".join(words[start:end]).strip() for start, end in pairwise(edges))


def _width(line: str) -> float:
    """Characters, with half-width ones counted as half."""
    return sum(0.5 if character.isascii() else 1 for character in line)


def _unevenness(lines: tuple[str, ...]) -> tuple[bool, float]:
    widths = [_width(line) for line in lines]
    waisted = any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
    mean = sum(widths) / len(widths)
    return waisted, sum((width - mean) ** 2 for width in widths)
