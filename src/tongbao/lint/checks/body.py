"""§7.3.3: the body."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import BODY_SIZE, CHARACTER, MM_A_POINT, Format, Passage
from tongbao.lint.rule import ONLY_PDF, Fault, fail, near, points, warn

_INDENT = 1.6
_EDGE = 1.0
_OPENING = "（《〈“‘【〔"
_TRAILING = "，。、；：？！）》〉”’】〕"


def _indented(notice: Notice) -> Iterator[Passage]:
    """Running text, also where it begins with a heading."""
    attendance = {passage.number for passage in notice.attendance}
    return (passage for passage in notice.sentences if passage.number not in attendance)


def _plain(notice: Notice) -> Iterator[Passage]:
    """Running text that is no heading."""
    headings = {heading.passage.number for heading in notice.headings}
    return (passage for passage in _indented(notice) if passage.number not in headings)


@fail("GW-7.3.3-1", "7.3.3", "公文首页必须显示正文", "请压缩首页各要素，或把主送机关移至版记", ONLY_PDF)
def first_page(notice: Notice) -> Iterator[Fault]:
    """Page 1 shows a line of the body."""
    if notice.title and notice.body and notice.body[0].page != 1:
        yield Fault(f"正文从第{notice.body[0].page}页开始", notice.body[0])


@fail("GW-7.3.3-2", "7.3.3", "正文每个自然段左空二字，回行顶格", "请把首行缩进设为2字符，左缩进设为0")
def indents(notice: Notice) -> Iterator[Fault]:
    """Two characters, then none."""
    for passage in _indented(notice):
        two = 2 * (passage.advance or passage.size * MM_A_POINT)
        opened = two / 4 if passage.text[:1] in _OPENING else 0  # such a mark may be set half as wide
        if not near(passage.indent + opened, two, _INDENT + opened):
            yield Fault(f"首行左空{passage.indent / two * 2:.1f}字", passage)
        elif passage.hang is not None and abs(passage.hang) > _INDENT:
            yield Fault(f"回行左空{passage.hang / two * 2:.1f}字", passage)


@warn("GW-7.3.3-3", "5.2.2、7.3.3", "正文一般用3号仿宋体字", "请改为三号仿宋体")
def face(notice: Notice) -> Iterator[Fault]:
    """三号仿宋."""
    for passage in _plain(notice):
        if passage.role != "仿宋" or not near(passage.size, BODY_SIZE, 0.3):
            yield Fault(f"{points(passage.size)}{passage.role}", passage)


@fail("GW-7.3.3-4", "5.2.3", "正文各行撑满版心，右边缘对齐", "请把段落设为两端对齐")
def justified(notice: Notice) -> Iterator[Fault]:
    """Every line but a paragraph's last ends at the right edge; in Word the paragraph says so itself."""
    word = notice.measured.format is Format.WORD
    right = None if word else _right_edge(notice)
    for passage in _indented(notice):
        if word:
            if passage.align != "justify" and passage.hang is not None:
                yield Fault("段落没有设为两端对齐", passage)
            continue
        for line in passage.lines[:-1]:
            if line.right is None or right is None:
                continue
            slack = _EDGE + (CHARACTER / 2 if line.text[-1:] in _TRAILING else 0)
            if not right - _EDGE <= line.right <= right + slack:
                yield Fault("行末不在版心右边缘", passage, line)


def _right_edge(notice: Notice) -> float | None:
    sheets = [sheet for sheet in notice.measured.sheets if sheet.right is not None]
    return min((sheet.width - (sheet.right or 0) for sheet in sheets), key=lambda each: abs(each - 184), default=None)


RULES = (first_page, indents, face, justified)
