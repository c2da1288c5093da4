"""Makes every chosen face selectable by a name that nothing else has: Typst picks fonts by family and weight.

“Noto Serif CJK SC” alone does not tell the weight, and two files of one family would be guessed between. So each face
is laid into the cache once more, alone, under a family name of its own; its outlines and PostScript name stay.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from tongbao.errors import Code, Finding, OutputError, Place
from tongbao.outputs.fonts import Face
from tongbao.outputs.fonts.face import cache_folder

_KEPT = frozenset({0, 5, 6, 7, 8, 9, 10, 11, 13, 14})
"""Name records that stay: copyright, version, PostScript name, makers, licence."""
_FAMILY, _STYLE, _FULL, _TYPOGRAPHIC = 1, 2, 4, 16


def family(face: Face) -> str:
    """The family name by which the forms call a face; it ends with no word that Typst would take for a style."""
    return f"TB {re.sub(r'[^0-9A-Za-z]+', ' ', face.name).strip()} @{face.digest[:8]}.{face.index or 0}"


def folder(face: Face) -> Path:
    """A folder with nothing but this face under its own family name, made once a machine.

    Raises:
        OutputError: the cache folder cannot be written.
    """
    home = cache_folder() / "typst" / f"{face.digest[:24]}-{face.index or 0}"
    target = home / "face.otf"
    if not target.exists():
        try:
            home.mkdir(parents=True, exist_ok=True)
            _write(face, target)
        except OSError as error:
            raise OutputError(
                Finding(
                    Code.OUTPUT_UNWRITABLE,
                    f"无法写入字体缓存（{error.strerror}）",
                    Place(str(home)),
                    "请检查磁盘空间和权限，或用环境变量 XDG_CACHE_HOME 另指文件夹",
                )
            ) from None
    return home


def _write(face: Face, target: Path) -> None:
    from fontTools.ttLib import TTFont

    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        try:
            with TTFont(face.source, fontNumber=-1 if face.index is None else face.index, lazy=True) as font:
                names = font["name"]
                names.names = [one for one in names.names if one.nameID in _KEPT]
                own = family(face)
                for identifier, words in ((_FAMILY, own), (_STYLE, "Regular"), (_FULL, own), (_TYPOGRAPHIC, own)):
                    names.setName(words, identifier, 3, 1, 0x409)
                font.save(part)
            part.close()
            Path(part.name).replace(target)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
