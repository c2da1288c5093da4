"""Finds what stands above the body: 版头, title and 主送."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tongbao.lint.elements.forms import (
    COPY_NUMBER,
    DAY,
    HEADINGS,
    MARK,
    MINUTES,
    NUMBER,
    SECRECY,
    SIGNER,
    URGENCY,
    bare,
)
from tongbao.lint.elements.notice import Kind, Notice
from tongbao.lint.measured import CHARACTER, Measured, Passage, Stroke

_MARK_SIZE: Final = 22.0
_HEAD_LENGTH: Final = 16  # paragraphs among which 版头 is looked for
_HEAD_PART: Final = 30  # characters
_TITLE_LINES: Final = 6
_LONGEST_TITLE: Final = 120
_SIGNER_LINE: Final = re.compile(r"[\u4e00-\u9fff·\s\t]{2,20}")
_LETTER_WIDTH: Final = 165.0  # the rules of a 信函 are 170 mm wide, others 156


@dataclass(frozen=True, slots=True)
class Head:
    """What was found, and where in the flow the rest begins."""

    notice: Notice
    rest: int


def find_head(measured: Measured) -> Head:
    """Find 版头, title and 主送 at the beginning of a document."""
    flow = measured.flow
    rules = _red_rules(measured)
    near = flow[:_HEAD_LENGTH]
    number_at = next((at for at, each in enumerate(near) if _is_number(each)), None)
    number = near[number_at] if number_at is not None else None
    limit = number_at if number_at is not None else _first_plain(near)
    framed = tuple(
        each
        for each in measured.passages
        if each.room == "frame" and each.red and each.size >= _MARK_SIZE and each.number < 40  # noqa: PLR2004
    )
    marks = tuple(each for each in near[: limit + 1] if _is_mark(each, number)) or framed
    above = [each for each in near[:limit] if each not in marks]
    copy_number = next((each for each in above if COPY_NUMBER.fullmatch(bare(each.text))), None)
    secrecy = next((each for each in above if SECRECY.match(bare(each.text)) and len(each.text) < 16), None)  # noqa: PLR2004
    urgency = next((each for each in above if URGENCY.fullmatch(bare(each.text))), None)
    signers = _signers(near, number_at)
    kind = _kind(marks, number, rules)
    used = {
        each.number
        for each in (*marks, number, copy_number, secrecy, urgency, *signers)
        if each is not None and each.room == "text"
    }
    start = max((at for at, each in enumerate(near) if each.number in used), default=-1) + 1
    if kind == "信函":
        copy_number, secrecy, urgency = _beside_number(near, copy_number, secrecy, urgency)
        used |= {each.number for each in (copy_number, secrecy, urgency) if each}
        start = max((at for at, each in enumerate(near) if each.number in used), default=-1) + 1
    title, rest = _title(flow, start)
    recipients = None
    if rest < len(flow) and _is_recipients(flow[rest]) and (title or kind != "无版头"):
        recipients = flow[rest]
        rest += 1
    return Head(
        Notice(measured, kind, marks, number, copy_number, secrecy, urgency, signers, rules, title, recipients),
        rest,
    )


def _red_rules(measured: Measured) -> tuple[Stroke, ...]:
    return tuple(stroke for stroke in measured.strokes if stroke.red and stroke.page in (None, 1))


def _is_number(passage: Passage) -> bool:
    """发文字号 stands alone, or with a signer's name or 份号 in the same line."""
    parts = [part.strip() for part in SIGNER.split(passage.text)[0].split("\t") if part.strip()]
    return any(NUMBER.fullmatch(part) for part in parts) and all(len(part) < _HEAD_PART for part in parts)


def _first_plain(near: Sequence[Passage]) -> int:
    """Where ordinary text begins: nothing red or large comes before it any more."""
    return next((at for at, each in enumerate(near) if not each.red and len(each.text) > 20), min(len(near), 6))  # noqa: PLR2004


def _is_mark(passage: Passage, number: Passage | None) -> bool:
    if passage is number or NUMBER.search(passage.text):
        return False
    large = passage.size >= _MARK_SIZE
    worded = bool(MARK.fullmatch(bare(passage.text)))
    before_number = number is not None and passage.number < number.number
    return (passage.red and large) or (before_number and worded) or (passage.red and worded)


def _signers(near: Sequence[Passage], number_at: int | None) -> tuple[Passage, ...]:
    first = next((at for at, each in enumerate(near) if SIGNER.search(each.text)), None)
    if first is None:
        return ()
    found = [near[first]]
    for at, each in enumerate(near[first + 1 :], first + 1):
        if at == number_at and "\t" in each.text:
            found.append(each)
        if number_at is not None and at >= number_at:
            break
        if not _SIGNER_LINE.fullmatch(each.text) or each.role not in ("楷体", "仿宋"):
            break
        found.append(each)
    return tuple(found)


def _kind(marks: Sequence[Passage], number: Passage | None, rules: Sequence[Stroke]) -> Kind:
    if marks and MINUTES.fullmatch(bare(marks[-1].text)):
        return "纪要"
    wide = [rule for rule in rules if rule.width > _LETTER_WIDTH]
    double = len(rules) > 1 and rules[0].after == rules[1].after
    if marks and (wide or double) and not bare(marks[-1].text).endswith("文件"):
        return "信函"
    if marks or rules or (number is not None):
        return "文件"
    return "无版头"


def _beside_number(
    near: Sequence[Passage], copy_number: Passage | None, secrecy: Passage | None, urgency: Passage | None
) -> tuple[Passage | None, Passage | None, Passage | None]:
    """A 信函 has them below its first rule, at the left of 发文字号."""
    for each in near[:8]:
        text = bare(each.text.split("\t")[0])
        if copy_number is None and re.fullmatch(r"\d{6}", text):
            copy_number = each
        if secrecy is None and SECRECY.fullmatch(text):
            secrecy = each
        if urgency is None and URGENCY.fullmatch(text):
            urgency = each
    return copy_number, secrecy, urgency


def _title(flow: Sequence[Passage], start: int) -> tuple[tuple[Passage, ...], int]:
    """The title: centred or large paragraphs of one size after 版头."""
    found: list[Passage] = []
    at = start
    while at < len(flow) and len(found) < _TITLE_LINES:
        each = flow[at]
        if not found and DAY.fullmatch(bare(each.text)):
            break
        if found and (abs(each.size - found[0].size) > 0.6 or _is_recipients(each)):  # noqa: PLR2004
            break
        if not _like_title(each, flow):
            break
        found.append(each)
        at += 1
    return tuple(found), at


def _like_title(passage: Passage, flow: Sequence[Passage]) -> bool:
    text = passage.text
    if len(text) > _LONGEST_TITLE or passage.hang is not None or any(pattern.match(text) for _, pattern in HEADINGS):
        return False
    size = max((each.size for each in flow if len(each.text) > 40), default=16.0)  # noqa: PLR2004
    if passage.align == "center":
        return True
    return passage.size > size + 1.5 and len(text) < 60  # noqa: PLR2004


def _is_recipients(passage: Passage) -> bool:
    text = passage.text.rstrip()
    if any(pattern.match(text) for _, pattern in HEADINGS) or passage.align == "center":
        return False
    if text[-1:] in "：:":
        return len(text) < 400 and "。" not in text  # noqa: PLR2004
    flush = passage.indent < 0.7 * CHARACTER
    return flush and "。" not in text and text[-1:] in "，,、；;" and len(text) < 100  # noqa: PLR2004
