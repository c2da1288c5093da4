"""File names that are safe wherever the office copies them: Linux, Windows, a ZIP, a USB stick.

A name is either good as it is or refused; it is never mended in silence, because two units must never end up in one
file and a notice must bear the name that people look for.
"""

from __future__ import annotations

import unicodedata

from tongbao.gb18030 import MEANT

_LONGEST = 200  # bytes; file systems take 255, and staging adds to it
_PUNCTUATION = frozenset(" -_.,()+·、《》〈〉“”〔〕【】—")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters to Unicode, nothing to the eye
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))]
)


def problem(name: str) -> str:
    """Say why a name must not become a file name, or part of one; "" where it may."""
    return _problem(folded(name)) or _too_long(name)


def folded(name: str) -> str:
    """The name as the least careful system may see it: ／ is /, ＣＯＮ is con; equal ones are the same file there."""
    return unicodedata.normalize("NFKC", name).casefold()


def _problem(name: str) -> str:
    bad = next((character for character in name if not _allowed(character)), None)
    if bad is not None:
        shown = f"“{bad}”" if bad.isprintable() else ""
        meant = f"，GB 18030-2022 规定的是“{MEANT[bad]}”" if bad in MEANT else ""
        return f"含有不允许的字符{shown}（U+{ord(bad):04X}{meant}）"
    if not name.strip(". "):
        return "名称为空"
    if name[0] in ". -" or name[-1] in ". ":
        return "不能以点、空格或短横开头，也不能以点或空格结尾"
    if name.partition(".")[0].strip() in _RESERVED:
        return "是 Windows 保留的名称"
    return ""


def _too_long(name: str) -> str:
    size = len(name.encode())
    return f"过长（{size}字节，最多{_LONGEST}字节）" if size > _LONGEST else ""


def _allowed(character: str) -> bool:
    if character in _PUNCTUATION:
        return True
    return unicodedata.category(character)[0] in "LN" and character not in _BLANK_LETTERS
