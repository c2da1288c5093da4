"""How many lines a text takes: breaking as Word does, so that a page can be filled before any program lays it out."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final

from tongbao.outputs.word.xml import em_width

_CLOSING: Final = "、。，．；：？！）〕】》〉」』”’…—～％‰℃"
_OPENING: Final = "（〔【《〈「『“‘"
# A word of Latin letters or digits stays whole; a mark stays with the character that it belongs to.
_TOKENS: Final = re.compile(
    rf"[!-~]+[{_CLOSING}]+|[!-~]+| +|[{_OPENING}]+.?[{_CLOSING}]*|[^!-~ {_CLOSING}{_OPENING}][{_CLOSING}]+"
    rf"|[^!-~ {_CLOSING}{_OPENING}]+(?![{_CLOSING}])|.",
    re.DOTALL,
)


@lru_cache(maxsize=1024)
def line_count(text: str, width: float, indent: float = 0.0) -> int:
    """Count the lines of a paragraph; an empty one takes a line too.

    Args:
        text: its text; a line feed begins a new line.
        width: of a line, in characters.
        indent: of the first line, in characters; negative where the others are indented instead.
    """
    return sum(
        _lines(part, width, indent if place == 0 else min(indent, 0.0)) for place, part in enumerate(text.split("\n"))
    )


def _lines(text: str, width: float, indent: float) -> int:
    if em_width(text) + indent <= width:
        return 1
    lines, at = 1, indent
    for token in _TOKENS.findall(text):
        size = em_width(token)
        if at + size <= width:
            at += size
            continue
        if token.isspace():  # white space at the end of a line takes no room
            at = width
            continue
        # A run of Chinese characters breaks anywhere; so does a word longer than a line.
        breaks = size > width or (len(token) > 1 and not token[0].isascii() and token[-1] not in _CLOSING)
        if breaks and token[0] not in _OPENING:
            size -= math.floor(max(0.0, width - at))
        more = max(1, math.ceil(size / math.floor(width)))
        lines += more
        at = size - (more - 1) * math.floor(width)
    return lines
