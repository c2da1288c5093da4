"""What a clerk does by hand when 署名 would stand alone on a page: lines a little closer or a little apart (§7.3.5.5).

“此页无正文” is never written. Where lines alone cannot help, the last two lines of the text go over with 署名.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tongbao.reports.document import Block, Heading, Paragraph

_BOTTOM = 262.0  # mm from the upper edge: where the type area ends
_LINE = 225 / 22  # mm
_LINES = 22
_HEAD = 9  # lines of page 1 that the head takes
_POINTS = 72 / 25.4
_CLOSEST, _WIDEST = 1.3, 1.3  # pt by which the distance of 29 pt may change: 23 or 21 lines a page
_MARGIN = 1.4  # lines move over from page to page in whole ones, so that a little more is needed
_SHORT = 4 * 28  # characters

Facts = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A change to a layout that would leave 署名 alone, or page 1 without text.

    Attributes:
        pitch: pt added to the distance of the lines.
        reserve: mm kept free at the bottom of the page on which the last block begins, so that its last lines go over.
        over: how many of the last blocks go over whole.
        single: whether one line of a paragraph may stand apart from the others.
    """

    pitch: float = 0.0
    reserve: float = 0.0
    over: int = 0
    single: bool = False


def alone(facts: Facts) -> bool:
    """Whether 署名 came to stand on a page without any text."""
    closing = _found(facts, "closing")
    return closing is not None and bool(closing["page"] > _text(facts)["page"])


def late(facts: Facts) -> bool:
    """Whether the text begins on page 2: page 1 must show some (§7.3.3)."""
    start = _found(facts, "text-start")
    return start is not None and bool(start["page"] > 1)


def overfull(facts: Facts) -> bool:
    """Whether 版记 is higher than any page."""
    imprint = _found(facts, "imprint")
    return imprint is not None and bool(imprint["height"] > _LINES * _LINE)


def earlier() -> Iterator[Adjusted]:
    """Changes that may bring the beginning of the text to page 1, the least first."""
    yield Adjusted(single=True)
    yield Adjusted(pitch=-_CLOSEST / 2, single=True)
    yield Adjusted(pitch=-_CLOSEST, single=True)


def remedies(facts: Facts, blocks: Sequence[Block], so_far: Adjusted) -> Iterator[Adjusted]:
    """Changes that may bring 署名 and text together, the least first; whether one does, only the next layout tells."""
    text, closing, annexes = _text(facts), _found(facts, "closing"), _found(facts, "annexes")
    if closing is None:
        return
    free = _BOTTOM - text["bottom"]
    lines = max(1.0, _LINES * text["page"] - _HEAD - free / _LINE)
    lacking = closing["height"] + (annexes["height"] if annexes else 0.0) - free
    closer = _MARGIN * lacking * _POINTS / lines
    if closer <= _CLOSEST:
        yield replace(so_far, pitch=-closer)
    wider = (free + 1.2 * _LINE) * _POINTS / lines
    if wider <= _WIDEST:
        yield replace(so_far, pitch=wider)
    if _divisible(blocks[-1]):
        yield replace(so_far, reserve=free + 1.2 * _LINE)
    yield replace(so_far, over=1 + _headings_before_the_last(blocks))
    yield from (replace(so_far, pitch=change) for change in (-_CLOSEST, _WIDEST))  # a paragraph of more than a page


def _divisible(block: Block) -> bool:
    """Whether some lines can go over and some stay; a line or two go over whole."""
    return not isinstance(block, Paragraph) or len(block.text) > _SHORT


def _headings_before_the_last(blocks: Sequence[Block]) -> int:
    count = 0
    for block in reversed(blocks[:-1]):
        if not isinstance(block, Heading) or block.tail:
            break
        count += 1
    return count


def _text(facts: Facts) -> Mapping[str, Any]:
    return next(fact for fact in facts if fact["kind"] == "text")


def _found(facts: Facts, kind: str) -> Mapping[str, Any] | None:
    return next((fact for fact in facts if fact["kind"] == kind), None)
