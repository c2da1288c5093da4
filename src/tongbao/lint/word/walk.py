"""What was met on the way through a Word file, and how far down the page that is."""

from __future__ import annotations

from dataclasses import dataclass, field

from tongbao.lint.measured import Grid, Passage, Stroke
from tongbao.lint.word.cascade import Styles
from tongbao.lint.word.numbering import Numbering
from tongbao.lint.word.setting import Section


@dataclass(slots=True)
class Walk:
    """What was met so far."""

    styles: Styles
    numbering: Numbering
    sections: list[Section]
    passages: list[Passage] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    framed: list[str] = field(default_factory=list)
    themed: list[int] = field(default_factory=list)
    section: int = 0
    white: float = 0  # since the last text, in mm
    opens: bool = True
    y: float | None = None  # down from the top of the page, as long as that is known

    @property
    def here(self) -> Section:
        """The section that is being walked through."""
        return self.sections[min(self.section, len(self.sections) - 1)]

    def new_page(self) -> None:
        """The next paragraph begins a page."""
        self.opens, self.white, self.y = True, 0, self.here.sheet.top
