"""§7.3.3: numbered headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tongbao.lint.elements.notice import Heading, Notice
from tongbao.lint.measured import Role, role_of
from tongbao.lint.rule import Fault, fail, warn

_FACES: Final[dict[int, Role]] = {1: "黑体", 2: "楷体", 3: "仿宋", 4: "仿宋"}
_FORMS: Final = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}
_RIGHT: Final = {
    1: re.compile(r"[一二三四五六七八九十]+、"),
    2: re.compile(r"（[一二三四五六七八九十]+）(?![、.．，：])"),
    3: re.compile(r"\d+[.．](?!\d)"),
    4: re.compile(r"（\d+）(?![、.．，：])"),
}
_ONES: Final = {1: "一", 2: "一", 3: "1", 4: "1"}
_DIGITS: Final = "零一二三四五六七八九十"


def value(number: str) -> int:
    """What a Chinese or Arabic number up to 99 says."""
    if not number:
        return 0
    if number.isdecimal():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _DIGITS.find(ones) if len(ones) == 1 else 0
    return (_DIGITS.find(tens) if tens else 1) * 10 + (_DIGITS.find(ones) if ones else 0)


@warn("GW-7.3.3-5", "7.3.3", "第一层一般用黑体，第二层用楷体，第三、四层用仿宋", "请按层次改用相应字体")
def face(notice: Notice) -> Iterator[Fault]:
    """The heading itself; body text may go on in the same line."""
    for heading in notice.headings:
        lead = _lead(heading)
        if lead != _FACES[heading.level]:
            yield Fault(f"“{_FORMS[heading.level]}”层为{lead}", heading.passage)


def _lead(heading: Heading) -> Role:
    """The face of the text up to its first full stop, number included."""
    taken, runs = 0, []
    text = heading.passage.text
    end = text.find("。") + 1 or len(text)
    for run in heading.passage.runs:
        if taken >= end:
            break
        runs.append(run)
        taken += len(run.text)
    return role_of(tuple(runs))


@fail("BD-1", "GB/T 15834", "层次序数写成“一、”“（一）”“1.”“（1）”，括号后不加标点", "请改正序数及其后的标点")
def form(notice: Notice) -> Iterator[Fault]:
    """Not 1、 and not （一）、."""
    for heading in notice.headings:
        if not _RIGHT[heading.level].match(heading.passage.text):
            written = heading.passage.text[: heading.passage.text.find(heading.number) + len(heading.number) + 1]
            yield Fault(f"写成“{written.replace(heading.number, _ONES[heading.level]).strip()}”", heading.passage)


@warn("GW-7.3.3-6", "7.3.3", "结构层次依次用“一、”“（一）”“1.”“（1）”，不越级", "请改用上一层的下一级序数")
def order(notice: Notice) -> Iterator[Fault]:
    """No level is left out on the way down."""
    level = 0
    for heading in notice.headings:
        if heading.level > level + 1:
            yield Fault(f"在“{_FORMS.get(level, '正文')}”之下直接用“{_FORMS[heading.level]}”", heading.passage)
        level = heading.level


@warn("GW-7.3.3-7", "7.3.3", "同一层次的序数连续", "请改正序数")
def counting(notice: Notice) -> Iterator[Fault]:
    """One after the other, anew under each heading above."""
    last: dict[int, str] = {}
    for heading in notice.headings:
        for deeper in [level for level in last if level > heading.level]:
            del last[deeper]
        before = last.get(heading.level, "")
        if value(heading.number) != value(before) + 1:
            yield Fault(f"“{heading.number}”前面" + (f"是“{before}”" if before else "没有序数"), heading.passage)
        last[heading.level] = heading.number


RULES = (face, form, order, counting)
