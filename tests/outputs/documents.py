"""Documents for the writers' tests: one that holds every element, and one of a full body page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tongbao.reports.document import (
    Attachment,
    BarChart,
    Document,
    Figure,
    Heading,
    Imprint,
    Letterhead,
    Meta,
    Paragraph,
    Run,
    Signature,
    Table,
    TableCell,
)

DAY = date(2022, 12, 9)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def ranking(rows: int, columns: int = 8) -> Table:
    head = tuple(
        TableCell(text, strong=True) for text in ("名次", "单位", *(f"指标{i}" for i in range(1, columns - 1)))
    )
    body = tuple(
        (
            TableCell(str(row)),
            TableCell(f"市第{row}部门", align="left"),
            *(TableCell(str(Decimal(9900 - 7 * row - column) / 100), align="right") for column in range(columns - 2)),
        )
        for row in range(1, rows + 1)
    )
    return Table("表1 得分排名", (1.0, 3.0, *([1.4] * (columns - 2))), (head,), body, ("注：示例数据。",))


def bars(count: int = 12) -> BarChart:
    values = tuple(98.5 - 2.25 * index for index in range(count))
    return BarChart(
        tuple(f"市第{index}部门" for index in range(1, count + 1)),
        values,
        tuple(f"{value:.2f}" for value in values),
        "得分（分）",
        "2022年11月",
    )


def notice(rows: int = 60, *, paragraphs: int = 12, number: int = 87) -> Document:
    """A notice with every element: headings, figure, portrait and landscape attachments, signature, imprint."""
    sentence = "对全市47个单位2022年11月政务服务能力进行了评价，市直部门平均得分86.42分，较10月提高1.35分（↑）。"
    blocks = (
        paragraph("根据《2022年度政务服务能力专项评价指标体系》，" + sentence + "现将有关情况通报如下。"),
        Heading(1, "一、", "总体情况"),
        *(paragraph(sentence * 2) for _ in range(paragraphs)),
        Heading(2, "（一）", "市直部门。", (Run("排名前3位的是市公安局（96.31分）、市税务局（95.80分）。"),)),
        Figure("图1 市直部门得分", bars(), "市直部门得分由高到低的条形图"),
        Heading(1, "二、", "下一步工作要求"),
        paragraph("请各单位认真对照整改。"),
    )
    return Document(
        Letterhead("昌吉市人民政府办公室文件", f"昌市政办发〔2022〕{number}号"),
        ("昌吉市人民政府办公室", "关于2022年11月全市政务服务能力", "评价情况的通报"),
        "各乡镇人民政府、街道办事处，市直各部门",
        blocks,
        (
            Attachment("1", ("2022年11月市直部门政务服务能力得分排名",), (ranking(rows),)),
            Attachment("2", ("2022年11月主要指标完成情况",), (ranking(20, 14),), landscape=True),
        ),
        Signature("昌吉市人民政府办公室", DAY),
        Imprint(("市委办公室", "市人大常委会办公室", "市政协办公室"), "昌吉市人民政府办公室", DAY),
        Meta("关于2022年11月全市政务服务能力评价情况的通报", "昌吉市人民政府办公室", "政务服务", ("通报",), DAY),
    )


def full_page() -> Document:
    """Body text without a stop that fills more than two pages: page 2 shows 22 lines of 28 characters."""
    document = notice(rows=3, paragraphs=0)
    block = paragraph("国" * (28 * 22 * 3))
    return Document(
        document.letterhead,
        document.title_lines,
        document.recipients,
        (block,),
        (),
        document.signature,
        document.imprint,
        document.meta,
    )
