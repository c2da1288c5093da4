"""Finds what stands below the body: 附件说明, 署名, date, 附注, attachments and 版记."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tongbao.lint.elements.forms import (
    ATTACHMENT,
    ATTENDANCE,
    COPIES,
    DAY,
    LOOSE_DAY,
    MOVED_RECIPIENTS,
    NOTE,
    NOTE_ITEM,
    PRINTED,
    REMARK,
    bare,
)
from tongbao.lint.elements.notice import Attachment, Imprint, NoteItem
from tongbao.lint.measured import BODY_SIZE, CHARACTER, MM_A_POINT, Measured, Passage, Stroke

_SHORT: Final = 40
_ORGANS: Final = 8
_RIGHT: Final = 4 * CHARACTER  # 署名 and date begin at least so far from the left edge


@dataclass(frozen=True, slots=True)
class Closing:
    """What was found; `start` is where in the flow the first closing element stands."""

    start: int
    taken: frozenset[int]
    notes: tuple[NoteItem, ...]
    organs: tuple[Passage, ...]
    day: Passage | None
    remark: Passage | None
    attachments: tuple[Attachment, ...]
    imprint: Imprint | None
    attendance: tuple[Passage, ...]


def find_closing(measured: Measured, rest: int) -> Closing:
    """Find the closing elements in the flow from `rest` on."""
    flow = measured.flow
    imprint = _imprint(measured)
    printed = {each.number for each in imprint.passages} if imprint else set()
    labels = [at for at in range(rest, len(flow)) if _is_label(flow, at)]
    end = labels[0] if labels else next((at for at, each in enumerate(flow) if each.number in printed), len(flow))
    end = max(end, rest)
    day_at = next((at for at in range(end - 1, rest - 1, -1) if _is_day(flow[at])), None)
    organs: list[Passage] = []
    if day_at is not None:
        for each in reversed(flow[rest:day_at]):
            if not _is_organ(each, flow[day_at]) or len(organs) == _ORGANS:
                break
            organs.insert(0, each)
    remark = None
    if day_at is not None and day_at + 1 < end and REMARK.fullmatch(flow[day_at + 1].text.strip()):
        remark = flow[day_at + 1]
    note_at = next((at for at in range(rest, end) if NOTE.match(flow[at].text)), None)
    first_closing = min(
        [at for at in (note_at, day_at - len(organs) if day_at is not None else None) if at is not None], default=end
    )
    notes: list[NoteItem] = []
    if note_at is not None:
        stop = day_at - len(organs) if day_at is not None and day_at > note_at else end
        notes = _notes(flow[note_at:stop])
    taken = {each.passage.number for each in notes} | {each.number for each in organs} | printed
    taken |= {each.number for each in (flow[day_at] if day_at is not None else None, remark) if each}
    attendance = tuple(each for each in flow[rest:end] if (found := ATTENDANCE.match(each.text)) and found["colon"])
    return Closing(
        first_closing if note_at is not None else min(first_closing, end),
        frozenset(taken),
        tuple(notes),
        tuple(organs),
        flow[day_at] if day_at is not None else None,
        remark,
        tuple(_attachments(flow, labels, printed)),
        imprint,
        attendance,
    )


def _is_label(flow: Sequence[Passage], at: int) -> bool:
    """“附件1” alone in its line, at the top of a page or with a title below it."""
    passage = flow[at]
    if not ATTACHMENT.fullmatch(passage.text.strip()):
        return False
    below = flow[at + 1] if at + 1 < len(flow) else None
    return passage.opens or (below is not None and below.align == "center") or passage.role == "黑体"


def _is_day(passage: Passage) -> bool:
    text = bare(passage.text)
    if not (DAY.fullmatch(text) or LOOSE_DAY.fullmatch(text)):
        return False
    return passage.indent > _RIGHT


def _is_organ(passage: Passage, day: Passage) -> bool:
    text = passage.text.strip()
    if "\t" in text:  # organs side by side, as a joint issue signs
        return all(2 < len(part.strip()) < _SHORT for part in text.split("\t"))  # noqa: PLR2004
    if len(text) > _SHORT or text[-1:] in "。：:；，" or NOTE.match(text) or NOTE_ITEM.match(text):
        return False
    near = day.gap is None or passage.page is None or passage.page == day.page
    return near and passage.indent > CHARACTER and passage.align != "justify"


def _notes(passages: Sequence[Passage]) -> list[NoteItem]:
    """The lines of 附件说明; the label belongs to the first."""
    found: list[NoteItem] = []
    for index, passage in enumerate(passages):
        text = passage.text.strip()
        lead = 0.0
        if index == 0:
            colon = min(at for at in (text.find("："), text.find(":")) if at >= 0)
            lead = _width(text[: colon + 1], passage.size)
            text = text[colon + 1 :].strip()
        item = NOTE_ITEM.fullmatch(text)
        if index and not item:
            if passage.indent > 2 * _RIGHT or not found or len(text) > 2 * _SHORT or text[-1:] == "。":
                break
            found.append(NoteItem(passage, "", "", text, passage.indent))
            continue
        number, mark, name = (item["number"], item["mark"], item["name"]) if item else ("", "", text)
        indent = passage.indent + lead + _width(number + mark, passage.size)
        found.append(NoteItem(passage, number, mark, name, indent))
    return found


def _width(text: str, size: float) -> float:
    return sum(0.5 if each.isascii() else 1 for each in text) * (size or BODY_SIZE) * MM_A_POINT


def _attachments(flow: Sequence[Passage], labels: Sequence[int], printed: set[int]) -> list[Attachment]:
    found = []
    for at in labels:
        label = flow[at]
        match = ATTACHMENT.fullmatch(label.text.strip())
        title: list[Passage] = []
        for each in flow[at + 1 : at + 5]:
            alike = not title or abs(each.size - title[0].size) < 0.6  # noqa: PLR2004
            large = each.align == "center" or each.size > BODY_SIZE + 2
            if each.number in printed or not large or not alike:
                break
            title.append(each)
        found.append(Attachment(label, match["number"] if match else "", tuple(title)))
    return found


def _imprint(measured: Measured) -> Imprint | None:
    """The last lines: 抄送 and 印发."""
    flow = measured.flow
    tail = flow[-10:]
    printed = next((each for each in reversed(tail) if PRINTED.search(each.text)), None)
    copies = next((each for each in tail if COPIES.match(each.text)), None)
    if printed is None and copies is None:
        return None
    moved = next((each for each in tail if MOVED_RECIPIENTS.match(each.text)), None)
    begin = min(each.number for each in (moved, copies, printed) if each is not None)
    final = max(each.number for each in (copies, printed) if each is not None)
    inside = tuple(each for each in flow if begin <= each.number <= final)
    page = inside[0].page
    strokes: list[Stroke] = [
        stroke
        for stroke in measured.strokes
        if not stroke.red and stroke.page == page and begin - 1 <= stroke.after <= final and stroke.width > 60  # noqa: PLR2004
    ]
    if page is not None:  # a rule above all of them belongs to the page's text when it lies far up
        top = inside[0].lines[0].top or 0
        strokes = [stroke for stroke in strokes if stroke.top is None or stroke.top > top - 8]
    return Imprint(inside, copies, printed, tuple(strokes))
