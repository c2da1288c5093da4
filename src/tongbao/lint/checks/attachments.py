"""§7.3.4 and §7.3.7: 附件说明 and the attachments themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongbao.lint.elements.forms import bare
from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import BODY_SIZE, CHARACTER
from tongbao.lint.rule import Fault, fail, near, points

_BLANKS = 0.6
_ALIGNED = 2.0


@fail("GW-7.3.4-1", "7.3.4", "附件说明在正文下空一行左空二字编排", "请在正文与附件说明之间空一行，左空二字")
def note_place(notice: Notice) -> Iterator[Fault]:
    """One blank line, two characters."""
    if not notice.notes:
        return
    first = notice.notes[0].passage
    blank = first.blank_lines
    if blank is not None and notice.body and not near(blank, 1, _BLANKS):
        yield Fault(f"空{max(blank, 0):.1f}行", first)
    if not near(first.indent, 2 * CHARACTER, 1.6):
        yield Fault(f"左空{first.indent / CHARACTER:.1f}字", first)


@fail(
    "GW-7.3.4-2",
    "7.3.4",
    "“附件”后标全角冒号，多个附件用阿拉伯数字加“.”编号，如 附件：1.×××",
    "请改成“附件：1.×××”的写法",
)
def note_form(notice: Notice) -> Iterator[Fault]:
    """Numbers from 1 with a point, none for an only attachment."""
    if not notice.notes:
        return
    if "附件：" not in bare(notice.notes[0].passage.text):
        yield Fault("“附件”后不是全角冒号", notice.notes[0].passage)
    several = len(notice.notes) > 1
    for index, item in enumerate(notice.notes, 1):
        if several and (item.number != str(index) or item.mark not in (".", "．")):
            yield Fault(f"第{index}个附件写成“{item.number or '无序号'}{item.mark}”", item.passage)


@fail("GW-7.3.4-3", "7.3.4", "附件名称后不加标点符号", "请删去附件名称后的标点")
def note_end(notice: Notice) -> Iterator[Fault]:
    """Nothing behind a name."""
    for item in notice.notes:
        if item.name.rstrip()[-1:] in "。；;，,、.":
            yield Fault(f"末尾为“{item.name.rstrip()[-1:]}”", item.passage)


@fail("GW-7.3.4-4", "7.3.4", "附件名称回行与上一行附件名称的首字对齐，各附件名称对齐", "请用悬挂缩进使各行名称对齐")
def note_alignment(notice: Notice) -> Iterator[Fault]:
    """Names stand below each other, wraps below the name."""
    indents = [item.name_indent for item in notice.notes if item.number and item.name_indent is not None]
    for item in notice.notes:
        start = item.name_indent
        if start is None or not item.number:
            continue
        if not near(start, indents[0], _ALIGNED):
            yield Fault(f"与第一个附件名称相差{abs(start - indents[0]):.1f}mm", item.passage)
        elif item.passage.hang is not None and not near(item.passage.hang, start, _ALIGNED):
            yield Fault(f"回行与名称首字相差{abs(item.passage.hang - start):.1f}mm", item.passage)


@fail("GW-7.3.7-1", "7.3.7", "附件另面编排", "请在“附件”之前分页")
def own_page(notice: Notice) -> Iterator[Fault]:
    """A page begins with it."""
    for attachment in notice.attachments:
        if not attachment.label.opens:
            yield Fault(f"“{attachment.label.text.strip()}”前没有分页", attachment.label)


@fail("GW-7.3.7-2", "7.3.7", "“附件”二字及顺序号用3号黑体字顶格编排，不加冒号", "请改为三号黑体、顶格，去掉冒号")
def label(notice: Notice) -> Iterator[Fault]:
    """附件1."""
    for attachment in notice.attachments:
        passage = attachment.label
        if passage.role != "黑体" or not near(passage.size, BODY_SIZE, 0.3):
            yield Fault(f"{points(passage.size)}{passage.role}", passage)
        if abs(passage.indent) > 1.5:  # noqa: PLR2004
            yield Fault(f"左空{passage.indent:.1f}mm", passage)
        if passage.text.rstrip()[-1:] in "：:":
            yield Fault("后面有冒号", passage)


@fail("GW-7.3.7-3", "7.3.7", "附件标题居中编排在版心第三行", "请把附件标题居中，与“附件”一行之间空一行")
def title(notice: Notice) -> Iterator[Fault]:
    """Centred, one line between."""
    for attachment in notice.attachments:
        for passage in attachment.title:
            if passage.align != "center" and not near(passage.indent, passage.inset, 3):
                yield Fault("没有居中", passage)
        if attachment.title:
            blank = attachment.title[0].blank_lines
            if blank is not None and not near(blank, 1, _BLANKS):
                yield Fault(f"与“附件”一行之间空{max(blank, 0):.1f}行", attachment.title[0])


@fail("GW-7.3.7-4", "7.3.7", "附件顺序号和标题与附件说明一致", "请使附件说明与附件的序号、标题一字不差")
def agreement(notice: Notice) -> Iterator[Fault]:
    """One to one, word by word; attachments sent as files of their own are not looked for."""
    if not notice.attachments:
        return
    if not notice.notes:
        yield Fault("有附件而没有附件说明", notice.attachments[0].label)
        return
    if len(notice.notes) != len(notice.attachments):
        yield Fault(f"附件说明列{len(notice.notes)}个，所附{len(notice.attachments)}个", notice.notes[0].passage)
        return
    for item, attachment in zip(notice.notes, notice.attachments, strict=True):
        if item.number != attachment.number:
            yield Fault(f"附件说明为“{item.number}”，附件为“{attachment.number}”", attachment.label)
        elif attachment.title and _words(item.name) != _words(attachment.title_text):
            yield Fault(f"附件说明为“{item.name[:24]}”", attachment.title[0])


def _words(text: str) -> str:
    return re.sub(r"[\s。；;]", "", text)


RULES = (note_place, note_form, note_end, note_alignment, own_page, label, title, agreement)
