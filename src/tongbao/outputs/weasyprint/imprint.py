"""版记 on an even page, and no page numbers from a blank page before it (GB/T 9704 §7.4, §7.5).

CSS cannot say “on the last page, if that is an even one”. So the pages are laid out with 版记 at the foot of the last;
where that will not do it is taken off, and a page of its own follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tongbao.outputs.pdf.refusals import imprint_too_high
from tongbao.reports.document import Document

_CONTENT = frozenset({"header", "main"})
_IMPRINT = frozenset({"footer"})


def settled(laid_out: Any, document: Document, alone: Callable[[int | None], Any]) -> Any:
    """Give the pages in the order of the paper.

    Args:
        laid_out: WeasyPrint's document, 版记 at the foot of its last page.
        document: what was laid out.
        alone: lays out an empty page and then one with nothing but 版记, which bears the given number or none.

    Returns:
        WeasyPrint's document with 版记 on an even page unless the definition says otherwise.
    """
    imprint, pages = document.imprint, list(laid_out.pages)
    if imprint is None or not any(_holds(page, _IMPRINT) for page in reversed(pages)):  # a 信函 without 抄送 has none
        return laid_out
    content = next(number for number in range(len(pages), 0, -1) if _holds(pages[number - 1], _CONTENT))
    even = imprint.even_page
    if content == len(pages) and not (even and content % 2):
        return laid_out
    behind_blank = even and content % 2 == 0
    *_, empty, last = alone(None if behind_blank else content + 1).pages
    _check_height(last, document)
    kept = [*pages[:content]]
    if content == len(pages):
        _without_imprint(kept[-1])
    blank = [empty] if behind_blank else []
    return laid_out.copy([*kept, *blank, last])


def _check_height(page: Any, document: Document) -> None:
    """A 版记 that leaves 版心 at its top would be cut off or lie on what is not its own."""
    box = page._page_box  # noqa: SLF001  # no public way
    imprint = next(each for each in _boxes(box) if each.element_tag in _IMPRINT)
    if imprint.position_y < box.content_box_y() - 0.5:
        raise imprint_too_high(document)


def _boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _holds(page: Any, tags: frozenset[str]) -> bool:
    return any(box.element_tag in tags for box in _boxes(page._page_box))  # noqa: SLF001  # no public way


def _without_imprint(page: Any) -> None:
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    box = page._page_box  # noqa: SLF001  # no public way
    box.children = [child for child in box.children if not isinstance(child, FootnoteAreaBox)]
