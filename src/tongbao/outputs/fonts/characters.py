"""Tells what stands behind a character that no font shows: a name from an old system, a variant form, or rubbish.

Old systems wrote characters that Unicode did not have yet at private places, the same ones on every machine; GB 18030
names the place where each of them stands today. Other private characters are shapes that one machine drew for itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

UNSEEN = frozenset("\n\t \u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")
"""Characters that need no shape."""

_FE_ROW = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
STANDARD: dict[str, str] = {
    **{chr(place): character for place, character in enumerate(_FE_ROW, 0xE815)},  # GB bytes FE50–FEA0
    **dict(
        zip(map(chr, range(0xE78D, 0xE797)), "︐︒︑︓︔︕︖︗︘︙", strict=True)
    ),  # A6D9–A6F3, signs of upright text
    **dict(zip(map(chr, range(0xE7E7, 0xE7F4)), "〾⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻", strict=True)),  # A989–A995
    "\ue7c7": "ḿ",
    "\ue7c8": "ǹ",
}
"""Private place of GBK and of GB 18030-2000 or -2005 → the character that GB 18030-2022 means by it."""

_SELECTOR = re.compile("[\ufe00-\ufe0d\U000e0100-\U000e01ef]")
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
    elif meant := STANDARD.get(character):
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
    elif category == "Lo" and "CJK" in unicodedata.name(character, ""):
        remedy = (
            "请核对是否录错；确是此字的，请安装含有它的字体（如 Windows 的 SimSun-ExtB、SimSun-ExtG，"
            "或花园明朝、遍黑体），或把字体放进模板包的 fonts 文件夹"
        )
    else:
        remedy = "请改用规范汉字或常用符号，或把含有该字的字体放进模板包的 fonts 文件夹"
    return what, remedy


def _joins(character: str) -> bool:
    return character not in UNSEEN and unicodedata.category(character) in {"Mn", "Me"}
