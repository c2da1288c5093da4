"""§10: 信函 and 纪要."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tongbao.lint.elements.forms import ATTENDANCE
from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import CHARACTER, Stroke
from tongbao.lint.rule import ONLY_PDF, Fault, fail, mm, near, warn

_WIDTH = 170.0
_PAIR = 2.0


def _letter(notice: Notice) -> bool:
    return notice.kind == "信函"


def _pairs(strokes: Sequence[Stroke]) -> list[tuple[Stroke, Stroke]]:
    """Double lines, from the top."""
    ordered = sorted((stroke for stroke in strokes if stroke.top is not None), key=lambda each: each.top or 0)
    found = []
    for upper, lower in pairwise(ordered):
        if (lower.top or 0) - (upper.top or 0) <= _PAIR:
            found.append((upper, lower))
    return found


@fail("GW-10.1-1", "10.1", "信函的发文机关标志上边缘至上页边30mm", "请调整标志上方的距离")
def mark_height(notice: Notice) -> Iterator[Fault]:
    """From the paper's edge."""
    if not _letter(notice) or not notice.marks or not notice.marks[0].lines:
        return
    line = notice.marks[0].lines[0]
    top = line.ink[0] if line.ink else line.top
    if top is not None and not near(top, 30, 2):
        yield Fault(f"上边缘至上页边{mm(top)}", notice.marks[0])


@fail("GW-10.1-2", "10.1", "信函的红色双线长170mm", "请把双线改为170mm、居中")
def width(notice: Notice) -> Iterator[Fault]:
    """Both double lines."""
    for stroke in notice.rules if _letter(notice) else ():
        if not near(stroke.width, _WIDTH, 2):
            yield Fault(f"长{mm(stroke.width)}", notice.marks[0] if notice.marks else None)


@fail(
    "GW-10.1-3",
    "10.1",
    "标志下4mm处为上粗下细的红色双线，距下页边20mm处为上细下粗的红色双线",
    "请改正双线的位置和粗细",
    ONLY_PDF,
)
def double_rules(notice: Notice) -> Iterator[Fault]:
    """Two pairs, each with its thick line outside."""
    if not _letter(notice) or not notice.marks:
        return
    pairs = _pairs(notice.rules)
    if len(pairs) != 2:  # noqa: PLR2004
        yield Fault(f"有{len(pairs)}条双线", notice.marks[0])
        return
    (upper, lower), (above, below) = pairs
    bottom = notice.marks[-1].lines[-1]
    ink = bottom.ink[1] if bottom.ink else bottom.bottom
    if ink is not None and upper.top is not None and not near(upper.top - ink, 4, 1.5):
        yield Fault(f"第一条双线距标志{mm(upper.top - ink)}", notice.marks[-1])
    if upper.thickness <= lower.thickness:
        yield Fault("第一条双线不是上粗下细", notice.marks[-1])
    height = notice.measured.sheets[0].height
    if below.top is not None and not near(height - below.top, 20, 1.5):
        yield Fault(f"第二条双线距下页边{mm(height - below.top)}", page=1)
    if above.thickness >= below.thickness:
        yield Fault("第二条双线不是上细下粗", page=1)


@fail("GW-10.1-4", "10.1", "信函的发文字号顶格居版心右边缘编排", "请把发文字号右对齐")
def number(notice: Notice) -> Iterator[Fault]:
    """At the right edge."""
    passage = notice.number
    if _letter(notice) and passage and not near(passage.inset, 0, 1.5):
        yield Fault(f"右空{mm(passage.inset)}", passage)


@fail("GW-10.1-5", "10.1", "信函首页不显示页码", "请去掉首页页码")
def first_folio(notice: Notice) -> Iterator[Fault]:
    """None on page 1."""
    for folio in notice.measured.folios if _letter(notice) else ():
        if folio.page == 1 or folio.side == "first":
            yield Fault("首页有页码", page=folio.page)


@fail("GW-10.1-6", "10.1", "信函的版记不加分隔线、印发机关和印发日期", "请删去版记的分隔线和印发一行")
def imprint(notice: Notice) -> Iterator[Fault]:
    """Only 抄送."""
    if not _letter(notice) or notice.imprint is None:
        return
    if notice.imprint.strokes:
        yield Fault("版记有分隔线", notice.imprint.passages[0])
    if notice.imprint.printed:
        yield Fault("版记有印发机关和日期", notice.imprint.printed)


@warn(
    "GW-10.3-1",
    "10.3",
    "“出席”“请假”“列席”一般用3号黑体字，左空二字，后标全角冒号",
    "请改为三号黑体、左空二字、全角冒号",
)
def attendance(notice: Notice) -> Iterator[Fault]:
    """出席： in 黑体, names in 仿宋."""
    for passage in notice.attendance if notice.kind == "纪要" else ():
        found = ATTENDANCE.match(passage.text)
        if passage.runs and passage.runs[0].role != "黑体":
            yield Fault(f"“{found['word'] if found else ''}”为{passage.runs[0].role}", passage)
        if found and found["colon"] != "：":
            yield Fault("不是全角冒号", passage)
        if not near(passage.indent, 2 * CHARACTER, 1.6):
            yield Fault(f"左空{passage.indent / CHARACTER:.1f}字", passage)


RULES = (mark_height, width, double_rules, number, first_folio, imprint, attendance)
