"""Word files taken apart for tests: parts as XML, paragraphs by style, documents with what the shared ones lack."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace

from documents import DAY, bars, notice, paragraph
from lxml import etree

from tongbao.outputs.fonts import Face, Role
from tongbao.outputs.word import write
from tongbao.reports.document import (
    Attachment,
    BarChart,
    Document,
    Figure,
    Heading,
    Imprint,
    Paragraph,
    Run,
    Signature,
    Table,
    TableCell,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "v": "urn:schemas-microsoft-com:vml",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}


class WordFile:
    """A written document, its parts parsed when asked for."""

    def __init__(self, document: Document, own: Mapping[Role, Face] | None = None) -> None:
        self.content = write(document, own)
        with zipfile.ZipFile(io.BytesIO(self.content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}

    def part(self, name: str = "word/document.xml") -> etree._Element:
        return etree.fromstring(self.parts[name])

    def find(self, path: str, part: str = "word/document.xml") -> list[etree._Element]:
        return self.part(part).xpath(path, namespaces=NAMES)  # type: ignore[no-any-return]

    def styled(self, identifier: str) -> list[etree._Element]:
        """Paragraphs of the text in a style."""
        return self.find(f'//w:body//w:p[w:pPr/w:pStyle/@w:val="{identifier}"]')

    def style(self, identifier: str) -> etree._Element:
        (found,) = self.find(f'//w:style[@w:styleId="{identifier}"]', "word/styles.xml")
        return found


def attribute(element: etree._Element, path: str, name: str) -> str | None:
    """The w: attribute of the first element on a path; None when there is none."""
    found = element.xpath(path, namespaces=NAMES)
    return found[0].get(f"{{{W}}}{name}") if found else None


def text(element: etree._Element) -> str:
    return "".join(element.xpath(".//w:t/text()", namespaces=NAMES))


def merged() -> Table:
    """Two head rows, cells that span rows, cells that span columns."""
    cell = TableCell
    return Table(
        "表2 合并单元格",
        (1, 2, 1, 1),
        (
            (cell("序号", rowspan=2), cell("单位", rowspan=2), cell("得分", colspan=2)),
            (cell("线上"), cell("线下")),
        ),
        (
            (cell("1"), cell("市公安局", align="left"), cell("不适用", colspan=2)),
            (cell("2", rowspan=2), cell("市税务局", align="left"), cell("9.00", align="right", strong=True), cell("8")),
            (cell("合计"), cell(""), cell("8")),
        ),
    )


def bare(rows: int = 1) -> Table:
    """A table without caption and notes."""
    return Table("", (1, 1), ((TableCell("甲"), TableCell("乙")),), ((TableCell("1"), TableCell("2")),) * rows)


def chart_of(values: tuple[float, ...], labels: tuple[str, ...]) -> Document:
    """A notice with this chart."""
    chart = BarChart(tuple(f"市第{number}部门" for number, _ in enumerate(values, 1)), values, labels, "得分", "11月")
    return replace(notice(rows=1, paragraphs=0), blocks=(Figure("图1 得分", chart, "替代文字"),), attachments=())


def varied() -> Document:
    """What the shared notice lacks: watermark, spans, tables that touch, pages turned and turned back, no seal."""
    document = notice(rows=5, paragraphs=1)
    return replace(
        document,
        watermark="征求意见稿",
        blocks=(
            *document.blocks,
            merged(),
            bare(),
            bare(),
            Heading(3, "1.", "三级标题"),
            Heading(4, "（1）", "四级标题。", (Run("后文“引号”"), Run("楷体", role="楷体"), Run("加粗", strong=True))),
            Paragraph((Run("居中"),), align="center"),
            Paragraph((Run("顶格：<w:p/> ]]> & \"'"),), flush=True),
            Figure("图2 四十个单位", bars(40), "四十个单位的条形图"),
        ),
        attachments=(
            Attachment("1", ("横排附件",), (bare(),), landscape=True),
            Attachment("2", ("名称很长的一个附件名称很长的一个附件名称很长的一个附件名称很长",), (bare(40),)),
            Attachment("3", ("又一个附件",), (paragraph("文字。"),)),
        ),
        signature=Signature("昌吉市人民政府办公室", DAY, seal=False),
        imprint=Imprint(tuple(f"市第{number}办公室" for number in range(1, 13)), "昌吉市人民政府办公室", DAY),
    )
