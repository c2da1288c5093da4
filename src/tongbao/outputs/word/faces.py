"""The faces that a Word file names, and what stands in for each on a machine without it."""

from __future__ import annotations

from typing import Final

NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FANG: Final = "仿宋_GB2312"
KAI: Final = "楷体_GB2312"
HEI: Final = "黑体"
SONG: Final = "宋体"
TITLE: Final = "方正小标宋简体"

_ALTERNATES: Final = {
    FANG: ("仿宋,FangSong", "modern", "fixed"),
    KAI: ("楷体,KaiTi", "modern", "fixed"),
    HEI: ("SimHei", "modern", "fixed"),
    SONG: ("SimSun", "auto", "variable"),
    TITLE: ("方正小标宋_GBK,华文中宋", "script", "fixed"),
}


def fonts(name: str) -> str:
    """Name a font for every script, without theme fonts, which would win over it."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'


def font_table() -> str:
    """Write fontTable.xml: an office without the named font gets its nearest relative instead of any font."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, (others, family, pitch) in _ALTERNATES.items()
    )
    return f"{DECLARATION}<w:fonts {NAMESPACE}>{entries}</w:fonts>"
