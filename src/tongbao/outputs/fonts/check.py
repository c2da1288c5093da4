"""Goes through a document character by character, so that no name is printed with an empty box in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.outputs.fonts.face import Face
from tongbao.outputs.fonts.known import Role
from tongbao.reports.document import (
    BarChart,
    Block,
    Chart,
    Document,
    Figure,
    GroupedBarChart,
    Heading,
    Letterhead,
    Paragraph,
    Run,
    ShareChart,
    Table,
)

_SHOWN_AROUND = 8
_UNSEEN = frozenset("\n\t \u200b\u200c\u200d\u2060\ufeff") | frozenset(map(chr, range(0xFE00, 0xFE10)))
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
HEADING_ROLES: Mapping[int, Role] = {1: "黑体", 2: "楷体", 3: "仿宋", 4: "仿宋"}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are set in one role, and where they stand."""

    text: str
    role: Role
    where: str


def passages(document: Document) -> Iterator[Passage]:
    """Every word of a document with the role that shows it; what style.css does for the PDF, said in one place."""
    yield from _letterhead(document.letterhead)
    yield Passage(document.title, "小标宋", "标题")
    yield Passage(document.recipients and document.recipients + "：", "仿宋", "主送机关")
    yield from _blocks(document.blocks, "正文")
    for lead, name in document.attachment_lines:
        yield Passage(lead + name, "仿宋", "附件说明")
    for label, names in document.attendance:
        yield Passage(f"{label}：", "黑体", label)
        yield Passage(names, "仿宋", label)
    if document.signature:
        signature = document.signature
        yield Passage(signature.post or "".join(signature.organs), "仿宋", "签发人职务" if signature.post else "署名")
        yield Passage(signature.day_text, "仿宋", "成文日期")
    yield Passage(document.note and f"（{document.note}）", "仿宋", "附注")
    for attachment in document.attachments:
        yield Passage(attachment.label, "黑体", attachment.label)
        yield Passage(attachment.title, "小标宋", f"{attachment.label}标题")
        yield from _blocks(attachment.blocks, attachment.label)
    if document.imprint:
        imprint = document.imprint
        words = imprint.recipients_text + imprint.copies_text + imprint.printer + imprint.day_text
        yield Passage(words, "仿宋", "版记")
    yield Passage(document.watermark, "黑体", "水印")
    yield Passage("— 0123456789 —", "宋体", "页码")


def _letterhead(letterhead: Letterhead) -> Iterator[Passage]:
    yield Passage(letterhead.copy_number, "仿宋", "份号")
    yield Passage(letterhead.secrecy, "黑体", "密级和保密期限")
    yield Passage(letterhead.urgency, "黑体", "紧急程度")
    yield Passage("".join(letterhead.organs) + letterhead.mark, "小标宋", "发文机关标志")
    yield Passage(letterhead.number, "仿宋", "发文字号")
    if letterhead.signers:
        yield Passage("签发人：", "仿宋", "签发人")
        yield Passage("".join(letterhead.signers), "楷体", "签发人")


def _blocks(blocks: Iterable[Block], where: str) -> Iterator[Passage]:
    for block in blocks:
        if isinstance(block, Heading):
            yield Passage(block.number + block.text, HEADING_ROLES[block.level], where)
            yield from _runs(block.tail, where)
        elif isinstance(block, Paragraph):
            yield from _runs(block.runs, where)
        elif isinstance(block, Table):
            yield Passage(block.caption, "黑体", where)
            for row in (*block.head, *block.body):
                for cell in row:
                    yield Passage(
                        cell.text, "黑体" if cell.strong else "仿宋", f"{where}{_short(block.caption) or '表格'}单元格"
                    )
            for note in block.notes:
                yield Passage(note, "仿宋", f"{where}{_short(block.caption) or '表格'}表注")
        elif isinstance(block, Figure):
            yield Passage(block.caption, "黑体", where)
            text = "".join((*_chart_texts(block.chart), block.chart.axis_title, "-.0123456789"))
            yield Passage(text, "黑体", f"{where}{_short(block.caption) or '图'}")


def _chart_texts(chart: Chart | GroupedBarChart | ShareChart) -> Iterator[str]:
    if isinstance(chart, BarChart):
        yield from (*chart.categories, *chart.labels, chart.series)
    elif isinstance(chart, GroupedBarChart | ShareChart):
        yield from (*chart.categories, "%，无")
        for series in chart.series:
            yield from (series.name, *series.labels)
    else:
        yield from chart.periods
        for line in chart.lines:
            yield from (line.name, *line.labels)


def _short(caption: str) -> str:
    return caption.partition(" ")[0]


def _runs(runs: tuple[Run, ...], where: str) -> Iterator[Passage]:
    for run in runs:
        yield Passage(run.text, run.role or ("黑体" if run.strong else "仿宋"), where)


def faces_used(document: Document, roles: Mapping[Role, tuple[Face, ...]]) -> frozenset[Face]:
    """The faces that the characters of a document are shown by."""
    needed: dict[Role, set[str]] = {}
    for passage in passages(document):
        needed.setdefault(passage.role, set()).update(passage.text)
    used = set()
    for role, characters in needed.items():
        rest = {ord(character) for character in characters - _UNSEEN}
        for face in roles[role]:
            if rest and (shown := rest & face.code_points):
                used.add(face)
                rest -= shown
    return frozenset(used)


def missing_and_substituted(
    document: Document, roles: Mapping[Role, tuple[Face, ...]], face_of: Callable[[Role, str], Face | None]
) -> tuple[Finding, ...]:
    """The findings of `FontSet.check`."""
    findings: list[Finding] = []
    seen: dict[Role, set[str]] = {}
    first: dict[Role, frozenset[int]] = {
        role: faces[0].code_points if faces else frozenset() for role, faces in roles.items()
    }
    for passage in passages(document):
        told = seen.setdefault(passage.role, set(_UNSEEN))
        for character in sorted(set(passage.text) - told, key=passage.text.index):
            told.add(character)
            if unicodedata.category(character) == "Cc":  # some fonts hold invisible glyphs for these
                findings.append(_finding(document, passage, character, roles[passage.role], None))
            elif ord(character) not in first[passage.role]:
                findings.append(
                    _finding(document, passage, character, roles[passage.role], face_of(passage.role, character))
                )
    return tuple(findings)


def _finding(
    document: Document, passage: Passage, character: str, faces: tuple[Face, ...], face: Face | None
) -> Finding:
    at = passage.text.index(character)
    around = passage.text[max(0, at - _SHOWN_AROUND) : at + _SHOWN_AROUND + 1].strip()
    place = Place(f"《{document.meta.title}》", cell=f"{passage.where}“{around}”")
    shown = "□" if unicodedata.category(character) in _INVISIBLE else character
    label = f"“{shown}”（U+{ord(character):04X}）"
    if face is None:
        remedy = "请改用规范汉字或常用符号，或把含有该字的字体放进模板包的 fonts 文件夹"
        return Finding(Code.GLYPH_MISSING, f"{passage.role}的所有字体都没有{label}", place, remedy)
    message = f"{passage.role}字体 {faces[0].name} 没有{label}，改由 {face.name} 显示"
    remedy = "如要字形一致，请把含有该字的字体放进模板包的 fonts 文件夹"
    return Finding(Code.GLYPH_SUBSTITUTED, message, place, remedy, Severity.REMARK)
