"""One fault in a Word notice that is otherwise right: it is found, and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import documents
import pytest
from word_notice import BODY, Fault, added, changed, model, paragraph, sound, style, text, without

from tongbao.lint import lint
from tongbao.outputs import word
from tongbao.reports.document import Heading, Run

SIZE = r'<w:sz w:val="\d+"/><w:szCs w:val="\d+"/>'
BORDERS = '<w:tblBorders><w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/></w:tblBorders>'
FRAME = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>昌吉市人民政府文件</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
FONTS = r"<w:rFonts [^>]*/>"
HEI = '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体"/>'
SONG = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'


def head(**parts: object) -> Fault:
    """Other elements in 版头."""
    letterhead = replace(model().letterhead, **parts)  # type: ignore[arg-type]
    return lambda _: word.write(model(letterhead=letterhead))


def above(identifier: str, old: str, new: str) -> Fault:
    """A fault in what stands above the mark."""
    whole = head(copy_number="000001", secrecy="机密★1年", urgency="特急")
    return lambda content: style(identifier, old, new)(whole(content))


def swapped(_: bytes) -> bytes:
    """紧急程度 above 密级."""
    content = word.write(model(letterhead=replace(model().letterhead, secrecy="机密★1年", urgency="特急")))
    words = {"机密★1年": "特急", "特急": "机密★1年"}
    return changed(content, BODY, lambda xml: re.sub("机密★1年|特急", lambda found: words[found[0]], xml))


def upward(fault: Fault) -> Fault:
    """A fault in a report that goes upward."""
    return lambda _: fault(word.write(documents.upward(1)))


def letter(fault: Fault) -> Fault:
    return lambda _: fault(word.write(documents.letter()))


def minutes(fault: Fault) -> Fault:
    return lambda _: fault(word.write(documents.minutes()))


def numbered(_: bytes) -> bytes:
    """A letter whose first page has a number too."""
    content = word.write(documents.letter())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        odd = package.read("word/footerOdd.xml").decode()
    return changed(content, "word/footerNone.xml", lambda _: odd)


def theme(content: bytes) -> bytes:
    """A theme as Word writes it, whose Chinese font happens to be the right one."""
    fonts = '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface="仿宋"/></a:minorFont>'
    xml = f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{fonts}</a:theme>'
    return added(content, "word/theme/theme1.xml", xml)


def no_repeated_head(xml: str) -> str:
    return xml.replace("<w:tblHeader/>", "", 1)


def both(*faults: Fault) -> Fault:
    def change(content: bytes) -> bytes:
        for fault in faults:
            content = fault(content)
        return content

    return change


def sealed(name: str, **parts: object) -> Fault:
    def change(_: bytes) -> bytes:
        whole = model()
        return word.write(replace(whole, **{name: replace(getattr(whole, name), **parts)}))

    return change


def no_folio(content: bytes) -> bytes:
    for part in ("footerOdd", "footerEven", "headerTurnedOdd", "headerTurnedEven"):
        content = changed(content, f"word/{part}.xml", lambda xml: xml.replace(" PAGE ", " DATE "))
    return content


FAULTS: list[tuple[str, Fault]] = [
    ("GW-5.1-1", both(text('<w:pgSz w:w="11906" ', '<w:pgSz w:w="12500" '), text('w:right="1474"', 'w:right="2068"'))),
    (
        "GW-5.2.1-1",
        text(
            'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1447"',
            'w:top="1800" w:right="1474" w:bottom="2282" w:left="1587" w:header="851" w:footer="1745"',
        ),
    ),
    (
        "GW-5.2.1-2",
        text('w:right="1474" w:bottom="1984" w:left="1587"', 'w:right="1261" w:bottom="1984" w:left="1800"'),
    ),
    ("GW-5.2.1-3", text('w:right="1474" w:bottom="1984"', 'w:right="1200" w:bottom="1984"')),
    ("GW-5.2.3-1", style("NoticeBody", "<w:pPr>", '<w:pPr><w:spacing w:line="600" w:lineRule="exact"/>')),
    ("GW-5.2.3-2", style("NoticeBody", "<w:rPr>", '<w:rPr><w:spacing w:val="0"/>')),
    ("GW-5.2.4-1", style("NoticeBody", "<w:rPr>", '<w:rPr><w:color w:val="0070C0"/>')),
    ("GW-7.2-1", without("LetterheadMark")),
    ("GW-7.2.1-1", head(copy_number="0001")),
    ("GW-7.2.1-2", above("CopyNumber", "<w:pPr>", '<w:pPr><w:ind w:left="640"/>')),
    ("GW-7.2.2-1", head(copy_number="000001", secrecy="机密1年")),
    ("GW-7.2.2-2", above("Secrecy", FONTS, SONG)),
    ("GW-7.2.3-1", head(urgency="急件")),
    ("GW-7.2.3-2", swapped),
    ("GW-7.2.4-1", style("LetterheadMark", 'w:color w:val="E60012"', 'w:color w:val="000000"')),
    ("GW-7.2.4-2", style("LetterheadMark", FONTS, SONG)),
    ("GW-7.2.4-3", style("LetterheadMark", r'w:before="\d+"', 'w:before="1500"')),
    ("GW-7.2.4-4", both(head(mark="市政府文件"), style("LetterheadMark", 'w:jc w:val="center"', 'w:jc w:val="left"'))),
    ("GW-7.2.4-5", style("LetterheadMark", SIZE, '<w:sz w:val="100"/>')),
    ("GW-7.2.5-1", head(number="昌市政办发[2022]第087号")),
    ("GW-7.2.5-2", style("DocumentNumber", r'w:before="\d+"', 'w:before="0"')),
    ("GW-7.2.5-3", style("DocumentNumber", 'w:jc w:val="center"', 'w:jc w:val="left"')),
    ("GW-7.2.6-1", upward(text('w:rStyle w:val="RoleKai"', 'w:rStyle w:val="RoleFang"'))),
    ("GW-7.2.6-2", upward(text('<w:tab w:val="left" w:pos="6640"/>', '<w:tab w:val="left" w:pos="5640"/>'))),
    ("GW-7.2.7-1", style("DocumentNumber", r'w:space="\d+"', 'w:space="1"')),
    ("GW-7.2.7-2", style("DocumentNumber", r"</w:pPr>", '<w:ind w:left="1000" w:right="1000"/></w:pPr>')),
    ("GW-7.2.7-3", style("DocumentNumber", r'w:color="E60012"', 'w:color="000000"')),
    ("GW-7.3.1-1", style("Title", FONTS, SONG)),
    ("GW-7.3.1-2", style("Title", 'w:jc w:val="center"', 'w:jc w:val="left"')),
    ("GW-7.3.1-3", style("Title", r'w:before="\d+"', 'w:before="0"')),
    (
        "GW-7.3.1-4",
        lambda _: word.write(model(title_lines=("昌吉市人民政府办公室关于", "全市政务服务", "能力评价情况的专项通报"))),
    ),
    ("GW-7.3.1-5", lambda _: word.write(model(title_lines=("昌吉市人民政府办公室关于全市政务服务情况的", "通报")))),
    (
        "GW-7.3.1-6",
        lambda _: word.write(
            model(title_lines=("昌吉市人民政府办公室关于20", "22年11月全市政务服务能力评价情况的通报"))
        ),
    ),
    ("GW-7.3.1-7", paragraph("Title", "评价情况的通报", "评价情况的通报。")),
    ("GW-7.3.1-8", without("Title")),
    ("GW-7.3.2-1", style("Recipients", "<w:pPr>", '<w:pPr><w:ind w:firstLine="640"/>')),
    ("GW-7.3.2-2", paragraph("Recipients", "：", ":")),
    ("GW-7.2-2", both(without("LetterheadMark"), without("DocumentNumber"))),
    ("GW-7.3.2-3", style("Title", r'w:after="\d+"', 'w:after="0"')),
    ("GW-7.3.3-2", paragraph("NoticeBody", "/>", '/><w:ind w:firstLineChars="0" w:firstLine="0"/>', at=1)),
    ("GW-7.3.3-3", paragraph("NoticeBody", "<w:rPr>", f"<w:rPr>{SONG}", at=1)),
    ("GW-7.3.3-4", paragraph("NoticeBody", "/>", '/><w:jc w:val="left"/>', at=1)),
    ("GW-7.3.3-5", style("Heading1", FONTS, SONG)),
    ("BD-1", paragraph("Heading1", "一、", "一.")),
    (
        "GW-7.3.3-6",
        lambda _: word.write(model(blocks=(*model().blocks, Heading(4, "（1）", "四级", (Run("后文。"),))))),
    ),
    ("GW-7.3.3-7", paragraph("Heading1", "二、", "三、", at=1)),
    ("GW-7.3.4-1", paragraph("AttachmentNote", r'<w:spacing w:before="\d+"/>', "")),
    (
        "GW-7.3.4-2",
        both(paragraph("AttachmentNote", "附件：1.", "附件：1、"), paragraph("AttachmentNote", "2\\.", "2、", at=1)),
    ),
    ("GW-7.3.4-3", paragraph("AttachmentNote", "排名</w:t>", "排名。</w:t>")),
    ("GW-7.3.4-4", paragraph("AttachmentNote", 'w:left="1910" w:hanging="335"', 'w:left="960" w:hanging="335"', at=1)),
    ("GW-7.3.7-1", style("AttachmentLabel", "<w:pageBreakBefore/>", "")),
    ("GW-7.3.7-2", style("AttachmentLabel", FONTS, SONG)),
    ("GW-7.3.7-3", style("AttachmentTitle", r'w:before="\d+"', 'w:before="0"')),
    ("GW-7.3.7-4", paragraph("AttachmentTitle", "2022年11月市直部门", "2022年11月各部门")),
    ("GW-7.3.5.4-1", paragraph("IssueDate", "2022年12月9日", "2022年12月09日")),
    ("GW-7.3.5.4-2", without("IssueDate")),
    ("GW-7.3.5-1", paragraph("IssueDate", r'<w:ind [^>]*/><w:jc w:val="center"/>', '<w:jc w:val="right"/>')),
    ("GW-7.3.5.5-1", paragraph("NoticeBody", "请各单位认真对照整改。", "（此页无正文）请各单位认真对照整改。", at=-1)),
    (
        "GW-7.3.6-1",
        lambda _: changed(
            word.write(model(note="此件公开发布")), BODY, lambda xml: xml.replace("（此件公开发布）", "(此件公开发布)")
        ),
    ),
    ("GW-7.4.1-1", text('<w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:insideH', "<w:insideH")),
    (
        "GW-7.4.1-2",
        text('<w:bottom w:val="single" w:sz="8" w:space="0"', '<w:bottom w:val="single" w:sz="18" w:space="0"'),
    ),
    (
        "GW-7.4.1-3",
        both(
            text('<w:gridCol w:w="9396"/>', '<w:gridCol w:w="10096"/>'),
            paragraph("Imprint", 'w:right="280"', 'w:right="980"', at=2),
        ),
    ),
    ("GW-7.4.2-1", style("Imprint", SIZE, '<w:sz w:val="32"/>')),
    ("GW-7.4.2-2", paragraph("Imprint", '<w:ind w:right="280"/>', "", at=2)),
    ("GW-7.4.2-3", paragraph("Imprint", "市政协办公室。", "市政协办公室")),
    ("GW-7.4.3-1", paragraph("Imprint", "12月9日印发", "12月09日印发", at=2)),
    ("GW-7.5-1", text("— ", "- ", "word/footerOdd.xml")),
    ("GW-7.5-2", style("Footer", FONTS, SONG.replace("宋体", "仿宋"))),
    ("GW-7.5-3", text('w:footer="1447"', 'w:footer="850"')),
    ("GW-7.5-4", text("<w:evenAndOddHeaders/>", "", "word/settings.xml")),
    ("GW-7.5-5", style("FooterOdd", r'w:right="\d+"', 'w:right="0"')),
    ("GW-7.5-6", no_folio),
    ("GW-10.1-1", letter(text('w:tblpY="1701"', 'w:tblpY="2701"'))),
    (
        "GW-10.1-2",
        letter(
            both(text('<w:gridCol w:w="9638"/>', '<w:gridCol w:w="9000"/>'), text('w:tblpX="1134"', 'w:tblpX="1453"'))
        ),
    ),
    ("GW-10.1-4", letter(text('<w:tab w:val="right" w:pos="8845"/>', '<w:tab w:val="right" w:pos="7845"/>'))),
    (
        "GW-10.1-6",
        letter(text('w:tblpX="1587" w:tblpYSpec="bottom"/>', f'w:tblpX="1587" w:tblpYSpec="bottom"/>{BORDERS}')),
    ),
    ("GW-10.3-1", minutes(paragraph("Attendance", 'w:rStyle w:val="RoleHei"', 'w:rStyle w:val="RoleKai"'))),
    ("GW-10.1-5", numbered),
    ("ZF-1", paragraph("NoticeBody", "请各单位", "请\ue5c5单位", at=-1)),
    ("SZ-1", paragraph("NoticeBody", "86.42分", "８６.42分", at=1)),
    ("SZ-2", paragraph("NoticeBody", "请各单位", "请得分率15～30%的单位", at=-1)),
    ("SZ-3", paragraph("NoticeBody", "86.42分", ".42分", at=1)),
    ("BD-3", paragraph("NoticeBody", "请各单位", "请按《办法》、《细则》", at=-1)),
    ("BD-4", paragraph("NoticeBody", "现将有关", "现,将有关")),
    ("WJ-2", text("<dc:title>关于2022年11月全市政务服务能力评价情况的通报</dc:title>", "", "docProps/core.xml")),
    (
        "WJ-6",
        paragraph(
            "Heading1", 'w:val="Heading1"/></w:pPr><w:r><w:rPr>', f'w:val="NoticeBody"/></w:pPr><w:r><w:rPr>{HEI}'
        ),
    ),
    ("WJ-5", both(theme, paragraph("NoticeBody", "<w:rFonts ", '<w:rFonts w:eastAsiaTheme="minorEastAsia" '))),
    ("WJ-9", paragraph("LetterheadMark", "<w:r>", f"{FRAME}<w:r>")),
    ("WJ-8", lambda _: changed(word.write(documents.notice(rows=20, paragraphs=1)), BODY, no_repeated_head)),
    ("WJ-7", text('<w:gridCol w:w="713"/>', '<w:gridCol w:w="0"/>')),
]


def test_the_sound_notice_breaks_no_rule() -> None:
    assert lint(sound(), "通报.docx").observations == ()


@pytest.mark.parametrize(("rule", "fault"), FAULTS, ids=[rule for rule, _ in FAULTS])
def test_one_fault_is_found_by_its_rule_and_no_other(rule: str, fault: Fault) -> None:
    found = lint(fault(sound()), "通报.docx").observations
    assert {each.rule for each in found} == {rule}, found
