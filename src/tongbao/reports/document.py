"""One document, several writers: the small immutable model that Word, HTML and PDF are all written from.

Everything that must be the same in every format is decided here: the text, its order, the numbers of headings,
tables, figures and attachments, and where a title breaks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tongbao.reports.charts import BarChart, BarSeries, Chart, GroupedBarChart, Line, LineChart, ShareChart
from tongbao.reports.wording import day_words
from tongbao.templates.style import Style


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `role` overrides the paragraph's font (黑体 for a label, 楷体 for a name)."""

    text: str
    strong: bool = False
    role: Literal["仿宋", "楷体", "黑体", "宋体", "小标宋"] | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number already in it (“一、”, “（一）”, “1.”, “（1）”); `runs` hold number and text.

    A level-2 or deeper heading may go on with body text on the same line (`tail`), as notices do.
    """

    level: Literal[1, 2, 3, 4]
    number: str
    text: str
    tail: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; indented by two characters unless `flush`."""

    runs: tuple[Run, ...]
    flush: bool = False
    align: Literal["justify", "left", "center", "right"] = "justify"

    @property
    def text(self) -> str:
        """The plain text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell at its place in the grid; spans leave no cells behind them.

    Attributes:
        tail: of a right-aligned figure, what it lacks to stand on the decimal point of its column (".00" for 98 above
            97.25): its width stays free, nothing is printed.
    """

    text: str
    colspan: int = 1
    rowspan: int = 1
    align: Literal["left", "center", "right"] = "center"
    strong: bool = False
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `head` rows are repeated on every page; rows never split.

    Attributes:
        caption: with its number (“表1 …”), or "".
        widths: relative widths of the columns; their count is the number of columns.
        head: header rows.
        body: body rows.
        notes: lines under the table.
        held: places of body rows that stay on the page of the next row: the head of a group, the last row before its
            subtotal.
    """

    caption: str
    widths: tuple[float, ...]
    head: tuple[tuple[TableCell, ...], ...]
    body: tuple[tuple[TableCell, ...], ...]
    notes: tuple[str, ...] = ()
    held: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its numbered caption below it and a text for those who cannot see it."""

    caption: str
    chart: Chart
    alt: str


__all__ = [
    "Attachment",
    "BarChart",
    "BarSeries",
    "Block",
    "Chart",
    "Document",
    "Figure",
    "Form",
    "GroupedBarChart",
    "Heading",
    "Imprint",
    "Letterhead",
    "Line",
    "LineChart",
    "Meta",
    "Paragraph",
    "Run",
    "ShareChart",
    "Signature",
    "Style",
    "Table",
    "TableCell",
]

Block = Heading | Paragraph | Table | Figure


Form = Literal["文件", "信函", "纪要"]
"""The standard's three layouts: 文件 (§7), 信函 (§10.1), 纪要 (§10.3)."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """版头 (GB/T 9704 §7.2): the red mark, 发文字号 and the red rule, and what an office may put above and beside them.

    Attributes:
        mark: 发文机关标志, e.g. 昌吉市人民政府办公室文件; of a joint issue only what stands right of the organs (文件).
        number: 发文字号, e.g. 昌市政办发〔2022〕87号; "" leaves the line empty.
        organs: of a joint issue the names in the mark, the host first; () for a single organ.
        copy_number: 份号, six digits (§7.2.1); "" without.
        secrecy: 密级和保密期限, 机密★1年 (§7.2.2); "" without.
        urgency: 紧急程度, 特急 or 加急 (§7.2.3); "" without.
        signers: 签发人 of an upward document (§7.2.6), the host's first; () of all others.
    """

    mark: str
    number: str
    organs: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件 (§7.3.7): starts a page; number and title stand again in 附件说明."""

    number: str  # "1"; "" when there is only one
    title_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    landscape: bool = False

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.title_lines)

    @property
    def label(self) -> str:
        """“附件1”, or “附件” for an only one."""
        return f"附件{self.number}"


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期 (§7.3.5).

    Attributes:
        organ: the organ that signs; of a joint issue the host.
        day: the day of signing.
        seal: leaves room for the seals and centres 署名 on the date (§7.3.5.1); without, the lines of §7.3.5.2.
        joint: the other organs of a joint issue, in the order of the mark; each has its own seal.
        post: of whoever signs by a 签名章 (§7.3.5.3), e.g. 市长; the stamp's room takes the place of 署名 and seal.
    """

    organ: str
    day: date
    seal: bool = True
    joint: tuple[str, ...] = ()
    post: str = ""

    @property
    def organs(self) -> tuple[str, ...]:
        """Everyone who signs, the host first."""
        return (self.organ, *self.joint)

    @property
    def day_text(self) -> str:
        """2022年12月9日."""
        return day_words(self.day)


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (§7.4): 抄送, 印发机关 and 印发日期; on the bottom of the last page.

    Attributes:
        recipients: 主送 that was too long for page 1 (§7.3.2); stands above 抄送 without a rule between.
        even_page: whether 版记 waits for an even page, the back of the last sheet.
    """

    copies: tuple[str, ...]
    printer: str
    day: date
    recipients: str = ""
    even_page: bool = True

    @property
    def recipients_text(self) -> str:
        """主送：a，b。 as one line; "" when they stand above the text."""
        return f"主送：{self.recipients}。" if self.recipients else ""

    @property
    def copies_text(self) -> str:
        """抄送：a，b，c。 as one line; "" when nobody gets a copy."""
        return f"抄送：{'，'.join(self.copies)}。" if self.copies else ""

    @property
    def day_text(self) -> str:
        """2022年12月9日印发."""
        return f"{day_words(self.day)}印发"


@dataclass(frozen=True, slots=True)
class Meta:
    """What readers and archives see of a file from outside."""

    title: str
    organ: str
    subject: str
    keywords: tuple[str, ...]
    created: date


@dataclass(frozen=True, slots=True)
class Document:
    """A whole notice.

    Attributes:
        title_lines: the title already broken between words (§7.3.1).
        recipients: 主送 line without the colon; "" when there is none, or when it stands in the imprint.
        signature: None where nobody signs, as in 纪要.
        watermark: words such as 初步 or 征求意见稿 laid across every page; "" when the document is as issued.
        form: which of the standard's layouts.
        note: 附注 (§7.3.6) without its brackets, e.g. 此件公开发布; "" without.
        attendance: of 纪要 (§10.3), labels and names: (("出席", "…"), ("列席", "…")).
    """

    letterhead: Letterhead
    title_lines: tuple[str, ...]
    recipients: str
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]
    signature: Signature | None
    imprint: Imprint | None
    meta: Meta
    style: Style = field(default_factory=Style)
    watermark: str = ""
    form: Form = "文件"
    note: str = ""
    attendance: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.title_lines)

    @property
    def attachment_lines(self) -> tuple[tuple[str, str], ...]:
        """附件说明 (§7.3.4) as pairs of lead and name: ("附件：1.", "…"), ("2.", "…"); no end marks."""
        lines = []
        for index, attachment in enumerate(self.attachments):
            number = f"{attachment.number}." if attachment.number else ""
            lines.append((("附件：" if index == 0 else "") + number, attachment.title))
        return tuple(lines)
