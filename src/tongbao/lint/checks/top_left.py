"""§7.2.1–7.2.3: 份号, 密级和保密期限, 紧急程度, stacked in the top left corner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongbao.lint.elements.forms import bare
from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import BODY_SIZE, Passage
from tongbao.lint.rule import Fault, fail, near, points, warn

_SECRECY = re.compile(r"(?:绝密|机密|秘密)(?:★(?:[1-9]\d?(?:年|个月|天|日)|长期))?")
_FLUSH = 1.5


def _found(notice: Notice) -> list[tuple[str, Passage]]:
    named = (("份号", notice.copy_number), ("密级", notice.secrecy), ("紧急程度", notice.urgency))
    return [(name, passage) for name, passage in named if passage is not None]


def _text(passage: Passage) -> str:
    return bare(passage.text.split("\t")[0])


@warn("GW-7.2.1-1", "7.2.1", "份号一般用6位阿拉伯数字", "请把份号写成6位数字，如 000001")
def copy_number(notice: Notice) -> Iterator[Fault]:
    """Six digits."""
    passage = notice.copy_number
    if passage and not re.fullmatch(r"\d{6}", _text(passage)):
        yield Fault(f"份号“{_text(passage)}”", passage)


@fail("GW-7.2.2-1", "7.2.2", "密级和保密期限写成“机密★1年”，期限用阿拉伯数字", "请改成“秘密★1年”这样的写法")
def secrecy(notice: Notice) -> Iterator[Fault]:
    """绝密, 机密, 秘密, with ★ and a term."""
    passage = notice.secrecy
    if passage and not _SECRECY.fullmatch(_text(passage)):
        yield Fault(f"密级“{_text(passage)}”", passage)


@fail("GW-7.2.3-1", "7.2.3", "紧急公文标注“特急”或“加急”", "请改为“特急”或“加急”（电报为特提、特急、加急、平急）")
def urgency(notice: Notice) -> Iterator[Fault]:
    """Only the two words."""
    passage = notice.urgency
    if passage and _text(passage) not in ("特急", "加急"):
        yield Fault(f"紧急程度“{_text(passage)}”", passage)


@warn("GW-7.2.2-2", "7.2.2、7.2.3", "密级、紧急程度一般用3号黑体字", "请改为三号黑体")
def black_face(notice: Notice) -> Iterator[Fault]:
    """三号黑体."""
    for name, passage in _found(notice)[0 if notice.copy_number is None else 1 :]:
        if passage.runs and (passage.runs[0].role != "黑体" or not near(passage.runs[0].size, BODY_SIZE, 0.3)):
            yield Fault(f"{name}为{points(passage.runs[0].size)}{passage.runs[0].role}", passage)


@fail("GW-7.2.1-2", "7.2.1—7.2.3", "份号、密级、紧急程度顶格编排在版心左上角", "请去掉缩进和居中")
def flush(notice: Notice) -> Iterator[Fault]:
    """At the left edge."""
    for name, passage in _found(notice):
        if abs(passage.indent) > _FLUSH:
            yield Fault(f"{name}距版心左边缘{passage.indent:.1f}mm", passage)


@fail("GW-7.2.3-2", "7.2.3", "自上而下依次为份号、密级和保密期限、紧急程度", "请按此顺序分行排列")
def order(notice: Notice) -> Iterator[Fault]:
    """From top to bottom."""
    found = _found(notice)
    numbers = [passage.number for _, passage in found]
    if numbers != sorted(set(numbers)):
        names = [name for name, passage in sorted(found, key=lambda each: each[1].number)]
        yield Fault(f"顺序为{'、'.join(names)}", found[0][1])


RULES = (copy_number, flush, secrecy, black_face, urgency, order)
