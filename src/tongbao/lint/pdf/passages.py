"""Puts printed lines together to paragraphs, as a reader does by indents and by where lines end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tongbao.lint.measured import CHARACTER, MM_A_POINT, Align, Passage, Run
from tongbao.lint.pdf.drawn import Band
from tongbao.lint.pdf.folios import folio_line
from tongbao.lint.pdf.lines import Printed
from tongbao.lint.pdf.paper import Area, Leaf

_FULL: Final = 2.2 * CHARACTER  # a line that ends nearer to the edge may go on
_SAME: Final = 0.3 * CHARACTER
_HANGING: Final = re.compile(r"^(附件[：:]|\d{1,2}[.．、]|抄送[：:]|主送[：:]|出席[：:]|列席[：:]|请假[：:])")
_CENTRED: Final = 1.0
_FAR: Final = 8 * CHARACTER
_OPENING: Final = "“‘（《〈【〔"
_TITLE_SIZE: Final = 20.0


@dataclass(slots=True)
class _Open:
    """A paragraph that may still grow."""

    lines: list[Printed]
    area: Area
    band: Band | None
    box: int | None
    gap: float | None
    opens: bool
    areas: list[Area] = field(default_factory=list)


def passages(leaves: Sequence[Leaf], areas: Sequence[Area]) -> tuple[Passage, ...]:
    """All paragraphs of a document in their order; page numbers are left out."""
    return tuple(_closed(number, each) for number, each in enumerate(_opened(leaves, areas), 1))


def _opened(leaves: Sequence[Leaf], areas: Sequence[Area]) -> Iterator[_Open]:
    held: _Open | None = None
    boxes = 0
    for leaf, area in zip(leaves, areas, strict=True):
        number = folio_line(leaf)
        above: float | None = None
        boxes += len(leaf.bands)
        for line in leaf.lines:
            if line is number:
                continue
            band = leaf.band_of(line)
            if held and band is None and held.band is None and _goes_on(held, line, area, new_page=above is None):
                held.lines.append(line)
                held.areas.append(area)
            else:
                if held:
                    yield held
                over = [band.bottom for band in leaf.bands if band.bottom <= line.top]
                ground = max([height for height in (above, *over) if height is not None], default=None)
                box = boxes - len(leaf.bands) + leaf.bands.index(band) if band else None
                gap = line.top - ground if ground is not None else None
                held = _Open([line], area, band, box, gap, above is None and not over, [area])
            above = max(line.bottom, above or 0)
    if held:
        yield held


def _goes_on(held: _Open, line: Printed, area: Area, *, new_page: bool) -> bool:
    """Whether a line belongs to the paragraph above it."""
    last = held.lines[-1]
    last_area = held.areas[-1]
    if abs(last.size - line.size) > 0.6 or "\t" in line.text or "\t" in last.text:  # noqa: PLR2004
        return False
    # Lines of marks and titles stand each by itself; 署名 and date begin far to the right.
    if line.size >= _TITLE_SIZE or held.lines[0].left - held.areas[0].left > _FAR:
        return False
    start = _start(line, area)
    if last_area.right - last.right > _FULL or start < -_SAME:
        return False
    if not new_page and line.base - last.base > 2.2 * line.size * 25.4 / 72:
        return False
    first = held.lines[0].left - held.areas[0].left
    if len(held.lines) > 1:
        hang = _start(held.lines[1], held.areas[1])
        return abs(start - hang) < _SAME
    hanging = bool(_HANGING.match(held.lines[0].text)) and start > first + _SAME
    centred = _is_centred(line, area) and start > _CENTRED * CHARACTER
    return (abs(start) < _SAME and not centred) or hanging


def _start(line: Printed, area: Area) -> float:
    """Where a line begins; a mark that opens something may be set half as wide and then hangs out."""
    start = line.left - area.left
    return start + line.size * MM_A_POINT / 2 if start < -_SAME and line.text[:1] in _OPENING else start


def _is_centred(line: Printed, area: Area) -> bool:
    slack = max(0.5 * CHARACTER, 0.6 * line.size * MM_A_POINT)  # a mark at its end may be set half as wide
    return abs((line.left - area.left) - (area.right - line.right)) < slack


def _closed(number: int, held: _Open) -> Passage:
    first, area = held.lines[0], held.area
    runs: list[Run] = []
    for line in held.lines:
        runs += line.runs()
    hang = _start(held.lines[1], held.areas[1]) if len(held.lines) > 1 else None
    return Passage(
        number,
        "".join(line.text for line in held.lines),
        tuple(runs),
        tuple(line.line for line in held.lines),
        _align(held),
        first.left - area.left,
        held.areas[-1].right - held.lines[-1].right,
        hang,
        held.gap,
        held.opens,
        held.band.kind if held.band else "text",
        box=held.box,
    )


def _align(held: _Open) -> Align:
    first, area = held.lines[0], held.area
    if len(held.lines) > 1:
        return "justify"
    left, right = first.left - area.left, area.right - first.right
    if left > 3 * CHARACTER and _is_centred(first, area):
        return "center"
    if _is_centred(first, area) and first.size >= 18:  # noqa: PLR2004 - a title as wide as the page
        return "center"
    return "right" if left > right and left > 6 * CHARACTER else "left"
