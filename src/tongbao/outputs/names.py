"""Paths below the outputs folder, out of names that are not trusted."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tongbao.errors import Code, Finding, OutputError, Place
from tongbao.file_names import problem

_SHOWN = 60  # characters of a refused name that a message repeats


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
    if reason := problem(name):
        raise OutputError(
            Finding(
                Code.FILE_UNSAFE,
                f"“{_shown(text)}”不能用作文件名：{reason}",
                Place("outputs"),
                "请在定义或名录中改用别的名称",
            )
        )
    return name


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
