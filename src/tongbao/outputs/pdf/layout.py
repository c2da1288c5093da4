"""Where things came to stand on the pages: what a seal, a signature or another format must know about a PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page.

    Attributes:
        page: from 1.
        left: mm from the left edge of the paper.
        top: mm from its upper edge.
        width: mm.
        height: mm.
    """

    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Signed:
    """One 署名 and the 成文日期 that its seal goes over.

    Attributes:
        organ: who signs.
        name: where the name is printed; where the stamp of a 签名章 goes.
        day: where the date is printed; the same for all who sign together.
    """

    organ: str
    name: Box
    day: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages of one document.

    Attributes:
        pages: how many there are.
        text_page: on which the text ends, 附注 included; the first attachment follows on the next.
        content_page: on which all but 版记 ends; a blank page after it bears no number, nor does 版记 then (§7.5).
        signed: every 署名 in order; () when nobody signs.
    """

    pages: int
    text_page: int
    content_page: int
    signed: tuple[Signed, ...] = ()
