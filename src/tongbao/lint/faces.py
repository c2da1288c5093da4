"""Which of the five faces of official documents a font is, by the names that foundries and systems give it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tongbao.lint.measured import Role

# The first pattern that matches decides. Spare fonts count as what they stand for: there is no free 小标宋, a bold
# 宋体 is what offices and programs take for it.
_NAMES: Final[tuple[tuple[str, Role], ...]] = (
    (r"小标宋|xiaobiaosong|xbs|dabiaosong|大标宋|中宋|zhongsong", "小标宋"),
    (r"(noto|source ?han) ?serif.*(bold|black|heavy)|思源宋体.*(bold|heavy)", "小标宋"),
    (r"仿宋|fang ?song|fang(?=-|_|$)|fzfs|stfang|fandolfang", "仿宋"),
    (r"楷|kai", "楷体"),
    (
        r"黑体|sim ?hei|heiti|fandolhei|fzht|(noto|source ?han) ?sans|思源黑体|wenquanyi|文泉驿|droidsansfallback",
        "黑体",
    ),
    (r"宋体|sim ?sun|song|(noto|source ?han) ?serif|思源宋体|fzss|uming|mingliu", "宋体"),
)
_PREFIX: Final = re.compile(r"^[A-Z]{6}\+")


@lru_cache(maxsize=512)
def role_of_font(name: str) -> Role:
    """Tell the face by the font's name, with or without the prefix of a PDF's subset.

    微软雅黑 and other screen fonts are none of the five: 其他.
    """
    plain = _PREFIX.sub("", name).casefold()
    squeezed = plain.replace("-", "").replace("_", "").replace(" ", "")
    for pattern, role in _NAMES:
        if re.search(pattern, plain) or re.search(pattern, squeezed):
            return role
    return "其他"
