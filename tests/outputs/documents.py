"""Documents for the writers' tests: a notice as most are, a full body page, and every element of the standard.

`ELEMENTS` names one document for each element that GB/T 9704 knows, so that a test can go through all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tongbao.reports.document import (
    Attachment,
    BarChart,
    BarSeries,
    Document,
    Figure,
    GroupedBarChart,
    Heading,
    Imprint,
    Letterhead,
    Line,
    LineChart,
    Meta,
    Paragraph,
    Run,
    ShareChart,
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


def grouped_bars(count: int = 6) -> GroupedBarChart:
    """Last month beside this month; the last unit was not yet evaluated last month."""
    now = tuple(96.5 - 2.25 * index for index in range(count))
    before = (*(value - 1.5 for value in now[:-1]), None)
    return GroupedBarChart(
        tuple(f"市第{index}部门" for index in range(1, count + 1)),
        (
            BarSeries("10月", before, tuple("" if value is None else f"{value:.2f}" for value in before)),
            BarSeries("11月", now, tuple(f"{value:.2f}" for value in now)),
        ),
        "得分（分）",
    )


def shares(count: int = 4) -> ShareChart:
    """Ratings by degree; the last unit got none at all: a whole of nought."""
    parts = {
        "非常满意": (120, 80, 61, 0),
        "满意": (30, 41, 12, 0),
        "基本满意": (6, 3, 0, 0),
        "不满意": (2, 0, 5, 0),
        "非常不满意": (1, 2, 0, 0),
    }
    return ShareChart(
        tuple(f"市第{index}部门" for index in range(1, count + 1)),
        tuple(
            BarSeries(
                name,
                tuple(float(value) for value in values[:count]),
                tuple(str(value) if value else "" for value in values[:count]),
            )
            for name, values in parts.items()
        ),
        "评价数（件）",
    )


def trend() -> LineChart:
    """Two lines over the turn of a year, one of them with a gap."""
    return LineChart(
        ("2022年10月", "2022年11月", "2022年12月", "2023年1月"),
        (
            Line("平均", (86.42, 87.1, 86.95, 88.03), ("86.42", "87.10", "86.95", "88.03")),
            Line("市公安局", (95.12, None, 96.31, 96.8), ("95.12", "", "96.31", "96.80")),
        ),
        "得分（分）",
    )


def right(text: str, tail: str = "", *, strong: bool = False) -> TableCell:
    """A figure on the decimal point of its column."""
    return TableCell(text, align="right", strong=strong, tail=tail)


def subtotals() -> Table:
    """Merged heads and cells, two groups with a subtotal each, figures on the decimal point, a note."""
    head = (
        (
            TableCell("序号", rowspan=2, strong=True),
            TableCell("单位", rowspan=2, strong=True),
            TableCell("12345工单", colspan=2, strong=True),
            TableCell("得分", rowspan=2, strong=True),
        ),
        (TableCell("受理（件）", strong=True), TableCell("办结率", strong=True)),
    )
    body = (
        (TableCell("市直部门", colspan=5, align="left", strong=True),),
        (
            TableCell("1"),
            TableCell("市公安局", align="left"),
            right("1024"),
            right("100%", ".00"),
            right("98", ".25"),
        ),
        (TableCell("2"), TableCell("市税务局", align="left"), right("87"), right("98.25%", ""), right("97.25")),
        (
            TableCell("小计", colspan=2, strong=True),
            right("1111", strong=True),
            right("99.86%", strong=True),
            TableCell("—", align="right", strong=True, tail=".25"),
        ),
        (TableCell("乡镇（街道）", colspan=5, align="left", strong=True),),
        (
            TableCell("3", rowspan=2),
            TableCell("第一街道", align="left"),
            right("9"),
            right("66.67%"),
            TableCell("80.5", align="right", rowspan=2, tail="0"),
        ),
        (TableCell("第二街道", align="left"), right("12"), right("75%", ".00")),
        (
            TableCell("小计", colspan=2, strong=True),
            right("21", strong=True),
            right("71.43%", strong=True),
            TableCell("—", align="right", strong=True, tail=".25"),
        ),
    )
    return Table(
        "表2 工单办理情况（单位：件）",
        (1.0, 3.0, 1.6, 1.8, 1.6),
        head,
        body,
        ("注：1.办结率为按期办结的工单数除以受理数。", "2.示例数据。"),
        held=frozenset({0, 2, 4, 6}),
    )


def split_by_columns() -> tuple[Table, Table]:
    """A table too wide even for landscape, in two parts that both name the units."""
    first, second = ranking(6, 12), ranking(6, 10)
    return replace(first, caption="表3 各项指标得分", notes=()), replace(second, caption="表3（续）")


def bare(letterhead: Letterhead, **changes: object) -> Document:
    """A notice of one page, of which a test sees one element."""
    document = replace(
        notice(rows=3, paragraphs=1),
        letterhead=letterhead,
        blocks=(paragraph("现将有关情况通报如下。"), Heading(1, "一、", "总体情况"), paragraph("示例数据。")),
        attachments=(),
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def host(**changes: object) -> Letterhead:
    """The letterhead of a single organ with some of its lines set."""
    return replace(notice(rows=1, paragraphs=0).letterhead, **changes)  # type: ignore[arg-type]


def above_the_mark() -> Document:
    """份号, 密级和保密期限 and 紧急程度, one above the other (§7.2.1–7.2.3)."""
    return bare(host(copy_number="000012", secrecy="机密★1年", urgency="特急"))


def joint(count: int) -> Document:
    """Several organs issue together: names in the mark beside 文件, one 署名 and one seal each."""
    organs = tuple(f"昌吉市{name}" for name in ("人民政府办公室", "政务服务局", "财政局", "司法局", "统计局")[:count])
    return bare(
        Letterhead("文件", "昌市政办发〔2022〕87号", organs=organs, urgency="加急"),
        signature=Signature(organs[0], DAY, joint=organs[1:]),
    )


def upward(signers: int = 3) -> Document:
    """A report to a higher organ: 发文字号 moves left, 签发人 stand right, two a line (§7.2.6)."""
    names = ("某甲", "某乙某", "某丙", "某丁")[:signers]
    return bare(
        host(number="昌市政办〔2022〕12号", signers=names),
        title_lines=("昌吉市人民政府办公室关于2022年11月", "政务服务能力评价情况的报告"),
        recipients="昌吉州人民政府办公室",
    )


def letter() -> Document:
    """信函 (§10.1): two red double rules, 发文字号 on the right, no number on page 1; long enough for a second page."""
    return bare(
        Letterhead("昌吉市人民政府办公室", "昌市政办函〔2022〕5号", copy_number="000001", urgency="加急"),
        form="信函",
        blocks=(*(paragraph("请各单位认真对照整改，并于月底前报送整改情况。" * 6) for _ in range(7)),),
    )


def minutes() -> Document:
    """纪要 (§10.3): nobody signs; 出席, 请假 and 列席 after the text."""
    return bare(
        Letterhead("昌吉市人民政府专题会议纪要", "〔2022〕7号"),
        form="纪要",
        recipients="",
        title_lines=("关于政务服务能力评价整改工作的会议纪要",),
        signature=None,
        attendance=(
            ("出席", "市人民政府办公室、市政务服务局、市公安局、市税务局、市医疗保障局、市住房和城乡建设局负责同志"),
            ("请假", "市统计局"),
            ("列席", "各乡镇人民政府、街道办事处"),
        ),
    )


def unsealed(post: str = "") -> Document:
    """署名 without a seal, or with a 签名章 when a post is given."""
    return bare(host(), signature=Signature("昌吉市人民政府", DAY, seal=False, post=post))


def noted() -> Document:
    """附注 below the date."""
    return bare(host(), note="此件公开发布")


def recipients_below() -> Document:
    """主送 so long that they stand in 版记, above 抄送 without a rule between."""
    document = bare(host(), recipients="")
    assert document.imprint is not None
    units = "，".join(f"市第{index}部门" for index in range(1, 121))
    return replace(document, imprint=replace(document.imprint, recipients=units))


def odd_imprint() -> Document:
    """版记 on the last page wherever it falls."""
    document = bare(host())
    assert document.imprint is not None
    return replace(document, imprint=replace(document.imprint, even_page=False))


def tables_and_pictures() -> Document:
    """Every kind of table, in the text and in attachments, and every picture that a document may hold."""
    document = notice(rows=3, paragraphs=1)
    return replace(
        document,
        blocks=(
            *document.blocks[:3],
            subtotals(),
            Figure("图1 市直部门得分", bars(), "市直部门得分由高到低的条形图"),
            Figure("图2 得分走势", trend(), "平均与市公安局四个月得分的折线图"),
            Figure("图3 两月得分", grouped_bars(), "各部门10月、11月得分的并列条形图"),
            Figure("图4 评价等级构成", shares(), "各部门五个评价等级所占比例的条形图"),
            paragraph("请各单位认真对照整改。"),
        ),
        attachments=(
            Attachment("1", ("工单办理情况",), (subtotals(),)),
            Attachment("2", ("各项指标得分",), split_by_columns(), landscape=True),
        ),
    )


ELEMENTS: dict[str, Callable[[], Document]] = {
    "份号密级紧急程度": above_the_mark,
    "两个机关联合": lambda: joint(2),
    "三个机关联合": lambda: joint(3),
    "五个机关联合": lambda: joint(5),
    "一位签发人": lambda: upward(1),
    "三位签发人": upward,
    "信函": letter,
    "纪要": minutes,
    "无印章": unsealed,
    "签名章": lambda: unsealed("市长"),
    "附注": noted,
    "主送移入版记": recipients_below,
    "版记不限双页": odd_imprint,
    "表和图": tables_and_pictures,
}
"""One document for each element."""
