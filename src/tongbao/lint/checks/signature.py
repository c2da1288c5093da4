"""§7.3.5–7.3.6: 署名, 成文日期 and 附注."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongbao.lint.elements.forms import DAY_FORM, EMPTY_PAGE, bare
from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import CHARACTER, Passage
from tongbao.lint.rule import ONLY_PDF, Fault, fail, near, warn

_SLACK = 0.6 * CHARACTER
_WIDTH = 156.0


@fail(
    "GW-7.3.5.4-1",
    "7.3.5.4",
    "成文日期用阿拉伯数字将年、月、日标全，不编虚位，如 2022年12月9日",
    "请改成“2022年12月9日”的写法",
)
def day_form(notice: Notice) -> Iterator[Fault]:
    """No zeros, no Chinese digits, no points."""
    if notice.day and not DAY_FORM.fullmatch(bare(notice.day.text)):
        yield Fault(f"“{notice.day.text.strip()}”", notice.day)


@fail("GW-7.3.5.4-2", "7.3.5.4", "公文有成文日期", "请加上成文日期")
def day_present(notice: Notice) -> Iterator[Fault]:
    """At least in a whole 文件."""
    if notice.kind == "文件" and notice.marks and notice.number and notice.title and notice.day is None:
        yield Fault("未见成文日期", notice.body[-1] if notice.body else None)


@warn(
    "GW-7.3.5-1", "7.3.5.1、7.3.5.2",
    "加盖印章的，日期右空四字、署名以日期为准居中；不加盖的，署名右空二字、日期首字比署名首字右移二字",
    "请按是否加盖印章调整署名和日期的位置",
)  # fmt: skip
def places(notice: Notice) -> Iterator[Fault]:
    """Any of the three layouts; of several organs only the last stands by the date."""
    day = notice.day
    if day is None:
        return
    organ = notice.organs[-1] if notice.organs else None
    if len(notice.organs) > 1 or (organ and "\t" in organ.text):
        organ = None
    if not _sealed(day, organ) and not _plain(day, organ):
        where = f"日期右空{day.inset / CHARACTER:.1f}字"
        if organ is not None:
            where += f"，署名右空{organ.inset / CHARACTER:.1f}字"
        yield Fault(where, day)


def _sealed(day: Passage, organ: Passage | None) -> bool:
    four = near(day.inset, 4 * CHARACTER, _SLACK)
    if organ is None:
        return four or near(day.inset, 2 * CHARACTER, _SLACK)
    centred = near(_middle(organ), _middle(day), 3)
    pushed = day.inset > 4 * CHARACTER and organ.inset < 3 * CHARACTER  # a long 署名 moves both to the left
    return centred and (four or pushed)


def _plain(day: Passage, organ: Passage | None) -> bool:
    if organ is None:
        return False
    shifted = near(day.indent - organ.indent, 2 * CHARACTER, _SLACK)
    at_right = near(organ.inset, 2 * CHARACTER, _SLACK) or near(day.inset, 2 * CHARACTER, _SLACK)
    stamped = near(day.inset, 4 * CHARACTER, _SLACK)
    return (shifted and at_right) or (stamped and organ.inset > 0)


def _middle(passage: Passage) -> float:
    return (passage.indent + _WIDTH - passage.inset) / 2


@fail(
    "GW-7.3.5.5-1",
    "7.3.5.5",
    "不得用“此页无正文”，空白处容不下印章时调整行距、字距",
    "请删去“此页无正文”，调整行距或字距",
)
def no_empty_page(notice: Notice) -> Iterator[Fault]:
    """The old way out is closed."""
    for passage in notice.measured.passages:
        if EMPTY_PAGE.search(passage.text):
            yield Fault("有“此页无正文”", passage)


@warn(
    "GW-7.3.5.5-2", "7.3.5.5", "署名、成文日期所在页有正文（或附件说明）", "请调整行距、字距，使末页留有正文", ONLY_PDF
)
def not_alone(notice: Notice) -> Iterator[Fault]:
    """No page that bears only the signature."""
    day = notice.day
    if day is None or not notice.body:
        return
    above = (*notice.body, *(item.passage for item in notice.notes))
    if not any(line.page == day.page for passage in above for line in passage.lines):
        yield Fault("该页只有署名和日期", day)


@fail("GW-7.3.6-1", "7.3.6", "附注居左空二字，加圆括号编排在成文日期下一行", "请左空二字，用全角圆括号")
def remark(notice: Notice) -> Iterator[Fault]:
    """（…） two characters in."""
    passage = notice.remark
    if passage is None:
        return
    if not near(passage.indent, 2 * CHARACTER, 1.6):
        yield Fault(f"左空{passage.indent / CHARACTER:.1f}字", passage)
    if not re.fullmatch(r"（.+）", passage.text.strip()):
        yield Fault("圆括号不是全角", passage)


RULES = (day_form, day_present, places, no_empty_page, not_alone, remark)
