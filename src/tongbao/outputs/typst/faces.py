"""Makes every chosen face selectable by a name that nothing else has: Typst picks fonts by family and weight.

“Noto Serif CJK SC” alone does not tell the weight, and two files of one family would be guessed between. So each face
is laid into the cache once more, alone, under a family name of its own; its outlines and PostScript name stay.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tongbao.outputs.fonts import Face
from tongbao.outputs.fonts.face import cache_folder, laid_down

_KEPT = frozenset({0, 5, 6, 7, 8, 9, 10, 11, 13, 14})
"""Name records that stay: copyright, version, PostScript name, makers, licence."""
_FAMILY, _STYLE, _FULL, _TYPOGRAPHIC = 1, 2, 4, 16


def folder(face: Face) -> Path:
    """A folder with nothing but this face under its own family name, made once a machine.

    Raises:
        OutputError: the cache folder cannot be written.
    """
    # The name ends with no word that Typst would take for a style.
    own = f"TB {re.sub(r'[^0-9A-Za-z]+', ' ', face.name).strip()} @{face.digest[:8]}.{face.index or 0}"

    def renamed(font: Any) -> None:
        names = font["name"]
        names.names = [one for one in names.names if one.nameID in _KEPT]
        for identifier, words in ((_FAMILY, own), (_STYLE, "Regular"), (_FULL, own), (_TYPOGRAPHIC, own)):
            names.setName(words, identifier, 3, 1, 0x409)

    home = cache_folder() / "typst" / f"{face.digest[:24]}-{face.index or 0}"
    return laid_down(home / "face.otf", face.source, face.index, renamed).parent
