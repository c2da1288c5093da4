"""Documents as people make them, with python-docx: an ordinary one, and a notice with a clerk's mistakes."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

SENTENCE = "各单位要高度重视政务服务工作，压实责任，按时完成各项任务，切实提高群众满意度。"
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def write(
    document: WordDocument, text: str, *, font: str = "仿宋", size: float = 16, align: object = None, red: bool = False
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RGBColor(0xFF, 0, 0)
    return paragraph


def saved(document: WordDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def minutes_of_a_club() -> bytes:
    """An ordinary file that never meant to be official: python-docx's own page, a heading, paragraphs, a table."""
    document = Document()
    document.add_heading("读书小组活动记录", 0)
    for _ in range(3):
        document.add_paragraph(SENTENCE * 3)
    table = document.add_table(rows=4, cols=2, style="Table Grid")
    table.cell(0, 0).text = "姓名"
    return saved(document)


def a_clerks_notice() -> bytes:
    """A notice with 版头 on Word's default margins, with the mistakes that are made most."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(31.7)
    section.top_margin = section.bottom_margin = Mm(25.4)
    write(document, "昌吉市人民政府办公室文件", font="方正小标宋简体", size=36, align=CENTER, red=True)
    number = write(document, "昌市政办发[2022]第07号", align=CENTER)
    number._element.get_or_add_pPr().append(_red_border())
    write(document, "关于做好政务服务工作的通知。", font="黑体", size=18, align=CENTER)
    write(document, "各乡镇人民政府，市直各部门:")
    for index, words in enumerate(("一、提高认识", "二、压实责任", "四、强化督查")):
        write(document, f"　　{words}", font="黑体")
        write(document, f"　　{index + 1}、{SENTENCE * 2}", font="宋体" if index == 1 else "仿宋")
    write(document, "　　附件:1、任务清单。")
    write(document, "昌吉市人民政府办公室", align=RIGHT)
    write(document, "2022年12月09日", align=RIGHT)
    return saved(document)


def _red_border() -> OxmlElement:
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "12"), ("space", "1"), ("color", "FF0000")):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    return borders
