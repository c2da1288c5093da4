"""File names that are safe wherever the office copies them: Linux, Windows, a ZIP, a USB stick.

A name is either good as it is or refused; it is never mended in silence, because two units must never end up in one
file and a notice must bear the name that people look for.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tongbao.errors import Code, Finding, OutputError, Place

_LONGEST = 200  # bytes; file systems take 255, and staging adds to it
_SHOWN = 60  # characters of a refused name that a message repeats
_PUNCTUATION = frozenset(" -_.,()+·、《》〈〉“”〔〕【】—")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters to Unicode, nothing to the eye
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))]
)


def safe_name(text: str) -> str:
    """Give the file name for a unit or notice, or say what is wrong with it.

    Args:
        text: the wished name, from a definition or a roster; not trusted.

    Returns:
        The name as it is (composed, NFC): what people read stays, full-width brackets too.

    Raises:
        OutputError: it would be unsafe, invisible, reserved by Windows or too long.
    """
    name = unicodedata.normalize("NFC", text)
    problem = _problem(folded(name)) or _too_long(name)
    if problem:
        raise OutputError(
            Finding(
                Code.FILE_UNSAFE,
                f"“{_shown(text)}”不能用作文件名：{problem}",
                Place("outputs"),
                "请在定义或名录中改用别的名称",
            )
        )
    return name


def folded(name: str) -> str:
    """The name as the least careful system may see it: ／ is /, ＣＯＮ is con; equal ones are the same file there."""
    return unicodedata.normalize("NFKC", name).casefold()


def _problem(name: str) -> str:
    bad = next((character for character in name if not _allowed(character)), None)
    if bad is not None:
        shown = f"“{bad}”" if bad.isprintable() else ""
        return f"含有不允许的字符{shown}（U+{ord(bad):04X}）"
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


def _shown(text: str) -> str:
    """The name as a message can hold it: nothing invisible, nothing endless."""
    shown = "".join(character if character.isprintable() else "�" for character in text)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def inside(outputs: Path, *parts: str) -> Path:
    """Give the path of an output folder, which is always below the outputs folder and never behind a link.

    The outputs folder itself may be a link: where its disk is, is the office's choice.

    Args:
        outputs: the workspace's outputs folder.
        parts: period, notice and further levels; not trusted.

    Raises:
        OutputError: a part is no safe name, or there is a link or a file in the way.
    """
    path = outputs
    for part in parts:
        path /= safe_name(part)
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise OutputError(
                Finding(
                    Code.FILE_UNSAFE, "这里应是文件夹，却是链接或文件，不写入", Place(str(path)), "请移走它，再运行一次"
                )
            )
    return path
