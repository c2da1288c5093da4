"""Every word of a document with the role that shows it, so that no font is forgotten and no character overlooked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tongbao.outputs.fonts.known import Role
from tongbao.reports.document import (
    Attachment,
    BarChart,
    Block,
    Chart,
    Document,
    Figure,
    GroupedBarChart,
    Heading,
    Letterhead,
    LineChart,
    Paragraph,
    Run,
    ShareChart,
    Signature,
    Table,
)

HEADING_ROLES: Mapping[int, Role] = {1: "黑体", 2: "楷体", 3: "仿宋", 4: "仿宋"}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are set in one role, and where they stand."""

    text: str
    role: Role
    where: str


def passages(document: Document) -> Iterator[Passage]:
    """Every word that a reader sees of a document; whatever the writers print is among them."""
    yield from _letterhead(document.letterhead)
    yield Passage(document.title, "小标宋", "标题")
    yield Passage(document.recipients and document.recipients + "：", "仿宋", "主送机关")
    yield from _blocks(document.blocks, "正文")
    for label, names in document.attendance:
        yield Passage(f"{label}：", "黑体", label)
        yield Passage(names, "仿宋", label)
    for lead, name in document.attachment_lines:
        yield Passage(lead + name, "仿宋", "附件说明")
    if document.signature:
        yield from _signature(document.signature)
    yield Passage(document.note and f"（{document.note}）", "仿宋", "附注")
    for attachment in document.attachments:
        yield from _attachment(attachment)
    if document.imprint:
        imprint = document.imprint
        text = imprint.recipients_text + imprint.copies_text + imprint.printer + imprint.day_text
        yield Passage(text, "仿宋", "版记")
    yield Passage(document.watermark, "黑体", "水印")
    yield Passage("— 0123456789 —", "宋体", "页码")


def _letterhead(letterhead: Letterhead) -> Iterator[Passage]:
    yield Passage("".join(letterhead.organs) + letterhead.mark, "小标宋", "发文机关标志")
    yield Passage(letterhead.number, "仿宋", "发文字号")
    yield Passage(letterhead.copy_number, "仿宋", "份号")
    yield Passage(letterhead.secrecy, "黑体", "密级和保密期限")
    yield Passage(letterhead.urgency, "黑体", "紧急程度")
    if letterhead.signers:
        yield Passage("签发人：", "仿宋", "签发人")
        yield Passage("".join(letterhead.signers), "楷体", "签发人")


def _signature(signature: Signature) -> Iterator[Passage]:
    yield Passage("".join(signature.organs), "仿宋", "署名")
    yield Passage(signature.post, "仿宋", "签发人职务")
    yield Passage(signature.day_text, "仿宋", "成文日期")


def _attachment(attachment: Attachment) -> Iterator[Passage]:
    yield Passage(attachment.label, "黑体", attachment.label)
    yield Passage(attachment.title, "小标宋", f"{attachment.label}标题")
    yield from _blocks(attachment.blocks, attachment.label)


def _blocks(blocks: Iterable[Block], where: str) -> Iterator[Passage]:
    for block in blocks:
        match block:
            case Heading():
                yield Passage(block.number + block.text, HEADING_ROLES[block.level], where)
                yield from _runs(block.tail, where)
            case Paragraph():
                yield from _runs(block.runs, where)
            case Table():
                yield from _table(block, where)
            case Figure():
                yield Passage(block.caption, "黑体", where)
                text = "".join((*_chart_texts(block.chart), "-.0123456789"))
                yield Passage(text, "黑体", f"{where}{_short(block.caption) or '图'}")


def _table(table: Table, where: str) -> Iterator[Passage]:
    name = f"{where}{_short(table.caption) or '表格'}"
    yield Passage(table.caption, "黑体", where)
    for row in (*table.head, *table.body):
        for cell in row:
            yield Passage(cell.text, "黑体" if cell.strong else "仿宋", f"{name}单元格")
    for note in table.notes:
        yield Passage(note, "仿宋", f"{name}表注")


def _chart_texts(chart: Chart | GroupedBarChart | ShareChart) -> Iterator[str]:
    yield chart.axis_title
    match chart:
        case BarChart():
            yield from (*chart.categories, *chart.labels, chart.series)
        case LineChart():
            yield from chart.periods
            for line in chart.lines:
                yield from (line.name, *line.labels)
        case GroupedBarChart() | ShareChart():
            yield from (*chart.categories, "%，无")
            for series in chart.series:
                yield from (series.name, *series.labels)


def _short(caption: str) -> str:
    return caption.partition(" ")[0]


def _runs(runs: tuple[Run, ...], where: str) -> Iterator[Passage]:
    for run in runs:
        yield Passage(run.text, run.role or ("黑体" if run.strong else "仿宋"), where)
