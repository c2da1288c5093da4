"""Breaks a title between words into a 梯形 or 菱形, never inside a word, a number or a name (GB/T 9704 §7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

LINE_CAPACITY = 20
"""Characters of 2号 that fit the 156 mm of 版心."""

WIDE_CAPACITY = 28
"""Characters of 2号 that fit a landscape page."""

MOST_LINES = 6
"""A title of more lines is no title; page 1 would show no body."""

SHORTEST = 4
"""A line of fewer characters is under-full: 的通报 alone on the last one."""

_WHOLE = re.compile(
    r"\d{4}年(?:\d{1,2}(?:[—～-]\d{1,2})?月(?:\d{1,2}日)?)?"  # a date or a span of months
    r"|\d[\d.,]*(?:[—～-]\d[\d.,]*)?(?:[年月日个项位次件条分号度万亿%]|个百分点)?"  # a number with what it counts
)
_NEVER_FIRST = frozenset("，、；：。？！》”’）〕…—")
_NEVER_LAST = frozenset("《“‘（〔")
_LATIN = re.compile(r"[0-9A-Za-z]")


def break_title(words: Iterable[str], capacity: int = LINE_CAPACITY, whole: Iterable[str] = ()) -> tuple[str, ...]:
    """Choose the lines of a title, so that Word and PDF break it at the same words.

    Args:
        words: pieces between which it may break, in order; a full-width space at the end of one parts two organs.
        capacity: characters that a line holds.
        whole: names that stay whole even where a piece ends inside them; dates and numbers do anyway.

    Returns:
        As few lines as possible, no line under-full, in the shape of a 梯形 (longer or shorter from line to line) or
        a 菱形 (longest in the middle); one line more where that alone gives such a shape, and the least bad lines
        where nothing does.

    Raises:
        ValueError: one piece alone is longer than a line, or there are more than `MOST_LINES` lines.
    """
    pieces = _unbroken([word for word in words if word], tuple(whole))
    if longest := next((piece for piece in pieces if _width(piece.strip()) > capacity), None):
        raise ValueError(f"“{longest.strip()}”超过一行{capacity}字")
    widths = [_width(piece) for piece in pieces]
    fewest = _fewest(widths, capacity)
    if fewest > MOST_LINES:
        raise ValueError(f"共{fewest}行，最多{MOST_LINES}行")
    best = _best(pieces, capacity, fewest)
    more = _best(pieces, capacity, fewest + 1) if _badness(best)[:2] > (0, 0) else ()
    return min((lines for lines in (best, more) if lines), key=_badness, default=())


def text_of(words: Iterable[str]) -> str:
    """The title in one line, as messages and the file's properties have it."""
    return _joined([word for word in words if word])


def _unbroken(words: list[str], whole: tuple[str, ...]) -> list[str]:
    """Join the pieces between which there is no break: inside names, dates and numbers, before or after a mark."""
    text = "".join(words)
    spans = [match.span() for match in _WHOLE.finditer(text)]
    for name in ("".join(each.split()) for each in whole):
        spans += [match.span() for match in re.finditer(re.escape(name), text)] if name else []
    pieces: list[str] = []
    position = 0
    for word in words:
        inside = any(start < position < end for start, end in spans)
        if pieces and (inside or _stay_together(pieces[-1], word)):
            pieces[-1] = _joined([pieces[-1], word])
        else:
            pieces.append(word)
        position += len(word)
    return pieces


def _stay_together(before: str, after: str) -> bool:
    """Whether a line may not end between two pieces: at a mark that opens or closes, or amid Latin words."""
    return after[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST or _both_latin(before, after)


def _joined(pieces: list[str]) -> str:
    """Pieces on one line; Latin words keep the space between them."""
    text = ""
    for piece in pieces:
        parted = text and _both_latin(text, piece) and not (text[-1].isdigit() and piece[0].isdigit())
        text += f" {piece}" if parted else piece
    return text.strip()


def _both_latin(before: str, after: str) -> bool:
    return bool(_LATIN.match(before[-1]) and _LATIN.match(after[0]))


def _width(line: str) -> float:
    """Characters, with half-width ones counted as half."""
    return sum(0.5 if character.isascii() else 1 for character in line)


def _fewest(widths: list[float], capacity: int) -> int:
    """The number of lines when each takes what it holds."""
    count, filled = 0, float(capacity)
    for width in widths:
        filled += width
        if filled > capacity:
            count, filled = count + 1, width
    return count


def _best(pieces: list[str], capacity: int, count: int) -> tuple[str, ...]:
    """The pieces on so many lines, with the best shape and as even as can be; () where they do not go there."""
    edges = list(accumulate((_width(piece) for piece in pieces), initial=0.0))
    choices = (
        tuple(_joined(pieces[start:end]) for start, end in pairwise(places))
        for places in _breakings(edges, capacity, count)
    )
    return min(choices, key=_badness, default=())


def _breakings(edges: list[float], capacity: int, count: int, start: int = 0) -> Iterator[tuple[int, ...]]:
    """Every way to cut from a place on into so many lines, none too long, as the places of the cuts."""
    last = len(edges) - 1
    if count <= 1:
        if start < last and edges[last] - edges[start] <= capacity:
            yield (start, last)
        return
    for end in range(start + 1, last - count + 2):
        if edges[end] - edges[start] > capacity:
            return
        if edges[last] - edges[end] <= capacity * (count - 1):
            yield from ((start, *rest) for rest in _breakings(edges, capacity, count - 1, end))


def _badness(lines: tuple[str, ...]) -> tuple[int, int, int, float]:
    """Under-full lines and forbidden shapes first, then the number of lines, then how uneven they are."""
    if not lines:
        return 0, 0, 0, 0.0
    widths = [_width(line) for line in lines]
    mean = sum(widths) / len(widths)
    underfull = len(lines) > 1 and min(widths) < SHORTEST
    waisted = not _rises_then_falls(widths)
    oblong = len(lines) > 1 and len(set(widths)) == 1
    return underfull + waisted, oblong, len(lines), sum((width - mean) ** 2 for width in widths)


def _rises_then_falls(widths: list[float]) -> bool:
    """Whether no line is shorter than one above and one below it: 梯形 either way up, 菱形."""
    longest_above = list(accumulate(widths, max))
    longest_below = list(accumulate(reversed(widths), max))[::-1]
    return all(
        width >= min(above, below) for width, above, below in zip(widths, longest_above, longest_below, strict=True)
    )
