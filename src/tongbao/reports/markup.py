"""Reads the small HTML that templates render to; anything outside the subset is an error, never dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tongbao.errors import Code, Finding, InvalidError, Place

_INLINE = frozenset({"strong", "wbr", "ref"})
_BLOCKS = frozenset({"h1", "h2", "h3", "h4", "p", "table", "figure"})
CHILDREN: Mapping[str, frozenset[str]] = {
    "": _BLOCKS | {"title", "section"},
    "title": frozenset({"wbr"}),
    "section": _BLOCKS,
    "h1": frozenset(), "h2": frozenset(), "h3": frozenset(), "h4": frozenset(),
    "p": _INLINE - {"wbr"},
    "strong": frozenset({"ref"}),
    "table": frozenset({"thead", "tbody", "note"}),
    "thead": frozenset({"tr"}), "tbody": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "th": frozenset({"strong"}), "td": frozenset({"strong"}),
    "note": frozenset(),
    "figure": frozenset({"bars", "groups", "shares", "lines"}),
    "bars": frozenset({"bar"}),
    "groups": frozenset({"series"}), "shares": frozenset({"series"}), "series": frozenset({"bar"}),
    "lines": frozenset({"line"}),
    "line": frozenset({"point"}),
}  # fmt: skip
"""Which elements may stand in which; void elements (wbr, ref, bar, point) have no entry."""

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "section": frozenset({"id", "title", "landscape", "portrait"}),
    "p": frozenset({"run-in", "flush"}),
    "table": frozenset({"id", "caption", "unit", "widths", "repeat"}),
    "tr": frozenset({"group", "subtotal"}),
    "th": frozenset({"colspan", "rowspan", "align"}),
    "td": frozenset({"colspan", "rowspan", "align"}),
    "figure": frozenset({"id", "caption", "alt"}),
    "bars": frozenset({"axis", "series"}),
    "groups": frozenset({"axis"}),
    "shares": frozenset({"axis"}),
    "series": frozenset({"name"}),
    "bar": frozenset({"name", "value", "label"}),
    "lines": frozenset({"axis"}),
    "line": frozenset({"name"}),
    "point": frozenset({"at", "value", "label"}),
    "ref": frozenset({"to"}),
}
_BREAK = re.compile(r"[ \t\r]*\n\s*")
_VOID = frozenset({"wbr", "ref", "bar", "point"})
_TEXT = frozenset({"title", "h1", "h2", "h3", "h4", "p", "strong", "th", "td", "note"})


@dataclass
class Element:
    """One element of the rendered text with the line it starts on; children are elements and strings."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list)

    def elements(self, *tags: str) -> list[Element]:
        """Child elements with one of these tags (all of them without any)."""
        return [child for child in self.children if isinstance(child, Element) and (not tags or child.tag in tags)]

    @property
    def text(self) -> str:
        """All text inside, on one line, without the white space that indents a template."""
        return squeeze("".join(child if isinstance(child, str) else child.text for child in self.children)).strip()


def squeeze(text: str) -> str:
    """Line breaks of a template and the indents around them mean nothing in Chinese text and vanish."""
    return _BREAK.sub("", text)


class _Reader(HTMLParser):
    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.file = file
        self.findings: list[Finding] = []
        self.root = Element("", {}, 1)
        self.open = [self.root]

    def wrong(self, message: str, remedy: str) -> None:
        message = f"{message}（渲染后的第{self.getpos()[0]}行）"
        self.findings.append(Finding(Code.TEMPLATE_MARKUP, message, Place(self.file), remedy))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1]
        if tag not in CHILDREN.get(parent.tag, frozenset()):
            where = f"<{parent.tag}>内" if parent.tag else "此处"
            allowed = "、".join(f"<{each}>" for each in sorted(CHILDREN.get(parent.tag, frozenset()))) or "文字"
            self.wrong(f"{where}不能使用 <{tag}>", f"这里可用：{allowed}")
        unknown = [name for name, _ in attrs if name not in ATTRIBUTES.get(tag, frozenset())]
        if unknown:
            self.wrong(f"<{tag}> 没有属性 {'、'.join(unknown)}", "请删去或改正属性名，可用的标记见 docs/templates.md")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        parent.children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.open[-1].tag != tag or len(self.open) == 1:
            self.wrong(f"</{tag}> 没有对应的 <{tag}>", "请检查标记是否成对、次序是否正确")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        parent = self.open[-1]
        if parent.tag in _TEXT:
            parent.children.append(data)
        elif data.strip():
            self.wrong(f"文字“{data.strip()[:20]}”不在段落内", "请把它放进 <p>……</p>")

    def handle_decl(self, decl: str) -> None:
        self.wrong(f"不能使用 <!{decl[:20]}>", "请删去")

    def handle_pi(self, data: str) -> None:
        self.wrong(f"不能使用 <?{data[:20]}>", "请删去")


def read(text: str, file: str) -> Element:
    """Turn rendered text into a tree.

    Args:
        text: what the template rendered to.
        file: the template's name for messages.

    Returns:
        The root, whose children are title, headings, paragraphs, tables, figures and sections (attachments).

    Raises:
        InvalidError: unknown elements or attributes, text outside paragraphs, unbalanced marks; all at once.
    """
    reader = _Reader(file)
    reader.feed(text)
    reader.close()
    if len(reader.open) > 1:
        reader.wrong(f"<{reader.open[-1].tag}> 没有结束标记", "请检查标记是否成对")
    if reader.findings:
        raise InvalidError(reader.findings)
    return reader.root
