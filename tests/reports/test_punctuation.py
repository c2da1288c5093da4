"""What data and definitions bring into a finished text is held against the same rules as the templates."""

from __future__ import annotations

from dataclasses import replace

import documents

from tongbao.errors import Severity
from tongbao.reports.document import Attachment, Document, Heading, Run, Table, TableCell
from tongbao.reports.punctuation import check_punctuation


def document(*texts: str) -> Document:
    made = documents.bare(documents.host(), attachments=())
    return replace(made, blocks=tuple(map(documents.paragraph, texts)))


def told(made: Document) -> list[tuple[str | None, str]]:
    findings = check_punctuation(made)
    assert {finding.severity for finding in findings} <= {Severity.WARNING}
    return [(finding.place.cell, finding.message) for finding in findings]


def test_every_kind_of_text_is_looked_at_and_data_is_not() -> None:
    made = document("按《甲》、《乙》办理。")
    table = Table("表1 得分。", (1.0,), (), ((TableCell("15～30%"),),), ("注：得分为.5以下的。",))
    made = replace(
        made,
        title_lines=("关于评价情况", "的通报。"),
        blocks=(
            *made.blocks,
            Heading(1, "一、", "总体情况。"),
            Heading(2, "（一）", "部门。", (Run("升为15～30%。"),)),
            table,
        ),
        attachments=(Attachment("1", ("得分，",), (Heading(1, "一、", "2022年01月"),)),),
    )
    assert [place for place, _ in told(made)] == [
        "标题", "正文", "正文", "正文", "正文表题", "正文表注", "附件1标题", "附件1标题", "附件1",
    ]  # fmt: skip
    assert ("正文", "“按《甲》、《乙》办理。”：并列的书名号或引号之间用了顿号") in told(made)


def test_one_way_of_grouping_in_a_document() -> None:
    [(_, message)] = told(document("共12,345件。", "比上月的11024件多。"))
    assert "有的大数分节（12,345），有的不分（11024）" in message
    assert told(document("共12,345件。", "比上月的11,024件多，其中1024件超期。")) == []
    assert told(document("共12345件。", "甲政办发〔2022〕10001号。")) == []


def test_the_documents_of_the_tests_break_no_rule() -> None:
    for make in documents.ELEMENTS.values():
        assert check_punctuation(make()) == ()
