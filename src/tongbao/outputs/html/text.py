"""Text inside a line: escaped, each stretch in its own face."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tongbao.outputs.fonts import Role
from tongbao.outputs.html.pen import ems
from tongbao.reports.document import Heading, Run

_ROLE_CLASSES: dict[Role, str] = {"小标宋": "biaosong", "仿宋": "fang", "楷体": "kai", "黑体": "hei", "宋体": "song"}
_LEVEL_CLASSES = {1: "hei", 2: "kai", 3: "fang", 4: "fang"}
_SHRUNK = 18 / 22  # a title is set no smaller than this part of its size
_DIGIT = 0.6  # em, of a digit in 小标宋


def span(text: str) -> str:
    """A text that does not push its lines apart."""
    return f"<span>{escape(text)}</span>"


def runs(parts: Iterable[Run]) -> str:
    """The stretches of a paragraph."""
    written = []
    for run in parts:
        role: Role | None = run.role or ("黑体" if run.strong else None)
        opening = f'<span class="{_ROLE_CLASSES[role]}">' if role else "<span>"
        written.append(f"{opening}{escape(run.text)}</span>")
    return "".join(written)


def title(lines: tuple[str, ...], size: float, width: float, *, tag: str = "h1", name: str = "") -> str:
    """A title whose lines break where they were meant to: its letters shrink a little before a word is torn.

    Args:
        lines: the title.
        size: pt, where that fits.
        width: pt, of the type area.
        tag: h1 for the document, h2 for an attachment, so that readers find their way by headings.
        name: an id that others refer to.
    """
    longest = max((sum(_DIGIT if c.isascii() else ems(c) for c in line) for line in lines), default=0.0)
    fits = min(size, width / max(longest, 1.0))
    keep = ";white-space:nowrap" if fits >= size * _SHRUNK else ""
    named = f' id="{name}"' if name else ""
    style = f"--ems:{longest:g};font-size:{max(fits, size * _SHRUNK):.4g}pt{keep}"
    return f'<{tag}{named} class="title" style="{style}">{"<br>".join(map(escape, lines))}</{tag}>'


def heading(block: Heading, *, deeper: int = 0) -> str:
    """A heading, below h1, or below the h2 of an attachment when one level deeper."""
    tag, level = f"h{block.level + 1 + deeper}", block.level
    words = f'<span class="{_LEVEL_CLASSES[level]}">{escape(block.number + block.text)}</span>'
    if block.tail:
        return f'<div class="text runin"><{tag}>{words}</{tag}><p>{runs(block.tail)}</p></div>'
    return f"<{tag}>{words}</{tag}>"
