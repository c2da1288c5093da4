"""A pack's own style sheet, 样式.css: what it may not do is told with its line, before anything is laid out.

It changes how a document looks, never what it says: Word and PDF hold the same text. And it reaches nowhere: what is
published on a government site loads nothing, and no template opens a file of the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongbao.errors import Code, Finding, Place

SHEET = "样式.css"
_LARGEST = 200_000  # bytes
_AT_RULES = frozenset({"media", "page"})
_REACHING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element", "paint"})
_HIDING = {"display": frozenset({"none"}), "visibility": frozenset({"hidden", "collapse"})}
_WORDLESS = frozenset({"none", "normal"})


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet that may be used.

    Attributes:
        file: as messages name it.
        text: what stands in it.
    """

    file: str
    text: str


def read_sheets(folders: Sequence[tuple[Path, str]]) -> tuple[tuple[StyleSheet, ...], tuple[Finding, ...]]:
    """Read the style sheets of a pack.

    Args:
        folders: pairs of path and name in messages, most specific first.

    Returns:
        The sheets, the base's first so that the county's lies over it, and findings with file and line: what cannot
        be read as CSS, what would open a file or an address, what would change or hide words.
    """
    sheets: list[StyleSheet] = []
    findings: list[Finding] = []
    for folder, shown in reversed(folders):
        path, file = folder / SHEET, f"{shown}/{SHEET}"
        if not path.is_file():
            continue
        content = path.read_bytes()
        if len(content) > _LARGEST:
            findings.append(Finding(Code.FILE_OVERSIZED, "样式表超过 200 KB", Place(file), "请删去用不到的规则"))
            continue
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            findings.append(Finding(Code.ENCODING, "样式表不是 UTF-8 编码", Place(file), "请另存为 UTF-8"))
            continue
        sheets.append(StyleSheet(file, text))
        findings += _faults(text, file)
    return tuple(sheets), tuple(findings)


def _faults(text: str, file: str) -> Iterator[Finding]:
    import tinycss2

    if "<" in text:  # in a web page it could end the sheet and begin markup
        line = text[: text.index("<")].count("\n") + 1
        yield Finding(Code.FILE_UNSAFE, "样式表中不能有“<”", Place(file, line=line), "请删去")
    yield from _rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), file)


def _rules(nodes: Iterable[Any], file: str) -> Iterator[Finding]:
    import tinycss2

    for node in nodes:
        if node.type == "error":
            yield _syntax(node, file)
        elif node.type == "qualified-rule":
            yield from _declarations(node.content, file, margin_box=False)
        elif node.lower_at_keyword not in _AT_RULES:
            message = f"样式表中不能用“@{node.at_keyword}”"
            yield _finding(Code.TEMPLATE_MARKUP, message, node, file, "只能用 @page 和 @media；字体放进 fonts 文件夹")
        elif node.content is None:
            yield _finding(Code.TEMPLATE_SYNTAX, f"“@{node.at_keyword}”后缺少花括号", node, file, "请补全")
        elif node.lower_at_keyword == "page":
            yield from _declarations(node.content, file, margin_box=False)
        else:
            yield from _rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), file)


def _declarations(content: list[Any], file: str, *, margin_box: bool) -> Iterator[Finding]:
    import tinycss2

    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "error":
            yield _syntax(node, file)
        elif node.type == "at-rule":  # the boxes in a page's margins, whose words are page numbers
            yield from _declarations(node.content or [], file, margin_box=True)
        elif node.type == "qualified-rule":
            yield from _declarations(node.content, file, margin_box=margin_box)
        else:
            yield from _declaration(node, file, margin_box=margin_box)


def _declaration(node: Any, file: str, *, margin_box: bool) -> Iterator[Finding]:
    words = {each.lower_value for each in node.value if each.type == "ident"}
    if node.lower_name == "content" and not margin_box and not words & _WORDLESS:
        message = "样式表不能添加文字（content）"
        yield _finding(Code.TEMPLATE_MARKUP, message, node, file, "文字请写在模板里，Word 和 PDF 才会相同")
    if words & _HIDING.get(node.lower_name, frozenset()):
        message = f"样式表不能隐藏文字（{node.name}）"
        yield _finding(Code.TEMPLATE_MARKUP, message, node, file, "不要的文字请从模板里删去，Word 和 PDF 才会相同")
    if any(_reaches(each) for each in node.value):
        message = f"样式表不能引用文件或地址（{node.name}）"
        yield _finding(Code.FILE_UNSAFE, message, node, file, "请删去；字体放进 fonts 文件夹，不用引用")


def _reaches(token: Any) -> bool:
    if token.type == "url" or (token.type == "function" and token.lower_name in _REACHING):
        return True
    inside = token.arguments if token.type == "function" else getattr(token, "content", None)
    return isinstance(inside, list) and any(_reaches(each) for each in inside)


def _syntax(node: Any, file: str) -> Finding:
    return _finding(Code.TEMPLATE_SYNTAX, f"样式表有语法错误（{node.message}）", node, file, "请检查括号、冒号和分号")


def _finding(code: Code, message: str, node: Any, file: str, remedy: str) -> Finding:
    return Finding(code, message, Place(file, line=node.source_line, column=node.source_column), remedy)
