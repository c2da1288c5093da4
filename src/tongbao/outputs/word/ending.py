"""How a text ends: 署名 never alone on a page (GB/T 9704 §7.3.5.5), 版记 on an even one, the back of the last sheet."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from tongbao.outputs.word.imprint import imprint
from tongbao.outputs.word.letter import letter_top
from tongbao.outputs.word.letterhead import fitted_mark_size
from tongbao.outputs.word.page import LINE, PORTRAIT
from tongbao.outputs.word.paging import Box, Flow, boxes, placed_height, text_of
from tongbao.outputs.word.sections import ANCHOR, Section
from tongbao.outputs.word.xml import em_width, restyled
from tongbao.reports.document import Document, Form, Imprint, Paragraph

_TIGHTEST: Final = 544  # twips from line to line; 6% less than usual is hardly seen
_SPARE: Final = 30
_LOOSEST: Final = 640
_KEPT_LINES: Final = 8
_MOST_KEPT_LINES: Final = 16
_LINE_CHARACTERS: Final = 28
_BODY: Final = "NoticeBody"
_TIGHT: Final = "NoticeBodyTight"


def fit_signature(section: Section, body: slice, document: Document) -> None:
    """Let 署名 never begin a page: the lines above it move together a little, or apart until some of them come along.

    Where neither helps, the whole last paragraph comes along.

    Args:
        section: the text, 附件说明 and 署名 already in it.
        body: the places of the text's blocks among its pieces.
        document: the notice.
    """
    if _may_keep(document, alone=_alone(section, body, document)):
        section.keep_with_next(body.stop - 1)


def add_imprint(sections: list[Section], model: Imprint, document: Document) -> None:
    """Write 版记 at the bottom of the last page, or on the next even page (§7.4).

    Word puts a blank page before a section that must begin on an even one. That page has no number then, and 版记
    behind it has none either (§7.5).
    """
    last = sections[-1]
    written = imprint(model, last.page, document.form)
    if not written or not model.even_page:
        last.add(written)
        return
    end = _end(sections, document)
    if end.page % 2 == 0 and placed_height(written[0], document.style, _mark_size(document)) + LINE // 2 <= end.free:
        last.add(written)
        return
    own = Section(PORTRAIT, begins="evenPage", numbered=end.page % 2 == 1)
    # LibreOffice would put a table that comes first on the page before.
    own.add([ANCHOR, *imprint(model, PORTRAIT, document.form)])
    sections.append(own)


def _may_keep(document: Document, *, alone: bool) -> bool:
    """Tell whether the last block may be pulled to the page of 署名 without tearing a hole in the page before.

    LibreOffice moves a kept paragraph as a whole; page 1 must show text (§7.3.3), so the only block stays there.
    """
    *before, last = document.blocks or (None,)
    if not before:
        return False
    most = _MOST_KEPT_LINES if alone else _KEPT_LINES
    return not isinstance(last, Paragraph) or em_width(last.text) <= most * _LINE_CHARACTERS


def _mark_size(document: Document) -> float:
    return fitted_mark_size(document.letterhead, document.style)


def _flow(form: Form, document: Document) -> Flow:
    top = letter_top(document.letterhead, document.style) if form == "信函" else 0
    return Flow(PORTRAIT.text_height, used=top)


def _end(sections: Iterable[Section], document: Document) -> Flow:
    """Where everything but 版记 ends."""
    flow = _flow(document.form, document)
    for place, section in enumerate(sections):
        if place:
            flow = Flow(section.page.text_height, page=flow.page + 1)
        flow.put(boxes(section.pieces, section.rows, section.page, document.style, _mark_size(document)))
    return flow


def _alone(section: Section, body: slice, document: Document) -> bool:
    """Tell whether 署名 still begins a page after the lines above it have been moved together."""
    found = boxes(section.pieces, section.rows, section.page, document.style, _mark_size(document))
    text = [box for box in found if box.piece < body.stop]
    closing = [box for box in found if box.piece >= body.stop]
    flow = _flow(document.form, document)
    places = flow.put(text)
    short = sum(box.height for box in closing) - flow.free
    if short <= 0 or not text or not closing or short >= sum(box.height for box in closing):
        return short > 0
    here = [box for box, (_, last) in zip(text, places, strict=True) if last == flow.page and box.piece >= body.start]
    begun = [box for box, (first, _) in zip(text, places, strict=True) if first == flow.page and box in here]
    if _tightened(section, [box for box in begun if box.line == LINE], short + _SPARE, document):
        return False
    return not _loosened(section, here, flow)


def _tightened(section: Section, here: list[Box], short: int, document: Document) -> bool:
    """Gain so many twips: short last lines are drawn in first, then all lines of the page move together."""
    looser = _lines_saved(section, here, document)
    lines = sum(box.lines for box in here)
    drawn: list[Box] = []
    while (lines - len(drawn)) * (LINE - _TIGHTEST) < short - len(drawn) * LINE:
        if not looser:
            return False
        drawn.append(looser.pop())
    for box in drawn:
        section.pieces[box.piece] = restyled(section.pieces[box.piece], _BODY, _TIGHT)
    less = math.ceil(max(0, short - len(drawn) * LINE) / max(1, lines - len(drawn)))
    if less:
        for box in here:
            section.set_line(box.piece, LINE - less)
    return True


def _loosened(section: Section, here: list[Box], flow: Flow) -> bool:
    """Let the last lines of a long paragraph go on to the page of 署名, by moving all lines of the page apart."""
    last = here[-1] if here else None
    if last is None or last.whole or last.line != LINE or last.lines <= _KEPT_LINES:
        return False
    others = sum(box.height for box in here[1:])
    lines = sum(box.lines for box in here[1:] if box.line == LINE)
    if here[0].line == LINE:  # it may have begun on the page before
        lines += min(here[0].lines, max(0, flow.used - others) // LINE)
    more = math.ceil((flow.free + _SPARE) / max(1, lines))
    if LINE + more > _LOOSEST:
        return False
    for box in here:
        if box.line == LINE:
            section.set_line(box.piece, LINE + more)
    return True


def _lines_saved(section: Section, here: list[Box], document: Document) -> list[Box]:
    """The paragraphs of the page that take a line less when their characters stand a little closer."""
    tight = {
        box.piece: box
        for box in boxes(
            [restyled(piece, _BODY, _TIGHT) for piece in section.pieces],
            section.rows,
            section.page,
            document.style,
            _mark_size(document),
        )
    }
    return [box for box in here if tight[box.piece].lines < box.lines and text_of(section.pieces[box.piece])]
