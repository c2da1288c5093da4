"""Where the text of a PDF stands on its pages: margins, lines and characters, measured from the printed lines."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Final

from tongbao.lint.measured import CHARACTER, MM_A_POINT, Sheet
from tongbao.lint.pdf.drawn import Band
from tongbao.lint.pdf.lines import Printed
from tongbao.lint.pdf.printed import Page

_IMPRINT: Final = re.compile(r"(?:主送|抄送|抄报)[：:]|\S.*\t.*印发$")
_LONG: Final = 100.0  # a line that tells where the text begins and ends
_FEW: Final = 4
_TEXT_HEIGHT: Final = 225.0
_TEXT_WIDTH: Final = 156.0
_OPENING: Final = "“‘（《〈【〔"
_HANZI: Final = "\u3400"
_PUNCTUATION: Final = "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·"


@dataclass(frozen=True, slots=True)
class Area:
    """The left and right edge of the text of a page."""

    left: float
    right: float


@dataclass(frozen=True)
class Leaf:
    """A page sorted: its lines of text, its bands, its page."""

    page: Page
    lines: tuple[Printed, ...]
    bands: tuple[Band, ...]

    @property
    def landscape(self) -> bool:
        """Whether it is turned."""
        return self.page.width > self.page.height

    def band_of(self, line: Printed) -> Band | None:
        """The table or figure in which a line stands."""
        middle = (line.top + line.bottom) / 2
        return next((band for band in self.bands if band.holds(middle)), None)

    @cached_property
    def text(self) -> list[Printed]:
        """The lines outside tables and figures, down to 版记, which is set otherwise."""
        above = takewhile(lambda line: not _IMPRINT.match(line.text), self.lines)
        return [line for line in above if not self.band_of(line)]


def body_size(leaves: Sequence[Leaf]) -> float:
    """The size in which most of the text is set."""
    counted: dict[float, int] = {}
    for leaf in leaves:
        for line in leaf.text:
            counted[line.size] = counted.get(line.size, 0) + len(line.glyphs)
    return max(counted, key=lambda size: counted[size], default=16.0)


def areas(leaves: Sequence[Leaf], size: float) -> list[Area]:
    """The text area of every page; a turned page is bound like the others, so its edges follow from the paper."""
    long = [
        line
        for leaf in leaves
        if not leaf.landscape
        for line in leaf.text
        if line.right - line.left > _LONG and abs(line.size - size) < 1 and "\t" not in line.text
    ]
    if len(long) >= _FEW:
        left = min(_peak(_left_edges(long)), _lowest(_left_edges(long)))
        right = max(_peak(_right_edges(long)), left + _LONG)
        right += _ragged(leaves[0], left, right, size)
    else:
        width = next((leaf.page.width for leaf in leaves if not leaf.landscape), 210.0)
        left, right = 28.0, width - 26.0
    upright, turned = Area(left, right), {leaf.page.width: Area(35, leaf.page.width - 37) for leaf in leaves}
    return [turned[leaf.page.width] if leaf.landscape else upright for leaf in leaves]


def _ragged(first: Leaf, left: float, right: float, size: float) -> float:
    """How far the text's edge lies behind its lines where they are not justified: the centred lines tell."""
    middles = [
        round(line.left + line.right) / 2
        for line in first.lines
        if line.left > left + 3 * CHARACTER and line.right < right - 2 * CHARACTER
    ]
    if len(middles) < 2:  # noqa: PLR2004
        return 0
    behind = 2 * max(sorted(middles), key=middles.count) - left - right
    return behind if 1 < behind < size * MM_A_POINT else 0


def _left_edges(lines: list[Printed]) -> list[float]:
    """Where lines begin; a mark that opens something may be set half as wide, so such lines are asked last."""
    return [line.left for line in lines if line.text[:1] not in _OPENING] or [line.left for line in lines]


def _right_edges(lines: list[Printed]) -> list[float]:
    """Where lines end; a mark at the end may be set half as wide, so lines that end with one are asked last."""
    return [line.right for line in lines if line.text[-1:] not in _PUNCTUATION] or [line.right for line in lines]


def _right(lines: list[Printed], area: Area) -> float:
    """Where the text of one page ends; as on all pages unless it reaches further."""
    own = _peak(_right_edges(lines))
    return own if own > area.right + 1 else area.right


def _peak(values: list[float]) -> float:
    """The value (to half a millimetre) that most lines share."""
    rounded = [round(value * 2) / 2 for value in values]
    top = max(sorted(set(rounded)), key=rounded.count)
    return statistics.median(value for value, step in zip(values, rounded, strict=True) if step == top)


def _lowest(values: list[float]) -> float:
    """The value at the far left that at least two lines share."""
    ordered = sorted(values)
    return next((one for one, two in pairwise(ordered) if two - one < 0.5), ordered[0])  # noqa: PLR2004


def sheet(leaf: Leaf, area: Area, size: float) -> Sheet:
    """The paper and what the body text on it shows; margins only where enough lines tell them."""
    page = leaf.page
    body = [line for line in leaf.text if abs(line.size - size) < 1]
    long = [line for line in body if line.right - line.left > _LONG and "\t" not in line.text]
    first = leaf.lines[0] if leaf.lines else None
    starts = bool(body) and body[0] is first and body[0].left - area.left < 3 * CHARACTER
    if leaf.landscape or len(long) < _FEW:
        return Sheet(page.number, page.width, page.height)
    pitch = _pitch(long)
    return Sheet(
        page.number,
        page.width,
        page.height,
        left=min(_left_edges(body)),
        top=body[0].top if starts else None,
        right=page.width - _right(long, area),
        bottom=page.height - body[-1].bottom if not leaf.bands and body[-1].bottom > 0.8 * page.height else None,
        lines=int(_TEXT_HEIGHT / pitch + 0.05) if pitch else None,
        characters=_characters(body),
    )


def _pitch(lines: list[Printed]) -> float | None:
    """From line to line inside paragraphs."""
    steps = [below.base - above.base for above, below in pairwise(lines) if below.number == above.number + 1]
    return statistics.median(steps) if len(steps) >= _FEW - 1 else None


def _characters(lines: list[Printed]) -> int | None:
    """How many Hanzi would fill 156 mm as tightly as these lines are set where they are not stretched."""
    steps = []
    for line in lines:
        for one, two in pairwise(line.glyphs):
            if one.text >= _HANZI and two.text >= _HANZI and not {one.text, two.text} & set(_PUNCTUATION):
                steps.append(two.left - one.left)
    if len(steps) < 10 * _FEW:
        return None
    natural = sorted(steps)[len(steps) // 10]
    if natural < 0.5 * lines[0].size * MM_A_POINT:
        return None
    return int(_TEXT_WIDTH / natural + 0.05)
