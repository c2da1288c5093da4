"""The sample notices as plain text, so that a change of wording or of a figure shows in a diff.

After an intended change: python -m pytest tests/run/test_golden.py --golden
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from workspaces import REPOSITORY

from tongbao.reports.document import (
    BarChart,
    Block,
    Document,
    Figure,
    GroupedBarChart,
    Heading,
    LineChart,
    Paragraph,
    ShareChart,
    Table,
)
from tongbao.run.prepare import Prepared

GOLDEN = Path(__file__).parent / "golden"
pytestmark = pytest.mark.xdist_group("prepared")


def lines(document: Document) -> Iterator[str]:
    yield f"【{document.letterhead.mark}】{document.letterhead.number}"
    yield from document.title_lines
    yield f"{document.recipients}："
    yield from blocks(document.blocks)
    yield from (lead + name for lead, name in document.attachment_lines)
    yield f"{document.signature.organ}　{document.signature.day_text}"
    for attachment in document.attachments:
        yield f"—— {attachment.label} {attachment.title}{'（横排）' if attachment.landscape else ''}"
        yield from blocks(attachment.blocks)
    if document.imprint:
        yield f"{document.imprint.copies_text}｜{document.imprint.printer}｜{document.imprint.day_text}"


def blocks(content: tuple[Block, ...]) -> Iterator[str]:
    for block in content:
        match block:
            case Heading():
                yield f"{'#' * block.level} {block.number}{block.text}{''.join(run.text for run in block.tail)}"
            case Paragraph():
                yield block.text
            case Table():
                yield from filter(None, [block.caption])
                yield from ("| " + " | ".join(cell.text for cell in row) for row in (*block.head, *block.body))
                yield from block.notes
            case Figure(chart=BarChart() as chart):
                bars = zip(chart.categories, chart.labels, strict=True)
                yield f"［{block.caption}］" + "、".join(f"{name}{label}" for name, label in bars)
            case Figure(chart=GroupedBarChart() | ShareChart() as chart):
                labels = (
                    "、".join(f"{n}{v}" for n, v in zip(chart.categories, e.labels, strict=True)) for e in chart.series
                )
                named = zip(chart.series, labels, strict=True)
                yield f"［{block.caption}］" + "；".join(f"{series.name}：{words}" for series, words in named)
            case Figure(chart=LineChart() as chart):
                drawn = (zip(chart.periods, line.values, strict=True) for line in chart.lines)
                told = ("、".join(f"{period}{value}" for period, value in points) for points in drawn)
                lines_ = zip(chart.lines, told, strict=True)
                yield f"［{block.caption}］" + "；".join(f"{line.name}：{words}" for line, words in lines_)


@pytest.mark.parametrize("name", sorted(path.stem for path in (REPOSITORY / "reports").glob("*.yaml")))
def test_sample_notices_read_as_they_should(
    prepared: Mapping[str, Prepared], name: str, pytestconfig: pytest.Config
) -> None:
    text = "\n\n".join(
        "\n".join((f"======== {stem}", *lines(document))) for stem, document in prepared[name].documents.items()
    )
    path = GOLDEN / f"{name}.txt"
    if pytestconfig.getoption("--golden"):
        path.write_text(text + "\n", encoding="utf-8")
    assert path.read_text("utf-8") == text + "\n"


def test_the_published_order_of_the_real_table_is_kept(prepared: Mapping[str, Prepared]) -> None:
    [board] = prepared["盘锦市12345热线通报"].boards
    assert [(s.rank, s.unit, str(s.total)) for s in board.standings] == [
        (1, "高新技术开发区", "100.0"),
        (2, "大洼区", "99.3"),
        (3, "盘山县", "99.2"),
        (4, "兴隆台区", "99.1"),
        (5, "辽滨沿海经济技术开发区", "99.0"),
        (6, "双台子区", "97.4"),
    ]


def test_consequences_are_always_proposed(prepared: Mapping[str, Prepared]) -> None:
    notice = prepared["昌吉市政务服务月度通报"].documents["通报"]
    measures = [b.text for b in notice.blocks if isinstance(b, Paragraph) and ("表扬" in b.text or "批评" in b.text)]
    assert len(measures) == 3
    assert all("拟予以通报" in text for text in measures)
