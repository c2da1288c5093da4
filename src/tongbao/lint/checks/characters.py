"""Numerals (GB/T 15835), punctuation (GB/T 15834) and characters that do not come out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import Passage
from tongbao.lint.rule import ONLY_PDF, Fault, fail

_UNITS = r"[%％‰℃万亿元个件人次分户家吨米]"
_RANGE = re.compile(rf"(?<![\d.年月〕])(\d+(?:\.\d+)?)\s*[～~至—–]\s*(\d+(?:\.\d+)?)\s*({_UNITS[:-1]}]+)")
_SHARED = re.compile(r"[%％‰万亿]")
_BARE_POINT = re.compile(r"(?<![\d.A-Za-z])\.\d+")
_FULL_WIDTH = re.compile("[０-９]+(?:．[０-９]+)?")
_BETWEEN = re.compile(r"》、《|”、“|’、‘")
_HALF = re.compile(r"[\u4e00-\u9fff”》）][,;:?!][\u4e00-\u9fff“《（]|[\u4e00-\u9fff][,;:](?=$)")
_AT_START = "，。、；：？！）》〉”’】〕％"
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]")


def _texts(notice: Notice) -> Iterator[Passage]:
    return (passage for passage in notice.measured.passages if passage.text.strip())


def _holding(slip: re.Pattern[str], notice: Notice) -> Iterator[Fault]:
    """Every passage that holds a slip, shown by its first one."""
    for passage in _texts(notice):
        if found := slip.search(passage.text):
            yield Fault(f"“{found[0]}”", passage)


@fail("ZF-1", "通用", "每个字都显示出来，没有方框、空白和乱码", "请换用收有该字的字体，或改用正式编码的字")
def hollow(notice: Notice) -> Iterator[Fault]:
    """Glyphs that a font lacks, private codes, replacement characters."""
    for character, passage in notice.measured.hollow:
        shown = character if character.isprintable() and not _PRIVATE.match(character) else f"U+{ord(character):04X}"
        yield Fault(f"“{shown}”没有字形", passage)
    for passage in _texts(notice):
        found = _PRIVATE.search(passage.text)
        if found and not any(passage is other for _, other in notice.measured.hollow):
            yield Fault(f"有非正式编码的字 U+{ord(found[0]):04X}", passage)


@fail("SZ-1", "GB/T 15835", "数字用半角", "请改为半角数字")
def half_width(notice: Notice) -> Iterator[Fault]:
    """Not １２."""
    yield from _holding(_FULL_WIDTH, notice)


@fail("SZ-2", "GB/T 15835", "数值范围前后都带单位或百分号：15%～30%、13万元～17万元", "请在前一个数后补上相同的单位")
def ranges(notice: Notice) -> Iterator[Fault]:
    """% and 万, 亿 are part of the number and stand twice."""
    for passage in _texts(notice):
        for found in _RANGE.finditer(passage.text):
            if _SHARED.match(found[3]):
                yield Fault(f"“{found[0]}”", passage)


@fail("SZ-3", "GB/T 15835", "小于1的小数写出小数点前的0", "请在小数点前补0")
def leading_zero(notice: Notice) -> Iterator[Fault]:
    """0.5, not .5."""
    yield from _holding(_BARE_POINT, notice)


@fail("SZ-4", "GB/T 15835", "一个数不拆在两行", "请调整字距，使数在一行之内", ONLY_PDF)
def whole_numbers(notice: Notice) -> Iterator[Fault]:
    """A number with its sign stays in one line."""
    for passage in notice.measured.flow:
        for above, below in pairwise(passage.lines):
            if re.search(r"\d\.?$", above.text) and re.match(r"[.%]?\d|[%％]", below.text):
                tail = re.search(r"[\d.]+$", above.text)
                head = re.match(r"[\d.%％]+", below.text)
                yield Fault(f"“{tail[0] if tail else ''}／{head[0] if head else ''}”", passage, above)


@fail("BD-2", "GB/T 15834", "行首不排句号、逗号、顿号、后引号、后括号等", "请使用避头尾的排版设置", ONLY_PDF)
def line_start(notice: Notice) -> Iterator[Fault]:
    """Closing marks stay with what they close."""
    for passage in notice.measured.flow:
        for line in passage.lines[1:]:
            if line.text[:1] in _AT_START:
                yield Fault(f"行首为“{line.text[:1]}”", passage, line)


@fail("BD-3", "GB/T 15834", "相邻的书名号、引号之间不用顿号", "请删去顿号")
def between(notice: Notice) -> Iterator[Fault]:
    """《甲》《乙》."""
    yield from _holding(_BETWEEN, notice)


@fail("BD-4", "GB/T 15834", "中文之间用全角标点", "请改为全角标点")
def full_width_marks(notice: Notice) -> Iterator[Fault]:
    """Not a half-width comma between Hanzi; 主送 and 附件说明 have rules of their own."""
    own = {notice.recipients.number} if notice.recipients else set()
    own |= {item.passage.number for item in notice.notes}
    own |= {passage.number for passage in (notice.imprint.passages if notice.imprint else ())}
    own |= {passage.number for passage in (*notice.signers, *notice.attendance, *notice.title)}
    own |= {attachment.label.number for attachment in notice.attachments}
    for passage in _texts(notice):
        found = _HALF.search(passage.text)
        if found and passage.number not in own:
            yield Fault(f"“{found[0]}”", passage)


RULES = (hollow, half_width, ranges, leading_zero, whole_numbers, line_start, between, full_width_marks)
