"""§7.2.4–7.2.7: 发文机关标志, 发文字号, 签发人 and the red rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongbao.lint.elements.forms import NUMBER, NUMBER_FORM, SIGNER, bare
from tongbao.lint.elements.notice import Notice
from tongbao.lint.measured import CHARACTER, Format, Passage, Stroke
from tongbao.lint.rule import Fault, fail, mm, near, warn

_MARK_TOP = 35.0
_TOP = 37.0
_WIDTH = 156.0
_PDF, _WORD = 1.5, 2.0  # what fonts differ in the white over their characters
_BLANKS = 0.6


def _mark(notice: Notice) -> Passage | None:
    """The mark in one piece; several are looked at by the rules for each line only."""
    return notice.marks[0] if notice.marks else None


def black_rules(notice: Notice) -> list[Stroke]:
    """Rules in the place of the red one that are not red."""
    number = notice.number
    return [
        stroke
        for stroke in notice.measured.strokes
        if number and not stroke.red and stroke.after == number.number and stroke.width > _WIDTH / 2
    ]


def text_width(notice: Notice) -> float:
    """Of 版心: a wrong margin is not also a wrong rule."""
    for sheet in notice.measured.sheets:
        if not sheet.landscape and sheet.left is not None and sheet.right is not None:
            return sheet.width - sheet.left - sheet.right
    return _WIDTH


@fail("GW-7.2-1", "7.2", "版头有发文机关标志、发文字号、红色分隔线", "请补上缺少的要素")
def complete(notice: Notice) -> Iterator[Fault]:
    """A 版头 that is there is there whole; 纪要 and 信函 have rules of their own."""
    if notice.kind not in ("文件", "纪要"):
        return
    missing = []
    if not notice.marks:
        missing.append("发文机关标志")
    if notice.number is None and notice.kind == "文件":
        missing.append("发文字号")
    if not notice.rules and not black_rules(notice):
        missing.append("红色分隔线")
    if missing:
        yield Fault(f"缺{'、'.join(missing)}", notice.number or _mark(notice))


@warn("GW-7.2-2", "7.2", "公文有版头", "如不是印在带版头的纸上的公文，请加上发文机关标志、发文字号和红色分隔线")
def present(notice: Notice) -> Iterator[Fault]:
    """One word for a document without any 版头, not five."""
    if not notice.has_letterhead:
        yield Fault("未见版头")


@fail("GW-7.2.4-1", "7.2.4", "发文机关标志为红色", "请改为红色")
def mark_red(notice: Notice) -> Iterator[Fault]:
    """Every line of it."""
    for passage in notice.marks:
        if not passage.red:
            yield Fault(f"颜色#{passage.runs[0].colour}", passage)


@warn("GW-7.2.4-2", "7.2.4", "发文机关标志推荐使用小标宋体字", "请改用小标宋体")
def mark_face(notice: Notice) -> Iterator[Fault]:
    """小标宋 or what stands for it."""
    for passage in notice.marks:
        if passage.role != "小标宋":
            yield Fault(f"字体为{passage.runs[0].font or '未指定'}", passage)


@fail("GW-7.2.4-3", "7.2.4", "发文机关标志上边缘至版心上边缘35mm", "请调整标志上方的段前间距")
def mark_height(notice: Notice) -> Iterator[Fault]:
    """From the top of 版心 to the ink of the first line (Word: to its em box)."""
    mark = _mark(notice)
    if mark is None or notice.kind == "信函" or mark.room != "text" or not mark.lines:
        return
    line = mark.lines[0]
    top = line.ink[0] if line.ink else line.top
    if top is None:
        return
    edge = (notice.measured.sheets[0].top or _TOP) if notice.measured.format is Format.WORD else _TOP
    slack = _PDF if line.ink else _WORD
    if not near(top - edge, _MARK_TOP, slack):
        yield Fault(f"上边缘至版心上边缘{mm(top - edge)}", mark)


@fail("GW-7.2.4-4", "7.2.4", "发文机关标志居中排布", "请设为居中，去掉缩进")
def mark_centred(notice: Notice) -> Iterator[Fault]:
    """Of a joint issue only the whole is centred."""
    mark = _mark(notice)
    if len(notice.marks) == 1 and mark and mark.room == "text" and not near(mark.indent, mark.inset, 2.5):
        yield Fault(f"左空{mm(mark.indent)}、右空{mm(mark.inset)}", mark)


@fail("GW-7.2.4-5", "7.2.4", "发文机关标志排一行，不宽于版心", "请缩小字号或字符间距，使标志不回行")
def mark_width(notice: Notice) -> Iterator[Fault]:
    """It never wraps and never runs into the margins."""
    for above, passage in zip((None, *notice.marks), notice.marks, strict=False):
        if passage.hang is not None or len(passage.lines) > 1 or (above and _torn_off(above, passage)):
            yield Fault("标志回行", passage)
        elif passage.indent < -1 or passage.inset < -1:
            yield Fault(f"标志宽{mm(_WIDTH - passage.indent - passage.inset)}", passage)


def _torn_off(above: Passage, below: Passage) -> bool:
    """The end of a mark that stands in a line of its own; of a joint issue 文件 stands beside the organs."""
    upper, lower = above.lines[0], below.lines[0]
    if upper.bottom is None or lower.top is None or lower.page is None:
        return False
    return lower.top > upper.bottom - 1 and (len(bare(below.text)) == 1 or bare(below.text) == "文件")


@fail(
    "GW-7.2.5-1", "7.2.5", "发文字号：年份用六角括号〔〕括入并标全称，不加“第”，不编虚位，如 昌市政办发〔2022〕7号",
    "请改成 机关代字〔年份〕序号号 的写法",
)  # fmt: skip
def number_form(notice: Notice) -> Iterator[Fault]:
    """代字〔2022〕7号."""
    found = NUMBER.search(notice.number.text) if notice.number else None
    if found and not NUMBER_FORM.fullmatch(found[0]):
        yield Fault(f"“{found[0]}”", notice.number)


@fail("GW-7.2.5-2", "7.2.5", "发文字号编排在发文机关标志下空二行位置", "请在标志与发文字号之间空二行")
def number_place(notice: Notice) -> Iterator[Fault]:
    """Two blank lines, also when 签发人 stands between."""
    if not notice.number or not notice.marks or notice.kind != "文件" or notice.marks[-1].room != "text":
        return
    first = min((notice.number, *notice.signers), key=lambda each: each.number)
    blank = first.blank_lines
    if blank is not None and first.number == notice.marks[-1].number + 1 and not near(blank, 2, _BLANKS):
        yield Fault(f"空{max(blank, 0):.1f}行", first)


@fail(
    "GW-7.2.5-3",
    "7.2.5",
    "发文字号居中排布；上行文居左空一字，与最后一个签发人在同一行",
    "请设为居中（上行文左空一字）",
)
def number_centred(notice: Notice) -> Iterator[Fault]:
    """Centred; left of 签发人 in what goes upward."""
    number = notice.number
    if number is None or notice.kind == "信函":
        return
    if notice.signers:
        if not near(number.indent, CHARACTER, 1.5) or ("\t" not in number.text and not SIGNER.search(number.text)):
            yield Fault(f"左空{mm(number.indent)}", number)
    elif not near(number.indent, number.inset, 3.2):  # a bracket at its end may be set half as wide
        yield Fault(f"左空{mm(number.indent)}、右空{mm(number.inset)}", number)


@fail("GW-7.2.6-1", "7.2.6", "“签发人”后标全角冒号，三字用3号仿宋，姓名用3号楷体", "请改正冒号和字体")
def signer_form(notice: Notice) -> Iterator[Fault]:
    """签发人： in 仿宋, names in 楷体."""
    if not notice.signers:
        return
    first = notice.signers[0]
    text = bare(first.text)
    if "签发人：" not in text:
        yield Fault("“签发人”后不是全角冒号", first)
    label = next((run for run in first.runs if "签" in run.text), None)
    if label and label.role != "仿宋":
        yield Fault(f"“签发人”为{label.role}", first)
    for passage in notice.signers:
        after = SIGNER.split(passage.text)[-1].split("\t")[0 if SIGNER.search(passage.text) else -1].strip()
        name = next((run for run in reversed(passage.runs) if re.search("[\u4e00-\u9fff]", run.text)), None)
        if after and name and name.role != "楷体":
            yield Fault(f"姓名为{name.role}", passage)


@fail("GW-7.2.6-2", "7.2.6", "签发人居右空一字", "请把签发人一行的右缩进设为一字")
def signer_place(notice: Notice) -> Iterator[Fault]:
    """One character from the right edge; a name alone in the last line stands under the first one."""
    passage = min(notice.signers, key=lambda each: each.inset, default=None)
    if passage and not near(passage.inset, CHARACTER, 2.0):
        yield Fault(f"右空{mm(passage.inset)}", passage)


@fail("GW-7.2.7-1", "7.2.7", "红色分隔线在发文字号之下4mm处", "请调整分隔线与发文字号的距离")
def rule_height(notice: Notice) -> Iterator[Fault]:
    """From the bottom of the number's characters to the rule."""
    if notice.kind != "文件" or notice.number is None:
        return
    for stroke in (notice.rules or tuple(black_rules(notice)))[:1]:
        if stroke.gap is not None and stroke.after == notice.number.number and not near(stroke.gap, 4, 1):
            yield Fault(f"距发文字号{mm(stroke.gap)}", notice.number)


@fail("GW-7.2.7-2", "7.2.7", "红色分隔线与版心等宽（156mm）", "请使分隔线与版心等宽")
def rule_width(notice: Notice) -> Iterator[Fault]:
    """As wide as 版心; a shape may be drawn a little longer."""
    if notice.kind not in ("文件", "纪要"):
        return
    for stroke in (notice.rules or tuple(black_rules(notice)))[:1]:
        if not near(stroke.width, text_width(notice), 2):
            yield Fault(f"长{mm(stroke.width)}", notice.number or _mark(notice))


@fail("GW-7.2.7-3", "7.2.7", "版头中的分隔线为红色", "请改为红色")
def rule_red(notice: Notice) -> Iterator[Fault]:
    """A black one is told as such, not as missing."""
    if not notice.rules:
        for stroke in black_rules(notice)[:1]:
            yield Fault(f"颜色#{stroke.colour}", notice.number)


RULES = (
    complete, present, mark_red, mark_face, mark_height, mark_centred, mark_width, number_form, number_place,
    number_centred, signer_form, signer_place, rule_height, rule_width, rule_red,
)  # fmt: skip
