"""A document as it was measured, whoever made it and whichever format it has: what all rules look at.

Lengths are millimetres, sizes of characters points. Word has no pages before it is laid out, so its passages have
none; a PDF has no paragraphs, so its passages are put together from the lines on its pages.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal, TypeVar

MM_A_POINT = 25.4 / 72
CHARACTER = 156 / 28
"""一字: one of the 28 characters of a full line, in mm."""
LINE = 225 / 22
"""一行: one of the 22 lines of a full page, in mm."""
BODY_SIZE = 16.0
"""三号, in points."""
LEADING = LINE - BODY_SIZE * MM_A_POINT
"""White between two lines of body text, in mm."""


class Format(StrEnum):
    """What kind of file was measured."""

    WORD = "docx"
    PDF = "pdf"


_Key = TypeVar("_Key", bound=Hashable)

Role = Literal["仿宋", "楷体", "黑体", "宋体", "小标宋", "其他"]
Align = Literal["left", "center", "right", "justify"]
Room = Literal["text", "table", "figure", "frame"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; `role` is the family of its font, `colour` is RRGGBB."""

    text: str
    font: str
    role: Role
    size: float
    colour: str = "000000"
    bold: bool = False

    @property
    def red(self) -> bool:
        """Whether a reader would call it red."""
        return is_red(self.colour)


def is_red(colour: str) -> bool:
    """Whether a reader would call a colour (RRGGBB) red: much red, little else."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return red >= 0x90 and max(green, blue) <= 0x60  # noqa: PLR2004 - from brick red to orange red


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a PDF, or what stands between two line breaks of a Word paragraph.

    Attributes:
        page: its page, from 1; None in Word.
        number: which line of its page it is, from 1; of its paragraph in Word.
        left: from the page's left edge to the first character; None in Word.
        right: from the page's left edge to the end of the last character; None in Word.
        top: from the page's top edge to the top of the em box; in Word reckoned from what stands above, as long as
            that is known.
        bottom: to the bottom of the em box.
        ink: top and bottom of what is really black (or red).
    """

    text: str
    page: int | None = None
    number: int = 1
    left: float | None = None
    right: float | None = None
    top: float | None = None
    bottom: float | None = None
    ink: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as a reader sees it.

    Attributes:
        number: which paragraph of the document, from 1.
        indent: from the left edge of 版心 to its first character.
        hang: from there to the first character of its further lines; None when there is only one line or nobody knows.
        inset: from its last character to the right edge of 版心; for one line.
        gap: from the bottom of the em box above to the top of its own; None at the top of a page (PDF) or file.
        opens: whether it begins a page by a break (Word) or by its place (PDF).
        room: where it stands; only `text` belongs to the flow of reading.
        style: the name of its Word style.
        box: which table or figure it stands in, from 0.
        pitch: from line to line, where the format says so (Word).
        advance: from one Hanzi to the next, where the format says so (Word).
    """

    number: int
    text: str
    runs: tuple[Run, ...]
    lines: tuple[Line, ...]
    align: Align
    indent: float
    inset: float
    hang: float | None = None
    gap: float | None = None
    opens: bool = False
    room: Room = "text"
    style: str = ""
    box: int | None = None
    pitch: float | None = None
    advance: float | None = None

    @property
    def page(self) -> int | None:
        """The page on which it begins."""
        return self.lines[0].page if self.lines else None

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        return _most([(run.size, len(run.text.strip())) for run in self.runs], 0.0)

    @property
    def role(self) -> Role:
        """The font role of most of its Hanzi (of all characters where there are none)."""
        return role_of(self.runs)

    @property
    def red(self) -> bool:
        """Whether every printed character is red."""
        inked = [run for run in self.runs if run.text.strip()]
        return bool(inked) and all(run.red for run in inked)

    @property
    def blank_lines(self) -> float | None:
        """How many lines could stand between it and what is above; None where that is not known."""
        return None if self.gap is None else (self.gap - LEADING) / LINE


def _most(counted: Iterable[tuple[_Key, int]], nothing: _Key) -> _Key:
    totals: dict[_Key, int] = {}
    for key, count in counted:
        totals[key] = totals.get(key, 0) + count
    return max(totals, key=lambda key: totals[key]) if totals else nothing


def role_of(runs: tuple[Run, ...]) -> Role:
    """The font role of most Hanzi in some runs."""
    hanzi = [(run.role, sum(each >= "\u3400" for each in run.text)) for run in runs]
    counted = hanzi if any(count for _, count in hanzi) else [(run.role, len(run.text.strip())) for run in runs]
    return _most(counted, "其他")


@dataclass(frozen=True, slots=True)
class Stroke:
    """A level line that is printed as a rule: 红色分隔线, the rules of 版记, the double lines of a 信函.

    Attributes:
        left: from the page's left edge; in Word computed from the margins.
        top: from the page's top edge to its middle; None in Word.
        thickness: in mm.
        after: the number of the passage above it; 0 when there is none.
        gap: from the bottom of that passage's em box; None where that is not known.
        drawn: whether it is a floating shape of Word, not a border.
    """

    page: int | None
    left: float
    right: float
    top: float | None
    thickness: float
    colour: str
    after: int
    gap: float | None = None
    drawn: bool = False

    @property
    def red(self) -> bool:
        """Whether a reader would call it red."""
        return is_red(self.colour)

    @property
    def width(self) -> float:
        """Its length in mm."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF or a section of a Word file: its paper and where its text stands.

    Attributes:
        left: margins in mm; in a PDF measured from the printed lines, None where too few stand on the page.
        lines: how many lines of body text fit or stand on a full page; None where nobody can tell.
        characters: how many characters stand in a full line.
    """

    number: int
    width: float
    height: float
    left: float | None = None
    top: float | None = None
    right: float | None = None
    bottom: float | None = None
    lines: int | None = None
    characters: int | None = None

    @property
    def landscape(self) -> bool:
        """Whether it is turned."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Folio:
    """A page number as printed, or as a Word footer would print it.

    Attributes:
        page: the page of a PDF.
        side: of which pages a Word footer is; "odd" or "even" by the page in a PDF.
        number: what it says; None in Word.
        edge: from its outer end to the nearer edge of 版心, in mm.
        align: on which side it stands.
        drop: from the bottom of 版心 down to its dashes, in mm.
        turned: whether it is set across a landscape page.
    """

    page: int | None
    side: Literal["odd", "even", "all", "first"]
    number: int | None
    text: str
    runs: tuple[Run, ...]
    align: Align
    edge: float
    drop: float | None
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: how many columns and rows, and what Word needs to show it well."""

    number: int
    columns: int
    rows: int
    words: str
    has_widths: bool = True
    repeats_head: bool = True
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says about itself.

    Attributes:
        unembedded: fonts that a PDF names without holding them.
        themed: numbers of the Word passages whose Chinese font comes from the theme.
        framed: the texts of Word's text boxes and WordArt.
    """

    title: str = ""
    language: str = ""
    tagged: bool = True
    unembedded: tuple[str, ...] = ()
    themed: tuple[int, ...] = ()
    framed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """A whole document, measured.

    Attributes:
        pages: how many; None in Word.
        hollow: characters printed as an empty box or not at all, with their line.
    """

    format: Format
    sheets: tuple[Sheet, ...]
    passages: tuple[Passage, ...]
    strokes: tuple[Stroke, ...] = ()
    folios: tuple[Folio, ...] = ()
    grids: tuple[Grid, ...] = ()
    facts: Facts = field(default_factory=Facts)
    pages: int | None = None
    hollow: tuple[tuple[str, Passage], ...] = ()

    @cached_property
    def flow(self) -> tuple[Passage, ...]:
        """What is read as text: neither in tables, figures nor boxes, and not empty."""
        return tuple(passage for passage in self.passages if passage.room == "text" and passage.text.strip())
