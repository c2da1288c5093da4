"""Turns the rendered tree into the blocks of a document: numbers given once, references resolved, grids checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, cast

from tongbao.errors import Code, Finding, InvalidError, Place
from tongbao.reports.chart_markup import read_chart
from tongbao.reports.charts import TALLEST_ON_ITS_SIDE, bars_mm
from tongbao.reports.document import Attachment, Block, Figure, Heading, Paragraph, Run
from tongbao.reports.markup import Element, read, squeeze
from tongbao.reports.tables.markup import read_table
from tongbao.reports.tables.wide import Draft, parts, wants_landscape
from tongbao.reports.tables.widths import LANDSCAPE, PORTRAIT
from tongbao.reports.title import LINE_CAPACITY, WIDE_CAPACITY, break_title, text_of
from tongbao.templates.style import Style

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Content:
    """What a template gives to a document; letterhead, signature and imprint are not its business."""

    title: str
    title_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 21 → 二十一, as heading numbers are written (up to 99)."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")


_NUMBER: dict[int, Callable[[int], str]] = {
    1: lambda n: f"{chinese_number(n)}、",
    2: lambda n: f"（{chinese_number(n)}）",
    3: lambda n: f"{n}.",
    4: lambda n: f"（{n}）",
}


def compose(text: str, file: str, *, whole: Iterable[str] = (), style: Style | None = None) -> Content:
    """Read rendered template text into numbered blocks.

    Args:
        text: the rendered template.
        file: its name for messages.
        whole: names inside which no title breaks.
        style: the pack's; tables are measured by it.

    Returns:
        Title lines, body blocks and attachments; headings as “一、” “（一）” “1.” “（1）” (§7.3.3), tables, figures
        and attachments numbered in order of appearance.

    Raises:
        InvalidError: everything wrong at once: marks outside the subset, references to nothing, ragged tables.
    """
    return _Composer(file, (style or Style()).table_size, tuple(whole)).content(read(text, file))


@dataclass
class _Composer:
    file: str
    table_size: float
    whole: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    counters: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    tables: int = 0
    figures: int = 0

    def wrong(self, element: Element, message: str, remedy: str) -> None:
        message = f"{message}（渲染后的第{element.line}行）"
        self.findings.append(Finding(Code.TEMPLATE_MARKUP, message, Place(self.file), remedy))

    def content(self, root: Element) -> Content:
        sections = root.elements("section")
        self._label(root, sections)
        words = self._title_words(root)
        title_lines = self._broken(root, words, LINE_CAPACITY, "请在标题中可以换行的词之间加 <wbr>")
        blocks = self._fitted(self._blocks(root), PORTRAIT)
        attachments = tuple(
            self._attachment(section, self._section_number(index, sections))
            for index, section in enumerate(sections, start=1)
        )
        if self.findings:
            raise InvalidError(self.findings)
        return Content(text_of(words), title_lines, blocks, attachments)

    def _attachment(self, section: Element, number: str) -> Attachment:
        """An attachment; upright or on its side as the template states, else as its tables want it."""
        drafted = self._blocks(section)
        landscape, portrait = ("landscape" in section.attributes), ("portrait" in section.attributes)
        if landscape and portrait:
            self.wrong(section, "附件不能既横排又竖排", "请只写 landscape 或 portrait，都不写则按表格的宽度自动选择")
        tall = any(isinstance(each, Figure) and bars_mm(each.chart) > TALLEST_ON_ITS_SIDE for each in drafted)
        if landscape and tall:
            self.wrong(section, "横排的附件放不下其中的图（条目太多）", "请去掉 landscape，或把图放到另一个附件")
        drafts = (each for each in drafted if isinstance(each, Draft))
        wide = landscape or (not portrait and not tall and wants_landscape(drafts))
        blocks = self._fitted(drafted, LANDSCAPE if wide else PORTRAIT)
        return Attachment(number, self._section_title(section, WIDE_CAPACITY if wide else LINE_CAPACITY), blocks, wide)

    @staticmethod
    def _fitted(drafted: list[Block | Draft], page: float) -> tuple[Block, ...]:
        """The blocks with every table as wide as the page has room for."""
        blocks: list[Block] = []
        for each in drafted:
            if isinstance(each, Draft):
                blocks += parts(each, page)
            else:
                blocks.append(each)
        return tuple(blocks)

    def _section_title(self, section: Element, capacity: int) -> tuple[str, ...]:
        words = tuple(section.attributes.get("title", "").split())
        if not words:
            self.wrong(section, "附件没有标题", '请写成 <section title="……">')
        return self._broken(section, words, capacity, "请在附件标题中可以换行的词之间加空格")

    @staticmethod
    def _section_number(index: int, sections: list[Element]) -> str:
        return str(index) if len(sections) > 1 else ""

    def _label(self, root: Element, sections: list[Element]) -> None:
        """Give every id its words before any reference is resolved, in order of appearance."""
        tables = figures = 0
        for index, section in enumerate(sections, start=1):
            self.labels[section.attributes.get("id", "")] = f"附件{self._section_number(index, sections)}"
        for element in (each for parent in (root, *sections) for each in parent.elements("table", "figure")):
            if element.tag == "figure":
                figures += 1
                self.labels[element.attributes.get("id", "")] = f"图{figures}"
            elif element.attributes.get("caption"):
                tables += 1
                self.labels[element.attributes.get("id", "")] = f"表{tables}"
        self.labels.pop("", None)

    def _title_words(self, root: Element) -> tuple[str, ...]:
        """The title's pieces: <wbr> and spaces part them; a full-width space stays, it parts two organs."""
        titles = root.elements("title")
        if len(titles) != 1:
            self.wrong(root, f"有{len(titles)}个 <title>", "每份模板须有且只有一个标题")
            return ()
        text = "".join(squeeze(child) if isinstance(child, str) else " " for child in titles[0].children)
        return tuple(word for word in re.split(r"[ \t\r\n]+", text) if word)

    def _broken(self, element: Element, words: tuple[str, ...], capacity: int, remedy: str) -> tuple[str, ...]:
        try:
            return break_title(words, capacity, self.whole)
        except ValueError as error:
            self.wrong(element, f"标题{error}", remedy)
            return ()

    def _blocks(self, parent: Element) -> list[Block | Draft]:
        self.counters = [0, 0, 0, 0]
        blocks: list[Block | Draft] = []
        for element in parent.elements():
            if element.tag in {"title", "section"}:
                continue
            if element.tag == "p" and "run-in" in element.attributes:
                self._run_in(element, blocks)
            else:
                blocks.append(self._block(element))
        return blocks

    def _run_in(self, element: Element, blocks: list[Block | Draft]) -> None:
        last = blocks[-1] if blocks else None
        if not isinstance(last, Heading) or last.tail or last.level == 1:
            self.wrong(element, "接排段落前面不是二级以下的标题", "请把 run-in 段落紧接在 <h2>、<h3> 或 <h4> 之后")
            return
        blocks[-1] = Heading(last.level, last.number, last.text, self._runs(element))

    def _block(self, element: Element) -> Block | Draft:
        if element.tag == "table":
            return self._table(element)
        if element.tag == "figure":
            return self._figure(element)
        if element.tag == "p":
            return Paragraph(self._runs(element), flush="flush" in element.attributes)
        level = cast("Literal[1, 2, 3, 4]", int(element.tag[1]))
        self.counters[level - 1] += 1
        self.counters[level:] = [0] * (4 - level)
        return Heading(level, _NUMBER[level](self.counters[level - 1]), element.text)

    def _runs(self, element: Element, *, strong: bool = False) -> tuple[Run, ...]:
        runs: list[Run] = []
        for child in element.children:
            if isinstance(child, str):
                runs.append(Run(squeeze(child), strong))
            elif child.tag == "ref":
                runs.append(Run(self._reference(child), strong))
            else:
                runs.extend(self._runs(child, strong=True))
        if runs and not strong:
            runs[0] = Run(runs[0].text.lstrip(), runs[0].strong)
            runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].strong)
        return _joined(runs)

    def _reference(self, element: Element) -> str:
        target = element.attributes.get("to", "")
        if target not in self.labels:
            known = "、".join(self.labels) or "（无）"
            self.wrong(element, f"引用的“{target}”不存在", f"可引用的 id：{known}")
        return self.labels.get(target, "")

    def _table(self, element: Element) -> Draft:
        caption = element.attributes.get("caption", "")
        if caption:
            self.tables += 1
            caption = f"表{self.tables} {caption}"
        table = read_table(element, caption, self.wrong)
        repeat = element.attributes.get("repeat", "")
        if repeat and not (repeat.isascii() and repeat.isdecimal() and int(repeat) < len(table.widths)):
            self.wrong(element, f"repeat 写的是“{repeat}”", f"请写成0至{len(table.widths) - 1}的整数：重复前几列")
            repeat = ""
        return Draft.of(table, self.table_size, int(repeat) if repeat else None)

    def _figure(self, element: Element) -> Figure:
        self.figures += 1
        caption = f"图{self.figures} {element.attributes.get('caption', '')}"
        return Figure(caption, read_chart(element, self.wrong), element.attributes.get("alt", ""))


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbouring runs of one look become one, so that the writers have less to do."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].strong == run.strong:
            joined[-1] = Run(joined[-1].text + run.text, run.strong)
        elif run.text:
            joined.append(run)
    return tuple(joined)
