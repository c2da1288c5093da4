"""§7.3.1–7.3.2: the title and 主送机关."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tongbao.lint.elements.forms import TITLE_END
from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import LEADING, LINE, Passage
from tongbao.lint.rule import Fault, fail, near, points, warn

_SIZE = 22.0
_BLANKS = 0.6
_TORN = re.compile(r"(?:\d\n\d|\d\n[年月日.%％]|[《（“〔]\n|\n[》）”〕、，的])")
_UNDER_FULL = 0.34
_EVEN = 0.6  # characters


def _width(line: str) -> float:
    return sum(0.5 if each.isascii() else 1 for each in line)


@warn("GW-7.3.1-1", "7.3.1", "标题一般用2号小标宋体字", "请改为二号小标宋体")
def face(notice: Notice) -> Iterator[Fault]:
    """二号小标宋."""
    for passage in notice.title:
        if passage.role != "小标宋" or not near(passage.size, _SIZE, 0.3):
            yield Fault(f"{points(passage.size)}{passage.role}", passage)


@fail("GW-7.3.1-2", "7.3.1", "标题居中排布", "请设为居中，去掉缩进")
def centred(notice: Notice) -> Iterator[Fault]:
    """Each line."""
    for passage in notice.title:
        if passage.align != "center" and not near(passage.indent, passage.inset, 3):
            yield Fault(f"左空{passage.indent:.1f}mm、右空{passage.inset:.1f}mm", passage)


@fail("GW-7.3.1-3", "7.3.1", "标题编排于红色分隔线下空二行位置", "请在分隔线与标题之间空二行")
def place(notice: Notice) -> Iterator[Fault]:
    """Measured from the rule where one is, else from what stands above."""
    if not notice.title or notice.kind != "文件":
        return
    first = notice.title[0]
    rule = next((stroke for stroke in notice.rules if stroke.after == first.number - 1), None)
    if rule is None:
        return
    top = first.lines[0].top
    if rule.top is not None and top is not None:
        distance = top - rule.top
    elif rule.gap is not None and first.gap is not None:
        distance = first.gap - rule.gap
    else:
        return
    blank = (distance - LEADING / 2) / LINE
    if not near(blank, 2, _BLANKS):
        yield Fault(f"空{max(blank, 0):.1f}行", first)


@warn("GW-7.3.1-4", "7.3.1", "多行标题排成梯形或菱形", "请调整回行，使各行长短依次增减或中间长、两头短")
def shape(notice: Notice) -> Iterator[Fault]:
    """Growing, shrinking, or growing then shrinking; neither an oblong nor an hourglass."""
    widths = [_width(line) for line in notice.title_lines]
    if len(widths) < 2 or _under_full(widths):  # noqa: PLR2004
        return
    steps = [0 if abs(below - above) < _EVEN else (1 if below > above else -1) for above, below in pairwise(widths)]
    if not any(steps):
        yield Fault("各行一样长（长方形）", notice.title[0])
    elif any(above < 0 < below for above, below in pairwise([step for step in steps if step])):
        yield Fault("中间短、两头长（沙漏形）", notice.title[0])


def _under_full(widths: Sequence[float]) -> bool:
    return min(widths) < _UNDER_FULL * max(widths) or min(widths) < 3  # noqa: PLR2004


@warn("GW-7.3.1-5", "7.3.1", "标题各行长短适宜，不得有一行只有几个字", "请把回行位置前移，使各行匀称")
def fullness(notice: Notice) -> Iterator[Fault]:
    """No line is less than a third of the longest."""
    widths = [_width(line) for line in notice.title_lines]
    if len(widths) > 1 and _under_full(widths):
        yield Fault(f"最短一行{min(widths):g}字，最长一行{max(widths):g}字", notice.title[0])


@warn("GW-7.3.1-6", "7.3.1", "标题回行词意完整，不拆开词语、数字和书名", "请在词语之间回行")
def wholeness(notice: Notice) -> Iterator[Fault]:
    """Numbers, names in marks and particles are not torn off."""
    joined = "\n".join(notice.title_lines)
    if found := _TORN.search(joined):
        around = joined[max(0, found.start() - 3) : found.end() + 3].replace("\n", "／")
        yield Fault(f"在“{around}”处回行", notice.title[0])


@fail("GW-7.3.1-7", "7.3.1", "标题末尾不用标点符号", "请删去标题末尾的标点")
def end(notice: Notice) -> Iterator[Fault]:
    """Nothing after 通报."""
    if notice.title_lines and notice.title_lines[-1][-1:] in TITLE_END:
        yield Fault(f"末尾为“{notice.title_lines[-1][-1]}”", notice.title[-1])


@warn("GW-7.3.1-8", "7.3.1", "公文有标题", "请加上标题：发文机关、事由、文种")
def present(notice: Notice) -> Iterator[Fault]:
    """Something that looks like a title is there."""
    if not notice.title and notice.measured.flow:
        yield Fault("未见标题", notice.measured.flow[0])


@fail("GW-7.3.2-1", "7.3.2", "主送机关居左顶格，回行仍顶格", "请去掉缩进")
def recipients_flush(notice: Notice) -> Iterator[Fault]:
    """At the left edge, every line."""
    passage = notice.recipients
    if passage and (abs(passage.indent) > 1.5 or abs(passage.hang or 0) > 1.5):  # noqa: PLR2004
        yield Fault(f"左空{max(passage.indent, passage.hang or 0, key=abs):.1f}mm", passage)


@fail("GW-7.3.2-2", "7.3.2", "最后一个主送机关名称后标全角冒号", "请把末尾改为全角冒号“：”")
def recipients_end(notice: Notice) -> Iterator[Fault]:
    """：."""
    passage = notice.recipients
    if passage and not passage.text.rstrip().endswith("："):
        yield Fault(f"末尾为“{passage.text.rstrip()[-1:]}”", passage)


@fail("GW-7.3.2-3", "7.3.2", "主送机关编排于标题下空一行位置", "请在标题与主送机关之间空一行")
def recipients_place(notice: Notice) -> Iterator[Fault]:
    """One blank line."""
    passage = notice.recipients
    if passage and notice.title and _follows(notice.title[-1], passage):
        blank = passage.blank_lines
        if blank is not None and not near(blank, 1, _BLANKS):
            yield Fault(f"空{max(blank, 0):.1f}行", passage)


def _follows(above: Passage, below: Passage) -> bool:
    return below.number == above.number + 1


RULES = (
    face, centred, place, shape, fullness, wholeness, end, present, recipients_flush, recipients_end, recipients_place,
)  # fmt: skip
