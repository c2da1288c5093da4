"""Tells what stands behind a character that no font shows: a name from an old system, a variant form, or rubbish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tongbao.gb18030 import MEANT

UNSEEN = frozenset("\n\t \u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")
"""Characters that need no shape."""

_SELECTOR = re.compile("[\ufe00-\ufe0d\U000e0100-\U000e01ef]")
_HANZI = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def is_selector(character: str) -> bool:
    """Whether it picks a variant form of the character before it."""
    return _SELECTOR.match(character) is not None


def base_of(cluster: str) -> str:
    """The cluster without what picks a variant form of it."""
    return _SELECTOR.sub("", cluster)


def is_private(code_point: int) -> bool:
    """Whether a place has no meaning but what some maker or office gives it."""
    return unicodedata.category(chr(code_point)) == "Co"


def clusters(text: str) -> Iterator[str]:
    """Everything that has to be shown in one piece, in order: characters with the marks and selectors on them."""
    marks = {character for character in set(text) if not character.isascii() and _joins(character)}
    if not marks:
        yield from text
        return
    start = 0
    for place, character in enumerate(text[1:], 1):
        if character not in marks:
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def label(cluster: str) -> str:
    """The cluster as a clerk finds it again: “䶮”（U+4DAE）; what cannot be seen stands as □."""
    shown = "□" if unicodedata.category(cluster[0]) in _INVISIBLE else base_of(cluster)
    return f"“{shown}”（{' '.join(f'U+{ord(character):04X}' for character in cluster)}）"


def explained(cluster: str) -> tuple[str, str]:
    """What to say of a cluster without a shape (the end of a sentence), and what to do about it."""
    character, category = cluster[0], unicodedata.category(cluster[0])
    composed = unicodedata.normalize("NFC", cluster)
    what = ""
    if any(map(is_selector, cluster)):
        what = "，变体选择符指定的字形显示不出来"
        remedy = f"请在来源表格中改用规范字形“{base_of(cluster)}”（删去其后的变体选择符）"
    elif meant := MEANT.get(character):
        what = f"：这是旧系统的自造码位，GB 18030-2022 规定的是{label(meant)}"
        remedy = f"请在来源表格中把这个字改录为“{meant}”（U+{ord(meant):04X}）"
    elif category == "Co":
        what = "：这是自造字，只有造字的那台机器能显示"
        remedy = "请改用有国家标准编码的字；确需自造字的，把含有该字的字体放进模板包的 fonts 文件夹"
    elif character == "\ufffd":
        what = "：原文转换编码时丢了一个字"
        remedy = "请对照原件，在来源表格中补上这个字"
    elif category in _INVISIBLE:
        what = "：这是看不见的控制符"
        remedy = "请在来源表格或模板中删去它"
    elif len(composed) == 1 < len(cluster):
        remedy = f"请改录为一个字符“{composed}”（U+{ord(composed):04X}）"
    elif _HANZI.match(character):
        remedy = (
            "请核对是否录错；确是此字的，请安装含有它的字体（如 Windows 的 SimSun-ExtB、SimSun-ExtG，"
            "或花园明朝、遍黑体），或把字体放进模板包的 fonts 文件夹"
        )
    else:
        remedy = "请改用规范汉字或常用符号，或把含有该字的字体放进模板包的 fonts 文件夹"
    return what, remedy


def _joins(character: str) -> bool:
    return character not in UNSEEN and unicodedata.category(character) in {"Mn", "Me"}
