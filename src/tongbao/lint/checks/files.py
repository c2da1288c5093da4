"""What makes a file good to keep, to read aloud and to work on: nothing of GB/T 9704, but nothing without it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongbao.lint.elements.forms import MARK, NUMBER, bare
from tongbao.lint.elements.notice import Notice
from tongbao.lint.rule import ONLY_PDF, ONLY_WORD, Fault, fail, warn

_HEADING = re.compile("heading|title|标题|题名|层次", re.IGNORECASE)


@fail("WJ-1", "PDF", "字体全部嵌入", "请在导出 PDF 时选择嵌入全部字体（PDF/A）", ONLY_PDF)
def embedded(notice: Notice) -> Iterator[Fault]:
    """The page looks the same everywhere."""
    for name in notice.measured.facts.unembedded:
        yield Fault(f"未嵌入 {name}")


@warn("WJ-2", "PDF、Word", "文件属性写明标题", "请在文件属性中填写标题")
def titled(notice: Notice) -> Iterator[Fault]:
    """Readers and archives show it."""
    if not notice.measured.facts.title.strip():
        yield Fault("文件属性中没有标题")


@warn("WJ-3", "PDF", "文件写明语言（zh-CN）", "请在导出时写明文档语言", ONLY_PDF)
def language(notice: Notice) -> Iterator[Fault]:
    """Screen readers need it."""
    found = notice.measured.facts.language
    if not found.casefold().startswith("zh"):
        yield Fault(f"语言为{found}" if found else "没有写明语言")


@warn("WJ-4", "PDF", "PDF 带结构标签，读屏软件可读", "请导出带标签的 PDF（PDF/UA、无障碍）", ONLY_PDF)
def tagged(notice: Notice) -> Iterator[Fault]:
    """Reading order and tables are known."""
    if not notice.measured.facts.tagged:
        yield Fault("没有结构标签")


@warn("WJ-5", "Word", "中文字体直接指定，不用主题字体", "请在样式中直接指定仿宋、楷体、黑体、小标宋", ONLY_WORD)
def theme_fonts(notice: Notice) -> Iterator[Fault]:
    """A theme changes from machine to machine."""
    themed = set(notice.measured.facts.themed)
    for passage in notice.measured.passages:
        if passage.number in themed:
            yield Fault("中文字体来自主题", passage)


@warn(
    "WJ-6",
    "Word",
    "标题和层次用样式（标题1、标题2……），便于生成目录和统一修改",
    "请把各级标题设为“标题1”“标题2”等样式",
    ONLY_WORD,
)
def named_styles(notice: Notice) -> Iterator[Fault]:
    """Not everything in 正文."""
    passages = [*notice.title, *(heading.passage for heading in notice.headings if heading.level == 1)]
    for passage in passages:
        if not _HEADING.search(passage.style):
            yield Fault(f"样式为“{passage.style or '正文'}”", passage)


@fail("WJ-7", "Word", "表格写明各列宽度（gridCol）", "请在表格属性中设定列宽", ONLY_WORD)
def column_widths(notice: Notice) -> Iterator[Fault]:
    """WPS takes no other."""
    for grid in notice.measured.grids:
        if not grid.has_widths:
            yield Fault(f"第{grid.number}个表（{grid.words[:12]}）没有列宽")


@warn("WJ-8", "通用", "跨页表格每页重复表头", "请把表头行设为“在各页顶端以标题行形式重复出现”")
def repeated_heads(notice: Notice) -> Iterator[Fault]:
    """Figures without their head cannot be read."""
    for grid in notice.measured.grids:
        if not grid.repeats_head:
            yield Fault(
                "表头不重复" if grid.page else f"第{grid.number}个表（{grid.words[:12]}）表头不重复", page=grid.page
            )


@fail("WJ-9", "Word", "版头不用文本框、艺术字", "请把发文机关标志、发文字号改成普通段落", ONLY_WORD)
def framed_head(notice: Notice) -> Iterator[Fault]:
    """They are lost in conversions."""
    for text in notice.measured.facts.framed:
        if MARK.fullmatch(bare(text)) or NUMBER.search(text):
            yield Fault(f"“{text[:20]}”在文本框或艺术字中")


RULES = (embedded, titled, language, tagged, theme_fonts, named_styles, column_widths, repeated_heads, framed_head)
