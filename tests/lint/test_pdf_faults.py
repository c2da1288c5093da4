"""One fault in a PDF notice that is otherwise right: it is found, and nothing else."""

from __future__ import annotations

import ctypes

import pypdfium2
import pytest
from pdf_notice import LETTER, SOURCE, typeset
from pypdfium2 import raw

from tongbao.lint import lint

Change = tuple[str, str]
PLACE = "#place(bottom, float: true, clearance: 0pt)["
SIGNED = "#block(spacing: 0pt, width: 100%, inset: (right: 4em - 5pt))"
MARK = "big(36pt, text(red)[昌吉市人民政府文件])"
WIDE = "#page(flipped: true, margin: (top: 28mm, bottom: 26mm, left: 35mm, right: 37mm))[示例数据。]\n"
FIRST = "#plain[\n  #block(above: 0pt"
NUMBER = "#block(spacing: 0pt, width: 100%, align(center)[昌市政发〔2022〕7号])"


def upward(signer: str, right: str) -> str:
    """发文字号 and 签发人 in one line."""
    return f"#block(spacing: 0pt, width: 100%)[#h(1em)昌市政发〔2022〕7号 #h(1fr) {signer}#h({right})]"


FAULTS: list[tuple[str, list[Change]]] = [
    ("GW-5.1-1", [('paper: "a4"', "width: 216mm, height: 297mm"), ("right: 26mm", "right: 32mm")]),
    ("GW-5.2.1-1", [("top: 37mm", "top: 31mm"), ("top: 34.2mm", "top: 40.2mm")]),
    ("GW-5.2.1-2", [("left: 28mm, right: 26mm", "left: 33mm, right: 21mm")]),
    ("GW-5.2.1-3", [("right: 26mm", "right: 32mm")]),
    ("GW-5.2.3-1", [("line = 225mm / 22", "line = 225mm / 20.5")]),
    ("GW-5.2.3-2", [("tracking: -0.25pt", "tracking: 0pt")]),
    ("GW-5.2.4-1", [("1.乡镇街道。", "#text(fill: blue)[1.乡镇街道。]")]),
    ("GW-7.2-1", [("昌市政发〔2022〕7号", "")]),
    ("GW-7.2-2", [("昌吉市人民政府文件", ""), ("昌市政发〔2022〕7号", ""), ("1.5pt + red", "1.5pt + white")]),
    ("GW-7.2.1-1", [(FIRST, f"#place(top + left)[0001]\n{FIRST}")]),
    ("GW-7.2.1-2", [(FIRST, f"#place(top + left, dx: 20mm)[000001]\n{FIRST}")]),
    ("GW-7.2.2-1", [(FIRST, f"#place(top + left)[#hei[机密1年]]\n{FIRST}")]),
    ("GW-7.2.2-2", [(FIRST, f"#place(top + left)[秘密]\n{FIRST}")]),
    ("GW-7.2.3-1", [(FIRST, f"#place(top + left)[#hei[急件]]\n{FIRST}")]),
    ("GW-7.2.3-2", [(FIRST, f"#place(top + left)[#hei[特急]]\n#place(top + left, dy: line)[#hei[秘密]]\n{FIRST}")]),
    ("GW-7.2.4-1", [("text(red)[昌", "text(black)[昌")]),
    ("GW-7.2.4-2", [(MARK, "text(size: 36pt, hei(text(red)[昌吉市人民政府文件]))")]),
    ("GW-7.2.4-3", [("top: 34.2mm", "top: 24.2mm")]),
    ("GW-7.2.4-4", [(f"align(center, {MARK})", f"align(left, {MARK})")]),
    ("GW-7.2.4-5", [("big(36pt, text(red)[", "big(54pt, text(red)["), ("top: 34.2mm", "top: 33.6mm")]),
    ("GW-7.2.5-1", [("〔2022〕7号", "〔2022〕07号")]),
    ("GW-7.2.5-2", [("#v(2 * line + gap, weak: false)", "#v(gap)")]),
    ("GW-7.2.5-3", [("align(center)[昌市", "align(left)[昌市")]),
    ("GW-7.2.6-1", [(NUMBER, upward("签发人：张三", "1em"))]),
    ("GW-7.2.6-2", [(NUMBER, upward('签发人：#text(font: "FandolKai")[张三]', "4em"))]),
    ("GW-7.2.7-1", [("#v(4mm)", "#v(8mm)")]),
    ("GW-7.2.7-2", [("length: 100%", "length: 60%")]),
    ("GW-7.2.7-3", [("1.5pt + red", "1.5pt + black")]),
    ("GW-7.3.1-1", [("big(22pt)[昌吉", "big(18pt)[昌吉")]),
    ("GW-7.3.1-2", [("align(center, big(22pt)[昌吉", "align(left, big(22pt)[昌吉")]),
    ("GW-7.3.1-3", [("#v(2 * line + gap / 2)", "#v(gap / 2)")]),
    ("GW-7.3.1-4", [("昌吉市人民政府 \\ 关于全市政务服务能力评价 \\ 情况的", "昌吉市人民政府关于全市 \\ 政务服务 \\ 评价情况的专项")]),
    ("GW-7.3.1-5", [("评价 \\ 情况的通报", "评价情况的 \\ 通报")]),
    ("GW-7.3.1-6", [("昌吉市人民政府 \\ 关于全市政务服务能力评价 \\ 情况的", "昌吉市人民政府关于全市20 \\ 22年政务情况")]),
    ("GW-7.3.1-7", [("\\ 情况的通报]", "\\ 情况的通报。]")]),
    ("GW-7.3.1-8", [("昌吉市人民政府 \\ 关于全市政务服务能力评价 \\ 情况的通报", "")]),
    ("GW-7.3.2-1", [("0pt)[各乡镇", "0pt, inset: (left: 2em))[各乡镇")]),
    ("GW-7.3.2-2", [("市直各部门：", "市直各部门:")]),
    ("GW-7.3.2-3", [("#v(line + gap)\n  #block(spacing: 0pt)[各", "#v(gap)\n  #block(spacing: 0pt)[各")]),
    ("GW-7.3.3-1", [("#v(gap)\n现将", "#pagebreak()\n现将"), ("range(8)", "range(6)")]),
    ("GW-7.3.3-2", [("amount: 2em - 0.5pt", "amount: 1em")]),
    ("GW-7.3.3-3", [("现将有关情况", '#text(font: "FandolKai")[现将有关情况'), ("30%。", "30%。]")]),
    ("GW-7.3.3-4", [("#set par(justify: true", "#set par(justify: false")]),
    ("GW-7.3.3-5", [("#hei[一、总体情况]", "一、总体情况")]),
    ("GW-7.3.3-6", [("1.乡镇街道。", "")]),
    ("BD-1", [("（一）市直", "（一）、市直")]),
    ("GW-7.3.3-7", [("1.乡镇", "2.乡镇")]),
    ("GW-7.3.4-1", [("#v(line)\n#plain[\n  #block(spacing: 0pt, inset: (left: 2em))", "#plain[\n  #block(spacing: 0pt, inset: (left: 2em))")]),
    ("GW-7.3.4-2", [("附件：1.", "附件：1、"), ("2.乡镇街道得分排名]", "2、乡镇街道得分排名]")]),
    ("GW-7.3.4-3", [("2.乡镇街道得分排名]", "2.乡镇街道得分排名；]")]),
    ("GW-7.3.4-4", [("inset: (left: 5em)", "inset: (left: 2em)")]),
    ("GW-7.3.5.4-1", [("2022年12月9日]]]]", "2022年12月09日]]]]")]),
    ("GW-7.3.5.4-2", [("[2022年12月9日]", "[]"), ("[昌吉市人民政府]]]", "[]]]")]),
    ("GW-7.3.6-1", [("[2022年12月9日]]]]", "[2022年12月9日]]]]\n#v(gap)\n#block(spacing: 0pt, inset: (left: 2em))[(此件公开发布)]")]),
    ("GW-7.3.5-1", [("inset: (right: 4em))[#align", "inset: (right: 0em))[#align")]),
    ("GW-7.3.5.5-1", [("示例数据。", "（此页无正文）")]),
    ("GW-7.3.5.5-2", [(f"#v(2 * line + gap)\n  {SIGNED}", f"#pagebreak()\n  {SIGNED}"), ("range(8)", "range(6)")]),
    ("GW-7.3.7-1", [("#pagebreak()\n#plain[\n  #block(spacing: 0pt)[#hei[附件2]]", "#v(line)\n#plain[\n  #block(spacing: 0pt)[#hei[附件2]]"), ("range(8)", "range(11)")]),
    ("GW-7.3.7-2", [("#hei[附件1]", "附件1")]),
    ("GW-7.3.7-3", [("#v(line + gap)\n  #block(spacing: 0pt, width: 100%, align(center, big(22pt)[市直", "#v(gap)\n  #block(spacing: 0pt, width: 100%, align(center, big(22pt)[市直")]),
    ("GW-7.3.7-4", [("big(22pt)[市直部门得分", "big(22pt)[各部门得分")]),
    ("GW-7.4-1", [("#pagebreak()\n#plain[\n  #block(spacing: 0pt)[#hei[附件2]]", "#pagebreak()\n续。#pagebreak()\n#plain[\n  #block(spacing: 0pt)[#hei[附件2]]")]),
    ("GW-7.4.1-1", [("  #rect(width: 100%, height: 0.25mm, fill: black)\n", "")]),
    ("GW-7.4.1-2", [("height: 0.25mm", "height: 0.7mm")]),
    ("GW-7.4.1-3", [("#rect(width: 100%, height: 0.25mm", "#rect(width: 70%, height: 0.25mm")]),
    ("GW-7.4.1-4", [(PLACE, "#block(above: 20mm)[")]),
    ("GW-7.4.2-1", [("#set text(size: 14pt, tracking: 0pt)\n  #set block", "#set text(size: 12pt, tracking: 0pt)\n  #set block")]),
    ("GW-7.4.2-2", [("#block(inset: (x: 14pt, y: 5pt), width: 100%)[抄送", "#block(inset: (x: 0pt, y: 5pt), width: 100%)[抄送")]),
    ("GW-7.4.2-3", [("市政协办公室。", "市政协办公室")]),
    ("GW-7.4.3-1", [("2022年12月9日印发", "2022年12月9日印")]),
    ("GW-7.5-1", [("[— #number —]", "[\\- #number \\-]"), ("dy: 4.35mm", "dy: 4.9mm")]),
    ("GW-7.5-2", [('song = "FandolSong"', 'song = "FandolKai"')]),
    ("GW-7.5-3", [("dy: 4.35mm", "dy: 1mm")]),
    ("GW-7.5-4", [("{ right } else { left }", "{ left } else { right }"), ("{ -16pt } else { 16pt }", "{ 16pt } else { -16pt }")]),
    ("GW-7.5-5", [("{ -16pt } else { 16pt }", "{ 0pt } else { 0pt }")]),
    ("GW-7.5-6", [("#pagebreak()\n#plain[\n  #block(spacing: 0pt)[#hei[附件1]]", "#pagebreak()\n#counter(page).update(each => each + 2)\n#plain[\n  #block(spacing: 0pt)[#hei[附件1]]")]),
    ("GW-8-1", [("#pagebreak()\n#plain[\n  #block(spacing: 0pt)[#hei[附件2]]", WIDE * 2 + "#plain[\n  #block(spacing: 0pt)[#hei[附件2]]")]),
    ("GW-10.3-1", [("昌吉市人民政府文件", "专题会议纪要"), ("有关单位请认真整改。\n\n（1）", "\n\n出席：市公安局有关负责同志。\n\n（1）")]),
    ("ZF-1", [("现将有关情况", "现将翀有关情况")]),
    ("SZ-1", [("15%～30%", "１5%～30%")]),
    ("SZ-2", [("15%～30%", "15～30%")]),
    ("SZ-3", [("15%～30%", ".15")]),
    ("SZ-4", [("得分率为", "得分率为12#linebreak(justify: true)34，")]),
    ("BD-2", [("得分率为", "得分率为#linebreak(justify: true)，")]),
    ("BD-3", [("《办法》《细则》", "《办法》、《细则》")]),
    ("BD-4", [("现将有关", "现,将有关")]),
    ("WJ-2", [('title: "关于全市政务服务能力评价情况的通报", ', "")]),
    ("WJ-3", [('lang: "zh", region: "cn"', 'lang: "en", region: "us"')]),
    ("WJ-8", [("table.header[名次][单位]", "[名次], [单位]")]),
]  # fmt: skip
LETTERS: list[tuple[str, list[Change]]] = [
    ("GW-10.1-1", [("mark-top = 29mm", "mark-top = 34mm"), ("double(45.5mm", "double(50.5mm")]),
    ("GW-10.1-2", [("length: 170mm", "length: 150mm"), ("dx: -8mm", "dx: 3mm")]),
    ("GW-10.1-3", [("2pt, 0.75pt)", "0.75pt, 2pt)")]),
    ("GW-10.1-4", [("align(right)[昌市", "align(center)[昌市")]),
    ("GW-10.1-5", [("if number > 1", "if number > 0")]),
    ("GW-10.1-6", [("市政协办公室。]", "市政协办公室。#parbreak()市政府办公室 #h(1fr) 2022年12月9日印发]")]),
]


def found(content: bytes) -> set[str]:
    return {each.rule for each in lint(content, "通报.pdf").observations}


def test_the_sound_notice_and_the_sound_letter_break_no_rule() -> None:
    for source, kind in ((SOURCE, "文件"), (LETTER, "信函")):
        report = lint(typeset(source), "通报.pdf")
        assert (report.kind, report.observations) == (kind, ())


@pytest.mark.parametrize(("rule", "changes"), FAULTS, ids=[rule for rule, _ in FAULTS])
def test_one_fault_is_found_by_its_rule_and_no_other(rule: str, changes: list[Change]) -> None:
    assert found(typeset(SOURCE, *changes)) == {rule}


@pytest.mark.parametrize(("rule", "changes"), LETTERS, ids=[rule for rule, _ in LETTERS])
def test_one_fault_of_a_letter_is_found_by_its_rule_and_no_other(rule: str, changes: list[Change]) -> None:
    assert found(typeset(LETTER, *changes)) == {rule}


def test_a_pdf_without_tags_is_told() -> None:
    assert found(typeset(SOURCE, tags=False)) == {"WJ-4"}


def test_a_font_that_is_not_embedded_is_told_by_name() -> None:
    document = pypdfium2.PdfDocument(typeset(SOURCE))
    page = document[len(document) - 3]  # inside the table
    word = raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", 12)
    letters = (ctypes.c_ushort * 2)(ord("A"), 0)
    raw.FPDFText_SetText(word, letters)
    raw.FPDFPageObj_Transform(word, 1, 0, 0, 1, 200, 500)
    raw.FPDFPage_InsertObject(page.raw, word)
    page.gen_content()
    import io

    buffer = io.BytesIO()
    document.save(buffer)
    (told,) = [each for each in lint(buffer.getvalue(), "通报.pdf").observations if each.rule == "WJ-1"]
    assert told.measured == "未嵌入 Helvetica"


def test_where_a_fault_is_is_told_by_page_line_and_words() -> None:
    content = typeset(SOURCE, ("1.乡镇街道。", "#text(fill: blue)[1.乡镇街道。]"))
    (told,) = lint(content, "通报.pdf").observations
    (place,) = told.places
    assert str(place) == "第2页第4行“1.乡镇街道。对全市单位政务服务”"
