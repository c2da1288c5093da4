"""Numerals and punctuation as official documents have them, held against every text that a notice is made of.

The rules are GB/T 15835 and GB/T 15834 as far as a notice needs them; each is one entry of `RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jinja2 import TemplateSyntaxError, nodes

from tongbao.errors import Code, Finding, Place, Severity
from tongbao.templates.environment import environment
from tongbao.templates.pack import Pack

_HANZI = "一-鿿》”）"
_TAG = re.compile(r"<[^<>]*>")
_SHOWN_AROUND = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is not written so.

    Attributes:
        pattern: what breaks it.
        message: what is the matter.
        remedy: how it is written.
        where: in any text, only where a paragraph begins, or only at the end of a title.
    """

    pattern: re.Pattern[str]
    message: str
    remedy: str
    where: Literal["text", "start", "title"] = "text"


def _rule(pattern: str, message: str, remedy: str, where: Literal["text", "start", "title"] = "text") -> Rule:
    return Rule(re.compile(pattern), message, remedy, where)


_NUMBER = r"\d[\d,]*(?:\.\d+)?"
RULES = (
    _rule(
        rf"{_NUMBER}\s*[～~—–-]\s*{_NUMBER}(?:%|万|亿)",
        "数值范围只在后一个数写了单位",
        "前后都写，如 15%～30%、13万元～17万元",
    ),
    _rule(rf"{_NUMBER}(?:%|万元?|亿元?)[~—–-]{_NUMBER}(?:%|万|亿)", "数值范围没有用浪纹线", "请用“～”，如 15%～30%"),
    _rule(r"》、《|”、“", "并列的书名号或引号之间用了顿号", "请删去顿号"),
    _rule(r"[０-９％]+", "数字或百分号是全角的", "请用半角的阿拉伯数字和 %"),
    _rule(rf"(?<=[{_HANZI}，。；：、（])\.\d", "小数点前没有写0", "请写成 0.5 的形式"),
    _rule(r"(?<![\d,.])\d,\d{3}(?![\d,年])", "四位以内的整数分了节", "请去掉逗号"),
    _rule(r"〔\d?,?\d*,\d+〕|\d,\d{3}年", "年份分了节", "请去掉逗号"),
    _rule(r"[\[【（(［]\d{4}[\]】）)］]第?\d+号", "发文字号的年份没有用六角括号", "请写成 〔2022〕7号"),
    _rule(r"〔\d{4}〕(?:第|0)\d*号", "发文字号的序号写了“第”或前导零", "请写成 〔2022〕7号"),
    _rule(r"\d{4}年0\d月|\d月0\d日", "日期写了前导零", "请写成 2022年1月9日"),
    _rule(r"\d[百千](?=[万亿元个件人次])", "数字与“百”“千”混用", "只有“万”“亿”可以与数字连用，如 3000万元"),
    _rule(rf"(?<=[{_HANZI}])[,;:?!](?=[{_HANZI}\s]|$)", "汉字后面用了半角标点", "请用全角的标点"),
    _rule(
        r"[，、；：。]{2,}|[，、；]\Z",
        "标点连用，或段落以逗号、顿号、分号结束",
        "请检查空缺的内容和多余的标点",
    ),
    _rule(r"\d+、", "第三级序号用了顿号", "请写成 1.", "start"),
    _rule(r"（[一二三四五六七八九十\d]+）[、，.．]", "带括号的序号后面加了标点", "请删去序号后的标点", "start"),
    _rule(r"[一二三四五六七八九十]+[，.．]", "第一级序号没有用顿号", "请写成 一、", "start"),
    _rule(r"[，。；：、,.;:]\Z", "标题末尾有标点", "请删去", "title"),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A place at which a rule is broken: what stands there, from which character on."""

    rule: Rule
    found: str
    start: int


def slips(text: str, *, title: bool = False, paragraph: bool = True) -> Iterator[Slip]:
    """Find what is not written as the rules have it.

    Args:
        text: one paragraph, heading or title.
        title: it is a title, which ends without a mark.
        paragraph: it is whole; of a piece of a template neither beginning nor end is known.
    """
    for rule in RULES:
        if rule.where == "title" and not title:
            continue
        if rule.where == "start":
            match = rule.pattern.match(text) if paragraph else None
            found = [match] if match else []
        else:
            found = list(rule.pattern.finditer(text))
        for each in found:
            if paragraph or each.end() < len(text) or rule.pattern.match(text[: each.end()] + "国", each.start()):
                yield Slip(rule, each[0], each.start())


def finding(slip: Slip, text: str, place: Place) -> Finding:
    """A slip as the clerk is told of it; nothing is stopped by it."""
    around = text[max(0, slip.start - _SHOWN_AROUND) : slip.start + len(slip.found) + _SHOWN_AROUND].strip()
    return Finding(Code.PUNCTUATION, f"“{around}”：{slip.rule.message}", place, slip.rule.remedy, Severity.WARNING)


def check_templates(pack: Pack) -> tuple[Finding, ...]:
    """Hold what every template of a pack says by itself against the rules, with file and line.

    What variables bring in is looked at when the documents are made.
    """
    env = environment(pack)
    findings: list[Finding] = []
    for folder, shown in reversed(pack.folders):
        for path in sorted(folder.rglob("*.html")):
            name = path.relative_to(folder).as_posix()
            try:
                tree = env.parse(path.read_text(encoding="utf-8"), name, str(path))
            except (TemplateSyntaxError, UnicodeDecodeError):
                continue  # the lint tells it
            findings += _of_template(tree, f"{shown}/{name}")
    return tuple(findings)


def _of_template(tree: nodes.Template, file: str) -> Iterator[Finding]:
    for piece in tree.find_all(nodes.TemplateData):
        start = 0
        for text in _TAG.sub(lambda tag: "\0" * len(tag[0]), piece.data).split("\0"):
            for slip in slips(text, paragraph=False):
                line = piece.lineno + piece.data.count("\n", 0, start + slip.start)
                yield finding(slip, " ".join(text.split()) if "\n" in text else text, Place(file, line=line))
            start += len(text) + 1
